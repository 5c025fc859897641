"""Gravity: off, on again, stronger, weaker, the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..grammar import REJECT, Build, Fields, Grammar
from ..model import Effect
from ..modifiers import Vector
from ..units import told

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

DOWN: Vector = (0, 0, -1)
NAME = "([scene|world|earth] gravity|gravity of [the] (scene|world)|gravitation|force of gravity|pull of gravity|gravitational acceleration|gravitational pull|acceleration of gravity|gravity level)"
AGAIN = "[again|back|once more|completely|entirely]"


class Gravity(Effect):
    """Gravity becomes a vector in m/s²; None is what it was at the start."""

    kind: Literal["gravity"] = "gravity"
    examples: ClassVar[tuple[str, ...]] = (
        "After 2 s, turn gravity off",
        "When Ball touches Plate, set gravity to 1.6 m/s²",
        "As long as Ball touches Plate, gravity is off",
        "After 3 s, turn gravity back on",
    )
    vector: Vector | None

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        if self.vector is None:
            return "gravity turns on again"
        x, y, z = self.vector
        if not any(self.vector):
            return "gravity turns off"
        if not x and not y and z < 0:
            return f"gravity becomes {told(-z)} m/s² downwards"
        return f"gravity becomes ({told(x)}, {told(y)}, {told(z)}) m/s²"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        if self.vector is None:
            return ["restore_gravity()"]
        return [f"set_gravity({', '.join(told(v + 0.0) for v in self.vector)})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if self.vector is None and not any(scene.graph.world.gravity):
            return "the scene has no gravity at the start that could turn on again; say how strong it is"
        return None

    def undone(self) -> Effect | None:
        """See `Effect.undone`."""
        return None if self.vector is None else Gravity(vector=None)


class ScaleGravity(Effect):
    """Gravity is multiplied, by -1 to turn it round."""

    kind: Literal["scale_gravity"] = "scale_gravity"
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, reverse gravity",
        "After 1 s, gravity is halved",
    )
    factor: float

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return "gravity is reversed" if self.factor == -1 else f"gravity is multiplied by {told(self.factor)}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"scale_gravity({told(self.factor)})"]

    def undone(self) -> Effect | None:
        """See `Effect.undone`."""
        return Gravity(vector=None)


def _strength(f: Fields) -> Any:
    """So many m/s² downwards, or another way that is said; a negative number is downwards too."""
    way: Vector = f.get("w", DOWN)
    if f["a"] < 0 and "w" in f:
        return REJECT
    x, y, z = (float(told(abs(f["a"]) * w)) for w in way)
    return Gravity(vector=(x, y, z))


def _scaled(factor: float) -> Build:
    return lambda f: ScaleGravity(factor=factor)


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    off = lambda f: Gravity(vector=(0, 0, 0))  # noqa: E731
    on = lambda f: Gravity(vector=None)  # noqa: E731
    says = "becomes|is set to|is switched to|is changed to|changes to|drops to|goes to|is now|shall be|should be|is reduced to|is lowered to|is raised to|is|rises to|falls to|goes down to|goes up to|is turned down to|equals|="
    sets = "(set|change|switch|put|turn|reduce|lower|raise|make|increase|decrease|bring|turn down|turn up)"
    level = "[moon|mars|earth|jupiter|a] [level|strength|value|gravity] [of|,|:|-]"
    grammar.add("clause", [
        f"(turn|switch|shut) off {NAME} {AGAIN}", f"(turn|switch|shut|put) {NAME} off {AGAIN}", f"(disable|deactivate|remove|cancel|suspend|kill|abolish|stop|end|take away|eliminate|get rid of) {NAME}", f"no [more] {NAME} [any more]",
        f"{NAME} (turns|switches|goes|is|is turned|is switched|gets turned|gets switched|shall be|should be|is to be turned|shall be turned) off {AGAIN}", f"{NAME} [is] off", f"{NAME} (is|gets) (disabled|deactivated|removed|cancelled|suspended)",
        f"{NAME} (disappears|vanishes|stops|ends|ceases|stops working|no longer acts|no longer works)", f"let {NAME} (disappear|vanish|be off|go off|turn off)",
        "(make|let) (everything|all|all things|things|everything there) [be] (weightless|float weightlessly)", "everything (is|becomes|gets) weightless", "zero gravity",
    ], off)  # fmt: skip
    grammar.add("clause", [f"{sets} {NAME} (to|at|=|down to) [be] <nought>", f"{NAME} ({says}) <nought>"], off)
    grammar.add("nought", ["{n:number}", "{n:acceleration}"], lambda f: 0 if f.get("n") == 0 else REJECT)
    grammar.add("nought", "(nil|nothing|none|zero g)")
    grammar.add("clause", [
        f"(turn|switch|put) on {NAME} {AGAIN}", f"(turn|switch|put|bring) {NAME} [back] on {AGAIN}", f"(enable|activate|restore|reactivate|re-enable|reinstate|reset|bring back) {NAME} {AGAIN}", f"{NAME} [is|turns|comes|goes|switches|gets switched|is switched|is turned] [back] on {AGAIN}",
        f"{NAME} (returns|comes back|is back|is restored|is normal|becomes normal|returns to normal|is enabled|sets in) {AGAIN}", f"{sets} {NAME} [back] to (normal|its normal value|its old value|what it was|its original value|its first value)",
    ], on)  # fmt: skip
    strength = [f"{sets} {NAME} (to|at|=|down to|up to) {level} {{a:acceleration}}", f"{NAME} ({says}) {level} {{a:acceleration}}", f"let {NAME} be {level} {{a:acceleration}}"]  # fmt: skip
    grammar.add(
        "clause",
        [*strength, *(f"{s} [,] [pointing|directed|going|acting|pulling] {{w:way}}" for s in strength)],
        _strength,
    )
    unit = "[in] [m / s ²|m / s 2|m / s ^ 2|m / s / s|metres per second squared|meters per second squared]"
    grammar.add("clause", [f"{sets} {NAME} (to|=) [vector] {{v:vector}} {unit}", f"{NAME} ({says}) [vector] {{v:vector}} {unit}"], lambda f: Gravity(vector=f["v"]))  # fmt: skip
    for words, factor in (
        ("reverse|invert|flip|turn round|turn around|flip over|turn upside down", -1.0), ("halve", 0.5), ("double", 2.0), ("triple", 3.0), ("quarter", 0.25),
    ):  # fmt: skip
        grammar.add("clause", f"({words}) {NAME}", _scaled(factor))
    for words, factor in (
        ("reversed|inverted|flipped|turned round|turned around|turned upside down", -1.0), ("halved", 0.5), ("doubled", 2.0), ("tripled", 3.0), ("quartered", 0.25),
    ):  # fmt: skip
        grammar.add("clause", f"{NAME} [is|gets|becomes|shall be|should be|has to be] ({words})", _scaled(factor))  # fmt: skip
    grammar.add("clause", [f"{NAME} (reverses|flips|turns round|turns around|points upwards|points up|acts upwards|pulls upwards)", f"turn {NAME} (round|around|upside down|over)", f"let {NAME} (pull|point|act) (up|upwards)"], lambda f: ScaleGravity(factor=-1))  # fmt: skip
    grammar.add("clause", [f"multiply {NAME} (by|with) {{n:number}}", f"{NAME} is multiplied (by|with) {{n:number}}"], lambda f: ScaleGravity(factor=f["n"]))  # fmt: skip
    grammar.add("clause", [f"{sets} {NAME} to {{p:percent}} [of its value|of its strength|of normal|of what it is|of what it was]", f"{sets} {NAME} to half [of its value|of its strength|its value|its strength]"], lambda f: ScaleGravity(factor=f.get("p", 50) / 100))  # fmt: skip
