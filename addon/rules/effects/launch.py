"""Velocities that bodies get: thrown, kicked, sent off, made to jump."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import deed
from ..grammar import REJECT, Fields, Grammar
from ..model import Effect
from ..modifiers import WAY_NAMES, Pairs, Vector, bag, in_turn, only
from ..reference import Ref
from ..units import told
from .moving import shorthand

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

THROWS = (
    "launch", "throw", "shoot", "fire", "propel", "catapult", "kick", "boot", "fling", "hurl", "toss", "sling", "lob", "pitch", "chuck", "flick", "bat",
    "blast", "shove", "push", "punch", "rocket", "project", "impel", "eject", "pop", "knock", "thrust", "boost", "bump",
    "send", "send * off", "send * away", "send * flying", "send * out", "shoot * off", "shoot * away", "fire * off", "throw * away", "throw * off", "hurl * away", "hurl * off",
    "kick * off", "kick * away", "fling * away", "fling * off", "toss * away", "knock * away", "push * away", "push * off", "shove * away", "shove * off", "launch * off", "set * going",
    "dispatch", "discharge", "get * moving", "get * going", "get * rolling", "set * rolling", "send * rolling", "fire * away", "loose * off", "let * fly", "set * off", "set * moving", "keep * going", "keep * moving", "keep * rolling", "keep * travelling", "set * in motion", "set * into motion", "put * in motion", "put * into motion", "bring * in motion", "bring * into motion", "let * off", "get * off", "send * going", "shoot * up and away", "send * up and away", "send * through the air", "send * up", "shoot * up", "bat * away", "blast * away", "blast * off", "flick * away", "catapult * away", "propel * away", "strike * away", "drive * away", "blow * away", "blow * off", "send * packing", "let * rip", "send * on its way", "put * into flight", "send * forth", "shoot * forth", "throw * forth", "push * forth", "kick * forth", "push * forward and away", "start * off", "shoot * out", "throw * out", "drive * forth", "cannon * off", "swat", "hit", "bounce", "putt", "whack", "smack",
)  # fmt: skip
FLIES = (
    "take off", "shoot off", "shoot away", "shoot", "fly off", "fly away", "dart off", "dart away", "dash off", "lift off", "blast off", "zoom off", "zoom away", "rocket off",
    "rocket away", "speed off", "speed away", "bounce off", "bounce away", "leave", "set off", "spring off", "launch", "spring away", "rush off", "race off", "kick off", "start", "start off", "head off", "head away", "run off", "run away", "go off", "be off", "be away", "get going", "get moving", "start moving", "be sent off", "speed", "be on its way", "whizz off", "zip off", "move out", "go flying", "go flying off", "go zooming off", "go rolling", "come flying out", "go shooting off", "fly out", "start rolling", "start flying",
)  # fmt: skip
MOVES = ("move", "roll", "slide", "fly", "travel", "go", "run", "drive", "glide", "shoot", "rise", "dart", "dash", "race", "zoom", "rush", "spring", "bounce", "drift", "head", "be thrown", "continue", "move off", "roll off", "roll away", "move away", "slide away", "slide off", "back away", "back off", "back up", "drive off", "drive away", "go along", "move along", "roll along", "slide along", "travel along", "be carried along", "start to move", "begin to move", "start to roll", "start to fly")  # fmt: skip
MOVED = (
    "start",
    "carry * along",
    "drive * along",
    "push * along",
    "move * along",
    "convey * along",
    "transport * along",
    "drive * on",
    "keep * on moving",
    "move",
    "roll",
    "slide",
    "drive",
    "carry",
    "convey",
    "transport",
)
JUMPS = ("jump", "hop", "leap", "bounce", "spring", "bound", "vault")
UNITS = "(m / s|mps|m / sec|metres per second|meters per second|metres / second|meters / second|metre per second|meter per second)"
QUICK = "(velocity|speed|velocity vector|speed vector|v|vel|initial velocity|starting velocity|launch velocity|initial speed)"


class OfBody(Effect):
    """What gives a body that physics moves another velocity."""

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if problem := scene.body_problem(name, self.done()):
            return problem
        body = scene.objects[name].body
        held = (body is not None and body.kinematic) or name in scene.held
        return f"{name} is held; release it first" if held and name not in scene.freed else None

    def done(self) -> str:
        """What is done to the body, as in ``it cannot be launched``."""
        return "launched"

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "velocity"

    @property
    def continuous(self) -> bool:
        """See `Effect.continuous`."""
        return True


class Launch(OfBody):
    """A velocity in m/s in the world frame; None if what is said is not enough, of which ``lacks`` tells the rest."""

    kind: Literal["launch"] = "launch"
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, launch Box with velocity (1, 0, 3)",
        "When Ball touches Plate, throw it to the right at 4 m/s",
        "After 1 s, shoot Ball off at 2.3 m/s right and 3.6 m/s up",
        "As long as Box touches Floor, it moves with velocity (1.2, 0, 0)",
    )
    velocity: Vector | None
    lacks: str = ""
    toward: Vector | None = None
    same: bool = False
    """Whether it is said to be that of the thing before it, of which it is not known yet."""

    def like(self, other: Effect) -> Effect | None:
        """See `Effect.like`."""
        if not self.same:
            return self
        if isinstance(other, Launch) and other.same:
            return self
        if not isinstance(other, Launch) or other.velocity is None or self.velocity not in (None, other.velocity):
            return None
        return Launch(thing=self.thing, velocity=other.velocity)

    @property
    def lacking(self) -> bool:
        """See `Effect.lacking`."""
        return (
            not self.same
            and self.velocity is None
            and (self.lacks == "how fast and which way" or self.toward is not None)
        )

    def completed(self, said: Mapping[str, Any]) -> Effect | None:
        """See `Effect.completed`."""
        several = len(self.thing.names) > 1
        if (several and "one" in said) or (not several and "each_one" in said and self.thing.names):
            return None
        if self.toward is not None and "speed" not in said:
            return None
        way = {"way": self.toward} if self.toward is not None else {}
        whole = launch(self.thing, tuple({**{k: v for k, v in said.items() if k not in ("one", "each_one")}, **way}.items()), unsaid=False)  # fmt: skip
        return whole if isinstance(whole, Effect) else None

    def agrees(self, said: Mapping[str, Any]) -> bool:
        """See `Effect.agrees`."""
        as_vel = {"vels": "vel", "vector": "vel", "offset": "vel", "place": "vel", "velocity": "vel", "at_vel": "vel"}
        own = tuple((as_vel.get(key, key), value) for key, value in said.items() if key != "each_one")
        return bool(launch(self.thing, own, unsaid=False) == self)

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        velocity = self.velocity or (0, 0, 0)
        speed = sum(abs(v) for v in velocity)
        if speed and (way := WAY_NAMES.get(tuple(v / speed for v in velocity))):  # type: ignore[arg-type]
            return f"{_passive(self.thing)} launched {way} at {told(speed)} m/s"
        return f"{_passive(self.thing)} launched with velocity {_vector(velocity)} m/s"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"objects[{name}].velocity = {_vector(self.velocity or (0, 0, 0))}"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if problem := super().problem(scene, name):
            return problem
        if self.same:
            return f"it is not said whose velocity that of {name} is the same as"
        return (
            f"it is not said {self.lacks} {name} is launched, such as 'to the right at 3 m/s'" if self.lacks else None
        )


class LaunchTowards(OfBody):
    """A velocity of ``speed`` m/s from the body's centre to that of ``target``, or away from it."""

    kind: Literal["launch_towards"] = "launch_towards"
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, kick it towards Door at 5 m/s",
        "After 2 s, throw Box away from Door at 18 km/h",
    )
    target: Ref
    speed: float
    away: bool = False

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        way = "away from" if self.away else "towards"
        return f"{_passive(self.thing)} launched {way} {self.target} at {told(self.speed)} m/s"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        target = json.dumps(self.target.name, ensure_ascii=False)
        return [f"launch_towards({name}, {target}, {told(-self.speed if self.away else self.speed)})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if problem := super().problem(scene, name):
            return problem
        if len(self.target.names) > 1:
            return f"{name} cannot be launched {'away from' if self.away else 'towards'} several things; say which"
        if self.target.names == (name,):
            return f"{name} cannot be launched towards itself"
        return None if self.target.name in scene.objects else f"it is not known where {self.target} is"


class Speed(OfBody):
    """Another speed in m/s in the direction in which the body moves."""

    kind: Literal["speed"] = "speed"
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, set the speed of Ball to 3 m/s",
        "When Ball touches Plate, slow Ball down to 50 cm/s",
    )
    speed: float

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"the speed of {self.thing} becomes {told(self.speed)} m/s"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"launch_onward({name}, {told(self.speed)})"]


