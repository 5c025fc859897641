"""Bodies that are held up by a force, and belts that carry what lies on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import deed
from ..grammar import REJECT, Fields, Grammar
from ..modifiers import Pairs, Vector, bag, only
from ..reference import Ref
from ..units import told
from ..words import BODILESS
from .cycle import ENDLESS, endless, partner
from .launch import times_way
from .moving import modifier, quoted, vector
from .pushing import NoMore, Pushing, StopPushing, being, way_and_size

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary


class Hover(Pushing):
    """A force that holds a body up at a height of z in m, or where it is at that moment, or so many m above the top of
    another thing; sideways it moves as it does."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, Ball hovers at a height of 2 m",
        "As long as Ball touches Plate, Box hovers",
    )
    how: ClassVar[str] = "hover"
    kind: Literal["hover"] = "hover"
    thing: Ref
    height: float | None = None
    over: Ref | None = None

    def doing(self) -> str:
        """See `Pushing.doing`."""
        if self.over is not None:
            return f"held up by a force {told(self.height or 0)} m above the top of {self.over}"
        return "held up by a force at " + (
            "its present height" if self.height is None else f"z = {told(self.height)} m"
        )

    def said(self, name: str) -> list[str]:
        """See `Pushing.said`."""
        over = "None" if self.over is None else quoted(self.over.name)
        return ["None" if self.height is None else told(self.height), over]

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "hover"


class Chase(Pushing):
    """A force that takes a body to a place beside another thing: where it is from it, so many metres on one side, or at
    a distance; against gravity, and braked so that it does not go beyond."""

    examples: ClassVar[tuple[str, ...]] = (
        "Ball follows Door",
        "When Ball touches Plate, Box stays 1 m above Ball",
        "As long as Ball touches Plate, Box follows Ball at a distance of 2 m",
    )
    how: ClassVar[str] = "follow"
    kind: Literal["chase"] = "chase"
    thing: Ref
    leader: Ref
    distance: float | None = None
    offset: Vector | None = None

    def doing(self) -> str:
        """See `Pushing.doing`."""
        if self.offset is not None:
            return f"pushed to {vector(self.offset)} m from {self.leader}"
        where = "its present place" if self.distance is None else f"a distance of {told(self.distance)} m"
        return f"pushed after {self.leader} at {where}"

    def said(self, name: str) -> list[str]:
        """See `Pushing.said`."""
        offset = "None" if self.offset is None else vector(self.offset)
        return [quoted(self.leader.name), offset, "None" if self.distance is None else told(self.distance)]

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "chase"

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return partner(scene, name, self.leader, "follow") or super().problem(scene, name)


class Belt(Pushing):
    """A belt that carries a body at a velocity in m/s while it touches it."""

    examples: ClassVar[tuple[str, ...]] = ("When Ball touches Plate, Floor carries Box to the right at 1 m/s",)
    how: ClassVar[str] = "belt"
    kind: Literal["belt"] = "belt"
    thing: Ref
    belt: Ref
    velocity: Vector

    def doing(self) -> str:
        """See `Pushing.doing`."""
        return f"carried by {self.belt} {way_and_size(self.velocity, 'm/s', 'at')}"

    def said(self, name: str) -> list[str]:
        """See `Pushing.said`."""
        return [quoted(self.belt.name), vector(self.velocity)]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if problem := super().problem(scene, name):
            return problem
        if len(self.belt.names) != 1 or self.belt.name == name:
            return f"one other thing carries {name}; say which"
        if self.belt.name not in scene.objects or scene.objects[self.belt.name].body is None:
            return f"{self.belt} {BODILESS}, so that nothing can lie on it"
        return f"a belt carries along the ground, not {vector(self.velocity)}" if self.velocity[2] else None


