"""What keeps questions from being asked."""

from __future__ import annotations


class DrawError(ValueError):
    """More runs than there are; the message says how many there are."""
