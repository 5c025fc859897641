"""What happens in a world: verbs, each of which arranges things before they are laid out and acts on them after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ..scene_graph import AnyElement, SceneObject
from ..scene_graph.base import Vec3
from .errors import WorldError
from .layout import Layout
from .manifest import Happening, Manifest
from .places import Placed


class VerbError(WorldError):
    """Something that cannot be done; the message says by whom, and why."""


@dataclass
class Acted:
    """What a happening adds to a scene: rules of our language, what objects have and how fast they start, by their
    names, other objects, and assertions of the reward language that say whether it happened."""

    rules: list[str] = field(default_factory=list)
    elements: dict[str, list[AnyElement]] = field(default_factory=dict)
    velocities: dict[str, Vec3] = field(default_factory=dict)
    objects: list[SceneObject] = field(default_factory=list)
    assertions: list[str] = field(default_factory=list)

    def take(self, other: Acted) -> None:
        """Add what another one has."""
        self.rules += other.rules
        for name, elements in other.elements.items():
            self.elements.setdefault(name, []).extend(elements)
        self.velocities |= other.velocities
        self.objects += other.objects
        self.assertions += other.assertions


@dataclass(frozen=True, eq=False)
class Acting:
    """A world whose things stand: what verbs act on."""

    manifest: Manifest
    layout: Layout
    fps: float

    def all(self, name: str) -> list[Placed]:
        """The things of a subject."""
        return [self.layout.placed[one] for one in self.manifest.subject(name).names]

    def first(self, name: str) -> Placed:
        """The first of them."""
        return self.all(name)[0]


Arrange = Callable[[Manifest, Happening], Manifest]
Act = Callable[[Acting, Happening], Acted]


def as_it_is(manifest: Manifest, happening: Happening) -> Manifest:
    """The arrangement of a verb that needs none."""
    return manifest


@dataclass(frozen=True)
class Verb:
    """Something that a subject can do.

    ``words`` are how people say it, in their plain forms; ``to`` whether it takes another subject ("no", "may" or
    "must"). ``speed`` is how fast the subject is sent off in m/s where no amount is said; None for a verb of which more
    does not do more. ``waits`` is whether it can begin after the start.
    """

    name: str
    words: tuple[str, ...]
    about: str
    act: Act
    arrange: Arrange = as_it_is
    to: str = "no"
    speed: float | None = None
    waits: bool = False


VERBS: dict[str, Verb] = {}
"""All verbs by name."""


def verb(
    name: str,
    *words: str,
    about: str,
    to: str = "no",
    arrange: Arrange = as_it_is,
    speed: float | None = None,
    waits: bool = False,
) -> Callable[[Act], Act]:
    """Make a function what a verb does; see `Verb`."""

    def register(act: Act) -> Act:
        VERBS[name] = Verb(name, (name, *words), about, act, arrange, to, speed, waits)
        return act

    return register


def arranged(manifest: Manifest, verbs: dict[str, Verb]) -> Manifest:
    """A plan with its things where what happens needs them. Raises VerbError for what cannot be done."""
    for happening in manifest.happenings:
        one = verbs.get(happening.does)
        if one is None:
            raise VerbError(f"'{happening.who}' is to '{happening.does}'; it can {', '.join(verbs)}")
        if one.to == "must" and happening.to is None:
            raise VerbError(f"'{happening.who}' is to {one.name}, and it is not said what")
        if happening.at and not one.waits:
            raise VerbError(f"'{happening.who}' is to {one.name} at {happening.at:g} s, but that begins with the start")
        manifest = one.arrange(manifest, happening)
    return manifest


def acted(acting: Acting, verbs: dict[str, Verb]) -> Acted:
    """All that happens in a world whose things stand. Raises VerbError."""
    whole = Acted()
    for happening in acting.manifest.happenings:
        whole.take(verbs[happening.does].act(acting, happening))
    return whole


def changed(manifest: Manifest, name: str, **changes: object) -> Manifest:
    """A plan with some fields of one subject changed."""
    subjects = [s.model_copy(update=changes) if s.name == name else s for s in manifest.subjects]
    return manifest.model_copy(update={"subjects": tuple(subjects)})


def touches(a: str, b: str) -> str:
    """The assertion that two things collide."""
    return f'EVENT("CollisionStart", {{"a_id": "{a}", "b_id": "{b}"}})'


def in_turn(first: str, others: Sequence[str]) -> list[str]:
    """The assertions that each of a row is hit by the one before."""
    return [touches(a, b) for a, b in zip((first, *others), others, strict=False)]
