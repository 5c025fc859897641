"""That something has been so for a while, or has not happened for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import SerializeAsAny

from ..grammar import REJECT, Fields, Grammar
from ..model import Condition, How, Namer
from ..phrasing import Fact
from ..units import told
from .change import Change
from .logic import Not
from .parted import Parted
from .touch import Touch

if TYPE_CHECKING:
    from ...trace import Trace
    from ..vocabulary import Vocabulary


class Lasting(Condition):
    """``part`` has been so for ``seconds`` without a break."""

    kind: Literal["lasting"] = "lasting"
    part: SerializeAsAny[Condition]
    seconds: float
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball has been on Plate for 2 s, open Door",
        "Once Lamp has been on for 3 seconds, open Door",
        "If Ball has not touched Plate for 4 s, open Door",
        "2 s after the last contact of Ball and Plate, open Door",
    )
    cues: ClassVar[tuple[str, ...]] = ("for", "last", "long")

    def sentence(self) -> str:
        """See `Condition.sentence`."""
        if isinstance(self.part, Parted):
            return f"the last contact of {self.part.thing} and {self.part.other} was {told(self.seconds)} s ago"
        return f"{self.part.sentence()} for {told(self.seconds)} s"

    def negated(self) -> str:
        """See `Condition.negated`."""
        return f"it is not the case that {self.sentence()}"

    def now(self, label: Namer) -> str:
        """See `Condition.now`."""
        return f"holds_for({label('holds')}, {self.part.python('now', label)}, {told(self.seconds)})"

    def remembers(self, how: How) -> bool:
        """See `Condition.remembers`."""
        return True

    def settled(self, scene: Vocabulary) -> Condition:
        """See `Condition.settled`."""
        return self.model_copy(update={"part": self.part.settled(scene)})

    def problem(self, scene: Vocabulary) -> str | None:
        """That of its part."""
        return self.part.problem(scene)

    def nearest(self, trace: Trace) -> str:
        """That of its part."""
        return self.part.nearest(trace)


FOR = "(for|since|during) [at least|a full|a whole|all of|more than|over|the last|the past|as long as|longer than|no less than|some|the duration of|a period of|a time of]"
END = "[now|already|in a row|on end|at least|or more|or longer|long|without a break|without interruption|uninterrupted|continuously|without pause|straight|running|at a stretch|first|in all|without pausing|without going out|constantly|non-stop|nonstop]"


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    for name, part in (("so", "fact"), ("event", "facting")):
        for text in (f"{{f:{part}}} {FOR} {{t:time}} {END}", f"{{f:{part}}} {END} {FOR} {{t:time}} {END}"):
            grammar.add(name, text.replace("the ", "").replace("a ", ""), lambda f: _lasting(f))
    grammar.add(
        "so",
        f"{{f:fact}} [full|whole|all of] {{t:time}} {END}".replace("a ", ""),
        lambda f: _lasting(f) if not f["f"].condition.is_event else REJECT,
        cost=0.3,
    )
    grammar.add(
        "trigger",
        "[exactly|only|not until] {t:time} (after|since|from|past|following) (last|latest|most recent|final) {h:happening}",
        _last,
    )
    grammar.add("so", "last {h:happening} (is|was|lies) {t:time} (ago|back|past|in the past)", _since)
    grammar.add("so", "(there has been|there was|there is) no {h:happening} for {t:time}", _without)


def _lasting(fields: Fields) -> Any:
    fact: Fact = fields["f"]
    lasting = _state(fact.condition)
    if lasting is None or fields["t"] <= 0:
        return REJECT
    return Lasting(part=Not(part=lasting) if fact.denied else lasting, seconds=fields["t"])


def _state(condition: Condition) -> Condition | None:
    """A condition as what lasts."""
    if isinstance(condition, Touch):
        return condition.model_copy(update={"lasting": True})
    if isinstance(condition, Change):
        return (
            condition.model_copy(update={"begins": False})
            if not type(condition).model_fields["begins"].default
            else None
        )
    return None


def _last(fields: Fields) -> Any:
    from ..structure.said import Said

    found = _since(fields)
    return found if found is REJECT else Said(found)


def _since(fields: Fields) -> Any:
    """So long after the last touch: they have touched, and are apart for so long."""
    touch = fields["h"].condition
    if not isinstance(touch, Touch) or fields["h"].denied:
        return REJECT
    return Lasting(part=Parted(thing=touch.a, other=touch.b), seconds=fields["t"])


def _without(fields: Fields) -> Any:
    touch = fields["h"].condition
    if not isinstance(touch, Touch) or fields["h"].denied:
        return REJECT
    return Lasting(part=Not(part=touch.model_copy(update={"lasting": True})), seconds=fields["t"])
