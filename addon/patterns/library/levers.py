"""Bodies that move against each other across a third: levers."""

from __future__ import annotations

import numpy as np

from ..findings import finding
from ..model import Finding, Pattern, a_body
from ..observation import MOVING, Observation
from ..spells import couples, spells

OPPOSITE = -0.7
"""Greatest cosine between the velocities of bodies that move in opposite directions."""

LEVER_TIME = 0.25
"""Shortest opposing motion, in time scales."""


def opposing_motion(o: Observation) -> list[Finding]:
    """Two bodies on a turning third move in opposite directions at the same time."""
    c = o.contacts
    lever = np.concatenate([c.a, c.b])
    rider, frame = np.concatenate([c.b, c.a]), np.concatenate([c.frame, c.frame])
    fast = MOVING / 2 * o.scales.speed
    turning = o.movable[lever] & (o.spin[frame, lever] * o.radius[lever] > fast)
    chosen = np.flatnonzero(turning & (o.speed[frame, rider] > fast))
    order = chosen[np.lexsort((rider[chosen], frame[chosen], lever[chosen]))]
    lever, rider, frame = lever[order], rider[order], frame[order]
    velocity = o.velocity[frame, rider] / np.maximum(o.speed[frame, rider], 1e-12)[:, None]
    i, k = couples(lever, frame)
    against = np.einsum("ni,ni->n", velocity[i], velocity[k]) < OPPOSITE
    i, k = i[against], k[against]
    table = np.stack([lever[i], rider[i], rider[k], frame[i]])
    table = table[:, np.lexsort((table[3], table[2], table[1], table[0]))]
    first, last = spells((table[0] * len(o.bodies) + table[1]) * len(o.bodies) + table[2], table[3], gap=1)
    found = []
    for i, k in zip(first, last, strict=True):
        start, end = table[3, i], table[3, k]
        if end - start + 1 >= o.steps(LEVER_TIME):
            name, other, on = (o.bodies[j] for j in (table[1, i], table[2, i], table[0, i]))
            text = f"{name} and {other} move in opposite directions on {on}, as on a lever."
            found.append(finding(start, text, end=end, object=name, other=other, lever=on))
    return found


PATTERNS = (
    Pattern(
        uid="OpposingMotion",
        label="opposing motion (lever)",
        description="Two bodies that touch a turning one move in opposite directions at the same time.",
        phrase="{object} and {other} are moved in opposite directions by {lever}, as by a lever",
        aliases=("lever launch",),
        parameters={
            "object": a_body("a body"),
            "other": a_body("the body that moves against it"),
            "lever": a_body("the turning body"),
        },
        find=opposing_motion,
        symmetric=("object", "other"),
    ),
)
