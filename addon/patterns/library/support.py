"""What stands on what: support, stacks, loss of support, wedging, tipping over."""

from __future__ import annotations

import numpy as np

from ...geometry.poses import rotation_matrix
from ...scene_graph import FloatArray
from ..findings import finding
from ..model import Activation, Finding, Pattern, a_body, a_number
from ..observation import REST, Mask, Observation
from ..spells import couples, runs, spells
from ..touches import SAME_PLACE, UPWARD

SUPPORT_TIME = 0.5
"""Shortest support, in time scales; a bounce is no support."""

STACK_TIME = 1.0
"""How long a stack stands at least, in time scales."""

SETTLING = 1.0
"""Stacks that stand this early in the run, in time scales, were there before."""

DROP_WITHIN = 1.0
"""How soon a body that lost its support has sunk, in time scales."""

DROP = 0.1
"""How far it sinks at least, in length scales."""

FALLING = 0.5
"""Least share of that time for which it falls freely if it still touches what carried it."""

HANDOFF = 0.25
"""Longest time between the end of the contact of one support and the start of the next, in time scales."""

BOTH = 0.5
"""Longest time for which both, or neither, carry from below a body that passes from one to the other, in time scales.
"""

RETURN = 1.0
"""A body that is back on the same support within this many time scales has not left it."""

LEVEL = 0.8
"""Greatest upward part of the line along which two press on a wedged body: more is from below and from on top."""

OPPOSED = -0.5
"""Greatest cosine between normals that oppose each other."""

WEDGE_TIME = 1.0
"""Shortest wedging, in time scales."""

WEDGE_DRIFT = 0.05
"""Greatest way of a wedged body, in length scales."""

STEADY = 0.5
"""A body that rests upright so long after a hit was not tipped over by it, in time scales."""

TIP_START, TIP_ANGLE = np.radians(5), np.radians(30)
"""Tilt at which tipping begins, and least tilt of a body that tipped over."""


TIP_SINK = 0.05
"""How far the middle of a body that tips over sinks at least, in halves of its greatest extent."""


def support(o: Observation) -> list[Finding]:
    """Contacts that carry a body from below, for a while. What hangs from a joint is carried by that, and what falls
    itself carries nothing."""
    c = o.contacts
    if not o.gravity.any():
        return []
    rise = c.normal @ o.up
    row = np.flatnonzero(np.abs(rise) > UPWARD)
    upper = np.where(rise[row] > 0, c.b[row], c.a[row])
    carried = o.dynamic[upper] & ~o.hung[c.frame[row], upper]
    lower = c.a[row] + c.b[row] - upper
    carried &= ~(o.dynamic[lower] & (o.partners[c.frame[row], lower] < 2) & o.falling[c.frame[row], lower])
    row, upper, lower = row[carried], upper[carried], lower[carried]
    key = (c.a[row] * len(o.bodies) + c.b[row]) * 2 + (upper == c.b[row])
    first, last = spells(key, c.frame[row], gap=2)
    found = []
    for i, k in zip(first, last, strict=True):
        start, end = c.frame[row[i]], c.frame[row[k]]
        if end - start + 1 >= o.steps(SUPPORT_TIME):
            name, below = o.bodies[upper[i]], o.bodies[lower[i]]
            found.append(finding(start, f"{name} is on {below}.", end=end, object=name, support=below))
    return found


def stack_formed(o: Observation) -> list[Finding]:
    """A body comes to rest on another that physics can move."""
    found = []
    for s in o.activations("Support"):
        upper, lower = _pair(o, s)
        if not o.dynamic[lower]:
            continue
        still = o.resting[s.frame : _end(s) + 1, [upper, lower]].all(axis=1)
        _, start, end = runs(still[:, None])
        long = np.flatnonzero(end - start + 1 >= o.steps(STACK_TIME))
        if len(long) and s.frame + start[long[0]] > o.steps(SETTLING):
            name, below = s.parameters["object"], s.parameters["support"]
            first, last = s.frame + start[long[0]], s.frame + end[long[0]]
            found.append(finding(first, f"{name} comes to rest on {below}.", end=last, object=name, support=below))
    return found


