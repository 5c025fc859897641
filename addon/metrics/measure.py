"""All figures of one trace."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from ..rewards import explain, judge_all, parse
from ..trace import Trace
from .energy import driven_steps, energies, momentum, total_energy
from .model import AssertionResult, Metrics
from .shape import shape_iou, volume_drift

ENERGY_TOLERANCE = 0.02
"""Share of the greatest energy that passive mechanics may seem to gain: solver and sampling errors stay below."""

MEDIAN_STEPS = 7
"""Steps of the median that energy is smoothed with before gains are looked for."""


def measure(trace: Trace, assertions: Sequence[str] = (), driven: Sequence[int] = ()) -> Metrics:
    """Measure a trace. ``driven`` are frames at which a script prescribed motion. Raises DslError."""
    drift = volume_drift(trace)
    verdicts = judge_all([parse(text, trace.meta.planar) for text in assertions], trace)
    results = [
        AssertionResult(text=text, held=verdict.held, reason=explain(verdict))
        for text, verdict in zip(assertions, verdicts, strict=True)
    ]
    energy = total_energy(trace)
    gained, allowed = _gained(trace, energy, driven)
    penetration = -min(float(trace.contacts.distance.min(initial=0.0)), 0.0)
    last = momentum(trace)[-1]
    return Metrics(
        volume_drift=_rounded(drift.max(initial=0.0)),
        volume_drift_by_body={name: _rounded(d) for name, d in zip(trace.bodies, drift, strict=True)},
        shape_iou=_rounded(np.nanmin(shape_iou(trace), initial=1.0)),
        logic_success=all(r.held for r in results) if results else None,
        assertions=results,
        energy_start=_rounded(energy[0]) if len(energy) else 0.0,
        energy_end=_rounded(energy[-1]) if len(energy) else 0.0,
        gained_energy=_rounded(gained),
        gains_energy=bool(gained > allowed),
        momentum_end=(_rounded(last[0]), _rounded(last[1]), _rounded(last[2])),
        deepest_penetration=_rounded(penetration),
        events=len(trace.events),
    )


def _gained(trace: Trace, energy: np.ndarray, driven: Sequence[int]) -> tuple[float, float]:
    """The largest rise of energy over a stretch of steps without work from outside, and what is tolerated."""
    outside = driven_steps(trace)
    for frame in driven:
        outside[max(frame - 1, 0) : frame + 1] = True
    return _rise(energy, outside), _allowed(trace, list(range(len(trace.bodies))))


def energy_gained(trace: Trace, bodies: Sequence[int]) -> tuple[float, float]:
    """The largest rise of the energy of some bodies in J, as if nothing worked on them, and what is tolerated."""
    energy = energies(trace)[:, list(bodies)].sum(axis=1)
    return _rise(energy, np.zeros(len(energy), dtype=bool)), _allowed(trace, bodies)


def _rise(energy: np.ndarray, outside: np.ndarray) -> float:
    gained, lowest = 0.0, np.inf
    # The mean velocity over a step with an impact misses kinetic energy; the median passes over such single steps.
    smooth = _median(energy)
    for value, worked in zip(smooth, outside, strict=True):
        if worked:
            lowest = np.inf
            continue
        lowest = min(lowest, value)
        gained = max(gained, value - lowest)
    return gained


def _allowed(trace: Trace, bodies: Sequence[int]) -> float:
    """The rise that solver and sampling errors may come to."""
    mass = trace.masses[list(bodies)]
    speeds = (np.linalg.norm(np.nan_to_num(stretch.velocity[:, bodies]), axis=2) for stretch in trace.stretches())
    kinetic = max(float(((speed**2) @ mass).max(initial=0.0)) for speed in speeds) / 2
    return max(ENERGY_TOLERANCE * kinetic, 1e-3)


def _median(energy: np.ndarray) -> np.ndarray:
    """The median over `MEDIAN_STEPS` around each step; the first and last values go on beyond the ends."""
    if not len(energy):
        return energy
    padded = np.pad(energy, MEDIAN_STEPS // 2, mode="edge")
    found: np.ndarray = np.median(sliding_window_view(padded, MEDIAN_STEPS), axis=1)
    return found


def _rounded(value: float) -> float:
    """Six significant digits: what single precision supports."""
    return float(f"{float(value):.6g}")
