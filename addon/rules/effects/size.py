"""Things that become larger and smaller, as a whole or along one of their axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import deed
from ..grammar import REJECT, Fields, Grammar
from ..model import Effect
from ..modifiers import Pairs, bag
from ..reference import Ref
from ..units import told
from .moving import PACE, Paced, in_turns, is_free, no_object, pace

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

SIZES = {"size": "", "width": "x", "depth": "y", "height": "z"}
"""How sentences call what is multiplied, with the object's own axis."""

GROWS = ("grow", "swell", "expand", "scale up", "get larger", "get bigger", "inflate", "become larger", "become bigger")
SHRINKS = ("shrink", "contract", "scale down", "get smaller", "become smaller", "deflate")
ENLARGES = ("enlarge", "grow", "scale up", "scale * up", "blow * up", "inflate", "magnify", "make * larger", "make * bigger", "expand")  # fmt: skip
REDUCES = ("shrink", "scale down", "scale * down", "make * smaller", "deflate", "contract")


class Resize(Paced):
    """The size, or the extent along an axis of its own, is multiplied within a time, at once where none is said."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, make Box twice as big",
        "After 1 s, Lamp shrinks to half its size within 2 s",
        "When Ball touches Plate, the height of Door is doubled",
    )
    kind: Literal["resize"] = "resize"
    thing: Ref
    factor: float
    over: float = 0.0
    what: Literal["size", "width", "depth", "height"] = "size"

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "size"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"the {self.what} of {self.thing} is multiplied by {told(self.factor)}{self.pace() if self.over else ''}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        axis = SIZES[self.what]
        factors = ", ".join(told(self.factor) if not axis or a == axis else "1" for a in "xyz")
        return [f"resize({name}, ({factors}){self.seconds(self.over) if self.over else ''})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if problem := no_object(scene, name, "resize"):
            return problem
        obj = scene.objects[name]
        if (
            obj.body is not None
            and not is_free(scene, name)
            and any(name in (c.object1, c.object2) for c in scene.graph.constraints)
        ):
            return f"{name} hangs on a joint, so its size cannot be changed"
        return None

    def undone(self) -> Effect | None:
        """See `Effect.undone`."""
        return self.model_copy(update={"factor": 1 / self.factor})


def _resize(x: Ref, mods: Pairs, grows: bool | None = None) -> Any:
    """By a factor that is said, which must fit a verb that says whether it grows."""
    said = bag(mods)
    times = pace({k: v for k, v in said.items() if k in PACE})
    rest = {k: v for k, v in said.items() if k not in PACE}
    if times is REJECT or "speed" in times or set(rest) - {"size_factor", "along"} or "size_factor" not in rest:
        return REJECT
    factor, what = rest["size_factor"]
    if factor <= 0 or (grows is not None and (factor > 1) != grows):
        return REJECT
    if "along" in rest and what != "size":
        return REJECT
    return Resize(thing=x, factor=factor, what=rest.get("along", what), **times)


def _of(f: Fields) -> Any:
    """``double the height of Box``."""
    return _resize(f["x"], (*f.get("m", ()), ("size_factor", (f["n"], f["w"]))))


def add(g: Grammar) -> None:
    """Ways to say it."""
    big = "(big|large|great|huge)"
    tall = {"size": big, "height": "(tall|high)", "width": "wide", "depth": "deep"}
    g.value("times_as", {"twice": 2.0, "(half|half as much)": 0.5, "(three times|thrice)": 3.0, "four times": 4.0, "five times": 5.0, "(a third|one third)": 1 / 3, "(a quarter|one quarter)": 0.25})  # fmt: skip
    g.add("times_as", ["{n:number} times", "{n:count}"], lambda f: f["n"])
    g.add("times_as", "{p:percent}", lambda f: f["p"] / 100)
    for what, word in tall.items():
        key = lambda f, w=what: ("size_factor", (f["n"], w))  # noqa: E731
        g.add("mod", f"{{n:times_as}} (as|so) {word} [as before|as it is|as it was|as now|again]", key)
        state = f"{{n:times_as}} (as|so) {word} [as before|as it is|as it was|as now|again]"
        g.add(
            "clause",
            f"(make|let|render|turn|have) {{x:thing}} [be|become|grow|get] {state} {{m:mods}}",
            lambda f, w=what: _of({**f, "w": w}),
        )
        g.add(
            "clause",
            f"{{x:thing}} (becomes|become|gets|is|grows|turns|shall be|should be|is made) {state} {{m:mods}}",
            lambda f, w=what: _of({**f, "w": w}),
        )
    own = "[of] [its|their|the] [original|present|current|old|former] size"
    g.add(
        "mod",
        "to {n:times_as} [its|their|the] [original|present|current|old|former] size",
        lambda f: ("size_factor", (f["n"], "size")),
    )
    for words, factor in (("half", 0.5), ("(double|twice)", 2.0), ("(a|one) third", 1 / 3), ("(a|one) quarter", 0.25), ("(three times|triple)", 3.0)):  # fmt: skip
        g.add("mod", f"to {words} {own}", lambda f, n=factor: ("size_factor", (n, "size")))
    g.add("mod", f"to {{p:percent}} [{own}]", lambda f: ("size_factor", (f["p"] / 100, "size")))
    g.add(
        "mod",
        ["by (a factor of|factor) {n:number}", "{n:count}"],
        lambda f: ("size_factor", (f["n"], "size")),
        cost=0.05,
    )
    g.add("mod", "by {n:number}", lambda f: ("size_factor", (f["n"], "size")), cost=0.4)
    deed(g, in_turns(lambda x, m: _resize(x, m)), verbs=("scale", "resize"), does=("scale",))
    deed(g, in_turns(lambda x, m: _resize(x, m, True)), verbs=ENLARGES, does=GROWS)
    deed(g, in_turns(lambda x, m: _resize(x, m, False)), verbs=REDUCES, does=SHRINKS)
    named = {"size": "(size|scale|dimensions|extent)", "width": "width", "depth": "depth", "height": "height"}
    for what, noun in named.items():
        of = f"({noun} of {{x:thing}}|{{x:thing}} 's {noun})"
        for verb, participle, factor in (
            ("double", "doubled", 2.0),
            ("halve", "halved", 0.5),
            ("triple", "tripled", 3.0),
        ):
            build = lambda f, w=what, n=factor: _of({**f, "w": w, "n": n})  # noqa: E731
            g.add("clause", [f"{verb} {of} {{m:mods}}", f"{of} (is|gets|shall be|should be) {participle} {{m:mods}}", f"{of} {verb}~fin {{m:mods}}"], build)  # fmt: skip
        by_number = lambda f, w=what: _of({**f, "w": w})  # noqa: E731
        g.add("clause", [f"multiply {of} (by|with) {{n:number}} {{m:mods}}", f"{of} (is|gets|shall be) multiplied (by|with) {{n:number}} {{m:mods}}"], by_number)  # fmt: skip
    for verb, factor in (("double", 2.0), ("halve", 0.5)):
        g.add(
            "clause",
            f"{{x:thing}} {verb}~fin (in|its|their) size {{m:mods}}",
            lambda f, n=factor: _of({**f, "w": "size", "n": n}),
        )
