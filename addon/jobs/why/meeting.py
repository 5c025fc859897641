"""Why two bodies did not touch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...geometry.contacts.shapes import collision_mask, excluded_pairs, parent_pairs
from ...geometry.separation import ConvexShape, Placed, nearest_way
from ...rules.conditions.near import Near
from ...rules.conditions.touch import Touch
from ...rules.model import Rule
from ...rules.reference import Ref
from ...scene_graph import FloatArray, world_bounds
from .ahead import longer, much_longer, outlook
from .case import Case
from .cause import Cause
from .mends import Joint, Mend, colliding, moved
from .still import why_still

SAMPLES = 240
CLEAR = 0.02
"""Metres of a gap that are more than margins and rounding."""

AT_ONCE = 2
"""Frames within which two things happen at one time."""

SIDES = (("to the left of", "to the right of"), ("in front of", "behind"), ("below", "above"))


@dataclass(frozen=True)
class Gap:
    """How two bodies were apart: ``gaps`` ``[K]`` in m at some ``frames`` ``[K]``; ``way`` ``[3]`` is that from
    the first to the second where they were nearest."""

    frames: np.ndarray
    gaps: FloatArray
    way: FloatArray

    @property
    def frame(self) -> int:
        """The frame at which they were nearest."""
        return int(self.frames[np.argmin(self.gaps)])

    @property
    def least(self) -> float:
        """How near they came, in m."""
        return float(self.gaps.min())


def gap_of(case: Case, a: str, b: str) -> Gap | None:
    """How two bodies were apart; None if that is not recorded."""
    if not case.has(a, b):
        return None
    frames = np.unique(np.linspace(0, case.last, SAMPLES).round().astype(int))
    frames = np.union1d(frames, np.clip(_near(case, a, b, frames), 0, case.last))
    gaps, ways = nearest_way(_placed(case, a, frames), _placed(case, b, frames))
    return Gap(frames, gaps, ways[int(np.argmin(gaps))])


def _near(case: Case, a: str, b: str, frames: np.ndarray) -> np.ndarray:
    """The frames around that at which the centres were nearest."""
    nearest = int(np.argmin(np.linalg.norm(case.place(a) - case.place(b), axis=1)))
    step = max(1, case.last // SAMPLES)
    return np.arange(nearest - step, nearest + step + 1)


def _placed(case: Case, name: str, frames: np.ndarray) -> Placed:
    column = case.trace.index(name)
    which = np.zeros(len(frames), dtype=np.int64)
    shape = ConvexShape.of(case.objects[name])
    return Placed([shape], which, case.trace.position[frames, column], case.trace.quaternion[frames, column])


def why_apart(case: Case, number: int, rule: Rule, touch: Touch) -> list[Cause]:
    """Why two bodies did not touch in the run, for a rule that waits for it."""
    if len(touch.a.names) != 1 or len(touch.b.names) != 1:
        return []
    a, b = touch.a.name, touch.b.name
    gap = gap_of(case, a, b)
    if gap is None or case.touching(a, b).any():
        return []
    if not case.moved(a) and not case.moved(b):
        return _both_still(case, a, b)
    if gap.least <= 0:
        through = _through(case, a, b, gap)
        return [through] if through is not None else []
    return [_not_yet(case, a, b, gap) if gap.frame >= case.last else _missed(case, number, rule, touch, gap)]


def _both_still(case: Case, a: str, b: str) -> list[Cause]:
    """Why neither moved: that of the one that is meant to move, the first where that is both or neither."""
    is_meant = [body is not None and body.type == "ACTIVE" for body in (case.objects[a].body, case.objects[b].body)]
    mover, other = (b, a) if is_meant == [False, True] else (a, b)
    cause = why_still(case, mover, f", so it did not touch {other}")
    return [] if cause is None else [cause]


def _through(case: Case, a: str, b: str, gap: Gap) -> Cause | None:
    """Why two that were in one place did not touch."""
    pair = (min(a, b), max(a, b))
    moment = case.at(gap.frame)
    mends: tuple[Mend, ...] = ()
    if not collision_mask(case.objects[a]) & collision_mask(case.objects[b]):
        why = "they have no collision collection in common"
        mends = (colliding(case.objects[b], case.objects[a]),)
    elif pair in excluded_pairs(case.graph):
        joint = next(j for j in case.graph.constraints if {j.object1, j.object2} == {a, b} and j.disable_collisions)
        why = f"the joint {joint.name} lets the two that it joins pass through each other"
        mends = (
            Joint(words=f"let {joint.name}'s ends collide", name=joint.name, settings={"disable_collisions": False}),
        )
    elif pair in parent_pairs(case.graph):
        why = "one is the other's parent, so that they move as one"
    else:
        return None
    return Cause(
        kind="through",
        text=f"{a} and {b} were in one place {moment} and did not touch: {why}.",
        frame=gap.frame,
        objects=(a, b),
        mends=mends,
    )


def _not_yet(case: Case, a: str, b: str, gap: Gap) -> Cause:
    """That the run ended while they came nearer, and what would have come of it."""
    ahead = outlook(case, a, b)
    lead = f"{a} never touched {b}: it was {gap.least:.2f} m from it {case.at(case.last)}, at the end of the run"
    objects = (a, b)
    if ahead.frames is not None:
        seconds = ahead.frames / case.fps
        text = f"{lead}, and coming nearer. As it was going they touch about {seconds:.1f} s later."
        return Cause(kind="short", text=text, frame=case.last, objects=objects, mends=(longer(case, ahead.frames),))
    if ahead.blocker is not None:
        text = f"{lead}, and {ahead.blocker} was in the way."
    elif ahead.least is not None:
        text = f"{lead}. A longer run may not do: as it was going it comes within {ahead.least:.2f} m."
    else:
        text = f"{lead}, and coming nearer. What becomes of it then the run does not tell."
        return Cause(kind="open", text=text, frame=case.last, objects=objects, mends=(much_longer(case),))
    return Cause(kind="missed", text=text, frame=case.last, objects=objects)


def _missed(case: Case, number: int, rule: Rule, touch: Touch, gap: Gap) -> Cause:
    """That they did not come near enough, and on which side one passed the other."""
    a, b = touch.a.name, touch.b.name
    mover, target = (a, b) if case.moved(a) else (b, a)
    towards = gap.way if mover == a else -gap.way
    axis = int(np.argmax(np.abs(towards)))
    side = SIDES[axis][int(towards[axis] < 0)]
    before, after = gap.gaps[gap.frames < gap.frame], gap.gaps[gap.frames > gap.frame]
    came = len(before) and before.max() > gap.least + CLEAR
    passed = came and len(after) and after.max() > gap.least + CLEAR
    how = "passed" if passed else "came to" if came else "began"
    text = f"{mover} never touched {target}: it {how} {gap.least:.2f} m {side} it {case.at(gap.frame)}"
    stopper = _hit(case, mover, gap.frame) if came and not passed else None
    text += "." if passed else f", where it hit {stopper}." if stopper else " and came no nearer."
    objects = (mover, target, stopper) if stopper else (mover, target)
    mends: list[Mend] = [m for m in (_nearby(case, number, rule, touch),) if m is not None]
    if came and stopper is None:
        by = [0.0, 0.0, 0.0]
        by[axis] = round(float(-np.sign(towards[axis]) * (gap.least / abs(towards[axis]) + CLEAR)), 3)
        move = moved(target, (by[0], by[1], by[2]))
        mends += [move] if _can_be_put(case, target, move.by) else []
    return Cause(kind="missed", text=text, frame=gap.frame, objects=objects, mends=tuple(mends))


def _hit(case: Case, name: str, frame: int) -> str | None:
    """What a body met at about a frame."""
    for pair, runs in case.touches.items():
        if name in pair and any(first > 0 and abs(first - frame) <= AT_ONCE for first, _ in runs):
            return next(iter(pair - {name}))
    return None


def _can_be_put(case: Case, name: str, by: tuple[float, float, float]) -> bool:
    """Whether a thing stays where it is put, and is in nothing there that it was not in before."""
    obj = case.objects[name]
    if obj.dynamic_mass > 0 or case.moved(name) or case.acting_on(name):
        return False
    low, high = world_bounds(obj)
    for other in case.objects.values():
        if other.name == name or other.geometry is None:
            continue
        bounds = world_bounds(other)
        now, then = (_depth(low + d, high + d, *bounds) for d in (np.zeros(3), np.asarray(by)))
        if then > max(now, 0.0) + CLEAR / 2:
            return False
    return True


def _depth(low: FloatArray, high: FloatArray, other_low: FloatArray, other_high: FloatArray) -> float:
    """How far two boxes are in each other, in m; negative for how far apart they are."""
    return float(np.min(np.minimum(high, other_high) - np.maximum(low, other_low)))


def _nearby(case: Case, number: int, rule: Rule, touch: Touch) -> Mend | None:
    """That being as near as they came is enough, by their centres, unless they are so from the start."""
    one = next((one for one in case.understood if one.number == number), None)
    if one is None or rule.when.mode == "while":
        return None
    a, b = touch.a.name, touch.b.name
    centres = np.linalg.norm(case.place(a) - case.place(b), axis=1)
    least = float(centres.min())
    limit = float(f"{least * 1.02 + 0.005:.2g}")
    if limit < least:
        limit = float(f"{least * 1.06 + 0.005:.2g}")
    if limit < least or centres[0] <= limit:
        return None
    near = Near(thing=touch.a, other=Ref(names=(b,)), op="at_most", value=limit, begins=True)
    return case.instead(one, rule, touch, near)
