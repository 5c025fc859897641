"""Motions without end: round another thing, round itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import deed
from ..grammar import REJECT, Fields, Grammar
from ..model import Effect
from ..modifiers import Pairs, bag, only
from ..reference import Ref
from ..units import told
from .cycle import Cyclic, Lasting, endless, partner, tempo
from .moving import is_free, modifier, quoted, s, vector
from .pushing import Pushing, being

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

RATE = 90.0
"""Degrees a second of a spin of which nothing is said."""
ORBITS = (
    "orbit",
    "circle",
    "revolve",
    "rotate",
    "move",
    "go",
    "travel",
    "fly",
    "run",
    "turn",
    "move in a circle",
    "go in a circle",
    "fly in circles",
    "move in circles",
    "go in circles",
    "travel in a circle",
    "fly in a circle",
    "swing",
    "drive",
)
SPINS = ("spin", "rotate", "turn", "revolve", "whirl", "twirl", "swivel", "gyrate", "pivot")


class Orbit(Cyclic):
    """Round another thing at its own height, at the present distance or ``radius`` metres, seen from above."""

    examples: ClassVar[tuple[str, ...]] = (
        "Lamp circles Counter once in 6 s",
        "When Ball touches Plate, Lamp orbits Counter clockwise at a distance of 2 m at 1 m/s",
    )
    kind: Literal["orbit"] = "orbit"
    thing: Ref
    centre: Ref
    radius: float | None = None
    clockwise: bool = False

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        radius = "at its present distance" if self.radius is None else f"at a distance of {told(self.radius)} m"
        sense = "clockwise" if self.clockwise else "counter-clockwise"
        return f"{self.thing} circle{s(self.thing)} {self.centre} {sense} {radius} {self.pace()}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        radius = "" if self.radius is None else f", radius={told(self.radius)}"
        pace = told(self.period) if self.speed is None else f"None, speed={told(self.speed)}"
        sense = ", clockwise=True" if self.clockwise else ""
        return [f"orbit({name}, {quoted(self.centre.name)}, {pace}{radius}{sense})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if problem := partner(scene, name, self.centre, "circle"):
            return problem
        return None if name in scene.objects and is_free(scene, name) else super().problem(scene, name)

    def settled(self, scene: Vocabulary) -> Effect:
        """A body that physics moves is pushed; see `Effect.settled`."""
        if not (self.thing.names and all(n in scene.objects and is_free(scene, n) for n in self.thing.names)):
            return super().settled(scene)
        same = {key: getattr(self, key) for key in ("thing", "centre", "period", "speed", "radius", "clockwise")}
        return Circle(**same)


class Circle(Pushing):
    """A force that takes a body round another thing, at the height and the distance from it where it is, or a radius."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, Ball orbits Box at a distance of 1.5 m once in 3 s",
    )
    how: ClassVar[str] = "circle"
    kind: Literal["circle"] = "circle"
    thing: Ref
    centre: Ref
    period: float
    speed: float | None = None
    radius: float | None = None
    clockwise: bool = False

    def doing(self) -> str:
        """See `Pushing.doing`."""
        radius = "its present distance" if self.radius is None else f"a distance of {told(self.radius)} m"
        sense = "clockwise" if self.clockwise else "counter-clockwise"
        pace = f"once in {told(self.period)} s" if self.speed is None else f"at {told(self.speed)} m/s"
        return f"pushed round {self.centre} {sense} at {radius} {pace}"

    def said(self, name: str) -> list[str]:
        """See `Pushing.said`."""
        radius = "None" if self.radius is None else told(self.radius)
        sign = -1 if self.clockwise else 1
        period, speed = ("None", told(self.speed)) if self.speed is not None else (told(self.period), "None")
        return [quoted(self.centre.name), radius, period, speed, str(sign)]

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "chase"

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return partner(scene, name, self.centre, "circle") or super().problem(scene, name)


class Spin(Lasting):
    """Turning without end about an axis of its own (or a world axis), by ``rate`` degrees a second."""

    examples: ClassVar[tuple[str, ...]] = (
        "Door keeps rotating about the y axis, a full turn every 2 s",
        "While Ball touches Plate, Lamp spins at 30 rpm",
    )
    kind: Literal["spin_on"] = "spin_on"
    thing: Ref
    rate: float = RATE
    axis: Literal["x", "y", "z"] = "z"
    world: bool = False

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "attitude"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        axis = f"the world {self.axis} axis" if self.world else f"its {self.axis} axis"
        return f"{self.thing} keep{s(self.thing)} turning about {axis} at {told(self.rate)} degrees/s"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        axis = vector(tuple(float(a == self.axis) for a in "xyz")) if self.world else f'"{self.axis}"'
        return [f"spin_on({name}, {told(self.rate)}, {axis})"]


