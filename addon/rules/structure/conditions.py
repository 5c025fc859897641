"""Conditions: clauses and noun phrases, joined by ``and``, ``or``, ``unless``, ``then`` and their like."""

from __future__ import annotations

from typing import Any

from ..conditions.logic import And, Earlier, Given, Not, Or
from ..grammar import REJECT, Grammar
from ..model import Condition
from ..phrasing import Fact
from .said import (
    both,
    counted,
    counted_fact,
    denied,
    either,
    going_on,
    in_order,
    is_lack,
    like,
    of_fact,
    one_only,
    settled,
)

ALSO = """
    as well
    also
    too
    likewise
    (by|before|at|up to|until) (then|that|that time|that moment|this time)
    so far
    at all
    already
    together
    at the same time
    for the first time
    for first time
    [just] (the one time|this one time)
    first time
    at some point
"""
EARLIER = "(earlier|before|beforehand|previously|already|first|before that|earlier on|prior to that|before then|already before)"
HAPPENS = """
    (happens|happen|happened|occurs|occur|occurred|holds|suffices|exists|begins)
    (has|have) [now|already|all|both] (happened|occurred|taken place|come true|been made|been established|begun|been recorded|been counted|been registered|been observed|been noted|been detected|come about|arisen|been had)
    (arises|arise|arose|ensues|comes about|come about)
    (is|are|was|were) [now|already|all|both] (happened|occurred|recorded|counted|observed|noted|in|there|had)
    (has|have) to (happen|occur)
    must (happen|be happened|have happened|occur|have occurred|be there)
    (takes|take|took) place
    (is|are) [now|already|all|both] (done|true|fulfilled|the case|complete|made|met|registered|detected|established)
    (comes|come) true
    (is|are|was|were|gets|has been|have been) [now|already|first] (noticed|noted|observed|seen|felt|sensed|found|measured|reported|spotted|heard|given)
    (appears|appear|shows up|is to be seen|is visible|comes|come)
    was made
    (is|are) (happening|occurring|taking place|coming about)
    (did|does|do|shall|should|may|may have|can|will|should have|must have|has to have|has|have) [ever|now] (happen|happened|be happened|occur|occurred|be so|be true|taken place|take place|come true)
    (have|has) [now|already] (ensued|been reached|been met)
"""
BOTH = """
    (a pair|pair) of
    both [of] [these|these two|the two|the following|them] [things|events|contacts|collisions|conditions]
    (we|you|they|i|it|one) (have|has|had|have had|has had|have got|see|have seen|need|needs|get|wants|want|got) [had|seen|got] [the] (two|both|2|these two|both the|both of the) [things|events] [,|that is|, that is|, namely|namely]
    (these two|two|the two|the following two|all of these|all of the following|everything) [things|events|conditions]
"""
ORDER_VOID = """
    [in] any order
    (order|sequence) (free|open|as it likes|any|no matter)
    in (whatever|any|either|whichever) order
    no matter (which came first|in which order|the order|which comes first|in what order|which is first)
    (regardless|irrespective) of [the] order
    whichever (came|comes) first
    the order does not matter
    [;|,|LPAR] order (does not matter|is irrelevant|is unimportant|is immaterial|plays no role|does not count|is not important|is indifferent) [RPAR]
    (order|sequence) being (immaterial|irrelevant|unimportant|indifferent|without importance)
    LPAR in (whatever|any|either|whichever) order RPAR
    LPAR any order RPAR
"""
ONE_OF = """
    (from|of|out of) [these|those|following] two [things|events] (exactly|only|just) one (must be happened|must happen|must have happened|has to happen|has happened|is happened|happens)
    one , and only one , of [these|the|the following|them|those] [two] [things|events|hits|contacts]
    one and only one of [these|the|the following|them|those] [two] [things|events|hits|contacts]
    (exactly|just|only|precisely|strictly) <num_1> of [these|the] <num_2> [things|events|hits|contacts|touches|collisions|of them]
    (exactly|just|only|precisely|one and only) (one|1) [thing|event|hit|contact|collision] [of|from|out of] [these|the|the following|them|those] [two] [things|collisions|contacts|events|conditions|hits]
"""
SOME_OF = """
    [at least] (one|any|either) (of|from|out of|among) (this|it|both|two|following|these)
    either (one|1|way|of them)
    [at least] (one|any|either|one or the other) [of] [these|the|the following|them|those] [two] [things|collisions|contacts|events|conditions|hits]
    (the first|whichever is first|the earlier) [of] [these|the following|them|the two]
    whichever (comes|happens) first
"""
ALL_NEEDED = """
    [LPAR] (need|needs|needing|wants|requires) (both|both of them|all of them) [of them] [RPAR]
    [LPAR] both (needed|required|necessary|are needed|are required|must happen|have to happen|must have happened|together) [RPAR]
    [LPAR] both [of which|of these|of them] (being|are|have|must|must be|must have) (needed|required|necessary|happened|have happened|happen|occurred|fulfilled|true|there|met) [RPAR]
    , and when (they have|they) [both] (happened|happen)
    [,] both [of them] being (required|needed|necessary|wanted|demanded) [,]
"""
ONE_ENOUGH = """
    [LPAR] [and] (either|either one|either of them|either way|any of them|no matter which [one|of them]|whichever it is|whichever|it does not matter which [one]|i do not (mind|care) which [one]) [RPAR]
    [LPAR] whichever [one] (first|earlier|sooner|is the first|comes the first) [RPAR]
    [LPAR] whichever [one] [of them] (is|comes|happens|occurs|was) (earlier|earliest|first|sooner) [RPAR]
    [LPAR] (one|either|either one|any one|any) [of them|of the two|of these] (suffices|is enough|will do|does|is sufficient|is fine|counts|is all it takes) [RPAR]
    [LPAR] (whichever|whoever|whatever) (is|comes|happens|gets there|is there) (first|quicker|sooner|earlier|faster|the quicker|the first) [RPAR]
    [LPAR] (first|1st) [<happening_noun>] of [the] (two|both|these) [counts] [RPAR]
"""
NOT_BOTH = """
    (with|for|in case of) both [of them] [,] (no|not|nothing)
    (not|never) (both|the two|two) [of them|of these|together|at once|have]
    not if both [have|did|do|are|happen|have happened]
    never the two together
    not (both|the two) together
    (only|just|exactly) one of (them|the two|these)
    [and] the other [one] (has not|did not|not)
    not [the] both [of them] [together]
    not the two together
    LPAR not (both|the two together|the two|both together) RPAR
    not for both
    (never|and never|not|but never) [the] both
    (1|one) [only] of (2|two) [,] [not both]
    LPAR (just|only|exactly) (1|one) of (them|2|two|the two|these) [,] [not both] RPAR
    LPAR (1|one) of (2|two|the two) [,] [but|and] [not both|only] RPAR
    [just|only|exactly] one of them only [,] [not the two|not both]
    [LPAR] (just|only|exactly|precisely|strictly) <num_1> (of|out of) (them|<num_2>|the two|these|those|both) [[,|and|but] not both] [RPAR]
    [LPAR] <num_1> of (<num_2>|them) [,|and|but] not both [RPAR]
"""


