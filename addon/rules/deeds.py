"""What English does with any verb of something that is done: orders, wishes, passives, nouns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .grammar import REJECT, Fields, Grammar
from .phrasing import MODAL, _class
from .reference import Ref

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
