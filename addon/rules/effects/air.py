"""Wind that takes bodies along, and drag that brakes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import deed
from ..grammar import REJECT, Grammar
from ..modifiers import Pairs, Vector, bag, only
from ..reference import Ref
from ..units import told
from .cycle import endless
from .launch import times_way
from .moving import modifier, vector
from .pushing import Pushing, StopPushing, being, given, push, way_and_size

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

HOLD = 1.0
"""N for each m/s of difference by which wind takes a body along of which nothing is said."""


class Wind(Pushing):
    """Air of a velocity in m/s that takes a body along, by so many N for each m/s between them."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, a wind of 6 m/s to the right blows on Box",
        "As long as Ball touches Plate, Box is blown to the left by a wind of 4 m/s",
    )
    how: ClassVar[str] = "wind"
    kind: Literal["wind"] = "wind"
    thing: Ref
    velocity: Vector | None
    strength: float = HOLD
    lacks: str = ""

    def doing(self) -> str:
        """See `Pushing.doing`."""
        return f"blown along {way_and_size(self.velocity or (0, 0, 0), 'm/s', 'at')} by {told(self.strength)} N s/m"

    def said(self, name: str) -> list[str]:
        """See `Pushing.said`."""
        return [vector(self.velocity or (0, 0, 0)), told(self.strength)]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if problem := super().problem(scene, name):
            return problem
        return f"it is not said {self.lacks} the wind blows, such as 'to the right at 5 m/s'" if self.lacks else None


class Drag(Pushing):
    """A brake by so many N for each m/s of a body's velocity."""

    examples: ClassVar[tuple[str, ...]] = ("When Ball touches Plate, brake Ball with a drag of 2 N s/m",)
    how: ClassVar[str] = "drag"
    kind: Literal["drag"] = "drag"
    thing: Ref
    drag: float

    def doing(self) -> str:
        """See `Pushing.doing`."""
        return f"braked with a drag of {told(self.drag)} N s/m"

    def said(self, name: str) -> list[str]:
        """See `Pushing.said`."""
        return [told(self.drag), "0"]


@endless
def _wind(x: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    if "from_way" in said:
        if "way" in said:
            return REJECT
        said["way"] = said.pop("from_way")
    velocity = said.pop("vel", None)
    if velocity is None and {"way", "speed"} <= set(said):
        velocity = times_way(said.pop("way"), said.pop("speed"))
    strength = said.pop("drag", HOLD)
    if velocity is None and said.keys() <= {"way", "speed"}:
        lacks = "which way" if "speed" in said else "how fast" if "way" in said else "how fast and which way"
        return Wind(thing=x, velocity=None, lacks=lacks)
    if velocity is None or said or not any(velocity) or strength <= 0:
        return REJECT
    return Wind(thing=x, velocity=velocity, strength=strength)


def _blown(x: Ref, mods: Pairs) -> Any:
    """Blown by a speed, or pushed by a force."""
    return push(x, mods) if {"force", "forces"} & set(bag(mods)) else _wind(x, mods)


@endless
def _drag(x: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    return Drag(thing=x, drag=said["drag"]) if only(said, "drag") and said.get("drag", 0) > 0 else REJECT


def add(g: Grammar) -> None:
    """Ways to say it."""
    modifier(g, "drag", ["(with|by|of|at|to|=) [a] [drag|air resistance|damping|brake|friction] [of|=] {v:drag}"])
    air = "[strong|light|sudden|gentle|side|cross|steady|stiff|constant] (wind|breeze|gust of wind|gust|storm|air|air stream|air current|draught|blast of air)"
    modifier(g, "speed", [f"by [a] {air} (of|at|with) {{v:speed}}", f"with [a] {air} of {{v:speed}}"], cost=-0.05)
    g.add("air_said", [f"{air} (of|at|with) {{s:speed}} {{w:way}}", f"{air} {{w:way}} (of|at|with) {{s:speed}}", f"{{s:speed}} {air} {{w:way}}"], lambda f: (("vel", times_way(f["w"], f["s"])),))  # fmt: skip
    g.add(
        "air_said",
        f"{air} (of|at|with) {{s:speed}} from {{w:blown_from}}",
        lambda f: (("vel", times_way(f["w"], f["s"])),),
    )
    g.add(
        "air_said",
        f"{air} from {{w:blown_from}} (of|at|with) {{s:speed}}",
        lambda f: (("vel", times_way(f["w"], f["s"])),),
    )
    g.add("air_said", f"{air} (of|at|with) {{s:speed}}", lambda f: (("speed", f["s"]),), cost=0.1)
    g.add("air_said", air, lambda f: (), cost=0.1)
    g.add("air_said", f"{air} from {{w:blown_from}}", lambda f: (("way", f["w"]),), cost=0.1)
    g.value("blown_from", {"left [side]": (1, 0, 0), "right [side]": (-1, 0, 0), "behind": (0, 1, 0), "back": (0, 1, 0), "front": (0, -1, 0), "below": (0, 0, 1), "above": (0, 0, -1)})  # fmt: skip
    g.add("mod", "from {w:blown_from}", lambda f: ("from_way", f["w"]))
    blows = "(blows|blow|is blowing|starts to blow|begins to blow|acts|pushes|hits|shall blow|should blow|sweeps|takes|carries|moves|sets in|catches)"
    g.add("clause", [
        f"[a] {{a:air_said}} {blows} [on|against|at|over|along] {{x:thing}} [along|away|off course|off its course|over] {{m:mods}}", f"[a] {{a:air_said}} {blows} {{m:mods}} [on|against|at] {{x:thing}}", "(let|make|have) [a] {a:air_said} blow [on|against|at] {x:thing} {m:mods}", "blow [on|against|at] {x:thing} with [a] {a:air_said} {m:mods}",
    ], given(_blown))  # fmt: skip
    deed(g, _blown, verbs=("blow", "blow * along", "blow * away", "blow * over", "waft", "keep blowing"), does=("be blown", "be blown along", "be blown away", "drift with the wind"))  # fmt: skip
    deed(g, _drag, verbs=("brake", "slow", "slow * down", "damp", "drag"), does=("be braked", "be slowed down", "be damped"))  # fmt: skip
    being(g, "(blown along|blown|taken along)", "blow", _blown, "wind")
    being(g, "(braked|slowed down|damped)", "brake", _drag, "drag")
    stops = "(stops|stop|ceases|dies down|drops|is over|is gone|stops blowing|ceases to blow|no longer blows)"
    g.add(
        "clause", f"[the] {air} {stops} (on|for|against) {{x:thing}}", lambda f: StopPushing(thing=f["x"], what="wind")
    )
