"""Where a thing is along an axis: its height, a co-ordinate, a limit that it passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..grammar import REJECT, Build, Fields, Grammar
from ..model import Condition, How, Namer
from ..phrasing import Fact, predicate
from ..units import told
from .change import IT, Change, of, so
from .code import name_code, nearest_of, pose_problem
from .comparing import LEAST, LESS, MORE, MOST, OPPOSITES, SIGNS, THAN, Measure, Op, limit, named, than
from .logic import And

if TYPE_CHECKING:
    from ...trace import Trace
    from ..vocabulary import Vocabulary

Axis = Literal["x", "y", "z"]


class Position(Change):
    """The origin's ``axis`` against ``value`` in metres; ``past`` is the other side of it than at the start."""

    kind: Literal["position"] = "position"
    axis: Axis
    op: Op
    value: float
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball rises above 2 m, open Door",
        "Once Ball is lower than 30 cm, open Door",
        "When Ball gets past x = -1, open Door",
        "Whenever Ball's x exceeds 2.5, open Door",
        "Once Box reaches a height of 1.5 m, open Door",
        "When Ball drops below 50 cm, open Door",
        "While Ball is higher than 1 m, turn Lamp on",
        "Once Ball is at least 2 m high, open Door",
        "When Ball gets to x < -3, open Door",
    )
    cues: ClassVar[tuple[str, ...]] = ("above", "below", "over", "under", "past", "at", "higher", "lower", "up", "down")

    @property
    def from_start(self) -> bool:  # type: ignore[override]
        """A limit is passed or reached from where the thing starts."""
        return self.op in ("past", "reach")

    def being(self) -> str:
        """See `Change.being`."""
        v = told(self.value)
        if self.op in ("past", "reach", "at"):
            return f"{'past' if self.op == 'past' else 'at'} {self.axis} = {v}"
        if self.axis != "z":
            return f"at {self.axis} {SIGNS[self.op]} {v}"
        return {
            "above": f"higher than {v} m",
            "below": f"lower than {v} m",
            "at_least": f"at least {v} m high",
            "at_most": f"at most {v} m high",
        }[self.op]

    def becoming(self) -> tuple[str, str]:
        """See `Change.becoming`."""
        v = told(self.value)
        if self.op == "past":
            return "get", f"past {self.axis} = {v}"
        if self.op == "reach":
            return "reach", f"{self.axis} = {v}"
        if self.axis == "z" and self.op in ("above", "below"):
            return ("rise", f"above {v} m") if self.op == "above" else ("drop", f"below {v} m")
        return ("get", self.being()) if self.axis == "z" else ("get", f"to {self.axis} {SIGNS[self.op]} {v}")

    def opposite(self) -> Condition | None:
        """See `Change.opposite`."""
        other = OPPOSITES.get(self.op)
        return self.model_copy(update={"op": other}) if other else None

    def now(self, label: Namer) -> str:
        """See `Condition.now`."""
        what = f'{told(self.value)}, {name_code(self.thing)}, "location", "{self.axis}"'
        if self.op in ("past", "reach"):
            word, sign = ("passes", ">") if self.op == "past" else ("reaches", ">=")
            return f"side_of({label(word)}, {what}) {sign} 0"
        return f"compared({what}) {SIGNS[self.op]} 0"

    def remembers(self, how: How) -> bool:
        """See `Condition.remembers`."""
        return self.op in ("past", "reach") or super().remembers(how)

    def problem(self, scene: Vocabulary) -> str | None:
        """Only what has a pose has a place."""
        return pose_problem(scene, self.thing, "its place")

    def nearest(self, trace: Trace) -> str:
        """The co-ordinate that was nearest to the limit."""
        column = "xyz".index(self.axis)
        what = "height" if self.axis == "z" else self.axis
        return nearest_of(
            trace, self.thing, lambda i: trace.position[:, i, column], self.value, f"{what} was nearest at", "m"
        )


def _place(axis: str, op: str, value: Any, begins: bool = False) -> Any:
    return Position(thing=IT, axis=axis, op=op, value=value, begins=begins)


