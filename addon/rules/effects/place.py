"""Being somewhere at once, and going back to the start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import deed
from ..grammar import REJECT, Fields, Grammar
from ..model import Effect
from ..modifiers import Pairs, bag, only
from ..reference import Ref
from .moving import (
    DOWN,
    PACE,
    UP,
    Paced,
    Spot,
    coordinates,
    hindrance,
    in_turns,
    is_free,
    modifier,
    no_object,
    pace,
    s,
    to_code,
    to_told,
)

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

PUTS = (
    "put", "place", "teleport", "set", "position", "warp", "beam", "relocate", "put * down", "set * down", "lay", "drop * off", "respawn", "plant", "stand",
    "deposit", "transport", "reposition", "reset",
)  # fmt: skip
RETURNS = (
    "return", "go home", "come home", "fly home", "move home", "travel home", "drive home", "swing back", "turn back", "rotate back", "tilt back", "pivot back", "swivel back",
    "spring back", "snap back", "slide home", "lean back",
)  # fmt: skip
BRINGS = ("return", "take * home", "bring * home", "send * home", "swing * back", "turn * back", "rotate * back", "tilt * back", "restore")  # fmt: skip
HOME = "(place|position|location|point|spot|pose|places|positions|locations|points|spots|poses)"
START = "(start|starting|original|initial|first|old|former|home|beginning)"


class GoHome(Paced):
    """Going back to the pose of the start; ``over`` 0 is at once, the only way for a body that physics moves."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, Door returns to its start within 2 s",
        "Every 3 seconds put Ball back where it started",
    )
    kind: Literal["home"] = "home"
    thing: Ref
    at_once: bool = False

    def settled(self, scene: Vocabulary) -> Effect:
        """See `Effect.settled`: a free body can only be put back at once."""
        return GoHome(thing=self.thing, at_once=True) if self._put_back(scene) else self

    def _put_back(self, scene: Vocabulary) -> bool:
        said = {"over", "speed", "ease"} & self.model_fields_set
        return not said and all(name in scene.objects and is_free(scene, name) for name in self.thing.names)

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        if self.at_once:
            return f"{_are(self.thing)} put back to its start"
        return f"{self.thing} move{s(self.thing)} back to its start{self.pace()}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"go_home({name})" if self.at_once else f"go_home({name}{self.arguments()})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if self.at_once or self._put_back(scene):
            return no_object(scene, name, "move")
        return hindrance(scene, name, "move", "'put it back to its start' does it at once")


class Put(Effect):
    """Being at co-ordinates (None for those that are kept) or by another thing at once, at rest unless ``keeps``."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, teleport Ball to (0, 0, 3)",
        "Every 2 s put Ball on top of Box",
        "After 1 s, put Ball 2 m above Floor",
    )
    kind: Literal["put"] = "put"
    thing: Ref
    x: float | None = None
    y: float | None = None
    z: float | None = None
    spot: Spot | None = None
    keeps: bool = False

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "place"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        where = self.spot.told() if self.spot else to_told(self.x, self.y, self.z)
        return f"{_are(self.thing)} put {where}, {'keeping its velocity' if self.keeps else 'at rest'}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        target = self.spot.python(name) if self.spot else to_code(self.x, self.y, self.z)
        return [f"put_at({name}, {target}{', keep=True' if self.keeps else ''})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return (self.spot.problem(scene, name) if self.spot else None) or no_object(scene, name, "put")


def _are(thing: Ref) -> str:
    return f"{thing} {'is' if s(thing) else 'are'}"


def _return(x: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    timing = pace(said)
    if timing is REJECT or not only(said, *PACE, "home", "again"):
        return REJECT
    return GoHome(thing=x, **timing)


def _put(x: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    if "home" in said:
        return GoHome(thing=x, at_once=True) if only(said, "home", "again", "rest") else REJECT
    if not only(said, "place", "nearby", "again", "rest", "way") or ("place" in said) == ("nearby" in said):
        return REJECT
    if "way" in said and said["way"] not in (UP, DOWN):
        return REJECT
    keeps = said.get("rest") is False
    if "nearby" in said:
        return Put(thing=x, spot=said["nearby"], keeps=keeps)
    place = coordinates(said)
    return Put(thing=x, **place, keeps=keeps) if place else REJECT


def _put_back(x: Ref, mods: Pairs) -> Any:
    return GoHome(thing=x, at_once=True) if only(bag(mods), "home", "again", "rest") else REJECT


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    modifier(grammar, "home", [
        f"[right|exactly] [back] (to|in|at|into|on) [its|their|the] {START} {HOME}",
        "[right|exactly] [back] [to] where (it|they) [had] (was|were|stood|came from|lay|started|began|sat|started out|set out|came) [from|in the beginning|at the beginning|at the start|at first|before|originally|initially|to begin with]",
        "[back] to (its|their) (start|starts|origin|beginning|home|homes)", "[back] to [the] (start|beginning)", "[to] where (it|they) originally (was|were)",
    ], True)  # fmt: skip
    modifier(grammar, "rest", ["at rest", "without [any] (velocity|speed|motion|spin)", "(motionless|still|resting)", "with (zero|no) (velocity|speed)"], True)  # fmt: skip
    joint = "(and|,|, and)"
    modifier(grammar, "place", "(to|at) {v:coordinate_list}")
    grammar.add("coordinate_list", f"{{a:coordinate}} {joint} {{b:coordinate}}", lambda f: (f["a"], f["b"]))
    three = f"{{a:coordinate}} {joint} {{b:coordinate}} {joint} {{c:coordinate}}"
    grammar.add("coordinate_list", three, lambda f: (f["a"], f["b"], f["c"]))
    keeping = "(keeping|with|without changing|retaining|preserving|and keep)"
    modifier(
        grammar, "rest", f"{keeping} its [own|present|current|old] (velocity|speed|motion|momentum|movement)", False
    )
    deed(grammar, in_turns(_return), verbs=BRINGS, does=RETURNS, nouns=("return",))
    deed(grammar, in_turns(_put), verbs=PUTS, does=("appear", "reappear", "respawn", "teleport", "jump"))
    deed(
        grammar,
        in_turns(_put_back),
        verbs=("put * back", "set * back", "place * back", "teleport * back", "teleport * home"),
    )
    it = "(position|location|place|coordinates)"
    where = "(to|=|at) ({v:vector}|{v:coordinate}|{v:coordinate_list})"
    grammar.add(
        "clause",
        [f"(set|change|put|move) {{x:thing}} 's {it} {where}", f"(set|change|put|move) {it} of {{x:thing}} {where}"],
        lambda f: _put(f["x"], (("place", f["v"]),)),
    )
    stands = "(is|are|stand|stands|lies|lie|is standing|are standing|is put|are put)"
    spot = f"(in|at|on|to) (its|their|the) {START} {HOME}"
    grammar.add(
        "clause",
        [f"{{x:thing}} {stands} [all] (back|again) {spot} [again]", f"{{x:thing}} {stands} [all] {spot} again"],
        lambda f: GoHome(thing=f["x"], at_once=True),
    )
    grammar.add("clause", "{x:thing} [:|->|goes|go] [right|straight] {m:mods}", _home_again, cost=0.3)


def _home_again(f: Fields) -> Any:
    """``Ball back to its start``, at once where no time is said."""
    said = bag(f["m"])
    if "home" not in said:
        return REJECT
    return _return(f["x"], f["m"]) if {"over", "speed"} & said.keys() else _put_back(f["x"], f["m"])
