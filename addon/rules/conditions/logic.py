"""Conditions over conditions: and, or, not, exactly one, one after the other, so many times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import SerializeAsAny

from ..model import Condition, How, Namer, all_refs, with_refs
from ..reference import Ref

if TYPE_CHECKING:
    from ...trace import Trace
    from ..vocabulary import Vocabulary

Any_ = SerializeAsAny[Condition]


class _Of(Condition):
    """A condition over others."""

    def settled(self, scene: Vocabulary) -> Condition:
        """See `Condition.settled`."""
        return self.model_copy(update={name: _in_scene(value, scene) for name, value in self})

    def remembers(self, how: How) -> bool:
        """See `Condition.remembers`."""
        return how == "onset" or any(part.remembers("ever") for part in self.inner())

    def problem(self, scene: Vocabulary) -> str | None:
        """The first problem of any part."""
        return next((p for part in self.inner() if (p := part.problem(scene))), None)

    def nearest(self, trace: Trace) -> str:
        """How near each part came."""
        return "; ".join(filter(None, (part.nearest(trace) for part in self.inner())))


class And(_Of):
    """All of several. Happenings and what merely is so are true together only while they last."""

    kind: Literal["and"] = "and"
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate and Box touches Floor, open Door",
        "When Ball touches Plate while Lamp is on, open Door",
    )
    parts: tuple[Any_, ...]

    def inner(self) -> tuple[Condition, ...]:
        """See `Condition.inner`."""
        return self.parts

    @property
    def is_event(self) -> bool:  # type: ignore[override]
        """Whether all parts are."""
        return all(part.is_event for part in self.parts)

    def sentence(self) -> str:
        """See `Condition.sentence`."""
        return " and ".join(_bracketed(part, Or) for part in self.parts)

    def negated(self) -> str:
        """See `Condition.negated`."""
        return f"not ({self.sentence()})"

    def canonical(self) -> Condition:
        """See `Condition.canonical`."""
        return And(parts=tuple(sorted(self.parts, key=lambda part: part.model_dump_json())))

    def python(self, how: How, label: Namer) -> str:
        """See `Condition.python`."""
        if how == "onset":
            return self._onset(label)
        mixed = how == "ever" and any(p.is_event for p in self.parts) and any(not _settled(p) for p in self.parts)
        return _joined_code(self.parts, "and", lambda part: "now" if mixed else how, label)

    def _onset(self, label: Namer) -> str:
        events = [p for p in self.parts if p.is_event]
        if len(events) == 1:
            ordered = (events[0], *(p for p in self.parts if not p.is_event))
            return _joined_code(ordered, "and", lambda p: "onset" if p.is_event else "now", label)
        return f"begins({label('begins')}, {self.python('now', label)})"


class Or(_Of):
    """Any of several."""

    kind: Literal["or"] = "or"
    examples: ClassVar[tuple[str, ...]] = ("When Ball touches Plate or Box touches Door, turn on Lamp",)
    parts: tuple[Any_, ...]

    def inner(self) -> tuple[Condition, ...]:
        """See `Condition.inner`."""
        return self.parts

    @property
    def is_event(self) -> bool:  # type: ignore[override]
        """Whether all parts are."""
        return all(part.is_event for part in self.parts)

    def sentence(self) -> str:
        """See `Condition.sentence`."""
        return " or ".join(_bracketed(part, And) for part in self.parts)

    def canonical(self) -> Condition:
        """See `Condition.canonical`."""
        return Or(parts=tuple(sorted(self.parts, key=lambda part: part.model_dump_json())))

    def negated(self) -> str:
        """See `Condition.negated`."""
        return f"neither {' nor '.join(_bracketed(part, And) for part in self.parts)}"

    def python(self, how: How, label: Namer) -> str:
        """See `Condition.python`."""
        return _joined_code(self.parts, "or", lambda part: how, label)


class Not(_Of):
    """The opposite; of something that happens in a moment: that it has not happened so far."""

    kind: Literal["not"] = "not"
    examples: ClassVar[tuple[str, ...]] = ("When Ball touches Plate, open Door, unless Box has touched Door",)
    part: Any_

    def inner(self) -> tuple[Condition, ...]:
        """See `Condition.inner`."""
        return (self.part,)

    def sentence(self) -> str:
        """See `Condition.sentence`; not any of several is none of them."""
        if any(ref.which == "any" for ref in all_refs(self.part)) and not isinstance(self.part, _Of):
            return str(with_refs(self.part, _none).sentence())
        return self.part.negated()

    def negated(self) -> str:
        """See `Condition.negated`."""
        return self.part.sentence()

    def python(self, how: How, label: Namer) -> str:
        """See `Condition.python`."""
        so: How = "ever" if self.part.is_event else "now"
        inner = (
            f"not ({self.part.python(so, label)})"
            if isinstance(self.part, And | Or)
            else f"not {self.part.python(so, label)}"
        )
        return f"begins({label('begins')}, {inner})" if how == "onset" else inner


def _none(ref: Ref) -> Ref:
    said = ref.said.replace("any ", "no ", 1)
    return ref.model_copy(update={"which": "none", "said": said}) if ref.which == "any" else ref


class Xor(_Of):
    """One of two and not the other."""

    kind: Literal["xor"] = "xor"
    examples: ClassVar[tuple[str, ...]] = (
        "When either Ball touches Plate or Box touches Door, but not both, turn on Lamp",
    )
    first: Any_
    second: Any_

    def inner(self) -> tuple[Condition, ...]:
        """See `Condition.inner`."""
        return (self.first, self.second)

    def sentence(self) -> str:
        """See `Condition.sentence`."""
        return f"either {self.first.sentence()} or {self.second.sentence()}, but not both"

    def canonical(self) -> Condition:
        """See `Condition.canonical`."""
        one, two = sorted(self.inner(), key=lambda part: part.model_dump_json())
        return Xor(first=one, second=two)

    def negated(self) -> str:
        """See `Condition.negated`."""
        return f"not exactly one of {self.first.sentence()} and {self.second.sentence()}"

    def python(self, how: How, label: Namer) -> str:
        """See `Condition.python`."""
        one, two = (f"({p.python('ever', label)})" for p in self.inner())
        return f"begins({label('begins')}, {one} != {two})" if how == "onset" else f"{one} != {two}"


class InOrder(_Of):
    """One happening after another has happened."""

    kind: Literal["in_order"] = "in_order"
    examples: ClassVar[tuple[str, ...]] = ("When Ball has touched Plate and then Box touches Door, turn on Lamp",)
    is_event = True
    first: Any_
    then: Any_

    def inner(self) -> tuple[Condition, ...]:
        """See `Condition.inner`."""
        return (self.first, self.then)

    def sentence(self) -> str:
        """See `Condition.sentence`."""
        return f"first {self.first.sentence()} and then {self.then.sentence()}"

    def negated(self) -> str:
        """See `Condition.negated`."""
        return f"not first {self.first.sentence()} and then {self.then.sentence()}"

    def remembers(self, how: How) -> bool:
        """See `Condition.remembers`."""
        return True

    def python(self, how: How, label: Namer) -> str:
        """See `Condition.python`."""
        inner = f"{self.first.python('onset', label)}, {self.then.python('onset', label)}"
        found = f"one_after_other({label('order')}, {inner})"
        return f"begins({label('begins')}, {found})" if how == "onset" else found


class Count(_Of):
    """Something that has happened so many times."""

    kind: Literal["count"] = "count"
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate for the third time, open Door",
        "When Ball has touched Plate 3 times, open Door",
    )
    is_event = True
    part: Any_
    number: int

    def inner(self) -> tuple[Condition, ...]:
        """See `Condition.inner`."""
        return (self.part,)

    def sentence(self) -> str:
        """See `Condition.sentence`."""
        return f"{self.part.sentence()} for the {ordinal(self.number)} time"

    def negated(self) -> str:
        """See `Condition.negated`."""
        return f"{self.part.sentence()} fewer than {self.number} times so far"

    def remembers(self, how: How) -> bool:
        """See `Condition.remembers`."""
        return True

    def python(self, how: How, label: Namer) -> str:
        """See `Condition.python`."""
        found = f"{self.part.times(label)} >= {self.number}"
        return f"begins({label('begins')}, {found})" if how == "onset" else found


class Earlier(_Of):
    """Something that is said to have happened before; only while a text is read."""

    kind: Literal["earlier"] = "earlier"
    part: Any_

    def inner(self) -> tuple[Condition, ...]:
        """See `Condition.inner`."""
        return (self.part,)


class Later(_Of):
    """Something that is said to happen after what was said before it; only while a text is read."""

    kind: Literal["later"] = "later"
    part: Any_

    def inner(self) -> tuple[Condition, ...]:
        """See `Condition.inner`."""
        return (self.part,)

    @property
    def is_event(self) -> bool:  # type: ignore[override]
        """Whether its part is."""
        return self.part.is_event


class Given(_Of):
    """Something that counts only if something else is so when the rule acts; only while a text is read."""

    kind: Literal["given"] = "given"
    part: Any_
    guard: Any_

    def inner(self) -> tuple[Condition, ...]:
        """See `Condition.inner`."""
        return (self.part, self.guard)

    @property
    def is_event(self) -> bool:  # type: ignore[override]
        """Whether both are."""
        return self.part.is_event and self.guard.is_event


def ordinal(number: int) -> str:
    """``3rd``."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number % 100 not in (11, 12, 13) else 0, "th")
    return f"{number}{ending}"


def _settled(condition: Condition) -> bool:
    """Whether it holds from some moment on, or is the lack of a happening so far."""
    if isinstance(condition, Not):
        return condition.part.is_event
    return condition.is_event


def _bracketed(part: Condition, kind: type[Condition]) -> str:
    return f"({part.sentence()})" if isinstance(part, kind) else part.sentence()


def _in_scene(value: Any, scene: Vocabulary) -> Any:
    if isinstance(value, Condition):
        return value.settled(scene)
    return tuple(part.settled(scene) for part in value) if isinstance(value, tuple) else value


def _joined_code(
    parts: Sequence[Condition], joint: Literal["and", "or"], how: Callable[[Condition], How], label: Namer
) -> str:
    """Code of parts joined; a list keeps those running that a short circuit would leave out."""
    if any(part.remembers(how(part)) for part in parts[1:]):
        inner = ", ".join(part.python(how(part), label) for part in parts)
        return f"{'all' if joint == 'and' else 'any'}([{inner}])"
    other = Or if joint == "and" else And
    codes = ((part, part.python(how(part), label)) for part in parts)
    return f" {joint} ".join(f"({code})" if isinstance(part, other | Xor) else code for part, code in codes)
