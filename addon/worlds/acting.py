"""What happens in a world: verbs, each of which arranges things before they are laid out and acts on them after."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from ..rewards.errors import nearest
from ..scene_graph import AnyElement, Constraint, SceneObject
from ..scene_graph.animation import Animation
from ..scene_graph.base import Vec3
from .entry import LibraryError
from .errors import WorldError
from .form import Moves
from .layout import Layout
from .library import entry_of
from .manifest import Happening, Manifest, Subject
from .places import Placed


class VerbError(WorldError):
    """Something that cannot be done; the message says by whom, and why. ``number`` is that of the happening."""

    number: int | None = None


@dataclass(frozen=True)
class Fluid:
    """What particles can stand for that can be solved; of a liquid no more than ``most`` m³ comes out."""

    kind: Literal["LIQUID", "SMOKE"]
    most: float = math.inf


@dataclass(frozen=True)
class Show:
    """What a run must show of a thing that acts: that it moves by a part of its size, that so many particles are there,
    that its light changes, that its size does, that there is a fluid, that it rests in the end, or that it is so many m
    above the ground all the time, or below where it began in the end."""

    kind: Literal["motion", "particles", "light", "size", "fluid", "rest", "height", "depth"]
    name: str
    least: float = 0.05


@dataclass
class Acted:
    """What a happening adds to a scene: rules of our language; what objects have, how fast they start, how springy they
    are, how they are animated, and after how many seconds what is soft begins to move, by their names; joints and other
    objects; assertions of the reward language that say whether it happened, and what the run must show. ``fluids`` are
    the objects whose particles stand for a fluid."""

    rules: list[str] = field(default_factory=list)
    elements: dict[str, list[AnyElement]] = field(default_factory=dict)
    velocities: dict[str, Vec3] = field(default_factory=dict)
    spins: dict[str, Vec3] = field(default_factory=dict)
    springy: dict[str, float] = field(default_factory=dict)
    animations: dict[str, Animation] = field(default_factory=dict)
    waits: dict[str, float] = field(default_factory=dict)
    constraints: list[Constraint] = field(default_factory=list)
    objects: list[SceneObject] = field(default_factory=list)
    assertions: list[str] = field(default_factory=list)
    shows: list[Show] = field(default_factory=list)
    fluids: dict[str, Fluid] = field(default_factory=dict)

    def take(self, other: Acted) -> None:
        """Add what another one has; smoke that something gives off already is not there twice."""
        self.rules += other.rules
        for name, elements in other.elements.items():
            self.elements.setdefault(name, []).extend(elements)
        self.velocities |= other.velocities
        self.spins |= other.spins
        self.springy |= other.springy
        self.animations |= other.animations
        self.waits |= other.waits
        self.constraints += other.constraints
        names = {obj.name for obj in self.objects}
        self.objects += [obj for obj in other.objects if obj.name not in names]
        self.assertions += other.assertions
        self.shows += other.shows
        self.fluids |= other.fluids


@dataclass(frozen=True, eq=False)
class Acting:
    """A world whose things stand: what verbs act on. Every draw comes from the ``seed``."""

    manifest: Manifest
    layout: Layout
    fps: float
    seed: int = 0

    def all(self, name: str) -> list[Placed]:
        """The things of a subject."""
        return [self.layout.placed[one] for one in self.manifest.subject(name).names]

    def first(self, name: str) -> Placed:
        """The first of them."""
        return self.all(name)[0]

    def start(self, happening: Happening) -> float:
        """When it begins, in s after the start, as far as that is known before the run."""
        if happening.after is None:
            return happening.at
        before = self.manifest.happenings[happening.after]
        return self.start(before) + VERBS[before.does].takes

    def moment(self, happening: Happening) -> str:
        """How a rule begins that makes it begin."""
        if happening.after is not None:
            before = self.manifest.happenings[happening.after]
            other = self.first(before.to).thing if before.to is not None else None
            if other is not None and (VERBS[before.does].touches or other.seesaws):
                return f"When {self.first(before.who).thing.name} touches {other.bodies[0]}, "
        start = self.start(happening)
        return f"After {start:g} seconds, " if start else "At the start, "

    def step(self, happening: Happening) -> int:
        """The step with which it begins."""
        return round(self.start(happening) * self.fps)


Arrange = Callable[[Manifest, Happening], Manifest]
Act = Callable[[Acting, Happening], Acted]
Instead = Callable[[Manifest, Happening], str | None]
Waits = Literal["", "time", "event"]


def as_it_is(manifest: Manifest, happening: Happening) -> Manifest:
    """The arrangement of a verb that needs none."""
    return manifest


@dataclass(frozen=True)
class Verb:
    """Something that a subject can do.

    ``words`` are how people say it, in their plain forms; ``to`` whether it takes another subject ("no", "may" or
    "must"), and behind which prepositions (``ways``). ``speed`` is how fast the subject is sent off in m/s where no
    amount is said; None for a verb of which more does not do more; ``amount`` what an amount says ("" where nothing).
    ``waits`` is for what it can wait: nothing, a time, or what happens. ``takes`` is for how many seconds it goes on
    unless said, and ``touches`` whether it is over when the two touch. What ``sends`` is done to what is named right
    behind it, too: a child rolls a ball. What ``stays`` does it where it is, and can be held there. It is done ``by``
    what is so moved; by anything where that is empty.
    ``instead`` names the verb that is meant where who acts, or where that is, makes it another one.
    """

    name: str
    words: tuple[str, ...]
    about: str
    act: Act
    arrange: Arrange = as_it_is
    to: str = "no"
    ways: tuple[str, ...] = ()
    source: bool = False
    speed: float | None = None
    waits: Waits = ""
    takes: float = 0.0
    touches: bool = False
    sends: bool = False
    amount: str = ""
    stays: bool = False
    by: tuple[Moves, ...] = ()
    instead: Instead | None = None


VERBS: dict[str, Verb] = {}
"""All verbs by name."""

TOWARDS = ("down", "into", "onto", "towards", "toward", "to", "against", "at")
"""Words behind a verb that say where it goes, or what it meets."""


def verb(
    name: str,
    *words: str,
    about: str,
    to: str = "no",
    ways: tuple[str, ...] = TOWARDS,
    source: bool = False,
    arrange: Arrange = as_it_is,
    speed: float | None = None,
    waits: Waits = "",
    takes: float = 0.0,
    touches: bool = False,
    sends: bool = False,
    amount: str = "",
    stays: bool = False,
    by: tuple[Moves, ...] = (),
    instead: Instead | None = None,
) -> Callable[[Act], Act]:
    """Make a function what a verb does; see `Verb`."""

    def register(act: Act) -> Act:
        said, behind = (name, *words), ways if to != "no" else ()
        told = (name, said, about, act, arrange, to, behind, source, speed, waits, takes, touches, sends, amount)
        VERBS[name] = Verb(*told, stays, by, instead)
        return act

    return register


def checked(manifest: Manifest, verbs: dict[str, Verb]) -> Manifest:
    """A plan whose things the library has, with parameters that they take, and whose verbs there are. Raises
    LibraryError that says what was mistyped."""
    for subject in manifest.subjects:
        try:
            entry_of(subject.thing).parameters(subject.parameters)
        except LibraryError as error:
            raise LibraryError(f"'{subject.name}': {error}") from None
    for happening in manifest.happenings:
        if happening.does not in verbs:
            raise LibraryError(f"'{happening.who}' is to '{happening.does}'; {nearest(happening.does, verbs)}")
    return manifest


def meant(manifest: Manifest, verbs: dict[str, Verb]) -> Manifest:
    """A plan with the verbs that are meant of who does it where it does it: a bird that circles flies."""
    found = []
    for happening in manifest.happenings:
        one = verbs.get(happening.does)
        does = one.instead(manifest, happening) if one is not None and one.instead is not None else None
        found.append(happening.model_copy(update={"does": does}) if does else happening)
    return manifest.model_copy(update={"happenings": tuple(found)})


def arranged(manifest: Manifest, verbs: dict[str, Verb]) -> Manifest:
    """A plan with its things where what happens needs them. Raises VerbError for what cannot be done."""
    manifest = meant(manifest, verbs)
    for number, happening in enumerate(manifest.happenings):
        with _numbered(number):
            one = verbs.get(happening.does)
            if one is None:
                raise VerbError(f"'{happening.who}' is to '{happening.does}'; it can {', '.join(verbs)}")
            if one.to == "must" and happening.to is None:
                raise VerbError(f"'{happening.who}' is to {one.name}, and it is not said what")
            if problem := _out_of_range(one, happening):
                raise WorldError(f"'{happening.who}' is to {one.name} with the amount {happening.amount:g}, {problem}")
            if problem := _cannot_wait(one, happening, manifest):
                raise VerbError(f"'{happening.who}' is to {one.name} {problem}")
            manifest = one.arrange(manifest, happening)
    for number, happening in enumerate(manifest.happenings):
        with _numbered(number):
            _must_be_able(verbs[happening.does], manifest.subject(happening.who))
    return manifest


def _must_be_able(one: Verb, subject: Subject) -> None:
    """Raises VerbError where a subject is not of the make that a verb needs."""
    moves = subject.moves or entry_of(subject.thing).moves
    if one.by and moves not in one.by:
        why = "it is no cloth" if one.by == ("cloth",) else f"physics does not move it ({moves})"
        raise VerbError(f"'{subject.name}' is to {one.name}, but {why}")


@contextmanager
def _numbered(number: int) -> Iterator[None]:
    """What is raised for a happening has its number."""
    try:
        yield
    except VerbError as error:
        error.number = number
        raise


def without(manifest: Manifest, error: VerbError) -> Manifest:
    """A plan without what cannot be done, which is told among what it leaves out. Raises the error where that is not
    one happening of several things that there are."""
    if error.number is None:
        raise error
    kept = [h for n, h in enumerate(manifest.happenings) if n != error.number]
    moved = [h.model_copy(update={"after": _shifted(h.after, error.number)}) for h in kept]
    left = (*manifest.left_out, str(error))
    return manifest.model_copy(update={"happenings": tuple(moved), "left_out": left})


def _shifted(after: int | None, gone: int) -> int | None:
    """The number of a happening once another one is gone."""
    if after is None or after == gone:
        return None
    return after - 1 if after > gone else after


AMOUNTS = {"speed in m/s": (0.01, 60.0), "height in m": (0.01, 1000.0), "seconds of a turn": (0.1, 600.0)}
"""What an amount is at least and at most, by what it says."""


def _out_of_range(one: Verb, happening: Happening) -> str | None:
    if happening.amount is None:
        return None
    if one.amount not in AMOUNTS:
        return "but that takes none"
    low, high = AMOUNTS[one.amount]
    return None if low <= happening.amount <= high else f"but its {one.amount} is from {low:g} to {high:g}"


def _cannot_wait(one: Verb, happening: Happening, manifest: Manifest) -> str | None:
    if happening.at and not one.waits:
        return f"at {happening.at:g} s, but that begins with the start"
    if happening.after is None or one.waits == "event":
        return None
    before = manifest.happenings[happening.after]
    if not one.waits or VERBS[before.does].touches:
        return f"once '{before.who}' is to {before.does}, but that waits for nothing that happens"
    return None


def acted(acting: Acting, verbs: dict[str, Verb]) -> Acted:
    """All that happens in a world whose things stand. Raises VerbError."""
    whole = Acted()
    for number, happening in enumerate(acting.manifest.happenings):
        with _numbered(number):
            whole.take(verbs[happening.does].act(acting, happening))
    return whole


def changed(manifest: Manifest, name: str, **changes: object) -> Manifest:
    """A plan with some fields of one subject changed."""
    subjects = [s.model_copy(update=changes) if s.name == name else s for s in manifest.subjects]
    return manifest.model_copy(update={"subjects": tuple(subjects)})


def touches(a: str, b: str) -> str:
    """The assertion that two things collide."""
    return f'EVENT("CollisionStart", {{"a_id": "{a}", "b_id": "{b}"}})'


def any_of(a: str, others: Sequence[str]) -> str:
    """The assertion that a thing collides with one of some."""
    found = [touches(a, b) for b in others]
    return found[0] if len(found) == 1 else f"OR({', '.join(found)})"


def in_turn(first: str, others: Sequence[str]) -> list[str]:
    """The assertions that each of a row is hit by the one before."""
    return [touches(a, b) for a, b in zip((first, *others), others, strict=False)]


def unmoved(manifest: Manifest, happening: Happening) -> Manifest:
    """The arrangement of a verb whose subject is moved as told, not by physics."""
    return changed(manifest, happening.who, moves="fixed")


def looking(manifest: Manifest, happening: Happening) -> Manifest:
    """The arrangement of a verb whose subject is not moved by physics and not bumped into."""
    return changed(manifest, happening.who, moves="none")