def add(g: Grammar) -> None:
    """All phrases of this module."""
    for name, texts in (
        ("also", ALSO), ("earlier", EARLIER), ("happens", HAPPENS), ("both_of", BOTH), ("any_order", ORDER_VOID),
        ("one_of", ONE_OF), ("some_of", SOME_OF), ("not_both", NOT_BOTH),
    ):  # fmt: skip
        g.add(name, texts)
    for number in (1, 2):
        g.add(f"num_{number}", "{n:number}", lambda f, n=number: None if f["n"] == n else REJECT)
    g.add("num_2", "two")
    g.add("num_1", "one")
    g.add(
        "unless",
        "(unless|except|except if|except when|except in case|except where|other than when|save if|save where|save|save when|with the exception of|only not if|with the exception that)\n(but|just|only) (not|never) (if|when|in case|once|after)\nnot if",
    )
    g.add("unless", "(if|when|provided) not [already]")
    g.add("without", "[but|and] without [any|that|there being]")
    g.add("so", "{f:fact} [<also>]", lambda f: of_fact(f["f"]))
    g.add("so", "{f:fact} (earlier|beforehand|previously)", _happened, cost=0.02)
    g.add(
        "so",
        "(that|the fact that|it is true that|it is the case that|it so happens that) {l:so}",
        lambda f: f["l"],
        cost=0.1,
    )
    g.add("so", "when {l:so}", lambda f: f["l"], cost=0.2)
    g.add("so", "(it is not the case that|it is not true that) {f:fact}", lambda f: denied(of_fact(f["f"])))
    g.add("so", "LPAR {c:conds} RPAR", lambda f: f["c"])
    g.add("so", "there (is|was|has been|will be) {h:happening}\n{h:happening} <happens>", lambda f: of_fact(f["h"]))
    come = "(gives|is coming|is happening|is occurring|comes|happens|occurs|arises|appears|exists|came|happened|occurred|has come|has happened|has occurred|is made|has been made|was made)"
    g.add("so", f"[it|there] {come} [to|up] {{h:happening}}", lambda f: of_fact(f["h"]))
    g.add(
        "so",
        "there (is|are|was|were|has been|have been|had been) [now|already] {n:number} {h:happening} [in total|altogether|in all|so far]",
        lambda f: counted(of_fact(f["h"]), f["n"]),
    )
    g.add(
        "so",
        "(we|you|i) [can|will] (have|see|get|got|have got|notice|observe|record|hear) [already] {h:happening}",
        lambda f: of_fact(f["h"]),
    )
    g.add("so", "(we|you|i) [can|will] (see|notice|observe|find|learn|hear) that {l:so}", lambda f: f["l"])
    g.add("so", "(we|you|i) (have|have got|had|get|got|see|will see) {f:facting}", lambda f: of_fact(f["f"]), cost=0.1)
    g.add("so", "(was|has been|had been) {h:happening}", lambda f: of_fact(f["h"]))
    g.add(
        "question",
        "(is|was|are|were|has|have) there [been] [now|already|some|any] {h:happening}",
        lambda f: of_fact(f["h"]),
    )
    g.add("so", "there is (coming|happening|occurring|existing|made) {h:happening}", lambda f: of_fact(f["h"]))
    g.add(
        "so",
        "[it] (happens|occurs|comes about|is so|is true|is the case|so happens) that {l:so}",
        lambda f: f["l"],
    )
    g.add(
        "so",
        "there (is|was|has been) (no|not any|never any|not yet any|no prior) {h:happening} [so far|yet|before]",
        lambda f: denied(of_fact(f["h"])),
    )
    g.add(
        "so",
        "{f:fact} [for|at|on] [a total of|altogether|in total|exactly] {n:count} [in total|altogether|over|now|in all]\n{f:fact} for [time] (number|no|nr) {n:number}\n{f:fact} (for|at) time number {n:number}\n{f:fact} [for|a|on] {n:ordinal} time\n{f:fact} , {n:count} [in total|altogether|in all]\n{f:fact} LPAR [for|only|just] {n:ordinal} (time|one|<happening_noun>) [only] RPAR\n{f:fact} (x {n:number}|{n:number} x)",
        lambda f: counted_fact(f["f"], f["n"]),
    )
    g.add(
        "so",
        "(number of times|number of times that|count of times|how often|how many times) {f:fact} (gets to|reaches|is|hits|equals|comes to|has reached) {n:number}",
        lambda f: counted_fact(f["f"], f["n"]),
    )
    g.add(
        "so",
        "number of {h:happening} (gets to|reaches|is|hits|equals|comes to|has reached) {n:number}",
        lambda f: counted(of_fact(f["h"]), f["n"]),
    )
    g.add("event", "{l:so}", lambda f: f["l"])
    g.add("event", "{f:facting} [<also>]\n[first|initial|very first|that] {f:happening}", lambda f: of_fact(f["f"]))
    g.add(
        "event",
        "{f:facting} [for] [a total of] {n:count}\n{f:facting} [for] {n:ordinal} time\n{n:ordinal} time [of] {f:facting}",
        lambda f: counted_fact(f["f"], f["n"]),
    )
    g.add("event", "{n:number} {h:happening}\n{n:ordinal} {h:happening}", lambda f: counted(of_fact(f["h"]), f["n"]))
    g.add(
        "event", "<happening_noun> (number|no|nr|#) {n:number} (of|between) {p:bare}", lambda f: counted(f["p"], f["n"])
    )
    g.add("item", "{c:event}\n{c:bare} [<also>]\n(that|if|when|it is|between|of) {c:item}", lambda f: f["c"])
    g.add(
        "and",
        "(and|& &|and also|and too|and in addition to that|as well as|plus|+|together with|&|and in addition|and additionally|along with|, and , at the same time|and at the same time)",
    )
    for name, one in (("conds", "so"), ("events", "event")):
        _joins(g, name, one)
        _guards(g, name, one)
        _joins(g, f"bare_{name}", one)
    g.add(
        "that",
        "that of {a:single} by {b:single}\nthat of {b:single} (with|and|on) {a:single}",
        lambda f: (f["a"], f["b"]),
    )
    _lists(g)


