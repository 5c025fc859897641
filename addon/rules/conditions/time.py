"""Moments of the run and periods."""

from __future__ import annotations

from typing import ClassVar, Literal

from ..model import Condition, How, Namer
from ..units import told


class Clock(Condition):
    """From so many seconds after the start on."""

    kind: Literal["clock"] = "clock"
    examples: ClassVar[tuple[str, ...]] = (
        "After 2 seconds, open Door",
        "At the start, turn on Lamp",
    )
    seconds: float

    def sentence(self) -> str:
        """See `Condition.sentence`."""
        return f"{told(self.seconds)} s have passed"

    def negated(self) -> str:
        """See `Condition.negated`."""
        return f"{told(self.seconds)} s have not passed yet"

    def python(self, how: How, label: Namer) -> str:
        """See `Condition.python`."""
        found = f"now >= {told(self.seconds)}"
        return f"begins({label('begins')}, {found})" if how == "onset" else found


class Period(Condition):
    """The first step of each period of so many seconds, first when one is over."""

    kind: Literal["period"] = "period"
    examples: ClassVar[tuple[str, ...]] = ("Every 0.5 s, toggle Lamp",)
    seconds: float

    def sentence(self) -> str:
        """See `Condition.sentence`."""
        return f"every {told(self.seconds)} s"

    def negated(self) -> str:
        """See `Condition.negated`."""
        return f"not every {told(self.seconds)} s"

    def python(self, how: How, label: Namer) -> str:
        """See `Condition.python`."""
        return f"every({told(self.seconds)})"
