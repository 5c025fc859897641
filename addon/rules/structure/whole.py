"""Whole rules: trigger and effects in either order, exceptions and ends."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..conditions.time import Period
from ..grammar import REJECT, Grammar
from ..model import Condition, Rule, Step, When
from .effects import Doing, row
from .said import Said, denied, guarded, settled

MEANS = """
    (,|:|->|;|-|?|, then|then|, so|so|=>|;)
    (means|means that|means :|triggers|causes|makes|results in|leads to|should make|shall|is what it takes to|sets this off :|has this effect :|starts)
    is (the|a|your) (cue|signal|sign|trigger) [to|for|:|that]
    is enough (to|:|, then|for)
"""
ONCE_ONLY = """
    [but] (only|just) (this once|once|the first time|one time)
    (once only|one time only|not more|not again|again|every time|each time|for every such touch|then)
"""
FOREVER = """
    (all the time|forever|the whole time|constantly|continuously|always|permanently|non-stop|nonstop|without end|endlessly|throughout|for ever|from the start|from the beginning|on and on|during the whole run|the entire time)
"""
ANAPHOR = """
    (when|once|after|as soon as|only when|if) (both|both of them|these|they|all this|this|that|it|the two|the steps|both steps|both things) (are done|have occurred|have happened|has happened|happens|is done|are completed|is complete|have taken place|has taken place|is the case|occurs|are true|is true|does|did|do) [in that sequence|in that order]
    (after that|then|in either case|in any case|in both cases|only then|and only then|thereupon)
