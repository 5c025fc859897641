"""Two that are sent off, told before they are named: ``Off they go, both of them: Ball at …, Box at …``."""

from __future__ import annotations

from typing import Any

from ..grammar import REJECT, Fields, Grammar
from ..model import Step
from .launch import Launch, OfBody


def add(g: Grammar) -> None:
    """``Off they go, both of them: Ball at …, Box at …``: two that are sent off, told before they are named."""
    two = "(both|the two|two|both of them|the pair|the pair of them|a pair of them|two of them|these two|both the two|all of them|them both)"
    kind = "[things|of them|of these|objects|bodies|balls|spheres|marbles|boxes|crates|eggs|fellows|guys|lot]"
    off = "(off|away|going|moving|rolling|flying|in motion|into motion|out|on their way|on its way)"
    g.add("announced", [
        f"(get|send|set|fire|shoot|launch|kick|push|shove|throw|put) {two} {kind} [{off}]", f"(get|send|set|fire|shoot|launch|kick|throw) [{off}] {two} {kind}", f"[and|then] (off|away) (go|goes|fly) (they|we|{two}) {kind}", f"[and|then] (off|away) (they|we) (go|fly) [,] [{two}]",
        f"(there is|there are|we have|we have got|you have|it is) {two} {kind} to (send|shoot|launch|throw|kick|fire|get|push) {off}", f"{two} {kind} (go|fly|get|are sent|are shot|are launched|take) {off}", f"(we|you) (kick|start|get) things {off}", f"{two} {kind} (are launched|get a (push|kick|shove|velocity))",
    ])  # fmt: skip
    joint = "[,|;|.] [and|,|+|then|and then]"
    also = "[also|too|as well|likewise]"
    g.add(
        "sent",
        f"{{x:thing}} {also} [,] {also} [is|goes|off|is off|is sent off|flies] {also} [with|at|by] [velocity|speed] {{v:vel}} {also} [, same thing|the same|, metres per second|, meters per second]",
        lambda f: Launch(thing=f["x"], velocity=f["v"]),
    )
    g.add(
        "sent_two",
        [f"{{d:effects}} {joint} {{e:sent}}", f"{{e:sent}} {joint} {{r:effects}}", f"{{e:sent}} {joint} {{g:sent}}"],
        _rowed,
    )
    g.add("sent_two", "{d:effects}", lambda f: f["d"])
    g.add("effects", "<announced> [and] (:|,|-|.|;) {d:sent_two}", lambda f: _two_sent(f["d"]), cost=0.1)
    g.add("rule", "<announced> [,] {w:when} (:|.|;|-|,) {d:sent_two}", lambda f: _rule_of_two(f), cost=0.1)


def _rowed(f: Fields) -> Any:
    from ..structure.effects import Doing, row

    told = [f[key] if key in "dr" else Doing((Step(effects=(f[key],)),)) for key in "degr" if key in f]
    first, then = told
    if len(first.steps) != 1 or len(then.steps) != 1:
        return REJECT
    return row(first.steps[0], then)


def _two_sent(doing: Any) -> Any:
    """What is done if it sends two things off and nothing else."""
    effects = [effect for step in doing.steps for effect in step.effects]
    names = [name for effect in effects for name in effect.thing.names]
    sent = all(isinstance(effect, OfBody) for effect in effects) and len(set(names)) == len(names) == 2
    return doing if sent else REJECT


def _rule_of_two(f: Fields) -> Any:
    from ..structure.whole import rule

    doing = _two_sent(f["d"])
    return REJECT if doing is REJECT else rule(f["w"], doing)
