"""What a pattern is, and what its detector sees of a trace (Discovering High Level Patterns, Section 3.1).

SI units, world frame. Thresholds are not fixed lengths or speeds but shares of the scene's own scales: the size L of
its bodies, the speed √(g L) of a fall through that size, and the time √(L / g) that it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..geometry.poses import rotation_matrix
from ..scene_graph import FloatArray
from ..trace import Trace, contact_intervals

Finding = dict[str, Any]
"""``time`` (s), ``description`` and ``parameters`` of one occurrence; ``end`` (s) where it lasts."""

REST = 0.05
"""Share of the scene's speed below which a body is still."""


@dataclass(frozen=True)
class Pattern:
    """One detector with its names. ``parameters`` says what each parameter of a finding means, ``requires`` names the
    patterns that must have been looked for before."""

    uid: str
    label: str
    description: str
    find_pattern: Callable[[Observation], Iterable[Finding]]
    parameters: Mapping[str, str] = field(default_factory=dict)
    requires: tuple[str, ...] = ()


@dataclass(frozen=True)
class Activation:
    """A pattern found: active from frame ``start`` to frame ``end``, both included."""

    uid: str
    start: int
    end: int
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Span:
    """Bodies ``a`` < ``b`` (columns) touch from frame ``start`` to ``end``, both included.

    ``rows`` are the contact columns' rows, one a frame. ``normal`` points from a to b at the start, ``approach`` is the
    speed (m/s) at which the bodies came together along it.
    """

    a: int
    b: int
    start: int
    end: int
    rows: slice
    normal: FloatArray
    approach: float

    @property
    def pair(self) -> tuple[int, int]:
        """Both columns."""
        return self.a, self.b

    def other(self, body: int) -> int:
        """The partner of a body."""
        return self.b if body == self.a else self.a