def _happened(f: Any) -> Any:
    """A clause of what happened before."""
    condition = of_fact(f["f"])
    return Earlier(part=settled(condition)) if condition.is_event else REJECT


def _joins(g: Grammar, whole: str, one: str) -> None:
    """Conditions joined by ``and``, ``or`` and their like; ``whole`` is the name of any of them.

    A comma joins only in a list that an ``and`` ends: ``Ball hits Plate, Lamp goes on`` says what is done.
    """
    every, some = f"{whole}_all", f"{whole}_any"
    g.add("again", "(, up to then ,|, until then ,|, by then ,|up to then|until then|by then|, so far ,)")
    g.add("again", "(when|that|once|also|it is|as soon as|for|on|upon|by|at)")
    g.add("also_all", ALL_NEEDED)
    g.add("enough", ONE_ENOUGH)
    g.add(every, f"{{a:{one}}}", lambda f: f["a"])
    g.add(
        every,
        f"{{a:{one}}} [,] (<and>|<and> <again>|but) {{b:{every}}}\n{{a:{one}}} , {{b:{whole}_list}}",
        lambda f: both(f["a"], f["b"]),
    )
    g.add(every, f"{{a:{one}}} [,] <and> if {{b:{every}}}", lambda f: Given(part=f["a"], guard=f["b"]))
    g.add(
        f"{whole}_list",
        f"{{a:{one}}} [,] (<and>|<and> <again>) {{b:{every}}}\n{{a:{one}}} , {{b:{whole}_list}}",
        lambda f: both(f["a"], f["b"]),
    )
    # 'A is not on and B is not on either' is that neither is.
    g.add(
        every,
        f"{{a:{one}}} [,] (and|nor) {{b:{one}}} either",
        lambda f: both(f["a"], f["b"]) if is_lack(f["a"]) and is_lack(f["b"]) else REJECT,
    )
    g.add(
        every,
        f"{{a:{one}}} [,] (and|and also|as well as|but|plus) {{b:ellipsis}}",
        lambda f: like(f["a"], f["b"], both),
    )
    g.add(every, f"{{a:{one}}} , {{b:{one}}}", lambda f: both(f["a"], f["b"]) if isinstance(f["b"], Not) else REJECT)
    g.add(
        every,
        f"{{a:{one}}} [,] (and|but|while|and at the same time) {{x:single}} (does|has|is|did|do|are|have) not [yet|at that moment|then|so]",
        lambda f: _but_not(f["a"], f["x"]),
    )
    g.add(some, f"{{a:{every}}}", lambda f: f["a"])
    g.add(
        every,
        f"{{a:{one}}} <earlier> [,] <and> {{b:{one}}} <earlier>",
        lambda f: both(settled(f["a"]), settled(f["b"])),
    )
    g.add(
        some,
        f"[either|whether it is|no matter whether] {{a:{every}}} [,] (or|or maybe|or perhaps|or possibly|or even|or else|or alternatively|or , alternatively ,|or , else ,|alternatively|or otherwise|or instead) [<again>|if|should|whether it is] {{b:{some}}}",
        lambda f: either(f["a"], f["b"]),
    )
    g.add(
        some,
        f"[either|whether it is|no matter whether] {{a:{one}}} [,] (or|or else) [between] {{b:ellipsis}}",
        lambda f: like(f["a"], f["b"], either),
    )
    g.add(
        some,
        f"{{a:{one}}} [,] or [,] [alternatively|else] [,] [by|on|with|at|upon] {{b:that}}",
        lambda f: like(f["a"], f["b"], either),
    )
    g.add(whole, f"{{a:{some}}} [<also>]", lambda f: f["a"])
    g.add(whole, f"{{a:{every}}} [,|-] <also_all>", lambda f: f["a"] if isinstance(f["a"], And) else REJECT)
    g.add(whole, f"{{a:{some}}} [,|-] <enough>", lambda f: f["a"] if isinstance(f["a"], Or) else REJECT)
    g.add(
        whole,
        f"(either one|one of two|any one|either) (:|,) {{a:{some}}}",
        lambda f: f["a"] if isinstance(f["a"], Or) else REJECT,
    )
    g.add(whole, f"{{a:{every}}} [,] (<any_order>|<happens>)\nboth {{a:{every}}} [<happens>]", lambda f: f["a"])
    g.add(
        whole,
        f"[either] {{a:{one}}} [,] (or|or else) [<again>|if] {{b:{one}}} [,] [and|though|but] <not_both>\n{{a:{one}}} (xor|exclusive or|exclusive-or) {{b:{one}}} [,] [<not_both>]",
        lambda f: one_only(f["a"], f["b"]),
    )
    g.add(
        whole,
        f"[either] {{a:{one}}} [,] (or|or else) [between] {{b:ellipsis}} [,] [and|though|but] <not_both>",
        lambda f: like(f["a"], f["b"], one_only),
    )
    of_those = "(if|when|once|as soon as) (exactly|just|only|precisely) one of (those|these|them|the two|both) has (happened|occurred|taken place)".replace(
        "the two", "two"
    )
    g.add(
        whole,
        f"[either] {{a:{one}}} [,] or {{b:{one}}} [,|-|;|.] {of_those} [,] [and|but] [<not_both>]",
        lambda f: one_only(f["a"], f["b"]),
    )
    g.add(
        whole,
        f"{{a:{one}}} [,] <without> {{b:events}} [<earlier>|having happened]",
        lambda f: both(f["a"], denied(f["b"])),
    )
    g.add(
        whole,
        f"{{a:{one}}} [,] and (no|not any|without any|no prior|no previous|no earlier) {{h:happening}} [so far|yet|before|until then|up to then|earlier|till then|having happened]",
        lambda f: both(f["a"], denied(of_fact(f["h"]))),
    )
    g.add(
        whole,
        f"[either] {{a:{one}}} [,] or {{b:of_those}} [<happens>] [,] [and|though|but] <not_both>",
        lambda f: like(f["a"], f["b"], one_only),
    )
    then = "(and then|then|and , later than that ,|and , after that ,|and only later|, and only later|and only afterwards|, afterwards|and , afterwards ,|, later|and , later ,|and , only after that ,|and after that|and afterwards|and later|, then|followed by|and subsequently|, and then|, after that|and only then|and next|is followed by|and then later|and then , later ,|and , after this ,|, after this|and thereafter|, wait for|, wait until|, followed by|and after this)"
    g.add(
        whole,
        f"first [of all] {{a:{one}}} [,] (and|<then_word>) {{b:{one}}} [afterwards|later|second] [in that order|in this order]\n[first] {{a:{one}}} [first|at first|earlier|before] [,] <then_word> {{b:{one}}} [afterwards|later|after that|second|in that order]\n{{a:{one}}} [and] {{b:{one}}} , in (that|this) order",
        lambda f: in_order(f["a"], f["b"]),
    )
    g.add("then_word", then)
    # 'Ball hits Plate and then Floor': the same with another thing.
    for fact in ("fact", "fact_first"):
        g.add(
            whole,
            f"{{a:{fact}}} [,] (<then_word>|, then) [also|on|against|with|by] {{b:single}} [in (that|this) order]",
            lambda f: _then_with(f["a"], f["b"]),
            cost=0.05,
        )
    # 'Ball hits Plate before Box': before Ball hits Box or before Box hits Plate.
    for ahead in (False, True):
        g.add(
            whole,
            "{a:fact} before {b:single}",
            lambda f, ahead=ahead: _then_with(f["a"], f["b"], ahead),
            cost=0.05,
        )
    g.add(
        whole,
        f"{{a:{one}}} (first|at first|earlier|before) [,] (and|<then_word>) {{b:{one}}} (second|after|afterwards|later|next|after that|then)",
        lambda f: in_order(f["a"], f["b"]),
        cost=-0.1,
    )
    g.add(
        whole,
        f"{{b:{one}}} [,] (after|only after|later than|but only after|once|subsequent to|subsequently to|following) {{a:events}} [has happened|before]",
        lambda f: in_order(f["a"], f["b"]),
    )
    g.add(
        whole,
        f"{{b:{one}}} [,] (if|and|with|where|provided that|provided|but only if|having|, and|but|, if) {{a:{one}}} <earlier>",
        lambda f: in_order(f["a"], f["b"]),
        cost=-0.1,
    )


