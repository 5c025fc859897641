"""A script run against a scene graph: one step in, checked writes out."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..fields import BODY
from ..scene_graph import NO_CONTACTS, Constraint, Contacts, SceneGraph, SceneObject, StepState, Write
from ..scene_graph.state import WriteTarget
from .budgets import Budgets
from .errors import ScriptError, at
from .gate import check_objects
from .job import CHECKPOINT, columns, start_message, step_message
from .process import WorkerProcess
from .rotation import quaternion_of
from .validator import Validator, Waits


@dataclass(frozen=True)
class StepResult:
    """What a script did in one step: checked writes, printed text and the numbers of the rules that acted.

    ``waits`` is what a script waits for which has nothing to do until then; None: it is to be called in the next step.
    """

    writes: list[Write]
    printed: str = ""
    fired: tuple[int, ...] = ()
    waits: Waits | None = None


class ScriptSession:
    """A script in its own process, run once for each `step`. Use as a context manager, or call `close`.

    The scene's discrete values (properties, settings) go over once at the start; the worker keeps its own writes in
    mind after that. A step that fails therefore ends the session: nothing of that step is applied, and a new session
    begins from the scene as it is. ``reads_contacts`` tells whether a state needs its contacts. Raises ScriptError if
    the script is refused or does not start. ``warnings`` say what of the script hardly does what was meant.

    ``checkpoint`` goes on where another session of the same script and scene was when it gave that; ``seed`` is then
    without effect. The steps that follow give what they would have given there. ``steps`` is how many the run has.
    """

    def __init__(
        self,
        source: str,
        graph: SceneGraph,
        *,
        budgets: Budgets | None = None,
        seed: int = 0,
        checkpoint: Mapping[str, Any] | None = None,
        steps: int | None = None,
    ) -> None:
        self.budgets = budgets or Budgets()
        check_objects(len(graph.objects), self.budgets)
        self._origin = {
            "source": hashlib.sha256(source.encode(errors="replace")).hexdigest(),
            "objects": list(graph.names),
            "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        }
        if checkpoint is not None:
            _check_origin(checkpoint, self._origin)
        self._columns = columns(source)
        self.reads_contacts = any(word in source for word in ("touching", "contacts", "events"))
        bodies = {o.name: o.body is not None for o in graph.objects}
        looks = {o.name: o.looks for o in graph.objects}
        self._validator = Validator(bodies, {c.name: c.settable for c in graph.constraints}, self.budgets, looks)
        if checkpoint is not None:
            self._validator.used.update(checkpoint["used"])
        scene = scene_description(graph, self._columns, steps)
        message = start_message(scene, dt=graph.world.dt, seed=seed, budgets=self.budgets)
        self._source = source
        self._worker = WorkerProcess(self.budgets, checkpoint["printed_left"] if checkpoint else None)
        try:
            self.layers = self._worker.start(message)
            self.warnings = self._worker.load(source, checkpoint=checkpoint["script"] if checkpoint else None)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> ScriptSession:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def step(self, state: StepState) -> StepResult:
        """Run the script on the state before a step. Raises ScriptError, which ends the session."""
        try:
            answer = self._worker.ask(_pack(state, self._columns, self.reads_contacts))
            proposed = self._validator.writes(answer.get("writes"))
            fired = self._validator.fired(answer.get("fired"))
            waits = self._validator.waits(answer.get("waits"))
        except ScriptError:
            self.close()
            raise
        return StepResult([_write(*p) for p in proposed], answer["printed"], fired, waits)

    def refusal(self, reason: str, write: Write | None) -> ScriptError:
        """The error for a write of the last step that the engine refused, with the line that made it."""
        line = None
        if write is not None:
            fields = ("rotation_euler", write.field) if write.field == "rotation_quaternion" else (write.field,)
            lines = (self._worker.line_of(write.target, write.name, field) for field in fields)
            line = next((n for n in lines if n is not None), None)
        return ScriptError("failed", reason, line, None, at(self._source, line))

    def checkpoint(self) -> dict[str, Any]:
        """Plain data, ready for JSON, with which a new session goes on from here: `state`, names of the module, random
        numbers, what the script wrote. It fits the same script, scene objects and version of Python.

        Raises ScriptError (kind ``refused``) naming the value that cannot be kept: a function within a function that
        uses its names, a method, an iterator, a view of a dict, a part of a matrix, an error, a set of such values. The
        session goes on in any case, and just as a resumed one does: the order of sets is made anew in both, so it can
        be another than without a checkpoint.
        """
        answer = self._worker.ask(CHECKPOINT)
        return {
            **self._origin,
            "printed_left": self._worker.printed_left,
            "used": self._validator.used,
            "script": answer.get("checkpoint"),
        }

    def close(self) -> None:
        """Kill the worker and wait for its end."""
        self._worker.close()


def _check_origin(checkpoint: Mapping[str, Any], origin: Mapping[str, Any]) -> None:
    for key, what in (("source", "script"), ("objects", "scene"), ("python", "version of Python")):
        if checkpoint.get(key) != origin[key]:
            reason = f"the checkpoint is of another {what}"
            raise ScriptError("refused", reason, suggestion="use the one that it was made with, or start anew")


def _write(target: WriteTarget, name: str, field: str, value: Any) -> Write:
    """Eulers that a script wrote become the quaternions that the engine knows."""
    if field == "rotation_euler":
        return Write(target, name, "rotation_quaternion", quaternion_of(value))
    return Write(target, name, field, value)


ARRAYS = {
    "location": "position",
    "rotation_quaternion": "quaternion",
    "scale": "scale",
    "velocity": "velocity",
    "angular_velocity": "angular_velocity",
}
"""What states call the fields of objects."""


def _pack(state: StepState, columns: Sequence[str], with_contacts: bool) -> bytes:
    pairs = Contacts.of(state.contacts).pairs if with_contacts else NO_CONTACTS.pairs
    arrays = [getattr(state, ARRAYS[name]) for name in columns]
    numbers = np.concatenate(arrays, axis=1).tobytes() if arrays else b""
    return step_message(state.frame, pairs.tobytes(), numbers)


def scene_description(graph: SceneGraph, columns: Sequence[str], steps: int | None = None) -> dict[str, Any]:
    """What a worker is told of a scene and of a run of so many steps, see `start_message`; ``columns`` are the fields
    that it will be sent."""
    own = set(graph.names)
    holders = [c for c in graph.constraints if c.name not in own]
    return {
        "gravity": graph.world.gravity,
        "fps": graph.world.fps,
        "steps": steps,
        "physics": {"substeps_per_frame": graph.world.substeps, "time_scale": graph.world.time_scale},
        "objects": [_describe(o) for o in graph.objects] + [_holder(c.name) for c in holders],
        "columns": columns,
        "extra_numbers": [n for c in holders for name in columns for n in _holder_field(c, name)],
        "constraints": [{"name": c.name, "type": c.type, "values": c.settable} for c in graph.constraints],
    }


def _describe(obj: SceneObject) -> dict[str, Any]:
    body = {name: getattr(obj.body, name) for name in BODY} if obj.body else None
    return {
        "name": obj.name,
        "type": _TYPES[obj.kind],
        "extents": list(obj.extents),
        "parent": obj.parent,
        "hidden": obj.hidden,
        "hide_render": obj.hide_render,
        "properties": obj.properties,
        "body": body,
        "looks": obj.looks,
        "light": obj.light.type if obj.light is not None else None,
        "slot": obj.material.slot if obj.material is not None else 0,
    }


_TYPES = {"mesh": "MESH", "light": "LIGHT", "text": "FONT", "empty": "EMPTY"}
"""Blender's names of what objects are."""


def _holder(name: str) -> dict[str, Any]:
    still: dict[str, Any] = {"extents": [0.0] * 3, "parent": None, "properties": {}, "body": None}
    still |= {"hidden": False, "hide_render": False, "looks": {}, "light": None, "slot": 0}
    return {"name": name, "type": "EMPTY", **still}


def _holder_field(constraint: Constraint, name: str) -> Sequence[float]:
    """A constraint's holder stands where the constraint is."""
    still = {"location": constraint.location, "rotation_quaternion": constraint.rotation, "scale": (1.0, 1.0, 1.0)}
    return still.get(name, (0.0, 0.0, 0.0))
