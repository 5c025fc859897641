"""Box2D as the engine of worlds that are a plane."""

from .blueprint import Blueprint
from .engine import PlanarEngine
from .goal import Goal, Outcome, simulate
from .record import Detail, record

__all__ = ["Blueprint", "Detail", "Goal", "Outcome", "PlanarEngine", "record", "simulate"]
