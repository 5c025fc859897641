"""A plan held against its sentence: what it asks for is read by our words, and each difference told in them."""

from __future__ import annotations

from .asked import Asked, Phrase, asked
from .differences import differences
from .plans import Difference

__all__ = ["Asked", "Difference", "Phrase", "asked", "differences"]
