"""What a rule does: effects side by side and one after the other, with waits between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..grammar import REJECT, Grammar
from ..model import Effect, Step
from ..phrasing import ELIDED


@dataclass(frozen=True)
class Doing:
    """Steps in a row."""

    steps: tuple[Step, ...]


THEN = """
    [,|;] (and|then|and then|and also|and finally|finally|as well as|plus|also|afterwards|after that|and after that|and afterwards|but|but then|&|and only then)
    (,|;|+)
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
    g.add("elided/thing", "", lambda f: ELIDED)
    g.add("trailings", "{e:trailing}", lambda f: Doing((_step(f["e"]),)))
    for rest in ("trailings", "effects"):
        g.add("trailings", f"{{e:trailing}} <then_do> {{r:{rest}}}", lambda f: _row(_step(f["e"]), f["r"]))
    g.add("effects", "{e:effect} <then_do> {r:trailings}", lambda f: _row(f["e"], f["r"]), cost=0.1)
    g.add("effects", "{e:effect} . {r:effects}", lambda f: _row(f["e"], f["r"]) if f["r"].steps[0].wait else REJECT)
    g.add("elided/thing", "", lambda f: ELIDED)
    g.add("trailings", "{e:trailing}", lambda f: Doing((_step(f["e"]),)))
    for rest in ("trailings", "effects"):
        g.add("trailings", f"{{e:trailing}} <then_do> {{r:{rest}}}", lambda f: _row(_step(f["e"]), f["r"]))
    g.add("effects", "{e:effect} <then_do> {r:trailings}", lambda f: _row(f["e"], f["r"]), cost=0.1)
    g.add("effects", "both {r:effects}", lambda f: f["r"])


def _step(clause: Any) -> Step:
    return Step(effects=(clause,)) if isinstance(clause, Effect) else clause


def _waited(step: Step, seconds: float) -> Any:
    return step.model_copy(update={"wait": step.wait + seconds}) if seconds >= 0 else REJECT


def _row(first: Step, rest: Doing) -> Doing:
    """Effects side by side are one step, those that wait are steps of their own."""
    then = rest.steps[0]
    if then.wait == 0 and not first.pause and not then.pause:
        merged = first.model_copy(update={"effects": (*first.effects, *then.effects)})
        return Doing((merged, *rest.steps[1:]))
    return Doing((first, *rest.steps))