@endless
def _hover(x: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    if "above_top" in said:
        gap, over = said["above_top"]
        return Hover(thing=x, height=gap, over=over) if len(said) == 1 else REJECT
    return (
        Hover(thing=x, height=said.get("height"))
        if only(said, "height", "present_height") and len(said) < 2
        else REJECT
    )


def _chase(x: Ref, mods: Pairs) -> Any:
    said = {k: v for k, v in dict(mods).items() if k not in ENDLESS}
    leader = said.pop("after", None)
    if leader is None or not only(said, "present_place", "distance") or len(said) > 1 or said.get("distance", 1) <= 0:
        return REJECT
    return Chase(thing=x, leader=leader, distance=said.get("distance"))


def _belt(f: Fields) -> Any:
    said = {k: v for k, v in bag(f.get("m", ())).items() if k not in ENDLESS}
    velocity = said.pop("vel", None)
    if velocity is None and {"way", "speed"} <= set(said):
        velocity = times_way(said.pop("way"), said.pop("speed"))
    return Belt(thing=f["x"], belt=f["a"], velocity=velocity) if velocity and any(velocity) and not said else REJECT


def _carried(x: Ref, mods: Pairs) -> Any:
    said = dict(mods)
    belt = said.pop("source", None)
    return REJECT if belt is None else _belt({"x": x, "a": belt, "m": tuple(said.items())})


def add(g: Grammar) -> None:
    """Ways to say it."""
    modifier(g, "height", ["(at|to|in) [a] (height|altitude|level) of {v:length}", "at {v:length} (height|altitude|above the ground|above ground|high|up)", "{v:length} (high|above the ground|above ground)", "(at|to) z [=|of|:] {v:length}", "(at|to) {v:length}", "(at|to) z = {v:number}"])  # fmt: skip
    top = "{l:length} above [the] top of {v:thing}"
    g.add("mod", top, lambda f: ("above_top", (f["l"], f["v"])))
    modifier(g, "present_height", ["(at|in) (its|their|the|this) (present|current|own|same) (height|altitude|level|place)", "where it is", "in place", "in the air", "in mid-air", "in midair", "above the ground", "by a force"], True)  # fmt: skip
    deed(g, _hover, verbs=("levitate", "make * hover", "make * float", "hold * up by a force", "keep * floating", "keep * hovering", "let * hover"), does=("hover", "float", "levitate", "float in the air", "be held up by a force"))  # fmt: skip
    being(g, "(held up by a force|held up)", "levitate", _hover, "hover")
    g.add("clause", ["{x:thing} (stops|ceases|no longer|does not) (hovering|floating|levitating|hovers|floats|hover|float) [any more|any longer]", "(stop|end) (hovering|levitating|floating) {x:thing}"], lambda f: StopPushing(thing=f["x"], what="hover"))  # fmt: skip
    modifier(g, "after", ["after {v:thing}"], cost=0.1)
    modifier(g, "present_place", ["at (its|their) present place"], True)
    being(g, "pushed", "", _chase, "follow")
    beside = "{x:thing} (keeps|keep|is|are) being pushed to {v:vector} m from {a:thing}"
    g.add("clause", beside, lambda f: Chase(thing=f["x"], leader=f["a"], offset=f["v"]))
    no_more = "{x:thing} ((is|are) no longer|(stops|stop) being) pushed to {v:vector} m from {a:thing}"
    ended = lambda f: NoMore(thing=f["x"], push=Chase(thing=f["x"], leader=f["a"], offset=f["v"]))  # noqa: E731
    g.add("clause", no_more, ended)
    for word, what in (("after", "follow"), ("round", "circle")):
        ended_all = lambda f, w=what: StopPushing(thing=f["x"], what=w)  # noqa: E731
        g.add("clause", f"{{x:thing}} ((is|are) no longer|(stops|stop) being) pushed {word} anything", ended_all)
    carries = "(carries|carry|conveys|convey|transports|transport|moves|takes|shall carry|should carry|drives|drags)"
    g.add("clause", [
        f"{{a:thing}} [then|now|always|constantly] {carries} {{x:thing}} [along|on] {{m:mods}}", "{x:thing} (is|are|gets|shall be|should be) (carried|conveyed|transported|taken|moved) [along|on] by {a:thing} {m:mods}",
        "{a:thing} (works|acts|runs|functions|serves) (as|like) [a] (conveyor|conveyor belt|belt) and carries {x:thing} [along] {m:mods}", "(let|make|have) {a:thing} (carry|convey|transport|move) {x:thing} [along] {m:mods}",
        "{a:thing} (works|acts|runs|functions|serves) (as|like) [a] (conveyor|conveyor belt|belt) (for|under) {x:thing} {m:mods}",
    ], _belt, cost=0.05)  # fmt: skip
    being(g, "(carried along|carried|conveyed)", "convey", _carried, "belt")
