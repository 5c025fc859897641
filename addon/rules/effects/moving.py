"""What all motions share: how long they take, who can do them, where they go to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

from ...scene_graph import Mesh
from ..deeds import MakeEffect
from ..grammar import REJECT, Fields, Grammar
from ..model import Effect
from ..modifiers import Pairs, bag, in_turn
from ..reference import Ref
from ..units import told

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

Vector = tuple[float, float, float]
UP: Vector = (0, 0, 1)
DOWN: Vector = (0, 0, -1)
SECONDS = 1.0
"""How long a motion takes when nothing is said of that."""

PACE = ("over", "speed", "manner", "ease", "even")
"""Keys of modifiers that `pace` reads."""


class Paced(Effect):
    """A motion that takes ``over`` seconds, or goes at ``speed`` m/s, evenly or with a soft start and end (``ease``)."""

    over: float = SECONDS
    speed: float | None = None
    ease: bool = False

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "place"

    @property
    def takes_time(self) -> float | None:
        """How long it goes on, in seconds; None of what goes at a speed by a way that is known in the run only."""
        return self.over if self.speed is None else None

    def pace(self) -> str:
        """How long, at the end of a sentence."""
        how = f" within {told(self.over)} s" if self.speed is None else f" at {told(self.speed)} m/s"
        return how + (" smoothly" if self.ease else "")

    def arguments(self) -> str:
        """How long, as the last arguments of a helper that takes a speed."""
        return self.seconds(self.over if self.speed is None else None) + (
            f", speed={told(self.speed)}" if self.speed is not None else ""
        )

    def seconds(self, over: float | None) -> str:
        """How long, as the last arguments of a helper."""
        return ("" if over is None else f", {told(over)}") + (", ease=True" if self.ease else "")


def pace(said: Mapping[str, Any]) -> Any:
    """Fields of `Paced` from modifiers; `REJECT` where two contradict each other."""
    if ("over" in said and "speed" in said) or ("ease" in said and "even" in said):
        return REJECT
    if said.get("speed", 1) <= 0 or said.get("over", 0) < 0:
        return REJECT
    found: dict[str, Any] = {"ease": True} if "ease" in said else {}
    if "speed" in said:
        return {**found, "speed": said["speed"]}
    over = said.get("over", said.get("manner"))
    return found if over is None else {**found, "over": over}


def in_turns(make: MakeEffect) -> MakeEffect:
    """The same for what can be done to several things one after the other."""

    def build(thing: Any, mods: Pairs) -> Any:
        said = bag(mods)
        rest = tuple(pair for pair in mods if pair[0] not in ("turns", "pause"))
        effect = make(thing, rest)
        return in_turn(effect, said) if isinstance(effect, Effect) else effect

    return build


def s(thing: Ref) -> str:
    """The ending of a verb."""
    return thing.ending


def is_free(scene: Vocabulary, name: str) -> bool:
    """Whether physics moves an object when a rule comes to it."""
    body = scene.objects[name].body
    if body is None or body.type != "ACTIVE" or not body.enabled:
        return False
    return name in scene.freed or not (body.kinematic or name in scene.held)


def hindrance(scene: Vocabulary, name: str, deed: str, instead: str = "put it somewhere at once or give it a velocity") -> str | None:  # fmt: skip
    """Why a rule cannot move a thing, where it cannot."""
    if (missing := no_object(scene, name, deed)) is not None:
        return missing
    if is_free(scene, name):
        return f"{name} is moved by physics, so a rule cannot {deed} it; {instead}"
    return None


def no_object(scene: Vocabulary, name: str, deed: str) -> str | None:
    """Why a thing has no place of its own in a run."""
    if name in scene.objects:
        return None
    if name in scene.joints:
        return f"{name} is a joint, so nothing can {deed} it"
    return f"{name} takes no part in a run, so a rule cannot {deed} it"


def off_centre(scene: Vocabulary, name: str) -> bool:
    """Whether an object's origin is not the middle of its shape, so that its sides cannot be told from its size."""
    obj = scene.objects.get(name)
    if obj is None or not isinstance(obj.geometry, Mesh):
        return obj is not None and obj.geometry is None
    columns = list(zip(*obj.geometry.vertices, strict=True))
    size = max(max(c) - min(c) for c in columns)
    return any(abs(max(c) + min(c)) > 0.02 * size for c in columns)


_SAID = object()


def modifier(grammar: Grammar, key: str, texts: str | Iterable[str], value: Any = _SAID, cost: float = 0.0) -> None:
    """Ways to say a modifier: with one value, or with that of the field ``v``."""

    def build(fields: Fields) -> Any:
        return key, fields["v"] if value is _SAID else value

    grammar.add("mod", texts, build, cost)


def shorthand(grammar: Grammar, make: MakeEffect, *wanted: set[str], optional: Iterable[str] = ()) -> None:
    """Clauses without a verb, such as ``Ram: 40 cm right, 0.5 s``, for modifiers that tell what is done by themselves.

    ``wanted`` are sets of keys of which one is there as a whole; besides them only ``optional`` ones.
    """
    more = set(optional)

    def build(fields: Fields) -> Any:
        keys = {key for key, _ in fields["m"]}
        told = any(keys >= needed and keys <= needed | more for needed in wanted)
        return make(fields["x"], fields["m"]) if told else REJECT

    grammar.add("clause", "{x:thing} [:|->|=|,|: ->] {m:mods}", build, cost=0.3)


