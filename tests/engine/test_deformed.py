"""Cloth, soft bodies and particles in runs: they keep time with the scene, and traces tell where they are."""

import numpy as np
import pytest

from addon.engine.blender import BlenderEngine
from addon.jobs.rollout import RolloutOptions, rollout
from addon.metrics.measure import measure
from addon.scene_graph import (
    Cloth,
    Collider,
    FluidDomain,
    Mesh,
    Ocean,
    Particles,
    Primitive,
    SceneGraph,
    SceneObject,
    SoftBody,
    World,
)
from addon.trace import load_trace, save_trace

N = 8
SHEET = Mesh(
    vertices=tuple((x / N, y / N, 0.0) for y in range(N + 1) for x in range(N + 1)),
    faces=tuple(
        ((N + 1) * y + x, (N + 1) * y + x + 1, (N + 1) * (y + 1) + x + 1, (N + 1) * (y + 1) + x)
        for y in range(N)
        for x in range(N)
    ),
)
FREE = {
    "Cloth": Cloth(air_damping=0.0),
    "Soft": SoftBody(use_goal=False, friction=0.0),
    "Drops": Particles(count=10, begins=0.0, ends=0.0, lifetime=500.0, normal_factor=0.0),
}


def run(objects, fps=30.0, steps=30, **options):
    graph = SceneGraph(objects=tuple(objects), world=World(fps=fps))
    return rollout(BlenderEngine.from_graph(graph), None, RolloutOptions(steps=steps, **options)).trace


@pytest.mark.parametrize("fps", [24.0, 60.0])
@pytest.mark.parametrize("kind", FREE)
def test_what_falls_freely_falls_by_g(kind, fps):
    element = FREE[kind].in_time(fps)
    steps = int(fps)
    trace = run([SceneObject(name="Thing", geometry=SHEET, elements=(element,))], fps, steps)
    height = trace.deformed.centre[:, 0, 2]
    seconds = np.arange(steps + 1) / fps
    assert height - height[0] == pytest.approx(-0.5 * 9.81 * seconds**2, rel=0.01, abs=0.05)


def test_a_pinned_cloth_hangs_and_is_hardly_stretched():
    cloth = Cloth(pins={0: 1.0, N: 1.0}).in_time(30.0)
    deformed = run([SceneObject(name="Flag", geometry=SHEET, elements=(cloth,))], steps=60).deformed
    assert deformed.names == ("Flag",)
    assert deformed.high[-1, 0, 2] == pytest.approx(0.0, abs=1e-6)
    assert deformed.low[-1, 0, 2] == pytest.approx(-1.0, abs=0.1)
    assert 1.0 <= deformed.stretch[:, 0].max() < 1.05


def test_a_cloth_lies_on_a_collider():
    ball = Primitive(kind="sphere", dimensions=(0.6, 0.6, 0.6))
    cloth = SceneObject(name="Cloth", location=(-0.5, -0.5, 0.5), geometry=SHEET, elements=(Cloth().in_time(30.0),))
    lies = run([cloth, SceneObject(name="Ball", geometry=ball, elements=(Collider(),))], steps=60).deformed
    falls = run([cloth, SceneObject(name="Ball", geometry=ball)], steps=60).deformed
    assert lies.high[-1, 0, 2] > 0.25
    assert falls.high[-1, 0, 2] < -5.0


def test_a_run_begins_anew_and_is_the_same_again():
    rain = Particles(count=50, begins=0.0, ends=20.0, factor_random=0.5, seed=3).in_time(30.0)
    objects = [
        SceneObject(name="Cloth", geometry=SHEET, elements=(Cloth(pins={0: 1.0}).in_time(30.0),)),
        SceneObject(name="Cloud", location=(0, 0, 3), geometry=SHEET, elements=(rain,)),
    ]
    first, second = run(objects), run(objects)
    assert first.sha256() == second.sha256()
    assert first.deformed.names == ("Cloth", "Cloud: Particles")
    counts = first.deformed.number[:, 1]
    assert counts[0] < counts[-1] == 50.0


