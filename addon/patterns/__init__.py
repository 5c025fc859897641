"""From traces to named events: detectors, the annotation matrix, distances."""

from .library import in_order, library, run, run_on
from .model import Activation, Detector, Finding, Pattern
from .observation import Observation, Roles, Scales

__all__ = [
    "Activation",
    "Detector",
    "Finding",
    "Observation",
    "Pattern",
    "Roles",
    "Scales",
    "in_order",
    "library",
    "run",
    "run_on",
]
