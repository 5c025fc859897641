"""A trace as a detector given as source text reads it (Discovering High Level Patterns, Listing 6).

Times go from 0, the first frame, to 1, the last one. Vectors of a planar trace are pairs (x, y), y up, in the plane's
own units; those of another trace are triples in metres and the world frame. Ids of objects are their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..executor import Record
from ..geometry.plane import Disc, Path, Piece, pieces_of
from ..scene_graph import FloatArray, Primitive, SceneObject, color_name
from ..trace import Event
from .findings import plain
from .library import patterns_by_uid
from .model import Activation, is_length
from .observation import Observation

BOTH, SPACE, PLANE = "", "in space", "in a plane"
"""In which traces a field is."""

FIELDS: dict[str, dict[str, tuple[str, str]]] = {
    "trace": {
        "action": (BOTH, "the actor's place in a plane, with position and radius; None without one, and in space"),
        "duration": (BOTH, "how long the run lasts, s"),
        "fps": (BOTH, "frames a second"),
        "gravity": (BOTH, "vector, units/s² or m/s²"),
        "scene": (BOTH, "the scene, with objects"),
        "frames": (BOTH, "list of all frames, the start first"),
        "contacts": (BOTH, "list of contacts, in order of their start"),
        "events": (BOTH, "list of events, in order of time; TaskComplete is the last"),
    },
    "trace.action": {
        "position": (PLANE, "[x, y] of the actor at the start"),
        "radius": (PLANE, "half of its greatest extent"),
    },
    "trace.scene": {"objects": (BOTH, "list of all objects as they are at the start")},
    "object": {
        "id": (BOTH, "its name"),
        "description": (BOTH, "its colour, type and number in the scene: 'green-circle-5'"),
        "type": (
            BOTH,
            "in a plane 'circle', 'bar', 'jar' or 'standingsticks', or what else the scene calls it; in space 'cube', "
            "'sphere', 'cylinder', 'cone', 'capsule' or 'mesh'",
        ),
        "color": (BOTH, "name of the nearest plain colour, or None"),
        "static": (BOTH, "True if nothing moves it in this run; it is then only in trace.scene.objects"),
        "tags": (BOTH, "list of texts"),
        "mass": (BOTH, "kg; 0 without a rigid body"),
        "dimensions": (BOTH, "full extents along its own axes"),
        "position": (BOTH, "vector to its origin"),
        "velocity": (BOTH, "vector, units/s or m/s"),
        "angle": (PLANE, "radians, counterclockwise"),
        "obj_params": (
            PLANE,
            "center and radius of a circle; polygon_0, polygon_1, … of others, each a list of [x, y]",
        ),
        "rotation": (SPACE, "[w, x, y, z], unit quaternion"),
        "angular_velocity": (SPACE, "[x, y, z], rad/s"),
    },
    "frame": {
        "number": (BOTH, "0 at the start"),
        "time": (BOTH, "from 0 to 1"),
        "objects": (BOTH, "list of the objects that something moves in this run and that are there"),
    },
    "contact": {
        "a_id": (BOTH, "one object"),
        "b_id": (BOTH, "the other"),
        "time": (BOTH, "when it begins"),
        "end": (BOTH, "its last frame, as a time"),
        "point": (BOTH, "vector, where it begins"),
        "normal": (BOTH, "vector from a to b, of length 1"),
        "speed": (BOTH, "how fast they met along the normal, units/s or m/s"),
    },
    "event": {
        "uid": (
            BOTH,
            "CollisionStart, CollisionEnd, PropertyChanged, LookChanged, RuleFired, TaskComplete or a pattern",
        ),
        "time": (BOTH, "from 0 to 1"),
        "end": (BOTH, "the last frame of what lasts, as a time; else None"),
        "parameters": (
            BOTH,
            "dict; of CollisionStart and CollisionEnd a_id, b_id and contact_points, of TaskComplete success",
        ),
    },
}
"""What detectors may read as attributes, in which traces, and what it means."""

ATTRIBUTES = frozenset(name for fields in FIELDS.values() for name in fields)

TYPES = {"ball": "circle", "wall": "bar"}
"""The paper's names for what scenes of puzzles call otherwise."""

