"""Whole rules: trigger and effects in either order, exceptions and ends."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from ..conditions.logic import Not
from ..conditions.time import Clock, Period
from ..grammar import REJECT, Grammar
from ..model import Condition, Rule, Step, When
from .effects import Doing, row
from .said import Said, both, denied, either, guarded, one_only, settled

MEANS = """
    (,|:|->|;|-|?|, then|then|, so|so|=>|;)
    [,] (and in (this|that|same|that very) moment|and then|and right then|and now|now|and at once|and with that)
    (:|;|,|.) (like this|this way|in this way|that way) [,]
    (.|?|;) [so] (then|only then|in this case|in that case|so|now|after that)
    (means|means that|means :|triggers|causes|makes|results in|leads to|should make|shall|is what it takes to|sets this off :|has this effect :|starts)
    is (the|a|your) (cue|signal|sign|trigger) [to|for|:|that]
    is enough (to|:|, then|for)
    (means|is|says|=) (go|go ahead|action|fire|showtime|green light) (:|,|;|-|->)
    , (that is|this is) (what|when|how|why)
"""
SEEN = frozenset(["touch", "position", "near", "beside", "tilt"])
"""Kinds of conditions that nobody can order."""
ONCE_ONLY = """
    [but] (only|just) (this once|once|the first time|one time|the one time)
    [and] never again
    [-|,|LPAR] [but|and] (just|only) [the] (one time|once|first time) [though|only] [RPAR]
    [-|,] [but] [just|only] [the] (one time|once) [only|though]
    (.|;|,) [and] (do this|do it|do so|it happens|this happens) [just|only] (once|one time|a single time|the first time) [only] [,] [and] [never again|not again|no more|and never again|but not again]
    (.|;|,) [please] do not (repeat it|repeat this|do it again|do this again|repeat)
    [but] (only|just) (once|the first time) (it happens|this happens|that happens)
    (once only|one time only|not more|not again)
