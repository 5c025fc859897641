"""Bodies that are held where they are, and let go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import ELIDED, deed
from ..grammar import REJECT, Fields, Grammar
from ..model import Effect, Step
from ..modifiers import Pairs, bag, in_turn, only
from ..reference import Ref
from .launch import launch

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

HOLDS = (
    "hold", "freeze", "fix", "pin", "pin * down", "immobilise", "immobilize", "hold * still", "keep * still", "hold * fast", "hold * up", "keep * frozen", "hold * frozen",
    "hold * in place", "keep * in place", "lock * in place", "fix * in place", "anchor", "suspend", "hold * fixed", "keep * fixed", "stop * for good", "stop * in place", "keep * put", "stop * dead for good", "hang * in mid-air", "hang * in the air", "hang * up in the air", "leave * hanging in the air", "leave * hanging in mid-air", "hold * in mid-air", "freeze * in mid-air",
)  # fmt: skip
STAYS = ("freeze", "stay put", "stay where it is", "stay exactly where it is", "stay still", "hang in the air", "freeze solid", "stop for good", "stop dead , for good", "stop dead for good", "freeze in place", "stay in place", "remain where it is")  # fmt: skip
RELEASES = (
    "release", "free", "drop", "unfreeze", "unpin", "unfix", "loose", "liberate", "unhold", "let go of", "let * go", "let * go of", "let * loose", "let * go free", "let * fall",
    "let * drop", "set * free", "set * loose", "turn * loose", "cut * loose", "let * fall down", "let * fall freely", "stop holding", "no longer hold", "stop * being held", "free * up", "let * move freely", "unleash", "quit holding", "let * to fall", "let * free", "leave * to fall", "let * be free", "stop to hold", "cease to hold", "cease holding", "dismiss", "stop freezing", "discharge", "give * free", "make * loose", "let * drop down", "let loose of", "let go off", "give * loose", "loose * from", "stop * being frozen", "set * in freedom", "put * free", "leave * fall", "give * free to fall", "stop holding * up", "quit holding * up", "hold * no longer", "unhand", "hand * over to gravity", "give * over to gravity", "leave * to gravity", "release * to gravity", "unclamp", "unblock", "unlock",
)  # fmt: skip
FALLS = ("drop", "fall", "fall down", "fall freely", "come loose", "go free", "come free", "get free", "move freely", "break free", "be free", "be free to fall", "be free to move", "drop down", "get loose", "start to fall", "begin to fall", "be no longer held", "be not held", "be dropped", "get its freedom", "get free to move", "unfreeze", "fall free", "fall down free", "get its freedom back", "start falling", "be let free", "be allowed to move", "be able to move", "be able to fall", "move free")  # fmt: skip


class OfHeld(Effect):
    """What holds a body or lets it go."""

    def done(self) -> str:
        """What is done, as in ``it cannot be released``."""
        raise NotImplementedError

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return scene.body_problem(name, self.done())

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "hold"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} {'are' if self.thing.many else 'is'} {self.done()}"


class Hold(OfHeld):
    """A body stays where it is, whatever acts on it."""

    kind: Literal["hold"] = "hold"
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, hold Ball",
        "After 1 s, freeze Box in mid-air",
        "As long as Ball touches Plate, Box is held in place",
    )

    def done(self) -> str:
        """See `OfHeld.done`."""
        return "held"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"objects[{name}].rigid_body.kinematic = True"]

    def undone(self) -> Effect | None:
        """See `Effect.undone`."""
        return Release(thing=self.thing)

    def after(self, scene: Vocabulary) -> Vocabulary:
        """See `Effect.after`."""
        return scene.having(held=self.thing.names)


class Release(OfHeld):
    """A held body is moved by physics from now on."""

    kind: Literal["release"] = "release"
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, release Crate 1",
        "After 1 s, let go of the crates one after the other, 0.4 s apart",
        "After 1 s, let Crate 2 go with 3 m/s to the right and 2 m/s up",
    )

    def done(self) -> str:
        """See `OfHeld.done`."""
        return "released"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"objects[{name}].rigid_body.kinematic = False"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if problem := super().problem(scene, name):
            return problem
        body = scene.objects[name].body
        held = (body is not None and body.kinematic) or name in scene.held
        return None if held else f"{name} is not held, so it cannot be released"

    def undone(self) -> Effect | None:
        """See `Effect.undone`."""
        return Hold(thing=self.thing)

    def after(self, scene: Vocabulary) -> Vocabulary:
        """See `Effect.after`."""
        return scene.having(freed=self.thing.names)


def _make(effect: type[Hold] | type[Release], thing: Ref, mods: Pairs, *keys: str) -> Any:
    said = bag(mods)
    return in_turn(effect(thing=thing), said) if only(said, "turns", "again", *keys) else REJECT


def _release(thing: Ref, mods: Pairs) -> Any:
    """Letting go, or letting go with a velocity."""
    if bag(mods).keys() & {"vel", "way", "speed"}:
        thrown = launch(thing, mods, unsaid=False)
        first = Release(thing=thing)
        if isinstance(thrown, Step):
            return thrown.model_copy(update={"effects": (first, *thrown.effects)})
        return REJECT if thrown is REJECT else Step(effects=(first, thrown))
    return _make(Release, thing, mods, "fall", "whole")


_MORE = "(any more|anymore|any longer|longer|more|no more|further)"
_NO_MORE = "(no longer|not longer|no more|not more|not any more|not any longer|never again|not further)"
_HELD = "(held|hold|fixed|frozen|pinned|kept|immobilised|blocked|restrained|stuck|suspended|held (back|in place|still|fast|up))"
_DUE = "(must|should|shall|may|can|need|needs|has to|will|is to)"
_NOT_HELD = (
    f"{{x:thing}} [is|are|gets|becomes] {_NO_MORE} [to be|being] {_HELD} {{m:mods}}", f"{{x:thing}} [is|are] not [to be|being] {_HELD} {_MORE} {{m:mods}}",
    f"{{x:thing}} {_DUE} [to] (not be|be not) {_HELD} [{_MORE}]", f"{{x:thing}} {_DUE} {_NO_MORE} be {_HELD}", f"{{x:thing}} {_DUE} be {_NO_MORE} {_HELD}",
    f"{{x:thing}} (does not need to|need not|needs not|does not have to|do not need to|do not have to) be {_HELD} {_MORE}",
    f"[(you|we) [(have|need) to]] do not (hold|keep|fix|restrain|freeze) {{x:thing}} [back|in place|still|up] {_MORE}", f"(you|we) do not (have|need) to hold {{x:thing}} {_MORE} [, (so|therefore) (release|free|drop) it]",
    f"(nothing|nobody|no one) (holds|hold|is holding|shall hold|should hold|may hold) {{x:thing}} [back|in place|up|still] {_MORE}", f"(hold|keep|fix) {{x:thing}} {_NO_MORE}",
    "(hold|grip|grasp) (on|of) {x:thing} (shall be|is|is to be|must be|should be|has to be|gets) (lifted|released|removed|ended|loosened|given up)",
    "(release|lift|remove|end|loosen|give up|let go of|take off|take away|undo) [your|our|its] (hold|grip|grasp|holding|freeze) (on|of|from) {x:thing}", "(give|grant) {x:thing} [back] (its|his|their|her) freedom", "(give|grant) freedom to {x:thing}",
    "{x:thing} (can|may|is allowed to|are allowed to|is free to|are free to|is able to|gets to|get to|is left to) [now|then|finally|also] (move|go|fall|drop|leave|swing|roll|run|travel) [down|freely|free|now|then|away|off]",
    f"(stop|quit|end|cease) (keeping|holding) {{x:thing}} {_HELD}", "(stop|quit|end|cease) (holding|hanging) on to {x:thing}", f"[there is|there] no need to (hold|keep|fix) {{x:thing}} [held|frozen|fixed|back|up|still] {_MORE}",
    "{x:thing} 's (hold|fixation|freeze) (is (released|ended|lifted|removed|loosened|given up)|ends|stops|is over)", "(physics|gravity) (takes over|may have|can have|takes|gets|has|takes care of|shall have|is to have) [for] {x:thing} [over]",
    "(hand|leave|give|turn) {x:thing} [over] to (gravity|physics)", "let (gravity|physics) (take|have|take over|get) {x:thing}", "{x:thing} [:|.|is|becomes] (no longer|not|no more) kinematic [any more|any longer]",
    "{x:thing} [:|.] kinematic [:|=|: =|is|becomes] (off|false)", "(turn|switch) off kinematic (for|of|on) {x:thing}", "(make|turn|set) {x:thing} (dynamic|non-kinematic)", "{x:thing} (becomes|is|turns|gets|goes) dynamic",
    "let [both of] them go [,|:] {x:several}", "neither {a:single} nor {b:single} (is|are) held any (more|longer)",
)  # fmt: skip
"""That something is not held any more, which says what is done."""
_FREELY = "[down|freely|free|now|then|loose|away|off|by itself|on its own|under gravity|by gravity|with gravity|again|out|about|around|as it likes]"
_FALLING = f"(fall|falls|drop|drops|move|moves|go|goes|swing|swings|roll|rolls|slide|slides|tumble|tumbles|hang loose|run|runs|leave|falling|moving|dropping) {_FREELY} {_FREELY}"
_THEN = "[,|;|-|.] (and|so|so that|such that|in order that|whereupon|after which|and so|and then|that|, and)"
_IT = "(it|they|he|she|this one|that one)"
_MAY = "(can|may|will|should|could|must|shall|is able to|are able to|is free to|are free to|is allowed to|are allowed to|is left to|starts to|gets to|can to) [now|then|again]"
FALLING = (
    f"{_THEN} [{_IT}] {_MAY} {_FALLING}", f"{_THEN} {_IT} [then|now|just|simply] [starts] {_FALLING}", f"[,] (free|able|ready|allowed) to {_FALLING}", f"{_THEN} {_IT} (is|are) [then|now] free [to {_FALLING}]",
    f"{_THEN} (falls|drops|moves) {_FREELY} {_FREELY}",
    f"{_THEN} [let|leave] (gravity|physics) [then|now] [to|can|may|will] (do|does|take|takes|have|has|pull|pulls|handle|handles) [rest|over|it|care of it|it from there|work|job|its way|its course|it down|care of rest]",
    "[,|;|-] [let|leave] (gravity|physics) [then|now] [to|can|may|will] (do|does|take|takes|have|has|handle|handles) [rest|over|it|care of it|it from there|work|job|its way|its course|care of rest]",
    "[,|;|.] [and] leave [it|them|rest|everything|that] to (gravity|physics|fall)", f"[,|;|.] and (watch|see|let|leave) (it|them) [to] {_FALLING}", f"[,|;|.] (let|leave|watch) (it|them) [to] {_FALLING}",
    f"[,] to {_FALLING}", "from being (held|frozen|fixed)",
)  # fmt: skip
"""What comes of being let go, which says nothing more."""


def _let_go(f: Fields) -> Any:
    from ..structure.things import listed

    return _release(f["x"] if "x" in f else listed("all")(f), f.get("m", ()))


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    deed(grammar, lambda x, m: _make(Hold, x, m, "in_place"), verbs=HOLDS, does=STAYS, nouns=("freezing",), states=("frozen", "fixed", "held", "immobile", "frozen in place", "fixed in place"))  # fmt: skip
    held = "(held|frozen|fixed|pinned|suspended|hanging|waiting)"
    grammar.add("held_thing", f"{{x:thing}}\n{held} {{x:thing}}\n{{x:thing}} [,] (that|which|who) (is|are|was) [still|currently|so far] [being] {held} [up|so far|until now]\n{{x:thing}} [,] [that|which] we (are holding|hold|have been holding|held|have held|have frozen) [up|so far|until now|in place]", lambda f: f["x"])  # fmt: skip
    grammar.add("elided/held_thing", "", lambda f: ELIDED)
    deed(grammar, _release, thing="held_thing", verbs=RELEASES, does=FALLS, nouns=("release",), states=("free", "free to fall", "free to move", "free to go", "unfrozen", "unheld", "loose", "free again", "freed from its hold", "into free fall", "let go", "in free fall"))  # fmt: skip
    where = "(in|to|at) (place|position|its place|mid-air|midair|the air|mid air|its current position|its present position)|where it is|exactly where it is|right where it is|for good|forever|on the spot|permanently|from then on|from now on"
    grammar.add("mod", f"[,] ({where})", lambda f: ("in_place", True))
    falls = "so that gravity takes over|so that it falls|so it falls|so that it can fall|so it can fall|so that they fall|so that they can fall|to fall|to gravity|to the physics|and let it fall|to move freely|from its place|from its hold|so that physics moves it|to physics|"
    falls += "(for|into|to) [its] free (motion|movement|fall|flight)|into free fall|to (fall|drop) (freely|under gravity|by gravity|by itself|down)|under gravity|by gravity|from (its|their) (restraint|restraints|frozen state|frozen position|grip|hold|place|position|held state|bonds|fixed state)|"
    falls += "[and] (it|that|they) (falls|fall|drops|drop|is free|are free) [down|freely|now|then]|[and] (let|leave) (it|them) [to] (fall|drop|go) [down|freely|by gravity]|and can [to] (leave|go|move|fall)|from then on|from now on|again|any more"
    grammar.add("mod", f"[,] ({falls})", lambda f: ("fall", True))
    grammar.add("mod", FALLING, lambda f: ("fall", True), cost=-0.05)
    grammar.add("clause", ["(no longer|not any longer) hold {x:thing} [in place]", "(stop|end) [the] holding of {x:thing}", "let {x:thing} (move|fall) [down] freely", *_NOT_HELD], _let_go)  # fmt: skip
