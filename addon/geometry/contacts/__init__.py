"""Contacts between objects, from their poses and collision shapes."""

from .detector import ContactDetector

__all__ = ["ContactDetector"]
