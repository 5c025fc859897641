"""Candidates in Blender, one after the other in one scene."""

import pytest

from addon.engine.blender import BlenderEngine
from addon.jobs.scenes import graph_scene
from addon.jobs.search import SearchSpec, Trial
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World

SCRIPT = """
import bpy
if frame == 5:
    bpy.data.objects["Ball"].velocity = (0, 0, tune(2.0, 0.0, 4.0))
if frame == 20:
    bpy.data.objects["Lamp"]["on"] = True
"""


def solid(name, kind, size, at, body):
    geometry = Primitive.model_validate({"kind": kind, "dimensions": size})
    return SceneObject(name=name, geometry=geometry, location=at, body=body)


GRAPH = SceneGraph(
    world=World(fps=60.0),
    objects=(
        solid("Floor", "cube", (8, 8, 1), (0, 0, -0.5), RigidBody(type="PASSIVE", shape="BOX")),
        solid("Ball", "sphere", (1, 1, 1), (0, 0, 0.8), RigidBody(shape="SPHERE")),
        solid("Box", "cube", (1, 1, 1), (0.3, 0, 2), RigidBody(shape="BOX")),
        SceneObject(name="Lamp", properties={"on": False}),
    ),
)


def trial(script=None):
    vary = ("Ball.velocity.x=-1..1", "Box.location.z=1.9..3", "Box.body.restitution=0..1", "world.gravity.z=-11..-8")
    if script is not None:
        vary = (*vary, "script.1")
    reward = "NEARBY_AT('Ball', 0, 0, 0.5, 0.5)"
    spec = SearchSpec(title="t", source="s", vary=vary, rewards=(reward,), script=script, budget=9, steps=40)
    return Trial(spec, graph_scene(GRAPH))


@pytest.mark.parametrize("script", [None, SCRIPT], ids=["alone", "scripted"])
def test_candidates_are_as_in_scenes_of_their_own(monkeypatch, script):
    made = []
    build = BlenderEngine.from_graph
    monkeypatch.setattr(BlenderEngine, "from_graph", lambda *args: made.append(1) or build(*args))
    searching = trial(script)
    points = [[0.5, 0.1, 0.2, 0.3, 0.9], [0.0, 0.9, 1.0, 1.0, 0.1], [0.5, 0.1, 0.2, 0.3, 0.9]]
    values = [searching.space.values(point[: len(searching.space.numbers)]) for point in points]
    found = [searching.run(one) for one in values]
    assert len(made) == 1
    assert found == [trial(script).run(one) for one in values]
    assert found[0] == found[2] != found[1]
    assert not found[0].problem


def test_a_size_is_another_scene(monkeypatch):
    spec = SearchSpec(
        title="t",
        source="s",
        vary=("Ball.radius=0.3..0.6",),
        rewards=("NEARBY_AT('Ball', 0, 0, 0.5, 0.5)",),
        budget=9,
        steps=20,
    )
    searching = Trial(spec, graph_scene(GRAPH))
    found = [searching.run((radius,)) for radius in (0.3, 0.6, 0.3)]
    assert found == [Trial(spec, graph_scene(GRAPH)).run((radius,)) for radius in (0.3, 0.6, 0.3)]
    assert found[0].trace_sha256 != found[1].trace_sha256


def test_a_candidate_that_fails_leaves_the_next_ones_alone():
    script = SCRIPT.replace("frame == 5:", "frame == 5 and 1 / (tune(2.0, 0.0, 4.0) - 2):").replace(
        "tune(2.0, 0.0, 4.0))", "1)"
    )
    searching = trial(script)
    other = (*searching.space.own[:-1], 3.0)
    assert "ZeroDivisionError" in searching.run(searching.space.own).problem
    found = searching.run(other)
    assert found.trace_sha256
    assert found == trial(script).run(other)