class ScaleVelocity(OfBody):
    """The velocity is multiplied, by -1 to turn it round."""

    kind: Literal["scale_velocity"] = "scale_velocity"
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, reverse Ball's velocity",
        "After 1 s, double the speed of Box",
    )
    factor: float

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        if self.factor == -1:
            return f"the velocity of {self.thing} is reversed"
        return f"the velocity of {self.thing} is multiplied by {told(self.factor)}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"objects[{name}].velocity = objects[{name}].velocity * {told(self.factor)}"]

    @property
    def continuous(self) -> bool:
        """See `Effect.continuous`."""
        return False


class Jump(OfBody):
    """An upward velocity that lifts the body by ``height`` metres, as long as nothing but gravity acts on it."""

    kind: Literal["jump"] = "jump"
    examples: ClassVar[tuple[str, ...]] = (
        "Whenever Ball touches Plate, Ball jumps up 2 m",
        "After 1 s, make Box jump 50 cm high",
    )
    height: float

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} jump{self.thing.ending} up {told(self.height)} m"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"jump({name}, {told(self.height)})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if problem := super().problem(scene, name):
            return problem
        if scene.graph.world.gravity[2] >= 0:
            return f"no gravity pulls {name} down, so that a height does not tell how fast it jumps; say the speed"
        return None

    def done(self) -> str:
        """See `OfBody.done`."""
        return "made to jump"


