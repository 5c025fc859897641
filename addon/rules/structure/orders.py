"""What happens in an order, in any order, or so many times, as lists, notes and counting tell it."""

from __future__ import annotations

from typing import Any

from ..conditions.logic import And, InOrder, Or
from ..grammar import REJECT, Grammar
from ..model import Condition, Mode
from .said import Said, both, counted, counted_fact, either, in_order, like, of_fact, one_only
from .whole import rule

FIRST = "(first (was|is|comes|came|there is|there was|it is)|before|first|1st|firstly|first of all|at first|to begin with|to start with|initially|as first|in first place|as first thing|first thing)"
SECOND = "(second|2nd|behind it|behind that|secondly|at second|as second|as second thing|second thing|in second place|then|next|afterwards|afterward|thereafter|after (this|that|it) [one]|later|later on|subsequently|finally|only then|only later|only afterwards|and then later)"
BEFORE = "(before|beforehand|earlier|previously|already before|before that|at first|first)"
ORDER_NOTE = """
    [exactly|only|just|strictly|and|and only|but only] (in|by|with|following) [just|exactly|precisely] (that|this|that very|this very|that exact|this exact|the given|given|said|the right|right) (order|sequence|succession) [only|please]
    [exactly|just|only] (that|this) (order|sequence) [only|please]
    [and] [the] (order|sequence) (matters|counts|must be right|is what matters|is important|is essential|is relevant|is to be kept|must be kept|is not arbitrary) [here|now|this time|for this one|in this case]
    (not|and not|never) [the] other way (round|around)
    [so] (mind|watch|respect|keep|observe|note|remember|keep to) [the|this|that] (order|sequence) [here]
"""


