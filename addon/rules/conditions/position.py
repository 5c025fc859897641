"""Where a thing is along an axis: its height, a co-ordinate, a limit that it passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..grammar import REJECT, Fields, Grammar
from ..model import Condition, How, Namer
from ..phrasing import Fact, predicate
from ..units import told
from .change import IT, Change, of
from .code import name_code, nearest_of, pose_problem
from .comparing import LEAST, LESS, MORE, MOST, OPPOSITES, SIGNS, Op, named, than

if TYPE_CHECKING:
    from ...trace import Trace
    from ..vocabulary import Vocabulary

Axis = Literal["x", "y", "z"]


class Position(Change):
    """The origin's ``axis`` against ``value`` in metres; ``past`` is the other side of it than at the start."""

    kind: Literal["position"] = "position"
    axis: Axis
    op: Op | Literal["past"]
    value: float
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball rises above 2 m, open Door",
        "Once Ball is lower than 30 cm, open Door",
        "When Ball gets past x = -1, open Door",
        "Whenever Ball's x exceeds 2.5, open Door",
        "Once Box reaches a height of 1.5 m, open Door",
    )

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
        return ("get", self.being()) if self.axis == "z" else ("get", f"to {self.axis} {SIGNS[self.op]} {v}")  # type: ignore[index]

    def opposite(self) -> Condition | None:
        """See `Change.opposite`."""
        other = OPPOSITES.get(self.op)  # type: ignore[call-overload]
        return self.model_copy(update={"op": other}) if other else None

    def now(self, label: Namer) -> str:
        """See `Condition.now`."""
        place = f"objects[{name_code(self.thing)}].location.{self.axis}"
        if self.op in ("past", "reach"):
            word = "passes" if self.op == "past" else "reaches"
            return f"{word}({label(word)}, {place}, {told(self.value)})"
        return f"{place} {SIGNS[self.op]} {told(self.value)}"

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
    return Position(thing=IT, axis=axis, op=op, value=value, begins=begins)  # type: ignore[arg-type]


UP = ["rise", "climb", "ascend", "go up", "fly up", "move up", "float up", "lift", "jump", "bounce", "soar", "shoot up", "swing up", "get up", "leap", "come up", "pop up", "bob", "travel up", "hop", "rise up", "climb up", "bounce up", "jump up"]  # fmt: skip
DOWN = ["fall", "drop", "sink", "descend", "go down", "come down", "move down", "dip", "plunge", "slide down", "get down", "swing down", "fly down", "float down", "fall down", "drop down", "sag", "roll down", "tumble down", "dive", "plummet"]  # fmt: skip
ANY = ["go", "get", "move", "come", "pass", "fly", "roll", "slide", "swing", "travel", "drift", "float", "step", "drive", "run", "glide", "slip", "wander", "walk", "bounce", "tumble", "shoot", "make it", "cross", "race", "spin", "skid", "head", "push", "advance"]  # fmt: skip


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    _limits(grammar)
    _complements(grammar)
    named(grammar, ("height", "altitude", "elevation", "height above ground", "level above the ground", "z position", "z coordinate", "z co-ordinate", "z-coordinate", "z-position", "z value"), ("length",), lambda op, v: _measured("z", op, v))  # fmt: skip
    for axis in "xyz":
        _axis(grammar, axis)


def _axis(grammar: Grammar, axis: str) -> None:
    nouns = (axis, f"{axis} position", f"{axis} coordinate", f"{axis} co-ordinate", f"{axis}-coordinate", f"{axis}-position", f"{axis} value", f"position {axis}", f"location {axis}", f"location . {axis}", f"position . {axis}")  # fmt: skip
    make = lambda op, v, a=axis: _measured(a, op, v)  # noqa: E731
    named(grammar, nouns, ("length", "number"), make)
    from .comparing import Measure

    grammar.add(
        "measure",
        f"{{x:thing}} . [location|position] [.] {axis}",
        lambda f, m=make: Measure(f["x"], ("length", "number"), m),
    )


def _measured(axis: str, op: str, value: float) -> Any:
    return REJECT if op == "at" else _place(axis, op, value)


