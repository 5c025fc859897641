"""The gaps and changes of motion at which bodies count as touching."""

from __future__ import annotations

import numpy as np

from ...scene_graph import FloatArray

TOUCH_SHARE = 0.02
"""The gap at which a contact begins, as a share of the smaller body's reach from its origin; Bullet's own contact
breaking threshold is this share of about the same length."""

TOUCH = 0.01
"""Greatest such gap in metres, but for large bodies."""

LARGE_SHARE = 0.004
"""The gap at which large bodies touch, as the same share: single precision and Bullet's search for the nearest points
leave them further apart."""

RELEASE_TIMES = 2.0
"""The gap beyond which a contact ends, in units of that at which it begins."""

SCHEME = (
    f"sampled at frames, swept between them; begins at a gap of {TOUCH_SHARE:.1%} of the smaller body's reach from its "
    f"origin, at most {TOUCH} m or {LARGE_SHARE:.1%} of it, and ends beyond {RELEASE_TIMES:g} times that, or a little "
    "more while the body is held up"
)

HELD = 0.3
"""A body is held where its acceleration differs from gravity by more than this share of it."""

HOP = 0.25
"""How far a body that is held may be off what holds it at a frame, as a share of what it falls in a step from rest,
doubled."""

ABRUPT = 1.5
"""A velocity changes abruptly where the acceleration differs from gravity by more than this many times of it."""

SCALE_NOISE = 1e-5
"""Scale factors read from single-precision matrices differ by less from frame to frame; more is a new shape."""


def touch_gaps(bound: FloatArray) -> FloatArray:
    """Gaps ``[N]`` in m at which bodies that extend ``bound`` ``[N]`` m from their origins begin to touch."""
    return np.asarray(np.minimum(TOUCH_SHARE * bound, np.maximum(TOUCH, LARGE_SHARE * bound)))