def _passive(thing: Ref) -> str:
    return f"{thing} {'are' if thing.many else 'is'}"


def _vector(vector: Sequence[float]) -> str:
    return f"({', '.join(told(v + 0.0) for v in vector)})"


def times_way(way: Vector, speed: float) -> Vector:
    """A speed in a direction as a velocity."""
    x, y, z = (float(told(speed * w)) for w in way)
    return (x, y, z)


def launch(thing: Ref, mods: Pairs, *, unsaid: bool = True) -> Any:
    """The effect that a velocity in words gives, or `REJECT`; ``unsaid`` is for words that say that it is thrown."""
    said = bag(mods)
    said.pop("again", None)
    if said.pop("each_one", False) and len(thing.names) == 1:
        return REJECT
    if "vels" in said and len(thing.names) == 1:
        return Launch(thing=thing, velocity=said["vels"], same=True) if len(said) == 1 else REJECT
    for key in ("vels", "at_vel"):
        if key in said and "vel" not in said:
            said["vel"] = said.pop(key)
    given = {key for key in said if key not in ("turns", "pause")}
    if given == {"vel"}:
        effect: Effect = Launch(thing=thing, velocity=said["vel"])
    elif given == {"way", "speed"}:
        effect = Launch(thing=thing, velocity=times_way(said["way"], said["speed"]))
    elif given in ({"towards", "speed"}, {"away", "speed"}):
        away = "away" in said
        effect = LaunchTowards(thing=thing, target=said["away" if away else "towards"], speed=said["speed"], away=away)
    elif unsaid and given <= {"speed"}:
        effect = Launch(thing=thing, velocity=None, lacks="which way" if given else "how fast and which way")
    elif unsaid and len(given) == 1 and given <= {"way", "towards", "away"}:
        effect = Launch(thing=thing, velocity=None, lacks="how fast", toward=said.get("way"))
    else:
        return REJECT
    return in_turn(effect, said)


