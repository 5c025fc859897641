"""What has been done before: a rule has acted, a door is open, a thing is released, a joint is off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..grammar import REJECT, Fields, Grammar
from ..model import Condition, How, Namer
from ..phrasing import HAS, YET, Fact, predicate
from ..words import BODILESS
from .change import IT, Change, said, so
from .code import name_code, pose_problem

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary


class Fired(Condition):
    """The rule of a number acts."""

    kind: Literal["fired"] = "fired"
    is_event = True
    number: int
    examples: ClassVar[tuple[str, ...]] = ("When rule 1 has fired, open Door", "2 s after rule 1 fires, close Door")
    cues: ClassVar[tuple[str, ...]] = ("rule", "after")

    def sentence(self) -> str:
        """See `Condition.sentence`."""
        return f"rule {self.number} fires"

    def negated(self) -> str:
        """See `Condition.negated`."""
        return f"rule {self.number} has not fired"

    def now(self, label: Namer) -> str:
        """See `Condition.now`."""
        return f"times_fired({self.number}) > 0"

    def python(self, how: How, label: Namer) -> str:
        """See `Condition.python`."""
        return f"grows({label('grows')}, times_fired({self.number}))" if how == "onset" else self.now(label)

    def problem(self, scene: Vocabulary) -> str | None:
        """Rules are counted from 1."""
        return None if self.number >= 1 else f"there is no rule {self.number}: rules are counted from 1"


Kind = Literal["open", "closed", "released", "held", "joined", "unjoined"]
SAID: dict[Kind, str] = {
    "open": "open", "closed": "closed", "released": "released", "held": "held in place", "joined": "connected", "unjoined": "disconnected",
}  # fmt: skip
OTHER: dict[Kind, Kind] = {
    "released": "held", "held": "released", "joined": "unjoined", "unjoined": "joined",
}  # fmt: skip
BEGUN: dict[Kind, tuple[str, str]] = {
    "open": ("have", "opened"), "closed": ("have", "closed"), "released": ("get", "released"), "held": ("get", "held in place"),
    "joined": ("get", "connected"), "unjoined": ("get", "disconnected"),
}  # fmt: skip


class Done(Change):
    """``open``: stands still, more than 5 cm or 3 degrees from where it was at the start; ``closed``: where it was then.

    ``released``: moved by physics; ``held``: not so. ``joined`` and ``unjoined``: a joint that works, or does not.
    """

    kind: Kind
    from_start = False
    examples: ClassVar[tuple[str, ...]] = (
        "Once Door is open, open Door",
        "When Door has closed, open Door",
        "When Crate 1 has been released, open Door",
        "When Hinge is disconnected, open Door",
        "While Door is closed, turn Lamp on",
        "When Hinge gets connected, open Door",
    )
    cues: ClassVar[tuple[str, ...]] = ("open", "opened", "closed", "released", "off")

    def being(self) -> str:
        """See `Change.being`."""
        return SAID[self.kind]

    def becoming(self) -> tuple[str, str]:
        """See `Change.becoming`."""
        return BEGUN[self.kind]

    def negated(self) -> str:
        """See `Condition.negated`."""
        if self.begins and self.kind in ("open", "closed"):
            return f"{self.thing} has not {BEGUN[self.kind][1]}"
        return super().negated()

    def opposite(self) -> Condition | None:
        """See `Change.opposite`."""
        return self.model_copy(update={"kind": OTHER[self.kind]}) if self.kind in OTHER else None

    def now(self, label: Namer) -> str:
        """See `Condition.now`."""
        name = name_code(self.thing)
        if self.kind in ("open", "closed"):
            return f"{'opened' if self.kind == 'open' else 'closed'}({name})"
        what = "rigid_body.kinematic" if self.kind in ("released", "held") else "rigid_body_constraint.enabled"
        return f"{'not ' if self.kind in ('released', 'unjoined') else ''}objects[{name}].{what}"

    def remembers(self, how: How) -> bool:
        """See `Condition.remembers`."""
        return self.kind in ("open", "closed") or super().remembers(how)

    def problem(self, scene: Vocabulary) -> str | None:
        """The thing must be one that can be so."""
        for name in self.thing.names:
            obj = scene.objects.get(name)
            if self.kind in ("joined", "unjoined"):
                if name not in scene.joints:
                    return f"{name} is no joint, so it is neither connected nor disconnected"
            elif self.kind in ("released", "held"):
                if obj is None or obj.body is None:
                    return f"{name} {BODILESS}, so it can be neither held nor released"
            elif obj is not None and obj.body is not None and obj.body.type == "ACTIVE" and not obj.body.kinematic:
                return f"{name} is moved by physics, so it is neither open nor closed"
        if self.kind in ("open", "closed"):
            return pose_problem(scene, self.thing, "whether it is open")
        return None


WORDS: dict[Kind, tuple[str, ...]] = {
    "open": ("open", "opened", "wide open", "fully open", "raised", "up and open"),
    "closed": ("closed", "shut", "fully closed"),
    "released": ("released", "let go", "set free", "let go of", "freed", "unfrozen", "let loose", "dropped"),
    "held": ("held", "held in place", "frozen", "fixed in place", "held still", "pinned"),
    "joined": ("connected", "enabled", "attached", "intact", "engaged", "in effect", "coupled"),
    "unjoined": ("disconnected", "disabled", "detached", "unhooked", "released", "undone", "broken", "switched off", "off", "disengaged", "cut", "unlocked", "let go", "uncoupled", "removed", "turned off"),
}  # fmt: skip
VERBS: dict[Kind, list[str]] = {
    "open": ["open", "finish opening", "open up", "swing open", "slide open"],
    "closed": ["close", "shut", "finish closing", "swing shut", "slide shut", "fall shut"],
    "unjoined": ["break", "come off", "let go", "come loose", "snap", "come undone", "give way", "give", "release"],
}  # fmt: skip


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    number = "(rule|rule number|rule no|rule no .|rule # |rule nr|rule nr .|# ) {n:number}"
    grammar.add("rule_number", number, lambda f: int(f["n"]) if f["n"] == int(f["n"]) else REJECT)
    grammar.add("rule_number", "{o:ordinal} rule", lambda f: f["o"])
    acts = "(fires|fired|acts|acted|happens|happened|applies|triggers|is triggered|was triggered|runs|ran|takes effect|goes off|is carried out|is executed|is done|is applied|has its effect)"
    acted = "(fired|acted|happened|been triggered|triggered|run|been carried out|been executed|taken effect|gone off|been applied|been fulfilled|been done|taken place)"
    grammar.add("fact", f"{{r:rule_number}} {acts}", lambda f: _fired(f))
    grammar.add("fact", f"{{r:rule_number}} {HAS} [already|just] {acted}", lambda f: _fired(f))
    grammar.add("fact", f"{{r:rule_number}} {HAS} (not|never) [yet] {acted} {YET}", lambda f: _fired(f, True))
    grammar.add("facting", "{r:rule_number} (firing|acting|happening|triggering|having fired)", lambda f: _fired(f))
    grammar.add("happening", "(firing|execution|effect) of {r:rule_number}", lambda f: _fired(f))
    for kind, words in WORDS.items():
        for word in words:
            grammar.add("complement", word, said(Done(thing=IT, kind=kind, begins=kind == "released")), cost=0.02)
    for kind, verbs in VERBS.items():
        predicate(grammar, verbs, "", so(said(Done(thing=IT, kind=kind))))


def _fired(fields: Fields, denied: bool = False) -> Any:
    return Fact(Fired(number=fields["r"]), denied)
