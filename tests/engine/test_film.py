"""A world's .blend file opens and plays: bodies where the trace has them, cloth as physics has it beside them."""

import bpy
import numpy as np
import pytest

from addon.engine.blender import BlenderEngine
from addon.engine.build import write_blend
from addon.engine.film import put_on_timeline, take_pictures
from addon.engine.protocol import EngineError
from addon.jobs.rollout import RolloutOptions, rollout
from addon.scene_graph import Camera, Cloth, Collider, Light, Mesh, Primitive, RigidBody, SceneGraph, SceneObject, World

N = 6
SHEET = Mesh(
    vertices=tuple((x / N, y / N, 0.0) for y in range(N + 1) for x in range(N + 1)),
    faces=tuple(
        ((N + 1) * y + x, (N + 1) * y + x + 1, (N + 1) * (y + 1) + x + 1, (N + 1) * (y + 1) + x)
        for y in range(N)
        for x in range(N)
    ),
)
CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))
STEPS = 30


@pytest.fixture(scope="module")
def recorded():
    floor = Primitive(kind="cube", dimensions=(10, 10, 1))
    objects = (
        SceneObject(
            name="Floor", location=(0, 0, -0.5), geometry=floor, body=RigidBody(type="PASSIVE"), elements=(Collider(),)
        ),
        SceneObject(name="Box", location=(2, 0, 2), geometry=CUBE, body=RigidBody()),
        SceneObject(
            name="Flag", location=(-1, 0, 2), geometry=SHEET, elements=(Cloth(pins={0: 1.0, N: 1.0}).in_time(30.0),)
        ),
        SceneObject(name="Lamp", location=(0, -2, 4), light=Light(energy=100.0)),
    )
    camera = Camera(location=(0, -8, 1.5), rotation=(0.7071068, 0.7071068, 0.0, 0.0))
    graph = SceneGraph(objects=objects, camera=camera, world=World(fps=30.0))
    return graph, rollout(BlenderEngine.from_graph(graph), None, RolloutOptions(steps=STEPS)).trace


def _lowest(name):
    obj = bpy.data.objects[name].evaluated_get(bpy.context.evaluated_depsgraph_get())
    mesh = obj.to_mesh()
    try:
        return min((obj.matrix_world @ vertex.co).z for vertex in mesh.vertices)
    finally:
        obj.to_mesh_clear()


def test_the_file_plays_as_the_run_went(recorded, tmp_path):
    graph, trace = recorded
    put_on_timeline(graph, trace)
    write_blend(tmp_path / "film.blend")
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "film.blend"))
    scene = bpy.context.scene
    assert scene.frame_end - scene.frame_start == STEPS
    for frame in range(STEPS + 1):
        scene.frame_set(scene.frame_start + frame)
        shown = np.array(bpy.data.objects["Box"].matrix_world.translation)
        assert shown == pytest.approx(trace.position[frame, trace.index("Box")], abs=1e-5)
    assert _lowest("Flag") == pytest.approx(trace.deformed.low[-1, 0, 2], abs=0.02)


def test_pictures_are_those_of_the_frames_asked_for(recorded, tmp_path):
    graph, trace = recorded
    scene = put_on_timeline(graph, trace)
    found = take_pictures(scene, tmp_path, (0, 10), size=(32, 18), samples=1)
    assert [path.name for path in found] == ["frame_000000.png", "frame_000010.png"]
    assert all(path.stat().st_size > 0 for path in found)


def test_a_film_that_cannot_be_written_is_told_and_leaves_nothing(recorded, tmp_path):
    graph, trace = recorded
    put_on_timeline(graph, trace)
    with pytest.raises(EngineError, match="cannot be written"):
        write_blend(tmp_path / "missing" / "film.blend")
    assert list(tmp_path.iterdir()) == []