def _jump(thing: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    height = said.get("by")
    if height is None:
        return launch(thing, (*mods, ("way", (0, 0, 1))) if "speed" in said and "way" not in said else mods)
    if not only(said, "by", "way", "again", "turns") or said.get("way", (0, 0, 1)) != (0, 0, 1) or height <= 0:
        return REJECT
    return in_turn(Jump(thing=thing, height=height), said)


def _sum(first: Vector, rest: Vector) -> Any:
    """Components along different axes; two along one are not added up."""
    if any(a and b for a, b in zip(first, rest, strict=True)):
        return REJECT
    x, y, z = (a + b for a, b in zip(first, rest, strict=True))
    return (x, y, z)


def _velocities(g: Grammar) -> None:
    """Whole velocities as ``vel``: a vector, components, or a speed and a way."""
    g.add("way", "(straight|directly) {w:way}", lambda f: f["w"])
    g.add("component", ["{s:speed} [straight|pointing|directed|going|,] {w:way}", "{w:way} [at|with|by|,|=|:|at speed|with speed|with a speed of|at a speed of] {s:speed}"], lambda f: times_way(f["w"], f["s"]))  # fmt: skip
    for axis, way in (("x", (1, 0, 0)), ("y", (0, 1, 0)), ("z", (0, 0, 1))):
        build = lambda f, w=way: times_way(w, f["s"])  # noqa: E731
        g.add(
            "named_component", [f"(v{axis}|v {axis}) [=|:|of|is] {{s:{size}}}" for size in ("number", "speed")], build
        )
    g.add("named_components", "{a:named_component}", lambda f: f["a"])
    g.add("named_components", "{a:named_component} [,|;] [and] {b:named_components}", lambda f: _sum(f["a"], f["b"]))
    g.add("components", f"{{a:named_components}} [{UNITS}]", lambda f: f["a"])
    joint = "[,] [and|plus|&|+|together with|as well as|combined with|along with|and also|and at the same time]"
    g.add("components", f"{{a:component}} {joint} {{b:component}}", lambda f: _sum(f["a"], f["b"]))
    g.add("components", f"{{a:component}} {joint} {{b:component}} {joint} {{c:component}}", lambda f: _three(f))
    g.add("vel", [f"[vector] {{v:vector}} [in] [{UNITS}]", "{v:components}", "{v:component}"], lambda f: f["v"])
    g.add("mod", [
        f"[,] (with|at|using|having|by|to|of) [a|the|its] [new] {QUICK} [of|=|:|vector] {{v:vel}}", f"[,] {QUICK} [of|=|:|vector] {{v:vel}}",
        "[,|:] [with|at|by|of|to] {v:components}", "with {v:vel}", f"[,|:|/] [with|at|of|to|by] [exactly|precisely|just] {{v:vector}} [in] {UNITS}",
        f"[,] [with|at|of|to|by|at a|with a] {{v:vector}} {UNITS} [of] {QUICK}", f"LPAR [{QUICK}] [=|:|of] {{v:vel}} RPAR", "[,] namely [at|with] {v:vel}",
    ], lambda f: ("vel", f["v"]))  # fmt: skip
    g.add(
        "mod",
        ", {w:way} [with|at|,] {s:speed}\n{w:way} [with|at|,|:|=] {s:speed}\n, {s:speed} {w:way}",
        lambda f: ("vel", times_way(f["w"], f["s"])),
        cost=0.1,
    )
    g.add("premods", "{w:way}", lambda f: (("way", f["w"]),), cost=0.1)
    g.add(
        "mod",
        f"[,] [and] [also] [at|with] [very|exactly|just] (same|common|one and same) [{QUICK}] [,|:|of|-] {{v:vel}}",
        lambda f: ("vels", f["v"]),
    )
    # 'Ball at (3, 0, 0)' alone would rather be a place.
    g.add("mod", "at {v:vector}", lambda f: ("at_vel", f["v"]), cost=0.15)
    g.add("mod", "(away|off|forth)", lambda f: ("each_one", False), cost=0.1)
    g.add(
        "mod",
        "(on (its|their|his|her) way|together|with it|along with it|(at|in) same (time|moment|instant))",
        lambda f: ("each_one", False),
    )
    g.add("mod", EACH, lambda f: ("each_one", True), cost=0.05)
    g.add("mod", "[,] away from {v:thing}", lambda f: ("away", f["v"]))
    g.add("mod", "(with|at|by) [a] {v:speed} [of] (speed|velocity)\nLPAR {v:speed} RPAR\n(with|at) (each|both) {v:speed}", lambda f: ("speed", f["v"]))  # fmt: skip
    g.add("mod", "(with|at) (each|both) {v:vel}", lambda f: ("vel", f["v"]))
    g.add("mod", "[,] {v:speed}", lambda f: ("speed", f["v"]), cost=0.05)


EACH = "[,|:] (each|both|apiece|each one|for each|each one|each of them|both of them|all|all of them|for each of them|for both) [going|being sent] [with|at]"
"""That several things get the same, which is what is done anyway."""


def _three(f: Fields) -> Any:
    two = _sum(f["a"], f["b"])
    return two if two is REJECT else _sum(two, f["c"])


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    _velocities(grammar)
    deed(
        grammar,
        launch,
        verbs=THROWS,
        does=FLIES,
        nouns=(
            "launch",
            "launching",
            "firing",
            "propulsion",
            "propelling",
            "throw",
            "throwing",
            "shooting",
            "expulsion",
            "ejection",
            "acceleration",
            "sending off",
            "setting in motion",
            "discharge",
        ),
    )
    deed(grammar, lambda x, m: launch(x, m, unsaid=False), verbs=MOVED, does=MOVES)
    shorthand(
        grammar, launch, {"way", "speed"}, {"vel"}, {"towards", "speed"}, {"away", "speed"}, optional=("each_one",)
    )
    gone = "(off|away|out|off and away) (goes|go|flies|fly|shoots|shoot|rolls|roll|zooms|with|is|are) [then|now|also] {x:thing} [then|now] {m:mods}\n[and] (there|here) (goes|go|flies|fly) {x:thing} [then|now|flying|shooting] [off|away] {m:mods}\n(that|this|there) is {x:thing} (off|away|gone) {m:mods}\n[and] (we|you) (have|see) {x:thing} (off|away|fly|flying|fly off|flying off|fly away|shoot off|take off) {m:mods}"
    grammar.add("clause", gone, lambda f: launch(f["x"], f["m"]))
    they_go = "[and] (off|away) (it|they|we|you|he|she) (go|goes|fly|flies) [:|,|-|.] {c:clause}"
    grammar.add("clause", they_go, lambda f: f["c"] if isinstance(f["c"], Launch) else REJECT)
    off = "{x:thing} [:|->|,|-|gets|goes] (off|away|shot|pushed|thrown|kicked|sent|launched|fired|driven) {m:mods}"
    grammar.add("clause", off, lambda f: launch(f["x"], f["m"], unsaid=False), cost=0.2)
    deed(grammar, _jump, does=[*JUMPS, *(f"{j} up" for j in JUMPS)])
