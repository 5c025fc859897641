"""Joints that are switched off and on, and their motors."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import ELIDED, deed
from ..grammar import REJECT, Build, Fields, Grammar
from ..model import Effect
from ..modifiers import Pairs, bag, in_turn, only
from ..reference import Ref
from ..units import told

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

OFF = (
    "disable", "deactivate", "switch * off", "turn * off", "remove", "take * away", "undo", "unhook", "detach", "cut", "disconnect", "break", "end", "release", "sever", "snap",
    "uncouple", "unlink", "loosen", "delete", "cancel", "break * off", "cut * through", "unfasten", "untie", "let go of", "rip", "tear", "dissolve", "drop", "let * break", "let * go", "let * snap",
    "break * up", "break * apart", "saw * through", "free", "eliminate", "take * off", "tear * off", "get rid of", "destroy", "suspend", "unlock", "unlatch", "unbolt", "unfix", "unclip", "disengage", "take * out", "separate", "do away with", "loose", "let * loose", "put * off", "kill", "make * loose", "put * out of action", "set * free", "switch * out of work", "put * out of work", "take * out of work", "take * out of action", "take * out of service", "put * out of service", "inactivate", "loosen * up", "break * open",
)  # fmt: skip
GOES_OFF = ("go", "lose its hold", "lose its grip", "lose hold", "dissolve itself", "hold no more", "be no longer held", "cease to hold", "cease holding", "stop to hold", "break", "snap", "let go", "come off", "fail", "give way", "come undone", "come loose", "tear", "come apart", "break off", "break apart", "go off", "turn off", "part", "dissolve", "fall apart", "switch off", "rip", "stop holding", "no longer hold", "unlock", "disengage", "stop working", "stop to work", "hold no longer", "hold not any more", "fall away", "go away", "fall off", "unlatch", "unhook", "detach", "be gone", "vanish", "get loose")  # fmt: skip
ON = ("enable", "activate", "switch * on", "turn * on", "hook * up", "hook * up again", "reattach", "attach", "reconnect", "connect", "restore", "re-enable", "fasten", "refasten", "put * back", "couple", "engage")  # fmt: skip
GOES_ON = ("turn on", "switch on", "come on", "go on", "take hold", "hold", "hold again", "engage")
LINK = "(constraint|joint|connection|link|hinge|rope|chain|cable|coupling|attachment|bond|fastening|string|motor joint)"
RUN = "(run|start|drive|spin|turn|set|switch on|turn on|let)"


class Joint(Effect):
    """A joint that does not hold any more, or holds again."""

    kind: Literal["joint"] = "joint"
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, the hinge breaks",
        "After 2 s, disable the constraint Hinge",
        "As long as Ball touches Plate, Hinge is off",
    )
    on: bool

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"the joint {self.thing} {'are' if self.thing.many else 'is'} {'enabled' if self.on else 'disabled'}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"objects[{name}].rigid_body_constraint.enabled = {self.on}"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return None if name in scene.joints else f"{name} is no joint{_joints(scene)}"

    def undone(self) -> Effect | None:
        """See `Effect.undone`."""
        return Joint(thing=self.thing, on=not self.on)


class Motor(Effect):
    """The speed of a joint's motor: ``turning`` in degrees a second, or ``sliding`` in m/s."""

    kind: Literal["motor"] = "motor"
    turning: float | None = None
    sliding: float | None = None

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        if self.turning == 0 or (self.turning is None and not self.sliding):
            return f"the motor of {self.thing} stops"
        speed = f"{told(self.turning)} degrees/s" if self.turning is not None else f"{told(self.sliding or 0)} m/s"
        return f"the motor of {self.thing} runs at {speed}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        joint = f"objects[{name}].rigid_body_constraint"
        if self.turning is not None:
            return [f"{joint}.motor_ang_target_velocity = {told(math.radians(self.turning))}"]
        return [f"{joint}.motor_lin_target_velocity = {told(self.sliding or 0)}"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        joint = next((c for c in scene.graph.constraints if c.name == name), None)
        if joint is None:
            return f"{name} is no joint{_joints(scene)}"
        if len(joint.settable) == 1:
            return f"the joint {name} has no motor"
        if joint.angular_motor is None and self.turning:
            return f"the motor of {name} slides; say its speed in m/s"
        if joint.linear_motor is None and self.sliding:
            return f"the motor of {name} turns; say its speed in degrees/s"
        return None

    def settled(self, scene: Vocabulary) -> Effect:
        """See `Effect.settled`."""
        joint = next(c for c in scene.graph.constraints if c.name == self.thing.name)
        if self.turning is None and self.sliding is None:
            return self.model_copy(update={"turning": 0.0} if joint.angular_motor else {"sliding": 0.0})
        return self

    def undone(self) -> Effect | None:
        """See `Effect.undone`."""
        return Motor(thing=self.thing, turning=None if self.turning is None else 0.0, sliding=None if self.sliding is None else 0.0)  # fmt: skip


def _joints(scene: Vocabulary) -> str:
    return f"; the scene has {', '.join(sorted(scene.joints))}" if scene.joints else "; the scene has none"


def _make(thing: Ref, mods: Pairs, on: bool) -> Any:
    said = bag(mods)
    return in_turn(Joint(thing=thing, on=on), said) if only(said, "turns", "again", "whole", "unheld") else REJECT


def _held(on: bool) -> Build:
    return lambda f: Joint(thing=f["x"], on=on)


def _undone(f: Fields) -> Any:
    """``Hook is not needed any more, so undo it``: just that joint is undone."""
    done = f["c"]
    if not isinstance(done, Joint) or done.on or not (done.thing.pronoun or done.thing.names == f["x"].names):
        return REJECT
    return Joint(thing=f["x"], on=False)


def _motor(f: Fields) -> Motor:
    return Motor(thing=f["x"], turning=f.get("r"), sliding=f.get("s"))


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    grammar.add("elided/link", "", lambda f: ELIDED)
    grammar.add("link", "{x:thing}", lambda f: f["x"], cost=0.04)
    grammar.add(
        "link",
        f"[this|that|our] {LINK} [,] [called|named|by the name of|with [the] name] {{x:name}} [,]",
        lambda f: f["x"],
    )
    grammar.add("link", f"(this|that|our) {{x:name}} {LINK}", lambda f: f["x"])
    grammar.add("link", f"{{x:name}} , [this|that|our|being] {LINK} [,]", lambda f: f["x"], cost=0.05)
    grammar.add("link", f"{{x:name}} {LINK}", lambda f: f["x"])
    grammar.add("link", f"{{x:name}} LPAR [this|that] [is] {LINK} RPAR", lambda f: f["x"])
    grammar.add("link", "(constraints|joints|links|hinges|ropes|chains|cables) {x:several}", lambda f: f["x"])
    deed(grammar, lambda x, m: _make(x, m, False), verbs=OFF, does=GOES_OFF, nouns=("removal", "disabling", "detachment", "breaking", "disconnection", "disconnecting", "dissolution", "undoing", "severing", "cutting", "unlocking", "deactivation", "switching off", "loosening", "separation", "release", "elimination", "removing", "unhooking", "suspension"), states=("disabled", "off", "inactive", "broken", "undone", "cut", "inoperative", "out of action", "(no longer|no more|not any more) (active|there|on|enabled|in place)", "gone", "removed", "out", "unlocked", "loose", "not (active|on|enabled|in place|in force)", "not (active|on|enabled|in place|in force|there) (any more|anymore|any longer|no more)", "out of (work|order|service|use|function|operation)"), thing="link")  # fmt: skip
    deed(grammar, lambda x, m: _make(x, m, True), verbs=ON, does=GOES_ON, states=("enabled", "on", "active"), thing="link")  # fmt: skip
    for word, on in (("on", True), ("off", False)):
        grammar.add("clause", f"{{x:link}} [then|:] {word} [again]", _held(on), cost=0.1)
        grammar.add("clause", f"{{x:link}} (->|-|=|: =|,) {word}", _held(on), cost=0.3)
        grammar.add("clause", f"{word} (with|goes|:) {{x:link}}", _held(on), cost=0.2)
    more = "(any more|anymore|any longer|no more)"
    grammar.add("clause", [
        f"{{x:link}} (does|do|shall|should|must|may|is to|has to|can|will) not [to] (hold|hold together|connect|work|act) [anything] {more}", "{x:link} (no longer|not any longer|no more) (holds|hold|connects|works|acts)", f"{{x:link}} (holds|hold) (nothing|not) {more}",
    ], _held(False))  # fmt: skip
    unheld = "so that it (no longer|does not) (holds|hold) anything [any more|anymore|any longer]"
    grammar.add("mod", unheld, lambda f: ("unheld", True))
    no_more = "(any more|anymore|any longer|no more)"
    grammar.add("mod", [
        f"[,|;] [and] so [that] (nothing|no one|neither) (is|are) (held|connected|joined|tied|fixed) [by (it|this|that)|together|back|there] [{no_more}]", f"[,|;] [and] so [that] (it|they) (no longer (holds|hold|connects)|(does|do) not hold [anything] {no_more}|(holds|hold) nothing [{no_more}])",
        f"[,|;] [and] so [that] nothing (holds|hold) [them|it|together] {no_more}", f"[,|;] [and] so [that] nothing is held {no_more} by (it|this|that)",
    ], lambda f: ("unheld", True))  # fmt: skip
    nothing = "(nothing|not anything|no object|no one|none of them|neither)"
    grammar.add(
        "mod",
        [
            f"[,|;] (and|so that|so|whereby|with result that|such that|then) {nothing} (is|are|being|gets) [then] (held|connected|joined|tied|fixed) [back|together] [by (it|this|that)] {no_more} [by it]",
            f"[,|;] (and|so that|so|whereby|such that|then) (it|this|that|they) (holds|hold|is holding|are holding|is not holding|connects|keeps) (nothing|no thing|not anything) [{no_more}|more]",
            "[,|;] (and|so that|so|such that|then) (it|they) (no longer|no more) (holds|hold|connects) (anything|nothing)",
        ],
        lambda f: ("unheld", True),
    )
    unneeded = f"((is|are) (no longer|not|no more) (needed|wanted|required|necessary|of use|of any use) [{no_more}]|(has|have) (done its job|served its purpose|had its day)|may go)"
    undone = lambda f: _undone(f)  # noqa: E731
    grammar.add(
        "clause",
        [
            f"{{x:link}} {unneeded} [,|;|:|-|.] [so|and|therefore|and so] [please|just] {{c:clause}}",
            f"(we|you|i) do not (need|want|require) {{x:link}} {no_more} [,|;|:|-|.] [so|and|therefore|and so] [please|just] {{c:clause}}",
        ],
        undone,
    )
    motor = "([the] motor of {x:link}|{x:link} 's motor|{x:name} motor)"
    for speed in ("{r:rate}", "{s:speed}"):
        at = f"(at|to|with|with a speed of|at a speed of|to a speed of) {speed}"
        grammar.add("clause", [f"{RUN} {motor} [run|turn|go] {at}", f"{motor} (runs|turns|goes|spins|is set|is run|is driven|starts|should run|shall run) {at}", f"set [the] (speed|target velocity|target speed|velocity) of {motor} to {speed}"], _motor)  # fmt: skip
    grammar.add("clause", [f"(stop|halt|switch off|turn off|disable) {motor}", f"(switch|turn) {motor} off", f"{motor} (stops|halts|turns off|switches off|goes off|is switched off|is turned off|is stopped)"], _motor)  # fmt: skip
