"""What a rule is: something to wait for, and what is done then, one step after the other.

Everything here is data: a reader makes it from English (`read`), and sentence, code, JSON schema and grammars are
renderings of it. SI units, world frame, angles in degrees.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from .reference import Ref

if TYPE_CHECKING:
    from ..trace import Trace
    from .vocabulary import Vocabulary

How = Literal["now", "ever", "onset"]
"""Of a condition's code: true while it is so; true from the first time on; true in the step in which it begins."""

Namer = Callable[[str], str]
"""Gives a label that is used nowhere else in a rule's code, as a Python literal."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Condition(_Data):
    """Something that is so or not at any moment of a run.

    A family gives ``sentence`` and ``negated``, the code of one thing each (``python``), and what stands against it in
    a scene (``problem``). ``is_event`` is true of what happens in a moment and stays having happened, as a touch does.
    """

    kind: str
    is_event: ClassVar[bool] = False

    def inner(self) -> tuple[Condition, ...]:
        """The conditions that it is over, if any."""
        return ()

    def sentence(self) -> str:
        """The condition as a clause: ``Ball touches Plate``."""
        raise NotImplementedError

    def negated(self) -> str:
        """The clause of its opposite: ``Ball has not touched Plate``."""
        raise NotImplementedError

    def now(self, label: Namer) -> str:
        """A Python expression that is true in every step in which it is so; see `python`."""
        raise NotImplementedError

    def times(self, label: Namer) -> str:
        """An expression for how often it has begun so far."""
        return f"count({label('count')}, {self.python('onset', label)})"

    def python(self, how: How, label: Namer) -> str:
        """A Python expression; every thing of the condition is a single one. What is so at the start begins there."""
        found = self.now(label)
        return f"begins({label('begins')}, {found})" if how == "onset" else found

    def soonest(self, label: Namer) -> str:
        """A Python expression whose first true step is the first in which it is so."""
        return self.python("ever", label)

    def remembers(self, how: How) -> bool:
        """Whether the code keeps something from step to step, so that it has to run in every one."""
        return how == "onset"

    def settled(self, scene: Vocabulary) -> Condition:
        """The same with what the words leave to the scene, such as which property a counter shows."""
        return self

    def begun(self) -> Condition:
        """That it begins to be so, for what can be counted or has been so before."""
        return self

    def canonical(self) -> Condition:
        """The one of all conditions that mean the same by which they are compared."""
        return self

    def problem(self, scene: Vocabulary) -> str | None:
        """Why it can never be so or cannot be told in this scene."""
        return None

    def nearest(self, trace: Trace) -> str:
        """How near a run came to it, for a rule that did not fire; empty if there is no measure."""
        return ""

    def refs(self) -> list[tuple[str, Ref]]:
        """Fields with the things that they name."""
        return [(name, value) for name, value in self if isinstance(value, Ref)]


class Effect(_Data):
    """Something that is done to ``thing``, to each of several; what is done to the scene has none.

    ``takes_time`` is how long it goes on once begun, in seconds, 0 for what is done in one step; ``lasts`` is true of
    what goes on until it is ended.
    """

    kind: str
    thing: Ref = Ref(names=())

    def sentence(self) -> str:
        """The effect as a clause: ``Door rises 0.5 m within 1 s``."""
        raise NotImplementedError

    def python(self, name: str) -> list[str]:
        """Statements that do it to one thing; ``name`` is the Python literal of its name."""
        raise NotImplementedError

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """Why this thing of the scene cannot do it; ``name`` is empty for what is done to no thing."""
        return None

    def claims(self, name: str) -> str:
        """What of a thing it takes for itself: two effects that claim the same cannot be done at once."""
        return self.__class__.__name__

    def settled(self, scene: Vocabulary) -> Effect:
        """The same with what the scene alone tells filled in, such as which of its properties is meant."""
        return self

    def after(self, scene: Vocabulary) -> Vocabulary:
        """The scene as it is for what is done next."""
        return scene

    def after_others(self, earlier: Sequence[Effect]) -> str | None:
        """Why it makes no sense after what the same rule does before to the same thing."""
        return None

    def ending(self, name: str) -> list[str]:
        """The same as `python`, where it takes back what the same rule did and others may ask for still."""
        return self.python(name)

    def undone(self) -> Effect | None:
        """What takes it back, for effects that hold as long as something is so; None if nothing does."""
        return None

    def following(self, earlier: Sequence[Effect]) -> Effect:
        """The same after what its rule has done before, all of it settled."""
        return self

    def happening_to(self, thing: Ref) -> Condition | None:
        """That the same comes about with another thing, for ``when Lamp does``; None if nothing tells."""
        return None

    @property
    def lacking(self) -> bool:
        """Whether an amount is not said without which it cannot be done."""
        return False

    def completed(self, said: Mapping[str, Any]) -> Effect | None:
        """The same with what it lacks, by modifiers that are said after it; None where they do not fit."""
        return None

    def like(self, other: Effect) -> Effect | None:
        """The same, where it is said to be that of what is done before it; None where it cannot be."""
        return self

    def agrees(self, said: Mapping[str, Any]) -> bool:
        """Whether modifiers that are said again are those of this effect."""
        return False

    @property
    def continuous(self) -> bool:
        """Whether doing it in every step is what is meant while something is so."""
        return False


Mode = Literal["once", "each", "while"]


def plain_effect(effect: Effect) -> Effect:
    """An effect without the name of a property that goes without saying."""
    key = getattr(effect, "key", None)
    return effect.model_copy(update={"key": ""}) if key == "on" else effect


class When(_Data):
    """What a rule waits for. None is the start of the run.

    ``once``: in the first step in which the condition holds; ``each``: whenever it begins to, every ``nth`` time;
    ``while``: in every step in which it holds. ``delay`` is in seconds. ``guard`` must hold in the step in which the
    rule acts, else it does nothing then. ``until`` ends what goes on.
    """

    condition: Condition | None = None
    mode: Mode = "once"
    nth: int = 1
    delay: float = 0.0
    guard: Condition | None = None
    until: Condition | None = None

    @property
    def at_the_start(self) -> bool:
        """Whether it waits for the first moment of the run, which needs no condition."""
        at = getattr(self.condition, "seconds", None) if self.condition and self.condition.kind == "clock" else None
        return at == 0 and self.mode == "once" and not self.delay


class Step(_Data):
    """Effects of one moment, ``wait`` seconds after the step before; ``pause`` seconds between several things."""

    effects: tuple[Effect, ...]
    wait: float = 0.0
    pause: float = 0.0


class Rule(_Data):
    """When what is done."""

    when: When
    steps: tuple[Step, ...]

    def settled(self, scene: Vocabulary) -> Rule:
        """The same with every effect settled in a scene."""
        done: list[Effect] = []
        steps = []
        for step in self.steps:
            effects = tuple(effect.settled(scene).following(done) for effect in step.effects)
            done.extend(effects)
            steps.append(step.model_copy(update={"effects": effects}))
        return self.model_copy(update={"steps": tuple(steps)})

    @property
    def effects(self) -> list[Effect]:
        """All effects in their order."""
        return [effect for step in self.steps for effect in step.effects]


def with_refs(data: Any, change: Callable[[Ref], Ref]) -> Any:
    """The same data with every reference changed, however deep."""
    if isinstance(data, Ref):
        return change(data)
    if isinstance(data, tuple):
        return tuple(with_refs(item, change) for item in data)
    if isinstance(data, BaseModel):
        # What is not changed stays as unsaid as it was.
        found = {name: new for name, value in data if (new := with_refs(value, change)) != value}
        return data.model_copy(update=found)
    return data


def canonical(data: Any) -> Any:
    """The same data with every condition as it is compared, and references without how they were said."""
    if isinstance(data, Ref):
        return data.model_copy(update={"said": ""})
    if isinstance(data, tuple):
        return tuple(canonical(item) for item in data)
    if isinstance(data, BaseModel):
        found = data.model_copy(update={name: canonical(value) for name, value in data})
        if isinstance(found, Rule):
            return _begun_by_the_clock(found)
        if isinstance(found, When) and found.at_the_start:
            return found.model_copy(update={"condition": None})
        if isinstance(found, When) and found.condition is not None and found.mode == "once" and found.until is None:
            return found.model_copy(update={"condition": _first(found.condition)})
        if isinstance(found, Step) and not found.pause:
            effects = sorted((one for e in found.effects for one in _singly(e)), key=lambda e: str(e.model_dump_json()))
            return found.model_copy(update={"effects": tuple(effects)})
        return found.canonical() if isinstance(found, Condition) else found
    return data


def _begun_by_the_clock(rule: Rule) -> Rule:
    """What waits for a time of the run as what waits from the start on."""
    seconds = getattr(rule.when.condition, "seconds", None) if rule.when.condition else None
    if rule.when.condition is None or rule.when.condition.kind != "clock" or rule.when.mode != "once" or not rule.steps:
        return rule
    if rule.when.delay or rule.when.guard is not None or not isinstance(seconds, float | int):
        return rule
    first = rule.steps[0].model_copy(update={"wait": rule.steps[0].wait + seconds})
    when = rule.when.model_copy(update={"condition": None})
    return rule.model_copy(update={"when": when, "steps": (first, *rule.steps[1:])})


def _singly(effect: Any) -> list[Any]:
    """What is done to several things at once as what is done to each of them."""
    if not isinstance(effect, Effect) or len(effect.thing.names) < 2 or effect.thing.which not in ("one", "all"):
        return [effect]
    return [effect.model_copy(update={"thing": Ref(names=(name,))}) for name in effect.thing.names]


def _first(condition: Condition) -> Condition:
    """What comes about for the first time in the first step in which it is so."""
    single = all(len(ref.names) < 2 for ref in all_refs(condition))
    return condition.begun() if single and getattr(condition, "from_start", False) else condition


def all_refs(data: Any) -> list[Ref]:
    """Every reference in the order of the words that it was read from, as far as fields keep that."""
    if isinstance(data, Ref):
        return [data]
    if isinstance(data, tuple):
        return [ref for item in data for ref in all_refs(item)]
    if isinstance(data, BaseModel):
        return [ref for _, value in data for ref in all_refs(value)]
    return []


def joined(parts: Sequence[str], joint: str) -> str:
    """Clauses in a row."""
    return f" {joint} ".join(parts)
