"""What is waited for, told in sentences of its own, with a word such as ``both`` or ``just one`` before what is done."""

from __future__ import annotations

from typing import Any

from ..conditions.logic import And, InOrder, Or, Xor
from ..grammar import REJECT, Grammar
from ..model import Rule
from .said import Said, both, either, in_order, one_only, settled
from .speech import replace_effect, same_effect
from .waiting import happens_only
from .whole import rule

CALLS = """
    [we|you|i] [will|just|first|please|now|then|also|simply] (watch|wait|look|look out|watch out|check|listen|stand by|be ready|hang on|hold on|see|make sure|ensure|be sure|verify|find out|confirm|test|await|get ready|expect) [first|again|now] [out] [for|until|till|that|if|whether|on|to it that]
    [it|we|you|this|that|i|there] [will|just|only|first] (need|needs|want|wants|require|requires|take|takes|must be|has to be|have to be|is needed|are|has got to be|have got to have|is) [first]
"""
LET = "[first|now|then|just|and] (let|allow|have) [first]"
DONE = "(done|true|so|there|in|happened|met|fulfilled|seen|occurred|complete|completed|touched|come true|taken place|settled|ticked off|the case|passed|given|required|needed|over|hit|had)"
WHEN = "(once|when|if|as soon as|after|only once|only when|only if|only after|and once|and when|and if|as|now that)"
BOTH_DONE = f"""
    [and|so|but|then] [only] (with|after|upon|given|on|at|following) both [of them|of these|hits|contacts|things|these|touches|events] [{DONE}|having happened|having occurred|being {DONE}|now {DONE}]
    [and|so|are|is] both [of them|of these|things] [are|have] [{DONE}|yes|now] [then|so]
    {WHEN} (you|we|i|they) [now] (have|have had|have got|got|get|see|have seen|have both) [them|seen|had] [both|two|them both|the pair] [of them|of these] [{DONE}]
    {WHEN} (they|both|these|these two|both of them|both of these|all this|all that|two|both things|both these) [both|two|things] [now] (have|are|has|is|happen|do|did|have been) [both|all|now] [{DONE}]
    after (this|these|that|it) both
    {WHEN} both {DONE}
    both being {DONE}
    [and|so] [only] (with|after) (these two|these|those two|all this) [{DONE}]
"""
THINGS = f"(two|both|<digit_2>|these two|these|both of these|following|following two) [things|<happening_noun>|conditions|events|knocks|crashes] [here|now|first] [{DONE}|are {DONE}|have to happen|must happen] [:|,|-|are|were|is|was|which are|namely] [that is|namely]"
ONE = "[just|only|exactly|exact|precisely|strictly] (one|a single one|<digit_1>) [and only one] [of (them|these|those|two|these two|those two|both|<digit_2>)] [only|alone]"
ONE_DONE = f"""
    [and|so|but] {WHEN} {ONE} [of two] (has|have|is|happens|happened|did|does|comes|occurs|was) [{DONE}|been {DONE}]
    (just|only|exactly|exact|precisely|strictly) (one|a single one|<digit_1>) [of (them|these|those|two|these two|those two|both|<digit_2>)] [and]
    [and|so|but] {WHEN} it is [just|only|exactly] one
    [but|and] (not|never) both [of them] [:|,|.] [and] (in this case|in that case|then|so)
"""
NOTHING = "[then|please|just|so|in (that|this) case|and|in which case|it|there] (do nothing|nothing happens|nothing is done|nothing|forget it|no action is taken|nothing shall happen|nothing should happen|does nothing|do not|does not|it does not|it does not (happen|do so|do it)|is happening nothing|happens nothing|leave it|no|not|let it be|that is off|all is off|leave it be|no action|no effect)"
IF_BOTH = f"[but|and] [if|when|in case|for|with|should|in case of] [it is|it was|there are|they] both [of them] [have|happen|did|are] [{DONE}|happen|it is] [,|:|,  and] [and] {NOTHING}"


