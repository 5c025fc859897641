"""Reading a picture of a machine into its objects: what the paper asks of a vision model, S_t = VLM(I_t) (Eq. 1).

A small network of our own predicts a set of objects from one picture, or two, whose camera is known; the trained one
reads in `addon.perception`, in numpy alone. Here is its training, with PyTorch, and the readers to choose from.
"""
