"""A measure of a thing against a limit: ``Ball's height is more than 2 m``, ``Counter.count reaches 3``.

Families name measures (``measure``: a `Measure`) and say how each sounds in a clause of its own (``Ball is faster than``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from ..grammar import REJECT, Build, Fields, Grammar
from ..phrasing import Aspect, Fact, predicate
from ..reference import Ref
from ..units import Quantity
from .change import SEEMS, clauses, of, stated
from .logic import And

Op = Literal["above", "below", "at_least", "at_most", "at", "reach", "past"]
"""More than, less than, no less than, no more than, just, and seen from the first step: at it or beyond, beyond it."""

SIGNS: dict[Op, str] = {"above": ">", "below": "<", "at_least": ">=", "at_most": "<=", "at": "=="}
OPPOSITES: dict[Op, Op] = {"above": "at_most", "below": "at_least", "at_least": "below", "at_most": "above"}
SAID: dict[Op, str] = {"above": "more than", "below": "less than", "at_least": "at least", "at_most": "at most"}

THAN = "(than|as|then)"
"""What compares; many who learn English write ``higher as`` or ``higher then``."""
MORE = f"((more|greater|larger|bigger|higher|better) {THAN}|over|above|in excess of|exceeding|beyond|upwards of|GT|upward of|past)"
LESS = f"((less|smaller|lower|fewer) {THAN}|under|below|LT|beneath)"
LEAST = "(at least|no less than|not less than|GE|a minimum of|minimum|greater than or equal to|more than or equal to|greater or equal to|no fewer than|at the least|no lower than|not under|not below)"
MOST = "(at most|no more than|not more than|LE|a maximum of|maximum|less than or equal to|smaller than or equal to|up to|not over|not above|no higher than)"
UPWARD = "[or] (more|above|over|greater|higher|beyond|faster|quicker|further|up|farther|and more|and above|and up)"
DOWNWARD = "[or] (less|below|under|smaller|lower|slower|closer|nearer|fewer|down|and less)"


@dataclass(frozen=True)
class Measure:
    """A measure of a thing: what it is of, what its quantity measures, and the condition that compares it."""

    thing: Ref
    dimensions: tuple[str, ...]
    make: Callable[[Op, Any], Any]


def limit(op: str) -> Build:
    """A limit of a kind, as a pair."""
    return lambda fields: (op, fields["v"])


def bounds(grammar: Grammar, name: str, value: str) -> None:
    """Ways to say a limit, as pairs of `Op` and value: ``more than 3 m/s``, ``3 m/s or more``."""
    v = f"{{v:{value}}}"
    for op, lead in (("above", MORE), ("below", LESS), ("at_least", LEAST), ("at_most", MOST)):
        grammar.add(name, f"{lead} {v}", limit(op))
    grammar.add(
        name,
        [f"{v} or {UPWARD}".replace("or [or]", "or"), f"{v} (upwards|at least|at the least)"],
        lambda f: ("at_least", f["v"]),
    )
    grammar.add(name, [f"{v} or {DOWNWARD}".replace("or [or]", "or"), f"{v} at most"], lambda f: ("at_most", f["v"]))


def than(grammar: Grammar, name: str, more: Iterable[str], less: Iterable[str], value: str) -> None:
    """Limits in comparatives: ``faster than``, ``at least as fast as``, and ``3 m/s fast or faster``."""
    v = f"{{v:{value}}}"
    for words, op, other in ((more, "above", "at_most"), (less, "below", "at_least")):
        said = "|".join(words)
        grammar.add(name, f"[even|still|more] ({said}) {THAN} {v}", limit(op))
        grammar.add(name, f"(no|not) ({said}) {THAN} {v}", limit(other))


UP = ["rise above", "rise over", "rise past", "rise beyond", "rise to above", "rise to over", "climb above", "climb over", "climb past", "climb beyond", "grow above", "grow over", "grow beyond", "grow past", "grow to over", "increase to more than", "increase above", "increase beyond", "increase to over", "go above", "go over", "go beyond", "go past", "go up above", "go up over", "go up beyond", "get above", "get over", "get past", "get beyond", "get more than", "get greater than", "get to more than", "get to over", "become more than", "become greater than", "become larger than", "become higher than", "become bigger than", "get higher than", "get bigger than", "get larger than", "top", "surpass", "pass", "cross above", "overtake", "move above", "shoot above", "shoot past", "jump above", "jump to over", "come above", "move past"]  # fmt: skip
DOWN = ["fall below", "fall under", "fall to below", "fall to under", "fall to less than", "fall beneath", "drop below", "drop under", "drop to below", "drop to under", "drop beneath", "drop to less than", "sink below", "sink under", "sink to below", "sink to under", "go below", "go under", "go down below", "go down under", "go down to below", "decrease below", "decrease to less than", "decrease to below", "decrease to under", "decline below", "get below", "get under", "get less than", "get to less than", "get to below", "get smaller than", "get lower than", "become less than", "become smaller than", "become lower than", "dip below", "dip under", "shrink below", "shrink to less than", "come below", "come under", "come down below", "move below", "slow below"]  # fmt: skip
REACHES = ["reach", "get to", "come to", "hit", "attain", "arrive at", "go to", "rise to", "climb to", "fall to", "drop to", "grow to", "increase to", "go up to", "go down to", "sink to", "come up to", "get up to", "make it to", "arrive to", "arrive on", "reach to", "be up to", "arrive", "get on", "get up on", "come on"]  # fmt: skip


def add(grammar: Grammar) -> None:
    """The clauses of all measures and complements."""
    clauses(grammar, "complement")
    grammar.add("amount", "{q:quantity}", lambda f: f["q"])
    bounds(grammar, "bound", "amount")
    grammar.add("comparison", "{b:bound}", lambda f: f["b"])
    grammar.add(
        "comparison",
        "(equal to|= |== |exactly|just|at exactly|the same as|precisely) {v:amount}",
        lambda f: ("at", f["v"]),
    )
    grammar.add("comparison", "[at|of] {v:amount}", lambda f: ("at", f["v"]))

    def compared(begins: bool, denied: bool = False) -> Callable[[Fields], Any]:
        return lambda f: stated(_compared(f["m"], f["b"][0], f["b"][1], begins), "state", denied)

    is_ = f"(is|are|was|were|be|stays|remains|stands at|lies|amounts to|measures|{SEEMS})"
    grammar.add(
        "fact", f"{{m:measure}} {is_} [now|still|again|currently|already] {{b:comparison}} [again]", compared(False)
    )
    grammar.add("fact", f"{{m:measure}} {is_} (not|never) {{b:comparison}}", compared(False, True))
    grammar.add("fact", f"{{m:measure}} {is_} [now|still] between {{a:amount}} and {{b:amount}}", _between)
    watch = "(have a look at|look at|watch|check|keep an eye on|keep watch on|mind|take)"
    for verb in ("it is", "that is", "it gets", "it goes", "it becomes", "it rises"):
        begins = verb not in ("it is", "that is")
        grammar.add(
            "watched",
            f"{watch} {{m:measure}} [:|;|,|.] [and] (if|when|once|as soon as) {verb} [ever|now] {{b:comparison}}",
            lambda f, b=begins: _compared(f["m"], f["b"][0], f["b"][1], b),
        )
    grammar.add("fact", "{m:measure} {b:bound}", compared(False), cost=0.2)
    grammar.add("fact", "{m:measure} (= |== |equals|equalling) {v:amount}", lambda f: _said(f, "at"))
    grammar.add("fact", "{m:measure} (!= |does not equal|is different from) {v:amount}", lambda f: _said(f, "at", True))
    grammar.add(
        "fact",
        "{m:measure} (has become|becomes|became|become|turns|has turned) {v:amount}",
        lambda f: _said(f, "at", begins=True),
    )
    ways: tuple[tuple[list[str], Op], ...] = ((["exceed"], "above"), (UP, "above"), (DOWN, "below"), (REACHES, "reach"))
    for verbs, op in ways:
        predicate(grammar, verbs, "{v:amount}", _maker(op, verbs != ["exceed"]), "{m:measure}")


def _between(fields: Fields) -> Any:
    low, high = sorted((fields["a"], fields["b"]), key=lambda amount: amount.value)
    parts = (_compared(fields["m"], "at_least", low, False), _compared(fields["m"], "at_most", high, False))
    return REJECT if REJECT in parts or low.dimension != high.dimension else Fact(And(parts=parts), False, "state")


def _maker(op: Op, begins: bool) -> Callable[[Fields, Aspect], Any]:
    return lambda f, aspect: _compared(f["m"], op, f["v"], begins)


def _said(fields: Fields, op: Op, denied: bool = False, begins: bool = False) -> Any:
    return stated(_compared(fields["m"], op, fields["v"], begins), "state", denied)


def _compared(measure: Measure, op: Op, amount: Quantity, begins: bool) -> Any:
    if amount.dimension not in measure.dimensions:
        return REJECT
    return of(measure.make(op, amount.value), measure.thing, begins or op == "reach")


def named(grammar: Grammar, nouns: Iterable[str], dimensions: tuple[str, ...], make: Callable[[Op, Any], Any]) -> None:
    """A measure by its nouns: ``the speed of Ball``, ``Ball's speed``, ``Ball speed``."""
    said = "|".join(nouns)

    def build(f: Fields) -> Any:
        return Measure(f["x"], dimensions, make)

    grammar.add("measure", f"({said}) (of|for|from) {{x:thing}}", build)
    grammar.add("measure", f"{{x:thing}} ('s|') [own|current|total] ({said})", build)
    grammar.add("measure", f"{{x:thing}} ({said})", build, cost=0.1)
    grammar.add("measure", f"(its|their) ({said})", lambda f: Measure(_its(), dimensions, make), cost=0.1)


def _its() -> Ref:
    return Ref(names=(), said="it", pronoun=True)
