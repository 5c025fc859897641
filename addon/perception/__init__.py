"""Reading a picture of a machine into a scene graph, S_t = VLM(I_t) (Code as Dynamics, Eq. 1), in numpy alone."""
