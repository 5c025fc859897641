"""The recorded rollout: arrays over frames and bodies, contacts in columns, and named events.

SI units, world frame, quaternions ``(w, x, y, z)``. F frames are ``steps + 1``: frame 0 is the initial state and
frame k the state after step k, at ``k / fps`` seconds. The B bodies are the scene's objects that have a mesh.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from ..scene_graph import FloatArray, SceneGraph, is_part
from .deformed import Deformed
from .errors import TraceError
from .storage import blocks, spans

TRACE_VERSION: Literal[1] = 1

PICTURES = 8
"""Frames that are shown of a run unless told."""


PLACED = {"position": 3, "quaternion": 4, "scale": 3}
"""The parts of a pose with their sizes."""


class Event(BaseModel):
    """Something named that happened at a frame. Ids of objects are their names.

    Built-in uids: ``CollisionStart`` and ``CollisionEnd`` (``a_id``, ``b_id``, and the start's ``point``, ``normal``,
    ``normal_speed``), ``PropertyChanged`` (``object_id``, ``property``, ``old``, ``new``), ``LookChanged`` of what is
    seen (``object_id``, ``look``: a name of `fields.LOOKS`, ``old``, ``new``), ``RuleFired`` (``rule``: the number by
    which a script called it) and ``TaskComplete`` (``success``: the task that the scene sets was done,
    and when; without one that all steps were done and no script failed).
    What the script did in step k, after reading frame k - 1, are events of frame k, which shows its effect.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    uid: str
    frame: int
    time: float
    parameters: dict[str, Any] = {}


VelocityScheme = Literal["backward difference of poses", "the engine's own, at the end of each step"]


class TraceMeta(BaseModel):
    """What a trace must name to be compared: hashes agree only within one ``engine`` build."""

    model_config = ConfigDict(extra="forbid")

    trace_version: Literal[1] = TRACE_VERSION
    title: str = ""
    units: Literal["SI"] = "SI"
    velocities: VelocityScheme = "backward difference of poses"
    contacts: str = ""
    fps: float = Field(ge=1e-6, le=1e6)
    substeps: int
    seed: int
    steps: int = Field(ge=0)
    engine: str
    script_sha256: tuple[str, ...] = ()
    scene: SceneGraph

    @property
    def planar(self) -> bool:
        """Whether the run is two-dimensional: a `Plane`."""
        return self.scene.world.plane is not None

    @model_validator(mode="before")
    @classmethod
    def _plane_of_old_files(cls, data: Any) -> Any:
        """Traces written before scenes had a plane told of it here."""
        if not (isinstance(data, dict) and "planar" in data):
            return data
        data = dict(data)
        scene = data.get("scene")
        if data.pop("planar") and isinstance(scene, dict):
            world = {"plane": {"size": None, "meters_per_unit": 1.0}, **scene.get("world", {})}
            data["scene"] = {**scene, "world": world}
        return data


@dataclass(eq=False)
class ContactColumns:
    """K contact points: ``frame``, ``a`` and ``b`` (body indices, a < b) ``[K]``, ``point`` and ``normal`` ``[K, 3]``
    (normal from a to b), ``distance`` ``[K]`` (m, negative when the bodies overlap). Sorted by frame, then pair.

    ``impulse`` ``[K]`` is what the solver pressed the two apart with in the step that ends at the frame, N s along the
    normal; None where the engine does not tell it."""

    frame: NDArray[np.int32]
    a: NDArray[np.int32]
    b: NDArray[np.int32]
    point: FloatArray
    normal: FloatArray
    distance: FloatArray
    impulse: FloatArray | None = None

    @classmethod
    def empty(cls) -> ContactColumns:
        """No contacts."""
        none = np.zeros(0, dtype=np.int32)
        return cls(none, none.copy(), none.copy(), np.zeros((0, 3)), np.zeros((0, 3)), np.zeros(0))

    def __len__(self) -> int:
        return len(self.frame)