def add(g: Grammar) -> None:
    """All phrases of this module."""
    for name, texts in (
        ("calls", CALLS), ("both_done", BOTH_DONE), ("one_done", ONE_DONE), ("nothing", NOTHING), ("if_both", IF_BOTH),
    ):  # fmt: skip
        g.add(name, texts)
    g.add("told_one", "{c:conds}\n{c:events}", lambda f: f["c"])
    g.add("told_one", "{q:question}\n{q:question} [already|yet|so far]", lambda f: f["q"])
    g.add("told_one", "<calls> {c:events}\n<calls> {c:conds}", lambda f: f["c"], cost=0.05)
    g.add("told_one", "<calls> {c:seen}", lambda f: f["c"], cost=0.05)
    g.add("told_one", f"{LET} {{c:seen}} [first]", _let, cost=0.05)
    for digit in (1, 2):
        g.add(f"digit_{digit}", "{n:number}", lambda f, d=digit: d if f["n"] == d else REJECT)
    listed = "{a:item} [,|;|.] (,|and|or|plus|;|&|+|and also|, and also|, and|, or|; and|; or|/|.) {b:item}"
    g.add("told_pair", listed, lambda f: (settled(f["a"]), settled(f["b"])))
    every = listed.replace("|or", "").replace("|, or", "").replace("|; or", "").replace("|/", "")
    g.add("told_every", every, _both)
    hit = "[both] [hit|touched|done|met|happened|hits]"
    g.add(
        "rule",
        "{c:told_every} [,|;|-] <both_done> [:|->|,] {d:effects}",
        lambda f: rule(Said(f["c"]), f["d"]),
        cost=0.5,
    )
    g.add("rule", f"{{c:told_every}} {hit} (:|->) {{d:effects}}", lambda f: rule(Said(f["c"]), f["d"]), cost=0.65)
    xor = "[either] {a:item} [,] (xor|exclusive or|exclusive-or|or else only) {b:item} [<happening_noun>|touched] [,] [and|but|though] [<not_both>]"
    for whole in ("conds", "bare_conds"):
        g.add(whole, xor, lambda f: one_only(f["a"], f["b"]))
        g.add(whole, f"(we|you|i) have [had|got|seen] {THINGS} {{c:told_every}}", lambda f: f["c"])
    g.add("told_pair", "LPAR {p:told_pair} RPAR", lambda f: f["p"])
    g.add("told_two", f"[<calls>|there are|we have|subject to] {THINGS} {{p:told_pair}}", lambda f: f["p"])
    other = "[it|there] [must be|has to be|has got to be|is|has to|be] [only|just|either] (one or other|either one or other) [of them|of two|of these] [only] [:|,|-] {p:told_pair}"
    g.add("told_xor", other, lambda f: f["p"])
    g.add(
        "told_xor",
        "[only|just|exactly] <digit_1> of (two|<digit_2>|them) [only|exactly] [<happening_noun>] [:|,|-] {p:told_pair}",
        lambda f: f["p"],
    )
    for whole in ("conds", "bare_conds"):
        g.add(whole, "{p:told_xor} [[,] [but|and] <not_both>]", _one)
    # 'Both marbles are low, or Lamp is on' is no pair of which both are needed.
    g.add("told_both", f"[<calls>|there are|we have|subject to] {THINGS} ({{c:told_every}}|LPAR {{c:told_every}} RPAR)", lambda f: f["c"])  # fmt: skip
    g.add("related", "{c:told_both}", lambda f: f["c"])
    g.add("related", "{c:told_one}", lambda f: f["c"])
    also = "(.|;|?|!|? and|. and|, and|and|. also|; and|,)"
    g.add("related", f"{{a:told_one}} {also} {{b:told_one}} [too|also|as well]", _both)
    g.add("told_other", "{a:single} and {b:single}", lambda f: (f["a"], f["b"]))
    g.add("related", "{a:told_one} (.|;|?|!) [and] {b:told_other} [too|also|as well]", _like)
    g.add("related", "{a:told_one} (.|;|?|!|,) [and] {b:ellipsis} [too|also|as well]", _like)
    after = "[and] (then|after that|afterwards|next|later|after this|after it|only then|second|secondly|thereafter) [,]"
    g.add("told_row", f"{{a:told_one}} (.|;|?|!) {after} {{b:told_one}}", _row)
    for told, holds in (("related", _is_pair), ("told_row", _is_pair)):
        g.add(
            "rule",
            f"{{c:{told}}} (.|;|,|?|!|-|? .) <both_done> [,|?|:|.|->|!|-] [then|now|and] {{d:effects}}",
            lambda f, holds=holds: rule(Said(f["c"]), f["d"]) if holds(f["c"]) else REJECT,
            cost=0.2,
        )
    g.add(
        "rule",
        "{c:told_row} (.|;|?|!) [and|so|now|only] [then|now|so|after that|finally] [,] {d:effects}",
        lambda f: rule(Said(f["c"]), f["d"]),
        cost=0.1,
    )
    g.add("called", "<calls> {c:events}\n<calls> {c:conds}", lambda f: f["c"])
    g.add("called", "<calls> {c:seen}", lambda f: f["c"])
    g.add("called", f"{LET} {{c:seen}} [first]", _let)
    g.add(
        "rule",
        "{c:called} [,] (and then|and after that|and only then|and after this|and afterwards) {d:effects}",
        lambda f: rule(Said(f["c"]), f["d"]),
        cost=0.4,
    )
    g.add(
        "rule",
        "{c:called} (.|;|!) [and|so] [now|then|only then|after that|this done|that done|when it does|now|only now] [,] {d:effects}",
        lambda f: rule(Said(f["c"]), f["d"]),
        cost=0.36,
    )
    g.add(
        "rule",
        f"{{c:told_both}} (->|.|;|:|, then|, and then|then|, and {WHEN} (we|you) have had both ,) [then|and] {{d:effects}}",
        lambda f: rule(Said(f["c"]), f["d"]),
        cost=0.2,
    )
    for told in ("{p:told_two}", "{p:told_pair}", "{p:told_xor}"):
        g.add(
            "rule",
            f"{told} (.|;|,|-|:) <one_done> [,|:|.|->|-|and] {{d:effects}} [[,|;|.] <if_both>]",
            lambda f: rule(Said(one_only(*f["p"])), f["d"]),
            cost=0.2,
        )
    one = f"[it is] {ONE} [<happening_noun>] [hits|happen|happens|must happen|only] [has happened|have happened] [:|,|-] {{p:told_pair}}"
    g.add("conds", one.replace("[just|only|exactly", "(just|only|exactly").replace("strictly]", "strictly)"), _one)
    g.add("bare_conds", one.replace("[just|only|exactly", "(just|only|exactly").replace("strictly]", "strictly)"), _one)
    for order in ("{w:when} <sep> {d:effects}", "{d:effects} [,] {w:when}"):
        g.add("rule", f"{order} (.|;|,) <if_both>", lambda f: _not_both(rule(f["w"], f["d"])))
    for told in ("bare_conds", "bare_events"):
        g.add(
            "rule",
            f"{{c:{told}}} <means> {{d:effects}} (.|;|,) <if_both>",
            lambda f: _not_both(rule(Said(f["c"]), f["d"])),
            cost=0.3,
        )
    not_yet = "[please|we|you|i] (do|will|shall|must|should|may|can) not {e:effect} (before|until|till|unless) {c:events} (.|;|,) <both_done> [,|:] [then] {d:effects}"
    g.add("rule", not_yet, _only_then)