def _limits(grammar: Grammar) -> None:
    """Heights and co-ordinates that are limits."""
    high = "[a] (height|altitude|level|elevation) [of]"
    grammar.add("altitude", "{l:length} [mark|line|level] [of height|in height|of altitude]", lambda f: f["l"])
    grammar.add("altitude", f"{high} {{l:length}}", lambda f: f["l"])
    grammar.add("altitude", "{l:length} (above|over|from|off) [the] (ground|floor level|zero|origin)", lambda f: f["l"])
    grammar.add("altitude", "{c:coordinate}", lambda f: f["c"][1] if f["c"][0] == "z" else REJECT)
    grammar.add("line", "{c:coordinate}", lambda f: f["c"])
    grammar.add("line", "[line|plane|mark|point] {c:coordinate} [line|plane|mark]", lambda f: f["c"])
    for sign, words in ((">", "(GT|more than|greater than|over|above|beyond|past)"), ("<", "(LT|less than|smaller than|under|below)"), (">=", "(GE|at least)"), ("<=", "(LE|at most)")):  # fmt: skip
        op = {value: key for key, value in SIGNS.items()}[sign]
        for axis in "xyz":
            grammar.add("halfspace", f"{axis} {words} {{v:size}}", lambda f, a=axis, o=op: _place(a, o, f["v"]))