def add(g: Grammar) -> None:
    """All phrases of this module."""
    g.add("order_note", ORDER_NOTE)
    g.add(
        "numbered",
        "{n:number} (RPAR|.|:)\nLPAR {n:number} RPAR\n(step|part|stage) [number] {n:number} (is|:|,|-)",
        lambda f: f["n"],
    )
    then = "(->|:|-|;) [and|so] [only] (then|now)\n[,|;|.] [and] [only] after (this|that|both|this order|this sequence|that order|these two) [,]"
    g.add("sep", then)
    g.add("means", then)
    g.add("trigger", "(after|once|when|if|as soon as|upon) (:|,|-) {c:conds}", lambda f: Said(f["c"]), cost=0.1)
    g.add("first_word", f"{FIRST} [,]")
    g.add(
        "at_first",
        "[came|comes|is|was|happened|happens|goes|has come|being|has happened] (first|1st|at first|earlier|before|firstly|the first)",
    )
    lead = ",|;|.|and|, and|; and|but|, but|+|->"
    g.add("after_lead", f"({lead}) [then|and then]\nthen|and then\n, then\n")
    g.add("after_word", f"<after_lead> [,] {SECOND} [,]")
    g.add(
        "later_word",
        f"(,|;|and|, and|; and|but) [then] [,] {SECOND.replace('after (this|that|it) [one]', 'after (this|it)')[:-1]}|followed by|succeeded by) [,]",
    )
    g.add(
        "in_the_end",
        "[came|comes|is|was|happened|happens|goes|has come|being|only] (second|2nd|after|last|only after|the second|after it|secondly|later|afterwards|after that|then|next|thereafter)",
    )
    g.add("order_tail", "[,|;|-|LPAR] <order_note> [RPAR]")
    g.add(
        "before_word",
        f"[,] [but|and] [do] [this|that|so|it] [only] (if|when|provided|provided that|given that|in case) {BEFORE} [,]",
    )
    g.add("pair_word", "[,|;|+] [,|and|then|;|+|->|and then]")
    _orders(g, "bare_order", "bare")
    for whole in ("conds", "bare_conds", "events", "bare_events"):
        be = "[it (is|has to be|has got to be|must be|should be|needs to be|was|has been)]"
        g.add(
            whole,
            f"{be} {{c:bare_order}}\nit (is|has to be|has got to be|must be|should be) {{c:event_order}}",
            lambda f: f["c"],
        )
        precedes = "(precedes|comes before|is [then|later] followed by|is [then|later] succeeded by|happens before|has preceded|came before|goes before|takes place before)"
        g.add(whole, f"{{a:event}} [,] {precedes} ({{b:event}}|{{b:bare}})", _row)
        preceded = "[,] [if|when|but only if|only if|provided] [it] [is|being|was|having been|has been] preceded by"
        g.add(whole, f"{{b:event}} {preceded} {{a:event}}", _row)
    for one in ("so", "event"):
        _orders(g, f"{one}_order", one)
        for whole in ("conds", "bare_conds") if one == "so" else ("events", "bare_events"):
            g.add(whole, f"{{c:{one}_order}}", lambda f: f["c"])
            _any_order(g, whole)
    g.add(
        "of_those",
        "(of|for) {a:single} (with|and|on|against|to|at|in) {b:single}\nbetween {a:single} and {b:single}\nof {b:single} by {a:single}",
        lambda f: (f["a"], f["b"]),
    )
    g.add("told_list", "{c:all_listed}", lambda f: f["c"])
    _listed(g)
    g.add("ellipsis", "{b:single} [also|too] (by|from) {a:single} [also|too|as well]", lambda f: (f["a"], f["b"]))
    g.add(
        "that",
        "(one|that|another|the one) (of|between|from) {a:single} (with|and|on|against|at|to|in|into) {b:single}",
        lambda f: (f["a"], f["b"]),
    )
    g.add("that", "(one|that) (of|on|with) {b:single} by {a:single}", lambda f: (f["a"], f["b"]))
    g.add(
        "rule",
        "{d:effects} [,|;] <some_of> [:|,] {a:item} [,] (,|or) {b:item}",
        lambda f: rule(Said(either(f["a"], f["b"])), f["d"]),
    )
    g.add(
        "trigger",
        "after {a:conds} [,] [and|then] (as soon as|when|once|if) {b:conds}",
        lambda f: Said(in_order(f["a"], f["b"])) if in_order(f["a"], f["b"]) is not REJECT else REJECT,
    )
    for lead, mode in (("<when_word>", "once"), ("<each_word>", "each")):
        g.add(
            "rule",
            f"{{d:effects}} [,] {lead} {{a:single}} (does|do|did|is|are|has|goes) [so|too|also|it|that] [already]",
            lambda f, mode=mode: _as_other(f, mode),
            cost=0.1,
        )
    _notes(g)
    _needs(g)
    _counting(g)


def _orders(g: Grammar, whole: str, one: str) -> None:
    """One thing after another."""
    a, b = f"{{a:{one}}}", f"{{b:{one}}}"
    ends = ("", " <in_the_end>", " <order_tail>", " <in_the_end> <order_tail>")
    for end in ends:
        g.add(
            whole,
            f"<first_word> {a} <after_word> {b}{end}\n{a} <later_word> {b}{end}\n{a} <at_first> <later_word> {b}{end}",
            _row,
        )
    g.add(
        whole,
        f"{a} (,|;|and|, and) after that [,] {{f:fact}}",
        lambda f: in_order(f["a"], of_fact(f["f"])) if f["f"].aspect != "perfect" and not f["f"].denied else REJECT,
        cost=-0.2,
    )
    for short in ("{b:ellipsis}", "{b:that}"):
        texts = (
            f"{a} <later_word> {short}",
            f"{a} <at_first> <later_word> {short}",
            f"<first_word> {a} <after_word> {short}",
        )
        g.add(
            whole,
            [f"{text}{end}" for text in texts for end in ("", " <in_the_end>")],
            lambda f: like(f["a"], f["b"], in_order),
        )
    g.add(whole, f"{a} <at_first> [,|;|and|, and] {b} <in_the_end>", _row, cost=-0.1)
    g.add(whole, "{c:before_after}", lambda f: f["c"])
    g.add(
        whole,
        f"{a} (earlier|already|previously|beforehand) [,|;|and|, and] now [if|when|once] {b}",
        lambda f: in_order(f["a"], f["b"]),
        cost=-0.2,
    )
    g.add(whole, f"{b} <before_word> {a} [already|first]", lambda f: in_order(f["a"], f["b"].begun()), cost=-0.1)
    g.add(whole, f"{a} <pair_word> {b} <order_tail>", _row, cost=-0.1)
    g.add(
        whole,
        f"{{n:numbered}} {a} [,|;|.|and|, and] {{m:numbered}} {b}",
        lambda f: in_order(f["a"], f["b"]) if (f["n"], f["m"]) == (1, 2) else REJECT,
    )
    g.add(whole, "{a:bare} -> {b:bare}", _row, cost=0.1)
    g.add(whole, "{c:told_list}", lambda f: f["c"])