UP = ["rise", "raise", "raise itself", "be raised", "climb", "ascend", "go up", "fly up", "move up", "float up", "lift", "jump", "bounce", "soar", "shoot up", "swing up", "get up", "leap", "come up", "pop up", "bob", "travel up", "hop", "rise up", "climb up", "bounce up", "jump up"]  # fmt: skip
DOWN = ["fall", "drop", "sink", "descend", "go down", "come down", "move down", "dip", "plunge", "slide down", "get down", "swing down", "fly down", "float down", "fall down", "drop down", "sag", "roll down", "tumble down", "dive", "plummet"]  # fmt: skip
ANY = ["go", "get", "move", "come", "pass", "fly", "roll", "slide", "swing", "travel", "drift", "float", "step", "drive", "run", "glide", "slip", "wander", "walk", "bounce", "tumble", "shoot", "make it", "cross", "race", "spin", "skid", "head", "push", "advance"]  # fmt: skip


HEIGHTS = ("height", "altitude", "elevation", "height above ground", "level above ground", "z position", "z coordinate", "z co-ordinate", "z-coordinate", "z-position", "z value")  # fmt: skip
WAYS = {
    "right": ("x", "above"), "rightwards": ("x", "above"), "rightward": ("x", "above"), "to right": ("x", "above"),
    "left": ("x", "below"), "leftwards": ("x", "below"), "leftward": ("x", "below"), "to left": ("x", "below"),
    "up": ("z", "above"), "upwards": ("z", "above"), "upward": ("z", "above"),
    "down": ("z", "below"), "downwards": ("z", "below"), "downward": ("z", "below"),
}  # fmt: skip
"""Words of directions with the axis along which, and the side on which, they lead."""
BESIDE = {
    "(right of|to right of|on right side of|on right of)": ("x", "above"),
    "(left of|to left of|on left side of|on left of)": ("x", "below"),
    "behind": ("y", "above"), "in front of": ("y", "below"),
}  # fmt: skip


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    _limits(grammar)
    _heights(grammar)
    _sides(grammar)
    for verbs, op, ops in (
        (UP, "above", ("above", "at_least")),
        (DOWN, "below", ("below", "at_most")),
        (ANY, "past", ()),
    ):
        _moves(grammar, verbs, op, ops)
    _reaches(grammar)
    named(grammar, HEIGHTS, ("length",), _measured("z"))
    for axis in "xyz":
        nouns = [
            f"{axis}{end}"
            for end in ("", " position", " coordinate", " co-ordinate", "-coordinate", "-position", " value")
        ]
        named(grammar, [*nouns, f"position {axis}", f"location {axis}"], ("length", "number"), _measured(axis))
        grammar.add("measure", f"{{x:thing}} . [(location|position) .] {axis}", _field(axis))


def _measured(axis: str) -> Callable[[Op, Any], Any]:
    return lambda op, value: REJECT if op == "at" else _place(axis, op, value)


def _field(axis: str) -> Build:
    return lambda fields: Measure(fields["x"], ("length", "number"), _measured(axis))


def _limits(grammar: Grammar) -> None:
    """Heights and co-ordinates that are limits."""
    grammar.add(
        "altitude",
        "{l:length} [mark|line|level|limit] [of height|in height|of altitude|height|altitude|above floor]",
        lambda f: f["l"],
    )
    grammar.add(
        "altitude", "(height|altitude|level|elevation|mark|line|limit|height mark) [of|at] {l:length}", lambda f: f["l"]
    )
    grammar.add("altitude", "{l:length} of (height|altitude|elevation)", lambda f: f["l"])
    grammar.add("height_bound", f"in more {THAN} {{v:length}} [of] [height|altitude]", lambda f: ("above", f["v"]))
    grammar.add("altitude", "{l:length} (above|over|from|off) (ground|floor level|zero|origin)", lambda f: f["l"])
    grammar.add("altitude", "{c:coordinate}", lambda f: f["c"][1] if f["c"][0] == "z" else REJECT)
    grammar.add("line", "[line|plane|mark|point] {c:coordinate} [line|plane|mark]", lambda f: f["c"])
    words = {"above": "GT|more than|greater than|over|above|beyond|past", "below": "LT|less than|smaller than|under|below", "at_least": "GE|at least", "at_most": "LE|at most"}  # fmt: skip
    for op, said_ in words.items():
        for axis in "xyz":
            grammar.add("halfspace", f"{axis} ({said_}) {{v:size}}", _at(axis, op))


def _at(axis: str, op: str) -> Build:
    return lambda fields: _place(axis, op, fields["v"])


