"""Magnets and the like: what pulls bodies to a thing, or pushes them away from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import deed
from ..grammar import REJECT, Fields, Grammar
from ..modifiers import Pairs, bag, only
from ..reference import Ref
from ..units import told
from .cycle import ENDLESS
from .moving import modifier, quoted
from .pushing import PUSHES, Pushing, StopPushing, being, beyond

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary


FADING = frozenset({"nearer", "at_one", "from_present"})
"""Keys of modifiers that say that a force goes by the distance."""


class Attract(Pushing):
    """A force in N towards ``source``, or away from it, that acts up to ``reach`` m. One that ``fades`` is as strong as said
    at 1 m and goes by the square of the distance. Without a strength it is twice the body's weight on earth."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, Counter attracts Box with 30 N",
        "After 1 s, Plate repels Ball within 2 m, stronger when near",
    )
    how: ClassVar[str] = "attraction"
    kind: Literal["attract"] = "attract"
    thing: Ref
    source: Ref
    strength: float | None = None
    away: bool = False
    fades: bool = False
    reach: float | None = None

    def doing(self) -> str:
        """See `Pushing.doing`."""
        verb = "repelled" if self.away else "attracted"
        size = "twice its weight" if self.strength is None else f"{told(self.strength)} N"
        where = "at its present distance" if self.strength is None else "at 1 m"
        fades = f" {where} fading with the square of the distance" if self.fades else ""
        reach = "" if self.reach is None else f" within {told(self.reach)} m"
        return f"{verb} by {self.source} with {size}{fades}{reach}"

    def said(self, name: str) -> list[str]:
        """See `Pushing.said`."""
        strength = "None" if self.strength is None else told(self.strength)
        reach = "None" if self.reach is None else told(self.reach)
        return [quoted(self.source.name), strength, str(self.fades), reach, "-1" if self.away else "1"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return super().problem(scene, name) or _no_source(scene, name, self.source, self.strength)


class PushTowards(Pushing):
    """A force in N that pushes a body towards ``source``, or away from it, wherever it is; ``source`` is not pushed."""

    examples: ClassVar[tuple[str, ...]] = (
        "As long as Ball touches Plate, pull Box towards Door with 5 N",
        "After 1 s, push Ball away from Plate with 2 N",
    )
    how: ClassVar[str] = "towards"
    kind: Literal["push_towards"] = "push_towards"
    thing: Ref
    source: Ref
    strength: float
    away: bool = False

    def doing(self) -> str:
        """See `Pushing.doing`."""
        return f"pushed {'away from' if self.away else 'towards'} {self.source} with {told(self.strength)} N"

    def said(self, name: str) -> list[str]:
        """See `Pushing.said`."""
        return [quoted(self.source.name), told(-self.strength if self.away else self.strength)]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return super().problem(scene, name) or _no_source(scene, name, self.source, self.strength)


def _no_source(scene: Vocabulary, name: str, source: Ref, strength: float | None) -> str | None:
    """Why a thing cannot pull a body, or be what it is pushed towards, with so many N."""
    if strength is not None and (much := beyond((strength, 0.0, 0.0), "N")):
        return much
    if len(source.names) != 1:
        return f"{name} cannot be pulled by several things in one rule; make it a rule for each"
    if source.name == name:
        return f"{name} cannot attract itself"
    return None if source.name in scene.objects else f"it is not known where {source} is"


def _attract(away: bool) -> Any:
    """What is pulled, by what, and what else is said of it."""

    def build(f: Fields) -> Any:
        said = {k: v for k, v in bag(f.get("m", ())).items() if k not in ENDLESS}
        fades = bool(FADING & set(said))
        said = {key: value for key, value in said.items() if key not in FADING}
        if said.pop("weight", False) and "force" in said:
            return REJECT
        reach = said.get("reach")
        if not only(said, "force", "reach") or said.get("force", 1) <= 0 or (reach is not None and reach <= 0):
            return REJECT
        return Attract(thing=f["x"], source=f["a"], strength=said.get("force"), away=away, fades=fades, reach=reach)

    return build


def _passive(away: bool) -> Any:
    def make(x: Ref, mods: Pairs) -> Any:
        said = dict(mods)
        source = said.pop("source", None)
        return REJECT if source is None else _attract(away)({"x": x, "a": source, "m": tuple(said.items())})

    return make


def _towards(x: Ref, mods: Pairs) -> Any:
    """``push Box towards Door with 5 N``: as strong wherever it is, and the door is not pushed."""
    said = {key: value for key, value in mods if key not in ENDLESS}
    away = "away" in said
    source = said.pop("away" if away else "towards", None)
    if source is None or set(said) != {"force"} or said["force"] <= 0:
        return REJECT
    return PushTowards(thing=x, source=source, strength=said["force"], away=away)


def add(g: Grammar) -> None:
    """Ways to say it."""
    deed(g, _towards, verbs=PUSHES, does=("be pushed", "be pulled", "be drawn"))
    being(g, "(pushed|pulled|drawn|driven)", "", _towards, "towards")
    near = "[when|if|the] (near|nearer|close|closer|it is near|it is nearer|it is close|they are near|it is closer|it gets closer|nearer it is|closer it is)"
    modifier(g, "nearer", [f"[,] [and] (stronger|more strongly|harder|the more strongly|the stronger|the harder) {near}", "[,] [and] (weaker|less strongly|more weakly) [when|if|the] (far|further|farther|away|it is far|further it is)", "[,] like a magnet", "(magnetically|strongly|like gravity|by gravity)", "(less|fading|weaker) with the [square of the] distance"], True)  # fmt: skip
    at_one = lambda f: ("at_one", True) if f["d"] == 1 else REJECT  # noqa: E731
    g.add("mod", "at [a distance of] {d:length}", at_one)
    modifier(g, "weight", ["with (twice|double) (its|their) [own] weight"], True)
    modifier(g, "from_present", ["at (its|their) present distance"], True)
    modifier(g, "reach", ["within [a] [distance|radius|range|reach] [of] {v:length}", "up to [a distance of] {v:length} [away]", "(from|over) up to {v:length} [away]", "if [it is] (nearer|closer) than {v:length}"])  # fmt: skip
    modifier(g, "source", ["by {v:thing}", "(to|towards|toward|from|away from) {v:thing}"], cost=0.1)
    for away, verbs, nouns in (
        (False, "(attract|pull in|draw in|suck in|magnetically attract|magnetically pull|pull on|tug at)", "(attraction|pull)"),
        (True, "(repel|push away|drive away|blow away|repulse)", "(repulsion)"),
    ):  # fmt: skip
        build = _attract(away)
        modal = "(will|shall|should|must|is to|can|does|starts to|begins to|has to)"
        forms = _forms(verbs)
        g.add("clause", [
            f"{{a:thing}} [then|now|always|constantly] {forms['fin']} {{x:thing}} {{m:mods}}", f"{{a:thing}} {modal} {forms['base']} {{x:thing}} {{m:mods}}", f"(let|make|have|see) {{a:thing}} [to] {forms['base']} {{x:thing}} {{m:mods}}",
            f"{{a:thing}} (keeps|keeps on|starts|begins|goes on|is) {forms['ing']} {{x:thing}} {{m:mods}}", f"{{a:thing}} (exerts|has|exercises) [a] [magnetic] {nouns} on {{x:thing}} {{m:mods}}",
        ], build)  # fmt: skip
        being(g, "(repelled|pushed away|driven away|blown away)" if away else "(attracted|pulled|drawn|sucked|pulled in|drawn in|sucked in)", "repel" if away else "attract", _passive(away), "attraction")  # fmt: skip
        done = (
            "(repelled|pushed away|driven away|blown away)"
            if away
            else "(attracted|drawn|sucked in|drawn in|pulled in|pulled|sucked)"
        )
        link = "(by|from|away from)" if away else "(by|to|towards|toward|into)"
        g.add("clause", [f"{{x:thing}} (is|are|gets|get|shall be|should be|must be) {done} [away] {link} {{a:thing}} {{m:mods}}", "repel {x:thing} from {a:thing} {m:mods}" if away else "(attract|suck) {x:thing} (to|towards|toward) {a:thing} {m:mods}"], build)  # fmt: skip
    pulls = "(pull|draw|suck|drag|pull at|draw at)"
    g.add("clause", [
        f"(let|make|have|see) {{a:thing}} [to] {pulls} {{x:thing}} {{m:mods}}", "(let|make|have) {x:thing} [be] (attracted|pulled|drawn) by {a:thing} {m:mods}",
    ], lambda f: _attract(False)(f) if {"force", "forces"} & set(bag(f["m"])) else REJECT)  # fmt: skip
    itself = "(it|itself)"
    g.add("clause", [
        f"{{a:thing}} (pulls|draws|sucks|drags|attracts) {{x:thing}} (towards|toward|to) {itself} {{m:mods}}", "{a:thing} (draws|pulls|sucks) {x:thing} in {m:mods}",
        "{a:thing} (acts|works|functions|serves) (as|like) [a] magnet and (draws|pulls|attracts|sucks) {x:thing} [in|to it|towards it] {m:mods}", "{a:thing} (acts|works|functions|serves|becomes) (as|like|) [a] magnet for {x:thing} {m:mods}",
        f"{{a:thing}} (should|shall|must|will) (pull|draw|suck|drag) {{x:thing}} (towards|toward|to) {itself} {{m:mods}}", f"(let|make|have) {{a:thing}} (pull|draw|suck|drag) {{x:thing}} (towards|toward|to) {itself} {{m:mods}}",
    ], _attract(False))  # fmt: skip
    stops = "(stops|stop|ceases|quits|no longer|does not|shall stop|should stop)"
    g.add("clause", [f"{{a:thing}} {stops} (attracting|attract|attracts|pulling|pull|pulls|repelling|repel|repels|drawing|draw|draws) {{x:thing}} [any more|any longer|in]", "{a:thing} (lets|let) go of {x:thing}"], lambda f: StopPushing(thing=f["x"], what="attraction"))  # fmt: skip


def _forms(verbs: str) -> dict[str, str]:
    """Several verbs, each of one or two words, in the forms that a phrase needs."""
    found = {}
    for form in ("fin", "base", "ing"):
        each = [f"{verb.split()[-1] if verb.startswith('magnetically') else verb.split()[0]}" for verb in verbs.strip("()").split("|")]  # fmt: skip
        words = []
        for verb, head in zip(verbs.strip("()").split("|"), each, strict=True):
            words.append(verb.replace(head, f"{head}~{form}", 1))
        found[form] = f"({'|'.join(words)})"
    return found
