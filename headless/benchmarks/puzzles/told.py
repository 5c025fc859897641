"""What was seen in a run of a puzzle, in words short enough to think about."""

from __future__ import annotations

import re

from addon.patterns.annotation import annotate
from addon.patterns.moments import EVENTS, salient
from addon.trace import Trace

_LENGTH = re.compile(r"(-?\d[\d.]*(?:e[+-]?\d+)?) m(/s)?(?![\w²³])")


def what_happened(trace: Trace, most: int = EVENTS) -> str:
    """The moments of a run that matter most, a line each in order of time, which goes from 0 to 1.

    Objects have the names by which the scene is told (`scene_text`).
    """
    found = annotate(trace).model_copy(update={"spoken": {}})
    last = max(trace.meta.steps, 1)
    plane = trace.scene.world.plane
    unit = 1.0 if plane is None else plane.meters_per_unit
    lines = [f"- {m.frame / last:.2f} {in_units(m.text, unit)}" for m in salient(found, most)]
    return "\n".join(lines) or "- nothing happened"


def in_units(text: str, unit: float) -> str:
    """A sentence with its lengths and speeds in units of so many metres."""
    return _LENGTH.sub(lambda found: f"{float(found[1]) / unit:.3g} units{found[2] or ''}", text)
