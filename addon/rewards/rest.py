"""When bodies come to rest, of which no event tells."""

from __future__ import annotations

from ..patterns.observation import Observation
from ..patterns.spells import runs
from ..patterns.stillness import still

REST_TIME = 1.0
"""Shortest rest, in time scales sqrt(L / g) of the scene."""


def came_to_rest(o: Observation) -> list[tuple[int, str]]:
    """The first frame of each rest that follows a motion, and whose it is, in order of frames.

    Rest is that of `still`, motion that of `Observation.moving`; what stands still at the top of its flight does so for
    less than `REST_TIME`.
    """
    column, first, last = runs(still(o))
    found, since = [], dict.fromkeys(range(len(o.bodies)), 0)
    for j, start, end in zip(column.tolist(), first.tolist(), last.tolist(), strict=True):
        if end - start + 1 >= o.steps(REST_TIME):
            if o.moving[since[j] : start, j].any():
                found.append((start, o.bodies[j]))
            since[j] = end
    return sorted(found)