def _pair(o: Observation, activation: Activation) -> tuple[int, int]:
    """The columns of a supported body and its support."""
    return o.trace.index(activation.parameters["object"]), o.trace.index(activation.parameters["support"])


def _end(activation: Activation) -> int:
    return activation.frame if activation.end is None else activation.end


def lose_support(o: Observation) -> list[Finding]:
    """A support ends, the body leaves it, no other carries it at once, and it sinks."""
    supports, within, at_once = o.activations("Support"), o.steps(DROP_WITHIN), o.steps(HANDOFF)
    carried = _carried(o, supports)
    found = []
    for s in supports:
        body, last = _pair(o, s)[0], _end(s)
        after = slice(last + 1, last + 2 + within)
        if last == o.frames - 1 or carried[after, body][:at_once].any() or not o.present[after, body].all():
            continue
        if _still_carries(o, s, last + within):
            continue
        drop = float(o.height[last, body] - o.height[after, body].min())
        if drop > DROP * o.scales.length:
            name, below = s.parameters["object"], s.parameters["support"]
            text = f"{name} is no longer carried by {below} and falls."
            found.append(finding(last + 1, text, object=name, support=below, drop=drop))
    return found


def _still_carries(o: Observation, s: Activation, frame: int) -> bool:
    """Whether what a support was goes on until a frame, if not from below: the two touch, and the body does not fall
    along the other, as beside one that falls itself."""
    t, (body, other), last = o.touches, _pair(o, s), _end(s)
    held = t.between(body, other)
    touches = (t.start[held] <= last + o.steps(HANDOFF)) & (t.end[held] >= frame)
    return bool(touches.any()) and bool(o.falling[last + 1 : frame + 1, body].mean() < FALLING)


def _carried(o: Observation, supports: tuple[Activation, ...]) -> Mask:
    """``[F, B]``: some support carries the body."""
    carried = np.zeros((o.frames, len(o.bodies)), dtype=np.bool_)
    for s in supports:
        carried[s.frame : _end(s) + 1, _pair(o, s)[0]] = True
    return carried


def support_handoff(o: Observation) -> list[Finding]:
    """A support ends for good while, or shortly before, another begins. What leaves several bodies at once for another
    leaves the one that carried it longest."""
    by_body: dict[str, list[Activation]] = {}
    for s in o.activations("Support"):
        by_body.setdefault(s.parameters["object"], []).append(s)
    found = []
    for name, supports in by_body.items():
        for old, new in _changes(o, supports):
            source, target = old.parameters["support"], new.parameters["support"]
            text = f"{name} passes from {source} to {target}, which carries it now."
            found.append(finding(_end(old), text, object=name, source=source, target=target))
    return found


def _changes(o: Observation, supports: list[Activation]) -> list[tuple[Activation, Activation]]:
    """From which support a body passes to which; supports are in order of their starts."""
    both, soon = o.steps(BOTH), o.steps(RETURN)
    best: dict[int, tuple[Activation, Activation]] = {}
    for old in supports:
        last, below = _end(old), old.parameters["support"]
        later = [s for s in supports if s.frame > old.frame and _end(s) > last and s.frame <= last + both]
        others = [s for s in later if s.parameters["support"] != below]
        back = any(s.parameters["support"] == below and s.frame - last <= soon for s in supports if s.frame > last)
        near = [s for s in others if s.frame <= _parts(o, old) + o.steps(HANDOFF) and _both(o, old, s) <= both]
        if last == o.frames - 1 or back or not near:
            continue
        new = max(near, key=_end)
        known = best.get(id(new))
        if known is None or old.frame < known[0].frame:
            best[id(new)] = old, new
    return list(best.values())


def _parts(o: Observation, s: Activation) -> int:
    """The last frame of the touch that a support ends with: a body that rolls over an edge still touches that when it
    is hardly from below any more."""
    t, last = o.touches, _end(s)
    held = t.between(*_pair(o, s))
    return int(t.end[held][(t.start[held] <= last) & (t.end[held] >= last)].max(initial=last))