"""
EVERY_TIME = """
    (.|;|,|-) [and] (do this|do that|do it|do so|this happens|it happens|that goes for|repeat this) (every time|each time|every single time|each and every time|as often as it happens|whenever it happens)
    [-|,|LPAR] [and] [this|so|it] (every time|each time|for every such touch|every single time|each and every time|as often as it happens|again and again) [RPAR]
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
        ("every_time", EVERY_TIME),
        ("forever", FOREVER),
        ("anaphor", ANAPHOR),
        ("steadily", STEADILY),
    ):
        g.add(name, texts)
    g.add(
        "sep",
        "(!after/in/during/for/within/over|,|: like this ,|, like this ,|; like this ,|, in this way ,|:|->|;|-|, then|then|, so|and therefore|, only then|? then|?|and only then|. then|. only then|. after that|. and then|. afterwards|; then|; only then|, and in this moment|, and in that moment|, in this moment|? only then|. in this case|. in that case|, in this case|, in that case|, now|, and in this moment|, and in that moment|, in this moment|, and at once|, in same moment|, at same moment|, at that moment|, at this moment|, then also|. now|? now|, only after that|, that is|? then [also]|? so then|, whereupon|. that is when|; that is when|, that is when|, that is what|? in that case) [you should|you must|it is time to|also]",
    )
    # Where both can be, 'and' goes on with what is waited for; in 'if A and turns B on, open C' it does.
    joining = "(and|, and|, and then|and then) [you should|you must|it is time to]"
    g.value("often", {"[again|then]": None, "<once_only>": "once", "<every_time>": "each"})
    g.add("rule", "{w:when} <sep> {d:effects} [,] {o:often}", lambda f: rule(often(f["w"], f["o"]), f["d"]))
    g.add(
        "rule",
        "{d:effects} [,|:|-|;] [and] [do so|do this|this happens|that happens|exactly|only|but|but only|but do so] {w:when} [,] {o:often}",
        lambda f: rule(often(f["w"], f["o"]), f["d"]) if not f["d"].apart else REJECT,
    )
    g.add(
        "rule",
        "{d:effects} [,|;|-] (starting|beginning|to start|to begin) [exactly|right] {w:when}",
        lambda f: rule(f["w"], f["d"]),
    )
    g.add(
        "rule",
        f"{{w:when}} {joining} {{d:effects}} [,] {{o:often}}",
        lambda f: rule(often(f["w"], f["o"]), f["d"]) if f["d"].is_single else REJECT,
        cost=0.2,
    )
    g.add(
        "rule",
        "{w:when} [,] and then {d:effects} [,] {o:often}",
        lambda f: rule(often(f["w"], f["o"]), f["d"]) if _is_a_wait(f["w"]) else REJECT,
        cost=0.2,
    )
    asked = "{c:conds} [yet|already|by now|now] ? [then|so] {d:effects} [,] {o:often}"
    g.add("rule", asked, lambda f: rule(often(Said(f["c"]), f["o"]), f["d"]), cost=0.5)
    at = "{c:conds} [,] (at|by) {t:clock_time} (:|->|?|, then|: then) {d:effects}"
    g.add("rule", at, lambda f: REJECT if f["c"].is_event else rule(Said(f["c"], at=f["t"]), f["d"]), cost=0.4)
    # 'Door opens! Turn on Lamp.' can be two things that are done.
    seen = asked.replace("?", "!")
    g.add(
        "rule", seen, lambda f: rule(often(Said(f["c"]), f["o"]), f["d"]) if f["c"].kind in SEEN else REJECT, cost=0.5
    )
    first = "[for|during|in] first {t:time} [only]"
    g.add("rule", f"{{e:effect}} {first}", lambda f: _at_first(f["e"], f["t"]))
    then = "(and|,|;|.|, and|then|, then|and then|, and then) [after (that|this|them)|then|afterwards]"
    g.add(
        "rule",
        f"{{e:effect}} {first} {then} {{r:effects}} [after (that|this|them)|then|afterwards]",
        lambda f: _at_first(f["e"], f["t"], f["r"]),
    )
    g.add("rule", "{w:whole_when} {d:effects}", lambda f: rule(f["w"], f["d"]))
    g.add(
        "rule", "{e:effect} [,] {w:when} {j:joint} {r:trailings}", lambda f: _at_once(f["w"], f["e"], f["r"]), cost=0.1
    )
    g.add(
        "rule",
        "{c:bare_conds} <means> {d:effects} [,] {o:often}",
        lambda f: rule(often(Said(f["c"]), f["o"]), f["d"]),
        cost=0.3,
    )
    g.add(
        "rule",
        "{c:bare_events} <means> {d:effects} [,] {o:often}",
        lambda f: rule(often(Said(f["c"]), f["o"]), f["d"]),
        cost=0.32,
    )
    g.add(
        "rule",
        "{d:effects} {w:when} [,|;|.] [and|then|and then] {r:effects}",
        lambda f: _going_on(f["w"], f["d"], f["r"]),
        cost=0.1,
    )
    g.add(
        "rule",
        "{h:for_a_time} [,] {w:when} [,|;|.] [and] (then|after that|afterwards|after which) {r:effects}",
        lambda f: rule(f["w"], Doing((*f["h"].steps[:-1], *row(f["h"].steps[-1], f["r"]).steps))),
    )
    g.add(
        "rule",
        "[it takes|take|first ,|first] [two|both] [things|events] [,|:] {c:events} [are both required|is required|are required|must happen|is needed|are needed|must both happen] (;|.|,) <anaphor> [,] {d:effects}",
        lambda f: rule(Said(f["c"]), f["d"]),
        cost=0.3,
    )
    g.add(
        "rule",
        "[take|consider|of|given] (two|2) (things|events|contacts|collisions) [,|:] {a:item} [,|;] (,|and|;) {b:item} [,|;|.|:] (if|when|once|as soon as) (one|either|just one) [of them] (happens|has happened|occurs|has occurred|is there|has come about) without (other|other one) [,|:] {d:effects}",
        lambda f: rule(Said(one_only(f["a"], f["b"])), f["d"]),
        cost=0.3,
    )
    g.add(
        "rule",
        "<some_of> [is|are] (enough|sufficient) to {d:effects} [:] {a:item} [,] (,|or|and) {b:item}",
        lambda f: rule(Said(either(f["a"], f["b"])), f["d"]),
    )
    for of, joined in (("some_of", either), ("both_of", both), ("one_of", one_only)):
        listed = "[:|-] {a:item} [,|;] (,|or|and|;) {b:item} [,] [<not_both>]"
        text = f"<when_word> <{of}> [<happening_noun>] [of] [<happens>] [,|:] {{d:effects}} {listed}"
        g.add("rule", text, lambda f, j=joined: rule(Said(j(f["a"], f["b"])), f["d"]))
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
        "{c:conds} (.|;) {d:effects}",
        lambda f: rule(Said(f["c"]), f["d"]) if f["d"].steps[0].wait else REJECT,
        cost=0.3,
    )
    for order in ("{d:effects} [,] {w:when}", "{w:when} <sep> {d:effects}"):
        g.add(
            "rule",
            f"{order} (.|;) {{r:effects}}",
            lambda f: rule(f["w"], Doing((*f["d"].steps, *f["r"].steps))) if f["r"].steps[0].wait else REJECT,
        )
    # '+2 s → close it' and 'two seconds, then close it' go on from what was done before.
    g.add("pause_first", "(.|;) [and|then|and then] [another|a further] {t:time} (->|:|,|-|then|, then|and then|, and then)", lambda f: f["t"])  # fmt: skip
    for lead in ("{d:effects} [,] {w:when}", "{w:when} <sep> {d:effects}"):
        g.add("rule", f"{lead} {{t:pause_first}} {{r:effects}}", lambda f: _after_pause(f["w"], f), cost=0.1)
    for told in ("bare_conds", "bare_events"):
        lead = f"{{c:{told}}} <means> {{d:effects}}"
        g.add("rule", f"{lead} {{t:pause_first}} {{r:effects}}", lambda f: _after_pause(Said(f["c"]), f), cost=0.4)
    g.add("end", "{c:conds}", lambda f: f["c"])
    g.add("end", "{t:clock_time}", lambda f: Clock(seconds=f["t"]))
    g.add(
        "rule",
        "{w:when} <sep> {d:effects} [,] (until|till) {u:end}\n{w:when} [,] (until|till) {u:end} <sep> {d:effects}\n{d:effects} [,] {w:when} [,] (until|till) {u:end}",
        lambda f: rule(f["w"], f["d"], f["u"]),
    )
    g.add("rule", "{d:effects} [,] (until|till|up to) {u:end}", lambda f: _lasting(f["d"], f["u"]))
    g.add("rule", "[<forever>] {d:effects} [<forever>]", lambda f: _lasting(f["d"]), cost=0.5)


