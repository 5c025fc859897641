"""What the families of conditions share: names as code, and how near a run came."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from ...scene_graph import FloatArray
from ..reference import Ref
from ..units import told
from ..words import BODILESS

if TYPE_CHECKING:
    from ...trace import Trace
    from ..vocabulary import Vocabulary


def name_code(ref: Ref) -> str:
    """The Python literal of a thing's name."""
    return json.dumps(ref.name, ensure_ascii=False)


def pose_problem(scene: Vocabulary, ref: Ref, what: str) -> str | None:
    """Why something of a thing's pose cannot be told."""
    for name in ref.names:
        if name in scene.others:
            return f"rules cannot see where {name} ({scene.others[name]}) is, so {what} cannot be waited for"
        if name not in scene.objects:
            return f"{name} is a joint, so {what} cannot be waited for"
    return None


def body_problem(scene: Vocabulary, *refs: Ref) -> str | None:
    """Why things cannot touch."""
    for name in (name for ref in refs for name in ref.names):
        obj = scene.objects.get(name)
        if obj is None or obj.body is None:
            return f"{name} {BODILESS}, so nothing can touch it"
    return None


def nearest_of(trace: Trace, ref: Ref, values: Callable[[int], FloatArray], limit: float, said: str, unit: str) -> str:
    """``Ball's height was nearest at 1.21 m (frame 30)`` of the first thing that the run holds."""
    name = next((n for n in ref.names if n in trace.bodies), None)
    if name is None:
        return ""
    found = np.asarray(values(trace.index(name)))
    if not np.isfinite(found).any():
        return ""
    frame = int(np.nanargmin(np.abs(found - limit)))
    return f"{name}'s {said} {told(round(float(found[frame]), 3))} {unit} (frame {frame})"
