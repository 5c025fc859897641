"""Two bodies touch."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from ..grammar import REJECT, Fields, Grammar
from ..model import Condition, How, Namer
from ..nouns import nominal
from ..phrasing import YET, Aspect, Fact, predicate, reciprocal, relation
from ..reference import Ref
from ..words import BODILESS

if TYPE_CHECKING:
    from ...trace import Trace
    from ..vocabulary import Vocabulary

VERBS: tuple[str, ...] = (
    "touch", "hit", "strike", "reach", "meet", "contact", "bump", "find", "knock", "ram", "tap", "nudge", "hurt",
    "bump into", "bump against", "bump on", "run into", "run against", "crash into", "crash against", "crash on", "smash into", "slam into",
    "knock against", "knock into", "knock on", "bang into", "bang against", "bang on", "collide with", "collide against", "collide into", "impact on", "impact with", "impact",
    "land on", "land in", "land upon", "fall on", "fall onto", "fall upon", "drop on", "drop onto", "come down on", "arrive at", "arrive on",
    "get to", "come to", "come against", "make contact with", "make touch with", "have contact with", "come in contact with", "come into contact with",
    "get in contact with", "get into contact with", "enter into contact with", "bounce on", "bounce off", "bounce against", "roll onto", "roll on", "roll into", "roll against",
    "roll over", "run over", "slide onto", "slide into", "slide against", "drive onto", "drive into", "step on", "step onto", "fly into", "swing into", "swing against",
    "tip onto", "topple onto", "topple against", "fall against", "fall into", "press on", "press against", "go into", "move onto", "move into", "get onto", "roll up to", "bounce into", "hit against", "hit on", "hit upon",
    "arrive to", "strike against", "strike on", "strike upon", "touch on", "run up against", "run onto", "go onto", "settle on", "come onto", "connect with", "brush", "brush against", "catch", "whack", "smack", "smack into", "thump", "plop onto", "plop on", "clip", "encounter",
    "touch with", "touch at", "touch to", "touch onto", "collide to", "collide on", "knock to", "knock in", "bump in", "bump at", "bump to", "come to touch with", "come to touch", "come to contact with", "make contact to", "make contact on", "make touch on",
    "get in touch with", "get into touch with", "make its way to", "find its way to", "have a touch with", "come in touch with", "come into touch with", "come in touch to", "arrive in", "arrive into", "come at", "come on", "come upon", "come in", "hit to", "strike to", "clack into", "clack against", "topple on", "tumble onto", "tumble on", "crash to", "bang to", "land against", "slam against", "smash against",
    "splash into", "splash in", "splash on", "splash onto", "splash down on", "splash down in", "plop into", "splat on", "splat onto", "splat against", "come up against", "go against", "feel", "get down to", "go down to", "come down to", "come down onto", "come down at", "come together with", "get together with", "contact to", "make it onto", "end up on", "end up at", "wind up on", "end up against", "go on", "hop onto", "hop on", "jump on", "jump onto",
)  # fmt: skip
_ON, _AGAINST = (
    ("on", "onto", "upon", "at", "to", "in", "into", "with", "against"),
    ("on", "onto", "at", "in", "into", "against", "upon"),
)
LOOSE = tuple(
    f"{verb} {joint}"
    for verbs, joints in (
        (("touch", "hit", "strike", "bump", "knock", "collide", "crash", "bang", "contact", "impact", "connect", "clash", "tap", "meet", "come in contact", "come into contact", "get in contact", "get into contact", "stroke"), _ON),
        (("land", "fall", "drop", "bounce", "slam", "smash", "smack", "thump", "roll", "slide", "swing", "topple", "tumble", "tip", "run", "ram"), _AGAINST),
        (("bump itself", "knock itself", "hit itself"), _AGAINST),
        (("reach", "make it", "arrive", "get"), ("to", "at", "on", "onto", "upon")),
    )
    for verb in verbs
    for joint in joints
)  # fmt: skip
"""Verbs of a blow with any preposition that somebody might put after them."""
VERBS = (*VERBS, *(verb for verb in LOOSE if verb not in VERBS))
STATES = ("rest on", "lie on", "sit on", "stand on", "rest against", "lean against", "rest upon", "lie against", "lie upon", "stay on", "remain on", "stay in contact with", "remain in contact with", "keep contact with", "remain up against", "stay against", "keep touching", "ride on", "stand against", "press against", "remain touching", "stay touching", "remain against", "keep in contact with", "keep in touch with", "stay in touch with", "remain in touch with", "stay in contact to", "stay touching with", "keep in touch to", "keep on touching", "go on touching", "continue touching", "continue to touch", "stay at")  # fmt: skip
PLACES = (
    "on",
    "upon",
    "in contact with",
    "in touch with",
    "touching",
    "against",
    "up against",
    "on top of",
    "in touching contact with",
    "in contact to",
    "in touch to",
    "at",
    "atop",
)
RECIPROCAL = ("touch", "meet", "collide", "make contact", "come into contact", "come in contact", "get in contact", "bump", "crash", "hit", "contact", "get together", "get in touch", "get into touch", "come in touch", "come into touch", "come to touch", "come to contact", "get to touch", "make touch", "have contact", "come together", "bump into", "run into", "get into contact", "touch on", "strike", "clash", "connect")  # fmt: skip
NOUNS = ("contact", "touch", "collision", "hit", "meeting", "impact", "touching", "hitting", "bump", "strike", "crash", "encounter", "arrival", "landing", "contacts", "collisions", "hits", "touches", "impacts", "bumps", "strikes", "landings", "knock", "knocks", "striking", "touchdown", "blow", "blows", "meetings", "touching", "arriving", "arrivals", "knocking", "bumping", "tap", "taps", "ramming", "presence", "stay", "bounce", "bounces")  # fmt: skip


class Touch(Condition):
    """``a`` touches ``b``: the beginning of a contact, or with ``lasting`` that there is one."""

    kind: Literal["touch"] = "touch"
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, open Door",
        "Whenever Box hits Door, add 1 to Counter.count",
        "As long as Ball is on Plate, turn on Lamp",
        "2 seconds after Ball reaches Plate, close Door",
    )
    cues: ClassVar[tuple[str, ...]] = ("on", "at", "@", "to", "with", "/", "-", "in", "against", "between")
    from_start: ClassVar[bool] = True
    a: Ref
    b: Ref
    lasting: bool = False

    @property
    def is_event(self) -> bool:  # type: ignore[override]
        """Whether the beginning is meant."""
        return not self.lasting

    def begun(self) -> Condition:
        """See `Condition.begun`."""
        return self.model_copy(update={"lasting": False})

    def sentence(self) -> str:
        """See `Condition.sentence`."""
        return f"{self.a} is touching {self.b}" if self.lasting else f"{self.a} touches {self.b}"

    def negated(self) -> str:
        """See `Condition.negated`."""
        return f"{self.a} is not touching {self.b}" if self.lasting else f"{self.a} has not touched {self.b}"

    def python(self, how: How, label: Namer) -> str:
        """See `Condition.python`."""
        names = f"{json.dumps(self.a.name, ensure_ascii=False)}, {json.dumps(self.b.name, ensure_ascii=False)}"
        if how == "onset":
            return f"new_touch({names})"
        return f"touched({names})" if how == "ever" and not self.lasting else f"touching({names})"

    def canonical(self) -> Touch:
        """See `Condition.canonical`: who touches whom makes no difference."""
        a, b = sorted((self.a, self.b), key=lambda ref: ref.names)
        return self.model_copy(update={"a": a, "b": b})

    def times(self, label: Namer) -> str:
        """See `Condition.times`."""
        return self.python("onset", label).replace("new_touch", "touch_count")

    def remembers(self, how: How) -> bool:
        """See `Condition.remembers`; what touches is looked at in every step in any case."""
        return False

    def problem(self, scene: Vocabulary) -> str | None:
        """Both must be bodies that collide, and not the same."""
        for name in (*self.a.names, *self.b.names):
            obj = scene.objects.get(name)
            if obj is None or obj.body is None:
                return f"{name} {BODILESS}, so nothing can touch it"
        if set(self.a.names) & set(self.b.names):
            return f"{self.a} cannot touch itself"
        return None

    def nearest(self, trace: Trace) -> str:
        """The first touch, if there was one; else the smallest distance between the two origins."""
        pair = {self.a.name, self.b.name}
        for event in trace.events:
            if event.uid == "CollisionStart" and {event.parameters["a_id"], event.parameters["b_id"]} == pair:
                when = f"{event.time:.2f} s (frame {event.frame})"
                return f"{self.a} and {self.b} touched at {when}, but that is not all that the rule waits for"
        a, b = trace.index(self.a.name), trace.index(self.b.name)
        gaps = np.linalg.norm(trace.position[:, a] - trace.position[:, b], axis=1)
        frame = int(np.nanargmin(gaps))
        return f"{self.a} and {self.b} did not touch; their centres came within {gaps[frame]:.2f} m at frame {frame}"


def touch(fields: Fields, aspect: Aspect) -> Any:
    """A touch of ``a`` and ``b``."""
    if not isinstance(fields.get("a"), Ref):
        return REJECT
    return Touch(a=fields["a"], b=fields["b"], lasting=aspect == "state")


def add(grammar: Grammar) -> None:
    """Ways to say that two things touch."""
    verb = relation(grammar, VERBS, touch)
    comes = "((comes|come|falls|fall|drops|drop|rolls|roll|slides|slide|swings|swing|flies|fly|goes|go|gets|get|tumbles|tumble) [down|along|over|up|in|there|across|through|past]|makes it [there|down]|arrives|gets moving) and [then|finally|actually|really|so]"
    grammar.add("fact", f"{{a:thing}} {comes} <{verb}/fin> {{b:thing}}", lambda f: _fact(f, "event"))
    reciprocal(grammar, RECIPROCAL, lambda a, b, aspect: Touch(a=a, b=b, lasting=aspect == "state"))
    nominal(grammar, NOUNS, touch)
    grammar.add(
        "bare", "{a:single} (with|against|on|to|into|onto|and|in|at|from) {b:single}", lambda f: touch(f, "event")
    )
    grammar.add("signed", "{a:single} (/|-|x|vs|+|&|->) {b:single}", lambda f: touch(f, "event"))
    that = "(that|one|the one)"
    grammar.add(
        "bare",
        f"{that} (of|between|from) {{a:single}} (with|on|against|and|at|to|in|into) {{b:single}}\n{that} (of|on|with) {{b:single}} by {{a:single}}",
        lambda f: touch(f, "event"),
        cost=0.1,
    )
    grammar.add("bare", "{c:signed}", lambda f: f["c"])
    grammar.add("fact", "{a:single} (/|x|vs|-) {b:single}", lambda f: _fact(f, "event"), cost=0.3)
    grammar.add("fact", "{a:single} from {b:single} (is|are) touched", lambda f: _fact(f, "event"))
    together = "(in contact|touching|in touch|together|touching each other|in contact with each other|in contact with one another)"
    grammar.add(
        "fact",
        f"{{p:pair}} (are|is|stay|remain) [still|now] {together}",
        lambda f: _fact({"a": f["p"][0], "b": f["p"][1]}, "state"),
    )
    grammar.add(
        "fact",
        f"{{p:pair}} (are|is) not {together} {YET}",
        lambda f: _fact({"a": f["p"][0], "b": f["p"][1]}, "state", True),
    )
    predicate(grammar, STATES, "{b:thing}", lambda f, aspect: touch(f, "state"))
    at = f"({'|'.join(PLACES)})"
    grammar.add(
        "fact",
        f"{{a:thing}} (is|are|stays|remains|gets) [still|now|again|located|situated|placed] {at} {{b:thing}}",
        lambda f: _fact(f, "state"),
    )
    grammar.add("fact", f"{{a:thing}} (is|are) not {at} {{b:thing}} {YET}", lambda f: _fact(f, "state", True))
    grammar.add(
        "fact",
        f"{{a:thing}} (has been|have been|had been|was|were) {at} {{b:thing}}",
        lambda f: _fact(f, "perfect"),
        0.1,
    )
    grammar.add(
        "fact",
        f"{{a:thing}} (has been|have been|had been|was|were) (already|before|already before|earlier|previously) [already] {at} {{b:thing}}",
        lambda f: Fact(touch(f, "event"), False, "perfect", True),
    )
    grammar.add(
        "facting", f"{{a:thing}} (to have been|to be|having been) [first] {at} {{b:thing}}", lambda f: _fact(f, "event")
    )
    asked = "(is|are|was|were|has|gets|comes|sits|lies|stands)"
    grammar.add(
        "question", f"{asked} {{a:thing}} [now|already|yet|been] {at} {{b:thing}}", lambda f: touch(f, "state"), 0.1
    )
    contact = "(in|into) (contact|touch|touching)"
    grammar.add(
        "question",
        f"(comes|come|came|gets) {{a:thing}} {contact} (with|to) {{b:thing}}",
        lambda f: touch(f, "event"),
    )
    grammar.add("fact", "{p:pair} are touched", lambda f: _fact({"a": f["p"][0], "b": f["p"][1]}, "event"), cost=0.1)
    grammar.add("fact", "{a:thing} (is|are|was|were) touched {b:single}", lambda f: _fact(f, "event"), cost=0.3)
    grammar.add(
        "fact", f"{{a:thing}} (has|have) (not|never) been {at} {{b:thing}} {YET}", lambda f: _fact(f, "perfect", True)
    )
    # Without a verb it is said for short of a touch; how long it lasts is the rule's to say.
    grammar.add("fact", f"{{a:thing}} {at} {{b:thing}}", lambda f: _fact(f, "event"), cost=0.2)
    still = "[still|yet|as yet|so far|until now]"
    grammar.add(
        "fact",
        f"{{b:thing}} {still} [is|are|stays|remains|was|has been] {still} (untouched|unhit|not touched|not hit|not yet touched) by {{a:thing}} {YET}",
        lambda f: _fact(f, "perfect", True),
    )
    grammar.add("fact", "{a:single} to {b:single}", lambda f: _fact(f, "event"), cost=0.4)
    grammar.add("event", "first {c:signed} <touch_noun> only\nfirst {c:signed} <touch_noun>", lambda f: f["c"])
    touches = "(touches|touch|makes contact|make contact|makes contact with|contacts|contact|hits|hit|bumps|is touching|does touch|they touch|meets|actually touches|makes touch with|strikes)"
    so = f"((and|and also|and then|so that it|and so) [it] [actually|really|thereby|so] {touches} [it|each other|one another]|LPAR [so|and|that is ,|namely] [it|they] ({touches}|touching|in contact|contact|in touch) [it|each other] [,] RPAR)"
    grammar.add(
        "so",
        f"{{f:fact}} {so}",
        lambda f: f["f"].condition if isinstance(f["f"].condition, Touch) and not f["f"].denied else REJECT,
    )
    lasts = "(lasts|last|persists|persist|continues|continue|goes on|endures|is maintained|is kept|is kept up|is there|remains|holds|exists|is going on|is upheld|stays)"
    grammar.add("so", f"{{h:happening}} [still] {lasts}", _kept)
    noun = "<touch_noun>"
    grammar.add("touch_noun", NOUNS)
    count = "(in all|in total|altogether|over|so far)"
    grammar.add("event", f"{{c:bare}} [,|:] [very] {{n:ordinal}} {noun}", lambda f: _counted(f["c"], f["n"]))
    grammar.add("event", f"{{c:bare}} [,|:] {{n:number}} {noun} [{count}]", lambda f: _counted(f["c"], f["n"]))
    grammar.add(
        "event",
        f"{{b:single}} {noun} number {{n:number}} (by|from|with) {{a:single}}",
        lambda f: _counted(touch(f, "event"), f["n"]),
    )
    grammar.add("event", f"{noun} number {{n:number}} (of|between) {{c:bare}}", lambda f: _counted(f["c"], f["n"]))
    grammar.add("event", "{n:count} {c:signed}", lambda f: _counted(f["c"], f["n"]))
    grammar.add(
        "so",
        f"{{a:thing}} (has been|have been|was|were) [already] {{n:count}} {at} {{b:thing}}",
        lambda f: _counted(touch(f, "event"), f["n"]),
    )
    grammar.add(
        "question",
        f"{{a:thing}} (has been|have been|was|were) [already] {{n:count}} {at} {{b:thing}}",
        lambda f: _counted(touch(f, "event"), f["n"]),
    )


def _fact(fields: Fields, aspect: Aspect, denied: bool = False) -> Any:
    condition = touch(fields, aspect)
    return REJECT if condition is REJECT else Fact(condition, denied, aspect)


def _kept(fields: Fields) -> Any:
    """A contact that lasts."""
    found = fields["h"].condition
    return found.model_copy(update={"lasting": True}) if isinstance(found, Touch) else REJECT


def _counted(condition: Any, times: float) -> Any:
    from ..structure.said import counted

    return REJECT if condition is REJECT else counted(condition, times)