def _then_with(first: Fact, other: Any, does: bool = False) -> Any:
    """Something that happens with one thing and after that with another one; if that ``does`` the same."""
    one = of_fact(first)
    fields = [name for name, _ in one.refs()]
    if len(fields) != 2 or not one.is_event or other in (ref for _, ref in one.refs()):
        return REJECT
    return in_order(one, one.model_copy(update={fields[0 if first.passive != does else 1]: other}))


def _but_not(first: Condition, other: Any) -> Any:
    """``A hits B and C does not``: it is not so of another thing of which it is said of the first."""
    fields = [name for name, _ in settled(first).refs()]
    if isinstance(first, Not) or not fields:
        return REJECT
    return both(first, denied(settled(first).model_copy(update={fields[0]: other})))


def _guards(g: Grammar, whole: str, one: str) -> None:
    """Conditions that hold only if others do; without a word such as ``when`` before them, what is done would read so."""
    some = f"{whole}_any"
    g.add(
        whole,
        f"{{a:{one}}} [,] (while|where|with|but only with|only with|but with) {{b:{whole}_all}}",
        lambda f: both(f["a"], going_on(f["b"])),
    )
    g.add(
        whole,
        f"{{a:{some}}} [,] <unless> [if|when|that|in case of|for] {{b:events}} [<earlier>]",
        lambda f: both(f["a"], denied(f["b"])),
        cost=0.1,
    )
    g.add(
        whole,
        f"{{a:{one}}} [,] [but|only|and only|but only] (if|when|provided|provided that|given that|as long as|while|where|assuming|so long as|on condition that|under condition that|with proviso that|iff|if and only if) {{b:conds}}",
        lambda f: Given(part=f["a"], guard=f["b"]),
        cost=0.1,
    )


