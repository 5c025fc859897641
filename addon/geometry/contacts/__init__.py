"""Contacts between objects, from their poses and collision shapes."""

from .detector import ContactDetector
from .gaps import SCHEME
from .proximity import Proximity
from .scene import CrowdError

__all__ = ["SCHEME", "ContactDetector", "CrowdError", "Proximity"]
