"""What texts read, and shapes that meshes have keys for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..grammar import REJECT, Fields, Grammar
from ..model import Effect
from ..modifiers import bag
from ..reference import Ref
from ..units import told
from .moving import PACE, Paced, no_object, pace

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary


class ShowText(Effect):
    """A text object reads something else."""

    examples: ClassVar[tuple[str, ...]] = ('When Ball touches Plate, Sign reads "Open"',)
    kind: Literal["show_text"] = "show_text"
    thing: Ref
    text: str

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "text"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} read{self.thing.ending} {json.dumps(self.text, ensure_ascii=False)}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"show_text({name}, {json.dumps(self.text, ensure_ascii=False)})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if missing := no_object(scene, name, "write on"):
            return missing
        return None if scene.objects[name].text is not None else f"{name} is no text object, so it reads nothing"


class Deform(Paced):
    """A shape key of a mesh goes to a value within a time, at once where none is said; or back to its last one."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, the shape key Squashed of Blob goes to 1 within 0.5 s",
    )
    kind: Literal["deform"] = "deform"
    thing: Ref
    key: str
    to: float | None
    over: float = 0.0

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return f"shape {self.key}"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        to = "goes back" if self.to is None else f"goes to {told(self.to)}"
        return f"the shape key {self.key} of {self.thing} {to}{self.pace() if self.over else ''}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        over = self.seconds(self.over) if self.over else ""
        key = json.dumps(self.key, ensure_ascii=False)
        return [f"restore({name}, {key}{over})" if self.to is None else f"fade({name}, {key}, {told(self.to)}{over})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if missing := no_object(scene, name, "deform"):
            return missing
        keys = {key.name: key for key in scene.objects[name].shape_keys}
        if self.key not in keys:
            return f"{name} has no shape key '{self.key}'" + (f"; it has {', '.join(keys)}" if keys else "")
        key = keys[self.key]
        if self.to is not None and not key.low <= self.to <= key.high:
            return f"the shape key {self.key} of {name} goes from {told(key.low)} to {told(key.high)}"
        return None

    def undone(self) -> Effect | None:
        """See `Effect.undone`."""
        return None if self.to is None else Deform(thing=self.thing, key=self.key, to=None)


def _deform(f: Fields, to: float | None = None, back: bool = False) -> Any:
    said = bag(f.get("m", ()))
    times = pace({k: v for k, v in said.items() if k in PACE})
    if times is REJECT or "speed" in times or set(said) - set(PACE):
        return REJECT
    return Deform(thing=f["x"], key=f["k"], to=None if back else f["v"] if to is None else to, **times)


def add(g: Grammar) -> None:
    """Ways to say it."""
    g.add("clause", [
        "{x:thing} (reads|says|shows|displays) [text|words|word] {t:text}", "(let|make|have) {x:thing} (read|say|show|display) [text|words|word] {t:text}",
        "(set|change) text of {x:thing} to {t:text}", "(set|change) {x:thing} 's text to {t:text}", "(write|put|print|display|show) [text|words|word] {t:text} (on|onto|on to|at) {x:thing}",
        "text of {x:thing} (becomes|changes to|is|reads|is set to) {t:text}", "{x:thing} 's text (becomes|changes to|is|reads|is set to) {t:text}",
    ], lambda f: ShowText(thing=f["x"], text=f["t"]), cost=0.05)  # fmt: skip
    g.add("share", "{n:number}", lambda f: f["n"])
    g.add("share", "{p:percent}", lambda f: f["p"] / 100)
    key = "[shape key|key|shape|blend shape|morph target|morph] {k:shape_key}"
    of = f"({key} of {{x:thing}}|{{x:thing}} 's {key}|{{x:thing}} . {{k:shape_key}})"
    g.add("clause", [
        f"(set|change|move|bring|drive|animate|turn|turn up|raise|lower|push|fade) {of} to {{v:share}} {{m:mods}}",
        f"{of} (goes|becomes|is set|rises|falls|moves|changes|grows|fades) [to] {{v:share}} {{m:mods}}",
    ], _deform, cost=-0.1)  # fmt: skip
    g.add("clause", [f"{of} (goes|returns|changes|moves) back {{m:mods}}"], lambda f: _deform(f, back=True), cost=-0.1)
    g.add("clause", [f"(morph|deform|change|turn) {{x:thing}} (to|into|by) {key} {{m:mods}}", f"{{x:thing}} (morphs|deforms|changes) (to|into) {key} {{m:mods}}"], lambda f: _deform(f, 1.0), cost=-0.1)  # fmt: skip