def _both(f: Any) -> Any:
    return both(f["a"], f["b"])


def _like(f: Any) -> Any:
    from .said import like

    return like(f["a"], f["b"], both)


def _row(f: Any) -> Any:
    return in_order(f["a"], f["b"])


def _one(f: Any) -> Any:
    return one_only(*f["p"])


def _is_pair(condition: Any) -> bool:
    return isinstance(condition, And | InOrder) and len(condition.inner()) == 2


def _not_both(found: Any) -> Any:
    """A rule of either of two, which not both may be."""
    if found is REJECT or not isinstance(found, Rule):
        return REJECT
    condition = found.when.condition
    if isinstance(condition, Xor):
        return found
    if not isinstance(condition, Or) or len(condition.parts) != 2:
        return REJECT
    only = one_only(*condition.parts)
    return found.model_copy(update={"when": found.when.model_copy(update={"condition": only})})


def _only_then(f: Any) -> Any:
    """``Do not open Door before …; once you have both, open it``."""
    step, then = f["e"], f["d"].steps[0]
    if not _is_pair(f["c"]) or step.wait or len(f["d"].steps) != 1 or len(step.effects) != 1 or len(then.effects) != 1:
        return REJECT
    if not same_effect(step.effects[0], then.effects[0]):
        return REJECT
    doing = type(f["d"])((replace_effect(then, step.effects[0].thing),))
    return rule(Said(f["c"]), doing)


__all__ = ["add", "either"]


def _let(f: Any) -> Any:
    return f["c"] if happens_only(f["c"]) else REJECT