def _heights(grammar: Grammar) -> None:
    than(grammar, "height_bound", ("higher", "further up"), ("lower", "further down"), "altitude")
    high = "(high|up|above ground|off ground|in air|from ground|high up|up in air|over ground)"
    leads = {"above": f"more {THAN}|over", "below": f"less {THAN}|under", "at_least": "at least", "at_most": "at most"}
    places = {"above": "above|over|GT", "below": "below|under|beneath|underneath|LT"}
    amounts = {"above": f"more {THAN}|upwards of", "below": f"less {THAN}"}
    for op, lead in places.items():
        grammar.add("height_bound", f"[to|at|up|up at|high|up high] ({lead}) {{v:altitude}}", limit(op))
        # 'Moves more than 2 m' is a way, not a height.
        grammar.add("height_bound", f"(to|at|up at|up to) ({amounts[op]}) {{v:altitude}}", limit(op))
        grammar.add("height_bound", f"at (height|altitude|level) [of] ({amounts[op]}) {{v:length}}", limit(op))
        grammar.add("height_bound", f"at (height|altitude|level) [of] ({lead}) {{v:length}}", limit(op))
    for op, lead in leads.items():
        grammar.add("high_bound", f"({lead}) {{v:length}} {high}", limit(op))
    grammar.add("high_bound", f"{{v:length}} {high} or (more|higher)", limit("at_least"))
    grammar.add("place_bound", "{b:height_bound}", lambda f: _place("z", *f["b"]))
    grammar.add("place_bound", "{b:high_bound}", lambda f: _place("z", *f["b"]), cost=-0.1)


def _sides(grammar: Grammar) -> None:
    grammar.add("place_bound", "(on|at|in|to|into) {h:halfspace}", lambda f: f["h"])
    grammar.add("place_bound", "(beyond|past|across|further than|through) {l:line}", _passed)
    grammar.add("place_bound", "(over|by) {l:line}", _passed, cost=0.2)
    for words, (axis, op) in BESIDE.items():
        grammar.add("place_bound", f"{words} {{l:line}}", _beside(axis, op))
    grammar.add("complement", "{b:place_bound}", lambda f: f["b"])
    grammar.add("height_bound", f"more (high|up) {THAN} {{v:altitude}}", lambda f: ("above", f["v"]))
    grammar.add("height_bound", f"less (high|up) {THAN} {{v:altitude}}", lambda f: ("below", f["v"]))
    grammar.add("high_bound", "GT {v:length} (up|high)", lambda f: ("above", f["v"]))
    grammar.add("high_bound", "LT {v:length} (up|high)", lambda f: ("below", f["v"]))
    grammar.add("height_bound", "up (past|beyond) {v:altitude}", lambda f: ("above", f["v"]))
    grammar.add("height_bound", f"more low {THAN} {{v:altitude}}", lambda f: ("below", f["v"]))
    for op, lead in (("above", MORE), ("below", LESS), ("at_least", LEAST), ("at_most", MOST)):
        held = lambda f, o=op: Fact(of(_place("z", o, f["v"]), f["a"], False), False, "state")  # noqa: E731
        grammar.add(
            "fact",
            f"{{a:thing}} (has|have|reaches|stands at|is at) [a] (height|altitude|elevation) [of|that is] {lead} {{v:length}}",
            held,
        )
        grammar.add(
            "fact",
            f"{{a:thing}} (stands|hangs|floats|hovers|sits|lies) {lead} {{v:length}} [high|up|above ground]",
            held,
        )
        grammar.add("fact", f"{{a:thing}} (has|have) {lead} {{v:length}} (of|in) (height|altitude|elevation)", held)
    passed = "(is|has been|gets|was|are|is being) [ever|first|just|finally|once]"
    up = "[rising|climbing|ascending|lifting|upward-moving|rising up]"
    for beaten, op in (
        ("exceeded|surpassed|topped|cleared|overtopped|beaten|outgrown|overshot", "above"),
        ("undercut|underrun|undershot|fallen below|dropped below|fallen under", "below"),
        ("passed|crossed", "past"),
    ):
        for by in (
            f"(by|from) {up} {{a:thing}}",
            "by {a:thing} (rising|climbing|ascending|going up|moving up|on [its] way up|from below)",
        ):
            way = "above" if by.endswith(")") else op
            grammar.add(
                "fact",
                f"{{v:altitude}} {passed} ({beaten}) {by}",
                lambda f, way=way: Fact(of(_place("z", way, f["v"]), f["a"], True)),
            )
            grammar.add(
                "facting",
                f"{{v:altitude}} (being|having been) ({beaten}) {by}",
                lambda f, way=way: Fact(of(_place("z", way, f["v"]), f["a"], True)),
            )
    over = f"[height|altitude|elevation] [of|that is|which is] {MORE} {{v:length}} [of height|in height|height|high]"
    grammar.add(
        "fact",
        f"{over} {passed} (reached|attained|gained|got to|achieved) by {{a:thing}}",
        lambda f: Fact(of(_place("z", "above", f["v"]), f["a"], True)),
    )
    predicate(grammar, ["reach", "attain", "get to", "gain", "achieve"], over, so(_at("z", "above")))
    grammar.add(
        "happening",
        "(passing|exceeding|crossing|surpassing|exceedance|surmounting|overstepping) [of] {v:altitude} by {a:thing}",
        lambda f: Fact(of(_place("z", "above", f["v"]), f["a"], True)),
    )
    grammar.add(
        "fact",
        f"{{v:altitude}} {passed} (reached|attained|gained) by {{a:thing}}",
        lambda f: Fact(of(_place("z", "reach", f["v"]), f["a"], True)),
    )
    grammar.add("complement", "(between|within) {s:span}", _between)
    grammar.value("toward", WAYS)


