"""Value networks trained on reward programs (Discovering High Level Patterns, Section 5.3, Figure 12, Appendix G).

`rollouts` and `curve` run puzzles in Box2D and need no PyTorch; `ranking` needs both, for the puzzles' agent; the rest
is training, and needs no Box2D.
"""
