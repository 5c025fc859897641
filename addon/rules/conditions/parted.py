"""The end of a contact: what touched is apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..grammar import REJECT, Fields, Grammar
from ..model import How, Namer
from ..phrasing import Fact, predicate, reciprocal
from ..reference import Ref
from .change import Change
from .code import body_problem, name_code
from .touch import STATES, VERBS

if TYPE_CHECKING:
    from ...trace import Trace
    from ..vocabulary import Vocabulary


class Parted(Change):
    """``thing`` and ``other``, which have touched, do not touch any more; each time anew."""

    kind: Literal["parted"] = "parted"
    begins: bool = True
    other: Ref
    from_start = True
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball leaves Plate, open Door",
        "Once Ball stops touching Plate, open Door",
        "Each time Ball lifts off Plate, open Door",
        "When Ball loses contact with Plate, open Door",
    )
    cues: ClassVar[tuple[str, ...]] = ("off", "from", "leaves", "left", "longer")

    def being(self) -> str:
        """See `Change.being`."""
        return f"off {self.other}, which it has touched"

    def becoming(self) -> tuple[str, str]:
        """See `Change.becoming`."""
        return "lose", f"contact with {self.other}"

    def now(self, label: Namer) -> str:
        """See `Condition.now`."""
        return f"parted({name_code(self.thing)}, {name_code(self.other)})"

    def remembers(self, how: How) -> bool:
        """See `Condition.remembers`; what touches is looked at in every step in any case."""
        return how != "now"

    def problem(self, scene: Vocabulary) -> str | None:
        """Both must be bodies."""
        if set(self.thing.names) & set(self.other.names):
            return f"{self.thing} cannot leave itself"
        return body_problem(scene, self.thing, self.other)

    def nearest(self, trace: Trace) -> str:
        """Whether they touched at all."""
        a, b = sorted(trace.index(next(n for n in r.names)) for r in (self.thing, self.other))
        frames = trace.contacts.frame[(trace.contacts.a == a) & (trace.contacts.b == b)]
        if not len(frames):
            return f"{self.thing} and {self.other} never touched"
        return f"{self.thing} and {self.other} touched from frame {frames.min()} to frame {frames.max()}"


LEAVES = [
    "leave", "lift off", "lift off from", "lift off of", "come off", "come off of", "fall off", "fall off of", "roll off", "roll off of", "drop off", "slide off", "slide off of", "part from",
    "lose contact with", "lose touch with", "separate from", "detach from", "take off from", "jump off", "slip off", "get off", "move off", "step off", "tip off", "break contact with",
    "break away from", "come away from", "fly off", "bounce away from", "be off", "go off of", "rise from", "lift from", "break free from", "peel off", "part with", "part company with", "come loose from", "come free of", "depart from", "tumble off", "hop off", "drop from", "fall from", "drop off the end of", "fall off the end of", "roll off the end of", "slide off the end of", "drop off the edge of", "fall off the edge of", "roll off the edge of", "slide off the edge of", "run off the end of", "shoot off the end of", "run off", "shoot off", "drive off",
]  # fmt: skip
ENDS = ["separate", "part", "come apart", "lose contact", "move apart", "break apart", "stop touching", "split up", "get separated", "are separated"]  # fmt: skip


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    plain = [verb.replace("the ", "") for verb in LEAVES if verb != "be off"]
    predicate(grammar, plain, "{b:thing}", lambda f, aspect: _parted(f))
    reciprocal(grammar, [v for v in ENDS if " are" not in v], lambda a, b, aspect: Parted(thing=a, other=b))
    touching = [*VERBS, *STATES]
    heads: dict[str, None] = {}
    for verb in touching:
        head, _, rest = verb.partition(" ")
        heads[f"{head}~ing {rest}".strip()] = None
    for text in heads:
        grammar.add("touching_on", f"{text} {{b:thing}}", lambda f: f["b"])
    grammar.add("touching_on", "(being|to be) (on|in contact with|against|in touch with) {b:thing}", lambda f: f["b"])
    grammar.add("touching_on", "to touch {b:thing}", lambda f: f["b"])
    stop = "(stops|stop|stopped|ceases|cease|ceased|quits|has stopped|have stopped|has ceased|finishes|has finished|stopping)"
    grammar.add("fact", f"{{a:thing}} {stop} {{b:touching_on}}", lambda f: Fact(_parted(f)))
    no_more = "[anymore|any more|any longer]"
    for text in (
        "{a:thing} (is|are) no longer (on|in contact with|against|touching|in touch with|on top of|resting on|lying on|sitting on) {b:thing}",
        "{a:thing} no longer (touches|touch|rests on|lies on|sits on|is touching|has contact with|contacts) {b:thing}",
        "{a:thing} (is|are) not (on|in contact with|touching|resting on|lying on) {b:thing} (anymore|any more|any longer)",
        "{a:thing} does not touch {b:thing} (anymore|any more|any longer)",
    ):
        grammar.add("fact", text, lambda f: Fact(_parted(f)), cost=-0.2)
    grammar.add(
        "fact",
        "{p:pair} are no longer (in contact|touching|in touch|together|touching each other|in contact with each other)",
        lambda f: Fact(Parted(thing=f["p"][0], other=f["p"][1])),
    )
    grammar.add("fact", f"{{a:thing}} (is|are) off {{b:thing}} {no_more}", lambda f: Fact(_parted(f)))
    for noun in ("end of contact", "end of the contact", "loss of contact", "separation", "parting", "contact loss"):
        said = noun.replace("the ", "")
        grammar.add(
            "happening", f"{said} (between|of) {{pair}}", lambda f: Fact(Parted(thing=f["pair"][0], other=f["pair"][1]))
        )
        grammar.add(
            "happening", f"{said} (of|between) {{a:thing}} (with|from|and|to) {{b:thing}}", lambda f: Fact(_parted(f))
        )
    grammar.add(
        "happening", "{a:thing} 's (departure|separation|lift-off|liftoff) from {b:thing}", lambda f: Fact(_parted(f))
    )
    grammar.add(
        "fact",
        "contact (between|of) {a:single} (and|with) {b:single} (ends|is lost|breaks|ceases|is over|has ended|is broken|stops|is interrupted)",
        lambda f: Fact(_parted(f)),
    )


def _parted(fields: Fields) -> Any:
    if not isinstance(fields["b"], Ref):
        return REJECT
    return Parted(thing=fields["a"], other=fields["b"])
