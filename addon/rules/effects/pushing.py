"""Forces on bodies that physics moves, which go on until they are told to end, and impulses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import SerializeAsAny

from ...fields import REACH
from ..deeds import deed, joined
from ..grammar import REJECT, Fields, Grammar
from ..model import Effect
from ..modifiers import WAY_NAMES, Pairs, bag
from ..reference import Ref
from ..units import told
from .cycle import Lasting, endless
from .launch import OfBody, times_way
from .moving import Vector, in_turns, quoted, vector

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

PUSHES = (
    "push", "shove", "press", "force", "propel", "drive", "thrust", "move", "lift", "push * along", "push * away", "pull", "drag", "tug", "draw", "squeeze",
    "keep pushing", "keep pulling", "keep pressing", "go on pushing", "keep on pushing", "push on",
)  # fmt: skip
KICKS = (
    "kick", "hit", "knock", "strike", "launch", "throw", "boost", "punch", "push", "shove", "bat", "smack", "whack", "shoot", "fling", "hurl", "toss", "propel", "nudge", "bump", "kick * off",
    "launch * off", "knock * away", "kick * away", "send * off", "send * flying", "give * a kick", "give * a push", "give * a shove",
)  # fmt: skip


class Pushing(Lasting):
    """What pushes a body until it is told to end: ``doing`` says what, and ``said`` are a helper's arguments."""

    how: ClassVar[str]
    """What the helpers call this way of pushing."""

    def doing(self) -> str:
        """What is being done to the body, as in ``Box keeps being pushed up with 5 N``."""
        raise NotImplementedError

    def said(self, name: str) -> list[str]:
        """The arguments of the helper after the body and the kind."""
        raise NotImplementedError

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return f"push {self.model_dump_json()}"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} keep{'' if self.thing.many else 's'} being {self.doing()}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"push_on({', '.join([name, quoted(self.how), *self.said(name)])})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if problem := scene.body_problem(name, "pushed"):
            return problem
        body = scene.objects[name].body
        held = (body is not None and body.kinematic) or name in scene.held
        if held and name not in scene.freed:
            return f"{name} is held; release it first"
        return f"{name} has a force field itself, and nothing can push it" if scene.objects[name].field else None

    def undone(self) -> Effect:
        """See `Effect.undone`."""
        return NoMore(thing=self.thing, push=self)

    def ends(self, other: Pushing) -> bool:
        """Whether another that begins in the same moment leaves nothing of it."""
        return False


class NoMore(Effect):
    """The end of something that pushes a body, by the rule that began it."""

    kind: Literal["no_more"] = "no_more"
    thing: Ref
    push: SerializeAsAny[Pushing]

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return f"no more {self.push.model_dump_json()}"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} stop{self.thing.ending} being {self.push.doing()}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"push_no_more({', '.join([name, quoted(self.push.how), *self.push.said(name)])})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return self.push.problem(scene, name)


class Push(Pushing):
    """A force in N in the world frame; None if what is said is not enough, of which ``lacks`` tells the rest."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, push Box to the right with 20 N for 2 s",
        "As long as Ball touches Plate, push Box up with 5 N",
        "After 1 s, a force of (3, 0, 4) N acts on Ball",
    )
    how: ClassVar[str] = "force"
    kind: Literal["push"] = "push"
    thing: Ref
    force: Vector | None
    lacks: str = ""

    def doing(self) -> str:
        """See `Pushing.doing`."""
        return f"pushed {way_and_size(self.force or (0, 0, 0), 'N')}"

    def said(self, name: str) -> list[str]:
        """See `Pushing.said`."""
        return [vector(self.force or (0, 0, 0))]

    def ends(self, other: Pushing) -> bool:
        """See `Pushing.ends`."""
        pairs = zip(self.force or (), (isinstance(other, Push) and other.force) or (), strict=False)
        return all(abs(a + b) < 1e-9 for a, b in pairs)

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if problem := super().problem(scene, name) or beyond(self.force, "N"):
            return problem
        return f"it is not said {self.lacks} {name} is pushed, such as 'to the right with 5 N'" if self.lacks else None


class Accelerate(Pushing):
    """A force that accelerates the body by so many m/s² in the world frame."""

    examples: ClassVar[tuple[str, ...]] = ("When Ball touches Plate, accelerate Box to the right at 2 m/s² for 1.5 s",)
    how: ClassVar[str] = "acceleration"
    kind: Literal["accelerate"] = "accelerate"
    thing: Ref
    acceleration: Vector

    def doing(self) -> str:
        """See `Pushing.doing`."""
        return f"accelerated {way_and_size(self.acceleration, 'm/s²', 'at')}"

    def said(self, name: str) -> list[str]:
        """See `Pushing.said`."""
        return [vector(self.acceleration)]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return super().problem(scene, name) or beyond(self.acceleration, "m/s²")


class Impulse(OfBody):
    """An impulse in N s in the world frame, at once: the velocity changes by it divided by the mass."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, give Box an impulse of 2 N s to the right",
        "After 1 s, kick Ball upwards with 3 Ns",
    )
    kind: Literal["impulse"] = "impulse"
    thing: Ref
    impulse: Vector

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return f"push {self.model_dump_json()}"

    def done(self) -> str:
        """See `OfBody.done`."""
        return "given an impulse"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        verb = "get" if self.thing.many else "gets"
        return f"{self.thing} {verb} an impulse {way_and_size(self.impulse, 'N s', 'of')}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"objects[{name}].apply_impulse({vector(self.impulse)})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return super().problem(scene, name) or beyond(self.impulse, "N s")

    @property
    def continuous(self) -> bool:
        """See `Effect.continuous`."""
        return False


