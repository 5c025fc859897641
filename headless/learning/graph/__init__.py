"""A graph network simulator of boxes and balls, which learns from traces alone (Sanchez-Gonzalez et al. 2020).

Nodes are whole objects, as in FIGNet (Allen et al. 2023), not particles. Objects that a script moves and physics does
not are boundary conditions: their true poses, the coming one too, are given at every step of a rollout. So are the
velocities with which a script throws what rested, unless that is turned off.
"""

from .measure import measure
from .simulate import Simulator, load_simulator, rollout
from .train import train
