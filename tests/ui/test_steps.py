"""Which step of the panel is lit."""

import bpy
import pytest

from addon.ui import properties
from addon.ui.overview import _forget
from addon.ui.steps import STEPS, next_step


@pytest.fixture(scope="module", autouse=True)
def _settings():
    properties.register()
    yield
    properties.unregister()


@pytest.fixture
def scene():
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    _forget()
    return bpy.context.scene


def test_the_first_step_is_to_choose_what_moves(scene):
    assert next_step(scene) == 1
    bpy.ops.mesh.primitive_cube_add()
    _forget()
    assert next_step(scene) == 1
    bpy.ops.rigidbody.world_add()
    bpy.ops.rigidbody.object_add(type="PASSIVE")
    _forget()
    assert next_step(scene) == 2


def test_a_rule_is_followed_by_the_run(scene):
    rule = scene.cdyn.rules.add()
    rule.text = "After 1 s, Cube rises 1 m in 1 s"
    assert next_step(scene) == 3
    rule.is_muted = True
    assert next_step(scene) == 1
    rule.is_muted = False
    scene.cdyn.goal = "Cube is high"
    assert next_step(scene) == 3


def test_after_a_run_nothing_is_next_until_something_changes(scene, monkeypatch):
    shown = type("Shown", (), {"is_on_timeline": True, "summary": {"frames": scene.cdyn.steps + 1}})
    monkeypatch.setattr("addon.ui.results.shown", lambda scene: shown)
    bpy.ops.mesh.primitive_cube_add()
    bpy.ops.rigidbody.world_add()
    bpy.ops.rigidbody.object_add(type="ACTIVE")
    _forget()
    assert next_step(scene) == STEPS + 1
    scene.cdyn.rules.add().text = "After 1 s, Cube rises 1 m in 1 s"
    assert next_step(scene) == 3


def test_another_number_of_steps_asks_for_a_run(scene, monkeypatch):
    shown = type("Shown", (), {"is_on_timeline": True, "summary": {"frames": scene.cdyn.steps + 1}})
    monkeypatch.setattr("addon.ui.results.shown", lambda scene: shown)
    bpy.ops.mesh.primitive_cube_add()
    bpy.ops.rigidbody.world_add()
    bpy.ops.rigidbody.object_add(type="ACTIVE")
    _forget()
    scene.cdyn.script = bpy.data.texts.new("own")
    scene.cdyn.script.write("pass")
    assert next_step(scene) == STEPS + 1
    scene.cdyn.steps += 10
    assert next_step(scene) == 3
