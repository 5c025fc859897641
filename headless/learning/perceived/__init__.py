"""What perception costs: machines run from the graph that was read of a picture, beside the exact one.

Needs PyTorch, which draws the pictures, and Blender, which runs the machines.
"""
