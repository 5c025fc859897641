"""How much text a language model would read: the raw trace as JSON, and an estimate of tokens."""

from __future__ import annotations

import json
import re

import numpy as np

from ..trace import Trace

DECIMALS = 4
"""Digits after the point in the raw trace: 0.1 mm."""

_TOKEN = re.compile(r"\d{1,3}|[^\W\d_]{1,6}|[^\s\w]{1,2}|_|\n+")


def estimate_tokens(text: str) -> int:
    """About how many tokens a text costs: up to three digits, six letters or two marks each; blanks are free.

    An estimate that needs no model. Tokenisers that part numbers into single digits take more for both the raw
    trace and the text made of it, and more so for the raw trace, which is mostly digits.
    """
    return sum(1 for _ in _TOKEN.finditer(text))


def trace_json(trace: Trace) -> str:
    """The raw trace as compact JSON: frames of objects with their state, and events (the paper's Listing 6).

    Bodies that never move are told once, as in the paper; numbers have `DECIMALS` digits after the point.
    """
    moving = _moving(trace)
    arrays = {
        "position": trace.position,
        "rotation": trace.quaternion,
        "velocity": trace.velocity,
        "angular_velocity": trace.angular_velocity,
    }
    rounded = {name: np.round(array[:, moving], DECIMALS).tolist() for name, array in arrays.items()}
    names = [trace.bodies[j] for j in moving]
    frames = [
        {
            "time": round(k / trace.meta.fps, DECIMALS),
            "objects": [
                {"id": name, **{key: values[k][i] for key, values in rounded.items()}}
                for i, name in enumerate(names)
                if trace.present[k, moving[i]]
            ],
        }
        for k in range(len(trace.position))
    ]
    record = {
        "scene": trace.scene.model_dump(mode="json", exclude_defaults=True),
        "frames": frames,
        "events": [event.model_dump(mode="json") for event in trace.events],
    }
    return json.dumps(record, separators=(",", ":"))


def _moving(trace: Trace) -> list[int]:
    """Columns of the bodies that are not at one place and rotation throughout."""
    if not len(trace.position):
        return []
    shifted = np.abs(trace.position - trace.position[0]).max(axis=(0, 2), initial=0.0)
    turned = np.abs(trace.quaternion - trace.quaternion[0]).max(axis=(0, 2), initial=0.0)
    return [int(j) for j in np.flatnonzero(~((shifted < 1e-6) & (turned < 1e-6)))]