"""
STEADILY = "(constantly|continuously|steadily|always|at every step|in every frame|all the time|in each step|every frame|at each step|permanently|keep on|on every simulation step)"


def add(g: Grammar) -> None:
    """All phrases of this module."""
    for name, texts in (
        ("means", MEANS),
        ("once_only", ONCE_ONLY),
        ("forever", FOREVER),
        ("anaphor", ANAPHOR),
        ("steadily", STEADILY),
    ):
        g.add(name, texts)
    g.add(
        "sep",
        "[,|:|->|;|-|, then|then|, so|and therefore|, only then|? then|?|and only then] [you should|you must|it is time to]",
    )
    # Where both can be, 'and' goes on with what is waited for.
    g.add("sep", "(and|, and|, and then|and then) [you should|you must|it is time to]", cost=0.2)
    g.add("rule", "{w:when} <sep> {d:effects} [,] [<once_only>]", lambda f: rule(f["w"], f["d"]))
    g.add(
        "rule",
        "{d:effects} [,|:|-|;] [and] [do so|do this|this happens|that happens|exactly|only|but|but only|but do so] {w:when} [,] [<once_only>]",
        lambda f: rule(f["w"], f["d"]),
    )
    g.add(
        "rule", "{e:effect} [,] {w:when} <joint> {r:trailings}", lambda f: _at_once(f["w"], f["e"], f["r"]), cost=0.1
    )
    g.add(
        "rule", "{c:bare_conds} <means> {d:effects} [,] [<once_only>]", lambda f: rule(Said(f["c"]), f["d"]), cost=0.3
    )
    g.add(
        "rule", "{c:bare_events} <means> {d:effects} [,] [<once_only>]", lambda f: rule(Said(f["c"]), f["d"]), cost=0.32
    )
    g.add(
        "rule",
        "[it takes|take|first ,|first] [two|both] [things|events] [,|:] {c:events} [are both required|is required|are required|must happen|is needed|are needed|must both happen] (;|.|,) <anaphor> [,] {d:effects}",
        lambda f: rule(Said(f["c"]), f["d"]),
        cost=0.3,
    )
    g.add(
        "rule",
        "<some_of> [is|are] (enough|sufficient) to {d:effects} [:] {a:item} [,] (,|or|and) {b:item}",
        lambda f: _any(f),
    )
    g.add(
        "rule",
        "(always|repeatedly|every time|each time|again and again) {d:effects} {w:when}",
        lambda f: _each(f["w"], f["d"]),
        cost=0.1,
    )
    g.add(
        "rule",
        "<steadily> {d:effects} [,] {w:when}\n{w:when} <sep> <steadily> {d:effects}\n{w:when} <sep> {d:effects} <steadily>",
        lambda f: rule(f["w"], f["d"]) if f["w"].mode == "while" else REJECT,
    )
    g.add(
        "rule",
        "<repeat_word> {d:effects} [,] {w:trigger}\n{d:effects} [,] [and|then|and then] <repeat_word> {w:trigger}",
        lambda f: rule(f["w"], f["d"]) if isinstance(f["w"].condition, Period) else REJECT,
    )
    _exceptions(g)
    g.add(
        "rule",
        "{w:when} <sep> {d:effects} [,] (until|till) {u:conds}\n{d:effects} [,] {w:when} [,] (until|till) {u:conds}",
        lambda f: rule(f["w"], f["d"], f["u"]),
    )
    g.add("rule", "{d:effects} (until|till) {u:conds}", lambda f: _lasting(f["d"], f["u"]))
    g.add("rule", "[<forever>] {d:effects} [<forever>]", lambda f: _lasting(f["d"]), cost=0.5)


def _at_once(when: Said, first: Step, rest: Doing) -> Any:
    """``It is released at 1 s and thrown``: after anything but a moment the second could be part of the condition."""
    together = row(first, rest)
    return (
        rule(when, together) if when.condition is None and when.at is not None and len(together.steps) == 1 else REJECT
    )


def _exceptions(g: Grammar) -> None:
    if_ = "(if|provided|provided that|given that|assuming|as long as|so long as|when)"
    g.add(
        "rule",
        "{w:when} <sep> {d:effects} [,|;] <unless> [if|when|that|in case of] {c:events} [<earlier>]\n{w:when} <sep> {d:effects} [,|;] (but|however|only) if {c:events} [<earlier>] [,] (nothing happens|do nothing|it does nothing|do not|then not|then nothing happens|not)",
        lambda f: _only_if(f["w"], f["d"], denied(f["c"])),
    )
    g.add(
        "rule",
        "{c0:events} <means> {d:effects} [,|;] (but|however|only) if {c:events} [<earlier>] [,] (nothing happens|do nothing|then not|then nothing happens)",
        lambda f: _only_if(Said(f["c0"]), f["d"], denied(f["c"])),
        cost=0.3,
    )
    g.add(
        "rule",
        "{d:effects} [,|;] <unless> {c:events} [<earlier>] [,] {w:when}\n(<unless>|without) {c:events} [<earlier>] [,] {w:when} <sep> {d:effects}\n(<unless>|without) {c:events} [<earlier>] [,] {d:effects} [,] {w:when}",
        lambda f: _only_if(f["w"], f["d"], denied(f["c"])),
    )
    g.add(
        "rule",
        f"{{w:when}} <sep> {{d:effects}} [,|;] [but|only|and only|but only] {if_} {{c:conds}}",
        lambda f: _only_if(f["w"], f["d"], f["c"]),
    )
    g.add(
        "rule",
        f"{{w:when}} <sep> {{d:effects}} [,|;] [but|only|and only|but only] {if_} {{c:conds}} <earlier>",
        lambda f: _only_if(f["w"], f["d"], _earlier(f["c"])),
        cost=-0.1,
    )
    g.add(
        "rule",
        f"{{d:effects}} [,] {{w:when}} [,] [but|only|and only|but only] {if_} {{c:conds}}",
        lambda f: _only_if(f["w"], f["d"], f["c"]),
        cost=0.1,
    )
    g.add(
        "rule",
        f"({if_}|while|assuming that|only if) {{c:conds}} [,] {{d:effects}} [,] {{w:when}}",
        lambda f: _only_if(f["w"], f["d"], f["c"]),
    )
    g.add(
        "rule",
        f"({if_}|while|assuming that|only if) {{c:conds}} <earlier> [,] {{d:effects}} [,] {{w:when}}",
        lambda f: _only_if(f["w"], f["d"], _earlier(f["c"])),
        cost=-0.1,
    )


def _earlier(condition: Condition) -> Condition:
    from ..conditions.logic import Earlier

    return Earlier(part=condition) if condition.is_event and not isinstance(condition, Earlier) else condition


def rule(said: Said, doing: Doing, until: Condition | None = None) -> Any:
    """A rule; a wait before the first effect is a delay of the whole."""
    first = doing.steps[0]
    if first.wait and said.mode != "while":
        if said.at is not None or isinstance(said.condition, Period):
            return REJECT
        said, first = replace(said, delay=said.delay + first.wait), first.model_copy(update={"wait": 0.0})
    return Rule(when=said.when(until), steps=(first, *doing.steps[1:]))


def _only_if(said: Said, doing: Doing, condition: Condition) -> Any:
    limited = guarded(said, condition)
    return REJECT if limited is REJECT else rule(limited, doing)


def _any(fields: dict[str, Any]) -> Any:
    from .said import either

    return rule(Said(either(fields["a"], fields["b"])), fields["d"])


def _each(said: Said, doing: Doing) -> Any:
    return rule(replace(said, mode="each"), doing) if said.mode == "once" and said.at is None else REJECT


def _lasting(doing: Doing, until: Condition | None = None) -> Any:
    """A rule that begins at once: only what goes on by itself is said without a condition."""
    if not all(getattr(e, "lasts", False) for step in doing.steps for e in step.effects):
        return REJECT
    return Rule(when=When(until=settled(until)), steps=doing.steps)
