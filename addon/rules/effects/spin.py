"""Rotation of bodies that physics moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import deed
from ..grammar import REJECT, Grammar
from ..model import Effect
from ..modifiers import Pairs, bag, in_turn, only
from ..reference import Ref
from ..units import told

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

VERBS = ("spin", "rotate", "turn", "whirl", "twirl", "set * spinning", "set * rotating", "set * turning", "spin * up", "spin * round", "keep * spinning", "keep * rotating", "start * spinning")  # fmt: skip
DOES = ("spin", "rotate", "turn", "whirl", "twirl", "revolve", "tumble", "go round", "spin round", "spin on", "turn round and round", "rotate on and on")  # fmt: skip
NOUNS = ("rotation", "spinning", "spin")
STOPS = ("stop * spinning", "stop * rotating", "stop * turning", "stop * from spinning", "stop * from rotating")
STANDS = (
    "stop spinning",
    "stop rotating",
    "stop turning",
    "stop whirling",
    "stop revolving",
    "stop tumbling",
    "cease to turn",
    "cease to rotate",
    "cease to spin",
)
STOP_NOUNS = "(rotation|spin|spinning|turning|rotations)"


class Spin(Effect):
    """An angular velocity of ``rate`` degrees a second about a world axis; without a rate it is not said how fast."""

    kind: Literal["spin"] = "spin"
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, spin Box at 90 degrees/s",
        "After 1 s, Box spins about its vertical axis, one full turn every 2 seconds",
        "As long as Ball touches Plate, Box rotates clockwise at 30 degrees per second",
    )
    axis: Literal["x", "y", "z"] = "z"
    rate: float | None
    lasts: ClassVar[bool] = True

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} spin{self.thing.ending} about {self.axis} at {told(self.rate or 0)} degrees/s"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f'spin({name}, "{self.axis}", {told(self.rate or 0)})']

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if problem := scene.body_problem(name, "made to spin"):
            return problem
        return f"it is not said how fast {name} spins, such as 'at 90 degrees/s'" if self.rate is None else None

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "spin"

    def undone(self) -> Effect | None:
        """See `Effect.undone`."""
        return StopSpin(thing=self.thing)


class StopSpin(Effect):
    """The end of a rotation."""

    kind: Literal["stop_spin"] = "stop_spin"
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, Box stops spinning",
        "After 3 s, stop the rotation of Box",
    )

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} stop{self.thing.ending} spinning"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"stop_spin({name})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return None if name in scene.objects else f"{name} does not spin"


def _spin(thing: Ref, mods: Pairs, unsaid: bool = True) -> Any:
    said = bag(mods)
    if not only(said, "rate", "axis", "world", "sense", "turns", "even", "again") or not (unsaid or "rate" in said):
        return REJECT
    axis, sign = said.get("axis", (said.get("world", "z"), 1.0))
    if ("sense" in said and axis != "z") or {"axis", "world"} <= set(said):
        return REJECT
    rate = float(told(said["rate"] * sign * said.get("sense", 1.0))) if "rate" in said else None
    return in_turn(Spin(thing=thing, axis=axis, rate=rate), said)


def _stop(thing: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    return in_turn(StopSpin(thing=thing), said) if only(said, "turns", "again") else REJECT


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    deed(grammar, _spin, verbs=VERBS, does=DOES, nouns=NOUNS)
    deed(grammar, _stop, verbs=STOPS, does=STANDS)
    end = "(stop|end|halt)"
    grammar.add("clause", [f"{end} {STOP_NOUNS} of {{x:thing}}", f"{end} {{x:thing}} 's {STOP_NOUNS}"], lambda f: StopSpin(thing=f["x"]))  # fmt: skip
    never = "never (stops|stop|ceases|cease) [to] (spinning|rotating|turning|revolving|spin|rotate|turn)"
    grammar.add("clause", f"{{x:thing}} {never} {{m:mods}}", lambda f: _spin(f["x"], f["m"]))
    upright = "(about|around|round|on) [its|their|a] [own] (upright|vertical) [axis]"
    grammar.add("axis", upright, lambda f: ("z", 1.0))
    each = lambda f: ("rate", f["a"] / f["t"]) if f["t"] else REJECT  # noqa: E731
    grammar.add("mod", "(,|-|:|at|with) [a] [rate of] {a:angle} (every|per|each) {t:time}", each, cost=-0.6)
    grammar.add("mod", "[at|with] [a] {a:angle} (every|per|each) {t:time}", each)
