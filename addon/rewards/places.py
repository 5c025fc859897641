"""How far bodies are from points and from each other, in all frames of a run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..geometry.separation import Placed, separation
from ..patterns.observation import Mask, Observation
from ..scene_graph import FloatArray, SceneGraph, scene_size
from .nodes import DEFAULT_STRENGTH, Nearby, NearbyAt, Touching
from .occurrences import Occurrences


@dataclass(frozen=True, eq=False)
class Distances:
    """Distances ``metres`` ``[F]`` of ``name`` from ``other``, NaN where either is absent, and in which frames they are
    ``near`` ``[F]``. What is farther than ``allowed`` m is off, by a number of ``unit`` m."""

    name: str
    other: str
    metres: FloatArray
    near: Mask
    allowed: float
    unit: float
    wanted: str
    scene: SceneGraph

    @property
    def size(self) -> float:
        """The scene's size in units."""
        return scene_size(self.scene) / self.unit

    def off(self, frame: int) -> float:
        """By how much the distance is too large in a frame, in units."""
        return max(float(self.metres[frame]) - self.allowed, 0.0) / self.unit

    def told(self, frame: int, when: str) -> str:
        """How far they were in a frame, and if that was too far, when they were nearest."""
        if np.isnan(self.metres[frame]):
            return f"{self.name} was not there with {self.other} at {when}"
        text = f"{self.name} was {self._length(frame)} from {self.other} at {when}, {self.wanted}"
        if self.near[frame]:
            return text
        nearest = int(np.nanargmin(np.where(self.near, np.minimum(self.metres, self.allowed), self.metres)))
        return f"{text}; it came nearest at frame {nearest}: {self._length(nearest)}"

    def _length(self, frame: int) -> str:
        return length_text(float(self.metres[frame]), self.scene)


def length_text(metres: float, scene: SceneGraph) -> str:
    """A length in words: in metres, or in units of the plane."""
    plane = scene.world.plane
    return f"{metres:.3f} m" if plane is None else f"{metres / plane.meters_per_unit:.3f} units"


def point_text(point: tuple[float, ...]) -> str:
    """A point in words."""
    return "(" + ", ".join(f"{c:g}" for c in point) + ")"


def distances(node: NearbyAt | Nearby | Touching, seen: Occurrences) -> Distances:
    """What the node asks for. Raises TraceError for a body that the trace does not have."""
    scene, size = seen.trace.scene, scene_size(seen.trace.scene)
    if isinstance(node, Touching):
        touching = _touching(seen.observation, str(node.first), str(node.second))
        metres = _apart(seen.observation, str(node.first), str(node.second))
        names, near, allowed, wanted = (node.first, node.second), touching, 0.0, "a contact wanted"
        return Distances(
            f"'{names[0]}'", f"'{names[1]}'", metres, near, allowed, DEFAULT_STRENGTH * size, wanted, scene
        )
    allowed = node.threshold_strength * size
    wanted = f"{length_text(allowed, scene)} allowed"
    if isinstance(node, NearbyAt):
        metres = _from_point(seen, str(node.target), node)
        name, other, near = f"'{node.target}'", point_text(node.point), metres <= allowed
        return Distances(name, other, metres, near, allowed, allowed, wanted, scene)
    metres = _apart(seen.observation, str(node.first), str(node.second))
    near = (metres <= allowed) | _touching(seen.observation, str(node.first), str(node.second))
    return Distances(f"'{node.first}'", f"'{node.second}'", metres, near, allowed, allowed, wanted, scene)


def _from_point(seen: Occurrences, name: str, node: NearbyAt) -> FloatArray:
    """Distances ``[F]`` in m of a body's origin from a point, NaN where it is absent."""
    trace, plane = seen.trace, seen.trace.scene.world.plane
    axes = (0, 1, 2) if node.z is not None else (0, 1) if plane is None else (0, 2)
    unit = 1.0 if plane is None else plane.meters_per_unit
    away = trace.position[:, trace.index(name)][:, axes] - unit * np.array(node.point)
    return np.asarray(np.linalg.norm(away, axis=1))


def _apart(o: Observation, first: str, second: str) -> FloatArray:
    """Distances ``[F]`` in m between the convex hulls of two bodies, NaN where one is absent."""
    shapes, shape = o.shapes
    columns = o.trace.index(first), o.trace.index(second)
    there = np.flatnonzero(o.present[:, columns].all(axis=1))
    sides = [
        Placed(shapes, np.full(len(there), shape[c]), o.position[there, c], o.quaternion[there, c]) for c in columns
    ]
    found = np.full(o.frames, np.nan)
    found[there] = separation(*sides)
    return found


def _touching(o: Observation, first: str, second: str) -> Mask:
    """``[F]``: the two are in contact."""
    pair = sorted((o.trace.index(first), o.trace.index(second)))
    rows = o.all_contacts
    mask = np.zeros(o.frames, dtype=np.bool_)
    mask[rows.frame[(rows.a == pair[0]) & (rows.b == pair[1])]] = True
    return mask
