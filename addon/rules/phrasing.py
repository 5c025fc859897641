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
ADVERBS = "[first|first time|just|ever|finally|eventually|also|even|once|at last|at some point|for the first time|newly|successfully|so much as|still|now|then|really|actually|physically|directly|yet]"
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
    later = "(also|too|then|now|finally|first|at last|really|actually|as well)"
    grammar.add("fact", f"{subject} [does|did|do] <{v}/fin> {later} {tail}", fact_of(make, "event", False), cost + 0.3)
    grammar.add("so", f"{subject} {HAS} {{n:count}} <{v}/en> {tail}", _times(make))
    often = f"({{n:{v}/fin/n}}|{HAS} {{n:{v}/en/n}}|{AUXILIARY} ({{n:{v}/base/n}}|{{n:{v}/fin/n}})|(is|are|was|were) {{n:{v}/ing/n}})"
    grammar.add("so", f"{subject} {often} {tail}", _times(make))
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
    add("fact", f"[still|yet] ({HAS}|does|do|did) (not|never) {ADVERB} (<{v}/fin>|<{v}/en>)", "perfect", True)
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
        return REJECT if condition is REJECT else Fact(condition, denied, aspect, bool(fields.get("t")), passive)

    return build


def _times(make: MakeCondition, aspect: Aspect = "perfect") -> Callable[[Fields], Any]:
    def build(fields: Fields) -> Any:
        from .structure.said import counted

        condition = make(fields, aspect)
        return REJECT if condition is REJECT else counted(condition, fields["n"])

    return build


ITS = Ref(names=(), said="it", pronoun=True)
ELIDED = Ref(names=(), pronoun=True)
"""The thing last acted on, which a clause such as ``and spins`` leaves out."""

MakeEffect = Callable[[Any, tuple[tuple[str, Any], ...]], Any]
"""From a thing and what is said of how; gives an effect or `REJECT`."""

TO_DO = "[always|also|just|then|now|again|only|each|both|all|too|as well|likewise|in turn|(,|-) too ,|therefore|thereupon|at last|finally]"
LET = "(make|makes|make that|let|lets|have|has|cause|causes|get|gets|want|[we|you|i] (want|need) [that]|[we|you|i] would (have|let|see|like|love|make|get)|like|tell|force|allow|permit|enable|start|set|order|command|instruct|bid|see|keep|mind|watch)"
MAKE = LET.replace("|see|keep|mind|watch", "")
"""Who makes a thing be something; to keep it so is no change."""
CAUSES = (
    "(do|perform|carry out|trigger|initiate|effect|execute|start|begin|cause|apply|bring about|command|order|set off)"
)


def deed(
    grammar: Grammar,
    make: MakeEffect,
    *,
    verbs: Iterable[str] = (),
    does: Iterable[str] = (),
    nouns: Iterable[str] = (),
    states: Iterable[str] = (),
    thing: str = "thing",
) -> None:
    """Clauses of an effect: what somebody does to a thing (``verbs``), what the thing does (``does``), what is done to it
    (``nouns``: ``the release of Ball``), and how it is then (``states``: ``make Lamp red``, ``Lamp becomes red``).

    ``thing`` is the phrase of what it is done to.
    """

    def build(fields: Fields) -> Any:
        mods = joined(*(fields.get(part, ()) for part in ("p", "m", "n")))
        return REJECT if mods is None else make(fields["x"], mods)

    verbs = list(verbs)
    if verbs:
        _done_by_somebody(grammar, verbs, build, thing)
    if does := list(does):
        _done_by_it(grammar, _class(grammar, does), build, thing)
    if nouns := list(nouns):
        _happening(grammar, "|".join(nouns), build, thing)
    for state in states:
        _being(grammar, state, build, thing)