def _beside(axis: str, op: str) -> Build:
    return lambda fields: _place(axis, op, fields["l"][1]) if fields["l"][0] == axis else REJECT


def _moves(grammar: Grammar, verbs: list[str], op: str, ops: tuple[str, ...]) -> None:
    """Verbs of motion: up, down, or any way."""
    predicate(grammar, verbs, "{c:place_bound}", so(lambda f: _fitting(f["c"], ops)))
    predicate(grammar, verbs, "{t:toward} (past|beyond|across|over|through) {l:line}", so(_headed))
    predicate(grammar, verbs, "(past|beyond|across|through) {v:altitude}", so(_at("z", op)))
    predicate(grammar, verbs, "(to|up to|down to|as far as|as high as|as low as) {l:line}", so(_reached))
    predicate(
        grammar, verbs, "(to|up to|down to|as high as|as low as|as far up as) {v:altitude}", so(_at("z", "reach"))
    )


def _reaches(grammar: Grammar) -> None:
    reach = ["reach", "get to", "arrive at", "attain", "make it to", "come to", "gain"]
    predicate(grammar, [*reach, "hit"], "{l:line}", so(_reached))
    predicate(grammar, reach, "{v:altitude}", so(_at("z", "reach")))
    predicate(grammar, ["pass", "cross", "overshoot"], "{l:line}", so(_passed))
    predicate(grammar, ["pass", "cross"], "{v:altitude}", so(_at("z", "past")))
    for way, op in (
        ("up|upwards|upward|rising|climbing|ascending|from below", "above"),
        ("down|downwards|downward|falling|sinking|descending|from above", "below"),
    ):
        on = f"[(on|in|during) [its|their] [way]|going|while going|moving|while moving|coming|travelling|heading] ({way})"
        predicate(grammar, ["pass", "cross"], f"{{v:altitude}} {on}", so(_at("z", op)))
    predicate(grammar, ["exceed", "top", "surpass", "clear"], "{v:altitude}", so(_at("z", "above")))


def _passed(fields: Fields) -> Any:
    axis, value = fields["l"]
    return _place(axis, "past", value, begins=True)


def _reached(fields: Fields) -> Any:
    axis, value = fields["l"]
    return _place(axis, "reach", value)


def _headed(fields: Fields) -> Any:
    axis, op = fields["t"]
    return _place(axis, op, fields["l"][1]) if fields["l"][0] == axis else REJECT


def _fitting(found: Position, ops: tuple[str, ...]) -> Any:
    """Only what a verb can do: what rises gets no lower."""
    return REJECT if ops and found.axis == "z" and found.op not in ops else found


def _between(fields: Fields) -> Any:
    axis, low, high = fields["s"]
    if axis == "point":
        return REJECT
    low, high = sorted((low, high))
    return And(parts=(_place(axis, "at_least", low), _place(axis, "at_most", high)))
