"""Box2D as the engine of worlds that are a plane."""

from .blueprint import Blueprint
from .engine import PlanarEngine
from .goal import Goal, Outcome, simulate

__all__ = ["Blueprint", "Goal", "Outcome", "PlanarEngine", "simulate"]
