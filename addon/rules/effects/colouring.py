"""Things that take another colour, and their own again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from .. import colours
from ..colours import Colour, told_colour
from ..deeds import deed
from ..grammar import REJECT, Fields, Grammar
from ..modifiers import Pairs, bag
from ..phrasing import MODAL
from ..reference import Ref
from ..units import told
from .moving import PACE, Paced, in_turns, no_object, pace

if TYPE_CHECKING:
    from ..model import Effect
    from ..vocabulary import Vocabulary

PAINTS = ("paint", "colour", "color", "tint", "dye", "recolour", "recolor", "colour in")
COLOUR = "(colour|color|paint|tint|shade|hue)"


class Recolour(Paced):
    """A surface, or a light, takes a colour within a time, at once where none is said; without one, its own again."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, Box turns blue",
        "When Ball touches Plate, paint Door dark green",
        "At 2 s, the colour of Box changes to red within 1 s",
        "5 s after Ball touches Plate, Box takes its own colour again",
    )
    kind: Literal["recolour"] = "recolour"
    thing: Ref
    colour: Colour | None = None
    over: float = 0.0

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "colour"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        how = self.pace() if self.over else ""
        if self.colour is None:
            return f"{self.thing} take{self.thing.ending} {'their' if self.thing.many else 'its'} own colour again{how}"
        return f"{self.thing} turn{self.thing.ending} {told_colour(self.colour)}{how}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        numbers = f"({', '.join(told(c) for c in self.colour)})" if self.colour is not None else "None"
        return [f"recolor({name}, {numbers}{self.seconds(self.over) if self.over else ''})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if missing := no_object(scene, name, "colour"):
            return missing
        obj = scene.objects[name]
        if "light.color" in obj.looks or "material.color" in obj.looks:
            return None
        if obj.geometry is None and obj.text is None:
            return f"{name} has no surface, so it has no colour"
        return f"nodes of {name}'s material set its colour, so a rule cannot change it"

    def undone(self) -> Effect | None:
        """See `Effect.undone`."""
        return Recolour(thing=self.thing) if self.colour is not None else None


def _recolour(x: Ref, mods: Pairs, colour: Colour | None = None, own: bool = False) -> Any:
    said = bag(mods)
    times = pace({k: v for k, v in said.items() if k in PACE})
    rest = {k: v for k, v in said.items() if k not in PACE and k not in ("again", "home")}
    if colour is not None and "shade" in rest:
        return REJECT
    colour = rest.pop("shade", colour)
    if times is REJECT or "speed" in times or rest or (colour is None) != own:
        return REJECT
    return Recolour(thing=x, colour=colour, **times)


def _turned(f: Fields) -> Any:
    return in_turns(lambda x, mods: _recolour(x, mods, f["c"]))(f["x"], f.get("m", ()))


def add(g: Grammar) -> None:
    """Ways to say it."""
    colours.add(g)
    how = "[suddenly|again|all|completely]"
    becomes = f"[{MODAL}] (turns|turn|becomes|become|goes|go|gets|get|is|are|changes to|change to|changes into|change into|fades to|fade to|changes colour to|changes color to|is painted|are painted|is coloured|is colored|shall be|should be|blushes)"
    g.add("clause", [
        f"{{x:thing}} {becomes} {how} {{c:shade}} {{m:mods}}",
        "(turn|paint|colour|color|make|dye|tint|set|render|get|have|let|colour in|fade) {x:thing} [turn|become|go|be|to|in|into|painted|coloured] {c:shade} {m:mods}",
        f"(change|set|switch|alter|turn|make|adjust|fade|update) {COLOUR} of {{x:thing}} [to|into|=|be] {{c:shade}} {{m:mods}}",
        f"(change|set|switch|alter|turn|make|adjust|fade|update) {{x:thing}} 's {COLOUR} [to|into|=|be] {{c:shade}} {{m:mods}}",
        f"(give|lend) {{x:thing}} {{c:shade}} {COLOUR} {{m:mods}}", f"(give|lend) {{x:thing}} {COLOUR} {{c:shade}} {{m:mods}}",
        f"{{x:thing}} 's {COLOUR} (becomes|turns|changes|is set|changes to|is|turns to|goes|fades|fades to|shifts to) [to] {{c:shade}} {{m:mods}}",
        f"{COLOUR} of {{x:thing}} (becomes|turns|changes|is set|changes to|is|turns to|goes|fades|fades to|shifts to) [to] {{c:shade}} {{m:mods}}",
    ], _turned)  # fmt: skip
    deed(g, in_turns(_recolour), verbs=PAINTS, does=("change colour", "change color", "change its colour", "change its color"))  # fmt: skip
    own = f"(its|their|the) (own|original|old|first|former|initial|previous) {COLOUR} [again|back]"
    g.add("clause", [
        f"{{x:thing}} [{MODAL}] (takes|take|gets|get|has|regains|regain|returns to|return to|goes back to|go back to|changes back to|turns back to) {own} {{m:mods}}",
        f"(give|turn|change|set) {{x:thing}} [back to|back] {own} {{m:mods}}", f"restore {COLOUR} of {{x:thing}} {{m:mods}}", f"restore {{x:thing}} 's {COLOUR} {{m:mods}}",
    ], lambda f: _recolour(f["x"], f.get("m", ()), own=True))  # fmt: skip
