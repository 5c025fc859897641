"""What a world shows, for checks that know nothing of how it was made: scene graph, trace, and what was told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from addon.geometry.poses import rotation_matrix
from addon.scene_graph import FloatArray, Particles, SceneGraph, SceneObject, color_name, world_bounds
from addon.trace import Trace

MEETING = 0.01
"""How near in m the bounds of two things are that meet."""

STRETCH = 40.0
"""How wide in m what is no ground is at most."""

GROUND = ("ground", "floor", "terrain", "land", "lawn", "plane")
"""Words for what a world stands on."""


def singular(word: str) -> str:
    """A plain form of a noun, the same for both numbers."""
    for ending, instead in (("ies", "y"), ("ves", "f"), ("oes", "o"), ("ches", "ch"), ("shes", "sh"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 1 and not word.endswith("ss"):
            return word[: -len(ending)] + instead
    return word


def words_in(text: str) -> list[str]:
    """The words of a name, in their plain forms."""
    return [singular(w) for w in re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).lower())]


def says(text: str, phrases: Sequence[str]) -> bool:
    """Whether a name has one of some phrases in it, word for word."""
    words = " ".join(words_in(text))
    return any(re.search(rf"\b{re.escape(' '.join(words_in(phrase)))}\b", words) for phrase in phrases)


@dataclass(frozen=True, eq=False)
class Evidence:
    """A world that ran. ``told`` are the words that it said to have left out."""

    trace: Trace
    told: tuple[str, ...] = ()

    @property
    def graph(self) -> SceneGraph:
        """The scene at the start."""
        return self.trace.scene

    @cached_property
    def meshes(self) -> list[SceneObject]:
        """The objects that are seen, those with a class only where there are classes."""
        seen = [o for o in self.graph.objects if o.geometry is not None and not o.hide_render]
        return [o for o in seen if o.semantic_class] or seen

    def things(self, words: Sequence[str]) -> list[SceneObject]:
        """The things that some words name; the ground is one by its place."""
        if any(says(word, GROUND) for word in words) and self.ground is not None:
            return [self.ground]
        return [o for o in self.meshes if says(o.semantic_class, words) or says(o.name, words)]

    @cached_property
    def ground(self) -> SceneObject | None:
        """The widest of the objects that do not move: what the world stands on."""
        flat = [o for o in self.graph.objects if o.geometry is not None and o.dynamic_mass == 0.0]
        return max(flat, key=lambda o: float(np.prod(o.dimensions[:2])), default=None)

    def colours(self, thing: SceneObject) -> set[str]:
        """The names of all colours that a thing has."""
        surfaces = [*([thing.material] if thing.material is not None else []), *thing.surfaces.values()]
        return {color_name(s.color) for s in surfaces} | {color_name(thing.color)} - {"white"}

    def path(self, thing: SceneObject) -> FloatArray:
        """Where a thing is at each frame ``[F, 3]`` in m: its middle where it is deformed, else its origin."""
        deformed = self.trace.deformed
        if deformed is not None and thing.name in deformed.names:
            return deformed.centre[:, deformed.index(thing.name)]
        if thing.name in self.trace.bodies:
            return self.trace.position[:, self.trace.index(thing.name)]
        return np.repeat(np.asarray(thing.location)[None], len(self.trace.position), axis=0)

    def turn(self, thing: SceneObject) -> FloatArray:
        """How it is turned at each frame, as matrices ``[F, 3, 3]``."""
        quaternion = self.trace.quaternion[:, self.trace.index(thing.name)]
        return rotation_matrix(np.where(np.isfinite(quaternion), quaternion, np.array([1.0, 0.0, 0.0, 0.0])))

    def bounds(self, thing: SceneObject, frame: int) -> tuple[FloatArray, FloatArray]:
        """Its bounds at a frame, in m."""
        deformed = self.trace.deformed
        if deformed is not None and thing.name in deformed.names:
            j = deformed.index(thing.name)
            return deformed.low[frame, j], deformed.high[frame, j]
        if thing.name not in self.trace.bodies:
            return world_bounds(thing)
        j = self.trace.index(thing.name)
        pose = {
            "location": tuple(self.trace.position[frame, j].tolist()),
            "rotation": tuple(self.trace.quaternion[frame, j].tolist()),
            "scale": tuple(self.trace.scale[frame, j].tolist()),
        }
        return world_bounds(thing.model_copy(update=pose))

    def touch_frames(self, a: Sequence[str], b: Sequence[str]) -> list[int]:
        """The frames in which one of some things begins to touch one of others; a step's break is none."""
        contacts, names = self.trace.contacts, self.trace.bodies
        first = {self.trace.index(n) for n in a if n in names}
        second = {self.trace.index(n) for n in b if n in names}
        pairs: dict[tuple[int, int], set[int]] = {}
        for f, i, j in zip(contacts.frame.tolist(), contacts.a.tolist(), contacts.b.tolist(), strict=True):
            if (i in first and j in second) or (j in first and i in second):
                pairs.setdefault((i, j), set()).add(f)
        found = []
        for frames in map(sorted, pairs.values()):
            found += [f for n, f in enumerate(frames) if not n or f > frames[n - 1] + 2]
        return sorted(found + [f for x in a for y in b for f in self._meetings(x, y)])

    def _meetings(self, a: str, b: str) -> list[int]:
        """The first frame in which the bounds of two things meet of which one is deformed: a trace holds no contacts of
        what is deformed."""
        deformed = self.trace.deformed
        if a == b or deformed is None or not {a, b} & set(deformed.names):
            return []
        one, other = self.graph.object(a), self.graph.object(b)
        for frame in range(len(self.trace.position)):
            (low, high), (least, most) = self.bounds(one, frame), self.bounds(other, frame)
            if bool((low <= most + MEETING).all() and (least <= high + MEETING).all()):
                return [frame]
        return []

    def particles(self, words: Sequence[str]) -> list[str]:
        """The systems of particles that some words name: by their own name or that of what they show."""
        deformed = self.trace.deformed
        if deformed is None:
            return []
        systems = [n for n in deformed.names if ": " in n and np.isfinite(deformed.number[:, deformed.index(n)]).any()]
        shown = {
            f"{o.name}: {e.name}": e.instance or ""
            for o in self.graph.objects
            for e in o.elements
            if isinstance(e, Particles)
        }
        return [n for n in systems if says(n, words) or says(shown.get(n, ""), words)]

    def parts(self, thing: SceneObject) -> list[SceneObject]:
        """A thing with the visible parts of it that move by themselves."""
        return [thing, *(o for o in self.meshes if o is not thing and o.name.startswith(f"{thing.name} "))]
