"""The messages to a script worker: first the script, the scene and its budgets, then the state before each step."""

from __future__ import annotations

import json
import struct
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from . import language
from .budgets import Budgets

WIDTHS = {"location": 3, "rotation_quaternion": 4, "scale": 3, "velocity": 3, "angular_velocity": 3}
"""The numbers of an object that the worker is sent before each step, in this order, and how many each has."""

EMPTY_SCENE = {
    "gravity": (0.0, 0.0, 0.0),
    "physics": {"substeps_per_frame": 10, "time_scale": 1.0},
    "fps": 24.0,
    "steps": None,
    "objects": [],
    "columns": [],
    "extra_numbers": [],
    "constraints": [],
}

_PUSHES = tuple(name for name in language.PUSHES if not name.startswith("apply"))
"""What asks by itself where a body is, and how fast."""

_WORDS = {
    "location": ("location", "matrix_world", *_PUSHES),
    "rotation_quaternion": ("rotation", "matrix_world"),
    "scale": ("scale", "dimensions", "matrix_world"),
    "velocity": ("velocity", *_PUSHES),
    "angular_velocity": ("angular_velocity",),
}


def columns(source: str) -> list[str]:
    """The fields that a script can read, for it cannot name an attribute that its text does not hold."""
    source = unicodedata.normalize("NFKC", source)
    return [name for name, words in _WORDS.items() if any(word in source for word in words)]


def start_message(scene: dict[str, Any], *, dt: float, seed: int, budgets: Budgets) -> bytes:
    """What a worker needs to know before a script.

    ``scene`` holds ``gravity`` (m/s²), ``physics`` (values of `fields.PHYSICS`), ``fps``, ``steps`` (of the run, None
    where that is not known), ``objects`` (name, type, extents in metres before scale, parent or None, hidden,
    properties, body or None, what is seen, and the light's type or None), ``columns`` (names of `WIDTHS` in its order),
    ``extra_numbers`` (of objects that no step sends) and ``constraints`` (name, values).
    """
    names: Sequence[str] = scene["columns"]
    return json.dumps(
        {
            "seed": seed,
            "dt": dt,
            "budgets": asdict(budgets),
            "allowed": {
                "builtins": sorted(language.BUILTINS),
                "math": language.MATH_NAMES,
                "random": language.RANDOM_NAMES,
                "mathutils": language.MATHUTILS_NAMES,
                "typing": language.TYPING_NAMES,
            },
            "scene": {**scene, "columns": [[name, WIDTHS[name]] for name in names]},
        }
    ).encode()


def load_message(source: str, attributes: Collection[str] = (), checkpoint: Mapping[str, Any] | None = None) -> bytes:
    """Asks to check and compile a script; ``checkpoint`` is what one of the same script answered to `CHECKPOINT`."""
    asked = {"source": source, "attributes": sorted(attributes), "checkpoint": checkpoint}
    return b"L" + json.dumps(asked).encode()


def check_message(source: str, attributes: Collection[str], budgets: Budgets) -> bytes:
    """Asks whether a script may run, and what it says of itself."""
    asked = {"source": source, "attributes": sorted(attributes), "budgets": asdict(budgets)}
    return b"G" + json.dumps(asked).encode()


def tree_message(source: str) -> bytes:
    """Asks for the syntax tree of a source, see `syntax.flatten`."""
    return b"T" + json.dumps({"source": source}).encode()


def line_message(target: str, name: str, field: str) -> bytes:
    """Asks for the line that made a write in the last step."""
    return b"W" + json.dumps({"write": [target, name, field]}).encode()


def step_message(frame: int, pairs: bytes, numbers: bytes) -> bytes:
    """The state before step ``frame``: touching pairs of indices (int32) and each object's columns (float64)."""
    return struct.pack("<cII", b"S", frame, len(pairs) // 8) + pairs + numbers


CHECKPOINT = b"C"
"""Asks for everything that the next step depends on, apart from the scene's numbers."""


@dataclass(frozen=True, eq=False)
class Record:
    """An input of a function with fields that are read as attributes; ``kind`` is its name in messages."""

    kind: str
    fields: Mapping[str, Any]


RECORD = "__record__"
"""The key that marks a record among the dicts of a message; `worker/record.py` knows it too."""


def call_message(function: str, inputs: Mapping[str, Any]) -> bytes:
    """Asks to run the source and then one of its functions. Raises TypeError or ValueError for inputs beyond JSON."""
    return b"F" + input_json({"function": function, "inputs": dict(inputs)})


def input_json(value: Any) -> bytes:
    """An input, or a part of one, as messages have it. Raises TypeError or ValueError for one beyond JSON."""
    return json.dumps(value, default=_record, separators=(",", ":")).encode()


def _record(value: Any) -> dict[str, Any]:
    if not isinstance(value, Record):
        raise TypeError(f"an input holds a {type(value).__name__}; use numbers, texts, lists, dicts and records")
    return {RECORD: value.kind, **value.fields}
