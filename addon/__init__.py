"""Code as Dynamics: a world model whose dynamics are programs."""
