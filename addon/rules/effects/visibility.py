"""Things that are hidden and shown; what is hidden goes on moving and colliding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import deed
from ..grammar import REJECT, Grammar
from ..model import Effect
from ..modifiers import Pairs, bag, only
from ..reference import Ref
from .moving import in_turns, no_object

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

HIDES = ("hide", "conceal", "make * disappear", "make * vanish", "make * invisible", "let * disappear", "let * vanish", "render * invisible", "take * out of sight", "turn * invisible")  # fmt: skip
SHOWS = ("show", "reveal", "unhide", "make * visible", "make * appear", "make * reappear", "let * appear", "let * reappear", "bring * into view", "turn * visible", "uncover")  # fmt: skip
GOES = ("disappear", "vanish", "hide", "become invisible", "turn invisible", "go invisible", "hide itself", "dissolve into nothing")  # fmt: skip
COMES = ("appear", "reappear", "show up", "become visible", "turn visible", "show itself", "come into view", "pop up", "turn up")  # fmt: skip


class Visibility(Effect):
    """Whether a thing is seen."""

    verb: ClassVar[str]
    participle: ClassVar[str]
    thing: Ref

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "visibility"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} {'are' if self.thing.many else 'is'} {self.participle}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"{self.verb}({name})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return no_object(scene, name, self.verb)


class Hide(Visibility):
    """A thing is no longer seen, in the window and in pictures; it still moves and collides."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, hide Box",
        "As long as Ball touches Plate, Lamp is invisible",
    )
    verb: ClassVar[str] = "hide"
    participle: ClassVar[str] = "hidden"
    kind: Literal["hide"] = "hide"

    def undone(self) -> Effect | None:
        """See `Effect.undone`."""
        return Show(thing=self.thing)


class Show(Visibility):
    """A thing is seen again, in the window and in pictures."""

    examples: ClassVar[tuple[str, ...]] = ("After 2 s, show Box", "When Ball touches Plate, Lamp appears")
    verb: ClassVar[str] = "show"
    participle: ClassVar[str] = "shown"
    kind: Literal["show"] = "show"

    def undone(self) -> Effect | None:
        """See `Effect.undone`."""
        return Hide(thing=self.thing)


def _hide(x: Ref, mods: Pairs) -> Any:
    return Hide(thing=x) if only(bag(mods), "again") else REJECT


def _show(x: Ref, mods: Pairs) -> Any:
    return Show(thing=x) if only(bag(mods), "again") else REJECT


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    unseen = ("invisible", "hidden", "unseen", "out of sight", "not visible", "no longer visible")
    seen = ("visible", "shown", "in view", "no longer hidden", "no longer invisible")
    deed(grammar, in_turns(_hide), verbs=HIDES, does=GOES, states=unseen, nouns=("disappearance",))
    deed(grammar, in_turns(_show), verbs=SHOWS, does=COMES, states=seen, nouns=("appearance",))
