"""Slot-attention dynamics, a baseline of Table I: SAVi (Kipf et al. 2022) with a SlotFormer (Wu et al. 2023) on top.

What it is given beyond pictures, in its favour: the projected boxes of what moves in the first frame, in training the
true centres of these in all frames, and what stands still from the first frame itself.
"""

from .model import Rollout, SlotModel, load_model, rollout
from .videos import boxes_of, movers_of
