"""What English does with any verb: tense, voice, negation, and the other ways to say that something happens.

A family lists its verbs; these functions write the clauses. A verb is written as ``bump into``, and ``*`` marks where
its object may stand too: ``turn * on`` is ``turn on the lamp`` and ``turn the lamp on``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from .grammar import REJECT, Fields, Grammar
from .model import Condition
from .reference import Ref

Aspect = Literal["event", "perfect", "state"]
"""``touches``, ``has touched``, ``is touching``."""

MODAL = "(will|would|should|shall|must|can|may|does|do|did|is to|are to|has to|have to|needs to|need to|ought to|is supposed to|is going to|(has|have) got to|must to|may|could|can to|might|ought|(is|are) (allowed|due|meant|expected|required) to|(needs|need) to|are supposed to|are going to)"
ADVERB = "{t:adverb}"
ADVERBS = "[first|first time|just|ever|finally|eventually|also|even|once|at last|at some point|for the first time|newly|successfully|so much as|still|now|really|actually|physically|directly|yet]"
EARLIER = "(already before|before already|already earlier|already|previously|earlier|before|beforehand|by then already)"
HAS = "(has|have|had|having)"
BE = "(is|are|was|were|be|gets|get|got|being|becomes)"
BEGIN = (
    "(starts|start|started|begins|begin|began|comes|come|came|gets|happens|happen|happened|manages|managed|tries) to"
)


@dataclass(frozen=True)
class Fact:
    """A condition as a clause says it, and whether it is denied."""

    condition: Condition
    denied: bool = False
    aspect: Aspect = "event"
    earlier: bool = False
    passive: bool = False
    later: bool = False


MakeCondition = Callable[[Fields, Aspect], Any]


def _class(grammar: Grammar, verbs: Iterable[str], amid: bool = False) -> str:
    """A name of its own for some verbs; its forms are phrases such as ``name/fin``.

    ``amid`` lets adverbs stand before what belongs to the verb, and how often as ``name/fin/n``: ``hits twice on``.
    """
    name = f"verb{len(grammar.classes)}"
    grammar.classes.append(name)
    for verb in verbs:
        head, _, rest = verb.partition(" ")
        for which in ("fin", "base", "en", "ing", "s"):
            between = "[<amid>]" if amid and rest and which != "s" else ""
            grammar.add(f"{name}/{which}", f"{head}~{which} {between} {rest.replace('*', ' ')}".strip())
            if which != "s" and amid:
                grammar.add(f"{name}/{which}/n", f"{head}~{which} [for] {{n:count}} {rest}", lambda f: f["n"])
    return name


AMID = "[for] first time\nfor the very first time\n(finally|at last|really|actually|directly|right|straight|also|too|then|eventually|indeed)"
"""What may stand between a verb and its preposition."""


AUXILIARY = "(does|do|did|has|have|had|will|would|should|shall|must|can)"
"""What many who learn English put before any form of a verb: ``has touch``, ``did touched``, ``must touches``."""
ENDS_UP = "(ends up|end up|ended up|winds up|wind up|wound up|gets|get|got|comes|come|came|goes|happens by|(is|are|was|were) (caught|found|seen|observed|noticed|spotted|caught in act of|in act of|in process of))"


def relation(grammar: Grammar, verbs: Iterable[str], make: MakeCondition, passive: bool = True) -> str:
    """Clauses of something that ``{a}`` does to ``{b}``; with the wholes ``fact`` and ``facting`` (without tense)."""
    verbs = list(verbs)
    name = predicate(grammar, verbs, "{b:thing}", make)
    if passive:
        _passive(grammar, name, make)
    return name


ARRIVING = (
    "arrive",
    "come",
    "go",
    "fall",
    "land",
    "get",
    "roll",
    "step",
    "climb",
    "rise",
    "enter",
    "pass",
    "drop",
    "run",
    "sink",
    "descend",
)
"""Verbs that some build their perfect of with ``is``, as ``is arrived``."""
YET = "[yet|so far|before|by then|until then|up to then|by that time|anymore|any more|any longer|at all]"


def predicate(
    grammar: Grammar,
    verbs: Iterable[str] | str,
    tail: str,
    make: MakeCondition,
    subject: str = "{a:thing}",
    cost: float = 0.0,
) -> str:
    """Clauses of something that ``{a}`` does, with what follows the verb; gives the name of the verbs."""
    verbs = [verbs] if isinstance(verbs, str) else list(verbs)
    v = _class(grammar, verbs, amid=True)

    def add(name: str, text: str, aspect: Aspect, denied: bool = False) -> None:
        grammar.add(name, f"{subject} {text} {tail} {YET if denied else ''}", fact_of(make, aspect, denied), cost)

    grammar.add("fact", f"[whether] it is {subject} (that|which|who) <{v}/fin> {tail}", fact_of(make, "event", False))
    add("fact", f"{ADVERB} <{v}/fin>", "event")
    add("fact", f"({MODAL}|{BEGIN}) {ADVERB} <{v}/base>", "event")
    add("fact", f"(starts|start|started|begins|begin|began|is|are|was|were) {ADVERB} <{v}/ing>", "state")
    grammar.add(
        "fact",
        f"{subject} ({AUXILIARY} {ADVERB} <{v}/fin>|(is|are|was|were) <{v}/base>) {tail}",
        fact_of(make, "event", False),
        cost + 0.3,
    )
    add("fact", f"({MODAL} {ADVERB} be|{ENDS_UP} {ADVERB}) <{v}/ing>", "event")
    grammar.add(
        "so",
        f"{subject} ([on|at|for|in] {{n:ordinal}} time <{v}/fin>|<{v}/fin> [for] {{n:ordinal}} time) {tail}",
        _times(make, "event"),
    )
    later = "(also|too|then|now|finally|at last|really|actually|as well)"
    grammar.add("fact", f"{subject} [does|did|do] <{v}/fin> {later} {tail}", fact_of(make, "event", False), cost + 0.3)
    grammar.add("fact_first", f"{subject} <{v}/fin> first {tail}", fact_of(make, "event", False))
    grammar.add("so", f"{subject} {HAS} {{n:count}} <{v}/en> {tail}", _times(make))
    often = f"({{n:{v}/fin/n}}|{HAS} {{n:{v}/en/n}}|{AUXILIARY} ({{n:{v}/base/n}}|{{n:{v}/fin/n}})|(is|are|was|were) {{n:{v}/ing/n}})"
    grammar.add("so", f"{subject} {often} {tail}", _times(make))
    grammar.add("so", f"having <{v}/en> {tail} [for] {{n:count}} [,] {subject}", _times(make), cost + 0.1)
    add("fact", f"{HAS} {ADVERB} <{v}/en>", "perfect")
    add("fact", f"{ADVERB} {HAS} <{v}/en>", "perfect")
    _of_all(grammar, v, tail, make, subject)
    add("fact", f"{MODAL} {ADVERB} have <{v}/en>", "perfect")
    add("fact", f"{HAS} {ADVERB} been <{v}/ing>", "state")
    if arrivals := [verb for verb in verbs if verb.partition(" ")[0] in ARRIVING]:
        w = _class(grammar, arrivals)
        add("fact", f"(is|are|was|were) {ADVERB} <{w}/en>", "perfect")
        add("fact", f"(is|are|was|were) (not|never) [yet] <{w}/en>", "perfect", True)
    for text in (
        "(has|have|had|does|did|do|will|should|would) {s} {t:adverb} (<v/en>|<v/fin>)",
        "<v/s> {s}",
        "(is|are|was|were) {s} [now|already|just] <v/ing>",
    ):
        asked = text.replace("{s}", subject).replace("<v/", f"<{v}/")
        grammar.add("question", f"{asked} {tail}", _asked(make, "state" if "ing>" in text else "event"))
    grammar.add(
        "question",
        f"(has|have|had|did|does) {subject} (not|never) [yet] (<{v}/en>|<{v}/base>) {tail} {YET}",
        _asked(make, "perfect", True),
    )
    add("fact", f"(does|do|did|will|can) not {ADVERB} <{v}/base>", "event", True)
    add("fact", f"{HAS} (not|never) {ADVERB} <{v}/en>", "perfect", True)
    add("fact", f"[still|yet] {HAS} (not|never) {ADVERB} (<{v}/fin>|<{v}/en>)", "perfect", True)
    add("fact", f"[still|yet] (does|do|did) (not|never) {ADVERB} (<{v}/fin>|<{v}/en>)", "event", True)
    add("fact", f"{HAS} yet to <{v}/base>", "perfect", True)
    add("fact", f"never <{v}/fin>", "perfect", True)
    add("fact", f"<{v}/fin> never", "perfect", True)
    add("fact", f"[has|have] (not yet|never yet) [ever] <{v}/en>", "perfect", True)
    add("fact", f"(fails|failed|fail) to <{v}/base>", "perfect", True)
    add("fact", f"(is|are|was|were) not <{v}/ing>", "state", True)
    grammar.add("seen", f"{subject} (<{v}/base>|be <{v}/ing>) {tail}", lambda f: make(f, "event"))
    grammar.add("seen", f"{subject} <{v}/base> {tail} [for] {{n:count}}", _times(make, "event"))
    add("facting", f"{ADVERB} <{v}/ing>", "event")
    add("facting", f"having {ADVERB} <{v}/en>", "perfect")
    add("facting", f"(not|never) having {ADVERB} <{v}/en>", "perfect", True)
    add("facting", f"to <{v}/base>", "event")
    add("facting", f"to have {ADVERB} <{v}/en>", "perfect")
    grammar.add("so", f"{subject} (is|are|was|were|has been) [already] {{n:count}} <{v}/ing> {tail}", _times(make))
    add("facting", f"to {ADVERB} have {ADVERB} <{v}/en>", "perfect")
    return v


def _of_all(grammar: Grammar, v: str, tail: str, make: MakeCondition, subject: str) -> None:
    """Clauses of several things of which ``all`` or ``both`` stands behind the first verb: ``have all fallen over``."""
    every = f"[now|already|finally] {FLOATED} {ADVERB}"
    ways: tuple[tuple[str, Aspect], ...] = (
        (f"{HAS} {every} <{v}/en>", "perfect"),
        (f"(is|are|was|were) {every} <{v}/ing>", "state"),
        (f"{MODAL} {every} <{v}/base>", "event"),
    )
    for text, aspect in ways:
        grammar.add("fact", f"{subject} {text} {tail}", of_each(fact_of(make, aspect, False)))


def of_each(build: Callable[[Fields], Any]) -> Callable[[Fields], Any]:
    """The same of several things, of each of which it is said."""

    def each(fields: Fields) -> Any:
        thing = fields.get("a")
        if not isinstance(thing, Ref) or not thing.many or thing.which != "all":
            return REJECT
        return build({**fields, "a": Ref(names=thing.names, which="all")})

    return each


FLOATED = "(all|both|each|all of them|both of them)"


def _passive(grammar: Grammar, v: str, make: MakeCondition) -> None:
    by = f"(<{v}/en>|<{v}/base>) [and [then|also|actually] <{v}/en>] (by|from|through) {{a:thing}}"

    def add(name: str, text: str, aspect: Aspect, denied: bool = False) -> None:
        build = fact_of(make, aspect, denied, passive=True)
        grammar.add(name, f"{{b:thing}} {text} {YET if denied else ''}", build)

    add("fact", f"{BE} {ADVERB} {by}", "event")
    add("fact", f"{MODAL} {ADVERB} be {by}", "event")
    add("fact", f"{HAS} {ADVERB} been {by}", "perfect")
    grammar.add("question", f"(has|have) [both|all] {{b:thing}} {ADVERB} been {by}", _asked(make, "perfect"))
    grammar.add(
        "question",
        f"(is|are|was|were|gets|got|does|did|do) {{b:thing}} {ADVERB} [being|been|get|become] {by}",
        _asked(make, "event"),
    )
    add("fact", f"(is|are) being {by}", "state")
    add("fact", f"(is|are) been {by}", "perfect")
    often = "({n:count}|[for|at] {n:ordinal} time)"
    grammar.add(
        "so", f"{{b:thing}} ({HAS} {ADVERB} been|{BE}) <{v}/en> {often} [already] (by|from) {{a:thing}}", _times(make)
    )
    grammar.add("so", f"{{b:thing}} [on|at|for] {{n:ordinal}} time {BE} {by}", _times(make))
    grammar.add("so", f"{{b:thing}} <{v}/en> {often} (by|from) {{a:thing}}", _times(make), 0.1)
    add("fact", f"{HAS} (not|never) {ADVERB} been {by}", "perfect", True)
    add("fact", f"(is|are|was|were|gets) (not|never) {ADVERB} {by}", "perfect", True)
    add("facting", f"[being] {ADVERB} {by}", "event")
    grammar.add("facting", f"[being] <{v}/en> {{b:thing}} (by|from) {{a:thing}}", fact_of(make, "event", False), 0.2)
    grammar.add("facting", f"{{a:thing}} 's <{v}/ing> [of] {{b:thing}}", fact_of(make, "event", False), 0.1)
    add("facting", f"having {ADVERB} been {by}", "perfect")
    add("facting", f"to (be|have been) {by}", "perfect")
    add("facting", f"not [yet] having been {by}", "perfect", True)


def reciprocal(grammar: Grammar, verbs: Iterable[str], make: Callable[[Any, Any, Aspect], Any]) -> None:
    """Clauses of what two things do with each other; ``make`` gets the two."""

    def both(fields: Fields, aspect: Aspect) -> Any:
        first, second = fields["a"]
        return make(first, second, aspect)

    other = "(each other|one another|themselves|another)"
    predicate(grammar, verbs, f"[(with|to|at|against|on|into|onto) {other}|{other}|together]", both, "{a:pair}")


def _asked(make: MakeCondition, aspect: Aspect, denied: bool = False) -> Callable[[Fields], Any]:
    """A question as the condition that its answer is yes."""

    def build(fields: Fields) -> Any:
        from .structure.said import of_fact

        condition = make(fields, aspect)
        return REJECT if condition is REJECT else of_fact(Fact(condition, denied, aspect))

    return build


def fact_of(make: MakeCondition, aspect: Aspect, denied: bool, passive: bool = False) -> Callable[[Fields], Any]:
    """Makes a clause's fact of its fields."""

    def build(fields: Fields) -> Any:
        condition = make(fields, aspect)
        when = fields.get("t")
        return REJECT if condition is REJECT else Fact(condition, denied, aspect, when == -1, passive, when == 1)

    return build


def _times(make: MakeCondition, aspect: Aspect = "perfect") -> Callable[[Fields], Any]:
    def build(fields: Fields) -> Any:
        from .structure.said import counted

        condition = make(fields, aspect)
        return REJECT if condition is REJECT else counted(condition, fields["n"])

    return build


def add_adverbs(grammar: Grammar) -> None:
    """What can stand beside a verb; its value is less than zero for what was so before, and more for what comes then."""
    grammar.add("amid", AMID)
    grammar.add("doubled", "[,] (it|they|he|she)")
    grammar.add(
        "there_is",
        "[and|then] (there|here) (is|are|goes|go) [your|our|my|the]\n[and] (you|we) [(will|can|shall) [now]|get to] (see|have|have got|get|have got ourselves|have ourselves|get ourselves|have got yourself) [your|our|my]",
    )
    grammar.add("adverb", ADVERBS, lambda f: 0)
    grammar.add("adverb", f"{ADVERBS} {EARLIER}", lambda f: -1)
    grammar.add("adverb", "then", lambda f: 1)
