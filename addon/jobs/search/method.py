"""What every way of searching does: it asks for points of the unit cube in batches, and is told what they are worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from .open_numbers import Point

FAILED = -1.0
"""What a candidate is worth that could not be run: less than any that could."""


class Method(Protocol):
    """A search in ask/tell form. How large a batch is depends on nothing but the request, so that results do not."""

    def ask(self) -> list[Point]:
        """The next points to try."""

    def tell(self, worths: Sequence[float]) -> None:
        """What the points that were asked for last are worth, in their order: 0 to 1, or `FAILED`."""