@endless
def _orbit(x: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    pace = tempo(said)
    where = {k: v for k, v in said.items() if k not in ("period", "speed", "manner", "lap", "even")}
    if pace is REJECT or "about" not in where or not only(where, "about", "distance", "present", "sense"):
        return REJECT
    if not isinstance(where["about"], Ref) or ("distance" in where and "present" in where):
        return REJECT
    return Orbit(
        thing=x, centre=where["about"], radius=where.get("distance"), clockwise=where.get("sense") == -1.0, **pace
    )


def _circle(x: Ref, mods: Pairs) -> Any:
    found = _orbit(x, mods)
    if not isinstance(found, Orbit):
        return REJECT
    same = {key: getattr(found, key) for key in ("thing", "centre", "period", "speed", "radius", "clockwise")}
    return Circle(**same)


def _spin(x: Ref, mods: Pairs, sure: bool = False, going: bool = False) -> Any:
    return endless(lambda x, mods: _spun(x, mods, sure, going))(x, mods)


def _spun(x: Ref, mods: Pairs, sure: bool, going: bool) -> Any:
    said = bag(mods)
    where = {k: v for k, v in said.items() if k != "even"}
    if not only(where, "axis", "world", "round", "sense", "rate", "period", "angle", "manner") or (
        "axis" in where and "world" in where
    ):
        return REJECT
    rate = _rate(where)
    if rate is REJECT or ("angle" in where and not (going and "period" in where)):
        return REJECT
    sense = where.get("sense", 1.0)
    if "axis" in where:
        return Spin(thing=x, axis=where["axis"][0], rate=rate * where["axis"][1] * sense)
    if "world" in where:
        return Spin(thing=x, axis=where["world"], world=True, rate=rate * sense)
    return Spin(thing=x, rate=rate * sense, world=True) if sure or "sense" in where else REJECT


def _rate(where: dict[str, Any]) -> Any:
    if len({"rate", "period", "manner"} & set(where)) > 1:
        return REJECT
    if "period" in where:
        return where.get("angle", 360.0) / where["period"] if where["period"] > 0 else REJECT
    if "manner" in where:
        return RATE * {2.0: 0.5, 4.0: 0.25, 0.25: 2.0}.get(where["manner"], 4.0)
    return where.get("rate", RATE)


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    modifier(grammar, "sense", ["in clockwise direction", "in [a] clockwise (direction|sense)"], -1.0)
    modifier(
        grammar,
        "sense",
        ["in [a] (counter-clockwise|counterclockwise|anticlockwise|anti-clockwise) (direction|sense)"],
        1.0,
    )

    being(grammar, "pushed", "", _circle, "circle")
    deed(
        grammar,
        _orbit,
        does=ORBITS,
        verbs=("move", "send", "fly", "turn", "rotate", "revolve", "orbit", "circle", "run", "lead"),
    )
    for verb in (
        "orbit",
        "circle",
        "encircle",
        "revolve round",
        "go round",
        "circle round",
        "circle around",
        "fly round",
    ):
        head, _, rest = verb.partition(" ")
        for form in ("fin", "base", "ing"):
            grammar.add(f"orbit/{form}", f"{head}~{form} {rest} {{v:thing}}".replace("  ", " "), lambda f: f["v"])
    modal = "(will|shall|should|must|is to|to|has to)"
    grammar.add("clause", ["{x:thing} [then|always|constantly|continuously] {v:orbit/fin} {m:mods}", f"{{x:thing}} {modal} {{v:orbit/base}} {{m:mods}}", "{x:thing} (keeps|starts|begins|is|goes on|never stops) {v:orbit/ing} {m:mods}", "(let|make|have) {x:thing} [to] {v:orbit/base} {m:mods}", "{x:thing} (starts|begins) to {v:orbit/base} {m:mods}"], _around)  # fmt: skip
    deed(
        grammar,
        lambda x, m: _spin(x, m, True),
        verbs=("spin", "spin * round", "spin * around", "twirl", "whirl"),
        does=("spin", "spin round", "spin around", "twirl", "whirl", "gyrate"),
    )
    deed(grammar, _spin, verbs=SPINS, does=SPINS)
    going = "|".join(("spinning", "rotating", "turning", "revolving", "whirling", "twirling"))
    grammar.add(
        "clause",
        f"{{x:thing}} (never stops|never ceases|keeps on|goes on|does not stop|keep|keeps|should keep|is to keep) ({going}) {{m:mods}} [- {{n:mods}}]",
        lambda f: _spin(f["x"], _joined(f), True, True),
        cost=-0.7,
    )
    grammar.add(
        "clause",
        f"(keep|set|start) {{x:thing}} ({going}) {{m:mods}}",
        lambda f: _spin(f["x"], f["m"], True, True),
        cost=-0.7,
    )


def _around(fields: Fields) -> Any:
    """``Lamp circles Counter``."""
    if "about" in bag(fields["m"]):
        return REJECT
    return _orbit(fields["x"], tuple(sorted((*fields["m"], ("about", fields["v"])), key=lambda pair: pair[0])))


def _joined(fields: dict[str, Any]) -> Pairs:
    """Modifiers before and after a dash; a key that is said twice is one that no family knows."""
    pairs = dict(fields["m"])
    for key, value in fields.get("n", ()):
        pairs["twice" if key in pairs else key] = value
    return tuple(sorted(pairs.items(), key=lambda pair: pair[0]))