def joined(*parts: tuple[tuple[str, Any], ...]) -> tuple[tuple[str, Any], ...] | None:
    """What is said of how in several places of a clause; None where two of them contradict each other."""
    pairs = dict.fromkeys(pair for part in parts for pair in part)
    keys = [key for key, _ in pairs]
    return None if len(set(keys)) != len(keys) else tuple(sorted(pairs, key=lambda pair: pair[0]))


DONE = "(triggered|initiated|effected|made|carried out|performed|brought about|granted|occasioned|executed|done|started|undertaken|put into effect|given effect|caused|accomplished|arranged|commenced|begun|set off|set going|set in motion|completed|achieved|commenced and (completed|finished)|started and (completed|finished)|begun and (completed|finished)|realised|realized|to be (effected|executed|carried out|performed|made|initiated|started|undertaken|accomplished|completed|commenced))"
OCCURS = (
    "(takes place|happens|occurs|follows|ensues|results|begins|commences|starts|comes about|sets in|is due|is needed|is required|goes ahead"
    "|(shall|must|should|will|is to|has to|may|can) (take place|happen|occur|follow|ensue|begin|commence|start|come about|set in)"
    f"|(is|gets|is being) [then|thereby|thus|thereupon|also|likewise] {DONE}"
    f"|(shall|must|should|will|may|can|has to|is to|needs to) [then|also|likewise] be [then|thereby] {DONE})"
)
"""That what a noun tells takes place."""
DONE_BY = f"(is|gets|is being|(shall|must|should|will|may|can|has to|is to|needs to) [then|also|likewise] be) [then|also|likewise] ({DONE}|undergone|experienced|taken) by"


_GRANTED = "(imparted|given|conferred|bestowed|applied|assigned|transmitted|granted|communicated|lent|transferred|delivered|awarded|allotted|administered|passed on|supplied|accorded)"
_BESIDES = "[each|both|also|then|now|all|likewise|too|as well|thereby|thereupon|thus|each one|constantly|continually|continuously|again]"
IMPARTED = f"((is|are|gets|is being|are being|(shall|must|should|will|is to|has to|are to|have to|may|can) {_BESIDES} be) {_BESIDES} {_GRANTED} {_BESIDES} (to|on|upon|onto) {_BESIDES})"
_GETS = "(gets|get|receives|receive|obtains|obtain|acquires|acquire|has|have|takes on|take on|gains|gain|attains|attain|assumes|assume|experiences|experience)"
RECEIVES = f"({_GETS}|(has|have) got|(is|are) (getting|receiving|obtaining|taking on|acquiring|having)|(is|are|gets|get|is being|are being) {_BESIDES} (given|imparted|granted|lent|assigned|handed|endowed with|supplied with|provided with|furnished with)|(is|are|shall|must|should|will|has|have|may|can|ought|needs|need|is going|are going) {_BESIDES} [to] {_BESIDES} (be given|be imparted|be granted|be lent|get|receive|have|obtain|be assigned|acquire|take on|be getting|be receiving)|must [to] (gets|receives|has|getting|receiving)) {_BESIDES} [itself|themselves|both of them|each of them]"
"""``A velocity … shall be imparted to Ball``, ``Ball shall be given a velocity …``."""


NOT_BE = "((is|are) not|(must|should|shall|may|can|will|is to|are to) not be|(is|are) not to be|(does|do) not get)"
NOT_DO = "((must|should|shall|may|can|will|does|do|is to|are to) not|(is|are) not to|(is|are) not allowed to)"
"""``Ball is not released``, ``Ball must not fall``: what waits for something else."""


