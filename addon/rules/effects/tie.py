"""Going by another thing: following it, looking at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import deed
from ..grammar import REJECT, Grammar
from ..model import Effect
from ..modifiers import Pairs, bag, only
from ..reference import Ref
from ..units import told
from .cycle import Lasting, endless, partner
from .hovering import Chase, Hover
from .moving import SIDES, UP, Spot, Vector, hindrance, is_free, modifier, quoted, s, vector

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

Front = Literal["x", "y", "z", "-x", "-y", "-z"]


class Follow(Lasting):
    """Keeping its place by another thing: as it is, ``gap`` metres on one side, or at a ``distance`` where it is."""

    examples: ClassVar[tuple[str, ...]] = (
        "Lamp follows Ball",
        "Lamp follows Ball at a distance of 1 m",
        "Lamp stays 2 m above Ball",
        "When Ball touches Plate, Lamp stays 1 m to the left of Ball",
    )
    kind: Literal["follow"] = "follow"
    thing: Ref
    leader: Ref
    distance: float | None = None
    gap: float | None = None
    way: Vector = UP
    hovers: bool = False
    """Whether that is all: a body that physics moves goes on sideways as it does."""

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        if self.gap is not None:
            return f"{self.thing} stay{s(self.thing)} {told(self.gap)} m {SIDES.get(self.way, 'above')} {self.leader}"
        if self.distance is not None:
            return f"{self.thing} follow{s(self.thing)} {self.leader} at a distance of {told(self.distance)} m"
        return f"{self.thing} follow{s(self.thing)} {self.leader} at its present distance"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        leader = quoted(self.leader.name)
        if self.gap is not None:
            return [f"follow({name}, {leader}, {vector(tuple(self.gap * w for w in self.way))})"]
        return [f"follow({name}, {leader}{'' if self.distance is None else f', distance={told(self.distance)}'})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if problem := partner(scene, name, self.leader, "follow"):
            return problem
        return None if name in scene.objects and is_free(scene, name) else super().problem(scene, name)

    def settled(self, scene: Vocabulary) -> Effect:
        """A body that physics moves is pushed; see `Effect.settled`."""
        if not (self.thing.names and all(n in scene.objects and is_free(scene, n) for n in self.thing.names)):
            return super().settled(scene).model_copy(update={"hovers": False})
        if self.hovers and self.gap is not None and self.way == UP:
            return Hover(thing=self.thing, height=self.gap, over=self.leader)
        offset = None if self.gap is None else tuple(self.gap * w for w in self.way)
        return Chase(thing=self.thing, leader=self.leader, distance=self.distance, offset=offset)


class Look(Lasting):
    """Keeping its front, an axis of its own, towards another thing, with its z axis up; -y is Blender's front."""

    examples: ClassVar[tuple[str, ...]] = (
        "Lamp keeps looking at Ball",
        "While Ball touches Plate, Lamp points at Ball with its x axis",
    )
    kind: Literal["look"] = "look"
    thing: Ref
    target: Ref
    front: Front = "-y"

    def settled(self, scene: Vocabulary) -> Effect:
        """See `Effect.settled`."""
        return self.model_copy(update={"front": _front(scene, self.thing, self.front)})

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "attitude"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} keep{s(self.thing)} looking at {self.target} with its {self.front} axis"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        front = "" if self.front == "-y" else f', "{self.front.upper()}"'
        return [f"look_at({name}, {quoted(self.target.name)}{front})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return partner(scene, name, self.target, "look at") or super().problem(scene, name)


FOLLOWS = (
    "follow", "tag along with", "chase", "accompany", "go along with", "move along with", "trail", "track", "shadow", "stick to", "stay with", "keep up with", "travel with", "move with",
    "go with", "keep pace with", "tail", "escort", "keep with", "ride along with", "tag along behind", "run after", "fly along with", "come along with", "chase after", "go after", "run behind", "fly after", "drive after",
)  # fmt: skip
HOVERS = ("hover", "float")
STAYS = ("stay", "remain", "keep", "fly", "sit", "hang", "be", "stand", "follow", "tag along")
LOOKS = (
    "look at",
    "point at",
    "point to",
    "point towards",
    "face",
    "face towards",
    "aim at",
    "look towards",
    "look to",
    "gaze at",
    "stare at",
    "watch",
    "be pointed at",
    "be directed at",
    "look toward",
    "point toward",
)
FACES = (
    "turn towards",
    "turn toward",
    "turn to",
    "turn to face",
    "turn to look at",
    "rotate towards",
    "swivel towards",
)
_ALWAYS = "[always|constantly|continuously|then|permanently|also|now]"


class Face(Effect):
    """Turning its front, an axis of its own, to where another thing is at that moment, at once, with its z axis up."""

    examples: ClassVar[tuple[str, ...]] = ("When Ball touches Plate, turn Lamp towards Ball",)
    kind: Literal["face"] = "face"
    thing: Ref
    target: Ref
    front: Front = "-y"

    def settled(self, scene: Vocabulary) -> Effect:
        """See `Effect.settled`."""
        return self.model_copy(update={"front": _front(scene, self.thing, self.front)})

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "attitude"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} turn{s(self.thing)} towards {self.target} with its {self.front} axis"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        front = "" if self.front == "-y" else f', "{self.front.upper()}"'
        return [f"face_once({name}, {quoted(self.target.name)}{front})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return partner(scene, name, self.target, "face") or hindrance(scene, name, "turn", "give it a spin")


@endless
def _follow(x: Ref, leader: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    if not only(said, "distance", "present", "beside") or len({"distance", "present", "beside"} & set(said)) > 1:
        return REJECT
    if "beside" in said:
        gap, way = said["beside"]
        return Follow(thing=x, leader=leader, gap=gap, way=way)
    if said.get("distance", 1) <= 0:
        return REJECT
    return Follow(thing=x, leader=leader, distance=said.get("distance"))


@endless
def _stay(x: Ref, mods: Pairs) -> Any:
    """``stays 2 m above Ball``."""
    said = bag(mods)
    spot = said.get("nearby")
    if not isinstance(spot, Spot) or spot.where not in ("above", "beside") or not only(said, "nearby"):
        return REJECT
    return Follow(thing=x, leader=spot.target, gap=spot.gap, way=spot.way)


def _front(scene: Vocabulary, thing: Ref, front: Front) -> Front:
    """The axis that things look along: a light shines along its -z axis, where nothing else is said."""
    shines = all(scene.objects[name].light is not None for name in thing.names)
    return "-z" if thing.names and shines and front == "-y" else front


def _hovering(found: Any) -> Any:
    return found.model_copy(update={"hovers": True}) if isinstance(found, Follow) else found


@endless
def _look(x: Ref, target: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    if not only(said, "front"):
        return REJECT
    return Look(thing=x, target=target, front=said.get("front", "-y"))


def _face(x: Ref, target: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    return Face(thing=x, target=target, front=said.get("front", "-y")) if only(said, "front") else REJECT


def _related(grammar: Grammar, kind: str, verbs: tuple[str, ...], make: Any) -> None:
    """Clauses of what a thing does with another one."""
    for verb in verbs:
        head, _, rest = verb.partition(" ")
        for form in ("fin", "base", "ing", "en"):
            grammar.add(f"{kind}/{form}", f"{head}~{form} {rest}".strip())

    def build(f: dict[str, Any]) -> Any:
        return make(f["x"], f["v"], f["m"])

    texts = [
        f"{{x:thing}} {_ALWAYS} <{kind}/fin> {{v:thing}} {{m:mods}}",
        f"{{x:thing}} (will|shall|should|must|is to|to|has to) {_ALWAYS} <{kind}/base> {{v:thing}} {{m:mods}}",
        f"{{x:thing}} (keeps|keep|starts|begins|is|are|goes on|never stops|keeps on) <{kind}/ing> {{v:thing}} {{m:mods}}",
        f"{{x:thing}} (should|shall|must|will|has to|is to|may|needs to) {_ALWAYS} (be|keep|start|keep on) <{kind}/ing> {{v:thing}} {{m:mods}}",
        f"{{x:thing}} (starts|begins) to <{kind}/base> {{v:thing}} {{m:mods}}",
        f"(let|make|have|tell|get) {{x:thing}} [to] {_ALWAYS} [keep] (<{kind}/base>|<{kind}/ing>) {{v:thing}} {{m:mods}}",
        f"(keep|set|start) {{x:thing}} <{kind}/ing> {{v:thing}} {{m:mods}}",
    ]
    grammar.add("clause", texts, build)


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    it = "(it|them|that)"
    for way, words in SIDES.items():
        _beside(grammar, f"{words} {it}", way)
    _beside(grammar, f"(above|over) {it}", UP)
    _beside(grammar, "(above|overhead)", UP)
    for axis in "xyz":
        modifier(grammar, "front", f"with (its|their) [+|plus|positive] ({axis}|{axis}-axis|{axis} axis)", axis)
        modifier(grammar, "front", f"with (its|their) (-|minus|negative) ({axis}|{axis}-axis|{axis} axis)", f"-{axis}")
    _related(grammar, "follow", FOLLOWS, _follow)
    _related(grammar, "look", LOOKS, _look)
    _related(grammar, "face", FACES, _face)
    towards = "(to|towards|toward|to face|to look at)"
    grammar.add(
        "clause",
        f"(turn|rotate|swivel) {{x:thing}} {towards} {{v:thing}} {{m:mods}}",
        lambda f: _face(f["x"], f["v"], f["m"]),
    )
    deed(grammar, _stay, does=STAYS, verbs=("keep", "hold", "leave"))
    deed(grammar, lambda x, m: _hovering(_stay(x, m)), does=HOVERS)
    grammar.add("clause", ["(point|aim|direct) {x:thing} (at|to|towards|toward) {v:thing} {m:mods}", "{x:thing} (is|stays|remains|is kept) (pointed|aimed|directed|turned) (at|to|towards|toward) {v:thing} {m:mods}", "keep {x:thing} (pointed|aimed|directed|turned|facing|pointing) [at|to|towards|toward] {v:thing} {m:mods}"], lambda f: _look(f["x"], f["v"], f["m"]))  # fmt: skip


def _beside(grammar: Grammar, words: str, way: Vector) -> None:
    """``always 2 m to the left of it``, after what is followed has been named."""
    text = f"[at|always|constantly|always at] {{l:length}} {words}"
    grammar.add("mod", text, lambda f: ("beside", (f["l"], way)))
