"""Where a thing is from another: within a distance, inside, over, beside, beyond.

Distances are between origins, which are the centres of Blender's own shapes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..deeds import ITS
from ..grammar import REJECT, Build, Fields, Grammar
from ..model import Condition, How, Namer
from ..phrasing import ADVERB, BE, Fact, predicate
from ..reference import Ref
from ..units import told
from .change import IT, Change, of
from .code import name_code, pose_problem
from .comparing import OPPOSITES, SIGNS, Op, than

if TYPE_CHECKING:
    from ...scene_graph import SceneObject
    from ...trace import Trace
    from ..vocabulary import Vocabulary


class Near(Change):
    """The distance between the origins of ``thing`` and ``other`` against ``value`` in metres."""

    kind: Literal["near"] = "near"
    other: Ref
    op: Op
    value: float | None = None
    examples: ClassVar[tuple[str, ...]] = (
        "Whenever Ball is within 1 m of Door, close Door",
        "When Ball comes closer than 50 cm to Plate, open Door",
        "Once Ball is more than 2 m away from Box, open Door",
        "When Ball gets within 1 m of Door, open Door",
        "Whenever Ball is at least 3 m away from Box, close Door",
    )
    cues: ClassVar[tuple[str, ...]] = ("within", "from", "away", "of", "near", "closer")

    def being(self) -> str:
        """See `Change.being`."""
        if self.value is None:
            return f"{'near' if self.op == 'at_most' else 'far from'} {self.other}"
        v = f"{told(self.value)} m"
        said = {
            "at_most": f"within {v} of",
            "below": f"closer than {v} to",
            "above": f"farther than {v} from",
            "at_least": f"at least {v} away from",
        }
        return f"{said[self.op]} {self.other} (centre to centre)"

    def becoming(self) -> tuple[str, str]:
        """See `Change.becoming`."""
        return "get", self.being()

    def opposite(self) -> Condition | None:
        """See `Change.opposite`."""
        return self.model_copy(update={"op": OPPOSITES[self.op]})

    def now(self, label: Namer) -> str:
        """See `Condition.now`."""
        names = name_code(self.thing), name_code(self.other)
        return f'compared({told(self.value or 0.0)}, {names[0]}, "location", "length", {names[1]}) {SIGNS[self.op]} 0'

    def problem(self, scene: Vocabulary) -> str | None:
        """A distance is a figure, between two things."""
        if self.value is None:
            how, word = ("near", "within") if self.op == "at_most" else ("far", "more than")
            end = f"{word} 1 m {'of' if word == 'within' else 'from'} {self.other}"
            return f"it is not said how {how} {self.thing} and {self.other} are meant to be; say for instance '{end}'"
        return _two_problem(scene, self.thing, self.other, "its distance")

    def nearest(self, trace: Trace) -> str:
        """The distance that was nearest to the limit."""
        if self.value is None or (found := _gaps(trace, self.thing, self.other)) is None:
            return ""
        a, b, gaps = found
        frame = int(np.nanargmin(np.abs(gaps - self.value)))
        return f"the distance of {a} and {b} was nearest at {gaps[frame]:.2f} m (frame {frame})"


Way = Literal["inside", "outside", "over", "under", "right", "left", "behind", "front", "higher", "lower", "beyond"]

SAID: dict[Way, str] = {
    "inside": "inside", "outside": "outside of", "over": "above", "under": "below", "right": "to the right of",
    "left": "to the left of", "behind": "behind", "front": "in front of", "higher": "higher than", "lower": "lower than",
    "beyond": "beyond",
}  # fmt: skip
AXES: dict[str, tuple[str, str]] = {
    "right": ("x", ">"), "left": ("x", "<"), "behind": ("y", ">"), "front": ("y", "<"), "higher": ("z", ">"), "lower": ("z", "<"),
}  # fmt: skip
OPPOSITE: dict[str, Way] = {"inside": "outside", "outside": "inside"}


class Beside(Change):
    """``thing``'s origin from ``other``: within its box, over or under its outline, or along an axis of the world.

    ``right`` is +x, ``behind`` +y, ``higher`` +z of its origin; ``beyond`` is the other side of it than at the start.
    """

    kind: Literal["beside"] = "beside"
    other: Ref
    way: Way
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball gets inside Box, open Door",
        "As soon as Ball is above Plate, open Door",
        "Once Ball is to the right of Box, open Door",
        "When Ball enters Plate, open Door",
        "When Ball gets beyond Door, open Door",
        "When Ball gets outside of Box, open Door",
        "Once Ball is below Lamp, open Door",
        "Once Ball is to the left of Box, open Door",
        "Whenever Ball is behind Box, open Door",
        "Whenever Ball is in front of Box, open Door",
        "When Ball is higher than Box, open Door",
        "When Ball gets lower than Box, open Door",
    )
    cues: ClassVar[tuple[str, ...]] = (
        "above",
        "below",
        "over",
        "under",
        "right",
        "left",
        "past",
        "in",
        "inside",
        "out",
    )

    @property
    def from_start(self) -> bool:  # type: ignore[override]
        """Beyond is seen from the start."""
        return self.way == "beyond"

    def being(self) -> str:
        """See `Change.being`."""
        return f"{SAID[self.way]} {self.other}"

    def becoming(self) -> tuple[str, str]:
        """See `Change.becoming`."""
        return "get", self.being()

    def opposite(self) -> Condition | None:
        """See `Change.opposite`."""
        return self.model_copy(update={"way": OPPOSITE[self.way]}) if self.way in OPPOSITE else None

    def now(self, label: Namer) -> str:
        """See `Condition.now`."""
        a, b = name_code(self.thing), name_code(self.other)
        if self.way in AXES:
            axis, sign = AXES[self.way]
            return f'compared(0, {a}, "location", "{axis}", {b}) {sign} 0'
        return f"not inside({a}, {b})" if self.way == "outside" else f"{self.way}({a}, {b})"

    def remembers(self, how: How) -> bool:
        """See `Condition.remembers`."""
        return self.way == "beyond" or super().remembers(how)

    def nearest(self, trace: Trace) -> str:
        """How near the two came."""
        if (found := _gaps(trace, self.thing, self.other)) is None:
            return ""
        a, b, gaps = found
        frame = int(np.nanargmin(gaps))
        return f"the centres of {a} and {b} came within {gaps[frame]:.2f} m (frame {frame})"

    def problem(self, scene: Vocabulary) -> str | None:
        """Both must have a pose, and what is said of a box needs one around its origin."""
        if problem := _two_problem(scene, self.thing, self.other, "where it is"):
            return problem
        if self.way not in ("inside", "outside", "over", "under"):
            return None
        for name in self.other.names:
            obj = scene.objects[name]
            if obj.geometry is None:
                return f"{name} has no shape, so nothing can be {SAID[self.way]} it"
            if not _centred(obj):
                return f"{name}'s shape does not lie around its origin, so what is {SAID[self.way]} it cannot be told; set its origin to its geometry"
        return None


def _gaps(trace: Trace, thing: Ref, other: Ref) -> tuple[str, str, FloatArray] | None:
    """The distances of two things ``[F]``, with their names; None if the run does not hold both."""
    a, b = (next((n for n in ref.names if n in trace.bodies), None) for ref in (thing, other))
    if a is None or b is None:
        return None
    gaps = np.linalg.norm(trace.position[:, trace.index(a)] - trace.position[:, trace.index(b)], axis=1)
    return (a, b, gaps) if np.isfinite(gaps).any() else None


def _centred(obj: SceneObject) -> bool:
    vertices = getattr(obj.geometry, "vertices", None)
    if vertices is None:
        return True
    places = np.asarray(vertices)
    low, high = places.min(axis=0), places.max(axis=0)
    return bool(np.all(np.abs(low + high) / 2 <= 0.05 * np.maximum(high - low, 1e-9) + 1e-6))


def _two_problem(scene: Vocabulary, thing: Ref, other: Ref, what: str) -> str | None:
    if set(thing.names) & set(other.names):
        return f"{thing} is named twice: say another thing that it is compared with"
    return pose_problem(scene, thing, what) or pose_problem(scene, other, what)


PREPOSITIONS: dict[Way, str] = {
    "inside": "inside|inside of|within|in|in the inside of|within the bounds of|in the interior of",
    "outside": "outside|outside of|out of|not inside|beyond the bounds of",
    "over": "above|over|directly above|straight above|vertically above|directly over|right above|high above",
    "under": "below|under|underneath|beneath|directly below|directly under|right below",
    "right": "right of|to right of|on right of|on right side of|to right side of|at right of|further right than|farther right than",
    "left": "left of|to left of|on left of|on left side of|to left side of|at left of|further left than|farther left than",
    "behind": "behind|in back of|at back of|further back than",
    "front": "in front of|ahead of",
    "higher": "higher than|higher up than|taller than the place of|further up than",
    "lower": "lower than|lower down than|further down than",
    "beyond": "beyond|past|on other side of|on far side of|further than",
}  # fmt: skip
RISES = ["rise", "climb", "go up", "fly", "lift", "jump", "soar", "bounce", "float up"]
FALLS = ["fall", "drop", "sink", "descend", "go down", "come down", "dip", "plunge"]
GOES = ["go", "get", "move", "come", "pass", "fly", "roll", "slide", "swing", "travel", "drift", "step", "drive", "run", "glide", "walk", "hover", "float", "cross", "hang", "end up", "arrive", "be found", "tumble", "head"]  # fmt: skip
COMES = ["come", "get", "go", "move", "drive", "approach to", "approach", "roll", "fly", "drift", "step", "slide", "swing", "walk", "run", "travel", "arrive", "draw", "venture", "stray", "pass", "fall", "drop"]  # fmt: skip
LIES = ["lie", "sit", "rest", "stay", "remain", "stand", "be found", "hang", "float", "wait"]
ENTERS = ["enter", "get into", "get into the inside of", "go inside", "get inside", "move inside", "fly inside", "roll inside", "fall inside"]  # fmt: skip
EXITS = ["leave", "exit", "get out of", "go out of", "come out of", "move out of", "fall out of", "roll out of", "fly out of", "escape from", "escape", "slide out of", "drop out of", "depart from"]  # fmt: skip


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    _distances(grammar)
    _regions(grammar)


def _near(f: Fields, op: str, value: float | None) -> Any:
    return Near(thing=IT, other=f["b"], op=op, value=value)


def _distances(grammar: Grammar) -> None:
    end = "{b:thing} [LPAR (centre|center) to (centre|center) RPAR]"
    v = "{v:length}"
    closer, farther = "(closer|nearer)", "(farther|further)"
    away = "[away|apart|distant|distance] (from|to|of)"
    ways: tuple[tuple[str, str], ...] = (
        ("at_most", f"within [a distance of|a radius of|range of] {v} (of|from|to) {end}"),
        ("at_most", f"(at most|no more than|not more than|no farther than|no further than) {v} {away} {end}"),
        ("at_most", f"{v} or (less|closer|nearer) [away|apart] (from|to) {end}"),
        ("at_most", f"{v} (away from|from) {end} or (less|closer|nearer)"),
        ("at_least", f"{v} (away from|from) {end} or (more|farther|further)"),
        ("below", f"{closer} to {{b:thing}} than {v}"),
        ("below", f"{closer} than {v} [away] (to|from) {end}"),
        ("below", f"(less than|under|not even) {v} {away} {end}"),
        ("below", f"less than {v} (before|in front of) {end}"),
        ("above", f"{farther} [away] from {{b:thing}} than {v}"),
        ("above", f"{farther} [away] than {v} [away] from {end}"),
        ("above", f"(more than|over|beyond) {v} {away} {end}"),
        ("at_least", f"(at least|no less than|not less than) {v} {away} {end}"),
        ("at_least", f"{v} or (more|farther|further) [away] from {end}"),
        ("at_least", f"no (closer|nearer) than {v} to {end}"),
    )  # fmt: skip
    for op, text in ways:
        grammar.add("vicinity", text, _within(op))
    # 'Open Door when Ball is less than 4 m away': away from what was named or is acted on.
    for op, lead in (("above", "more than|over|farther than|further than"), ("below", "less than|under|closer than|nearer than"), ("at_least", "at least"), ("at_most", "at most|within")):  # fmt: skip
        for again, begins in (("", False), ("again", True)):
            grammar.add("fact", f"{{a:single}} ('s|is) ({lead}) {v} (away|off) {again}", _off(op, begins), cost=0.3)
    near = "(near|near to|close to|in the vicinity of|nearby|in the neighbourhood of|next to|beside|close by|very near|very close to|closer to|nearer to|near enough to|close enough to|in reach of|within reach of|right next to|by the side of)"
    grammar.add(
        "vicinity", f"{near.replace('the ', '').replace('right ', '')} {{b:thing}}", lambda f: _near(f, "at_most", None)
    )
    grammar.add(
        "vicinity",
        "(far from|far away from|away from|distant from|far enough from) {b:thing}",
        lambda f: _near(f, "above", None),
    )
    grammar.add("complement", "{c:vicinity}", lambda f: f["c"])
    predicate(grammar, COMES, "{c:vicinity}", lambda f, aspect: of(f["c"], f["a"], True))
    predicate(
        grammar,
        ["approach", "near"],
        "{b:thing} [up] (to|to within|within|to less than) {v:length}",
        lambda f, aspect: of(_near(f, "at_most", f["v"]), f["a"], True),
    )
    predicate(grammar, ["approach", "near"], "{b:thing}", lambda f, aspect: of(_near(f, "at_most", None), f["a"], True))
    noun = "(distance|gap|separation|space) (between|of|from)"
    from .comparing import Measure

    def measure(f: Fields) -> Any:
        a, b = f["pair"] if "pair" in f else (f["a"], f["b"])
        return Measure(
            a,
            ("length",),
            lambda op, value: (
                REJECT if op == "at" else Near(thing=IT, other=b, op={"reach": "at_most"}.get(op, op), value=value)
            ),
        )

    grammar.add(
        "measure",
        [
            f"{noun} {{pair}}",
            f"{noun} {{a:thing}} (to|from|and) {{b:thing}}",
            "{a:thing} 's distance (to|from) {b:thing}",
        ],
        measure,
    )
    than(grammar, "apart_bound", ("farther apart", "further apart"), ("closer together", "nearer together"), "length")
    grammar.add(
        "apart_bound",
        "(more than|over|at least|farther than) {v:length} (apart|away from each other|from each other|from one another)",
        lambda f: ("above", f["v"]),
    )
    grammar.add(
        "apart_bound",
        "(less than|under|within|at most|closer than) {v:length} (apart|of each other|of one another|from each other|to each other|from one another)",
        lambda f: ("below", f["v"]),
    )
    for begins, lead in (
        (False, f"{BE}"),
        (True, f"{ADVERB} (get|come|gets|comes|move|have got|have come|have moved|become)"),
    ):
        grammar.add("fact", f"{{pair}} {lead} {{c:apart_bound}}", _apart(begins))


def _within(op: str) -> Build:
    return lambda fields: _near(fields, op, fields["v"])


def _off(op: str, begins: bool) -> Build:
    """So far from what was named or is acted on."""

    def build(f: Fields) -> Any:
        near = of(_near({**f, "b": ITS}, op, f["v"]), f["a"], begins)
        return Fact(near, False, "event" if begins else "state")

    return build


def _region(way: Way) -> Build:
    return lambda fields: Beside(thing=IT, other=fields["b"], way=way)


def _apart(begins: bool) -> Build:
    def build(fields: Fields) -> Any:
        a, b = fields["pair"]
        op, value = fields["c"]
        return Fact(Near(thing=a, other=b, op=op, value=value, begins=begins), False, "event" if begins else "state")

    return build


def _regions(grammar: Grammar) -> None:
    for way, words in PREPOSITIONS.items():
        grammar.add("region", f"({words}) {{b:thing}}", _region(way))
    grammar.add("complement", "{c:region}", lambda f: f["c"])
    predicate(grammar, GOES, "{c:region}", lambda f, aspect: _went(f, None))
    predicate(grammar, RISES, "(above|over|higher than|past|beyond) {b:thing}", lambda f, aspect: _upright(f, "higher"))
    predicate(grammar, FALLS, "(below|under|lower than|past|beneath) {b:thing}", lambda f, aspect: _upright(f, "lower"))
    predicate(
        grammar,
        LIES,
        "(in|inside|inside of|within) {b:thing}",
        lambda f, aspect: of(_region("inside")(f), f["a"], False),
    )
    predicate(grammar, ENTERS, "{b:thing}", lambda f, aspect: _upright(f, "inside"))
    predicate(grammar, EXITS, "{b:thing}", lambda f, aspect: _left(f), cost=0.5)
    predicate(
        grammar, ["pass", "overtake", "get by", "go by", "cross"], "{b:thing}", lambda f, aspect: _upright(f, "beyond")
    )


def _went(fields: Fields, _: None) -> Any:
    return of(fields["c"], fields["a"], True)


def _upright(fields: Fields, way: str) -> Any:
    return Beside(thing=fields["a"], other=fields["b"], way=way, begins=True)


def _left(fields: Fields) -> Any:
    """Leaving what is no body is getting outside of it; with a body it is the end of a contact (`parted`)."""
    return Beside(thing=fields["a"], other=fields["b"], way="outside", begins=True)
