"""The settle run: what a layout puts up stands alone for a while, before anything happens in it.

After the published evaluations of scenes that let a layout run in a simulator: what is supported stays where it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..engine.protocol import EngineError
from ..scene_graph import FloatArray, SceneGraph, World
from ..worlds.critic import HAIR, STILL
from ..worlds.layout import SAMPLES, Standing, foot_points, surface
from ..worlds.places import RELATIONS, Placed
from ..worlds.staging import FPS, SOLVING, Staged, substeps
from ..worlds.verdict import Check
from .scenes import graph_scene

STEPS = 300
"""Steps of a settle run, at `FPS` a second."""

EVERY = 10
"""Steps between two looks at where things are."""

LEVEL = 0.01
"""Rise over run of what does not slope."""

CALM = 1e-5
"""In m: once all things have moved less than this between two looks, and again, nothing more will."""


def settle(staged: Staged) -> list[Check]:
    """The checks of a settle run: one for each thing that physics moves and that something bears. None where there is
    no such thing. Raises EngineError."""
    names = standing(staged)
    if not names:
        return []
    try:
        moved = _moved(alone(staged), names)
    except EngineError as error:
        return [Check("settle", "", False, f"the layout cannot be run: {error}", True, "layout")]
    return [_check(staged.layout.placed[name], far) for name, far in zip(names, moved.tolist(), strict=True)]


def standing(staged: Staged) -> list[str]:
    """The things that are to stay where they are put: those that physics moves and that something bears. What hangs
    from a joint, starts in the air, acts and starts on a slope, or is borne by such a thing, is not one."""
    hung = {end for joint in staged.graph.constraints for end in (joint.object1, joint.object2)}
    placed = staged.layout.placed
    acting = {name for h in staged.manifest.happenings for name in staged.manifest.subject(h.who).names}
    out = hung | {s.thing.name for s in staged.standings if s.aloft}
    out |= {s.thing.name for s in staged.standings if s.thing.name in acting and not _is_level(staged, s)}
    while True:
        borne = {s.thing.name for s in staged.standings if out & set(_bearers(s))}
        if borne <= out:
            return [name for name, one in placed.items() if one.thing.moves == "rigid" and name not in out]
        out |= borne


def _bearers(standing: Standing) -> tuple[str, ...]:
    return next((place.of for place in standing.places if RELATIONS[place.relation].borne), ())


def _is_level(staged: Staged, standing: Standing) -> bool:
    """Whether what is beneath a thing's foot does not slope, so that nothing rolls or slips off by itself."""
    placed = staged.layout.placed[standing.thing.name]
    foot, low = foot_points(placed.thing, placed.pose), float(placed.box.low[2])
    bearers = [staged.layout.placed[name] for name in _bearers(standing)] or [staged.layout.ground]
    heights = np.array([surface(one, foot, low + HAIR) for one in bearers]).max(axis=0)
    heights[heights < low - float(placed.thing.size[2])] = np.nan
    grid = heights.reshape(SAMPLES, SAMPLES)
    spots = foot.reshape(SAMPLES, SAMPLES, 2)
    return all(_slope(grid, spots, axis) <= LEVEL for axis in (0, 1))


def _slope(heights: FloatArray, spots: FloatArray, axis: int) -> float:
    """How steep a place mostly is between neighbouring spots along an axis of their grid; gaps and ledges are not
    slopes."""
    rise, run = np.abs(np.diff(heights, axis=axis)), np.linalg.norm(np.diff(spots, axis=axis), axis=2)
    steep = (rise / np.maximum(run, 1e-9))[np.isfinite(rise)]
    return float(np.median(steep)) if len(steep) else 0.0


def alone(staged: Staged) -> SceneGraph:
    """The scene of what is laid out alone: no wind, nothing that happens, and without what is not to stay."""
    kept = set(standing(staged))
    layout = staged.layout
    things = [layout.ground, *(p for n, p in layout.placed.items() if n in kept or p.thing.moves == "fixed")]
    objects = [obj.model_copy(update={"elements": ()}) for one in things for obj in one.thing.objects(one.pose)]
    world = World(fps=FPS, substeps=substeps(FPS), solver_iterations=SOLVING)
    return SceneGraph(name="Settle", world=world, objects=tuple(objects))


def _moved(graph: SceneGraph, names: Sequence[str]) -> FloatArray:
    """How far in m each of some bodies is at most from where it started, ``[N]``."""
    engine = graph_scene(graph).make_engine()
    try:
        columns = [graph.names.index(name) for name in names]
        start = before = engine.state().position[columns].copy()
        furthest, calm = np.zeros(len(names)), 0
        for _ in range(STEPS // EVERY):
            for _ in range(EVERY):
                engine.step()
            now = engine.state().position[columns].copy()
            furthest = np.maximum(furthest, np.linalg.norm(now - start, axis=1))
            calm = calm + 1 if float(np.abs(now - before).max()) < CALM else 0
            if calm == 2:
                break
            before = now
    finally:
        engine.close()
    return furthest


def _check(placed: Placed, far: float) -> Check:
    name, size = placed.thing.name, float(placed.thing.size.max())
    text = f"left alone, '{name}' moves by {far / size:.1%} of its size"
    return Check("settle", name, far <= max(STILL * size, HAIR), text, True, "layout")
