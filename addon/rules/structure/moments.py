"""Moments in a row, and ends that are said again: ``Lamp on at 2 s, off at 9 s``, ``hold it until 5 s, then let it go``."""

from __future__ import annotations

from typing import Any

from ..grammar import REJECT, Grammar
from ..model import Step
from .effects import Doing
from .said import Said
from .whole import rule


def add(g: Grammar) -> None:
    """All phrases of this module."""
    g.add("at_moment", "at [time|t =|t] {t:time} [sharp|exactly]\nt = {t:time}", lambda f: f["t"])
    for rest in ("trailings", "effects"):
        g.add(
            "rule",
            f"{{d:effects}} {{w:at_moment}} [,|;] [and|then|and then] {{r:{rest}}} {{v:at_moment}}",
            _two_moments,
            cost=0.1,
        )
        g.add(
            "rule",
            f"{{w:at_moment}} [,|:] {{d:effects}} [,|;] [and|then|and then] {{v:at_moment}} [,|:] {{r:{rest}}}",
            _two_moments,
            cost=0.1,
        )
    g.value("opposite", {"(off|out|dark) [again]": False, "(on|lit) [again]": True})
    g.add("swap", "[(goes|it goes|it is|turns|is)] {o:opposite} {t:at_moment}", lambda f: ((f["o"], f["t"]),))
    g.add(
        "swap_first", "{t:at_moment} [,|:] [(goes|it goes|it is|turns|is)] {o:opposite}", lambda f: ((f["o"], f["t"]),)
    )
    for swap in ("swap", "swap_first"):
        joint = "[,|;|.] [and|then|and then|but]"
        g.add(f"{swap}s", f"{{a:{swap}}}", lambda f: f["a"])
        g.add(f"{swap}s", f"{{a:{swap}}} {joint} {{b:{swap}s}}", lambda f: f["a"] + f["b"])
    g.add("rule", f"{{e:effect}} {{t:at_moment}} {joint} {{s:swaps}}", _swapping, cost=0.1)
    g.add("rule", f"{{t:at_moment}} [,|:] {{e:effect}} {joint} {{s:swap_firsts}}", _swapping, cost=0.1)
    g.add("gap", f"{joint} {{x:single}} [only] {{t:at_moment}}", lambda f: ((f["x"], f["t"]),))
    g.add("gaps", "{a:gap}", lambda f: f["a"])
    g.add("gaps", "{a:gap} {b:gaps}", lambda f: f["a"] + f["b"])
    g.add("rule", "{e:effect} {t:at_moment} {g:gaps}", _one_by_one, cost=0.1)
    then = "(, then|and then|; then|, and then|. then|then|, after that|, and)"
    for lead in ("{w:when} <sep>", "{c:bare_conds} <means>", "{c:bare_events} <means>"):
        g.add(
            "rule", f"{lead} {{d:effects}} [,] (until|till|up to) {{u:end}} {then} {{r:effects}}", _taken_back, cost=0.1
        )


def _taken_back(f: Any) -> Any:
    """``Hold it until 10 s, then let it go``: what ends it is said as well."""
    doing, back = f["d"], f["r"]
    if len(doing.steps) != 1 or len(back.steps) != 1 or back.steps[0].wait:
        return REJECT
    undone, told = [e.undone() for e in doing.steps[0].effects], back.steps[0].effects
    if len(undone) != len(told) or not all(
        one is not None and one.model_copy(update={"thing": other.thing}) == other
        and (other.thing.pronoun or other.thing.names == one.thing.names)
        for one, other in zip(undone, told, strict=True)
    ):  # fmt: skip
        return REJECT
    return rule(f["w"] if "w" in f else Said(f["c"]), doing, f["u"])


def _one_by_one(f: Any) -> Any:
    """``Pin 1 is let go at 1 s, Pin 2 at 2 s, Pin 3 at 4 s``."""
    if len(f["e"].effects) != 1 or f["e"].effects[0].thing.pronoun:
        return REJECT
    steps, last = [f["e"]], f["t"]
    for thing, moment in f["g"]:
        if moment <= last:
            return REJECT
        effect = f["e"].effects[0].model_copy(update={"thing": thing})
        steps.append(Step(effects=(effect,), wait=round(moment - last, 9)))
        last = moment
    return rule(Said(None, at=f["t"]), Doing(tuple(steps)))


def _swapping(f: Any) -> Any:
    """``Lamp on at 2 s, off at 9 s, on again at 12 s``."""
    steps, last = [f["e"]], f["t"]
    for value, moment in f["s"]:
        undone = [effect.undone() for effect in steps[-1].effects]
        if len(undone) != 1 or getattr(undone[0], "value", None) is not value or moment <= last:
            return REJECT
        steps.append(Step(effects=(undone[0],), wait=round(moment - last, 9)))
        last = moment
    return rule(Said(None, at=f["t"]), Doing(tuple(steps)))


def _two_moments(f: Any) -> Any:
    """``Lamp on at 2 s, off at 9 s``: the second is so much later than the first."""
    length = f["v"] - f["w"]
    if length <= 0 or any(step.wait or step.pause for step in (*f["d"].steps, *f["r"].steps)) or len(f["d"].steps) > 1:
        return REJECT
    then = f["r"].steps[0].model_copy(update={"wait": round(length, 9)})
    return rule(Said(None, at=f["w"]), Doing((*f["d"].steps, then, *f["r"].steps[1:])))
