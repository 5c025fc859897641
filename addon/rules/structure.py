"""How rules are put together: what is waited for, what is done, in either order, with delays, limits and exceptions.

A condition is a `Said`, of which `When` is made; effects are a row of `Step`. Nothing here knows a family.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from .conditions.logic import And, Count, InOrder, Not, Or, Xor
from .conditions.time import Clock, Period
from .grammar import REJECT, Fields, Grammar
from .model import Condition, Effect, Mode, Rule, Step, When
from .phrasing import ELIDED, Fact

WHEN = (
    "(when|if|once|as soon as|the moment|at the moment|at the instant|the instant|in case|provided|provided that|assuming|given|given that|supposing|"
    "should|after|upon|on|the first time|the first time that|at the point when|at the point where|as|immediately after|just after|directly after|"
    "only when|only if|only once|only after|but only if|but only when|but only after|but not until|not until|not before|no sooner than|right when|right after|when first|"
    "in the event that|in the event of|on condition that|only as soon as|now that|at|in the case that|the second|the minute|the very moment|exactly when|just when|at the time when|at the time|"
    "when finally|when at last|because|since|with|by|because of|due to|by reason of|following|from the moment|from the moment on when|at which point)"
)
EACH = (
    "(whenever|each time|every time|any time|anytime|each time that|every time that|any time that|each and every time|each and every time that|always when|"
    "as often as|every single time|every single time that|every instance|everytime|on each occasion that|each time when|every time when|always if|however often|"
    "each moment when|on every occasion that|always as soon as|always after|always upon|again and again when|as many times as|at any time)"
)
WHILE = (
    "(while|as long as|for as long as|so long as|whilst|during the time that|during all the time that|all the time that|all the time while|all the time when|throughout the time in which|"
    "for all the time that|the whole time|the whole time that|the whole time while|during the whole time that|the entire time|in every frame in which|in every moment in which|during every moment in which|"
    "at every moment in which|in each step in which|on every simulation step in which|at each moment when|every moment|for the whole time that|during the time when|all the while|all the time|throughout|at all times when|for the duration that|as long time as|during)"
)
UNLESS = "(unless|except if|except when|except in case|except where|but not if|but not when|but not in case|other than when|save if|save when|but not once|except|excepting|with the exception that|not if|but never if|but never when|only not if)"
SEP = "[,|:|->|;|- |that is|means|means :|means that|is the cue|is the cue :|is the cue to|is the signal|is the signal :|is the signal to|causes|triggers|makes|leads to|results in|should|then|, then|and then|, and|and|starts|activates|sets off|will]"
ALSO = "[as well|also|too|likewise|again|by then|by that time|before that|at that time|up to that moment|so far|beforehand|by that moment|at all|already|together|at that moment|at the same time]"
EVEN = "(both|both of these|both of these things|both these things|these two things|two things|both events|both contacts|both collisions|the following two|all of these|all of the following|both of the following|everything|the two)"
DONE = "(happens|happen|happened|has happened|have happened|occurs|occur|occurred|has occurred|have occurred|takes place|take place|took place|has taken place|have taken place|is done|are done|is true|are true|is fulfilled|are fulfilled|is the case|comes true|come true|holds|is complete|are complete|is made|is met|are met|has been made|have been made|suffices|is enough|is required|are required|is registered|is detected|was made|exists|begins|is established)"


@dataclass(frozen=True)
class Said:
    """What is waited for, as far as a part of a sentence says it."""

    condition: Condition | None
    mode: Mode = "once"
    nth: int = 1
    delay: float = 0.0
    at: float | None = None
    guard: Condition | None = None

    def when(self, until: Condition | None = None) -> When:
        """The same as data of the rule."""
        condition, guard = self.condition, self.guard
        if self.at is not None:
            guard = condition if guard is None else And(parts=(condition, guard)) if condition else guard
            condition = Clock(seconds=self.at)
        return When(condition=condition, mode=self.mode, nth=self.nth, delay=self.delay, guard=guard, until=until)


@dataclass(frozen=True)
class Doing:
    """Effects in a row; ``hold`` is how long they last before they are undone."""

    steps: tuple[Step, ...]


def _condition(fact: Fact) -> Condition:
    return Not(part=fact.condition) if fact.denied else fact.condition


def _conditions(g: Grammar) -> None:
    g.add("lit", f"{{f:fact}} {ALSO}", lambda f: _condition(f["f"]))
    g.add("lit", "(it is not the case that|it is not true that) {f:fact}", lambda f: Not(part=_condition(f["f"])))
    g.add(
        "lit",
        "(that|if|when|the fact that|it is true that|it happens that|it is the case that) {l:lit}",
        lambda f: f["l"],
    )
    g.add("lit", "LPAR {c:conds} RPAR", lambda f: f["c"])
    g.add("lit", "(neither|none of|no) {n:nor}", lambda f: f["n"])
    g.add("lit", "there (is|was|has been) {h:happening}", lambda f: _condition(f["h"]))
    g.add("lit", "there (is|was|has been) (no|not any|never any) {h:happening}", lambda f: Not(part=_condition(f["h"])))
    g.add("lit", f"{{h:happening}} {DONE}", lambda f: _condition(f["h"]))
    g.add("loose", "{f:facting}", lambda f: _condition(f["f"]))
    g.add("loose", "[first|initial|very first|that] {h:happening}", lambda f: _condition(f["h"]))
    g.add("loose", "{l:lit}", lambda f: f["l"])
    g.add("each_one", "{l:loose} {a:also}", lambda f: f["l"])
    g.add("also", ["", "as well", "too", "also", "first", "earlier", "before", "beforehand"])
    for name, one in (("conds", "lit"), ("events", "loose")):
        _joins(g, name, one)


def _joins(g: Grammar, whole: str, one: str) -> None:
    """Conditions joined by ``and``, ``or`` and their like."""
    both, some = f"{whole}_all", f"{whole}_any"
    again = "[when|if|that|once|also|it is|as soon as|for]"
    g.add(both, f"{{a:{one}}}", lambda f: f["a"])
    g.add(
        both,
        f"{{a:{one}}} [,] (and|and also|, |but|as well as|plus|together with|& |while|where|and in addition|and additionally|, and|along with|with) {again} {{b:{both}}}",
        lambda f: _and(f["a"], f["b"]),
    )
    g.add(
        both, f"{{a:{one}}} [,] (and|and also|as well as|but|plus) {{b:ellipsis}}", lambda f: _like(f["a"], f["b"], And)
    )
    g.add(some, f"{{a:{both}}}", lambda f: f["a"])
    g.add(
        some,
        f"[either|whether it is] {{a:{both}}} [,] (or|or else|or alternatively|or otherwise|or when|or if|or that|or should|or once|or whether it is) {{b:{some}}}",
        lambda f: _or(f["a"], f["b"]),
    )
    g.add(
        some,
        f"[either|whether it is] {{a:{one}}} [,] (or|and|or else) {{b:ellipsis}}",
        lambda f: _like(f["a"], f["b"], Or) if True else REJECT,
    )
    g.add(whole, f"{{a:{some}}} {ALSO}", lambda f: f["a"])
    g.add(
        whole,
        f"{EVEN} [{DONE}] [,] [in whatever order|in any order|no matter which came first|regardless of order|regardless of the order] [:|,|-|;] {{a:{one}}} (and|,|plus|;|, and) {{b:{one}}} [{DONE}]",
        lambda f: _and(f["a"], f["b"]),
    )
    g.add(
        whole,
        f"{{a:{both}}} [,] [in whatever order|in any order|no matter which came first|regardless of order|no matter in which order|whichever came first|no matter the order|whatever the order|{DONE}]",
        lambda f: f["a"],
    )
    g.add(whole, f"both {{a:{one}}} and {{b:{one}}} [{DONE}]", lambda f: _and(f["a"], f["b"]))
    one_of = "(exactly|just|only|precisely|one and only) (one|1|one of these|one of the two|one of them|one of the following|one of the two things|one of the two collisions|one of these contacts|one of these things|one of these two|one of the two contacts|one of these events|of one)"
    g.add(
        whole,
        f"{one_of} [of] [{DONE}] [,|:|-|;] [that|if] {{a:{one}}} (,|or|and|;|, or) [that|if] {{b:{one}}} [,] [{DONE}] [and the other has not|but not both|not both]",
        lambda f: _xor(f["a"], f["b"]),
    )
    not_both = "[,] [and|though|but] (not both|not both of them|never both|not the two of them|not if both have|never the two together|not both together|not the two together|not two of them|only one of them|only one of the two|just one of them|not both of these|exactly one of them|not both at once|not for both)"
    g.add(
        whole,
        f"[either] {{a:{one}}} [,] (or|or else) [when|if|that] {{b:{one}}} {not_both}",
        lambda f: _xor(f["a"], f["b"]),
    )
    g.add(whole, f"{{a:{one}}} (xor|exclusive or|exclusive-or) {{b:{one}}}", lambda f: _xor(f["a"], f["b"]))
    some_of = "(at least one|one|any|either|either one|any one|the first|whichever|whichever comes first|the earlier)"
    g.add(
        whole,
        f"{some_of} [of these|of the two|of them|of the following|of the two things|of these things|of these two] [{DONE}] [first|is enough] [,|:|-|;] {{a:{one}}} (,|or|and|;|, or) {{b:{one}}} [{DONE}]",
        lambda f: _or(f["a"], f["b"]),
    )
    g.add(
        whole, f"{{a:{whole}}} {UNLESS} [if|when|that] {{b:conds}}", lambda f: _and(f["a"], Not(part=f["b"])), cost=0.1
    )
    g.add(
        whole,
        f"{{a:{one}}} [,] (without|without any|and without|but without) {{b:events}} [first|before|beforehand|before that|having happened]",
        lambda f: _and(f["a"], Not(part=f["b"])),
    )
    g.add(
        whole,
        f"{{a:{one}}} [,] [but only|only|and only] (if|when|provided|provided that|given that|as long as|while|where|assuming|so long as) {{b:conds}}",
        lambda f: _and(f["a"], f["b"]),
        cost=0.1,
    )
    g.add(
        whole,
        f"first {{a:{one}}} [,] (and|and then|then|, then|, and then) {{b:{one}}} [in that order|in this order]",
        lambda f: _order(f["a"], f["b"]),
    )
    g.add(
        whole,
        f"[first] {{a:{one}}} [first] [,] (and then|then|and after that|and afterwards|and later|, then|followed by|and subsequently|, and then|, after that|before|and only then|and next|is followed by|and then later|and thereafter) {{b:{one}}} [afterwards|later|after that|second|in that order]",
        lambda f: _order(f["a"], f["b"]),
    )
    g.add(
        whole,
        f"{{a:{one}}} first [,] and {{b:{one}}} (second|after|afterwards|later|next|after that|then)",
        lambda f: _order(f["a"], f["b"]),
        cost=-0.1,
    )
    g.add(
        whole,
        f"{{b:{one}}} [,] (after|only after|later than|but only after|, after|once|subsequent to|subsequently to|following) {{a:events}} [has happened|before]",
        lambda f: _order(f["a"], f["b"]),
    )
    g.add(
        whole,
        f"{{b:{one}}} [,] (if|and|with|where|provided that|provided|but only if|having|, and|but) {{a:{one}}} (earlier|before|beforehand|previously|before that|already before|earlier on|prior to that|before then)",
        lambda f: _order(f["a"], f["b"]),
        cost=-0.1,
    )
    g.add(
        whole,
        f"(in the order|in this order|in this exact order|in that order|in order|in sequence) [,|:] {{a:{one}}} (,|and|then|and then|, then|, and then) {{b:{one}}}",
        lambda f: _order(f["a"], f["b"]),
    )


def _and(first: Condition, then: Condition) -> Any:
    parts = (*_parts(first, And), *_parts(then, And))
    return And(parts=parts)


def _parts(condition: Condition, kind: type[And] | type[Or]) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, kind) else (condition,)


def _or(first: Condition, then: Condition) -> Any:
    return Or(parts=(*_parts(first, Or), *_parts(then, Or)))


def _xor(first: Condition, then: Condition) -> Any:
    return Xor(first=first, second=then)


def _order(first: Condition, then: Condition) -> Any:
    return InOrder(first=first, then=then) if first.is_event and then.is_event else REJECT


def _like(first: Condition, pair: tuple[Any, Any], joint: type[And] | type[Or]) -> Any:
    """A second condition of which only the things are said: ``Ball hits Plate and Box Floor``."""
    fields = [name for name, _ in first.refs()]
    if len(fields) != len(pair):
        return REJECT
    return joint(parts=(first, first.model_copy(update=dict(zip(fields, pair, strict=True)))))


def _triggers(g: Grammar) -> None:
    g.add("trigger", f"{WHEN} {{c:conds}}", lambda f: Said(f["c"]))
    g.add("trigger", f"{WHEN} {{c:events}}", lambda f: Said(f["c"]), cost=0.05)
    g.add("trigger", f"{EACH} {{c:conds}}", lambda f: Said(f["c"], "each"))
    g.add("trigger", f"{WHILE} {{c:conds}}", lambda f: Said(f["c"], "while"))
    g.add(
        "trigger",
        "(during|throughout|all through|for the duration of|throughout all of|during the whole of|at each moment of|at every moment of|in each moment of|for the time of|in every frame of|during all of) [the] {h:happening}",
        lambda f: Said(_condition(f["h"]), "while"),
    )
    g.add(
        "trigger",
        "(on|at|upon|for|with|after) (each|every|any|each new|every new|every single|each fresh|every fresh|each and every|any new) {h:happening}",
        lambda f: Said(_condition(f["h"]), "each"),
    )
    g.add(
        "trigger",
        "(each|every|any|each new|every new|each and every) {h:happening}",
        lambda f: Said(_condition(f["h"]), "each"),
    )
    g.add("trigger", f"{EACH} there is a [new] {{h:happening}}", lambda f: Said(_condition(f["h"]), "each"))
    g.add(
        "trigger",
        "(wait|wait for|waiting for|hold on|await|nothing happens) [until|till|for|that] {c:events}",
        lambda f: Said(f["c"]),
    )
    g.add(
        "trigger",
        "(as soon as|when|once|if) {c:events} (is|has been) (detected|registered|noticed|seen)",
        lambda f: Said(f["c"]),
    )
    g.add("trigger", "{n:nth} {h:happening}", lambda f: _counted(_condition(f["h"]), f["n"]), cost=0.1)
    g.add("trigger", f"{WHEN} {{n:nth}} {{h:happening}} [{DONE}]", lambda f: _counted(_condition(f["h"]), f["n"]))
    g.add("trigger", f"{EACH} {{n:nth}} {{h:happening}}", lambda f: REJECT)
    g.add(
        "trigger",
        "(every|each|on every|at every|for every|with every) {n:nth} time [that|when] {c:conds}",
        lambda f: Said(f["c"], "each", f["n"]),
    )
    g.add(
        "trigger",
        "(every|each|on every|at every|for every|with every|after every) {n:nth} {h:happening}",
        lambda f: Said(_condition(f["h"]), "each", f["n"]),
    )
    g.add(
        "trigger",
        "(every|each|after every) {n:count} [that|when] {c:conds}",
        lambda f: Said(f["c"], "each", int(f["n"])),
    )
    g.add(
        "trigger",
        "[on|at|when|only|not until|only on|only at|for|if] [the] {n:nth} time [that|when] {c:conds}",
        lambda f: _counted(f["c"], f["n"]),
    )
    for joint, denied in (
        ("if", False),
        ("unless", True),
        ("only if", False),
        ("provided", False),
        ("provided that", False),
    ):
        g.add(
            "trigger",
            f"{{t:trigger}} [,] [and] {joint} {{c:conds}}",
            lambda f, d=denied: _guarded(f["t"], f["c"], d),
            cost=0.2,
        )
    g.add("when", "{t:trigger}", lambda f: f["t"])
    g.add("when", "{t:trigger} [,] [and|but] [then|only then|only] {d:wait} [then]", lambda f: _later(f["t"], f["d"]))
    g.add("when", "{d:ago} [the] {c:events}", lambda f: Said(f["c"], delay=f["d"]))
    g.add(
        "when",
        "{d:ago} (each|every|each time|every time|any|every single) [time] [that] {c:events}",
        lambda f: Said(f["c"], "each", delay=f["d"]),
    )
    g.add(
        "when",
        "(counting|counted|starting|measured) from [the] (instant|moment|time) [that|when] {c:events} , [and]",
        lambda f: Said(f["c"]),
    )


def _counted(condition: Condition, count: int) -> Any:
    return Said(Count(part=condition, times=count)) if condition.is_event else REJECT


def _guarded(said: Said, condition: Condition, denied: bool) -> Any:
    if said.guard is not None or (said.condition is None and said.at is None):
        return REJECT
    return replace(said, guard=Not(part=condition) if denied else condition)


def _later(said: Said, seconds: float) -> Any:
    if said.at is not None or isinstance(said.condition, Period):
        return REJECT
    return replace(said, delay=said.delay + seconds)


def _times(g: Grammar) -> None:
    """Delays, moments and periods."""
    g.add(
        "wait",
        [
            "{t:time} (later|afterwards|after|after that|after this|thereafter|after it|after that moment|from then|from then on|subsequently|after which)",
            "(after|in) [another] {t:time}",
            "(wait|waiting|wait for|pause|pause for|hold on|hold on for|let|allow|with|with a delay of|after a delay of|after a wait of|after a pause of|with a pause of|delayed by|delay|delay of|with a lag of|after waiting|after waiting for|give it|count|count to|leave|a delay of|following a delay of|after a further) {t:time} [pass|go by|elapse|delay|of delay|pause|to pass] [and|, and|, then|and then|, ]",
            "(not immediately but|not at once but|but not before) {t:time} (later|after|afterwards)",
        ],
        lambda f: f["t"],
    )
    g.add(
        "ago",
        [
            "[exactly|only|not until|but only|just|at|, ] {t:time} (after|following|past|from|since|on from|later than|subsequent to|behind)",
            "(with|at|after) [a] (delay|lag|pause|wait|interval) of {t:time} (after|following|from|behind|on|upon|when|once|since)",
        ],
        lambda f: f["t"],
    )
    start = "(the start|the beginning|start|the run|the simulation|everything begins|the simulation begins|the simulation starts|it starts|it begins|the start of the run|the start of the simulation|the beginning of the run|the beginning of the simulation|start of simulation|the run begins|the run starts|the outset|everything starts|we start|beginning|simulation start|t = 0|frame 1|launch of the simulation|the very start|things get going|pressing play|the world begins|all begins|all starts)"
    moment = [
        f"{{t:time}} (after|from|into|since|past|following) {start}", "(after|at|at time|at t =|at t|t =|at exactly|on|at the|at time t =|at about) {t:time} [mark|have passed|has passed|have elapsed|pass|have gone by|are over|of simulation|of the simulation|in]",
        "(when|once|as soon as|after) {t:time} (have|has) (passed|elapsed|gone by|gone|gone past|been reached|run) [since] [the start|the beginning|start|beginning]", f"(when|once|as soon as|after) {{t:time}} (have|has) (passed|elapsed|gone by|gone) (since|from) {start}",
        "(when|once|as soon as) {t:time} (are|is) (over|up|through|done|past|gone|reached)", f"(wait|wait for|waiting|let|waiting for|hold on|hold on for) {{t:time}} [pass|go by|elapse|to pass] [from {start}|after {start}] [and|, and|, then|and then]",
        "(when|once|as soon as|if) (the clock|clock|the time|time|the timer|the simulation time) (shows|reads|is|says|reaches|reached|hits|gets to|equals|has reached) {t:time}", "(when|once|as soon as) the (simulation|run|clock|whole thing) (has been running|has run|runs|has gone on|has been going|is running) for {t:time}",
        "(let|allow) the (simulation|run) [to] (run|go) for {t:time} [and|, and|and then|, then]", "{t:time} in", "the {t:time} mark", "the first [one|of them] [goes|starts|falls|comes|begins|going|starting|to go] (at|after) {t:time}", f"(when|once|after|as soon as) {{t:time}} (of|into) {start} (have|has) [passed|elapsed]", "[exactly|just] {t:time} [after] (begin|beginning|started)", "with {t:time} on the clock",
    ]  # fmt: skip
    g.add("trigger", moment, lambda f: Said(None, at=f["t"]))
    g.add(
        "trigger",
        [
            f"(at|from|in|right at|right from) {start}",
            "(immediately|initially|first of all|to begin with|from the very beginning)",
            f"(when|once|as|as soon as) {start} (begins|starts)",
            "(when|as soon as|once) (it|everything|the simulation|the run|simulation) (starts|begins)",
        ],
        lambda f: Said(None, at=0.0),
    )
    period = [
        "(every|each|once every|once per|once each|per|again every|again each|again and again every|at intervals of|in intervals of|with a period of|in a rhythm of|repeatedly every|periodically every|once a|on every|at every|each and every|regularly every|repeat every|repeating every|in steps of|every other|in periods of|with an interval of|at an interval of|with intervals of) {t:time} [interval|intervals|again|or so|period]",
        "(again and again|repeatedly|periodically|regularly|over and over|over and over again|in a loop|time and again|continually) [,] [that is|namely|,] (every|each|once every|once per|with a period of|at intervals of|after every|whenever|with|once in|once each) [another|further] {t:time} [have passed|has passed|between repeats|pass|have gone by|between|in between|go by]",
        "(each time|every time|whenever) [another|a further] {t:time} (have|has) (passed|gone by|elapsed)", "(each time|every time|whenever) [another] {t:time} (pass|passes|go by|goes by|elapse|elapses)", "(keep doing this|do this|repeat this|repeat) [again] (every|each|at intervals of) {t:time}", "run a repeating timer of {t:time} [,] and on every tick", "(a|the) timer (fires|ticks|goes off) every {t:time}", "on a {t:time} (timer|loop|cycle)", "(after|with) every {t:time}", "it (repeats|recurs) every {t:time}",
    ]  # fmt: skip
    g.add("trigger", period, lambda f: Said(Period(seconds=f["t"]), "each") if f["t"] > 0 else REJECT)
    g.add("nth", "{o:ordinal}", lambda f: f["o"])
    g.add("happening_count", "{n:number} {h:happenings}", lambda f: REJECT)


def _counts(g: Grammar) -> None:
    """So many times, or the time of such a number."""
    g.add(
        "lit",
        [
            "{f:fact} [for] [a total of|altogether|in total|exactly|as often as|at least] {n:count} [in total|altogether|over|now|in all]",
            "{f:fact} [for] [the] {o:ordinal} time",
            "{f:fact} (a|for the) {o:ordinal} time",
            "{f:fact} (again and again , )",
        ],
        lambda f: _count_fact(f),
    )
    g.add(
        "loose",
        [
            "{f:facting} [for] [a total of] {n:count}",
            "{f:facting} [for] [the] {o:ordinal} time",
            "{o:ordinal} time [of] {f:facting}",
        ],
        lambda f: _count_fact(f),
    )
    g.add(
        "loose",
        [
            "{n:number} {h:happening}",
            "(contact|hit|touch|collision|time|impact) (number|no|no .|nr|nr .|#) {n:number} (of|between) {p:pairing}",
        ],
        lambda f: _count_noun(f),
    )


def _count_fact(fields: Fields) -> Any:
    fact: Fact = fields["f"]
    count = fields.get("n") or fields.get("o") or 0
    if fact.denied or not fact.condition.is_event or count < 1 or count != int(count):
        return REJECT
    return Count(part=fact.condition, times=int(count))


def _count_noun(fields: Fields) -> Any:
    if "h" not in fields or fields["n"] < 1 or fields["n"] != int(fields["n"]):
        return REJECT
    condition = _condition(fields["h"])
    return Count(part=condition, times=int(fields["n"])) if condition.is_event else REJECT


def _effects(g: Grammar) -> None:
    g.add("effect", "{c:clause}", lambda f: Step(effects=(f["c"],)) if isinstance(f["c"], Effect) else f["c"])
    g.add("effect", "{m:mod} [,] {c:late}", lambda f: REJECT)
    g.add("effect", "{d:wait} [,] [then|and] {e:effect}", lambda f: _waited(f["e"], f["d"]))
    g.add("effect", "{e:clause_step} [,] [but|but only|only] {d:wait}", lambda f: _waited(f["e"], f["d"]), cost=0.1)
    g.add("clause_step", "{c:clause}", lambda f: Step(effects=(f["c"],)) if isinstance(f["c"], Effect) else f["c"])
    g.add("effects", "{e:effect} [as well|too|also]", lambda f: Doing((f["e"],)))
    joint = "[,|;] (and|then|and then|, |;|and also|and finally|finally|as well as|plus|before|also|afterwards|after that|and after that|and afterwards|, then|, and|but|but then|& |. then|. after that|. and then|. and|. afterwards|. |-> |+ )"
    g.add("effects", f"{{e:effect}} {joint} {{r:effects}}", lambda f: _row(f["e"], f["r"]))
    g.add("elided/thing", "", lambda f: ELIDED)
    g.add("trailings", "{e:trailing}", lambda f: Doing((_step(f["e"]),)))
    for rest in ("trailings", "effects"):
        g.add("trailings", f"{{e:trailing}} {joint} {{r:{rest}}}", lambda f: _row(_step(f["e"]), f["r"]))
    g.add("effects", f"{{e:effect}} {joint} {{r:trailings}}", lambda f: _row(f["e"], f["r"]), cost=0.1)
    g.add(
        "effects",
        "both {r:effects}",
        lambda f: f["r"] if len(f["r"].steps) == 2 or len(f["r"].steps[0].effects) > 1 else REJECT,
    )


def _step(done: Effect | Step) -> Step:
    return Step(effects=(done,)) if isinstance(done, Effect) else done


def _waited(step: Step, seconds: float) -> Any:
    return step.model_copy(update={"wait": step.wait + seconds}) if seconds >= 0 else REJECT


def _row(first: Step, rest: Doing) -> Doing:
    """Effects side by side are one step, those that wait are steps of their own."""
    then = rest.steps[0]
    if then.wait == 0 and not first.pause and not then.pause:
        merged = first.model_copy(update={"effects": (*first.effects, *then.effects)})
        return Doing((merged, *rest.steps[1:]))
    return Doing((first, *rest.steps))


def _rules(g: Grammar) -> None:
    tail = "[,] [only this once|just this once|but only this once|but only once|only once|once only|just once|one time only|not more|for every such touch|again|every time]"
    g.add("rule", f"{{w:when}} {SEP} {{d:effects}} {tail}", lambda f: _rule(f["w"], f["d"]))
    g.add(
        "rule",
        f"{{d:effects}} [,|:|- |;] [and] [do so|do this|but|only|but only|this happens|that happens|exactly] {{w:when}} {tail}",
        lambda f: _rule(f["w"], f["d"]),
    )
    g.add(
        "rule",
        f"{{c:conds}} (,|:|->|;|- |means|means :|means that|is the cue :|is the cue to|triggers|=> |?|makes|? then|, then|then|and then|causes|results in|leads to|, so|so) [that|should] {{d:effects}} {tail}",
        lambda f: _rule(Said(f["c"]), f["d"]),
        cost=0.3,
    )
    g.add(
        "rule",
        f"{{c:events}} (,|:|->|;|- |means|means :|means that|is the cue :|is the cue to|is the signal :|is the signal to|is the signal for|triggers|? |makes|causes|results in|leads to|is enough to|is enough :|is enough , then|is what it takes to|is the cue for|sets this off :) [that|should|to|for] {{d:effects}} {tail}",
        lambda f: _rule(Said(f["c"]), f["d"]),
        cost=0.35,
    )
    g.add(
        "rule",
        f"{{w:when}} {SEP} {{d:effects}} [,|;] {UNLESS} [if|when] {{c:conds}}",
        lambda f: _rule_unless(f["w"], f["d"], f["c"]),
    )
    g.add(
        "rule",
        "(unless|as long as not|except if|provided not) {c:conds} [,] {d:effects} [,] {w:when}",
        lambda f: _rule_unless(f["w"], f["d"], f["c"]),
    )
    g.add(
        "rule",
        f"{UNLESS} {{c:conds}} [,] {{w:when}} {SEP} {{d:effects}}",
        lambda f: _rule_unless(f["w"], f["d"], f["c"]),
    )
    g.add(
        "rule",
        f"{{w:when}} {SEP} {{d:effects}} [,|;] [but|but only|only|and only] (if|provided|provided that|given that|assuming|as long as|so long as) {{c:conds}}",
        lambda f: _rule_if(f["w"], f["d"], f["c"]),
    )
    g.add(
        "rule",
        "{d:effects} [,] {w:when} [,] [but|but only|only|and only] (if|provided|provided that|given that|assuming|as long as|so long as) {c:conds}",
        lambda f: _rule_if(f["w"], f["d"], f["c"]),
        cost=0.1,
    )
    g.add(
        "rule",
        "(as long as|provided|provided that|so long as|if|given that|assuming|assuming that|while) {c:conds} , {d:effects} [,] {w:when}",
        lambda f: _rule_if(f["w"], f["d"], f["c"]),
    )
    g.add(
        "rule", f"{{w:when}} {SEP} {{d:effects}} [,] (until|till) {{u:conds}}", lambda f: _rule(f["w"], f["d"], f["u"])
    )
    g.add("rule", "{d:effects} [,] {w:when} [,] (until|till) {u:conds}", lambda f: _rule(f["w"], f["d"], f["u"]))
    g.add("rule", "{d:effects} (until|till) {u:conds}", lambda f: _lasting(f["d"], f["u"]))
    g.add(
        "rule",
        "[always|all the time|from the start|constantly|continuously|permanently] {d:effects} [all the time|forever|the whole time|constantly|continuously|always|permanently|non-stop|nonstop|without end|endlessly|from the start|throughout|for ever]",
        lambda f: _lasting(f["d"]),
        cost=0.5,
    )


def _rule(said: Said, doing: Doing, until: Condition | None = None) -> Any:
    first = doing.steps[0]
    if said.mode != "while" and first.wait and said.at is None and not isinstance(said.condition, Period):
        said, first = replace(said, delay=said.delay + first.wait), first.model_copy(update={"wait": 0.0})
    return Rule(when=said.when(until), steps=(first, *doing.steps[1:]))


def _rule_unless(said: Said, doing: Doing, barred: Condition) -> Any:
    return _rule_if(said, doing, Not(part=barred))


def _rule_if(said: Said, doing: Doing, also: Condition) -> Any:
    if said.condition is None or isinstance(said.condition, Period):
        return REJECT if said.guard else _rule(replace(said, guard=also), doing)
    return _rule(replace(said, condition=_and(said.condition, also)), doing)


def _lasting(doing: Doing, until: Condition | None = None) -> Any:
    """A rule that begins at once: only what goes on by itself is said without a condition."""
    if not all(getattr(e, "lasts", False) for step in doing.steps for e in step.effects):
        return REJECT
    return Rule(when=When(until=until), steps=doing.steps)


def add_structure(g: Grammar) -> None:
    """All phrases of this module."""
    from .units import ORDINALS

    _conditions(g)
    _triggers(g)
    _times(g)
    _counts(g)
    _effects(g)
    _rules(g)
    g.value("ordinal", {**ORDINALS, **{f"{n}{e}": n for n in range(1, 100) for e in ("st", "nd", "rd", "th")}})
    g.add("thing", "{n:name}", lambda f: f["n"])
    g.add("thing", "{n:group}", lambda f: f["n"])
    g.add("thing", "(object|body|mesh|lamp|light|door|constraint|joint|hinge) {n:name}", lambda f: f["n"], cost=0.2)
    g.add("thing", "(both|all) {n:several}", lambda f: f["n"])
    g.add("thing", "{n:several}", lambda f: f["n"])
    g.add("thing", "(either|any of|one of) {n:choice}", lambda f: f["n"])
    g.add("thing", "{n:choice}", lambda f: f["n"], cost=0.1)
    _things(g)


def _things(g: Grammar) -> None:
    from .reference import Ref

    one = lambda f: f["a"].names if f["a"].which in ("one", "all") else None  # noqa: E731

    def listed(which: str) -> Any:
        def build(f: Fields) -> Any:
            first, rest = f["a"], f["b"]
            if (
                first.pronoun
                or rest.pronoun
                or first.which not in ("one", "all", which)
                or rest.which not in ("one", "all", which)
            ):
                return REJECT
            if which == "any" and first.which == "all" and len(first.names) > 1:
                return REJECT
            names = tuple(dict.fromkeys((*first.names, *rest.names)))
            return Ref(names=names, which=which)

        return build

    g.add("single", ["{n:name}", "{n:group}"], lambda f: f["n"])
    g.add(
        "several",
        [
            "{a:single} (and|& |as well as|together with|plus) {b:single}",
            "{a:single} , {b:several}",
            "{a:single} , and {b:single}",
        ],
        listed("all"),
    )
    g.add("choice", ["{a:single} or {b:single}", "{a:single} , {b:choice}"], listed("any"))
    g.add("pair", "[both] {a:single} (and|with|&|/) {b:single}", lambda f: (f["a"], f["b"]))
    g.add("pairing", "{a:single} (and|with|on|against|to|into|onto) {b:single}", lambda f: (f["a"], f["b"]))
    g.add("ellipsis", "{a:single} [also] [with|on|against|to|into|onto|,|the] {b:single}", lambda f: (f["a"], f["b"]))
    g.add("nor", "{a:single} (nor|or) {b:single}", lambda f: REJECT)
    for word in (
        "it",
        "they",
        "them",
        "itself",
        "that one",
        "this one",
        "that",
        "this",
        "the thing",
        "the object",
        "themselves",
    ):
        g.add("thing", word, lambda f, w=word: Ref(names=(), said=w, pronoun=True), cost=0.1)
    g.add("thing", "(the former|the first one)", lambda f: Ref(names=(), said="former", pronoun=True))
    g.add("thing", "(the latter|the second one|the other)", lambda f: Ref(names=(), said="latter", pronoun=True))
    del one
