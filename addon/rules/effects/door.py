"""Open and close: sliding away by its own size or a length, or swinging about an edge; and back again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import MakeEffect, deed
from ..grammar import REJECT, Grammar
from ..model import Effect
from ..modifiers import WAY_NAMES, Pairs, bag, only
from ..reference import Ref
from ..units import told
from .moving import UP, Paced, Vector, hindrance, in_turns, modifier, pace, s, vector
from .turn import edge, edge_problem, edge_told, over

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

OPENS = (
    "open", "open * up", "unlock", "unbar", "unseal", "unlatch", "roll * up", "throw * open", "slide * open", "swing * open", "push * open",
    "pull * open", "get * open", "fling * open", "bring * into the open position", "put * in the open position", "crank * open", "draw * open", "force * open",
)  # fmt: skip
CLOSES = (
    "close", "close * up", "close * down", "shut", "shut * down", "lock", "bar", "seal", "slide * shut", "slide * closed", "swing * shut", "swing * closed", "push * shut",
    "pull * shut", "slam * shut", "get * closed", "get * shut", "bring * into the closed position", "put * in the closed position", "roll * down",
)  # fmt: skip
OPEN = (
    "open", "open up", "swing open", "slide open", "go open", "come open", "roll open", "unlock", "fly open", "fall open", "roll up", "spring open", "pop open",
    "glide open", "move open",
)  # fmt: skip
CLOSE = (
    "close", "shut", "fall shut", "swing shut", "slide shut", "go shut", "close up", "close down", "slam shut", "swing closed", "slide closed", "fall closed",
    "roll down", "move shut", "glide shut",
)  # fmt: skip
SECONDS = 0.5
PACE = ("over", "manner", "ease", "even")
INSTEAD = "give it a velocity or put it somewhere at once"


class Timed(Effect):
    """Opening or closing that takes ``over`` seconds."""

    over: float = SECONDS
    ease: bool = False

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "place"

    @property
    def takes_time(self) -> float:
        """How long it goes on, in seconds."""
        return self.over

    def pace(self) -> str:
        """How long, at the end of a sentence."""
        return f" within {told(self.over)} s{' smoothly' if self.ease else ''}"

    def arguments(self, always: bool = False) -> str:
        """How long, as the last arguments of a helper."""
        over = f", {told(self.over)}" if always or self.over != SECONDS else ""
        return over + (", ease=True" if self.ease else "")

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return hindrance(scene, name, "open or close", INSTEAD)


class Open(Timed):
    """Moving ``way`` by the thing's own size there, times ``share``, or by ``by`` metres; what is open stays."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, open Door",
        "When Ball touches Plate, slowly open Door by 30 cm",
        "When Ball touches Plate, slide Door open to the left over 1 s",
        "After 1 s, open Door halfway",
    )
    kind: Literal["open"] = "open"
    thing: Ref
    way: Vector = UP
    by: float | None = None
    share: float = 1.0

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        way = "" if self.way == UP else f" {WAY_NAMES[self.way]}"
        length = (
            f" by {told(self.by)} m"
            if self.by is not None
            else f" by {told(100 * self.share)} %"
            if self.share != 1
            else ""
        )
        return f"{self.thing} open{s(self.thing)}{way}{length}{self.pace()}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        found = f"open_door({name}{', ' + told(self.over) if self.over != SECONDS else ''}"
        found += f", way={vector(self.way)}" if self.way != UP else ""
        found += (
            f", by={told(self.by)}" if self.by is not None else f", share={told(self.share)}" if self.share != 1 else ""
        )
        return [found + (", ease=True)" if self.ease else ")")]

    def undone(self) -> Effect:
        """See `Effect.undone`."""
        return Close(thing=self.thing, over=self.over, ease=self.ease)


class SwingOpen(Timed):
    """Turning by ``degrees`` about an edge on a side of its own, as in `Swing`; what is open stays."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, Door swings open by 90 degrees about its left edge over 1 s",
        "After 1 s, Door falls open to the right by 90 degrees about its bottom edge",
    )
    kind: Literal["swing_open"] = "swing_open"
    thing: Ref
    degrees: float
    side: Vector | None = None
    way: Vector | None = None

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} swing{s(self.thing)} open {edge_told(self.degrees, self.side, self.way)}{self.pace()}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        axis = over(self.way) if self.way else UP
        return [
            f"swing_door({name}, {told(self.degrees)}, {vector(axis)}, {edge(self.side)}{self.arguments(always=True)})"
        ]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return edge_problem(scene, name, self.side, self.way) or super().problem(scene, name)

    def undone(self) -> Effect:
        """See `Effect.undone`."""
        return Close(thing=self.thing, over=self.over, ease=self.ease)


class Close(Timed):
    """Going back to where it was before it was opened; what was not opened by a rule is lowered by its own height."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, open Door, wait 2 seconds and close it again",
        "When Ball touches Plate, shut Door gently",
    )
    kind: Literal["close"] = "close"
    thing: Ref

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} close{s(self.thing)}{self.pace()}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"close_door({name}{self.arguments()})"]

    def after_others(self, earlier: Sequence[Effect]) -> str | None:
        """See `Effect.after_others`: what was moved and never opened has no way to close."""
        moved = [e for e in earlier if isinstance(e, Paced)]
        if moved and not any(isinstance(e, Timed) for e in earlier):
            return (
                f"{self.thing} was moved, not opened, so it is not clear what closes it; say 'moves back to its start'"
            )
        return None

    def undone(self) -> Effect:
        """See `Effect.undone`."""
        return Open(thing=self.thing, over=self.over, ease=self.ease)