What = Literal[
    "", "force", "towards", "acceleration", "attraction", "spring", "drag", "wind", "hover", "belt", "follow", "circle"
]
STOPPED: dict[What, str] = {
    "": "pushed by anything", "force": "pushed", "towards": "pushed towards anything", "acceleration": "accelerated", "attraction": "attracted", "spring": "pulled by a spring", "drag": "braked", "wind": "blown along",
    "hover": "held up", "belt": "carried along", "follow": "pushed after anything", "circle": "pushed round anything",
}  # fmt: skip
"""What no longer happens to a body, by what helpers call it."""


class StopPushing(Effect):
    """The end of what pushes a body, whichever rule began it, or of one kind of it."""

    examples: ClassVar[tuple[str, ...]] = (
        "After 5 s, stop pushing Box",
        "When Ball touches Plate, Ball is no longer attracted",
    )
    kind: Literal["stop_pushing"] = "stop_pushing"
    thing: Ref
    what: What = ""

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return f"no more {self.what}"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} stop{self.thing.ending} being {STOPPED[self.what]}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"stop_pushing({name}{f', {quoted(self.what)}' if self.what else ''})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return scene.body_problem(name, "pushed")


def beyond(amount: Vector | None, unit: str) -> str | None:
    """Why so much cannot be done."""
    most = max(map(abs, amount or (0.0,)))
    return f"{told(most)} {unit} is too much: at most {told(REACH)} {unit}" if most > REACH else None


def way_and_size(amount: Vector, unit: str, link: str = "with") -> str:
    """``to the right with 3 N``, or ``with (1, 2, 3) N``."""
    size = sum(abs(a) for a in amount)
    if size and (way := WAY_NAMES.get(tuple(a / size for a in amount))):  # type: ignore[arg-type]
        return f"{link} {told(size)} {unit} {way}" if link == "of" else f"{way} {link} {told(size)} {unit}"
    return f"{link} {vector(tuple(a + 0.0 for a in amount))} {unit}"


def _vector_of(said: dict[str, Any], key: str) -> Any:
    """The vector of a size and a way, or one that is said as a whole; None without."""
    whole = said.pop(f"{key}s", None)
    if whole is not None:
        return whole if key not in said and "way" not in said else REJECT
    if key in said and "way" in said:
        return times_way(said.pop("way"), said.pop(key))
    return None


@endless
def push(x: Ref, mods: Pairs) -> Any:
    """A force as words say it, or `REJECT` where they say none."""
    said = bag(mods)
    force = _vector_of(said, "force")
    if force is REJECT:
        return REJECT
    if force is not None:
        return Push(thing=x, force=force) if not said and any(force) else REJECT
    return Push(thing=x, force=None, lacks="which way") if set(said) == {"force"} else REJECT


