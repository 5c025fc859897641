"""Findings with plain values."""

from __future__ import annotations

from typing import Any

import numpy as np

from .model import Finding

NOISE = 1e-9
"""Numbers nearer to 0 are 0."""


def finding(frame: int, description: str, end: int | None = None, **parameters: Any) -> Finding:
    """A finding from ``frame`` to ``end``; numbers of its parameters are rounded to four digits."""
    found: Finding = {
        "time": int(frame),
        "description": description,
        "parameters": {name: plain(value) for name, value in parameters.items()},
    }
    if end is not None:
        found["end"] = int(end)
    return found


def plain(value: Any) -> Any:
    """A value as JSON has it; real numbers are rounded to four digits."""
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        number = float(f"{value:.4g}")
        return number if abs(number) > NOISE else 0.0
    if isinstance(value, list | tuple | np.ndarray):
        return [plain(item) for item in value]
    return value
