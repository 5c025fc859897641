"""What a detector reads: a trace with its scales, contacts and derived arrays, and the patterns found before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..geometry.poses import rotation_matrix
from ..geometry.separation import ConvexShape
from ..scene_graph import FloatArray, SceneObject, is_free, is_held
from ..trace import Trace, TraceError
from .touches import Break, ContactRows, Touches, contact_rows, debounced, find_touches, uncovered
from .units import Unit

if TYPE_CHECKING:
    from .model import Activation

Mask = NDArray[np.bool_]

STANDARD_GRAVITY = 9.81
"""Gives the scales of scenes without gravity, in m/s²."""

REST = 0.03
"""A body rests while none of its points is faster than this share of the speed scale."""

MOVING = 0.1
"""A body moves while one of its points is faster than this share of the speed scale."""

FREE_FALL = 0.35
"""Greatest difference of a free body's acceleration from gravity, in g."""

BREAK = 2.0
"""Longest break of a contact that goes on, in time scales."""

HOP = 0.03
"""How far a pair parts in such a break at most, in length scales: a body thrown up so far is back in half a time scale.
"""

HOP_TIME, FALL_TIME = 0.75, 0.5
"""How long one of the two flies in it at most, in time scales, above the other and beside it: the first is the time of
a hop by 5 % of the size of the bodies on a slope of 45 degrees."""

ROUND = 0.97
"""Least distance of the corners of a round outline from its middle, as a share of the greatest."""

FACET = np.radians(46)
"""Greatest angle between neighbours among them: an octagon rolls."""

PIVOTS = ("HINGE", "POINT", "FIXED")
"""Joints that keep a point of one body at a point of the other."""

SLACK = 0.1
"""How far these points part at most while the joint holds, in length scales."""


@dataclass(frozen=True)
class Roles:
    """Names of the objects that a task gives a part; None where a part is not given.

    The actor is what the user placed or launched (red in the paper), the goal object what must get somewhere (green),
    the goal target where it must get (blue).
    """

    actor: str | None = None
    goal_object: str | None = None
    goal_target: str | None = None

    @classmethod
    def of(cls, objects: Sequence[SceneObject]) -> Roles:
        """The first object with each of the tags ``actor``, ``goal_object`` and ``goal_target``."""

        def first(tag: str) -> str | None:
            return next((o.name for o in objects if tag in o.tags), None)

        return cls(first("actor"), first("goal_object"), first("goal_target"))


@dataclass(frozen=True)
class Scales:
    """What is large, long and fast in a scene: ``length`` L (m), ``gravity`` g (m/s²), sqrt(g L) and sqrt(L / g).

    L is the median size of the movable bodies, a body's size being the middle one of its three extents.
    """

    length: float
    gravity: float

    @property
    def speed(self) -> float:
        """m/s: about what a body gains when it falls half its size."""
        return float(np.sqrt(self.gravity * self.length))

    @property
    def time(self) -> float:
        """s: about what a body takes to fall half its size."""
        return float(np.sqrt(self.length / self.gravity))


