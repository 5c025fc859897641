"""What a rule waits for: a condition once, each time or as long as it holds, with delays and limits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..conditions.logic import Not
from ..grammar import REJECT, Grammar
from ..model import Condition
from .said import Said, both, counted, denied, either, guarded, later, of_fact

WHEN = """
    (as soon|so soon|so soon as ever|so soon as|so soon that|as soon that|as of|by the time|by the time that|from moment|directly when|directly at|directly once|directly upon|directly on|immediately when|immediately once|immediately upon|immediately on|immediately at|immediately as|right at|right on|right once|right as|right upon|precisely when|exactly as|exactly at|just at|just upon|simultaneously with|simultaneously as|concurrently with|at the same time as|at same time with|in step with|not earlier than when|only on|only upon|only at|only with|then when|it is only when)
    (at|in|on) (same|exact|very|precise|that|this) (moment|instant|time) [,] [when|that|as|in which]
    (at|in|on|from) [same|exact|very|precise|first] (moment|instant|point) of
    (on|upon|at) (occasion|event|occurrence|incident|onset|start|beginning) (of|that|when)
    in (event|case|instance) (of|that|when)
    (same|very same) (instant|moment) [that|when|as|in which]
    as soon as there is
    [on|at|by|with|in] (first|1st|very first) time [that|when]
    (it comes|there comes) [already]
    (when|once|after) it comes [to] [already]
    [only|exactly] on (one|1|a single) occasion [only] [,] [namely] [when|if|once]
    [when|if|once] [you] (see|notice|observe) [that]
    (say|let us say|just say) [that]
    (so|as) soon (like|how|what|when|if)
    [and] for (this|that|it) [it is] [needed|necessary] [that]
    [then] it is [just|only|all] [a] (matter|question|case) of waiting (for|until|till)
    [on|with|at|from] [the] [very|same|exact] (instant|moment) [that|when]
    (iff|if and only if|when and only when|where|just where|as from|only from)
    (on|under|with) [the] [one] (condition|proviso) [that|of]
    (wait|waiting|we wait|we are waiting|we are all waiting|you are waiting|hang on|hold back|hold fire|hold off|hold on|stand by) (for|until|till)
    (when|if|once|as|as soon as|only when|only if|only once|only after|only as soon as|whenever first|when first|right when|just when|exactly when|right after|just after|directly after|immediately after)
    (at|from|by|in) (moment|instant|point|time|exact moment|very moment|very instant) [when|that|where|at which|on when]
    (moment|instant|minute|very moment|first moment|very first moment) [that|when]
    (in|at|on|from) [same|exact|very|precise|first|that|this] (moment|instant|point|second|time) (what|that|which|how|when) [first]
    (this|that|it|which) (is|should be|shall be|happens|should happen) [only|just|exactly] (when|after|once|if|as soon as)
    for case (that|when|if)
    (supposed|suppose|imagine|let us suppose|say|let us say|assume|let us assume) [that]
    (at|from|by|in) second (when|that|where|at which|in which)
    (moment|instant|second|minute|very moment|first moment|very first moment) [that|when]
    (in case|provided|provided that|assuming|assuming that|given|given that|supposing|supposing that|should|upon|on|after|at|following|by|with|since|because|because of|due to|by reason of|now that|in response to|in case of)
    [but] (not until|not before|no sooner than)
    (first|very first) time [that|when]
    (in the event|on condition|in the case) (that|of)
    (counting|counted|measured|starting) from (instant|moment|time) [that|when]
"""
EACH = """
    [at|on|for|with|in|by] (each|every|each and every|each single|every single|any) (time|instance|occasion|moment|case) [,] (what|as|where|if)
    (each|every) and (each|every) [single] time [that|when]
    in (each|every) time [that|when]
    at all times (that|when)
    (whenever|anytime|any time|always when|always if|always as soon as|always after|always upon|always on|as often as|however often|everytime|as many times as|at any time|at any time when)
    [at|on|for|with] (each|every|each and every|each single|every single|any) (time|instance|occasion|case) [that|when|in which|on which|where]
    again and again when
