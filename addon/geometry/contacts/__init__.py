"""Contacts between objects, from their poses and collision shapes."""

from .detector import SCHEME, ContactDetector

__all__ = ["SCHEME", "ContactDetector"]
