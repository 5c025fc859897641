"""Liquid and smoke that are solved in a child process: refusals with programs that are none, and, where `CDYN_BLENDER`
names a Blender that can, real ones."""

import os
import time
from pathlib import Path

import bpy
import numpy as np
import pytest

from addon.engine import fluid_bake
from addon.engine.blender import BlenderEngine
from addon.engine.build import build_scene
from addon.engine.fluid_bake import can_solve, find_blender, solved
from addon.engine.fluid_bakes import Bake, FluidError, fluids_folder, from_density, load_bake, save_bake
from addon.engine.read import read_scene
from addon.jobs.rollout import RolloutOptions, rollout
from addon.scene_graph import FluidDomain, FluidEffector, FluidFlow, Primitive, SceneGraph, SceneObject, World

REAL = os.environ.get("CDYN_BLENDER")
needs_blender = pytest.mark.skipif(not REAL, reason="needs a Blender that solves fluids: set CDYN_BLENDER")


def box(name, size, at, element):
    return SceneObject(name=name, location=at, geometry=Primitive(kind="cube", dimensions=size), elements=(element,))


def tank(domain, flow):
    walls = {f"use_collision_border_{side}": True for side in ("front", "back", "left", "right", "bottom")}
    domain = domain.model_copy(update=walls)
    objects = (
        box("Tank", (1, 1, 1), (0, 0, 0.5), domain),
        box("Source", (0.5, 0.5, 0.4), (0, 0, 0.35), flow),
        box("Rock", (0.2, 0.2, 0.1), (0.3, 0.3, 0.05), FluidEffector()),
    )
    return SceneGraph(objects=objects, world=World(fps=30.0))


POOL = tank(
    FluidDomain(domain_type="LIQUID", resolution_max=32, particle_min=0, mesh_scale=1, mesh_particle_radius=1.0),
    FluidFlow(flow_type="LIQUID", surface_distance=0.0),
)
SMOKE = tank(FluidDomain(resolution_max=32), FluidFlow(flow_behavior="INFLOW"))


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CDYN_FLUID_DIR", str(tmp_path / "fluids"))


def program(tmp_path, text):
    path = tmp_path / "blender"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def two_cubes():
    """A cube at the first frame, none at the second, and two steps up at the third."""
    corners = np.array([(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)], dtype=np.float32)
    quads = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))
    faces = np.array([t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))], dtype=np.int32)
    return Bake(
        np.concatenate([corners, corners + np.array([0, 0, 2], dtype=np.float32)]),
        np.concatenate([faces] * 2),
        np.array([[8, 12], [0, 0], [8, 12]]),
    )


def test_what_was_solved_is_shown_and_recorded_frame_by_frame():
    save_bake("ab", two_cubes())
    graph = POOL.model_copy(
        update={"objects": (box("Tank", (4, 4, 4), (1, 0, 0), FluidDomain(domain_type="LIQUID", bake="ab")),)}
    )
    trace = rollout(BlenderEngine.from_graph(graph), None, RolloutOptions(steps=4)).trace
    found = trace.deformed
    assert found.names == ("Tank",)
    assert found.volume[:, 0] == pytest.approx([1.0, np.nan, 1.0, 1.0, 1.0], nan_ok=True)
    assert found.centre[[0, 2, 4], 0] == pytest.approx(np.array([(1.5, 0.5, z) for z in (0.5, 2.5, 2.5)]))
    assert np.isnan(found.stretch).all()
    again = read_scene(build_scene(graph))
    assert again.objects == graph.objects


def test_what_was_solved_and_is_gone_is_told():
    graph = SceneGraph(objects=(box("Tank", (1, 1, 1), (0, 0, 0), FluidDomain(bake="abcd")),))
    with pytest.raises(FluidError, match="solve it again with --solve"):
        build_scene(graph)


def test_smoke_is_the_surface_of_what_is_dense():
    density = np.zeros((2, 8, 6, 4))
    density[1, 2:6, 1:5, 1:3] = 1.0
    found = from_density(density, np.array([0.0, 0.0, 0.0]), np.array([4.0, 6.0, 8.0]))
    assert len(found.frame(0)[0]) == 0
    vertices, _ = found.frame(5)
    assert vertices.mean(axis=0) == pytest.approx((2.0, 3.0, 4.0), abs=1e-3)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kill -6 $$", "it was ended by signal 6"),
        ("echo FLUIDS: nothing was written for frame 3; exit 3", "nothing was written for frame 3"),
        ("echo 'write failed: No space left on device'; exit 1", "is full"),
        ("exit 0", "could not solve the fluid"),
    ],
)
def test_a_blender_that_fails_is_told(tmp_path, text, words):
    with pytest.raises(FluidError, match=words):
        solved(POOL, program(tmp_path, text), 5)
    assert not list(fluids_folder().iterdir())