def _happening(grammar: Grammar, nouns: str, build: Callable[[Fields], Any], thing: str) -> None:
    """Clauses of a noun: ``the release of Ball``, ``a rotation of Door by 45 degrees shall be effected within 1 s``."""
    done = "(undergo|undergoes|experience|experiences|perform|performs|make|makes|do|does|carry out|carries out|execute|executes|get|gets|receive|receives)"
    grammar.add(
        "doing_noun",
        f"{{p:nounmods}} ({nouns}) of {{x:{thing}}} {{m:mods}}\n{{p:nounmods}} {{x:{thing}}} 's ({nouns}) {{m:mods}}",
        build,
    )
    grammar.add("done_to", [f"{{x:{thing}}} 's ({nouns}) {{m:mods}}", f"{{p:nounmods}} ({nouns}) of {{x:{thing}}} {{m:mods}}"], build)  # fmt: skip
    grammar.add("clause", [
        f"[{CAUSES}] {{p:premods}} ({nouns}) of {{x:{thing}}} {{m:mods}}", f"{{p:nounmods}} ({nouns}) of {{x:{thing}}} {{m:mods}} [,] {OCCURS} {{n:mods}}",
        f"{{p:nounmods}} {{x:{thing}}} 's ({nouns}) {{m:mods}} [,] [{OCCURS}] {{n:mods}}", f"(it is needed|it is necessary|it is time for|it needs|there shall be|there is) {{p:nounmods}} ({nouns}) of {{x:{thing}}} {{m:mods}}",
        f"{{p:nounmods}} ({nouns}) {{m:mods}} [,] ({IMPARTED}|{DONE_BY}) {{x:{thing}}} {{n:mods}}", f"{{p:nounmods}} ({nouns}) {{m:mods}} of {{x:{thing}}} {{n:mods}} [,] {OCCURS}",
        f"{{x:{thing}}} [is to|shall|must|should|has to|will] {done} {{p:nounmods}} ({nouns}) {{m:mods}}",
    ], build)  # fmt: skip


def _being(grammar: Grammar, state: str, build: Callable[[Fields], Any], thing: str) -> None:
    """Clauses of how something is then: ``make Lamp red``, ``Lamp becomes red``, ``Lamp: red``."""
    verbs = "(be|become|turn|go|get|stay|come|remain|be put|be set|be made|be rendered|be turning|be getting)"
    becomes = "is|are|becomes|become|turns|turn|goes|go|gets|get|comes|is set to|(is|are) (becoming|turning|getting|going|coming|put|set|made|rendered|now|become|brought|taken|switched|turned|changed)|changes|switches|has become|is in|becomes to be|gets to be|goes to be|comes to be|is found|is to be found|is brought|enters"
    grammar.add("clause", [
        f"(make|turn|set|render|get|put|have|switch|see|makes|turns|sets|puts|switches|making) {{x:{thing}}} [to|to be|into|be] {state} {{m:mods}}", f"<there_is> {{x:{thing}}} {state} {{m:mods}}",
        f"{{x:{thing}}} {TO_DO} ({MODAL} {TO_DO} {verbs}|{becomes}) {TO_DO} {state} {{m:mods}}",
    ], build)  # fmt: skip
    grammar.add("clause", [
        f"(we|you) (have|get|have got) [ourselves|yourself|yourselves] {state} {{x:{thing}}}", f"it is {{x:{thing}}} (that|which|who) ({MODAL} {TO_DO} {verbs}|{becomes}) {state} {{m:mods}}",
    ], build, cost=0.2)  # fmt: skip
    grammar.add("undone", f"{{x:{thing}}} ({NOT_BE}|{NOT_DO} (go|become|turn|come|get)) {state} {{m:mods}}", build)
    grammar.add("done_to", f"{{x:{thing}}} (being|becoming|going|turning|getting|coming) {state} {{m:mods}}", build)
    grammar.add("clause", f"(make|set|render|get) {state} {{x:{thing}}} {{m:mods}}", build, cost=0.2)
    grammar.add(
        "clause",
        f"{{x:{thing}}} (being|to be|becoming|getting|having been) [now|thereby|thus|then] {state} {{m:mods}}",
        build,
        cost=0.3,
    )
    grammar.add(
        "trailing",
        f"{{x:elided/{thing}}} (is|are|gets|becomes|goes|turns|{MODAL} be) {TO_DO} {state} {{m:mods}}",
        build,
        cost=0.1,
    )
    grammar.add("clause", f"{{x:{thing}}} {TO_DO} {DUE} {TO_DO} [to] (being|becomes|becoming|goes|gets|getting|turns|turning|is) {state} {{m:mods}}", build, cost=0.2)  # fmt: skip
    grammar.add("clause", f"{{x:{thing}}} {{s:doubled}} {TO_DO} ({MODAL} {TO_DO} {verbs}|{becomes}) {TO_DO} {state} {{m:mods}}", build, cost=0.2)  # fmt: skip
    grammar.add("clause", f"(we|you|i) (need|want|have) {{x:{thing}}} [to be] {TO_DO} {state} {{m:mods}}", build)
    grammar.add("clause", f"{{x:{thing}}} [:|->|=|then|-|,] [now|again|also|too] {state} {{m:mods}}", build, cost=0.3)