class Observation:
    """A trace of F frames and B bodies as a detector sees it. Arrays are read only; absent bodies stand still at NaN.

    Raises TraceError if ``roles`` name a body that the trace does not have.
    """

    def __init__(self, trace: Trace, roles: Roles | None = None) -> None:
        self.trace = trace
        self.bodies = trace.bodies
        self.frames = len(trace.position)
        self.dt = 1.0 / trace.meta.fps
        self.present: Mask = trace.present
        self.position = trace.position
        self.quaternion = trace.quaternion
        self._objects = {o.name: o for o in trace.scene.objects}
        self.roles = (
            Roles.of([o for o in trace.scene.objects if o.name in set(trace.bodies)]) if roles is None else roles
        )
        self.actor = self._role(self.roles.actor)
        self.goal_object = self._role(self.roles.goal_object)
        self.goal_target = self._role(self.roles.goal_target)
        self._found: dict[str, tuple[Activation, ...]] = {}

    def _role(self, name: str | None) -> int | None:
        """The column of the body that has a role."""
        return None if name is None else self.trace.index(name)

    def activations(self, uid: str) -> tuple[Activation, ...]:
        """Those of a pattern that has run, in order of frames. Raises TraceError if it has not."""
        if uid not in self._found:
            raise TraceError(f"the pattern '{uid}' has not run yet; a detector must name it in 'requires'")
        return self._found[uid]

    def record(self, uid: str, activations: Sequence[Activation]) -> None:
        """Keep what a pattern found for those that read it."""
        self._found[uid] = tuple(activations)

    def steps(self, times: float) -> int:
        """The number of steps, at least 1, that last about ``times`` the time scale; at most one more than the run has
        frames."""
        return max(1, round(min(times * self.scales.time / self.dt, self.frames + 1)))

    @cached_property
    def unit(self) -> Unit:
        """What lengths and speeds are told in."""
        return Unit.of(self.trace.scene.world)

    # The scene ------------------------------------------------------------------------------------------------------

    @cached_property
    def extents(self) -> FloatArray:
        """Full extents ``[B, 3]`` of the bodies along their own axes, in m, at the start."""
        return np.array([self._objects[name].dimensions for name in self.bodies]).reshape(-1, 3)

    @cached_property
    def shapes(self) -> tuple[tuple[ConvexShape, ...], NDArray[np.int64]]:
        """The different convex hulls of the bodies at the start, and which of them each body has ``[B]``."""
        objects = [self._objects[name] for name in self.bodies]
        kinds = list(dict.fromkeys((o.geometry, o.scale) for o in objects))
        first = [next(o for o in objects if (o.geometry, o.scale) == kind) for kind in kinds]
        number = np.array([kinds.index((o.geometry, o.scale)) for o in objects], dtype=np.int64)
        return tuple(ConvexShape.of(o) for o in first), number

    @cached_property
    def radius(self) -> FloatArray:
        """Half of the greatest extent of each body ``[B]``, in m."""
        return np.asarray(self.extents.max(axis=1) / 2)

    @cached_property
    def middle(self) -> FloatArray:
        """The middle of each body's box ``[B, 3]`` along its own axes, from its origin, in m."""
        shapes, number = self.shapes
        middles = [
            np.zeros(3) if s.corners is None else (s.corners.min(axis=0) + s.corners.max(axis=0)) / 2 for s in shapes
        ]
        return np.array(middles).reshape(-1, 3)[number]

    @cached_property
    def round(self) -> Mask:
        """Bodies ``[B]`` that can roll: balls, and those with a round outline about one of their axes."""
        shapes, number = self.shapes
        kinds = np.array([shape.corners is None or _is_round(shape.corners) for shape in shapes], dtype=np.bool_)
        return np.asarray(kinds[number])

    @cached_property
    def inverse_mass(self) -> FloatArray:
        """1 / mass ``[B]`` in 1/kg; 0 of bodies that physics cannot move."""
        bodies = [self._objects[name].body for name in self.bodies]
        return np.where(self.dynamic, [1.0 / b.mass if b is not None else 0.0 for b in bodies], 0.0)

    @cached_property
    def dynamic(self) -> Mask:
        """Bodies ``[B]`` that forces move; those that are held count if they move, for a script may release them. The
        parts of a compound do not: it moves as one."""
        objects = [self._objects[name] for name in self.bodies]
        free, held = (np.array([test(o) for o in objects], dtype=np.bool_) for test in (is_free, is_held))
        return np.asarray((free | (held & self._moves)) & ~self.trace.parts)

    @cached_property
    def solid(self) -> Mask:
        """Bodies ``[B]`` that others bump into: those with a rigid body, or all if the scene has none."""
        has_body = np.array([self._objects[name].body is not None for name in self.bodies], dtype=np.bool_)
        return has_body if has_body.any() else np.ones_like(has_body)

    @cached_property
    def _moves(self) -> Mask:
        return np.asarray((self.point_speed > 0.0).any(axis=0))

    @cached_property
    def movable(self) -> Mask:
        """Bodies ``[B]`` that physics can move or that something moves in this run, but for parts of compounds."""
        return np.asarray(self.dynamic | (self._moves & ~self.trace.parts))

    @cached_property
    def gravity(self) -> FloatArray:
        """Gravity ``[3]`` in m/s²."""
        return np.array(self.trace.scene.world.gravity, dtype=np.float64)

    @cached_property
    def up(self) -> FloatArray:
        """Unit vector ``[3]`` against gravity; z without gravity."""
        return np.asarray(self.axes[2])

    @cached_property
    def axes(self) -> FloatArray:
        """Unit vectors ``[3, 3]`` to the east, north and up: with gravity along -z, these are x, y and z."""
        strength = float(np.linalg.norm(self.gravity))
        up = -self.gravity / strength if strength > 0 else np.array([0.0, 0.0, 1.0])
        start = np.eye(3)[0] if abs(up[0]) < 0.9 else np.eye(3)[1]
        east = start - (start @ up) * up
        east /= np.linalg.norm(east)
        return np.stack([east, np.cross(up, east), up])

    @cached_property
    def scales(self) -> Scales:
        """The scene's characteristic length and gravity."""
        sizes = np.median(self.extents, axis=1)
        chosen = sizes[self.movable] if self.movable.any() else sizes
        length = float(np.median(chosen)) if len(chosen) else 1.0
        gravity = float(np.linalg.norm(self.gravity))
        return Scales(length if length > 0 else 1.0, gravity if gravity > 0 else STANDARD_GRAVITY)

    # Motion ---------------------------------------------------------------------------------------------------------

    @cached_property
    def velocity(self) -> FloatArray:
        """Velocities of the origins ``[F, B, 3]`` in m/s over the step before; 0 where a body is absent."""
        return self._known(self.trace.velocity)

    @cached_property
    def angular_velocity(self) -> FloatArray:
        """Angular velocities ``[F, B, 3]`` in rad/s, world frame; 0 where a body is absent."""
        return self._known(self.trace.angular_velocity)

    def _known(self, values: FloatArray) -> FloatArray:
        return np.nan_to_num(values) if np.isnan(values).any() else values

    @cached_property
    def speed(self) -> FloatArray:
        """Speeds of the origins ``[F, B]`` in m/s."""
        return _lengths(self.velocity)

    @cached_property
    def spin(self) -> FloatArray:
        """Angular speeds ``[F, B]`` in rad/s."""
        return _lengths(self.angular_velocity)

    @cached_property
    def point_speed(self) -> FloatArray:
        """About the speed of the fastest point of each body ``[F, B]`` in m/s."""
        return np.asarray(self.speed + self.spin * self.radius)

    @cached_property
    def acceleration(self) -> FloatArray:
        """Accelerations of the origins ``[F, B, 3]`` in m/s² over a step; frames 0 and 1 have that of frame 2."""
        found = np.zeros_like(self.velocity)
        if self.frames > 2:
            found[2:] = np.diff(self.velocity[1:], axis=0) / self.dt
            found[:2] = found[2]
        return found

    @cached_property
    def falling(self) -> Mask:
        """``[F, B]``: the body is accelerated about as by gravity alone, upwards or downwards."""
        return np.asarray(_lengths(self.acceleration - self.gravity) < FREE_FALL * self.scales.gravity)

    @cached_property
    def height(self) -> FloatArray:
        """Positions ``[F, B]`` along up, in m."""
        return np.asarray(self.position @ self.up)

    @cached_property
    def resting(self) -> Mask:
        """``[F, B]``: the body is there and no point of it is faster than `REST`."""
        return np.asarray(self.present & (self.point_speed < REST * self.scales.speed))

    @cached_property
    def moving(self) -> Mask:
        """``[F, B]``: the body is there and a point of it is faster than `MOVING`."""
        return np.asarray(self.present & (self.point_speed > MOVING * self.scales.speed))

    # Contacts -------------------------------------------------------------------------------------------------------

    @cached_property
    def contacts(self) -> ContactRows:
        """Every frame of every touch of solid bodies, the deepest point of each."""
        rows = self.all_contacts
        return rows.pick(self.solid[rows.a] & self.solid[rows.b])

    @cached_property
    def all_contacts(self) -> ContactRows:
        """The contact rows of all bodies, zones that others pass through included, without breaks in which a pair
        hardly parts and without what a thin plate covers."""
        return uncovered(self.close_contacts, self.dynamic, self.scales.length)

    @cached_property
    def close_contacts(self) -> ContactRows:
        """As `all_contacts`, with what is near below a thin plate."""
        longest, hop, fall = (self.steps(times) for times in (BREAK, HOP_TIME, FALL_TIME))
        flying = self.falling & self.dynamic
        allowed = Break(longest, HOP * self.scales.length, hop, fall, self.up, flying)
        return debounced(self.trace, contact_rows(self.trace.contacts), allowed)

    @cached_property
    def touches(self) -> Touches:
        """The contact intervals of solid bodies, in order of their first frame."""
        return find_touches(self.trace, self.contacts)

    @cached_property
    def all_touches(self) -> Touches:
        """The contact intervals of all bodies, zones that others pass through included."""
        return find_touches(self.trace, self.all_contacts)

    @cached_property
    def partners(self) -> NDArray[np.int64]:
        """How many others the body touches, ``[F, B]``."""
        count = np.zeros((self.frames, len(self.bodies)), dtype=np.int64)
        for body in (self.contacts.a, self.contacts.b):
            np.add.at(count, (self.contacts.frame, body), 1)
        return count

    @cached_property
    def touching(self) -> Mask:
        """``[F, B]``: the body touches another."""
        return np.asarray(self.partners > 0)

    @cached_property
    def impacts(self) -> NDArray[np.int64]:
        """Numbers of the touches that begin with bodies moving towards each other at the speed of `MOVING`."""
        return np.flatnonzero(self.touches.speed > MOVING * self.scales.speed)

    @cached_property
    def last_impact(self) -> NDArray[np.int64]:
        """``[F, B]``: the number of the touch that was the body's last impact until this frame, -1 before the first."""
        last = np.full((self.frames, len(self.bodies)), -1, dtype=np.int64)
        start = self.touches.start[self.impacts]
        for body in (self.touches.a, self.touches.b):
            np.maximum.at(last, (start, body[self.impacts]), self.impacts)
        return np.asarray(np.maximum.accumulate(last, axis=0))

    def rested(self, frame: NDArray[np.int64], body: NDArray[np.int64], steps: int) -> Mask:
        """Whether bodies ``[N]`` rested in all of the ``steps`` frames before frames ``[N]``, as far as there are."""
        first = np.maximum(frame - steps, 0)
        return np.asarray((self._rests[frame, body] - self._rests[first, body] == frame - first) & (frame > 0))

    @cached_property
    def hung(self) -> Mask:
        """``[F, B]``: the body hangs from a joint above its origin, which holds it in this frame."""
        mask = np.zeros((self.frames, len(self.bodies)), dtype=np.bool_)
        column = {name: j for j, name in enumerate(self.bodies)}
        for joint in self.trace.scene.constraints:
            if joint.type not in PIVOTS:
                continue
            ends = [column.get(name or "") for name in (joint.object1, joint.object2)]
            anchors = [self._carried_point(np.array(joint.location), body) for body in ends]
            whole = _lengths(anchors[0] - anchors[1]) < SLACK * self.scales.length
            for body, anchor in zip(ends, anchors, strict=True):
                if body is not None:
                    mask[:, body] |= whole & (anchor @ self.up > self.height[:, body] + self.radius[body] / 2)
        return mask

    def _carried_point(self, point: FloatArray, body: int | None) -> FloatArray:
        """Where a world point ``[3]`` of the start goes ``[F, 3]`` with a body, or stays without one."""
        if body is None:
            return np.tile(point, (self.frames, 1))
        turn = rotation_matrix(self.quaternion[:, body])
        return np.asarray(self.position[:, body] + turn @ (turn[0].T @ (point - self.position[0, body])))

    @cached_property
    def _rests(self) -> NDArray[np.int64]:
        """How many frames before each frame the body rested, ``[F + 1, B]``."""
        counts = np.zeros((self.frames + 1, len(self.bodies)), dtype=np.int64)
        np.cumsum(self.resting, axis=0, out=counts[1:])
        return counts


def _is_round(corners: FloatArray) -> bool:
    """Whether the outermost of points ``[V, 3]``, seen along some axis, lie all around."""
    for axes in ([0, 1], [1, 2], [2, 0]):
        flat = corners[:, axes]
        reach = np.linalg.norm(flat, axis=1)
        outer = flat[reach > ROUND * reach.max(initial=0.0)]
        turns = np.sort(np.arctan2(outer[:, 1], outer[:, 0]))
        if len(turns) and np.diff(turns, append=turns[0] + 2 * np.pi).max() < FACET:
            return True
    return False


def _lengths(vectors: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt(np.einsum("...i,...i->...", vectors, vectors)))