def _row(f: Any) -> Any:
    return in_order(f["a"], f["b"])


def _any_order(g: Grammar, whole: str) -> None:
    """Both in any order, and either of two."""
    one = "so" if "conds" in whole else "event"
    enough = "(is|would be|will be) (enough|sufficient)"
    g.add(
        whole,
        f"{{a:{one}}} {enough} [,|;|.] (and|, and) so is (one|another|that) {{b:of_those}}",
        lambda f: like(f["a"], f["b"], either),
    )
    for joint, joined in (("(and|as well as|and also|plus)", both), ("or", either)):
        g.add(
            whole,
            f"{{a:{one}}} [,] {joint} {{b:of_those}}",
            lambda f, joined=joined: like(f["a"], f["b"], joined),
        )
    g.add(
        whole,
        f"(either|any|one|either one|any one) [of them|of two|of these] (will do|is enough|suffices|is fine|does|is sufficient|is ok) [here] (:|,) {{a:{whole}_any}} [[,] <enough>]",
        lambda f: f["a"] if isinstance(f["a"], Or) else REJECT,
    )
    g.add(
        whole,
        f"{{a:{whole}_all}} [,|;] <any_order> [,|;] <also_all>\n{{a:{whole}_all}} [,|;] <also_all> [,|;] <any_order>",
        lambda f: f["a"] if isinstance(f["a"], And) else REJECT,
    )


def _listed(g: Grammar) -> None:
    """Lists told with what holds of them first."""
    of = "[of|from|out of|among] [these|those|this|it|them|both|what follows|following] [two] [things|events|contacts|hits|conditions]"
    pair = "[,|:|;|-] {a:item} [,|;] (,|and|plus|;|or|+|&|/|and also|and too|, and also|, or) {b:item}"
    state = "[has|have|is|are|must be|having] [both] (done|true|met|fulfilled|there|complete|completed|happened|occurred|happens|happen|occurs|given|the case|come true|taken place)"
    g.add(
        "all_listed",
        f"both {of} [<happening_noun>] [<any_order>] ({state}|must happen|have to happen|need to happen) [,] [<any_order>] {pair} [<any_order>]",
        lambda f: both(f["a"], f["b"]),
    )
    g.add(
        "all_listed",
        f"[at least] (one|any|either|either one) {of} [<happening_noun>] {state} {pair}",
        lambda f: either(f["a"], f["b"]),
    )
    g.add(
        "all_listed",
        f"(just|only|exactly|precisely) one {of} [<happening_noun>] [{state}] [,] [and|but] [<not_both>] {pair} [,] [but|and] [<not_both>]",
        lambda f: one_only(f["a"], f["b"]),
    )
    row = "(in a row|in order|in sequence|one after other|one after another|in succession|successively|consecutively|in turn)"
    two = "[<first_word>] {a:item} [first|earlier] [,|;|.] (,|and|then|;|.|->|and then|, then|, and then|+|<after_word>) {b:item} [<in_the_end>]"
    many = "(two|both|2|these two) [things|events|contacts|hits|touches|collisions]"
    for lead in ("", "(after|once|when|needed are) "):
        g.add("all_listed", f"{lead}{many} {row} [, so <order_note>|, and <order_note>] [,|:|;|-] {two}", _row)
    g.add("all_listed", f"(order|sequence) [is|of|being|=] [,|:] {two}", _row)


