"""Rules told in several sentences, and lists after a colon of what is waited for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..conditions.touch import Touch
from ..grammar import REJECT, Grammar
from ..model import with_refs
from .said import Said, both, counted, either, in_order, like, of_fact, one_only, settled
from .speech import meant, replace_effect, same_effect
from .whole import rule

LOOK_FOR = """
    [we|i|you|please|now|just|always] (watch|wait|look|look out|watch out|check|listen|be on the lookout|keep an eye out|keep watch|stand by|hold on|hang on|hold out|be ready|be patient|get ready|waiting|watching|looking|checking|await|are waiting|am waiting|be watching) [out] [for|until|till]
"""
AND_THEN = """
    [,|.|;|-] [and] [right] (when|once|as soon as|moment|the instant|after) (it|this|that|they|both) (does|do|did|happens|happen|has happened|has|have|is so|occurs|occurred|happened|has been so|comes true|is done)
    [,|.|;|-] [and] (that|this) is (when|where|how|why|your cue to|the cue to|the cue for|my cue to|the signal to|the moment to|the moment when|the moment|enough to|what makes|the time to)
    [,|.|;|-] [and] (at|in|with|from|by) (that|this) [very] (moment|instant|point|time|event|touch|contact)
    , and (straight|immediately|right|at once|so|with it|as a result|because of that|because of it|for that|for this|in return|in answer|in turn)
    [,|.|;|?|!|-] (whereupon|upon which|at which point|on which|after which|as a result|as a consequence|in consequence|in return|in response|because of this|because of that|that way|this way|thereby|hence|therefore|so then|thus)
    [,|.|;|-] [and] then it is [the] [turn] (for|of)
    [,|.|;|-|->] [and] (that|this) is [the|our|your|my|a] (signal|cue|sign|moment|time|trigger|hint|starting signal|starting gun|go|start) [to|for|:|,|that|when]
    (,|.|;) [and] (that|this) is it [:|,]
    - then
    , and after (that|this|this order|it)
    (,|.|;) [and] (after|following|with) (this|that) (order|sequence)
