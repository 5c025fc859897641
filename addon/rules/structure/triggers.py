"""What a rule waits for: a condition once, each time or as long as it holds, with delays and limits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..conditions.logic import Not
from ..grammar import REJECT, Grammar
from ..model import Condition
from .said import Said, counted, denied, guarded, later, of_fact

WHEN = """
    (when|if|once|as|as soon as|only when|only if|only once|only after|only as soon as|whenever first|when first|right when|just when|exactly when|right after|just after|directly after|immediately after|shortly after)
    (at|from|by|in) (moment|instant|point|time|exact moment|very moment|very instant|second) [when|that|where|at which|on when]
    (moment|instant|second|minute|very moment|first moment|very first moment) [that|when]
    (in case|provided|provided that|assuming|assuming that|given|given that|supposing|supposing that|should|upon|on|after|at|following|by|with|since|because|because of|due to|by reason of|now that|in response to|in case of)
    [but] (not until|not before|no sooner than)
    (first|very first) time [that|when]
    (in the event|on condition|in the case) (that|of)
    (counting|counted|measured|starting) from (instant|moment|time) [that|when]
"""
EACH = """
    (whenever|anytime|any time|always when|always if|always as soon as|always after|always upon|always on|as often as|however often|everytime|as many times as|at any time|at any time when)
    [at|on|for|with] (each|every|each and every|each single|every single|any) (time|instance|occasion|moment|case) [that|when|in which|on which|where]
    again and again when
"""
WHILE = """
    (while|whilst|as long as|for as long as|so long as|as long time as|for so long as|all the while|only while|only as long as)
    (for|during|throughout|in|over|at|within) [all] (time|whole time|entire time|duration|period) [that|while|when|in which|during which|where]
    (all|whole|entire) [of] [the] time [that|while|when|in which]
    (in|during|at|on) (each|every|any|all) (moment|frame|step|instant|simulation step|time step|moments|steps|frames) [in which|when|that|during which|where]
    (every|each) (moment|frame|step|instant) [in which|when|that|where|during which]
"""
DURING = """
    (during|throughout|all through|for) [whole|entire] [duration|time|course] [of] [all of]
    (at|in|during|on) (each|every) (moment|instant|step|frame) of
    (for|over) (duration|time|whole duration|whole time) of
"""
PREFACES = """
    not (just|only) once [,] but
    (it takes|take) [two] [things|events] [,|:]
    (keep on doing this|keep doing this|do this|do so|do the following|this happens|the following happens|keep at it) [,]
    [this|it] [should] only (happen|count|work) [,]
    (only|but only|exactly)
    (wait|waiting|hold on|await|watch|look out|nothing happens) [for|until|till|that]
"""


def add(g: Grammar) -> None:
    """All phrases of this module."""
    for name, texts in (
        ("when_word", WHEN),
        ("each_word", EACH),
        ("while_word", WHILE),
        ("during", DURING),
        ("preface", PREFACES),
    ):
        g.add(name, texts)
    g.add("trigger", "<when_word> {c:conds}", lambda f: Said(f["c"]))
    g.add("trigger", "<when_word> {c:events}", lambda f: Said(f["c"]), cost=0.02)
    g.add(
        "trigger",
        "<each_word> {c:conds}\n<each_word> there is [a] [new|another] {c:bare_event}",
        lambda f: Said(f["c"], "each"),
    )
    g.add("bare_event", "{h:happening}", lambda f: of_fact(f["h"]))
    g.add("trigger", "<while_word> {c:conds}", lambda f: Said(f["c"], "while"))
    g.add("trigger", "<during> {h:bare_event}", lambda f: Said(f["h"], "while"))
    g.add(
        "trigger",
        "[on|at|upon|for|with|after|per] (each|every|any|each and every|any and every) [new|single|fresh|further|such|separate] {h:bare_event} [<happens>|is registered|is detected]\n(whenever|each time|every time) [a] [new|fresh] {h:bare_event} [<happens>]",
        lambda f: Said(f["h"], "each"),
    )
    g.add(
        "trigger",
        "[on|at|for|with|after] (every|each) {n:ordinal} time [that|when] {c:conds}\n[on|at|for|with|after|upon] (every|each) {n:ordinal} {c:bare_event}",
        lambda f: Said(f["c"], "each", f["n"]) if f["c"].is_event else REJECT,
    )
    g.add(
        "trigger",
        "(every|each|after every|for every|once every) {n:number} [times|time] [that|when] {c:conds}\n(every|each|after every|for every) {n:number} {c:bare_event}\n(every|each) {n:count} [that|when] {c:conds}",
        lambda f: (
            Said(f["c"], "each", int(f["n"])) if f["n"] >= 1 and f["n"] == int(f["n"]) and f["c"].is_event else REJECT
        ),
    )
    g.add(
        "nth_time",
        "[on|at|when|only|not until|only on|only at|for|if] {n:ordinal} time [that|when] {c:conds}\ncount how often {c:conds} [,|;] and at {n:number}\n[only] (after|once|when) [having counted] {n:number} times that {c:conds}",
        lambda f: counted(f["c"], f["n"]),
    )
    g.add("trigger", "{c:nth_time}", lambda f: Said(f["c"]))
    g.add("trigger", "<preface> {t:trigger}", lambda f: f["t"])
    g.add("trigger", "<preface> {c:events}", lambda f: Said(f["c"]), cost=0.05)
    g.add("when", "{t:trigger}", lambda f: f["t"])
    g.add(
        "when",
        "{t:trigger} [,|;] [and|but] [then|only then|only|there is|it|comes] {d:wait} [then]",
        lambda f: later(f["t"], f["d"]),
    )
    g.add("when", "{d:ago} [when] {c:events}", lambda f: later(Said(f["c"]), f["d"]))
    g.add(
        "when",
        "{d:ago} <each_word> {c:events}\n{d:ago} (each|every|any) [new] {c:bare_event}",
        lambda f: later(Said(f["c"], "each"), f["d"]),
    )
    g.add("when", "{c:events} [,] [and] {d:wait}", lambda f: later(Said(f["c"]), f["d"]), cost=0.3)
    for joint in (
        "if",
        "only if",
        "but only if",
        "provided",
        "provided that",
        "as long as",
        "so long as",
        "while",
        "assuming",
        "given that",
    ):
        g.add("when", f"{{t:moment}} [,] [and] {joint} {{c:conds}}", lambda f: guarded(f["t"], f["c"]), cost=0.2)
    g.add(
        "when",
        "{t:moment} [,] <unless> [if|when|that] {c:conds} [<earlier>]",
        lambda f: guarded(f["t"], denied(f["c"])),
        cost=0.2,
    )
    g.add("moment", "{t:trigger}", lambda f: f["t"] if f["t"].at is not None or f["t"].mode == "each" else REJECT)
    g.add(
        "when",
        "(if|when|should) [by then|until then] {c:conds} (by|within|after|until|at|before|in) [the first] {d:time} [mark] [from start|after start|have passed|of run]",
        lambda f: _deadline(f["c"], f["d"]),
        cost=-0.1,
    )


def _deadline(condition: Condition, seconds: float) -> Any:
    """What has not come about by a moment is looked at then."""
    if not isinstance(condition, Not):
        return REJECT
    return replace(Said(condition), at=seconds)
