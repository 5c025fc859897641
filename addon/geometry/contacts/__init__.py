"""Contacts between objects, from their poses and collision shapes."""

from .detector import SCHEME, ContactDetector
from .scene import CrowdError

__all__ = ["SCHEME", "ContactDetector", "CrowdError"]
