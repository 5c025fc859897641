"""Bodies that leave the field of a plane."""

from __future__ import annotations

import numpy as np

from ..trace import Trace


def left_field(trace: Trace) -> tuple[str, ...]:
    """A sentence for each body of a plane whose origin leaves the field, at the first frame of it; none in space."""
    plane = trace.scene.world.plane
    if plane is None or plane.size is None:
        return ()
    place = trace.position[:, :, [0, 2]] / plane.meters_per_unit
    inside = ((place >= 0) & (place <= plane.size)).all(axis=2) | ~trace.present
    told = []
    for body in np.flatnonzero(trace.masses > 0):
        out = np.flatnonzero(~inside[:, body])
        if len(out):
            when = f"at frame {out[0]} ({out[0] / trace.meta.fps:.2f} s)" if out[0] else "from the start"
            width, height = plane.size
            told.append(f"{trace.bodies[body]} is outside of the field of {width:g} by {height:g} units {when}")
    return tuple(told)
