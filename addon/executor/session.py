"""The host's side of the script worker: start, step under a time limit, kill."""

from __future__ import annotations

import contextlib
import json
import os
import select
import struct
import subprocess
import sys
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..scene_graph import NO_CONTACTS, Constraint, Contacts, SceneGraph, SceneObject, StepState, Write
from . import policy
from .affinity import CoreFollower
from .budgets import Budgets
from .errors import ScriptError, at
from .validator import Validator

WORKER = Path(__file__).with_name("worker")
LARGEST_ANSWER = 64 << 20


@dataclass(frozen=True)
class StepResult:
    """What a script did in one step: checked writes and printed text."""

    writes: list[Write]
    printed: str


class ScriptSession:
    """A script in its own process, run once for each `step`. Use as a context manager, or call `close`.

    The scene's discrete values (properties, settings) go over once at the start; the worker keeps its own writes in
    mind after that. A step that fails therefore ends the session: nothing of that step is applied, and a new session
    begins from the scene as it is. Raises ScriptError if the script is refused or does not start.
    """

    def __init__(self, source: str, graph: SceneGraph, *, budgets: Budgets | None = None, seed: int = 0) -> None:
        self.budgets = budgets or Budgets()
        self._source = source
        policy.check(source, self.budgets)
        self._columns = _columns(source)
        self._sends_contacts = any(word in source for word in ("touching", "contacts", "events"))
        self._validator = Validator(graph, self.budgets)
        self._spent = 0.0
        self._process: subprocess.Popen[bytes] | None = subprocess.Popen(
            [sys.executable, "-I", "-S", "-B", str(WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/" if os.name == "posix" else None,
            bufsize=0,
        )
        assert self._process.stdin is not None
        os.set_blocking(self._process.stdin.fileno(), False)
        self._follower = CoreFollower(self._process.pid)
        try:
            answer = self._ask(json.dumps(_job(source, graph, self.budgets, seed, self._columns)).encode())
        except ScriptError:
            self.close()
            raise
        self.layers: tuple[str, ...] = tuple(answer.get("layers", ()))

    def __enter__(self) -> ScriptSession:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def step(self, state: StepState) -> StepResult:
        """Run the script on the state before a step. Raises ScriptError, which ends the session."""
        try:
            answer = self._ask(_pack(state, self._columns, self._sends_contacts))
            return StepResult(self._validator.writes(answer.get("writes")), str(answer.get("printed", "")))
        except ScriptError:
            self.close()
            raise

    def close(self) -> None:
        """Kill the worker and wait for its end."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _ask(self, body: bytes) -> dict[str, Any]:
        if self._process is None:
            raise ScriptError("worker", "the script session has ended")
        if self._spent > self.budgets.wall_seconds_run:
            raise ScriptError(
                "limit", f"all steps took longer than {self.budgets.wall_seconds_run:g} s (wall_seconds_run)"
            )
        start = time.monotonic()
        try:
            answer = self._exchange(body, start + self.budgets.wall_seconds_step)
        finally:
            self._spent += time.monotonic() - start
        error = answer.get("error")
        if error is not None:
            raise self._script_error(error)
        return answer

    def _exchange(self, body: bytes, deadline: float) -> dict[str, Any]:
        self._follower.follow()
        try:
            self._send(struct.pack("<I", len(body)) + body, deadline)
            answer = json.loads(self._receive(deadline))
        except (BrokenPipeError, ConnectionError):
            raise self._died() from None
        except (UnicodeDecodeError, ValueError, RecursionError):
            raise ScriptError("worker", "the script worker sent an answer that cannot be read") from None
        if not isinstance(answer, dict):
            raise ScriptError("worker", "the script worker sent an answer of an unknown form")
        return answer

    def _send(self, message: bytes, deadline: float) -> None:
        """Write a message before the deadline, also to a worker that does not read."""
        assert self._process is not None
        assert self._process.stdin is not None
        file = self._process.stdin.fileno()
        left = memoryview(message)
        while left:
            try:
                left = left[os.write(file, left) :]
            except BlockingIOError:
                if not select.select([], [file], [], max(deadline - time.monotonic(), 0))[1]:
                    raise self._too_slow() from None

    def _receive(self, deadline: float) -> bytes:
        """The body of one answer before the deadline, also from a worker that hangs, is stopped or dies."""
        assert self._process is not None
        assert self._process.stdout is not None
        file = self._process.stdout.fileno()
        message = b""
        while True:
            if not select.select([file], [], [], max(deadline - time.monotonic(), 0))[0]:
                raise self._too_slow()
            part = os.read(file, 1 << 20)
            if not part:
                raise self._died()
            message = message + part if message else part
            if len(message) >= 4:
                end = 4 + int.from_bytes(message[:4], "little")
                if end > LARGEST_ANSWER or len(message) > end:
                    raise ScriptError("worker", "the script worker sent more than it may")
                if len(message) == end:
                    return message[4:]

    def _too_slow(self) -> ScriptError:
        limit = self.budgets.wall_seconds_step
        return ScriptError("limit", f"the script took longer than {limit:g} s for one step (wall_seconds_step)")

    def _died(self) -> ScriptError:
        assert self._process is not None
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.5)
        return ScriptError(
            "worker",
            f"the script worker died (exit code {self._process.returncode}), as it does when memory_mb "
            f"({self.budgets.memory_mb} MB) is exceeded",
        )

    def _script_error(self, error: Any) -> ScriptError:
        fields = error if isinstance(error, dict) else {}
        line = fields.get("line") if isinstance(fields.get("line"), int) else None
        kind = fields.get("kind") if fields.get("kind") in ("failed", "limit") else "worker"
        return ScriptError(kind, str(fields.get("reason", "unknown error")), line, None, at(self._source, line))  # type: ignore[arg-type]


_FIELDS = {
    "location": ("position", 3, "location"),
    "rotation_quaternion": ("quaternion", 4, "rotation"),
    "scale": ("scale", 3, "scale"),
    "velocity": ("velocity", 3, "velocity"),
    "angular_velocity": ("angular_velocity", 3, "angular_velocity"),
}
"""For what a script reads of an object: the state's array, its width, and the word that a script must write for it."""


def _columns(source: str) -> list[str]:
    """The fields that a script can read, for it cannot name an attribute that its text does not hold."""
    source = unicodedata.normalize("NFKC", source)
    wanted = {name for name, (_, _, word) in _FIELDS.items() if word in source}
    return [name for name in _FIELDS if name in wanted or (name == "scale" and "dimensions" in source)]


def _pack(state: StepState, columns: Sequence[str], with_contacts: bool) -> bytes:
    """Frame and touching pairs as integers, then the numbers of each object, ``columns`` side by side."""
    pairs = Contacts.of(state.contacts).pairs if with_contacts else NO_CONTACTS.pairs
    head = struct.pack("<II", state.frame, len(pairs)) + pairs.tobytes()
    arrays = [getattr(state, _FIELDS[name][0]) for name in columns]
    return head + np.concatenate(arrays, axis=1).tobytes() if arrays else head


def _job(source: str, graph: SceneGraph, budgets: Budgets, seed: int, columns: Sequence[str]) -> dict[str, Any]:
    own = set(graph.names)
    holders = [c for c in graph.constraints if c.name not in own]
    return {
        "source": source,
        "seed": seed,
        "dt": graph.world.dt,
        "budgets": asdict(budgets),
        "allowed": {
            "builtins": sorted(policy.BUILTINS - {"True", "False", "None", "print", "pow"}),
            "math": policy.MATH_NAMES,
            "random": policy.RANDOM_NAMES,
            "mathutils": policy.MATHUTILS_NAMES,
        },
        "scene": {
            "gravity": graph.world.gravity,
            "objects": [_describe(o) for o in graph.objects] + [_holder(c.name) for c in holders],
            "columns": [[name, _FIELDS[name][1]] for name in columns],
            "extra_numbers": [n for c in holders for name in columns for n in _holder_field(c, name)],
            "constraints": [
                {
                    "name": c.name,
                    "values": {
                        "enabled": c.enabled,
                        "motor_lin_target_velocity": c.linear_motor.target_velocity if c.linear_motor else 0.0,
                        "motor_ang_target_velocity": c.angular_motor.target_velocity if c.angular_motor else 0.0,
                    },
                }
                for c in graph.constraints
            ],
        },
    }


def _describe(obj: SceneObject) -> dict[str, Any]:
    extents = [e / abs(s) for e, s in zip(obj.dimensions, obj.scale, strict=True)]
    body = {name: getattr(obj.body, name) for name in policy.BODY_FIELDS} if obj.body else None
    return {
        "name": obj.name,
        "type": "MESH" if obj.geometry is not None else "EMPTY",
        "extents": extents,
        "hidden": obj.hidden,
        "properties": obj.properties,
        "body": body,
    }


def _holder(name: str) -> dict[str, Any]:
    return {"name": name, "type": "EMPTY", "extents": [0.0] * 3, "hidden": False, "properties": {}, "body": None}


def _holder_field(constraint: Constraint, name: str) -> Sequence[float]:
    """A constraint's holder stands where the constraint is."""
    still = {"location": constraint.location, "rotation_quaternion": constraint.rotation, "scale": (1.0, 1.0, 1.0)}
    return still.get(name, (0.0, 0.0, 0.0))
