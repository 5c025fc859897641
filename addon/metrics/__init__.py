"""Volume drift, shape stability, logic success, energy and momentum."""

from .energy import momentum, total_energy
from .measure import energy_gained, measure
from .model import AssertionResult, Metrics
from .shape import shape_iou, volume_drift

__all__ = [
    "AssertionResult",
    "Metrics",
    "energy_gained",
    "measure",
    "momentum",
    "shape_iou",
    "total_energy",
    "volume_drift",
]