SPEEDS = ("speed", "normal_speed")
"""Parameters of the run's own events that are in m/s."""


def trace_view(observation: Observation, uids: Iterable[str] = ()) -> Record:
    """The trace with the activations of some patterns, which must have run, among its events."""
    return _View(observation).record(uids)


def trace_events(observation: Observation, uids: Iterable[str] = ()) -> list[Record]:
    """The events of that trace alone."""
    return _View(observation).events(uids)


@dataclass(frozen=True, eq=False)
class _Body:
    """What an object keeps throughout, and what it is in each frame by the names of its fields."""

    kept: dict[str, Any]
    changing: dict[str, list[Any]]

    def at(self, frame: int) -> Record:
        return Record("object", self.kept | {name: rows[frame] for name, rows in self.changing.items()})


class _View:
    def __init__(self, observation: Observation) -> None:
        self.o = observation
        self.planar = observation.trace.scene.world.plane is not None
        self.last = max(observation.frames - 1, 1)
        self.objects = {o.name: o for o in observation.trace.scene.objects}

    def record(self, uids: Iterable[str]) -> Record:
        o, trace = self.o, self.o.trace
        fields = {
            "action": self._action(),
            "duration": (o.frames - 1) * o.dt,
            "fps": trace.meta.fps,
            "gravity": self._lengths(o.gravity),
            "scene": Record("scene", {"objects": self._objects(0, range(len(o.bodies)))}),
            "frames": self._frames(),
            "contacts": self._contacts(),
            "events": self.events(uids),
        }
        return Record("trace", fields)

    def _vectors(self, values: FloatArray) -> FloatArray:
        """Vectors ``[..., 3]`` as this trace has them."""
        return values[..., [0, 2]] if self.planar else values

    def _lengths(self, values: FloatArray) -> list[Any]:
        """Vectors in m or m/s as lists in this trace's units."""
        rows: list[Any] = (self._vectors(values) / self.o.unit.metres).tolist()
        return rows

    def _action(self) -> Record | None:
        o, actor = self.o, self.o.actor
        if not self.planar or actor is None:
            return None
        radius = float(o.extents[actor][[0, 2]].max() / 2 / o.unit.metres)
        return Record("action", {"position": self._lengths(o.position[0, actor]), "radius": radius})

    # Objects --------------------------------------------------------------------------------------------------------

    @cached_property
    def _bodies(self) -> list[_Body]:
        return [_Body(self._kept(j), self._changing(j)) for j in range(len(self.o.bodies))]

    def _kept(self, column: int) -> dict[str, Any]:
        o = self.objects[self.o.bodies[column]]
        color = None if o.material is None else color_name(o.material.color)
        kind = _plane_type(o) if self.planar else o.geometry.kind if isinstance(o.geometry, Primitive) else "mesh"
        return {
            "id": o.name,
            "description": "-".join(filter(None, (color, kind, str(column)))),
            "type": kind,
            "color": color,
            "static": not self.o.movable[column],
            "tags": list(o.tags),
            "mass": 0.0 if o.body is None else o.body.mass,
            "dimensions": self._lengths(self.o.extents[column]),
        }

    def _changing(self, column: int) -> dict[str, list[Any]]:
        trace = self.o.trace
        rows = slice(None) if self.o.movable[column] else slice(1)
        position, turn = trace.position[rows, column], trace.quaternion[rows, column]
        found = {"position": self._lengths(position), "velocity": self._lengths(trace.velocity[rows, column])}
        if not self.planar:
            return found | {
                "rotation": turn.tolist(),
                "angular_velocity": trace.angular_velocity[rows, column].tolist(),
            }
        angle = np.unwrap(-2.0 * np.arctan2(turn[:, 2], turn[:, 0]))
        pieces = pieces_of(self.objects[self.o.bodies[column]])
        path = Path(position[:, [0, 2]] / self.o.unit.metres, angle)
        return found | {"angle": angle.tolist(), "obj_params": _shapes(pieces, path, self.o.unit.metres)}

    def _objects(self, frame: int, columns: Iterable[int]) -> list[Record]:
        return [self._bodies[j].at(frame) for j in columns if self.o.present[frame, j]]

    def _frames(self) -> list[Record]:
        moved = np.flatnonzero(self.o.movable).tolist()
        return [
            Record("frame", {"number": k, "time": k / self.last, "objects": self._objects(k, moved)})
            for k in range(self.o.frames)
        ]

    # Contacts and events --------------------------------------------------------------------------------------------

    def _contacts(self) -> list[Record]:
        touches, names = self.o.touches, self.o.bodies
        points, normals = self._lengths(touches.point), self._vectors(touches.normal).tolist()
        return [
            Record(
                "contact",
                {
                    "a_id": names[touches.a[k]],
                    "b_id": names[touches.b[k]],
                    "time": float(touches.start[k] / self.last),
                    "end": float(touches.end[k] / self.last),
                    "point": points[k],
                    "normal": normals[k],
                    "speed": float(touches.speed[k] / self.o.unit.metres),
                },
            )
            for k in range(len(touches))
        ]

    def events(self, uids: Iterable[str]) -> list[Record]:
        """The run's own events and those of some patterns, in order of time."""
        rows = [
            {"uid": e.uid, "time": e.frame / self.last, "end": None, "parameters": self._own_parameters(e)}
            for e in self.o.trace.events
        ]
        for uid in uids:
            rows += [self._found(a) for a in self.o.activations(uid)]
        return [Record("event", row) for row in sorted(rows, key=lambda r: (r["uid"] == "TaskComplete", r["time"]))]

    def _own_parameters(self, event: Event) -> dict[str, Any]:
        """Those of an event of the run itself, in this trace's units."""
        found = dict(event.parameters)
        for name in set(SPEEDS) & set(found):
            found[name] = found[name] / self.o.unit.metres
        if event.uid in ("CollisionStart", "CollisionEnd"):
            if "normal" in found:
                found["normal"] = self._vectors(np.array(found["normal"])).tolist()
            found.pop("point", None)
            frame = event.frame - (event.uid == "CollisionEnd")
            found["contact_points"] = self._points(frame, found["a_id"], found["b_id"])
        return found

    def _points(self, frame: int, a: str, b: str) -> list[Any]:
        """Where two bodies touch in a frame."""
        c, pair = self.o.trace.contacts, sorted(map(self.o.trace.index, (a, b)))
        low, high = np.searchsorted(c.frame, [frame, frame + 1]).tolist()
        rows = low + np.flatnonzero((c.a[low:high] == pair[0]) & (c.b[low:high] == pair[1]))
        return self._lengths(c.point[rows])

    def _found(self, activation: Activation) -> dict[str, Any]:
        end = None if activation.end is None else activation.end / self.last
        parameters = {name: self._converted(activation.uid, name, v) for name, v in activation.parameters.items()}
        return {"uid": activation.uid, "time": activation.frame / self.last, "end": end, "parameters": parameters}

    def _converted(self, uid: str, name: str, value: Any) -> Any:
        """A parameter of a pattern in this trace's units."""
        pattern = patterns_by_uid().get(uid)
        parameter = None if pattern is None else pattern.parameters.get(name)
        if not self.planar or parameter is None:
            return value
        if parameter.kind == "vector":
            return [value[0], value[2]]
        return plain(value / self.o.unit.metres) if is_length(parameter.text) else value


def _plane_type(o: SceneObject) -> str:
    """What a planar object is called: what its scene calls it, else by its shape."""
    if o.semantic_class:
        return TYPES.get(o.semantic_class, o.semantic_class)
    pieces = pieces_of(o)
    return "circle" if isinstance(pieces[0], Disc) else "bar" if len(pieces) == 1 else "jar"


def _shapes(pieces: Sequence[Piece], path: Path, unit: float) -> list[dict[str, Any]]:
    """The parameters of a planar shape in the F poses of a path, in units of so many metres."""
    first = pieces[0]
    if isinstance(first, Disc):
        center = path.place(first.center[None] / unit)[:, 0].tolist()
        return [{"center": place, "radius": first.radius / unit} for place in center]
    polygons = [path.place(piece.vertices / unit).tolist() for piece in pieces if not isinstance(piece, Disc)]
    return [{f"polygon_{i}": places[k] for i, places in enumerate(polygons)} for k in range(len(path.angle))]