def _complements(grammar: Grammar) -> None:
    than(grammar, "height_bound", ("higher", "further up", "taller up"), ("lower", "further down"), "altitude")
    grammar.add("height_bound", "[to|at] (above|over|more than|upwards of) {v:altitude}", lambda f: ("above", f["v"]))
    grammar.add(
        "height_bound", "[to|at] (below|under|beneath|underneath|less than) {v:altitude}", lambda f: ("below", f["v"])
    )
    grammar.add(
        "height_bound",
        "at [a|an] (height|altitude|level) [of] (over|above|more than) {v:length}",
        lambda f: ("above", f["v"]),
    )
    grammar.add(
        "height_bound",
        "at [a|an] (height|altitude|level) [of] (under|below|less than) {v:length}",
        lambda f: ("below", f["v"]),
    )
    high = "(high|up|above ground|above the ground|off the ground|in the air|from the ground|high up|up in the air|over the ground|off the floor level)"
    for op, lead in (
        ("above", "more than|over"),
        ("below", "less than|under"),
        ("at_least", "at least"),
        ("at_most", "at most"),
    ):
        grammar.add("high_bound", f"({lead}) {{v:length}} {high}", lambda f, o=op: (o, f["v"]))
    grammar.add("high_bound", f"{{v:length}} {high} or (more|higher)", lambda f: ("at_least", f["v"]))
    build = lambda f: _place("z", *f["b"])  # noqa: E731
    grammar.add("place_bound", "{b:height_bound}", build)
    grammar.add("place_bound", "{b:high_bound}", build, cost=-0.1)
    grammar.add("place_bound", "(on|at|in|to|into) {h:halfspace}", lambda f: f["h"])
    grammar.add("place_bound", "(beyond|past|across|over|further than|through|by) {l:line}", _passed)
    for way, sign in (("right", 1), ("left", -1), ("behind", 1), ("in front", -1)):
        axis = "x" if way in ("right", "left") else "y"
        op = "above" if sign > 0 else "below"
        lead = "to the right of|right of|to right of|on the right side of|on the right of" if way == "right" else "to the left of|left of|to left of|on the left side of|on the left of" if way == "left" else way if way == "behind" else "in front of"  # fmt: skip
        grammar.add(
            "place_bound",
            f"({lead.replace('the ', '')}) {{l:line}}",
            lambda f, a=axis, o=op: _place(a, o, f["l"][1]) if f["l"][0] == a else REJECT,
        )
    grammar.add("complement", "{b:place_bound}", lambda f: f["b"])
    grammar.add("height_bound", "more (high|up) than {v:altitude}", lambda f: ("above", f["v"]))
    grammar.add("height_bound", "less (high|up) than {v:altitude}", lambda f: ("below", f["v"]))
    grammar.add("high_bound", "GT {v:length} (up|high)", lambda f: ("above", f["v"]))
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
    passed = "(is|has been|gets|was|are) [ever|first|just|finally|once]"
    grammar.add(
        "fact",
        f"{{v:altitude}} {passed} (exceeded|surpassed|topped|cleared|overtopped) by {{a:thing}}",
        lambda f: Fact(of(_place("z", "above", f["v"]), f["a"], True)),
    )
    grammar.add(
        "fact",
        f"{{v:altitude}} {passed} (reached|attained|gained) by {{a:thing}}",
        lambda f: Fact(of(_place("z", "reach", f["v"]), f["a"], True)),
    )
    grammar.add("complement", "(between|within) {s:span}", _between)
    toward = "(leftwards|rightwards|to left|to right|left|right|upwards|downwards|up|down|forwards|backwards|leftward|rightward|upward|downward|forward|backward)"
    grammar.value("toward", {w: v for w, v in {"leftwards": ("x", "below"), "leftward": ("x", "below"), "left": ("x", "below"), "to left": ("x", "below"), "rightwards": ("x", "above"), "rightward": ("x", "above"), "right": ("x", "above"), "to right": ("x", "above"), "upwards": ("z", "above"), "up": ("z", "above"), "upward": ("z", "above"), "downwards": ("z", "below"), "down": ("z", "below"), "downward": ("z", "below")}.items() if w in toward})  # fmt: skip
    for verbs, ops in ((UP, ("above", "at_least")), (DOWN, ("below", "at_most")), (ANY, None)):
        make = lambda f, aspect, o=ops: _moved(f, o)  # noqa: E731
        predicate(grammar, verbs, "{c:place_bound}", make)
        predicate(grammar, verbs, "{t:toward} (past|beyond|across|over|through) {l:line}", _headed)
        sense = "above" if verbs is UP else "below" if verbs is DOWN else "past"
        predicate(
            grammar,
            verbs,
            "(past|beyond|across|through) {v:altitude}",
            lambda f, aspect, s=sense: of(_place("z", s, f["v"]), f["a"], True),
        )
        predicate(
            grammar,
            verbs,
            "(to|up to|down to|as far as|as high as|as low as) {l:line}",
            lambda f, aspect: of(_place(f["l"][0], "reach", f["l"][1]), f["a"], True),
        )
        predicate(
            grammar,
            verbs,
            "(to|up to|down to|as high as|as low as|as far up as) {v:altitude}",
            lambda f, aspect: of(_place("z", "reach", f["v"]), f["a"], True),
        )
    predicate(
        grammar,
        ["reach", "get to", "arrive at", "attain", "hit", "make it to", "come to", "gain"],
        "{l:line}",
        lambda f, aspect: of(_place(f["l"][0], "reach", f["l"][1]), f["a"], True),
    )
    predicate(
        grammar,
        ["reach", "get to", "arrive at", "attain", "make it to", "come to", "gain", "climb to", "rise to", "sink to"],
        "{v:altitude}",
        lambda f, aspect: of(_place("z", "reach", f["v"]), f["a"], True),
        subject="{a:thing}",
    )
    predicate(
        grammar, ["pass", "cross", "overshoot", "clear"], "{l:line}", lambda f, aspect: of(_passed(f), f["a"], True)
    )
    predicate(
        grammar, ["pass", "cross"], "{v:altitude}", lambda f, aspect: of(_place("z", "past", f["v"]), f["a"], True)
    )
    for way, op in (("up|upwards", "above"), ("down|downwards", "below")):
        on = f"[on] [(its|their|the)] [way] ({way})"
        predicate(
            grammar,
            ["pass", "cross"],
            f"{{v:altitude}} {on}",
            lambda f, aspect, o=op: of(_place("z", o, f["v"]), f["a"], True),
        )
    predicate(
        grammar,
        ["exceed", "top", "surpass", "clear"],
        "{v:altitude}",
        lambda f, aspect: of(_place("z", "above", f["v"]), f["a"], True),
    )


def _passed(fields: Fields) -> Any:
    axis, value = fields["l"]
    return _place(axis, "past", value, begins=True)


def _headed(fields: Fields, aspect: str) -> Any:
    axis, op = fields["t"]
    if fields["l"][0] != axis:
        return REJECT
    return of(_place(axis, op, fields["l"][1]), fields["a"], True)


def _moved(fields: Fields, ops: tuple[str, ...] | None) -> Any:
    found = fields["c"]
    if ops and (found.axis != "z" or found.op not in ops):
        return REJECT
    return of(found, fields["a"], True)


def _between(fields: Fields) -> Any:
    from .logic import And

    axis, low, high = fields["s"]
    if axis == "point":
        return REJECT
    low, high = sorted((low, high))
    return And(parts=(_place(axis, "at_least", low), _place(axis, "at_most", high)))