class Observation:
    """A trace with what detectors need of it, worked out once. Arrays are read-only, ``[F, B]`` or ``[F, B, 3]``."""

    def __init__(self, trace: Trace, roles: Mapping[str, str] | None = None) -> None:
        self.trace = trace
        self.names = trace.bodies
        self.frames, self.bodies = trace.position.shape[:2]
        self.fps = trace.meta.fps
        self.present = trace.present
        self.position = np.nan_to_num(trace.position)
        self.velocity = np.nan_to_num(trace.velocity)
        self.spin = np.nan_to_num(trace.angular_velocity)
        gravity = np.array(trace.scene.world.gravity)
        self.gravity = float(np.linalg.norm(gravity))
        self.up = -gravity / self.gravity if self.gravity > 0 else np.array([0.0, 0.0, 1.0])
        self.activations: dict[str, list[Activation]] = {}
        self._roles = dict(roles) if roles is not None else _roles(trace)
        for array in (self.position, self.velocity, self.spin):
            array.flags.writeable = False

    @cached_property
    def extent(self) -> FloatArray:
        """Edge lengths ``[B, 3]`` (m) of the bodies' boxes in their own frames, at the start."""
        scene = {obj.name: obj for obj in self.trace.scene.objects}
        return np.array([scene[name].dimensions for name in self.names]).reshape(-1, 3)

    @cached_property
    def movable(self) -> NDArray[np.bool_]:
        """Bodies ``[B]`` that move or turn at any time of the trace, or that physics may move."""
        scene = {obj.name: obj.body for obj in self.trace.scene.objects}
        bodies = [scene[name] for name in self.names]
        free = [b is not None and b.type == "ACTIVE" and b.enabled and not b.kinematic for b in bodies]
        moves = np.ptp(self.position, axis=0).max(axis=1, initial=0.0) > 1e-3
        return np.asarray(
            np.array(free, dtype=np.bool_) | moves | (np.abs(self.spin).max(axis=(0, 2), initial=0) > 1e-2)
        )

    @cached_property
    def length(self) -> float:
        """The scene's length L (m): the median size of the bodies that can move, else of all."""
        sizes = np.median(self.extent, axis=1)
        chosen = sizes[self.movable] if self.movable.any() else sizes
        return float(np.median(chosen)) if len(chosen) else 1.0

    @property
    def speed_scale(self) -> float:
        """√(g L) in m/s; one length a second without gravity."""
        return float(np.sqrt(self.gravity * self.length)) if self.gravity > 0 else self.length

    @property
    def time_scale(self) -> float:
        """√(L / g) in s; one second without gravity."""
        return self.length / self.speed_scale

    def frames_of(self, share: float) -> int:
        """At least one frame: that share of the scene's time."""
        return max(1, round(share * self.time_scale * self.fps))

    @cached_property
    def speed(self) -> FloatArray:
        """Speeds ``[F, B]`` in m/s."""
        return np.linalg.norm(self.velocity, axis=2)

    @cached_property
    def spin_speed(self) -> FloatArray:
        """Angular speeds ``[F, B]`` in rad/s."""
        return np.linalg.norm(self.spin, axis=2)

    @cached_property
    def radius(self) -> FloatArray:
        """Half the middle edge of each body ``[B]``, in m: what turns spin into surface speed."""
        return np.asarray(np.median(self.extent, axis=1) / 2)

    @cached_property
    def still(self) -> NDArray[np.bool_]:
        """Where bodies neither move nor turn ``[F, B]``."""
        surface = self.spin_speed * self.radius
        return np.asarray(np.maximum(self.speed, surface) < REST * self.speed_scale)

    @cached_property
    def height(self) -> FloatArray:
        """Heights of origins ``[F, B]`` in m, against gravity."""
        return np.asarray(self.position @ self.up)

    @cached_property
    def axes(self) -> FloatArray:
        """Rotation matrices ``[F, B, 3, 3]``, the bodies' axes as columns."""
        quaternion = np.where(self.present[:, :, None], self.trace.quaternion, np.array([1.0, 0.0, 0.0, 0.0]))
        return rotation_matrix(quaternion)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Contacts in order of their start."""
        return tuple(sorted(self._spans(), key=lambda s: (s.start, s.a, s.b)))

    def _spans(self) -> Iterator[Span]:
        contacts = self.trace.contacts
        order = np.lexsort((contacts.frame, contacts.b, contacts.a))
        self.contact_order = order
        row = 0
        for (a, b), runs in contact_intervals(contacts).items():
            for start, end in runs:
                rows = slice(row, row + end - start + 1)
                normal = contacts.normal[order[row]]
                before = max(start - 1, 0)
                approach = float((self.velocity[before, a] - self.velocity[before, b]) @ normal)
                yield Span(a, b, start, end, rows, normal, max(approach, 0.0))
                row = rows.stop

    def points(self, span: Span) -> FloatArray:
        """The contact point of each frame of a span ``[K, 3]``."""
        return np.asarray(self.trace.contacts.point[self.contact_order[span.rows]])

    def normals(self, span: Span) -> FloatArray:
        """The contact normal of each frame of a span ``[K, 3]``, from a to b."""
        return np.asarray(self.trace.contacts.normal[self.contact_order[span.rows]])

    @cached_property
    def spans_of(self) -> dict[int, list[Span]]:
        """The spans of each body, in order of their start."""
        found: dict[int, list[Span]] = {body: [] for body in range(self.bodies)}
        for span in self.spans:
            found[span.a].append(span)
            found[span.b].append(span)
        return found

    @cached_property
    def contact_count(self) -> NDArray[np.int64]:
        """How many bodies each body touches ``[F, B]``."""
        count = np.zeros((self.frames + 1, self.bodies), dtype=np.int64)
        for span in self.spans:
            for body in span.pair:
                count[span.start, body] += 1
                count[span.end + 1, body] -= 1
        return np.cumsum(count, axis=0)[:-1]

    def role(self, name: str) -> int | None:
        """The column of the body with a role (``actor``, ``goal_object``, ``goal_target``), None if nobody has it."""
        body = self._roles.get(name)
        return self.names.index(body) if body in self.names else None

    def finding(self, frame: int, description: str, end: int | None = None, **parameters: Any) -> Finding:
        """A finding at a frame, in seconds."""
        made: Finding = {"time": frame / self.fps, "description": description, "parameters": parameters}
        return made if end is None else {**made, "end": end / self.fps}


def _roles(trace: Trace) -> dict[str, str]:
    """Roles from the objects' tags, first come first served."""
    roles: dict[str, str] = {}
    for obj in trace.scene.objects:
        for tag in obj.tags:
            roles.setdefault(tag, obj.name)
    return roles


def runs(mask: NDArray[np.bool_], shortest: int = 1) -> list[tuple[int, int]]:
    """First and last index of each run of at least ``shortest`` true values of ``mask`` ``[F]``."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]])))
    pairs = edges.reshape(-1, 2).tolist()
    return [(start, stop - 1) for start, stop in pairs if stop - start >= shortest]


def rounded(value: float) -> float:
    """A number for a finding's parameters, to four significant digits."""
    return float(f"{value:.4g}")