def _notes(g: Grammar) -> None:
    """What is said of the order before or after the rule."""
    g.add("rule", "<order_note> (:|,|;|.|-|EXCL) {r:rule}", lambda f: _ordered(f["r"]))
    for order in ("{d:effects} [,] {w:when}", "{w:when} <sep> {d:effects}"):
        g.add("rule", f"{order} [,|;|.|-|LPAR] <order_note> [RPAR]", lambda f: _ordered(rule(f["w"], f["d"])))
    note = "(.|;|,|-) [do not (wait for|need|require) (both|both of them|the two|two) [,|;|:|.|-] [because|since|as]] <enough>".replace(
        "the two|", ""
    )
    for order in ("{d:effects} [,] {w:when}", "{w:when} <sep> {d:effects}"):
        g.add("rule", f"{order} {note}", lambda f: _any_of(rule(f["w"], f["d"])))
    listed = "[after|once|when|if|as soon as] [,|:] in (this|that|following) [exact] (order|sequence) [,|:] {a:item} [,|;] (,|and|then|;|and then|, then|->|, and) {b:item}"
    g.add("rule", f"{{d:effects}} [,|;|:] {listed}", lambda f: rule(Said(in_order(f["a"], f["b"])), f["d"]))
    g.add("rule", "{d:effects} [,|;|.] but {c:before_after}", lambda f: rule(Said(f["c"]), f["d"]))
    g.add(
        "before_after",
        f"{BEFORE} [,] {{a:so}} (,|and|, and|;) (after|following|behind) (it|this|that) [,] {{b:so}} [[,] <order_note>]",
        lambda f: in_order(f["a"], f["b"]),
    )


def _as_other(f: Any, mode: Mode) -> Any:
    """``Turn on Lamp when Fuse does``: what is done to the one has come about with the other."""
    doing = f["d"]
    if len(doing.steps) != 1 or len(doing.steps[0].effects) != 1 or doing.steps[0].wait:
        return REJECT
    condition = doing.steps[0].effects[0].happening_to(f["a"])
    return REJECT if condition is None else rule(Said(condition, mode), doing)


def _condition(found: Any) -> Condition | None:
    return None if found is REJECT else found.when.condition


def _ordered(found: Any) -> Any:
    return found if isinstance(_condition(found), InOrder) else REJECT


def _any_of(found: Any) -> Any:
    return found if isinstance(_condition(found), Or) else REJECT


def _needs(g: Grammar) -> None:
    """What is needed for an effect, and lists of what to look for."""
    lead = "[it|this|that|there|we|you] [is|are|must be|has] (needs|need|requires|require|takes|needed|necessary|required|given|has to be)"
    g.add(
        "rule",
        f"(for|in order|so as|) to {{d:effects}} [,] [{lead}] [<both_things>] [,|:] [that] {{c:conds}}",
        lambda f: rule(Said(f["c"]), f["d"]),
        cost=0.2,
    )
    g.add(
        "rule",
        f"for {{d:effects}} [,] [{lead}] [<both_things>] [,|:] [that] {{c:conds}}",
        lambda f: rule(Said(f["c"]), f["d"]),
        cost=0.2,
    )
    look = "(check|watch|look|look out|wait|await|test|listen) [for|on]"
    have = "(when|once|as soon as|after|if) ((you|we|i|they) (have|have got|got|has|see) [them] (both|both of them|them both|all)|both (are there|are in|have happened|happened|are done|have occurred)|they have both happened)"
    found = f"{look} <both_things> [,] [<any_order>] [,|:] {{c:two}} [,] [<any_order>] (.|;|,)"
    g.add("rule", f"{found} {{d:effects}} {have}", lambda f: rule(Said(f["c"]), f["d"]))
    g.add("rule", f"{found} [{have}] [,] [then] {{d:effects}}", lambda f: rule(Said(f["c"]), f["d"]))
    g.add(
        "rule",
        "{d:effects} [,|;] but do not [do] (it|this|that|so) (until|before) both (have|are) [both] (happened|occurred|done|there|in) [,|:] {c:two}",
        lambda f: rule(Said(f["c"]), f["d"]),
    )