def _is_a_wait(said: Said) -> bool:
    """Whether nothing but a time is waited for, so that what comes ``and then`` is done."""
    return (said.condition is None and said.is_moment) or isinstance(said.condition, Clock)


def _going_on(said: Said, doing: Doing, then: Doing) -> Any:
    """What is done some time after what a rule does: ``open it when A; 2 s later close it``."""
    if not then.steps[0].wait or said.mode == "while":
        return REJECT
    return rule(said, Doing((*doing.steps, *then.steps)))


def _after_pause(said: Said, f: Any) -> Any:
    """What is done some time after what a rule does that waits for something; other times can be the run's."""
    first, *rest = f["r"].steps
    if said.mode == "while" or said.condition is None or said.at is not None or first.wait or f["t"] <= 0:
        return REJECT
    return rule(said, Doing((*f["d"].steps, first.model_copy(update={"wait": f["t"]}), *rest)))


def _at_first(first: Step, seconds: float, rest: Doing | None = None) -> Any:
    """Something that is so from the start for a time and is taken back then, which may be said as well."""
    undone = [effect.undone() for effect in first.effects]
    if seconds <= 0 or first.wait or first.pause or not all(undone) or (rest and rest.steps[0].wait):
        return REJECT
    back = Step(effects=tuple(filter(None, undone)), wait=seconds)
    doing = Doing((first, back)) if rest is None else Doing((first, *row(back, rest).steps))
    return rule(Said(None, at=0.0), doing)


