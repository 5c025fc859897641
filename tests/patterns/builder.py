"""Traces made from paths and contacts, with known answers. Bodies are 1 m in size unless told, so that the length scale
is 1 m; gravity is 10 m/s², which makes the speed scale 3.16 m/s and the time scale 0.316 s, 19 frames of 60."""

from dataclasses import dataclass, field

import numpy as np

from addon.geometry.poses import from_rotation_vector
from addon.patterns import Observation, Roles, library
from addon.patterns.library import detect
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World
from addon.trace import ContactColumns, Event, Trace, TraceMeta

FPS = 60.0
GRAVITY = 10.0
SPEED = 10**0.5
TIME = 19
"""The time scale in frames."""

UP = (0.0, 0.0, 1.0)
EAST = (1.0, 0.0, 0.0)


@dataclass
class Body:
    """``path`` ``[F, 3]`` in m, or one place; ``turn`` ``[F, 3]`` are rotation vectors in rad."""

    name: str
    path: object
    size: tuple = (1.0, 1.0, 1.0)
    kind: str = "cube"
    type: str | None = "ACTIVE"
    turn: object = (0.0, 0.0, 0.0)
    kinematic: bool = False
    enabled: bool = True
    mass: float = 1.0
    tags: tuple = ()

    def object(self):
        geometry = Primitive(kind=self.kind, dimensions=self.size, segments=16)
        settings = {"kinematic": self.kinematic, "enabled": self.enabled, "mass": self.mass}
        body = None if self.type is None else RigidBody(type=self.type, **settings)
        return SceneObject(name=self.name, geometry=geometry, body=body, tags=self.tags)


@dataclass
class Touch:
    """``a`` and ``b`` touch from frame ``start`` to ``end``; ``normal`` points from a to b, ``point`` is one or
    ``[end - start + 1, 3]``."""

    a: str
    b: str
    start: int
    end: int
    normal: tuple = UP
    point: object = (0.0, 0.0, 0.0)


def floor(path=(0.0, 0.0, -0.5), name="Floor"):
    return Body(name, path, (40.0, 40.0, 1.0), type="PASSIVE")


def ball(name, path, **changes):
    return Body(name, path, **{"kind": "sphere", **changes})


def path(start, *legs):
    """A path from ``start`` in legs of (frames, velocity in m/s): the first frame is the start."""
    steps = [
        np.zeros((1, 3)),
        *(np.tile(np.array(velocity, dtype=float) / FPS, (frames, 1)) for frames, velocity in legs),
    ]
    return np.array(start, dtype=float) + np.cumsum(np.concatenate(steps), axis=0)


def fall(start, velocity, frames):
    """A path under gravity alone."""
    t = np.arange(frames + 1)[:, None] / FPS
    return np.array(start) + t * np.array(velocity) - 0.5 * GRAVITY * t**2 * np.array(UP)


def build(bodies, touches=(), gravity=(0.0, 0.0, -GRAVITY), success=None, done=None, plane=None):
    """A trace as long as its longest path or turn; ``success`` is that of a TaskComplete at frame ``done``."""
    frames = max(len(np.atleast_2d(values)) for b in bodies for values in (b.path, b.turn))
    full = [np.broadcast_to(np.asarray(b.path, dtype=float), (frames, 3)) for b in bodies]
    turns = [np.broadcast_to(np.asarray(b.turn, dtype=float), (frames, 3)) for b in bodies]
    position, turn = np.stack(full, axis=1), np.stack(turns, axis=1)
    names = tuple(b.name for b in bodies)
    scene = SceneGraph(objects=tuple(b.object() for b in bodies), world=World(fps=FPS, gravity=gravity, plane=plane))
    last = frames - 1 if done is None else done
    events = [Event(uid="TaskComplete", frame=last, time=last / FPS, parameters={"success": success})]
    return Trace(
        meta=TraceMeta(fps=FPS, substeps=1, seed=0, steps=frames - 1, engine="test", scene=scene),
        bodies=names,
        present=np.ones((frames, len(bodies)), dtype=bool),
        position=position,
        quaternion=from_rotation_vector(turn),
        scale=np.ones_like(position),
        velocity=_rate(position),
        angular_velocity=_rate(turn),
        volume=np.ones((frames, len(bodies))),
        contacts=_columns(touches, names),
        events=[] if success is None else events,
    )


def _rate(values):
    """Backward differences a second; the first frame has those of the second."""
    steps = np.diff(values, axis=0) * FPS
    return np.concatenate([steps[:1], steps]) if len(steps) else np.zeros_like(values)


def _columns(touches, names):
    rows = []
    for t in touches:
        a, b, normal = names.index(t.a), names.index(t.b), np.array(t.normal, dtype=float)
        a, b, normal = (a, b, normal) if a < b else (b, a, -normal)
        points = np.broadcast_to(np.asarray(t.point, dtype=float), (t.end - t.start + 1, 3))
        rows += [(frame, a, b, point, normal) for frame, point in zip(range(t.start, t.end + 1), points, strict=True)]
    if not rows:
        return ContactColumns.empty()
    rows.sort(key=lambda row: row[:3])
    frame, a, b, point, normal = (np.array(column) for column in zip(*rows, strict=True))
    return ContactColumns(
        frame.astype(np.int32), a.astype(np.int32), b.astype(np.int32), point, normal, np.zeros(len(a))
    )


def find(uid, trace, roles=None):
    """What one pattern finds, after those that it requires."""
    observation = Observation(trace, roles)
    wanted = _closure(uid)
    for pattern in library():
        if pattern.uid in wanted:
            observation.record(pattern.uid, detect(pattern, observation))
    return observation.activations(uid)


def _closure(uid):
    requires = {p.uid: p.requires for p in library()}
    found = {uid}
    for name in requires[uid]:
        found |= _closure(name)
    return found


ROLES = Roles(actor="Red", goal_object="Green", goal_target="Blue")


@dataclass
class Cast:
    """A task's three balls; paths default to places far apart."""

    red: object = (0.0, 10.0, 0.5)
    green: object = (0.0, 0.0, 0.5)
    blue: object = (6.0, 0.0, 0.5)
    others: list = field(default_factory=list)
    touches: list = field(default_factory=list)
    success: bool | None = None
    done: int | None = None

    def trace(self):
        bodies = [ball("Red", self.red), ball("Green", self.green), ball("Blue", self.blue), *self.others]
        return build(bodies, self.touches, success=self.success, done=self.done)

    def find(self, uid):
        return find(uid, self.trace(), ROLES)