def _paced(said: dict[str, Any]) -> Any:
    return REJECT if {"speed"} & set(said) else pace({k: v for k, v in said.items() if k in PACE})


def _open(x: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    timing = _paced(said)
    if timing is REJECT:
        return REJECT
    where = {k: v for k, v in said.items() if k not in (*PACE, "again", "whole")}
    if "edge" in where or "angle" in where:
        return _swung(x, where, timing)
    if (
        not only(where, "by", "way", "percent", "share", "own")
        or len({"by", "percent", "share", "own"} & set(where)) > 1
    ):
        return REJECT
    way = where.get("way", UP)
    if "own" in where and (where["own"] == "height") != bool(way[2]):
        return REJECT
    share = where.get("percent", 100.0) / 100 if "percent" in where else where.get("share", 1.0)
    if share <= 0 or where.get("by", 1) <= 0 or ("whole" in said and share != 1):
        return REJECT
    return Open(thing=x, way=way, by=where.get("by"), share=share, **timing)


def _swung(x: Ref, where: dict[str, Any], timing: dict[str, Any]) -> Any:
    """Swinging open; without an edge that is said it is about an upright one."""
    if not only(where, "edge", "angle", "way", "sense") or ("way" in where and "sense" in where):
        return REJECT
    degrees = where.get("angle", 90.0) * where.get("sense", 1.0)
    return SwingOpen(thing=x, degrees=degrees, side=where.get("edge"), way=where.get("way"), **timing)


def _close(x: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    timing = _paced(said)
    if timing is REJECT or not only(said, *PACE, "again", "whole"):
        return REJECT
    return Close(thing=x, **timing)


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    modifier(grammar, "share", "(halfway|half-way|half way|half|by half|to half [its height]|to [a] half)", 0.5)
    modifier(grammar, "share", ["(a quarter|quarter) [of] [the] way", "by a quarter"], 0.25)
    deed(grammar, in_turns(_open), verbs=OPENS, does=OPEN, nouns=("opening",), states=("open", "opened"))
    deed(grammar, in_turns(_close), verbs=CLOSES, does=CLOSE, nouns=("closing", "closure"), states=("closed", "shut"))
    _add_causes(grammar, "open", _open)
    _add_causes(grammar, "(shut|closed)", _close)


def _add_causes(grammar: Grammar, words: str, make: MakeEffect) -> None:
    lead = "(let|make|have|cause|send) {x:thing} [to] (swing|fall|slide|go|come|fly|roll)"
    texts = [f"{{x:thing}} into the {words} position {{m:mods}}", f"{lead} {words} {{m:mods}}"]
    grammar.add("clause", texts, lambda f: make(f["x"], f["m"]))
