"""What recurs in scenes of one kind, learnt from the train split's graphs, and readings of pictures mended by it.

Things stand together as they did before: a ramp with its ball and plate, a bucket with four sides. Such an *assembly*
is known by examples. Readings of a picture choose which assemblies stand where, and a normal distribution over what
resembles them gives poses and sizes; what no reading is of is filled in, and told as less sure. NumPy and SciPy alone.
"""
