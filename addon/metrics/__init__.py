"""Volume drift, shape stability, logic success, energy and momentum."""

from .energy import momentum, total_energy
from .measure import measure
from .model import AssertionResult, Metrics
from .shape import shape_iou, volume_drift

__all__ = ["AssertionResult", "Metrics", "measure", "momentum", "shape_iou", "total_energy", "volume_drift"]
