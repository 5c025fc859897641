"""Networks that see, and networks that the world model is measured against (Code as Dynamics, Section IV-B).

PyTorch, dependency group ``learn``. Everything here but `frames.record` works without Blender, and on plain arrays.
"""