def _counting(g: Grammar) -> None:
    """``Count how often Ball hits Plate. At the second hit, open Door``."""
    times = "(how often|how many times|how many times that|times that|times|each time|every time|every time that|number of times|number of times that)"
    g.add(
        "tally",
        f"<counts> {times} {{f:fact}} [in all|altogether|in total|here]",
        lambda f: of_fact(f["f"]) if not f["f"].denied else REJECT,
    )
    g.add("tally", "<counts> {h:happening}", lambda f: of_fact(f["h"]))
    comes = "[and|but|then|so] [only] (on|at|after|upon|with|when|once|by|for|in) [very]"
    one = "[one|time|of them|of these|of those|<happening_noun>] [comes|happens|is there|is reached]"
    only = "[[,] [and|but] (not (before|earlier|sooner)|only then|no sooner|no earlier|never before|nothing before)]"
    total = "[[,] LPAR {m:number} [in|at] (total|all|together|altogether|overall) [,] [that is|namely|i mean] RPAR]"
    g.add("rule", f"{{c:tally}} (.|;|,|:|?|-) {comes} {{n:ordinal}} {one} {total} {only} [,|:|->] {{d:effects}}", _nth)
    g.add("rule", f"{{c:tally}} (.|;|,|:|?|-) [and] {{d:effects}} {comes} {{n:ordinal}} {one} {total} {only}", _nth)
    g.add(
        "rule",
        f"{{c:tally}} (.|;|,|:|?|-) {comes} {{n:number}} [of them|hits|times|touches] [,|:|->] {{d:effects}}",
        _nth,
    )
    get = "(when|once|as soon as|at|if|after) (there (are|have been|were|is)|(we|you) (have|get to|come to|reach|got|are at|arrive at|have reached)|(it|this|that|count|number|tally|total|counter) (is|reaches|gets to|hits|comes to|has reached|shows|makes)|they are|reaching) {n:number} [of them|hits|times|touches|of these]"
    g.add("rule", f"{{c:tally}} (.|;|,|:|?|-) [and] {get} {total} [,|:|->] {{d:effects}}", _nth)
    g.add("rule", f"{{c:tally}} (.|;|,|:|?|-|and|, and) {{d:effects}} {get} {total}", _nth)
    g.add("rule", f"{{c:tally}} (and|, and) {{d:effects}} {comes} {{n:ordinal}} {one} {total} {only}", _nth)
    g.add("event", "{n:number} <happening_noun> {c:bare}", lambda f: counted(f["c"], f["n"]))
    g.add("so", "{n:count} [that] {f:fact}", lambda f: counted_fact(f["f"], f["n"]), cost=0.1)
    g.add("so", "{f:fact} again for {n:ordinal} time", lambda f: counted_fact(f["f"], f["n"]))
    g.add(
        "nth_time",
        "[on|at|when|only] not [at|on] {m:ordinal} [time] [,] but [only] [at|on] {n:ordinal} time [that|when] {c:conds}",
        lambda f: counted(f["c"], f["n"]) if f["n"] == f["m"] + 1 else REJECT,
    )


def _nth(f: Any) -> Any:
    if f.get("m") not in (None, f["n"]) or isinstance(f["c"], And):
        return REJECT
    condition = counted(f["c"], f["n"])
    return REJECT if condition is REJECT else rule(Said(condition), f["d"])
