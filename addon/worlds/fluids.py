"""Liquids and smoke that are solved in the place of the particles that stand for them: boxes, what flows into them, and
what they flow around."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from ..scene_graph import (
    FloatArray,
    FluidDomain,
    FluidEffector,
    FluidFlow,
    Material,
    Particles,
    Primitive,
    SceneGraph,
    SceneObject,
    world_bounds,
)
from .acting import Fluid, Show
from .staging import Staged

Kind = Literal["LIQUID", "SMOKE"]

CELLS = (48, 96)
"""The least and the greatest resolution of a box."""

ACROSS = 6.0
"""Cells that go over the place where a fluid comes out, if the resolution allows."""

WIDE = {"LIQUID": (6.0, 0.15, 0.6), "SMOKE": (4.0, 0.2, 1.5)}
"""Half the width of a box: how many times as wide as the source, at least and at most, in m."""

TALL = {"LIQUID": 0.06, "SMOKE": 1.6}
"""How far a box goes up over the source in m."""

FLAT = 0.6
"""How high the source of a fluid is as a part of its width."""

DEEP = 1.2
"""How far down a box of liquid goes at most in m, where nothing is beneath the source."""


def domain_of(name: str) -> str:
    """What the box is called in which a fluid is solved."""
    return f"{name}, solved"


def with_fluids(staged: Staged) -> Staged:
    """A world in which what is poured, and the smoke and steam that are given off, are to be solved. Nothing else
    changes; one without such things is given back."""
    graph, made, shows = staged.graph, list[SceneObject](), list(staged.acted.shows)
    vessels = {n for n, p in staged.layout.placed.items() if {"inside", "mouth"} & set(p.thing.form.anchors)}
    for name, fluid in staged.acted.fluids.items():
        emitter = graph.object(name)
        source = _source(emitter, fluid, graph.world.fps)
        low, high = _box(source, fluid.kind, [o for o in graph.objects if o.name not in vessels])
        gone = {name, f"One of {name}"}
        kept = [_around(o, low, high, staged) for o in graph.objects if o.name not in gone]
        domain = _domain(name, fluid.kind, source, low, high, _look(graph, name))
        graph = graph.replace(objects=(*kept, source, domain))
        shows = [s for s in shows if s.name != f"{name}: {name}"] + [Show("fluid", domain.name, 0.0)]
        made.append(domain)
    return replace(staged, graph=graph, acted=replace(staged.acted, shows=shows)) if made else staged


def _look(graph: SceneGraph, name: str) -> Material | None:
    """How the particles look that stand for a fluid."""
    one = graph.object(f"One of {name}").material
    return one.model_copy(update={"name": f"{name}, fluid"}) if one is not None else None


def _source(emitter: SceneObject, fluid: Fluid, fps: float) -> SceneObject:
    """A small closed body in the place of what gives off particles, for as long as that does."""
    particles = emitter.element(Particles)
    assert particles is not None
    width, liquid = float(max(emitter.dimensions[:2])), fluid.kind == "LIQUID"
    first, last = max(round(particles.begins), 0), round(particles.ends)
    if liquid:
        speed = float(np.linalg.norm(particles.object_align_factor)) + math.sqrt(2.0 * 9.81 * FLAT * width)
        last = min(last, first + max(math.ceil(fluid.most / (width**2 * speed) * fps), 3))
    flow = FluidFlow(
        flow_type="LIQUID" if liquid else "SMOKE",
        flow_behavior="INFLOW",
        surface_distance=0.0 if liquid else 1.0,
        use_initial_velocity=True,
        velocity_coord=particles.object_align_factor,
        velocity_factor=0.0,
        switches=((0, first == 0), (first, True), (last, False)) if first else ((0, True), (last, False)),
    )
    return SceneObject(
        name=f"Source of {emitter.name}",
        location=emitter.location,
        geometry=Primitive(kind="cube", dimensions=(width, width, FLAT * width)),
        elements=(flow,),
        parent=emitter.parent,
        material=emitter.material,
        hide_render=True,
    )


def _box(source: SceneObject, fluid: Kind, others: Sequence[SceneObject]) -> tuple[FloatArray, FloatArray]:
    """Corners of the box in which a fluid is solved: around its source, and for a liquid down to what is
    beneath that is no vessel."""
    times, least, most = WIDE[fluid]
    width = float(max(source.dimensions))
    half = min(max(times * width, least), most)
    at = np.array(source.location)
    beneath = at[2] - width if fluid == "SMOKE" else max(_floor(source, others), at[2] - DEEP)
    return np.array([*(at[:2] - half), beneath]), np.array([*(at[:2] + half), at[2] + TALL[fluid] + width])


def _floor(source: SceneObject, others: Sequence[SceneObject]) -> float:
    """The height of the widest flat thing beneath a source: a table's top, or the ground."""
    x, y, z = source.location
    found = [-np.inf]
    for obj in others:
        if obj.body is None:
            continue
        low, high = world_bounds(obj)
        wide = min(high[0] - low[0], high[1] - low[1]) > 4.0 * max(source.dimensions)
        if wide and low[0] <= x <= high[0] and low[1] <= y <= high[1] and high[2] < z:
            found.append(float(high[2]))
    return max(found)


def _around(obj: SceneObject, low: FloatArray, high: FloatArray, staged: Staged) -> SceneObject:
    """An object that a fluid flows around, where it stands still in its box. What acts is none: the fluid begins in its
    mouth."""
    acting = {n for h in staged.manifest.happenings for n in staged.manifest.subject(h.who).names}
    if obj.body is None or obj.name in acting or obj.geometry is None or obj.element(FluidEffector) is not None:
        return obj
    a, b = world_bounds(obj)
    if not (np.all(a < high) and np.all(b > low)) or b[2] <= low[2] + 1e-3:
        return obj
    return obj.model_copy(update={"elements": (*obj.elements, FluidEffector())})


def _domain(
    name: str, fluid: Kind, source: SceneObject, low: FloatArray, high: FloatArray, look: Material | None
) -> SceneObject:
    size = high - low
    cells = int(np.clip(np.ceil(ACROSS * size.max() / min(source.dimensions[:2])), *CELLS))
    closed = fluid == "LIQUID"
    domain = FluidDomain(
        domain_type="LIQUID" if closed else "GAS",
        resolution_max=cells,
        use_collision_border_front=closed,
        use_collision_border_back=closed,
        use_collision_border_left=closed,
        use_collision_border_right=closed,
        use_collision_border_bottom=closed,
        use_dissolve_smoke=not closed,
        dissolve_speed=90,
        particle_min=0,  # Blender would add particles wherever a liquid is thin, and so make it more.
        mesh_scale=1,
        mesh_particle_radius=1.0,
    )
    return SceneObject(
        name=domain_of(name),
        location=tuple(np.round((low + high) / 2, 4).tolist()),
        geometry=Primitive(kind="cube", dimensions=tuple(np.round(size, 4).tolist())),
        material=look,
        elements=(domain,),
    )
