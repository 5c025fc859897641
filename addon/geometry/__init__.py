"""Functions of shapes and poses, without engine or state."""