def test_a_run_goes_on_after_blenders_own_last_frame():
    cloth = Cloth(air_damping=0.0).in_time(24.0)
    trace = run([SceneObject(name="Cloth", geometry=SHEET, elements=(cloth,))], 24.0, 300)
    height = trace.deformed.centre[:, 0, 2]
    assert height[300] < height[260] < height[250]


def test_traces_with_deformed_things_come_back_from_files(tmp_path):
    trace = run([SceneObject(name="Cloth", geometry=SHEET, elements=(Cloth(),))], steps=5, keep_vertices=True)
    assert trace.deformed.vertices["Cloth"].shape == (6, 81, 3)
    save_trace(trace, tmp_path)
    again = load_trace(tmp_path)
    assert again.sha256() == trace.sha256()
    assert (again.deformed.vertices["Cloth"] == trace.deformed.vertices["Cloth"]).all()
    save_trace(run([SceneObject(name="Cloth", geometry=SHEET, elements=(Cloth(),))], steps=5), tmp_path)
    assert load_trace(tmp_path).deformed.vertices == {}


def test_a_cloth_is_no_rigid_body_that_loses_its_shape():
    cloth = SceneObject(name="Cloth", geometry=SHEET, elements=(Cloth(pins={0: 1.0}).in_time(30.0),))
    assert measure(run([cloth])).volume_drift == 0.0


def test_an_ocean_heaves_as_its_time_goes_on():
    sea = Ocean(resolution=3, viewport_resolution=3, spatial_size=10, wind_velocity=8.0, wave_scale=0.5)
    moves = sea.model_copy(update={"times": ((0, 0.0), (30, 1.0))})
    still, moving = (run([SceneObject(name="Sea", geometry=SHEET, elements=(e,))]).deformed for e in (sea, moves))
    assert moving.names == ("Sea",)
    size = moving.high[:, 0] - moving.low[:, 0]
    assert size[:, :2] == pytest.approx(10.0, rel=0.15)
    assert 0.01 < size[:, 2].max() < 3.0
    assert np.ptp(moving.high[:, 0, 2]) > 0.01
    assert np.ptp(still.high[:, 0, 2]) == 0.0
    assert np.isnan(moving.energy).all()


def test_a_domain_of_which_nothing_was_solved_is_no_thing_that_moves():
    pool = SceneObject(name="Box", geometry=SHEET, elements=(FluidDomain(domain_type="LIQUID"),))
    assert run([pool], steps=3).deformed is None


@pytest.mark.parametrize("kind", ["Cloth", "Soft"])
def test_what_begins_later_keeps_its_shape_until_then(kind):
    element = FREE[kind].in_time(30.0).model_copy(update={"starts": 12})
    height = run([SceneObject(name="Thing", geometry=SHEET, elements=(element,))], steps=42).deformed.centre[:, 0, 2]
    assert height[:13] == pytest.approx(height[0], abs=1e-6)
    seconds = np.arange(31) / 30.0
    assert height[12:] - height[12] == pytest.approx(-0.5 * 9.81 * seconds**2, rel=0.01, abs=0.05)


@pytest.mark.parametrize("collides", [True, False])
def test_a_soft_body_goes_through_colliders_only_where_it_is_told_to(collides):
    soft = SoftBody(use_goal=False, collides=collides).in_time(30.0)
    plate = Primitive(kind="cube", dimensions=(4.0, 4.0, 0.2))
    objects = [
        SceneObject(name="Sheet", location=(0, 0, 0.4), geometry=SHEET, elements=(soft,)),
        SceneObject(name="Plate", location=(0, 0, 0), geometry=plate, elements=(Collider(),)),
    ]
    height = run(objects, steps=40).deformed.centre[:, 0, 2]
    assert (height.min() < -1.0) is not collides