def _done_by_somebody(grammar: Grammar, verbs: list[str], build: Callable[[Fields], Any], thing: str) -> None:
    name = _class(grammar, verbs)
    for verb in verbs:
        head, rest = verb.partition(" ")[::2]
        for which in ("fin", "base", "en", "ing", "s"):
            own = f"{head}~{which} "
            also = "[also|too|likewise|:]"
            grammar.add(f"{name}/{which}/x", f"{own} {rest.replace('*', ' ')} {also} {{x:{thing}}}", lambda f: f["x"])
            if "*" in verb:
                grammar.add(
                    f"{name}/{which}/x", f"{own} {also} {{x:{thing}}} {rest.replace('*', ' ')}", lambda f: f["x"]
                )
        if "*" in verb:
            grammar.add(f"{name}/self", f"{head}~fin (itself|themselves) {rest.replace('*', ' ')}")
    grammar.add("clause", f"{{x:{thing}}} {TO_DO} [{MODAL}] {TO_DO} <{name}/self> {{m:mods}}", build, cost=0.1)
    who = "(we|you|i|it|this|that|one)"
    grammar.add("clause", f"[{WISH}] {{p:premods}} {{x:{name}/base/x}} {{m:mods}}", build)
    grammar.add("clause", f"to {{p:premods}} ({{x:{name}/base/x}}|{{x:{name}/fin/x}}) {{m:mods}}", build, cost=0.4)
    grammar.add("clause", f"[it is] (time|needed|necessary|required|wanted) to {{x:{name}/base/x}} {{m:mods}}", build)
    grammar.add("clause", f"{{x:{thing}}} (:|-) [now|then|just] <{name}/base> [it|them] {{m:mods}}", build, cost=0.5)
    grammar.add("clause", f"{{x:{thing}}} , <{name}/base> (it|them) {{m:mods}}", build, cost=0.5)
    grammar.add(
        "clause",
        f"{{x:{thing}}} (being|to be|getting|having been) {{p:premods}} <{name}/en> {{m:mods}}",
        build,
        cost=0.3,
    )
    grammar.add("clause", f"{{x:{thing}}} (needs|need|wants|want|deserves) <{name}/ing> {{m:mods}}", build, cost=0.1)
    grammar.add("clause", f"{{x:{thing}}} {{s:doubled}} {TO_DO} (is|are|gets|get|{MODAL} {TO_DO} be) {TO_DO} {{p:premods}} <{name}/en> {{m:mods}}", build, cost=0.2)  # fmt: skip
    grammar.add("clause", f"{who} {TO_DO} [{MODAL}] {{p:premods}} {{x:{name}/fin/x}} {{m:mods}}", build)
    grammar.add("clause", f"(we|you|i|one) (is|are|am) {TO_DO} {{p:premods}} {{x:{name}/ing/x}} {{m:mods}}", build)
    grammar.add(
        "clause", f"(we|you|i|one) (have to|has to|must|need to|should) {{x:{name}/ing/x}} {{m:mods}}", build, cost=0.3
    )
    grammar.add("clause", f"(start|begin|keep|keep on|continue|by|mind) {{x:{name}/ing/x}} {{m:mods}}", build)
    grammar.add("clause", f"<there_is> {{x:{thing}}} {TO_DO} {{p:premods}} <{name}/en> {{m:mods}}", build, cost=0.1)
    grammar.add("clause", f"{{x:{name}/ing/x}} {{m:mods}}", build, cost=0.5)
    grammar.add("trailing", f"{{x:elided/{thing}}} [is|are|gets] {{p:premods}} <{name}/en> {{m:mods}}", build)
    after, subject = f"<{name}/en>", f"{{x:{thing}}} {TO_DO}"
    grammar.add("clause", f"{subject} (is|are|gets|get|becomes|is being|are being|is getting|are getting) {TO_DO} {{p:premods}} {after} {{m:mods}}", build)  # fmt: skip
    grammar.add("clause", f"{subject} {MODAL} {TO_DO} (be|get|become) {TO_DO} {{p:premods}} {after} {{m:mods}}", build)
    grammar.add("clause", f"{{x:{thing}}} (must|should|shall|has to|have to) be <{name}/base> {{m:mods}}", build, cost=0.4)  # fmt: skip
    grammar.add("clause", f"{subject} [is|are] {TO_DO} [{CUE}] to be {TO_DO} {{p:premods}} {after} {{m:mods}}", build)
    grammar.add("clause", f"{{x:{thing}}} [:|->|,|-] {after} {{m:mods}}", build, cost=0.5)
    grammar.add("clause", f"{MAKE} {{x:{thing}}} [to] [be|get] {TO_DO} {after} {{m:mods}}", build)
    gerund = f"<{name}/ing> of {{x:{thing}}} {{m:mods}}"
    grammar.add(
        "doing_noun", f"{{p:nounmods}} {gerund}\n{{x:{thing}}} being {{p:premods}} <{name}/en> {{m:mods}}", build
    )
    grammar.add("causing", f"{{p:premods}} {{x:{name}/s/x}} {{m:mods}}", build)
    grammar.add(
        "clause",
        f"it is {{x:{thing}}} (that|which|who) (is|gets|are|{MODAL} be) {TO_DO} {after} {{m:mods}}",
        build,
        cost=0.2,
    )
    grammar.add("clause", f"it is {{x:{thing}}} (that|which|who) (is|gets|are|{MODAL} be) {TO_DO} {after} {{m:mods}}", build, cost=0.2)  # fmt: skip
    grammar.add("undone", f"{{x:{thing}}} {NOT_BE} <{name}/en> {{m:mods}}", build)
    grammar.add("does_to", f"{{p:premods}} {{x:{name}/fin/x}} {{m:mods}}", build)
    grammar.add("doing_to", f"{{p:premods}} {{x:{name}/ing/x}} {{m:mods}}", build)
    grammar.add("done_to", f"{{x:{thing}}} (being|getting|to be) {{p:premods}} {after} {{m:mods}}", build)
    grammar.add("clause", f"{{p:nounmods}} {gerund} [,] {OCCURS} {{n:mods}}", build)
    grammar.add(
        "clause", f"(it is needed|it is necessary|it is time for|there shall be) {{p:nounmods}} {gerund}", build
    )


