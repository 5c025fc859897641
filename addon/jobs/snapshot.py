"""What scripts changed so far: properties, settings and looks, as events and as the scene graph of this moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..fields import look
from ..scene_graph import SceneGraph, SceneObject, StepState, Write
from ..trace import Event

_BODY_FIELDS = ("type", "mass", "friction", "restitution", "linear_damping", "angular_damping", "enabled", "kinematic")


class DiscreteState:
    """The values that only scripts change: properties, visibility, rigid-body settings, constraints, gravity."""

    def __init__(self, graph: SceneGraph) -> None:
        self._graph = graph
        self._values: dict[tuple[str, str], Any] = {("", "gravity"): graph.world.gravity}
        for obj in graph.objects:
            self._values.update(_object_values(obj))
        for constraint in graph.constraints:
            self._values[constraint.name, "constraint.enabled"] = constraint.enabled

    def apply(self, writes: Iterable[Write], frame: int, dt: float) -> list[Event]:
        """Take over the writes of one step; an event PropertyChanged, or LookChanged of what is seen, for each value
        that differs from before."""
        return list(self._changes(writes, frame, dt))

    def _changes(self, writes: Iterable[Write], frame: int, dt: float) -> Iterator[Event]:
        for write in writes:
            key = _key(write)
            if key is None:
                continue
            old = self._values.get(key)
            new = None if write.field.startswith("delete.") else write.value
            if old == new and type(old) is type(new):
                continue
            if new is None:
                self._values.pop(key, None)
            else:
                self._values[key] = new
            changed = {"object_id": write.name, "old": old, "new": new}
            if look(write.field) is not None:
                yield Event(
                    uid="LookChanged", frame=frame, time=frame * dt, parameters={**changed, "look": write.field}
                )
                continue
            parameters = {**changed, "property": _label(key[1])}
            yield Event(uid="PropertyChanged", frame=frame, time=frame * dt, parameters=parameters)

    def graph(self, state: StepState) -> SceneGraph:
        """The scene graph as it is now: poses and velocities from ``state``, the rest from what scripts wrote."""
        objects = tuple(self._object_now(obj, state, index) for index, obj in enumerate(self._graph.objects))
        constraints = tuple(
            c.model_copy(update={"enabled": self._values[c.name, "constraint.enabled"]})
            for c in self._graph.constraints
        )
        world = self._graph.world.model_copy(update={"gravity": tuple(self._values["", "gravity"])})
        return self._graph.model_copy(
            update={"objects": objects, "constraints": constraints, "world": world, "relations": ()}
        )

    def _object_now(self, obj: SceneObject, state: StepState, index: int) -> SceneObject:
        prefix = "property."
        properties = {
            k[len(prefix) :]: v for (n, k), v in self._values.items() if n == obj.name and k.startswith(prefix)
        }
        changes: dict[str, Any] = {
            "location": _floats(state.position[index]),
            "rotation": _floats(state.quaternion[index]),
            "scale": _floats(state.scale[index]),
            "velocity": _floats(state.velocity[index]),
            "angular_velocity": _floats(state.angular_velocity[index]),
            "properties": properties,
            "hidden": self._values[obj.name, "hide_viewport"],
            "hide_render": self._values[obj.name, "hide_render"],
        }
        if obj.body is not None:
            body = {f: self._values[obj.name, f"rigid_body.{f}"] for f in _BODY_FIELDS}
            changes["rigid_body"] = obj.body.model_copy(update=body)
        looks = {name: self._values[obj.name, f"look.{name}"] for name in obj.looks}
        return obj.model_copy(update=changes).showing(looks)


def _object_values(obj: SceneObject) -> Iterator[tuple[tuple[str, str], Any]]:
    yield (obj.name, "hide_viewport"), obj.hidden
    yield (obj.name, "hide_render"), obj.hide_render
    for key, value in obj.properties.items():
        yield (obj.name, f"property.{key}"), value
    for name, shown in obj.looks.items():
        yield (obj.name, f"look.{name}"), shown
    if obj.body is not None:
        for name in _BODY_FIELDS:
            yield (obj.name, f"rigid_body.{name}"), getattr(obj.body, name)


def _key(write: Write) -> tuple[str, str] | None:
    """Where the value of a write is kept; None for poses and velocities, which the trace records."""
    if write.target == "constraint":
        return (write.name, "constraint.enabled") if write.field == "enabled" else None
    if (
        write.target == "scene"
        or write.field in ("hide_viewport", "hide_render")
        or write.field.startswith(("property.", "rigid_body."))
    ):
        return write.name, write.field
    if look(write.field) is not None:
        return write.name, "look." + write.field
    if write.field.startswith("delete."):
        return write.name, "property." + write.field.removeprefix("delete.")
    return None


def _label(field: str) -> str:
    """The name a reader uses: custom properties by their key, the rest with its owner."""
    return field.removeprefix("property.")


def _floats(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(float(v) for v in values)
