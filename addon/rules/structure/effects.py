"""What a rule does: effects side by side and one after the other, with waits between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from ..deeds import ELIDED
from ..grammar import REJECT, Grammar
from ..model import Effect, Step


@dataclass(frozen=True)
class Doing:
    """Steps in a row; ``apart`` if they are told as if each were a rule, so that a condition after them is of the last."""

    steps: tuple[Step, ...]
    apart: bool = False

    @property
    def is_single(self) -> bool:
        """Whether it is one effect."""
        return [len(step.effects) for step in self.steps] == [1]


SIDE_BY_SIDE = """
    [,|;] (and|and also|as well as|plus|also|but|&|and likewise|and similarly|and then also)
    (,|+)
    . (and|also)
"""
ONE_AFTER_OTHER = """
    [,|;] (then|and then|after that|and after that|afterwards|and afterwards|but then|and only then|and finally|finally)
    . (then|and then|after that|afterwards)
"""


def add(g: Grammar) -> None:
    """All phrases of this module."""
    g.add("joint", SIDE_BY_SIDE, lambda f: False)
    g.add("joint", ONE_AFTER_OTHER, lambda f: True)
    g.add("effect", "{c:clause}", lambda f: _step(f["c"]))
    g.add(
        "effect",
        "[and] {d:wait_first} [,] [then|and|(it|that|this) means] {c:clause}",
        lambda f: _waited(_step(f["c"]), f["d"]),
    )
    behind = "{c:clause} [,] [but|but only|only|then]"
    g.add(
        "effect",
        f"{behind} {{d:late_behind}}\n{behind} {{d:after_time}}",
        lambda f: _waited(_step(f["c"]), f["d"]),
        cost=0.1,
    )
    # 'It moves 1 m in 2 s' says how long that takes.
    g.add(
        "effect",
        f"{behind} {{d:in_time}}",
        lambda f: REJECT if _takes_time(_step(f["c"])) else _waited(_step(f["c"]), f["d"]),
        cost=0.1,
    )
    g.add("effect", "{m:premod} {e:effect}", lambda f: REJECT)
    g.add("effects", "{e:effect} [as well|too|also]", lambda f: Doing((f["e"],)))
    g.add("effects", "{e:effect} {j:joint} {r:effects}", lambda f: row(f["e"], f["r"], f["j"]))
    g.add("effects", "{e:effect} ; {r:effects}", lambda f: _apart(row(f["e"], f["r"])))
    for rest in ("trailings", "effects"):
        kept = "[,|;] [and] ((leave|keep) (it|them)|[it|they] (stays|stay|remains|remain|waits|wait)) (open|closed|up|down|there|like that|that way|up there|down there) for {t:time}"
        joint = "(,|;|and|then|and then|, then|, and then|; then|, and)"
        g.add("effects", f"{{e:effect}} {kept} {joint} {{r:{rest}}}", lambda f: _kept(f["e"], f["t"], f["r"]))
        waits = "[,|;|.] [and|then|and then] (wait|pause|wait for|pause for|hold on for|waits|pauses|waits for|pauses for) {t:time}"
        g.add(
            "effects", f"{{e:effect}} {waits} {joint} {{r:{rest}}}", lambda f: _waits(f["e"], f["t"], f["r"]), cost=-0.1
        )
    g.add("elided/thing", "", lambda f: ELIDED)
    g.add("trail", "{e:trailing}", lambda f: _step(f["e"]))
    g.add("trail", "[,] {d:wait} [,] [then] {e:trailing}", lambda f: _waited(_step(f["e"]), f["d"]))
    g.add(
        "trail",
        "{e:trailing} [,] [but|but only|only|then|again] {d:wait}",
        lambda f: _waited(_step(f["e"]), f["d"]),
        cost=0.1,
    )
    g.add("trailings", "{e:trail}", lambda f: Doing((f["e"],)))
    for rest in ("trailings", "effects"):
        g.add("trailings", f"{{e:trail}} {{j:joint}} {{r:{rest}}}", lambda f: row(f["e"], f["r"], f["j"]))
    g.add("effects", "{e:effect} {j:joint} {r:trailings}", lambda f: row(f["e"], f["r"], f["j"]), cost=0.1)
    g.add("effects", "{e:effect} . {r:effects}", lambda f: row(f["e"], f["r"]) if f["r"].steps[0].wait else REJECT)
    g.add(
        "for_a_time",
        "{e:effect} [,] [but|but only|only|just] for [about|exactly|a total of|the next] {t:time} [only|long]",
        lambda f: _for_a_time(f["e"], f["t"]),
        cost=-0.1,
    )
    g.add("for_a_time", "for [about|exactly|a total of|the next] {t:time} [only] [,] {e:effect}", lambda f: _for_a_time(f["e"], f["t"]))  # fmt: skip
    g.add("effects", "{h:for_a_time}", lambda f: f["h"])
    g.add(
        "effects",
        "{h:for_a_time} [,|;|.] [and] (then|after that|afterwards|after which) {r:effects}",
        lambda f: Doing((*f["h"].steps[:-1], *row(f["h"].steps[-1], f["r"]).steps)),
    )
    g.add("effects", "both {r:effects}", lambda f: f["r"])
    together = "(both|all|all this|everything) (at once|at the same time|simultaneously|together|at one time)"
    g.add("effects", f"{{d:several_effects}} [,|-] {together}", lambda f: f["d"])
    every = "[,|-] (both|all|each|both of them|all of them) (in|over|within|taking|take) {t:time}"
    g.add("effects", f"{{d:several_effects}} {every}", lambda f: _each_over(f["d"], f["t"]), cost=-0.1)
    g.add("several_effects", "{e:effect} {j:joint} {r:effects}", lambda f: _at_once(row(f["e"], f["r"], f["j"])))
    g.add("effects", f"{{e:effect}} [,|;|.] [and|but] {ARRIVED} [,] {{r:effects}}", lambda f: _when_done(f["e"], f["r"]), cost=-0.1)  # fmt: skip
    there_and_back = "(each way|either way|both ways|there and back each|for each way|in each direction|each direction)"
    g.add(
        "effects",
        f"{{e:effect}} [,] (and|and then|then|, then) [straight|right|directly] {{r:trail}} [,|.|;|-|LPAR] {{t:time}} {there_and_back} [RPAR]",
        lambda f: _each_way(f["e"], f["r"], f["t"]),
        cost=-0.2,
    )


ARRIVED = "[only] (once|when|after|as soon as|only when|only once|only after|only then when) (it|they|he|she|that) (has|have|is|are) (arrived|there|got there|done|up there|down there|finished|at its place|come to the end|reached it|in place)"
"""That what was done before has come to its end."""


def _at_once(doing: Any) -> Any:
    """Two or more things that are done together."""
    return doing if isinstance(doing, Doing) and len(doing.steps) == 1 and len(doing.steps[0].effects) > 1 else REJECT


def _each_over(doing: Doing, seconds: float) -> Any:
    """The same, each of which takes so long."""
    effects = [_lasting(effect, seconds) for effect in doing.steps[0].effects]
    if seconds <= 0 or REJECT in effects:
        return REJECT
    return replace(doing, steps=(doing.steps[0].model_copy(update={"effects": tuple(effects)}),))


def _lasting(effect: Effect, seconds: float) -> Any:
    if "over" not in type(effect).model_fields or _is_timed(effect) or getattr(effect, "at_once", False):
        return REJECT
    return type(effect).model_validate({**{n: getattr(effect, n) for n in effect.model_fields_set}, "over": seconds})


def _each_way(there: Step, back: Step, seconds: float) -> Any:
    """``It sinks 50 cm and goes back up, 0.4 s each way``."""
    if len(there.effects) != 1 or len(back.effects) != 1 or back.wait or there.pause or seconds <= 0:
        return REJECT
    first, then = _lasting(there.effects[0], seconds), _lasting(back.effects[0], seconds)
    if first is REJECT or then is REJECT:
        return REJECT
    return Doing((there.model_copy(update={"effects": (first,)}), Step(effects=(then,), wait=seconds)))


def _when_done(first: Step, rest: Doing) -> Any:
    """``It rises 3 m in 4 s, and once it has arrived, Lamp goes on``."""
    end = _end(first.effects)
    return _after(end, first, rest) if end and not first.pause and not rest.steps[0].wait else REJECT


def _apart(doing: Any) -> Any:
    return replace(doing, apart=True) if isinstance(doing, Doing) else doing


def _step(clause: Any) -> Step:
    return Step(effects=(clause,)) if isinstance(clause, Effect) else clause


def _takes_time(step: Step) -> bool:
    return any(getattr(effect, "takes_time", 0) != 0 for effect in step.effects)


def _waited(step: Step, seconds: float) -> Any:
    return step.model_copy(update={"wait": step.wait + seconds}) if seconds >= 0 else REJECT


def _for_a_time(step: Step, seconds: float) -> Any:
    """Something that is done and taken back when the time is over."""
    undone = [effect.undone() for effect in step.effects]
    if seconds <= 0 or step.pause or not all(undone):
        return REJECT
    return Doing((step, Step(effects=tuple(filter(None, undone)), wait=seconds)))


def row(first: Step, rest: Doing, in_order: bool = False) -> Any:
    """Effects side by side are one step, those that wait are steps of their own.

    ``in_order``: what is said to come after something that takes a time which was said, or that cannot be done together
    with it, waits for its end.
    """
    then = alike(first, rest.steps[0])
    if then is None:
        return REJECT
    if then is not rest.steps[0]:
        rest = replace(rest, steps=(then, *rest.steps[1:]))
    if not in_order and not then.wait and _cannot_be_together(first, then):
        in_order = True
    if in_order and not (then.wait or first.pause or then.pause) and (awaited := list(_awaited(first, then))):
        seconds = _end(awaited)
        if seconds != 0:
            return REJECT if seconds is None else _after(seconds, first, rest)
    if then.wait == 0 and not first.pause and not then.pause:
        merged = first.model_copy(update={"effects": (*first.effects, *then.effects)})
        return Doing((merged, *rest.steps[1:]))
    return Doing((first, *rest.steps))


def alike(first: Step, then: Step) -> Step | None:
    """The second step, in which what is said to be the same as before is as in the first."""
    if not first.effects or not any(
        effect.kind == "launch" and getattr(effect, "same", False) for effect in then.effects
    ):
        return then
    one, done = first.effects[-1], list[Effect]()
    for effect in then.effects:
        if not isinstance(effect, Effect) or (whole := effect.like(one)) is None:
            return None
        done.append(whole)
        one = whole
    return then.model_copy(update={"effects": tuple(done)})


def _cannot_be_together(first: Step, then: Step) -> bool:
    """Whether a thing is said to be moved for a time and then the other way, as in ``sinks in 1 s and rises in 1 s``."""
    return any(
        _is_timed(one) and (_is_timed(other) or other.kind == "home") and one != other and _clash(one, other)
        for one in first.effects
        for other in then.effects
    )


def _awaited(first: Step, then: Step) -> Iterable[Effect]:
    for one in first.effects:
        if _is_timed(one) or any(_clash(one, other) for other in then.effects):
            yield one


def _kept(first: Step, seconds: float, rest: Doing) -> Any:
    """``open it over 2 s, leave it open for 3 s, then close it``: the pause begins when the first has been done."""
    end = _end(first.effects)
    return _after(end + seconds, first, rest) if end and not rest.steps[0].wait else REJECT


def _waits(first: Step, seconds: float, rest: Doing) -> Any:
    """``raise it over 2 s, wait 1 s, then lower it``: a time that was said has to be over before the pause begins."""
    said = [one for one in first.effects if _is_timed(one)]
    return _kept(first, seconds, rest) if said else REJECT


def _is_timed(effect: Effect) -> bool:
    """Whether it was said how long it takes."""
    return bool({"over", "speed"} & effect.model_fields_set)


def _after(seconds: float, first: Step, rest: Doing) -> Doing:
    later = rest.steps[0].model_copy(update={"wait": seconds})
    return Doing((first, later, *rest.steps[1:]))


def _end(effects: Iterable[Effect]) -> float | None:
    """When effects that take time are done; None where that is known in the run only."""
    times = [getattr(one, "takes_time", 0.0) for one in effects]
    return None if None in times else max(times, default=0.0)


def _clash(one: Effect, other: Effect) -> bool:
    same = other.thing.pronoun or set(one.thing.names) & set(other.thing.names)
    # What has been moved or turned goes back to its start after that.
    return bool(same) and (one.claims("") == other.claims("") or (other.kind == "home" and _is_timed(one)))