"""
WHILE = """
    [for|during|through] [all|whole|entire|full] [of] (time|duration|period) (while|that|when|for which|during which|in which)
    (whole|entire|full) (time|duration) [that|while|when]
    all (time|while) [that]
    for as long as [ever]
    (so|as) long like
    (while|whilst|as long as|for as long as|so long as|as long time as|for so long as|all the while|only while|only as long as)
    (for|during|throughout|in|over|within) [all] (time|whole time|entire time|duration|period) [that|while|when|in which|during which|where]
    (all|whole|entire) [of] [the] time [that|while|when|in which]
    (in|during|at|on) (each|every|any|all) (moment|frame|step|instant|simulation step|time step|moments|steps|frames) [in which|when|that|during which|where]
    (every|each) (moment|frame|step|instant) [in which|when|that|where|during which]
"""
DURING = """
    (during|throughout|all through) [whole|entire] [duration|time|course] [of] [all of]
    (at|in|during|on) (each|every) (moment|instant|step|frame) of
    (for|over) (duration|time|whole duration|whole time) of
"""
WHOLE_TIME = """
    [LPAR] [for|during|through|all|non-stop|nonstop] (all|all that|all this|whole|entire|full|whole of that|whole of the) (time|while|duration) [of] [contact|touch|contact time|touching] [RPAR]
    [LPAR] [nonstop|non-stop|only] (while|whilst|as long as|so long as) (touching|in contact|they touch|it touches|they are touching|it lasts|this lasts|this is so|it is so|contact lasts) [RPAR]
"""
PREFACES = """
    not (just|only) once [,] but
    (it takes|take) [two] [things|events] [,|:]
    (keep on doing this|keep doing this|do this|do so|do the following|this happens|the following happens|keep at it) [,]
    [this|it] [should] only (happen|count|work) [,]
    [this|it|that] (needs|need|requires|require|takes|demands|wants) [,|:]
    [but] (insist on|wait for|needs|require|requires|first wait for|hold out for|hold off for|do wait for)
    we (need|want|require|are after) [,|:]
    it (is|has) [got|just|only] to be
    it must be
    (it is|this is) [just|only|simply] a (matter|question) of
"""
AWAITING = "(wait|waiting|hold on|await|watch|look out|nothing happens) [for|until|till|that]"

LOOK_AT = """
    [please|now|first|then|just] (look at|check|read|watch|observe|keep an eye on|take|test|measure|consider|see|have a look at|monitor|inspect|mind|follow|track|look to|read off) [how (high|far|fast) is]