def quoted(name: str) -> str:
    """A name as Python."""
    return json.dumps(name, ensure_ascii=False)


def vector(numbers: tuple[float, ...]) -> str:
    """Three numbers as sentences and code show them."""
    return f"({', '.join(told(n + 0.0) for n in numbers)})"


def to_told(*place: float | None) -> str:
    """Co-ordinates that something goes to, None for those that it keeps, in words that are read again."""
    if None not in place:
        return f"to {vector(tuple(v for v in place if v is not None))}"
    said = [f"{axis} = {told(v)}" for axis, v in zip("xyz", place, strict=True) if v is not None]
    return f"to {' and '.join(said)}"


def to_code(*place: float | None) -> str:
    """Co-ordinates that something goes to as Python."""
    return f"({', '.join('None' if v is None else told(v) for v in place)})"


def coordinates(said: Mapping[str, Any]) -> dict[str, float] | None:
    """Co-ordinates by axis of a modifier ``place``: a vector, one of an axis, or several of axes."""
    place = said.get("place")
    if not isinstance(place, tuple):
        return None
    if len(place) == 3 and not any(isinstance(v, tuple) for v in place):
        return dict(zip("xyz", place, strict=True))
    pairs: Sequence[tuple[str, float]] = [place] if isinstance(place[0], str) else place
    found = dict(pairs)
    return found if len(found) == len(pairs) else None


_SIDES: dict[str, Vector] = {
    "to the left of": (-1, 0, 0), "left of": (-1, 0, 0), "to the right of": (1, 0, 0), "right of": (1, 0, 0),
    "in front of": (0, -1, 0), "before": (0, -1, 0), "behind": (0, 1, 0), "at the back of": (0, 1, 0),
}  # fmt: skip
ABOVE = "(above|over|higher than|up over)"
SIDES = {way: words for words, way in reversed(_SIDES.items())}


class Spot(BaseModel):
    """A place by an object: its own (``at``), on its top (``on``), ``gap`` metres above the top, or ``offset`` from it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    where: Literal["at", "on", "above", "beside"]
    target: Ref
    gap: float = 0.0
    way: Vector = UP

    def told(self) -> str:
        """The place in words that are read again."""
        if self.where == "at":
            return f"to the place of {self.target}"
        if self.where == "on":
            return f"onto the top of {self.target}"
        side = "above" if self.where == "above" else SIDES[self.way]
        return f"to {told(self.gap)} m {side} {self.target}"

    def python(self, name: str) -> str:
        """A Python expression of the place; ``name`` is the literal of who goes there."""
        target = quoted(self.target.name)
        if self.where == "on":
            return f"point_over({target}, thing={name})"
        if self.where == "above":
            return f"point_over({target}, {told(self.gap)})"
        return (
            f"point_by({target})"
            if self.where == "at"
            else f"point_by({target}, {vector(tuple(self.gap * w for w in self.way))})"
        )

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """Why the place cannot be told."""
        if len(self.target.names) != 1:
            return f"'{self.told()}' is more than one place"
        target = self.target.name
        if name == target:
            return f"{name} cannot go to itself"
        if target not in scene.objects:
            return f"{target} takes no part in a run, so its place is not known"
        for one in [target, *([name] if self.where == "on" else [])]:
            if self.where in ("on", "above") and off_centre(scene, one):
                return (
                    f"the origin of {one} is not its middle, so where its top is cannot be told; give a place (x, y, z)"
                )
        return None


def add_spots(grammar: Grammar) -> None:
    """Places by an object, as modifiers with the key ``nearby``."""

    def mod(texts: Any, make: Any, cost: float = 0.0) -> None:
        grammar.add("mod", texts, lambda f: ("nearby", spot) if (spot := make(f)) is not REJECT else REJECT, cost)

    def spot(where: Literal["at", "on", "above", "beside"], **more: Any) -> Any:
        def build(f: Fields) -> Any:
            if not isinstance(f["v"], Ref) or f.get("l", 1) <= 0:
                return REJECT
            return Spot(where=where, target=f["v"], gap=f.get("l", 0.0), **more)

        return build

    place = "(place|position|location|spot|centre|center|middle|origin|coordinates)"
    mod(
        [
            f"(to|at|into|in) [exactly] [same] {place} of {{v:thing}}",
            f"(to|at|into|in) {{v:thing}} 's [own|exact] {place}",
            "to where {v:thing} (is|stands|lies|sits)",
            "where {v:thing} (is|stands|lies|sits)",
        ],
        spot("at"),
    )
    mod("to {v:thing}", spot("at"), cost=0.1)
    mod(["[down|back] (on|onto|on to|upon|atop) {v:thing}", "(on top of|onto|on) [top of] {v:thing}", "(onto|on|to) top of {v:thing}", "(onto|on|to) {v:thing} 's top"], spot("on"))  # fmt: skip
    mod([f"[to|at|by|up to] {{l:length}} {ABOVE} [top of|surface of] {{v:thing}}"], spot("above"))
    for words, way in _SIDES.items():
        mod([f"[to|at|by] {{l:length}} {words} {{v:thing}}"], spot("beside", way=way))