def test_a_blender_that_takes_too_long_or_is_cancelled_is_ended(tmp_path):
    slow, begun = program(tmp_path, "exec sleep 60"), time.monotonic()
    with pytest.raises(FluidError, match=r"took more than 0.2 s"):
        solved(POOL, slow, 5, limit=0.2)
    with pytest.raises(FluidError, match="was cancelled"):
        solved(POOL, slow, 5, is_cancelled=lambda: True)
    assert time.monotonic() - begun < 20
    assert not list(fluids_folder().iterdir())


def test_it_is_told_how_many_frames_are_solved(tmp_path):
    told = []
    writes = (
        'shift 7; mkdir -p "$2/cache_0/config"; for i in 1 2 3; do touch "$2/cache_0/config/$i"; done; sleep 1; exit 1'
    )
    with pytest.raises(FluidError):
        solved(POOL, program(tmp_path, writes), 5, on_frames=lambda done, total: told.append((done, total)))
    assert told[0][1] == 6
    assert (3, 6) in told


def test_a_full_disk_is_told_before_anything_is_solved(tmp_path, monkeypatch):
    monkeypatch.setattr(fluid_bake, "ROOM", 10**18)
    with pytest.raises(FluidError, match=r"the disk of .* is full: .* CDYN_FLUID_DIR"):
        solved(POOL, program(tmp_path, "exit 0"), 5)


def test_a_probe_that_aborts_means_that_a_blender_cannot_and_is_remembered(tmp_path):
    tries = tmp_path / "tries"
    blender = program(tmp_path, f"echo x >> {tries}; kill -6 $$")
    assert not can_solve(blender)
    assert not can_solve(blender)
    assert tries.read_text() == "x\n"
    blender = program(tmp_path, f"echo x >> {tries}; echo FLUIDS: done, and more")
    assert can_solve(blender)
    (fluids_folder() / "probes.json").write_text("nonsense")
    assert can_solve(blender)
    assert tries.read_text() == "x\n" * 3


def test_a_blender_is_that_which_is_named(tmp_path, monkeypatch):
    monkeypatch.delenv("CDYN_BLENDER", raising=False)
    assert find_blender() is None
    assert find_blender(program(tmp_path, "exit 0")) == tmp_path / "blender"
    monkeypatch.setenv("CDYN_BLENDER", str(tmp_path / "nothing"))
    with pytest.raises(FluidError, match="no program"):
        find_blender()


@needs_blender
@pytest.mark.slow
def test_a_liquid_falls_spreads_and_keeps_its_volume():
    blender = find_blender(Path(REAL))
    assert can_solve(blender)
    graph = solved(POOL, blender, 75)
    trace = rollout(BlenderEngine.from_graph(graph), None, RolloutOptions(steps=75)).trace
    volume, centre = trace.deformed.volume[:, 0], trace.deformed.centre[:, 0]
    assert volume[0] == pytest.approx(0.5 * 0.5 * 0.4, rel=0.1)
    assert volume[-1] == pytest.approx(volume[0], rel=0.5)
    assert centre[-1, 2] < 0.2 < centre[0, 2]
    assert trace.deformed.low[:, 0, 2].min() > -0.05
    assert solved(POOL, Path(REAL).resolve(), 75, limit=0.01) == graph


@needs_blender
@pytest.mark.slow
def test_smoke_rises():
    graph = solved(SMOKE, find_blender(Path(REAL)), 40)
    bake = load_bake(graph.object("Tank").element(FluidDomain).bake)
    middle = [bake.frame(step)[0][:, 2].mean() for step in (5, 40)]
    assert middle[1] > middle[0] + 0.05


def test_what_is_built_solves_nothing_in_this_process():
    scene = build_scene(POOL)
    scene.frame_set(5)
    modifier = bpy.data.objects["Tank"].modifiers[0]
    assert (modifier.show_viewport, modifier.show_render) == (False, False)
