"""What a trace must be besides well-formed: its numbers, contacts and events must fit its bodies and frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..scene_graph import SceneGraph
from .model import ContactColumns, Event, Trace
from .storage import ROWS, spans

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
            yield from _at(lambda rows, _: np.abs(rows) > LARGEST, name, trace, f"is greater than {LARGEST:g}")
    for name in POSES:
        yield from _at(_is_missing, name, trace, "is no number, though the body is there")
    yield from _at(_is_stretched, "quaternion", trace, "has not the length 1")
    if trace.force is not None:
        yield from _at(lambda rows, _: np.isnan(rows), "force", trace, "is no number")


def _is_missing(rows: Numbers, present: Numbers) -> Numbers:
    return np.asarray(np.isnan(rows).any(axis=2) & present)


def _is_stretched(rows: Numbers, present: Numbers) -> Numbers:
    return np.asarray(present & (np.abs(np.linalg.norm(rows, axis=2) - 1.0) > UNIT))


def _at(is_wrong: Callable[[Numbers, Numbers], Numbers], name: str, trace: Trace, what: str) -> Iterator[str]:
    """The first place of an array at which something is wrong, by its rows and those of ``present``."""
    array = trace.arrays()[name]
    for span in spans(len(array), array, trace.present):
        wrong = is_wrong(array[span], trace.present[span])
        if wrong.any():
            frame, *rest = (int(i) for i in np.argwhere(wrong)[0])
            yield _told(frame + span.start, rest, name, trace, what)
            return


def _told(frame: int, rest: list[int], name: str, trace: Trace, what: str) -> str:
    if name.startswith("contact_"):
        return f"'{name}' of contact {frame} {what}"
    elif name.startswith(("placed_", "deformed_")):
        return f"'{name}' {what} at frame {frame}"
    return f"'{name}' of '{trace.bodies[rest[0]]}' {what} at frame {frame}"


def _contacts(c: ContactColumns, trace: Trace) -> Iterator[str]:
    last, count = len(trace.position) - 1, len(trace.bodies)
    unknown = [
        *_row(
            lambda c: (c.frame < 0) | (c.frame > last), c,
            lambda k: f"is at frame {c.frame[k]}, which does not lie within 0 and {last}",
        ),
        *_row(
            lambda c: (c.a < 0) | (c.b < 0) | (c.a >= count) | (c.b >= count), c,
            lambda k: f"is of the bodies {c.a[k]} and {c.b[k]}, there are 0 to {count - 1}",
        ),
    ]  # fmt: skip
    yield from unknown
    if unknown:
        return
    yield from _row(lambda c: c.a == c.b, c, lambda k: f"is of '{trace.bodies[c.a[k]]}' with itself")
    swapped = "names body {} before {}; the lower one comes first"
    yield from _row(lambda c: c.a > c.b, c, lambda k: swapped.format(c.a[k], c.b[k]))

    def gone(k: int) -> str:
        name = trace.bodies[c.b[k] if trace.present[c.frame[k], c.a[k]] else c.a[k]]
        return f"is of '{name}', which is not there at frame {c.frame[k]}"

    yield from _row(lambda c: ~(trace.present[c.frame, c.a] & trace.present[c.frame, c.b]), c, gone)
    nowhere = "has a point or a distance that is no number"
    yield from _row(lambda c: np.isnan(c.point).any(axis=1) | np.isnan(c.distance), c, lambda _: nowhere)

    def stretched(k: int) -> str:
        return f"has a normal of the length {np.linalg.norm(c.normal[k]):g}, not 1"

    yield from _row(lambda c: ~(np.abs(np.linalg.norm(c.normal, axis=1) - 1.0) <= UNIT), c, stretched)
    if c.impulse is not None:
        yield from _row(lambda c: np.isnan(np.asarray(c.impulse)), c, lambda _: "has an impulse that is no number")


def _row(
    is_wrong: Callable[[ContactColumns], Numbers], contacts: ContactColumns, told: Callable[[int], str]
) -> Iterator[str]:
    """What is told of the first contact that is wrong."""
    columns = {f.name: getattr(contacts, f.name) for f in fields(contacts) if getattr(contacts, f.name) is not None}
    for span in spans(len(contacts), *columns.values(), size=ROWS):
        wrong = is_wrong(ContactColumns(**{name: column[span] for name, column in columns.items()}))
        if wrong.any():
            k = span.start + int(np.argmax(wrong))
            yield f"contact {k} {told(k)}"
            return


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
