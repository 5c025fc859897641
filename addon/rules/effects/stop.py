"""Stopping: what a rule moves stays where it is; a body that physics moves loses its velocity and its spin, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..grammar import REJECT, Grammar
from ..model import Effect
from ..modifiers import Pairs, bag, only
from ..phrasing import deed
from ..reference import Ref
from .moving import no_object

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

STOPS = (
    "stop",
    "halt",
    "arrest",
    "bring * to a halt",
    "bring * to a stop",
    "bring * to a standstill",
    "bring * to rest",
    "freeze * in place",
    "immobilise",
    "immobilize",
    "brake * to a stop",
)
STOPPED = (
    "stop", "halt", "come to a halt", "come to a stop", "come to a standstill", "stop moving", "stop turning", "stop rotating", "stop spinning", "cease moving", "stop dead",
    "freeze in place", "stand still", "stop in its tracks", "cease to move", "cease to turn", "stop circling", "stop orbiting", "stop following",
)  # fmt: skip


class Stop(Effect):
    """The end of a thing's motions: those of rules, or the velocity and spin of a body that physics moves."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, stop Ball",
        "After 5 s, Door stops moving",
    )
    kind: Literal["stop"] = "stop"
    thing: Ref

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} stops"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"stop({name})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return no_object(scene, name, "stop")


def _stop(x: Ref, mods: Pairs) -> Any:
    return Stop(thing=x) if only(bag(mods), "dead") else REJECT


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    grammar.add(
        "mod",
        ["(dead|where it is|where they are|at once|on the spot|in place|in its tracks|in its place)"],
        lambda f: ("dead", True),
    )
    deed(grammar, _stop, verbs=STOPS, does=STOPPED)
    grammar.add("clause", ["stop moving {x:thing}", "(stop|end|cease|halt) (the|any|all) (motion|movement|rotation|motions|spin|spinning|turning) of {x:thing}", "(stop|end) {x:thing} 's (motion|movement|rotation|spin)", "(stop|keep) {x:thing} from (moving|turning|rotating|spinning)", "(let|make|have) {x:thing} [to] (stop|halt) [moving|turning]"], lambda f: Stop(thing=f["x"]))  # fmt: skip