def _at_once(when: Said, first: Step, rest: Doing) -> Any:
    """``It is released at 1 s and thrown``: after anything but a moment the second could be part of the condition."""
    together = row(first, rest)
    return (
        rule(when, together) if when.condition is None and when.at is not None and len(together.steps) == 1 else REJECT
    )


def _exceptions(g: Grammar) -> None:
    so_far = "(if|provided|provided that|given that|assuming|once|when)"
    g.add(
        "rule",
        f"{so_far} {{c:conds}} [,] then {{w:trigger}} <sep> {{d:effects}}",
        lambda f: _only_if(f["w"], f["d"], _earlier(f["c"])) if f["w"].at is None else REJECT,
    )
    but_if = "(.|;|,|-) [but|and|however|only|just] (if|in case|when|where|should|once|in case that|supposing)"
    nothing = "[,|:|-] [then|please|in that case|just] (nothing happens|do nothing|it does nothing|do not|not|no action is taken|nothing is done|is happening nothing|happens nothing|nothing|leave it|leave it be|forget it|skip it|nothing at all|nothing shall happen|nothing should happen|nothing is to happen) [at all|then|please]"
    for order in ("{w:when} <sep> {d:effects}", "{d:effects} [,] {w:when}"):
        g.add(
            "rule",
            f"{order} {but_if} {{c:events}} [<earlier>] {nothing}",
            lambda f: _only_if(f["w"], f["d"], denied(settled(f["c"]))),
            cost=0.05,
        )
    if_ = "(if|iff|if and only if|provided|provided that|given|given that|assuming|as long as|so long as|when|on condition that|with condition that|with proviso that)"
    g.add(
        "rule",
        "{w:when} <sep> {d:effects} [,|;] <unless> [if|when|that|in case of] {c:events} [<earlier>]\n{w:when} <sep> {d:effects} (,|;|.|but|however|only|, but|; but|. but|, however ,|. however ,) (if|in case|should|when|where) {c:events} [<earlier>] [,] (<nothing>|then not|not)",
        lambda f: _only_if(f["w"], f["d"], denied(f["c"])),
    )
    for told in ("conds", "bare_conds", "bare_events"):
        g.add(
            "rule",
            f"{{c0:{told}}} <means> {{d:effects}} [,|;|LPAR] <unless> [if|when|that|in case of] {{c:events}} [<earlier>] [RPAR]",
            lambda f: _only_if(Said(f["c0"]), f["d"], denied(f["c"])),
            cost=0.3,
        )
    g.add(
        "rule",
        "{d:effects} [,] {w:when} (,|;|.|, but|; but|. but|but) (if|in case|should|when|where) {c:events} [<earlier>] [,] <nothing>",
        lambda f: _only_if(f["w"], f["d"], denied(f["c"])),
    )
    check = "(.|;|,) [but|and] [first|please] (check|look|make sure|see|ensure) [first|before|whether|that|if] [:|,]"
    for order in ("{w:when} <sep> {d:effects}", "{d:effects} [,] {w:when}"):
        g.add("rule", f"{order} {check} {{c:conds}} [<earlier>]", lambda f: _only_if(f["w"], f["d"], _earlier(f["c"])))
    g.add(
        "rule",
        "{c0:events} <means> {d:effects} (,|;|.|but|however|only|, but|; but|. but|, however ,|. however ,) (if|in case|should|when|where) {c:events} [<earlier>] [,] (<nothing>|then not)",
        lambda f: _only_if(Said(f["c0"]), f["d"], denied(f["c"])),
        cost=0.3,
    )
    g.add(
        "rule",
        "{d:effects} [,|;] <unless> {c:events} [<earlier>] [,] {w:when}\n(<unless>|without) {c:events} [<earlier>] [,] {w:when} <sep> {d:effects}\n(<unless>|without) {c:events} [<earlier>] [,] {d:effects} [,] {w:when}",
        lambda f: _only_if(f["w"], f["d"], denied(f["c"])),
    )
    # '2 s after A, if B, do C' looks at B when C is to be done, 'once A, if B, do C' when A happens.
    g.add(
        "rule",
        f"{{w:when}} , [and|but|only|but only|and only] {if_} {{c:conds}} <sep> {{d:effects}}",
        lambda f: _only_if(f["w"], f["d"], f["c"]) if f["w"].is_moment else REJECT,
    )
    g.add(
        "rule",
        f"{{w:when}} <sep> {{d:effects}} [,|;] [but|only|and only|but only] {if_} {{c:conds}}",
        # What begins is not so all along: in 'as long as A, do C when B happens' it is waited for.
        lambda f: _only_if(f["w"], f["d"], f["c"]) if f["w"].mode != "while" or not f["c"].is_event else REJECT,
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
    # 'If A, open Door after 2 s' means a delay where nothing says that the time is the run's.
    for of_run, cost in ((False, 0.0), (True, 0.3)):
        first = f"({if_}|while|assuming that|only if) {{c:conds}}"
        g.add(
            "rule",
            f"{first} [,] {{d:effects}} [,] {{w:when}}",
            lambda f, of_run=of_run: _only_if(f["w"], f["d"], f["c"]) if _is_moment(f["w"]) == of_run else REJECT,
            cost=cost,
        )
        g.add(
            "rule",
            f"{first} <earlier> [,] {{d:effects}} [,] {{w:when}}",
            lambda f, of_run=of_run: (
                _only_if(f["w"], f["d"], _earlier(f["c"])) if _is_moment(f["w"]) == of_run else REJECT
            ),
            cost=cost - 0.1,
        )


def _is_moment(said: Said) -> bool:
    return said.at is not None


def _earlier(condition: Condition) -> Condition:
    from ..conditions.logic import Earlier

    return Earlier(part=condition) if condition.is_event and not isinstance(condition, Earlier) else condition


def rule(said: Said, doing: Doing, until: Condition | None = None) -> Any:
    """A rule; a wait before the first effect is a delay of the whole."""
    if said is REJECT or said.condition is REJECT:
        return REJECT
    if until is not None and said.mode == "each" and all(e.undone() is None for s in doing.steps for e in s.effects):
        # 'Every 2 s launch it until A': each time as long as A has not come about.
        return _only_if(said, doing, Not(part=settled(until).begun()))
    first = doing.steps[0]
    if first.wait and said.mode != "while":
        if said.at is not None or isinstance(said.condition, Period):
            return REJECT
        said, first = replace(said, delay=said.delay + first.wait), first.model_copy(update={"wait": 0.0})
    return Rule(when=said.when(until), steps=(first, *doing.steps[1:]))


def _only_if(said: Said, doing: Doing, condition: Condition) -> Any:
    limited = guarded(said, condition)
    return REJECT if limited is REJECT else rule(limited, doing)


def often(said: Said, mode: Literal["once", "each"] | None) -> Any:
    """A trigger of which is said at the end how often it counts."""
    if mode is None or said.mode == mode or (mode == "once" and said.at is not None):
        return said
    if said.mode == "while" or said.at is not None or said.nth != 1 or isinstance(said.condition, Period):
        return REJECT
    return replace(said, mode=mode)


def _each(said: Said, doing: Doing) -> Any:
    return rule(replace(said, mode="each"), doing) if said.mode == "once" and said.at is None else REJECT


def _lasting(doing: Doing, until: Condition | None = None) -> Any:
    """A rule that begins at once: only what goes on by itself is said without a condition."""
    if not all(getattr(e, "lasts", False) for step in doing.steps for e in step.effects):
        return REJECT
    return Rule(when=When(until=settled(until)), steps=doing.steps)
