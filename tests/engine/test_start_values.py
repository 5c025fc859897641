"""Scenes of Blender that begin with other values."""

import bpy
import pytest

from addon.engine.blender import BlenderEngine
from addon.engine.build import build_scene
from addon.engine.read import read_scene
from addon.engine.start_values import write_start
from addon.scene_graph import SceneGraph, World

VALUES = {
    "Ball": {"location": (1.0, 2.0, 4.0), "scale": (2.0, 2.0, 2.0), "velocity": (3.0, 0.0, 1.0), "body.mass": 5.0},
    "Ramp": {"rotation": (0.5**0.5, 0.0, 0.5**0.5, 0.0)},
    "": {"gravity": (0.0, 0.0, -1.0)},
}


@pytest.fixture
def scene(solid):
    lid = solid("Lid", (0, 0, 4), type="PASSIVE").model_copy(update={"parent": "Ramp"})
    objects = (solid("Ball", (0, 0, 2), "sphere"), solid("Ramp", (0, 0, 3), type="PASSIVE"), lid)
    return build_scene(SceneGraph(world=World(fps=60), objects=objects))


def is_there(graph):
    ball = graph.object("Ball")
    assert (ball.location, ball.scale, ball.velocity, ball.body.mass) == ((1, 2, 4), (2, 2, 2), (3, 0, 1), 5)
    assert graph.object("Ramp").rotation == pytest.approx((0.5**0.5, 0, 0.5**0.5, 0), abs=1e-6)
    assert graph.object("Ramp").location == (0, 0, 3)
    assert graph.object("Lid").location == pytest.approx((1, 0, 3), abs=1e-6)
    assert graph.world.gravity == (0, 0, -1)


def test_values_are_written_into_a_scene(scene):
    assert write_start(scene, VALUES) == []
    is_there(read_scene(scene))


def test_what_is_not_there_is_told_and_costs_nothing_else(scene):
    assert write_start(scene, {"Bell": {"location": (0, 0, 0)}, **VALUES}) == ["Bell"]
    is_there(read_scene(scene))


def test_a_file_is_run_with_other_values_and_stays_as_it_is(scene, tmp_path):
    path = tmp_path / "scene.blend"
    bpy.ops.wm.save_as_mainfile(filepath=str(path), copy=True)
    before = path.read_bytes()
    engine = BlenderEngine.from_blend(path, start=VALUES)
    is_there(engine.graph)
    for _ in range(6):
        engine.step()
    assert engine.state().position[0] == pytest.approx((1.3, 2.0, 4.095), abs=0.02)
    engine.close()
    assert path.read_bytes() == before
    assert BlenderEngine.from_blend(path).graph.object("Ball").location == (0, 0, 2)
