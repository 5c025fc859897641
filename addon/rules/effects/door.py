"""Open and close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ..grammar import REJECT, Grammar
from ..model import Effect
from ..modifiers import Pairs, bag, only
from ..phrasing import deed
from ..reference import Ref
from ..units import told

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

OPENS = ("open", "open * up", "unlock", "unbar", "unseal", "unlatch")
CLOSES = ("close", "close * up", "shut", "shut * down", "lock", "bar", "seal")
SECONDS = 0.5


class Door(Effect):
    """Opening: up by its own height, or ``by`` metres ``way``; closing: back again. ``over`` is in seconds."""

    kind: Literal["open", "close"]
    thing: Ref
    over: float = SECONDS

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} {'opens' if self.kind == 'open' else 'closes'} within {told(self.over)} s"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        over = "" if self.over == SECONDS else f", {told(self.over)}"
        return [f"{self.kind}_door({name}{over})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        obj = scene.objects.get(name)
        if obj is None:
            return f"{name} cannot open or close"
        if obj.body is not None and obj.body.type == "ACTIVE" and not obj.body.kinematic:
            return f"{name} is moved by physics, so it cannot open or close"
        return None


def _door(kind: Literal["open", "close"], thing: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    if not only(said, "over", "manner", "again", "whole"):
        return REJECT
    return Door(kind=kind, thing=thing, over=said.get("over", said.get("manner", SECONDS)))


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    deed(
        grammar,
        lambda x, m: _door("open", x, m),
        verbs=OPENS,
        does=("open", "open up"),
        nouns=("opening",),
        states=("open",),
    )
    deed(
        grammar,
        lambda x, m: _door("close", x, m),
        verbs=CLOSES,
        does=("close", "shut"),
        nouns=("closing", "closure"),
        states=("closed", "shut"),
    )
