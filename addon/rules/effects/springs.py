"""Springs that hold bodies to things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ...fields import stiffest_spring
from ..deeds import joined
from ..grammar import REJECT, Fields, Grammar
from ..modifiers import Pairs, bag, only
from ..reference import Ref
from ..units import told
from .cycle import ENDLESS
from .moving import modifier, quoted
from .pushing import Pushing, StopPushing, being

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary


class Spring(Pushing):
    """A spring to ``anchor`` of so many N/m, with a damping in N s/m, that is ``rest`` m long when nothing pulls, or as
    long as the two are apart at the start."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, a spring of 40 N/m ties Box to Counter",
        "After 1 s, connect Ball to Door by a spring of 60 N/m with a length of 50 cm and a damping of 1 N s/m",
    )
    how: ClassVar[str] = "spring"
    kind: Literal["spring"] = "spring"
    thing: Ref
    anchor: Ref
    stiffness: float | None
    damping: float = 0.0
    rest: float | None = None

    def doing(self) -> str:
        """See `Pushing.doing`."""
        length = "" if self.rest is None else f" with a length of {told(self.rest)} m"
        damping = f" with a damping of {told(self.damping)} N s/m" if self.damping else ""
        return f"tied to {self.anchor} by a spring of {told(self.stiffness or 0)} N/m{length}{damping}"

    def said(self, name: str) -> list[str]:
        """See `Pushing.said`."""
        rest = "None" if self.rest is None else told(self.rest)
        return [quoted(self.anchor.name), told(self.stiffness or 0), told(self.damping), rest]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if problem := super().problem(scene, name):
            return problem
        if self.stiffness is None:
            return "it is not said how stiff the spring is, such as 'a spring of 40 N/m'"
        if len(self.anchor.names) != 1 or self.anchor.name == name:
            return f"a spring ties {name} to one other thing; say which"
        if self.anchor.name not in scene.objects:
            return f"it is not known where {self.anchor} is"
        world = scene.graph.world
        most = stiffest_spring(_mass(scene, name, self.anchor.name), world.dt * world.time_scale, world.substeps)
        if self.stiffness > most:
            return f"a spring of {told(self.stiffness)} N/m swings {name} too fast for these steps: at most {told(most)} N/m"
        return None


def _mass(scene: Vocabulary, name: str, anchor: str) -> float:
    """The mass in kg that a spring swings: a body's own, or what two bodies that pull each other share."""
    own, other = scene.objects[name].dynamic_mass, scene.objects[anchor].dynamic_mass
    return own * other / (own + other) if other else own


def _spring(f: Fields) -> Any:
    said = {k: v for part in ("s", "m", "n") for k, v in bag(f.get(part, ())).items() if k not in ENDLESS}
    if not only(said, "stiffness", "damping", "rest") or any(v < 0 or not (v or k == "rest") for k, v in said.items()):
        return REJECT
    return Spring(thing=f["x"], anchor=f["a"], stiffness=said.get("stiffness"), damping=said.get("damping", 0.0), rest=said.get("rest"))  # fmt: skip


def _tied(x: Ref, mods: Pairs) -> Any:
    said = dict(mods)
    anchor = said.pop("anchor", None)
    return REJECT if anchor is None else _spring({"x": x, "a": anchor, "m": tuple(said.items())})


def _by_spring(f: Fields) -> Any:
    pairs = joined(f["s"], f["m"])
    return REJECT if pairs is None else pairs


def add(g: Grammar) -> None:
    """Ways to say it."""
    elastic = "[elastic|soft|stiff|strong] (spring|elastic|rubber band|bungee|elastic band|coil spring)"
    g.add("springy", [f"{elastic} (of|with) [a] [stiffness|strength|spring constant] [of] {{k:stiffness}}", f"{{k:stiffness}} {elastic}", f"{elastic} LPAR {{k:stiffness}} RPAR"], lambda f: (("stiffness", f["k"]),))  # fmt: skip
    long = lambda f: (*f["s"], ("rest", f["l"]))  # noqa: E731
    g.add("long_springy", "{s:springy} [,] {l:length} long [at rest] [,]", long)
    g.add("long_springy", "{s:springy}", lambda f: f["s"])
    g.add("springy", elastic, lambda f: (), cost=0.1)
    modifier(g, "stiffness", ["(with|of) [a] [stiffness|spring constant] [of] {v:stiffness}"])
    modifier(g, "damping", ["[and] (with|of) [a] damping [of] {v:drag}", "and [a] damping of {v:drag}"])
    modifier(g, "rest", ["[and] (with|of) [a] [rest] length [at rest] [of] {v:length}", "[,] {v:length} long [at rest]", "and [a] [rest] length of {v:length}"])  # fmt: skip
    modifier(g, "rest", ["[and] (with no|without [a]|with zero) [rest] length"], 0.0)
    modifier(g, "anchor", ["to {v:thing}"], cost=0.1)
    g.add("mods", "by [a] {s:springy} {m:mods}", _by_spring)
    ties = "(ties|tie|connects|connect|links|link|pulls|pull|attaches|attach|fastens|holds|hold|draws|couples|joins)"
    tie = "(tie|connect|link|attach|fasten|join|couple|fix|hang|hook|bind|suspend|pull|hold)"
    g.add("clause", [
        f"[a] {{s:long_springy}} {ties} {{x:thing}} (to|and|with|onto|towards) {{a:thing}} {{m:mods}}", f"{tie} {{x:thing}} (to|with|and|from|onto) {{a:thing}} (by|with|through|using|via|on) [a] {{s:long_springy}} {{m:mods}}",
        "(put|set|add|make|place|insert|create|hang) [a] {s:long_springy} between {x:thing} and {a:thing} {m:mods}", "{x:thing} (is|are|gets|shall be|should be) (tied|connected|linked|attached|fastened|joined|coupled|hung|suspended|pulled) (to|with|from) {a:thing} (by|with|on) [a] {s:long_springy} {m:mods}",
        f"(let|make|have) [a] {{s:long_springy}} {tie} {{x:thing}} (to|and|with|onto|towards) {{a:thing}} {{m:mods}}", "(hang|hook) {x:thing} (on|onto|up on) {a:thing} (by|with|on) [a] {s:long_springy} {m:mods}",
        "{x:thing} hangs (on|from) {a:thing} (by|on|with) [a] {s:long_springy} {m:mods}",
    ], _spring)  # fmt: skip
    being(g, "(tied|connected|linked|attached)", "tie", _tied, "spring")
    g.add("clause", ["{x:thing} ((is|are) no longer|(stops|stop) being) pulled by [a] spring", f"(cut|remove|undo|take away|detach|release) [the] {elastic} (of|from|on|at) {{x:thing}}", f"[the] {elastic} (of|on|at) {{x:thing}} (breaks|snaps|is cut|tears|is removed|is gone)"], lambda f: StopPushing(thing=f["x"], what="spring"))  # fmt: skip
