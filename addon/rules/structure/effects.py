"""What a rule does: effects side by side and one after the other, with waits between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ..grammar import REJECT, Fields, Grammar
from ..model import Effect, Step
from ..phrasing import ELIDED
from .things import listed


@dataclass(frozen=True)
class Doing:
    """Steps in a row; ``apart`` if they are told as if each were a rule, so that a condition after them is of the last."""

    steps: tuple[Step, ...]
    apart: bool = False


THEN = """
    [,|;] (and|then|and then|and also|and finally|finally|as well as|plus|also|afterwards|after that|and after that|and afterwards|but|but then|&|and only then|before that)
    (,|+)
    . (then|and|after that|and then|afterwards|also)
"""


def add(g: Grammar) -> None:
    """All phrases of this module."""
    g.add("then_do", THEN)
    g.add("effect", "{c:clause}", lambda f: _step(f["c"]))
    g.add("effect", "[and] {d:wait} [,] [then|and] {c:clause}", lambda f: _waited(_step(f["c"]), f["d"]))
    g.add(
        "effect", "{c:clause} [,] [but|but only|only|then] {d:wait}", lambda f: _waited(_step(f["c"]), f["d"]), cost=0.1
    )
    g.add("effect", "{m:premod} {e:effect}", lambda f: REJECT)
    g.add("effects", "{e:effect} [as well|too|also]", lambda f: Doing((f["e"],)))
    g.add("effects", "{e:effect} <then_do> {r:effects}", lambda f: _row(f["e"], f["r"]))
    g.add("effects", "{e:effect} ; {r:effects}", lambda f: replace(_row(f["e"], f["r"]), apart=True))
    g.add("effects", "{e:effect} . {r:effects}", lambda f: _row(f["e"], f["r"]) if f["r"].steps[0].wait else REJECT)
    g.add("elided/thing", "", lambda f: ELIDED)
    g.add("trailings", "{e:trailing}", lambda f: Doing((_step(f["e"]),)))
    for rest in ("trailings", "effects"):
        g.add("trailings", f"{{e:trailing}} <then_do> {{r:{rest}}}", lambda f: _row(_step(f["e"]), f["r"]))
    g.add("effects", "{e:effect} <then_do> {r:trailings}", lambda f: _row(f["e"], f["r"]), cost=0.1)
    g.add("effects", "both {r:effects}", lambda f: f["r"])
    g.add("effects", f"{{e:effect}} [,|;] [and|&|+|as well as|plus|,] {{x:thing}} {LIKEWISE}", _likewise)
    g.add(
        "effects",
        f"{{e:effect}} [,|;] [and|&|+|as well as|plus|,] {{x:thing}} {LIKEWISE} <then_do> {{r:effects}}",
        lambda f: _row(_likewise(f).steps[0], f["r"]) if _likewise(f) is not REJECT else REJECT,
    )
    joint = "(+|and also|along with|and likewise|as well as also|, and also)"
    g.add(
        "several",
        [f"{{a:single}} [also] ({joint}|and|&) [to|of|on] {{b:single}} [also|too|as well|likewise]"],
        listed("all"),
    )
    g.add("thing", "{n:several} [,|:] (both|each|all|all of them|both of them|each of them)", lambda f: f["n"])
    g.add("thing", "(both|each|all) of {n:several}", lambda f: f["n"])
    g.add(
        "effect",
        "(it (ought to|should|has to|has got to|is to|must) be [so] that|it is (needed|necessary|required|wanted|wished|time) [that|to|for]|make [it so] that|see that|see to it that|(we|i|you) (want|wish|need|like) that|if you|you would [better]) {e:effect}",
        lambda f: f["e"],
    )


LIKEWISE = "[also] (likewise|too|also|as well|ditto|similarly|[just|exactly] [the] same|(in|to|at) [the] same (way|direction|speed)) [,|:] [[just|exactly] [the] same] [[,|and] [in|at] [the] same direction] [[,|and] [at] [the] same speed]"
"""That something is done to another thing as well."""


def _likewise(f: Fields) -> Any:
    """The effects of one step done to one more thing."""
    step, done = f["e"], []
    for effect in step.effects:
        if effect.thing.pronoun or not effect.thing.names or effect.thing.name in f["x"].names:
            return REJECT
        things = listed("all")({"a": effect.thing, "b": f["x"]})
        if things is REJECT or f["x"].pronoun:
            return REJECT
        done.append(effect.model_copy(update={"thing": things}))
    return Doing((step.model_copy(update={"effects": tuple(done)}),)) if len(done) == 1 else REJECT


def _step(clause: Any) -> Step:
    return Step(effects=(clause,)) if isinstance(clause, Effect) else clause


def _waited(step: Step, seconds: float) -> Any:
    return step.model_copy(update={"wait": step.wait + seconds}) if seconds >= 0 else REJECT


def _row(first: Step, rest: Doing) -> Doing:
    """Effects side by side are one step, those that wait are steps of their own."""
    then = rest.steps[0]
    if then.wait == 0 and not first.pause and not then.pause:
        merged = first.model_copy(update={"effects": (*first.effects, *then.effects)})
        return Doing((merged, *rest.steps[1:]), rest.apart)
    return Doing((first, *rest.steps), rest.apart)