def _both(o: Observation, old: Activation, new: Activation) -> int:
    """For how many frames more than one both carry a body at different places: what rolls over the edge where both
    meet does not stand on two."""
    first, last = new.frame + 1, _end(old)
    if last < first:
        return 0
    points = [_points(o, s, first, last) for s in (old, new)]
    apart = np.linalg.norm(points[0] - points[1], axis=1)
    return int((apart >= SAME_PLACE * o.scales.length).sum())


def _points(o: Observation, s: Activation, first: int, last: int) -> FloatArray:
    """Where a support touches the body in each frame from one to another, ``[last - first + 1, 3]`` in m; NaN where it
    does not."""
    c, (body, other) = o.contacts, _pair(o, s)
    found = np.full((last - first + 1, 3), np.nan)
    rows = (c.a == min(body, other)) & (c.b == max(body, other)) & (c.frame >= first) & (c.frame <= last)
    found[c.frame[rows] - first] = c.point[rows]
    return found


def wedged(o: Observation) -> list[Finding]:
    """A body rests between two that press on it from opposite sides, other than from above and below."""
    c = o.contacts
    body = np.concatenate([c.a, c.b])
    other, frame = np.concatenate([c.b, c.a]), np.concatenate([c.frame, c.frame])
    normal = np.concatenate([-c.normal, c.normal])
    chosen = o.dynamic[body] & o.resting[frame, body] & (np.abs(normal @ o.up) < np.sqrt(1 - UPWARD**2))
    body, other, frame, normal = body[chosen], other[chosen], frame[chosen], normal[chosen]
    order = np.lexsort((other, frame, body))
    body, other, frame, normal = body[order], other[order], frame[order], normal[order]
    i, k = couples(body, frame)
    opposed = np.einsum("ni,ni->n", normal[i], normal[k]) < OPPOSED
    line = normal[i] - normal[k]
    opposed &= np.abs(line @ o.up) < LEVEL * np.linalg.norm(line, axis=1)
    i, k = i[opposed], k[opposed]
    rows = np.stack([body[i], other[i], other[k], frame[i]])
    rows = rows[:, np.lexsort((rows[3], rows[2], rows[1], rows[0]))]
    key = (rows[0] * len(o.bodies) + rows[1]) * len(o.bodies) + rows[2]
    first, last = spells(key, rows[3], gap=2)
    found = []
    for i, k in zip(first, last, strict=True):
        start, end, held = rows[3, i], rows[3, k], rows[0, i]
        drift = np.ptp(o.position[start : end + 1, held], axis=0).max()
        if end - start + 1 >= o.steps(WEDGE_TIME) and drift <= WEDGE_DRIFT * o.scales.length:
            name, one, two = o.bodies[held], o.bodies[rows[1, i]], o.bodies[rows[2, i]]
            text = f"{name} is wedged between {one} and {two}."
            found.append(finding(start, text, end=end, object=name, other=one, opposite=two))
    return found


def tip_over(o: Observation) -> list[Finding]:
    """A body that stood still leans after a hit until it lies, and its centre sinks."""
    t = o.touches
    found = []
    for body in np.flatnonzero(o.dynamic & (np.ptp(o.extents, axis=1) > 1e-6)):
        done = 0
        for touch in t.of(int(body)):
            start, by = int(t.start[touch]), t.partner(int(touch), int(body))
            hit = t.speed[touch] > REST * o.scales.speed and not o.resting[start - 1, by]
            if start <= done or not hit or o.moving[start - 1, body]:
                continue
            fall = _fall(o, int(body), start - 1, int(t.end[touch]))
            if fall is not None:
                begin, done, angle = fall
                name, pusher = o.bodies[body], o.bodies[by]
                text = f"{name} tips over after {pusher} hit it."
                found.append(finding(begin, text, end=done, object=name, by=pusher, angle=np.degrees(angle)))
    return found