WISH = "just|let us|(you|we|i) [(have|need|got|want|are|ought) to|must [to]|may|can|should|could|might|would better|better|shall|will|also|just] [just|also|then|now]|do|help to"
DUE = "(must|should|shall|has to|have to|will|needs to|need to|ought to|may|can)"
CUE = "'s (cue|sign|signal|moment|turn|chance|time)"


def _done_by_it(grammar: Grammar, name: str, build: Callable[[Fields], Any], thing: str) -> None:
    grammar.add("trailing", f"{{x:elided/{thing}}} {TO_DO} {{p:premods}} <{name}/fin> {{m:mods}}", build)
    grammar.add("clause", f"{{x:{thing}}} {TO_DO} {{p:premods}} <{name}/fin> {{m:mods}}", build)
    grammar.add("clause", f"{{x:{thing}}} {TO_DO} {MODAL} {TO_DO} [be] {{p:premods}} (<{name}/base>|be <{name}/ing>) {{m:mods}}", build)  # fmt: skip
    grammar.add("clause", f"{{x:{thing}}} {TO_DO} (starts|start|begins|begin|keeps|keep|keeps on|keep on|is|are) {TO_DO} <{name}/ing> {{m:mods}}", build)  # fmt: skip
    grammar.add("clause", f"{{x:{thing}}} {TO_DO} [starts|start|begins|begin|is|are] [{CUE}] to <{name}/base> {{m:mods}}", build)  # fmt: skip
    grammar.add("clause", f"{LET} {{x:{thing}}} {TO_DO} [to] {{p:premods}} [start|begin] [to] <{name}/base> {{m:mods}}", build)  # fmt: skip
    grammar.add("clause", f"{LET} {{x:{thing}}} {TO_DO} [start|begin|keep] <{name}/ing> {{m:mods}}", build)
    grammar.add("clause", f"<there_is> {{x:{thing}}} {TO_DO} {{p:premods}} <{name}/ing> {{m:mods}}", build, cost=0.1)
    grammar.add("clause", f"it is {{x:{thing}}} (that|which|who) [{MODAL}] {TO_DO} <{name}/fin> {{m:mods}}", build, cost=0.2)  # fmt: skip
    grammar.add("undone", f"{{x:{thing}}} {NOT_DO} <{name}/base> {{m:mods}}", build)
    grammar.add("done_to", f"{{x:{thing}}} (to {{p:premods}} <{name}/base>|{{p:premods}} <{name}/base>|{{p:premods}} <{name}/ing>) {{m:mods}}", build)  # fmt: skip
    grammar.add("clause", f"{{x:{thing}}} (:|->|,) [then|now] <{name}/fin> {{m:mods}}", build, cost=0.4)
    caused = "(is|are|gets|get|is being|(is to|are to|shall|must|should|has to|have to|will|may|can) be) (made|caused|brought|set|forced|told|allowed|let|permitted|enabled|ordered|got|started|driven)"
    grammar.add("clause", f"{{x:{thing}}} {caused} {TO_DO} [to] {{p:premods}} <{name}/base> {{m:mods}}", build)
    grammar.add("clause", f"{{x:{thing}}} (does|do|did) [also|too] {{p:premods}} <{name}/base> {{m:mods}}", build)
    # Learners put the verb behind 'should' in any of its forms.
    grammar.add("clause", f"{{x:{thing}}} {TO_DO} {DUE} {TO_DO} [to] {{p:premods}} (<{name}/ing>|<{name}/fin>) {{m:mods}}", build, cost=0.2)  # fmt: skip
    grammar.add("clause", f"{{x:{thing}}} {{s:doubled}} {TO_DO} [{MODAL}] {{p:premods}} (<{name}/fin>|<{name}/base>|is <{name}/ing>) {{m:mods}}", build, cost=0.2)  # fmt: skip


def add_adverbs(grammar: Grammar) -> None:
    """What can stand beside a verb; its value tells whether something was so before."""
    grammar.add("amid", AMID)
    grammar.add("doubled", "[,] (it|they|he|she)")
    grammar.add(
        "there_is",
        "[and|then] (there|here) (is|are|goes|go) [your|our|my|the]\n[and] (you|we) [(will|can|shall) [now]|get to] (see|have|have got|get|have got ourselves|have ourselves|get ourselves|have got yourself) [your|our|my]",
    )
    grammar.add("adverb", ADVERBS, lambda f: False)
    grammar.add("adverb", f"{ADVERBS} {EARLIER}", lambda f: True)
