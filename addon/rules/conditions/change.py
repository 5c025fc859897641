"""What lasts and can change: that something is so, and that it becomes so, of one thing.

Families derive from `Change` and give complements (``higher than 2 m``, ``at rest``); the clauses around them stand here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from pydantic import field_validator

from ..grammar import REJECT, Build, Fields, Grammar
from ..model import Condition, How, Namer
from ..phrasing import ADVERB, FLOATED, HAS, MODAL, YET, Aspect, Fact, MakeCondition, of_each
from ..reference import Ref
from ..units import told
from ..words import form
from .logic import And, Or

IT = Ref(names=(), said="it", pronoun=True)
"""Stands for the subject of a clause until that is known."""

NOW = "[now|still|already|currently|ever|first|just|finally|at last|then|by then|at that time|at that moment]"
AGAIN = "(again|once again|once more|anew)"
SEEMS = "(is|are|was|were|has been) (found|seen|known|observed|noticed|measured|noted|detected|reported) [to be|being|as]|(turns|turned) out to be|proves to be|proves"
"""What is found to be so is so."""
COPULA = f"('s|is|are|was|were|be|stays|stay|remains|remain|keeps|keep|finds itself|find themselves|{SEEMS})"
BECOMES = "((gets|get|got|takes|brings|lifts|raises|works|pulls|moves) (itself|themselves)|goes to be|gets to be|gets|get|got|becomes|become|became|goes|go|went|turns|comes to be|come to be|ends up|end up|ended up|winds up|comes|come|came|happens to be|happens to get|ever comes to be)"
BECOME = "((got|taken|brought|lifted|raised|worked|moved) (itself|themselves)|become|gotten|got|been|turned|gone|come to be|ended up)"


class Change(Condition):
    """That ``thing`` is so, or with ``begins`` that it becomes so after it was not.

    ``from_start`` is true of what counts as having become so where it is so from the start.
    """

    thing: Ref
    begins: bool = False
    from_start: ClassVar[bool] = False

    @field_validator("value", mode="before", check_fields=False)
    @classmethod
    def _as_told(cls, value: Any) -> Any:
        """Figures are kept as sentences and code show them."""
        return float(told(value)) if isinstance(value, float) else value

    @property
    def is_event(self) -> bool:  # type: ignore[override]
        """Whether the beginning is meant."""
        return self.begins

    def being(self) -> str:
        """What follows ``is``."""
        raise NotImplementedError

    def becoming(self) -> tuple[str, str]:
        """A verb for how it begins, with what follows that."""
        return "get", self.being()

    def opposite(self) -> Condition | None:
        """The condition that is so when this one is not, where a family has one."""
        return None

    def sentence(self) -> str:
        """See `Condition.sentence`."""
        verb, rest = self.becoming()
        many = self.thing.many
        clause = (
            f"{verb if many else form(verb, 's')[0]} {rest}"
            if self.begins
            else f"{'are' if many else 'is'} {self.being()}"
        )
        return f"{self.thing} {clause}".strip()

    def negated(self) -> str:
        """See `Condition.negated`."""
        verb, rest = self.becoming()
        has, be = ("have", "are") if self.thing.many else ("has", "is")
        clause = f"{has} not {form(verb, 'en')[0]} {rest}" if self.begins else f"{be} not {self.being()}"
        return f"{self.thing} {clause}".strip()

    def python(self, how: How, label: Namer) -> str:
        """See `Condition.python`."""
        if how == "onset":
            word = "becomes" if self.begins else "begins"
            return f"{word}({label(word)}, {self.now(label)})"
        if how == "ever" and self.begins:
            return f"ever({label('ever')}, {self.soonest(label)})"
        return self.now(label)

    def soonest(self, label: Namer) -> str:
        """See `Condition.soonest`."""
        if self.begins and not self.from_start:
            return f"becomes({label('becomes')}, {self.now(label)})"
        return self.now(label)

    def begun(self) -> Condition:
        """See `Condition.begun`."""
        return self.model_copy(update={"begins": True})

    def remembers(self, how: How) -> bool:
        """See `Condition.remembers`."""
        return how == "onset" or (how == "ever" and self.begins)


def of(condition: Any, thing: Ref, begins: bool) -> Any:
    """A complement said of a thing."""
    if condition is REJECT:
        return REJECT
    if isinstance(condition, Change):
        return condition.model_copy(update={"thing": thing, "begins": condition.begins or begins})
    parts = tuple(of(part, thing, begins) for part in condition.parts)
    return condition.model_copy(update={"parts": parts})


def stated(condition: Any, aspect: Aspect, denied: bool = False, gone: bool = False) -> Any:
    """A fact; what is not so is said by its opposite where there is one. ``gone``: it was so before."""
    if condition is REJECT:
        return REJECT
    if denied and not condition.is_event and isinstance(condition, Change):
        other = condition.opposite()
        if other is not None:
            begun = other.model_copy(update={"begins": True}) if gone else other
            return Fact(begun, False, aspect)
    return REJECT if gone else Fact(condition, denied, aspect)


def said(value: Any) -> Build:
    """A phrase that always gives the same."""
    return lambda fields: value


def so(make: Callable[[Fields], Any], begins: bool = True) -> MakeCondition:
    """A clause that says of its subject what a complement made of its other fields says."""
    return lambda fields, aspect: of(make(fields), fields["a"], begins)


def clauses(grammar: Grammar, complement: str, subject: str = "{a:thing}") -> None:
    """Clauses that say a complement of a thing; the complement's value is a `Change` of `IT`."""

    def add(name: str, text: str, begins: bool, denied: bool = False, cost: float = 0.0, gone: bool = False) -> None:
        """One way to say it; ``gone``: it was so before."""

        def build(f: Fields) -> Any:
            return stated(of(f["c"], f["a"], begins), "event" if begins else "state", denied, gone)

        def nobody(f: Fields) -> Any:
            return REJECT if gone or denied else build(f)

        grammar.add(name, f"{subject} {text} {YET if denied else ''}", build, cost)
        if name == "fact":
            grammar.add(name, f"{{a:nobody}} {text} {YET}", nobody, cost)

    grammar.add(
        "nobody",
        "neither {a:single} nor {b:single}",
        lambda f: Ref(names=tuple(dict.fromkeys((*f["a"].names, *f["b"].names))), which="none"),
    )
    for joint, kind in (("[,] (and|but|and also|and at the same time|while|and still)", And), ("or", Or)):
        between = joint.replace("the ", "")
        grammar.add("row", f"{{c:{complement}}} {between} {{d:{complement}}}", _both(kind))
    grammar.add("row", f"{{c:{complement}}}", lambda f: f["c"])
    c = "{c:row}"
    add("fact", f"{COPULA} {NOW} {c} [now]", False)
    each = of_each(lambda f: stated(of(f["c"], f["a"], False), "state"))
    grammar.add("fact", f"{subject} {COPULA} {NOW} {FLOATED} {NOW} {c} [now]", each)
    grammar.add("fact", f"there (is|are|was) {subject} [left|still] {c}", _of_none, 0.1)
    add("fact", f"{COPULA} [now] {AGAIN} {c}", True, cost=-0.1)
    add("fact", f"{COPULA} [now] {c} {AGAIN}", True, cost=-0.1)
    add("fact", f"{MODAL} be {c}", False)
    add("fact", f"{HAS} {ADVERB} (stayed|remained|kept|kept being) {c}", False)
    add("fact", f"{COPULA} {NOW} (located|situated|positioned|standing|placed) {c}", False)
    add("fact", f"(is|are|was|were) {NOW} (becoming|getting|turning|going|coming|become|became) {c}", True, cost=0.1)
    add("fact", f"(is|are) (being|been) {c}", True, cost=0.1)
    grammar.add("fact", f"(is|are|was) {subject} {NOW} {c}", lambda f: stated(of(f["c"], f["a"], False), "state"), 0.3)
    asked = lambda f: of(f["c"], f["a"], False)  # noqa: E731
    grammar.add("question", f"(is|are|was|were) {subject} {NOW} {c}", asked)
    grammar.add("question", f"[has|have|is] {subject} {NOW} {BECOME} {c}", lambda f: of(f["c"], f["a"], True))
    grammar.add("question", f"{subject} {NOW} {c}", asked, 0.1)
    add("fact", f"{COPULA} [then|by then|at that time|at that moment|still] (not|never) [then] {c}", False, True)
    add("fact", f"(is|are|was|were|gets) (no longer|not anymore|not any longer|no more) {c}", False, True, gone=True)
    no_more = "(anymore|any more|any longer)"
    add("fact", f"{COPULA} not {c} {no_more}", False, True, cost=-0.1, gone=True)
    add("fact", f"{ADVERB} {BECOMES} {NOW} {c} [again|once more]", True)
    add("fact", f"(does|do|did|will|can) not (get|become|go|turn) {c}", True, True)
    add("fact", f"{HAS} {ADVERB} {BECOME} {c} [again]", True)
    add("fact", f"{HAS} (not|never) [yet|ever] {BECOME} {c}", True, True)
    add("fact", f"{HAS} yet to (be|become|get) {c}", True, True)
    add(
        "fact",
        f"(stops|stop|stopped|ceases|cease|ceased|has stopped|has ceased) (being|to be) {c}",
        False,
        True,
        gone=True,
    )
    add("fact", c, False, cost=0.3)
    add("fact", f"not {c}", False, True, cost=0.35)
    add("facting", f"being {c}", False)
    of_it = "['s (height|position|place|altitude|level|state|z|speed)]"
    grammar.add(
        "watched",
        f"<look_at> {subject} {of_it} (.|;|:|,|?|-) [is it|if it is|once it is|when it is|if|when|once|is he|if so] {c} [?]",
        asked,
    )
    add("facting", f"{ADVERB} (getting|becoming|going|turning) {c}", True)
    add("facting", f"having (become|gotten|got|gone|been) {c}", True)
    add("facting", f"to (be|get|become|go) {c}", True)


def _of_none(fields: Fields) -> Any:
    """``There is no domino standing``."""
    return stated(of(fields["c"], fields["a"], False), "state") if fields["a"].which == "none" else REJECT


def _both(kind: type[And] | type[Or]) -> Build:
    return lambda fields: kind(parts=(fields["c"], fields["d"]))