"""
YET = "(yet|just yet|right away|straight away|right now|immediately|at once|already|now|so soon|too soon|for the moment|for now|at first|from the start|at the start)"
IT_DOES = "(when|once|as soon as|if|the moment|moment|the instant|instant|right when|just when|the second|after) (it|this|that|they) (does|do|did|happens|happened|has happened|has|have|is so|is|occurs|occurred|comes)"
THEN_DO = f"(then|at (that|this) [very] (moment|point|instant)|in (that|this) [very] (moment|instant)|right then|just then|only then|when you see (it|that)|as soon as you see (it|that)|if so|in (that|this) case|after that|after this|{IT_DOES})"
MANY = "(two|both|these two|two of these|both of these|both of following|these|the following|this|following|2|all of these|two different)"
WANTED = "(have to happen|must happen|are needed|are required|need to happen|have to be so|must be so|are necessary|have to come|must come|must have happened|have to have happened|must be met|have to be met|need to be met|should happen|shall happen|are to happen|must be fulfilled|must be true|have to be true)"
CONDITIONS = "(conditions|requirements|things|events|signals|triggers|preconditions|prerequisites|steps)"
HAVE_BOTH = "(when|once|as soon as|if|after) (you|we|i|they|both|these|it) [both] (have|has|have got|has got|get|are) [seen|had|got] [it] [them] (both|both of them|both of these|the two|two of them|happened|met|fulfilled|satisfied|so|seen|been seen|occurred|occurred|both happened|come|there|true|in|done|all)"
SETTLED = "[both|they both|these both|they|all|two things|two|these two|both things|two things first|this|the following] (have happened|has happened|happened|are done|done|happen|is done|are true|true|have occurred|are so|are there|met|are met|have come true|have taken place|took place|are in|in|occurred|have been seen)"
IN_A_ROW = "(in a row|one after another|one after other|in succession|in sequence|in turn|one by one|in order|in this order|in that order|in right order|in a fixed order|in a certain order|in given order|one and then other|one before other|in the following order|in following sequence|in this sequence)"


def add(g: Grammar) -> None:
    """All phrases of this module."""
    g.add("look_for", LOOK_FOR)
    g.add("and_then", AND_THEN)
    g.add("then_do", THEN_DO)
    for name in ("bare_conds", "bare_events"):
        g.add("rule", f"{{c:{name}}} <and_then> [,|:] {{d:effects}}", lambda f: rule(Said(f["c"]), f["d"]), cost=0.35)
    g.add(
        "rule",
        "{c:bare_events} , and {d:effects}",
        lambda f: rule(Said(f["c"]), f["d"]) if f["d"].is_single else REJECT,
        cost=0.6,
    )
    g.add("rule", "{c:bare_events} and {d:effects}", _touched, cost=0.7)
    g.add("rule", "<look_for> {c:events} (.|;|,|:|!|-) [and|then] {d:effects} [[,] <then_do>]", _of_event, cost=0.3)
    g.add("rule", "<look_for> {c:conds} (.|;|,|:|!|-) [and] {d:effects} <then_do>", _of_event, cost=0.35)
    g.add("rule", "<look_for> {c:events} (.|;|,|:|!|-) [and] <then_do> [,] {d:effects}", _of_event, cost=0.3)
    g.add(
        "rule",
        "(start|begin|go|act|do it|do this|do so|do that|it is done|this is done|this happens|it happens) [but] [only|exactly|just|first|precisely] {w:when} (:|,|-|;) {d:effects}",
        lambda f: rule(f["w"], f["d"]),
        cost=0.2,
    )
    some_point = "[at some point|sooner or later|eventually|soon|one day|some time|at some time]"
    for name in ("bare_conds", "bare_events"):
        g.add("rule", f"{some_point} {{c:{name}}} (.|;|,|!|-) [and] {{d:effects}} <then_do>", _of_event, cost=0.4)
        g.add(
            "rule",
            f"(at some point|sooner or later|eventually|some time|at some time) [,] {{c:{name}}} (.|;|!|,|-) [and] (<then_do> [,]|then) {{d:effects}}",
            _of_event,
            cost=0.4,
        )
    _counts(g)
    _lists(g)
    _steps(g)
    _not_yet(g)
    _both_ways(g)


def _of_event(f: Any) -> Any:
    return rule(Said(f["c"]), f["d"])


def _touched(f: Any) -> Any:
    """``Ball hits Plate and Door opens``: nothing but a touch, which is nothing that is done, is surely waited for."""
    return rule(Said(f["c"]), f["d"]) if isinstance(f["c"], Touch) and f["d"].is_single else REJECT


def _counts(g: Grammar) -> None:
    one = "[one|time|of them|of these|of those|<happening_noun>]"
    how = "(how often|how many times|every time|each time|number of times|times|times that|number of times that|the times when)"
    g.add(
        "rule",
        f"<counts> [up|for me|please|along] {how} {{c:bare_events}} [here] (.|;|,|:|?|, and|and) [and|but] (on|at|after|upon|with|when it is|once it is|once at|when|for|by) {{n:ordinal}} {one} [,|:] {{d:effects}}",
        lambda f: _nth(f, f["n"]),
    )
    g.add(
        "rule",
        f"<counts> [up|for me|please|along] {how} {{c:bare_events}} [here] (.|;|,|:|, and|and) [and|but] (when|once|as soon as|if|after|at) (it is|it gets to|you get to|you reach|you have|we have|we reach|we get to|it reaches|count is|count reaches|number is|that is|it was|it has been|it comes to|there are|there have been) {{n:count_to}} [times|{one}] [,|:] {{d:effects}}",
        lambda f: _nth(f, f["n"]),
    )
    g.add("count_to", "{n:number}\n{n:count}", lambda f: f["n"])

    at = "(at|on|after|with|upon|for) {n:ordinal}"
    for what in ("{c:counted_so}", f"{how} {{c:bare_events}}"):
        until = "[here] (.|;|,|:|, and|and) [and|but]"
        g.add(
            "rule",
            f"<counts> [up|for me|please|along] {what} {until} {{d:effects}} {at} [{one}]",
            lambda f: _nth(f, f["n"]),
        )
        reached = "(when|once|as soon as|if|at) (it is|you get to|you reach|you have|we have|we reach|we get to|it reaches|it gets to|there are|there have been|count is|number is|they are|you are at|we are at)"
        g.add(
            "rule",
            f"<counts> [up|for me|please|along] {what} {until} {reached} {{n:count_to}} [times|{one}] [,|:] {{d:effects}}",
            lambda f: _nth(f, f["n"]),
        )
    g.add("counted_so", "{h:happening}", lambda f: of_fact(f["h"]))


def _nth(f: Any, number: float) -> Any:
    condition = counted(f["c"], number)
    return REJECT if condition is REJECT else rule(Said(condition), f["d"])


def _lists(g: Grammar) -> None:
    """What is done, and after a colon what is waited for; both where nothing says otherwise."""
    g.add("in_a_row", IN_A_ROW)
    g.add("settled", SETTLED)
    two = "{a:item} [,|;] (,|and|+|;|plus|&) {b:item}"
    g.add("listed", two, lambda f: both(settled(f["a"]), settled(f["b"])))
    ordered = "[first|firstly|1 .|1] {a:item} [first] [,|;] (and then|then|followed by|afterwards|, then|second|secondly|after that|2 .|->) {b:item} [second|afterwards|after that|then]\n[first] {a:item} first [,|;] [and|then] {b:item} (second|afterwards|next|last|then|after that|later)"
    g.add("listed_row", ordered, lambda f: in_order(f["a"], f["b"]))
    g.add("listed_any", "{a:item} [,|;] or {b:item}", lambda f: either(f["a"], f["b"]))
    g.add("listed", "{c:listed_row}\n{c:listed_any}", lambda f: f["c"])
    when = "(when|once|after|as soon as|if|only when|only after|only once|only if|upon|on)"
    g.add("rule", f"{{d:effects}} [,] [but] {when} (:|<settled> [:|,|-]) {{c:listed}}", _of_event, cost=0.2)
    g.add("rule", f"{when} <settled> [:|,|-] {{c:listed}} <sep> {{d:effects}}", _of_event, cost=0.3)
    row = f"{{d:effects}} [,] [but] {when} [two|these two|the following|both] [things|events|<happening_noun>] [happen|have happened] <in_a_row> [:|,|;|-] [first] {{a:item}} [first] [,|;] (,|and|then|;|and then|, then|afterwards|, afterwards|, and then) {{b:item}} [second|then|afterwards|last]"
    g.add(
        "rule",
        row,
        lambda f: rule(Said(in_order(f["a"], f["b"])), f["d"]) if in_order(f["a"], f["b"]) is not REJECT else REJECT,
    )
    g.add(
        "rule",
        f"<look_for> [two|both|these two|these|following|this|these two|2] [things|<happening_noun>] [:|,] {{c:listed}} (.|;|,|-) {{d:effects}} [,] {HAVE_BOTH}",
        _of_event,
        cost=0.1,
    )
    g.add(
        "rule",
        f"<look_for> [two|both|these two|these|following|this|2] [things|<happening_noun>] [:|,] {{c:listed}} (.|;|-) {HAVE_BOTH} [,] {{d:effects}}",
        _of_event,
        cost=0.1,
    )
    g.add(
        "rule",
        "<look_for> (two|both|these two|these|2) [things|<happening_noun>] [:|,] {c:listed} (.|;|-) [then] {d:effects}",
        _of_event,
        cost=0.25,
    )
    g.add(
        "rule",
        "{d:effects} [,] but (before|before that|first|before this) {a:so} [,] and (after it|after that|then|afterwards|after this|after|later) {b:so}",
        _in_row,
    )
    for name, one in (("conds", "so"), ("events", "event"), ("bare_conds", "so"), ("bare_events", "event")):
        g.add(
            name,
            f"[first] {{a:{one}}} [first] [,|;] <then_word> {{b:ellipsis}} [second|afterwards|after that]",
            lambda f: like(f["a"], f["b"], in_order),
        )
        g.add(
            name,
            f"{{a:{one}}} [,] (after|only after) {{b:ellipsis}}",
            lambda f: like(f["a"], f["b"], _reversed),
        )
        g.add(
            name,
            "<one_of> <happens> (,|and|but|, and|, but) <not_both> [:|,|-] {a:item} [,] or {b:item}",
            lambda f: one_only(f["a"], f["b"]),
        )


def _steps(g: Grammar) -> None:
    """What has to happen, counted up or in sentences of its own, and what is done then."""
    then = "(then|after that|only then|and then|and only then|afterwards|and after that|thereafter|after this|now|and now|so|and finally|finally)"
    wanted = f"{MANY} [{CONDITIONS}|<happening_noun>] {WANTED} [first|before] [:|,|-]"
    g.add("rule", f"{wanted} {{c:listed}} (.|;|,|->) [{then}] [,] {{d:effects}}", _of_event, cost=0.2)
    for_it = f"[there are|we have|here are] [{MANY}] {CONDITIONS} for {{x:thing}} [:|,|-] {{c:listed}} (.|;) [{then}] [,] {{d:effects}}"
    g.add("rule", f"{for_it} [[,] {HAVE_BOTH}]", lambda f: rule(Said(settled(f["c"])), meant(f["d"], f["x"])), cost=0.2)
    g.add(
        "rule",
        "{d:effects} [,] [but] [only] in (two|either of two|either of these|one of two|these two|either of these two) cases [:|,|-] {c:listed_any}",
        _of_event,
        cost=0.1,
    )
    g.add(
        "rule",
        "{a:item} , {b:item} (:|->) {d:effects}",
        lambda f: rule(Said(both(f["a"], f["b"])), f["d"]),
        cost=0.7,
    )
    first = "(firstly|first|first of all) [comes|there is|we have|is|:|,]"
    next_ = "[,|;|.] [and] (second|secondly|then|next|after that|after this|afterwards|later) [comes|there is|we have|is|:|,]"
    last = "[,|;|.|->] (and after (this|that|it) [order]|then|and then|third|thirdly|finally|only then|and finally|and only then|after that|and now|and last|lastly) [,]"
    for kind in ("so", "event"):
        g.add("rule", f"{first} {{a:{kind}}} {next_} {{b:{kind}}} {last} {{d:effects}}", _in_row, cost=0.1)
        step = "[LPAR] [step|number|no|nr] {%s:number} [RPAR|.|:|,|-]"
        numbered = f"{step % 'n'} {{a:{kind}}} [,|;|.|->] {step % 'm'} {{b:{kind}}} [,|;|.] (->|:|then|only then|and then|,|{step % 'k'}) {{d:effects}}"
        g.add(
            "rule", numbered, lambda f: _in_row(f) if (f["n"], f["m"], f.get("k", 3)) == (1, 2, 3) else REJECT, cost=0.1
        )


def _reversed(then: Any, first: Any) -> Any:
    return in_order(first, then)


def _in_row(f: Any) -> Any:
    condition = in_order(f["a"], f["b"])
    return REJECT if condition is REJECT else rule(Said(condition), f["d"])


def _not_yet(g: Grammar) -> None:
    """What is not to be done yet, and when it is."""
    g.add(
        "rule",
        f"[please] [do] not {{e:effect}} {YET} (.|;|,|:|!|-) [but|only|instead|and] {{r:rule}}",
        _then_only,
    )
    g.add(
        "rule",
        f"[please] [do] not (touch|move|disturb|bother|do anything to|do anything with|let anything happen to) {{x:single}} {YET} (.|;|,|:|!|-) [but|only|instead|and] {{r:rule}}",
        _of_that,
    )
    not_so = "[please] (do not|never|not) [do|start|let] [so|it|this|that|it happen|that happen]"
    until = "(until|before|till|unless)"
    g.add("rule", f"{{d:effects}} (,|.|;|-) [but] {not_so} {until} {{c:events}}", _of_event, cost=0.2)
    g.add("rule", f"{{d:effects}} (,|.|;|-) [but] {not_so} {until} <settled> [:|,|-] {{c:listed}}", _of_event, cost=0.2)


def _of_that(f: Any) -> Any:
    """``Do not touch Ball yet. …``: a rule of just that thing."""
    found, names = f["r"], f["x"].names
    put = lambda ref: f["x"] if ref.pronoun and not ref.names else ref  # noqa: E731
    steps = tuple(with_refs(step, put) for step in found.steps)
    if found.when.mode != "once" or any(e.thing.names != names for step in steps for e in step.effects):
        return REJECT
    return found.model_copy(update={"steps": steps})


ENDS = "(when|once|as soon as|whenever|after|if) (it|that|this|he|she|they) (leaves|leave|goes away|go away|moves away|is gone|are gone|has gone|has left|have left|is away|ends|stops|is over|is no longer so|is not so [any more]|no longer does|does not [any more|any longer])"


def _both_ways(g: Grammar) -> None:
    """What is done whenever something is so, and undone when it is not."""
    texts = [
        f"{{w:when}} <sep> {{d:effects}} [,] (and|but|and then|, then|;|.) [then] {{u:effects}} [again|back] [,] {ENDS} [again]",
        f"{{w:when}} <sep> {{d:effects}} [,] (and|but|and then|;|.) [then] {ENDS} [again] [,] {{u:effects}} [again|back]",
    ]
    g.add("rule", texts, _as_long)


def _as_long(f: Any) -> Any:
    done, undone = f["d"].steps, f["u"].steps
    if f["w"].mode not in ("each", "while") or len(done) != 1 or len(undone) != 1 or f["w"].delay:
        return REJECT
    pairs = list(zip(done[0].effects, undone[0].effects, strict=False))
    if len(done[0].effects) != len(undone[0].effects) or undone[0].wait or undone[0].pause:
        return REJECT
    if not all((back := one.undone()) is not None and same_effect(back, other) for one, other in pairs):
        return REJECT
    return rule(replace(f["w"], mode="while"), f["d"])


def _then_only(f: Any) -> Any:
    """``Do not open Door yet. Open it when …``: a rule that does just what is not to be done yet."""
    step, then = f["e"], f["r"].steps[0]
    if len(step.effects) != 1 or len(then.effects) != 1 or step.wait or len(f["r"].steps) != 1:
        return REJECT
    if f["r"].when.mode != "once" or f["r"].when.condition is None or not same_effect(step.effects[0], then.effects[0]):
        return REJECT
    return f["r"].model_copy(update={"steps": (replace_effect(then, step.effects[0].thing),)})