def _lists(g: Grammar) -> None:
    """Things that happen in a list, of which both, any, one or all in their order are meant."""
    of = "[of] [<happens>] [is enough|first|are enough] [,|:|;]"
    pair = "{a:item} [,|;] (,|and|plus|;|or|as well as) {b:item} [,] [<happens>]"
    two = "[first] {a:item} [first] [,|;] (,|and|then|;|and then|, then|afterwards|, afterwards|, and then|followed by|, followed by|and subsequently|, and subsequently|and later|, later|, and later|and only then|, and only then) {b:item} [second|then|afterwards]"
    nouns = "[<happening_noun>]"
    for name in ("conds", "events", "bare_conds", "bare_events"):
        g.add(
            name,
            f"<both_of> {nouns} [<happens>] [,] [<any_order>] [,|:|;|LPAR|, that is|, namely|: that is|that is] {{a:item}} [,|;] (,|and|plus|;|+|&) {{b:item}} [<happens>] [RPAR]",
            lambda f: both(f["a"], f["b"]),
        )
        g.add(
            name,
            f"<one_of> {nouns} {of} [,|and|but] [<not_both>] [:|LPAR] {pair} [RPAR] [,|.|and|, and|, but] [<not_both>]",
            lambda f: one_only(f["a"], f["b"]),
        )
        g.add(name, f"<some_of> {nouns} {of} {pair}", lambda f: either(f["a"], f["b"]))
        g.add(
            name,
            f"in (the|this|that|this exact|exactly this) (order|sequence) [,|:] {two}\nin (order|sequence) [,|:] {two}\n(this|following) (order|sequence) (is kept|is observed|is followed|is met|has been kept) [,|:] {two}",
            lambda f: in_order(f["a"], f["b"]),
        )
        g.add(name, f"two <happening_noun> in this [exact] order [,|:] {two}", lambda f: in_order(f["a"], f["b"]))
        g.add(name, f"exclusive or [:|,] [if|when] {pair} [,] [but] [<not_both>]", lambda f: one_only(f["a"], f["b"]))
