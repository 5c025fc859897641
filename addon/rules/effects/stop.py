"""Stopping: what a rule moves stays where it is; a body that physics moves loses its velocity and its spin, once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import deed
from ..grammar import REJECT, Grammar
from ..model import Effect
from ..modifiers import Pairs, bag, only
from ..reference import Ref
from .moving import in_turns, modifier, no_object, s

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

STOPS = (
    "stop", "halt", "arrest", "stop * dead", "stop * short", "bring * to a halt", "bring * to a stop", "bring * to a standstill", "bring * to rest", "immobilise",
    "immobilize", "brake * to a stop", "stop * moving", "stop * from moving",
)  # fmt: skip
STOPPED = (
    "stop", "halt", "stop dead", "stop short", "come to a halt", "come to a stop", "come to a standstill", "stop moving", "cease moving", "cease to move", "stand still",
    "stop in its tracks", "stop circling", "stop orbiting", "stop following", "stop oscillating", "stop swinging",
)  # fmt: skip


class Stop(Effect):
    """The end of a thing's motions: those of rules, or the velocity and spin of a body that physics moves.

    ``frozen`` is what only a thing that rules move can be by this; a body has to be held.
    """

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, stop Ball",
        "After 5 s, Door stops moving",
    )
    kind: Literal["stop"] = "stop"
    thing: Ref
    frozen: bool = False

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} stop{s(self.thing)} moving"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"stop({name})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if self.frozen and name in scene.objects and scene.body_problem(name, "") is None:
            return f"{name} is moved by physics, so stopping does not freeze it; hold it"
        return no_object(scene, name, "stop")

    def settled(self, scene: Vocabulary) -> Effect:
        """See `Effect.settled`."""
        return Stop(thing=self.thing)

    def following(self, earlier: Sequence[Effect]) -> Effect:
        """What pushes the thing ends, and it moves on; see `Effect.following`."""
        of_it = [effect for effect in earlier if effect.thing.names == self.thing.names]
        ended = of_it[-1].undone() if of_it else None
        return ended if ended is not None and ended.kind == "no_more" else self

    @property
    def continuous(self) -> bool:
        """See `Effect.continuous`."""
        return True

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "place"


def _stop(x: Ref, mods: Pairs) -> Any:
    return Stop(thing=x) if only(bag(mods), "dead", "again") else REJECT


def _freeze(x: Ref, mods: Pairs) -> Any:
    return Stop(thing=x, frozen=True) if only(bag(mods), "dead", "again", "spot") else REJECT


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    modifier(grammar, "dead", "(dead|where it is|where they are|on the spot|in its tracks)", True)
    stop = in_turns(_stop)
    deed(grammar, stop, verbs=STOPS, does=STOPPED, nouns=("stop",))
    deed(grammar, in_turns(_freeze), verbs=("freeze", "freeze * in place"), does=("freeze", "freeze in place"))
    motion = "(motion|movement|motions|movements|oscillation)"
    texts = [f"(stop|end|cease|halt) [any|all] {motion} of {{x:thing}}", f"(stop|end|halt) {{x:thing}} 's {motion}"]
    grammar.add("clause", [*texts, "keep {x:thing} from moving"], lambda f: stop(f["x"], ()))
