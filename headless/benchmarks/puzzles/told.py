"""What was seen in a run of a puzzle, in words short enough to think about."""

from __future__ import annotations

from collections.abc import Collection

from addon.patterns.annotation import annotate
from addon.patterns.moments import EVENTS, salient
from addon.trace import Trace


def what_happened(trace: Trace, most: int = EVENTS, hidden: Collection[str] = ()) -> str:
    """The moments of a run that matter most, a line each in order of time, which goes from 0 to 1.

    Objects have the names by which the scene is told (`scene_text`). What the patterns of ``hidden`` found is left out.
    """
    found = annotate(trace).without(hidden).model_copy(update={"spoken": {}})
    last = max(trace.meta.steps, 1)
    return "\n".join(f"- {m.frame / last:.2f} {m.text}" for m in salient(found, most)) or "- nothing happened"