"""
CLOSELY = "(only|but only|exactly|but|but not before|but do it only|but do this only|but do so only)"


def add(g: Grammar) -> None:
    """All phrases of this module."""
    for name, texts in (
        ("when_word", WHEN),
        ("each_word", EACH),
        ("while_word", WHILE),
        ("during", DURING),
        ("preface", PREFACES),
        ("closely", CLOSELY),
    ):
        g.add(name, texts)
    g.add("trigger", "<when_word> {c:conds}", lambda f: Said(f["c"]))
    g.add("trigger", "<when_word> {c:events}", lambda f: Said(f["c"]), cost=0.02)
    g.add(
        "trigger",
        "[at|in|on|by|from] [very|same|exact|precise|split|very split] second [when|that|in which] {c:conds}",
        lambda f: Said(f["c"]),
        cost=0.2,
    )
    g.add(
        "trigger",
        "<each_word> {c:conds} [again|anew|new|newly|afresh|once again]\n<each_word> there is [a] [new|another] {c:bare_event}",
        lambda f: Said(f["c"], "each"),
    )
    g.add("bare_event", "{h:happening}", lambda f: of_fact(f["h"]))
    g.add("trigger", "<while_word> {c:conds}", lambda f: Said(f["c"], "while"))
    g.add("trigger", "<during> {h:bare_event}", lambda f: Said(f["h"], "while"))
    g.add(
        "trigger",
        "for [whole|entire] [duration|time|course] [of] [all of] {h:bare_event}",
        lambda f: Said(f["h"], "while"),
        cost=0.3,
    )
    g.add("whole_time", WHOLE_TIME)
    g.add("trigger", "{c:conds} [,|:] <whole_time>", lambda f: Said(f["c"], "while"))
    g.add(
        "trigger",
        "<while_word> {c:conds} [,] and <while_word> (it is|they are|this is) (there|so|the case)",
        lambda f: Said(f["c"], "while"),
    )
    g.add("trigger", "[with|given] {f:facting}", lambda f: Said(of_fact(f["f"])), cost=0.1)
    g.add(
        "trigger",
        "{h:happening} having (occurred|happened|taken place|been made|been recorded|been registered|been established|come about|been detected|been counted)",
        lambda f: Said(of_fact(f["h"])),
    )
    g.add(
        "trigger",
        "{c:bare_events} [both] having (occurred|happened|taken place|been made|been recorded|been registered|been established|come about|been detected)",
        lambda f: Said(f["c"]),
        cost=0.1,
    )
    g.add(
        "trigger",
        "{n:number} {h:happening} having (occurred|happened|taken place|been made|been recorded|been registered|been counted|been detected)",
        lambda f: Said(counted(of_fact(f["h"]), f["n"])) if counted(of_fact(f["h"]), f["n"]) is not REJECT else REJECT,
    )
    g.add("whole_when", "it is [only] (when|once|after) {c:conds} that", lambda f: Said(f["c"]))
    g.add(
        "trigger",
        "[we|you] [are] [all] waiting for {c:events} [,|?] [when|once|as soon as] [they|it] [touch|touches|does|do|happens] [,]",
        lambda f: Said(f["c"]),
        cost=0.1,
    )
    g.add(
        "trigger",
        "(you|we|i) (have|will have|get|see|notice) [got] {f:facting}",
        lambda f: Said(of_fact(f["f"])) if not f["f"].denied else REJECT,
    )
    g.add(
        "trigger",
        "[you will|we will|you are going to] see {c:seen} [at some point|some time|soon|then]",
        lambda f: Said(f["c"]),
    )
    g.add(
        "trigger",
        "you know (how|that) {f:fact} ? [when|as soon as|once|first time|very first time] it does",
        lambda f: Said(of_fact(f["f"])) if not f["f"].denied else REJECT,
    )
    g.add("look_at", LOOK_AT)
    g.add("trigger", "{c:watched}", lambda f: Said(f["c"]))
    g.add("trigger", "{q:question} ?", lambda f: Said(f["q"]))
    g.add(
        "trigger",
        "{q:question} [yet|already|by now|now] ? [because|since|as|for|then] <this_when>",
        lambda f: Said(f["q"]),
    )
    g.add("this_when", "(that|this) is [just|exactly] (when|where|how|why|the moment|the cue for)")
    for joint, joined in (("[,] (and|and also|and then also)", both), ("[,] (or|or else)", either)):
        join = lambda f, joined=joined: Said(joined(f["a"], f["b"]))  # noqa: E731
        of_facts = lambda f, joined=joined: Said(joined(f["a"], of_fact(f["b"])))  # noqa: E731
        g.add("trigger", f"[either] {{a:question}} {joint} {{b:question}} ?", join)
        g.add("trigger", f"{{a:question}} {joint} {{b:fact}} ?", of_facts, cost=0.1)
    g.add("trigger", "{q:question} [yet] ? (when|once|if|as soon as) it (has|is|does|did) [so]", lambda f: Said(f["q"]))
    g.add("trigger", "(first|1st|very first) {c:bare_event} (only|alone)", lambda f: Said(f["c"]))
    g.add("trigger", "!have/let/make {q:question} , [so]", lambda f: Said(f["q"]), cost=0.1)
    g.add("trigger", "<when_word> {q:question}", lambda f: Said(f["q"]), cost=0.3)
    g.add("trigger", "<each_word> {q:question}", lambda f: Said(f["q"], "each"), cost=0.3)
    g.add("trigger", "should {c:seen}", lambda f: Said(f["c"]), cost=0.3)
    g.add(
        "trigger",
        "<when_word> {c:conds} (?|.|, and|and|,) (when|once|as soon as|if) (they|it|both|that) (touch|do|does|has|have|happens|happened|is so|meet)",
        lambda f: Said(f["c"]),
    )
    g.add(
        "trigger",
        "[on|at|upon|for|with|after|per|by] (each|every|any|each and every|any and every) [new|single|fresh|further|such|separate] {h:bare_event} [<happens>|is registered|is detected]\n(whenever|each time|every time|per) [a] [new|fresh] {h:bare_event} [<happens>]",
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
    g.add("awaiting", AWAITING)
    g.add("trigger", "(<preface>|<closely>) {t:trigger}", lambda f: f["t"])
    # 'Wait for contact of A with B' is no 'for all the contact of A with B'.
    g.add("trigger", "<awaiting> {t:trigger}", lambda f: REJECT if f["t"].mode == "while" else f["t"])
    g.add("trigger", "(<preface>|<awaiting>) {c:events}", lambda f: Said(f["c"]), cost=0.05)
    g.add("when", "{t:trigger}", lambda f: f["t"])
    joint = "(,|;|and|but|then|, and|, but|, then|; then|, and then|and then|only then|, only then|and only then)"
    g.add("when", f"{{t:trigger}} {joint} [there is|it|comes] {{d:wait}} [then]", lambda f: later(f["t"], f["d"]))
    g.add("when", "{t:trigger} [only|there is|it|comes] {d:late} [then]", lambda f: later(f["t"], f["d"]))
    # 'Ball touches Plate after 2 s' can say when the touch is; what has not happened after 2 s cannot.
    g.add("when", "{t:trigger} {d:after}", lambda f: later(f["t"], f["d"]) if _is_lack(f["t"]) else REJECT)
    g.add("when", "{d:ago} [when] {c:events}", lambda f: later(Said(f["c"]), f["d"]))
    g.add(
        "when",
        "{d:ago} <each_word> {c:events}\n{d:ago} (each|every|any) [new] {c:bare_event}",
        lambda f: later(Said(f["c"], "each"), f["d"]),
    )
    g.add(
        "when",
        "{c:events} (,|, and|and|, then|then|; then|, and then|and then|; then|, but) {d:wait}\n{c:events} {d:late}",
        lambda f: later(Said(f["c"]), f["d"]),
        cost=0.3,
    )
    for joint in (
        "if",
        "only if",
        "but only if",
        "provided",
        "provided that",
        "as long as",
        "for as long as",
        "so long as",
        "while",
        "whilst",
        "assuming",
        "given that",
    ):
        g.add("when", f"{{t:moment}} [,|:] [and] {joint} {{c:conds}}", lambda f: guarded(f["t"], f["c"]))
    g.add(
        "when",
        "{t:moment} [,] <unless> [if|when|that] {c:conds} [<earlier>]",
        lambda f: guarded(f["t"], denied(f["c"])),
        cost=0.2,
    )
    g.add(
        "when",
        "[by then|until then] {c:conds} (by|within|until|at) {d:clock_time} ?",
        lambda f: _deadline(f["c"], f["d"]),
    )
    g.add("moment", "{t:trigger}", lambda f: f["t"] if f["t"].is_moment or f["t"].mode == "each" else REJECT)
    g.add(
        "when",
        "(if|when|should) [by then|until then] {c:conds} (by|within|after|until|at|before|in) [the first] {d:clock_time} [from start|after start|have passed|of run]",
        lambda f: _deadline(f["c"], f["d"]),
        cost=-0.1,
    )
    g.add(
        "when",
        "{q:question} [,] (by|within|until|at|before) {d:clock_time}",
        lambda f: _deadline(f["q"], f["d"]),
        cost=0.1,
    )
    g.add(
        "when",
        "(unless|if not) [by then|until then] {c:conds} (by|within|until|before) [the first] {d:clock_time} [of run]",
        lambda f: REJECT if isinstance(f["c"], Not) else _deadline(denied(f["c"]), f["d"]),
        cost=-0.1,
    )


def _is_lack(said: Said) -> bool:
    return isinstance(said.condition, Not)


def _deadline(condition: Condition, seconds: float) -> Any:
    """What has not come about by a moment is looked at then."""
    if not isinstance(condition, Not):
        return REJECT
    return replace(Said(condition), at=seconds)