def _fall(o: Observation, body: int, stood: int, pushed: int) -> tuple[int, int, float] | None:
    """From when to when a body that stood in a frame leans until its middle sinks no more, and how far in rad; None if
    it does not, is upright again then, or comes to rest upright before while nothing pushes it, as something does until
    a frame."""
    tilt = _tilt(o, body, stood, o.frames - 1)
    turn = rotation_matrix(o.quaternion[stood:, body])
    height = o.height[stood:, body] + turn @ o.middle[body] @ o.up
    sunk = height[0] - height
    over = np.flatnonzero((tilt > TIP_ANGLE) & (sunk > TIP_SINK * o.radius[body]))
    if not len(over) or o.hung[stood, body]:
        return None
    upright = tilt[: over[0]] < TIP_START
    begin, sinks = int(np.flatnonzero(upright)[-1]) + 1, np.diff(sunk[over[0] :]) > 0
    _, first, last = runs((upright & o.resting[stood : stood + over[0], body])[1:, None])
    if pushed < stood + begin and (last - first + 1 >= o.steps(STEADY)).any():
        return None
    end = int(over[0]) + int(np.argmin(np.append(sinks, False)))
    if tilt[end] < TIP_ANGLE:
        return None
    return stood + begin, stood + end, float(tilt[begin : end + 1].max())


def _tilt(o: Observation, body: int, start: int, stop: int) -> FloatArray:
    """Angles in rad by which what was up in a body at ``start`` leans in each frame until ``stop``."""
    turn = rotation_matrix(o.quaternion[start : stop + 1, body])
    was_up = turn[0].T @ o.up
    return np.asarray(np.arccos(np.clip(np.nan_to_num(turn @ was_up @ o.up, nan=1.0), -1.0, 1.0)))


PATTERNS = (
    Pattern(
        uid="Support",
        label="support relationship",
        description="A body is carried by another for a while: the contact's normal points up to within 60 degrees.",
        phrase="{object} comes to be carried by {support}",
        parameters={"object": a_body("the carried body"), "support": a_body("the body below")},
        find=support,
    ),
    Pattern(
        uid="StackFormed",
        label="stack formed",
        description="A body comes to rest on another one that could move, and stays there.",
        phrase="{object} comes to rest on top of {support}",
        parameters={"object": a_body("the upper body"), "support": a_body("the lower body")},
        find=stack_formed,
        requires=("Support",),
    ),
    Pattern(
        uid="LoseSupport",
        label="lose support",
        description="A body that was carried by another is carried by nothing any more and sinks.",
        phrase="{object} loses the support of {support} and sinks",
        parameters={
            "object": a_body("the body that falls"),
            "support": a_body("what carried it"),
            "drop": a_number("how far it sinks shortly after, m"),
        },
        find=lose_support,
        requires=("Support",),
    ),
    Pattern(
        uid="SupportHandoff",
        label="support handoff beneath object",
        description="A body passes from the body that carries it to another without falling between.",
        phrase="{object} passes from being carried by {source} to being carried by {target}",
        parameters={
            "object": a_body("the carried body"),
            "source": a_body("what carried it"),
            "target": a_body("what carries it now"),
        },
        find=support_handoff,
        requires=("Support",),
    ),
    Pattern(
        uid="Wedged",
        label="wedged between two bodies",
        description="A body stays still between two others that touch it on opposite sides, not from above and below.",
        phrase="{object} gets stuck between {other} and {opposite}",
        parameters={
            "object": a_body("the wedged body"),
            "other": a_body("the body on one side"),
            "opposite": a_body("the body on the other"),
        },
        find=wedged,
        symmetric=("other", "opposite"),
    ),
    Pattern(
        uid="TipOver",
        label="tip over",
        description="A body that stood still is hit and leans by 30 degrees or more while its centre sinks.",
        phrase="{object} is hit by {by} and tips over",
        parameters={
            "object": a_body("the body that tips"),
            "by": a_body("what hit it"),
            "angle": a_number("how far it leans, degrees"),
        },
        find=tip_over,
    ),
)