@endless
def _accelerate(x: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    gain = _vector_of(said, "acceleration")
    return Accelerate(thing=x, acceleration=gain) if gain not in (None, REJECT) and not said and any(gain) else REJECT


def _impulse(x: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    gain = _vector_of(said, "impulse")
    return Impulse(thing=x, impulse=gain) if gain not in (None, REJECT) and not said and any(gain) else REJECT


def given(make: Any) -> Any:
    """What is said as ``a force of 5 N to the right``: its size, its way and what else is said."""

    def build(f: Fields) -> Any:
        pairs = joined(*(f.get(part, ()) for part in ("a", "m", "n")))
        return REJECT if pairs is None else make(f["x"], pairs)

    return build


def _amounts(g: Grammar) -> None:
    """``with 5 N``, ``with a force of (1, 2, 3) N``, and the same as nouns."""
    for key, nouns, units in (
        ("force", "[constant|steady|even] (force|push|pull|thrust|load|power)", "(n|newton|newtons)"),
        ("impulse", "(impulse|momentum|kick|push|shove|blow|jolt)", "(n s|ns|newton seconds|newton second|n * s)"),
        ("acceleration", "(acceleration)", "(m / s ²|m / s 2|m / s ^ 2|m / s / s|metres per second squared|meters per second squared)"),
    ):  # fmt: skip
        size = f"(with|by|at|of|using|=|:) [a] [{nouns}] [of|=|:] {{v:{key}}}"
        g.add("mod", [size, f"{{v:{key}}} of {nouns}"], lambda f, k=key: (k, f["v"]))
        g.add("mod", f"[,] {{v:{key}}}", lambda f, k=key: (k, f["v"]), cost=0.05)
        whole = f"(with|by|at|of|using|=|:) [a] [{nouns}] [vector] [of|=|:] {{v:vector}} {units}"
        g.add("mod", whole, lambda f, k=key: (f"{k}s", f["v"]))
        g.add(f"{key}_said", [
            f"[constant|steady|sudden|strong|light] {{w:way_of}} {nouns} [of|=|:|with] {{v:{key}}}", f"{nouns} [of|=|:|with] {{v:{key}}} {{w:way}}", f"{{v:{key}}} [of] [{nouns}] {{w:way}}",
            f"{nouns} {{w:way}} (of|with) {{v:{key}}}",
        ], lambda f, k=key: ((f"{k}s", times_way(f["w"], f["v"])),))  # fmt: skip
        g.add(f"{key}_said", f"[{nouns}] [vector] [of|=|:] {{v:vector}} {units}", lambda f, k=key: ((f"{k}s", f["v"]),))
        g.add(f"{key}_said", f"[{nouns}] [of|=|:|with] {{v:{key}}}", lambda f, k=key: ((k, f["v"]),), cost=0.1)


def add(g: Grammar) -> None:
    """Ways to say it."""
    _amounts(g)
    deed(g, in_turns(push), verbs=PUSHES, does=("be pushed", "be pulled", "be pressed", "move", "be driven"))
    deed(g, in_turns(_accelerate), verbs=("accelerate", "speed * up", "keep accelerating"), does=("accelerate", "speed up", "keep accelerating"))  # fmt: skip
    deed(g, in_turns(_impulse), verbs=KICKS, does=("be kicked", "be pushed", "be hit"))
    being(g, "(pushed|pulled|pressed|driven|forced)", "(push|pull|press|drive|force)", push, "force")
    being(g, "accelerated", "accelerate", _accelerate, "acceleration")
    acts = "(acts|acts on|pushes|pulls|presses|works|is applied|is exerted|shall act|should act|begins to act|starts to act|is acting|drives|moves)"
    for key, make, verbs in (
        ("force", push, "(apply|exert|use|put|let|add)"),
        ("acceleration", _accelerate, "(apply|use|put|add)"),
        ("impulse", _impulse, "(apply|exert|use|transfer|impart|deliver|add)"),
    ):
        g.add("clause", [
            f"{verbs} [a] {{a:{key}_said}} (to|on|at|onto) {{x:thing}} {{m:mods}}", f"[a] {{a:{key}_said}} {acts} [on|to|at] {{x:thing}} {{m:mods}}", f"(give|lend|grant) {{x:thing}} [a] {{a:{key}_said}} {{m:mods}}",
            f"{{x:thing}} (gets|get|receives|receive|feels|feel|experiences|is given|is subjected to|is under) [a] {{a:{key}_said}} {{m:mods}}",
        ], given(make))  # fmt: skip
    nothing = "{x:thing} ((is|are) (no longer|not)|(stops|stop) being) pushed by anything [any more|any longer]"
    g.add("clause", [nothing, "(stop|end|remove|cancel|take away) [all|any] (forces|pushes) [on|from] {x:thing}"], lambda f: StopPushing(thing=f["x"]))  # fmt: skip


def being(g: Grammar, participle: str, verb: str, make: Any, what: What) -> None:
    """``Box keeps being pushed …``, ``Box is no longer pushed …`` and, with a ``verb``, ``stop pushing Box``."""
    built = given(make)
    still = "(keeps|keep|goes on|go on|keeps on|keep on|is|are|shall keep|should keep) being"
    no_longer = (
        "((is|are|shall be|should be) (no longer|not) [being]|(stops|stop|ceases|cease|shall stop|should stop) being)"
    )
    more = "[any more|any longer|anymore]"
    g.add("clause", f"{{x:thing}} {still} {participle} {{m:mods}}", built)
    g.add("clause", f"{{x:thing}} {no_longer} {participle} {{m:mods}} {more}", lambda f: _no_more(f["x"], built(f)))
    if not verb:
        return
    ing = verb.replace("|", "~ing|").replace(")", "~ing)") if "(" in verb else f"{verb}~ing"
    stops = [f"(stop|cease|quit|end) {ing} {{x:thing}}", f"no longer {verb} {{x:thing}}", f"{{x:thing}} {no_longer} {participle} {more}"]  # fmt: skip
    g.add("clause", stops, lambda f: StopPushing(thing=f["x"], what=what), cost=-0.05)


def _no_more(thing: Ref, push: Any) -> Any:
    if not isinstance(push, Pushing):
        return REJECT
    if push.how == "spring" and not getattr(push, "stiffness", None):
        return StopPushing(thing=thing, what="spring")
    return NoMore(thing=thing, push=push)
