"""Moments of the run and periods."""

from __future__ import annotations

from typing import Literal

from ..model import Condition, How, Namer
from ..units import told


class Clock(Condition):
    """From so many seconds after the start on."""

    kind: Literal["clock"] = "clock"
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
