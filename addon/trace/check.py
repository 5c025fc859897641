"""What a trace must be besides well-formed: its numbers, contacts and events must fit its bodies and frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..scene_graph import SceneGraph
from .model import ContactColumns, Event, Trace

LARGEST = 1e12
"""No coordinate, speed or impulse of a run is greater, in SI units; squares of such numbers can still be added."""

UNIT = 0.01
"""How far the length of a unit vector or quaternion may be off."""

WEAKEST, STRONGEST = 1e-6, 1e6
"""The gravity of a scene that has any, in m/s²."""

POSES = ("position", "quaternion", "scale", "velocity", "angular_velocity")

NEEDED: dict[str, dict[str, type | tuple[type, ...]]] = {
    "CollisionStart": {"a_id": str, "b_id": str},
    "CollisionEnd": {"a_id": str, "b_id": str},
    "PropertyChanged": {"object_id": str, "property": str, "old": object, "new": object},
    "LookChanged": {"object_id": str, "look": str, "old": object, "new": object},
    "RuleFired": {"rule": int},
}
"""The parameters of the built-in events; see `Event`."""

Numbers = NDArray[Any]


def problems(trace: Trace) -> Iterator[str]:
    """What does not fit, one sentence each, in the order in which a reader should mend it."""
    yield from _bodies(trace)
    yield from _world(trace.scene)
    yield from _arrays(trace)
    yield from _contacts(trace.contacts, trace)
    for number, event in enumerate(trace.events):
        yield from _event(event, f"event {number} ('{event.uid}')", trace)


def _bodies(trace: Trace) -> Iterator[str]:
    meshes = {o.name for o in trace.scene.objects if o.geometry is not None}
    seen: set[str] = set()
    for name in trace.bodies:
        if name in seen:
            yield f"the body '{name}' stands twice among the bodies"
        elif name not in meshes:
            yield f"the body '{name}' is no object with a shape of the trace's scene"
        seen.add(name)


def _world(scene: SceneGraph) -> Iterator[str]:
    strength = max(abs(g) for g in scene.world.gravity)
    if strength and not WEAKEST <= strength <= STRONGEST:
        yield f"gravity is {strength:g} m/s²; it must be 0 or between {WEAKEST:g} and {STRONGEST:g}"


def _arrays(trace: Trace) -> Iterator[str]:
    if trace.present.dtype != np.bool_:
        yield f"'present' holds {trace.present.dtype}, not true and false"
        return
    for name, array in trace.arrays().items():
        whole = name in ("contact_frame", "contact_a", "contact_b")
        if name != "present" and array.dtype.kind != ("i" if whole else "f"):
            yield f"'{name}' holds {array.dtype}, {'whole' if whole else 'real'} numbers are needed"
            return
        if not whole and name not in ("present", "volume"):
            yield from _at(np.abs(array) > LARGEST, name, trace, f"is greater than {LARGEST:g}")
    for name in POSES:
        missing = np.isnan(getattr(trace, name)).any(axis=2) & trace.present
        yield from _at(missing, name, trace, "is no number, though the body is there")
    lengths = np.linalg.norm(trace.quaternion, axis=2)
    yield from _at(trace.present & (np.abs(lengths - 1.0) > UNIT), "quaternion", trace, "has not the length 1")
    if trace.force is not None:
        yield from _at(np.isnan(trace.force), "force", trace, "is no number")


def _at(wrong: Numbers, name: str, trace: Trace, what: str) -> Iterator[str]:
    """The first place of an array at which something is wrong."""
    if not wrong.any():
        return
    frame, *rest = (int(i) for i in np.argwhere(wrong)[0])
    if name.startswith("contact_"):
        yield f"'{name}' of contact {frame} {what}"
    elif name.startswith(("placed_", "deformed_")):
        yield f"'{name}' {what} at frame {frame}"
    else:
        yield f"'{name}' of '{trace.bodies[rest[0]]}' {what} at frame {frame}"


def _contacts(c: ContactColumns, trace: Trace) -> Iterator[str]:
    last, count = len(trace.position) - 1, len(trace.bodies)
    wrong = (c.frame < 0) | (c.frame > last)
    yield from _row(wrong, lambda k: f"is at frame {c.frame[k]}, which does not lie within 0 and {last}")
    outside = (c.a < 0) | (c.b < 0) | (c.a >= count) | (c.b >= count)
    yield from _row(outside, lambda k: f"is of the bodies {c.a[k]} and {c.b[k]}, there are 0 to {count - 1}")
    if wrong.any() or outside.any():
        return
    yield from _row(c.a == c.b, lambda k: f"is of '{trace.bodies[c.a[k]]}' with itself")
    yield from _row(c.a > c.b, lambda k: f"names body {c.a[k]} before {c.b[k]}; the lower one comes first")
    absent = ~trace.present[c.frame, c.a] | ~trace.present[c.frame, c.b]

    def gone(k: int) -> str:
        name = trace.bodies[c.b[k] if trace.present[c.frame[k], c.a[k]] else c.a[k]]
        return f"is of '{name}', which is not there at frame {c.frame[k]}"

    yield from _row(absent, gone)
    nowhere = np.isnan(c.point).any(axis=1) | np.isnan(c.distance)
    yield from _row(nowhere, lambda _: "has a point or a distance that is no number")
    lengths = np.linalg.norm(c.normal, axis=1)
    yield from _row(~(np.abs(lengths - 1.0) <= UNIT), lambda k: f"has a normal of the length {lengths[k]:g}, not 1")
    if c.impulse is not None:
        yield from _row(np.isnan(c.impulse), lambda _: "has an impulse that is no number")


def _row(wrong: Numbers, told: Callable[[int], str]) -> Iterator[str]:
    if wrong.any():
        k = int(np.argmax(wrong))
        yield f"contact {k} {told(k)}"


def _event(event: Event, where: str, trace: Trace) -> Iterator[str]:
    last = len(trace.position) - 1
    if not 0 <= event.frame <= last:
        yield f"{where} is at frame {event.frame}, which does not lie within 0 and {last}"
    if not np.isfinite(event.time):
        yield f"{where} is at {event.time} s"
    for name, kind in NEEDED.get(event.uid, {}).items():
        if name not in event.parameters or not isinstance(event.parameters[name], kind):
            yield f"{where} needs the parameter '{name}'" + _of_kind(kind)
        elif name in ("a_id", "b_id") and event.parameters[name] not in trace.bodies:
            yield f"{where}: '{name}' is '{event.parameters[name]}', which is no body of the trace"
    speed = event.parameters.get("normal_speed", 0.0)
    if event.uid == "CollisionStart" and not (isinstance(speed, int | float) and abs(speed) <= LARGEST):
        yield f"{where}: 'normal_speed' is {str(speed)[:40]!r}, no speed in m/s"
    normal = event.parameters.get("normal", [0.0, 0.0, 1.0])
    if event.uid == "CollisionStart" and not (
        isinstance(normal, list | tuple) and len(normal) == 3 and all(isinstance(x, int | float) for x in normal)
    ):
        yield f"{where}: 'normal' needs three numbers"


def _of_kind(kind: Any) -> str:
    return {str: ", a text", int: ", a whole number"}.get(kind, "")