@dataclass(eq=False)
class Placed:
    """The poses of M lights, texts and empties: in the world, quaternions unit and ``wxyz``."""

    names: tuple[str, ...]
    position: FloatArray  # [F, M, 3]
    quaternion: FloatArray  # [F, M, 4]
    scale: FloatArray  # [F, M, 3]

    def poses(self, name: str) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Positions ``[F, 3]``, quaternions ``[F, 4]`` and scales ``[F, 3]`` of one of them."""
        column = self.names.index(name)
        return self.position[:, column], self.quaternion[:, column], self.scale[:, column]


@dataclass(eq=False)
class Trace:
    """One recorded run. ``present`` is False, and the pose NaN, where a body does not exist at that frame.

    ``force`` is what scripts pushed bodies with in N, the mean over the step that ends at a frame; None for nothing.
    ``placed`` are the poses of what has no mesh and moved; None where nothing did. ``deformed`` is what is known of
    cloth, soft bodies and particles; None where there are none.
    """

    meta: TraceMeta
    bodies: tuple[str, ...]
    present: NDArray[np.bool_]  # [F, B]
    position: FloatArray  # [F, B, 3]
    quaternion: FloatArray  # [F, B, 4]
    scale: FloatArray  # [F, B, 3]
    velocity: FloatArray  # [F, B, 3]
    angular_velocity: FloatArray  # [F, B, 3]
    volume: FloatArray  # [F, B]
    contacts: ContactColumns
    events: list[Event]
    force: FloatArray | None = None  # [F, B, 3]
    placed: Placed | None = None
    deformed: Deformed | None = None

    @property
    def scene(self) -> SceneGraph:
        """The scene graph at the start of the run."""
        return self.meta.scene

    @property
    def masses(self) -> FloatArray:
        """Mass in kg of each body ``[B]``; 0 for what forces do not move, and for the parts of a compound, which has
        the mass of all of them."""
        found = {o.name: o.dynamic_mass for o in self.scene.objects}
        return np.where(self.parts, 0.0, np.array([found.get(name, 0.0) for name in self.bodies]))

    @property
    def parts(self) -> NDArray[np.bool_]:
        """Which bodies ``[B]`` are parts of a compound's shape, and no bodies of their own."""
        found = {o.name for o in self.scene.objects if is_part(o, self.scene)}
        return np.array([name in found for name in self.bodies], dtype=bool)

    @property
    def frames(self) -> Frames:
        """The run as a sequence of frames with named objects: ``trace.frames[i].objects[j].velocity``."""
        return Frames(self)

    def spread(self, count: int = PICTURES) -> list[int]:
        """So many frames at equal times, at least two: the first and the last among them; fewer of a short run."""
        last = len(self.position) - 1
        return sorted({round(i * last / (count - 1)) for i in range(count)})

    def index(self, name: str) -> int:
        """The column of a body. Raises TraceError with the names that exist."""
        try:
            return self.bodies.index(name)
        except ValueError:
            raise TraceError(f"the trace has no body '{name}'; it has {', '.join(self.bodies)}") from None

    def stretches(self, before: int = 0) -> Iterator[Trace]:
        """The run in pieces of some thousand frames in their order, each with so many frames ``before`` it, as far as
        there are any. They are views, and have neither contacts nor events; of arrays on disk each piece is let go
        after it."""
        own = self._own_arrays()
        for span in spans(len(self.position), *own.values()):
            rows = slice(max(span.start - before, 0), span.stop)
            stretch = replace(self, contacts=ContactColumns.empty(), events=[], placed=None, deformed=None)
            for name, array in own.items():
                setattr(stretch, name, array[rows])
            yield stretch

    def _own_arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays over frames and bodies."""
        return {f.name: getattr(self, f.name) for f in fields(self) if isinstance(getattr(self, f.name), np.ndarray)}

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All arrays by name, contact columns as ``contact_<column>``, other poses as ``placed_<part>``, and so on."""
        own = self._own_arrays()
        if self.placed is not None:
            own |= {f"placed_{name}": getattr(self.placed, name) for name in PLACED}
        if self.deformed is not None:
            own |= {f"deformed_{name}": array for name, array in self.deformed.arrays.items()}
        columns = {f"contact_{f.name}": getattr(self.contacts, f.name) for f in fields(self.contacts)}
        return own | {name: column for name, column in columns.items() if column is not None}

    def sha256(self) -> str:
        """Hash of everything recorded, but not of what it is called; the same job gives the same hash in any process of
        one engine build."""
        placed = self.placed.names if self.placed is not None else ()
        deformed = self.deformed.names if self.deformed is not None else ()
        arrays = ((name, array.shape, blocks(array)) for name, array in sorted(self.arrays().items()))
        return hash_of(self.meta, self.events, placed, deformed, arrays)


def hash_of(
    meta: TraceMeta,
    events: Sequence[Event],
    placed: Sequence[str],
    deformed: Sequence[str],
    arrays: Iterable[tuple[str, tuple[int, ...], Iterable[NDArray[Any]]]],
) -> str:
    """The hash of a trace; of each array, in the order of their names, the name, the shape and its blocks of rows."""
    digest = hashlib.sha256(meta.__pydantic_serializer__.to_json(meta, exclude={"title"}))
    digest.update("\n".join(event.model_dump_json() for event in events).encode())
    digest.update("\n".join(placed).encode())
    digest.update("\n".join(deformed).encode())
    for name, shape, rows in arrays:
        for number, block in enumerate(rows):
            if number == 0:
                digest.update(f"{name} {block.dtype.str} {shape}".encode())
            digest.update(np.ascontiguousarray(block).tobytes())
    return digest.hexdigest()


class ObjectState(NamedTuple):
    """One body at one frame."""

    id: str
    present: bool
    position: FloatArray
    quaternion: FloatArray
    scale: FloatArray
    velocity: FloatArray
    angular_velocity: FloatArray
    volume: float


@dataclass(frozen=True)
class Frame:
    """One frame: its number, time in seconds, bodies in column order and events."""

    trace: Trace
    number: int

    @property
    def time(self) -> float:
        """Seconds since the start."""
        return self.number / self.trace.meta.fps

    @property
    def objects(self) -> list[ObjectState]:
        """The bodies as they are at this frame."""
        t, k = self.trace, self.number
        return [
            ObjectState(
                name,
                bool(t.present[k, j]),
                t.position[k, j],
                t.quaternion[k, j],
                t.scale[k, j],
                t.velocity[k, j],
                t.angular_velocity[k, j],
                float(t.volume[k, j]),
            )
            for j, name in enumerate(t.bodies)
        ]

    @property
    def events(self) -> list[Event]:
        """Events of this frame."""
        return [e for e in self.trace.events if e.frame == self.number]


@dataclass(frozen=True)
class Frames(Sequence[Frame]):
    """The frames of a trace, made when asked for."""

    trace: Trace

    def __len__(self) -> int:
        return len(self.trace.position)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [Frame(self.trace, i) for i in range(*index.indices(len(self)))]
        number = range(len(self))[index]
        return Frame(self.trace, number)

    def __iter__(self) -> Iterator[Frame]:
        return (Frame(self.trace, i) for i in range(len(self)))
