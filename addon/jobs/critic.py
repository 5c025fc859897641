"""What a run showed, in words for whoever wrote its script: its own wishes, where things went and what they touched.

Nothing of it comes from assertions that the script's writer has not made.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..rewards import Verdict
from ..trace import Trace
from .fit import Fitted

TIMES = 6
"""How many moments of a run are told."""

THINGS, TOUCHES = 6, 10
"""At most so many moving things and touches are told."""

MOVED = 0.02
"""Metres within which a thing has stayed where it was."""


def critique(trace: Trace, verdicts: Sequence[Verdict], fitted: Fitted | None) -> str:
    """What a run came to, in lines."""
    lines = ["The run of that script did not come to what it wants:"]
    lines += [f"- {'holds' if v.held else 'does not hold'}: {v.clause} ({v.reason})" for v in verdicts]
    if fitted is not None:
        lines += [
            f"- the open number of line {n.line}, between {n.low:g} and {n.high:g}: {n.value:.4g} was best of "
            f"{fitted.runs} runs"
            for n in fitted.numbers
        ]
    return "\n".join([*lines, *_places(trace), *_touches(trace)])


def _places(trace: Trace) -> list[str]:
    """Where moving things were, from the start to the end."""
    last = len(trace.position) - 1
    frames = sorted({round(k * last / (TIMES - 1)) for k in range(TIMES)})
    span = np.ptp(np.nan_to_num(trace.position), axis=0).max(axis=1)
    movers = [j for j in np.argsort(-span, kind="stable") if span[j] > MOVED][:THINGS]
    if not movers:
        return ["Nothing moved."]
    times = ", ".join(f"{frame / trace.meta.fps:.2f}" for frame in frames)
    lines = [f"Where things were (x, y, z in m) at {times} s:"]
    for j in movers:
        told = " ".join("({:.2f}, {:.2f}, {:.2f})".format(*trace.position[frame, j]) for frame in frames)
        lines.append(f"- {trace.bodies[j]}: {told}")
    return lines


def _touches(trace: Trace) -> list[str]:
    """The first touches that began in the run."""
    found = [
        f"{e.parameters['a_id']} and {e.parameters['b_id']} at {e.time:.2f} s"
        for e in trace.events
        if e.uid == "CollisionStart" and e.frame > 0
    ]
    return [f"Touches that began: {'; '.join(found[:TOUCHES])}" if found else "Nothing began to touch."]
