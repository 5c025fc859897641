"""What a goal is: a wish in English, what it means for a run, and how the reward language says it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from addon.trace import Trace

from .facts import PLAIN, READINGS, Facts
from .scenes import Scene, scenes

Claim = Callable[[Facts], bool]


@dataclass(frozen=True)
class Goal:
    """A wish about a scene. It is met where all ``claims`` are true of a run.

    ``others`` are other sensible readings of the text; runs on which one differs are not used. ``reference`` is a right
    expression of the reward language; None for a wish that cannot be said in it, which has no claims.
    """

    id: str
    kind: str
    scene: str
    text: str
    claims: tuple[Claim, ...] = ()
    reference: str | None = None
    others: tuple[Claim, ...] = ()

    def label(self, facts: Facts) -> bool:
        """Whether a run meets the goal."""
        return all(claim(facts) for claim in self.claims)

    def labelled(self, trace: Trace) -> bool | None:
        """Whether a run meets the goal; None where that depends on how the text is read."""
        told = {self.label(Facts(trace, reading)) for reading in READINGS}
        told |= {bool(other(Facts(trace, PLAIN))) for other in self.others}
        return told.pop() if len(told) == 1 else None

    @property
    def sayable(self) -> bool:
        """Whether there is an expression for it."""
        return self.reference is not None


@cache
def all_scenes() -> dict[str, Scene]:
    """The scenes by name."""
    return scenes()
