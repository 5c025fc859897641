"""Training of the local model to say rules in plain sentences: pairs in, a low-rank adapter out."""
