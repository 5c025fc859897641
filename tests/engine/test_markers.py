import bpy
import pytest

from addon.engine.markers import OWN, own_markers, set_markers
from addon.patterns.annotation import annotate
from addon.patterns.moments import EVENTS
from addon.patterns.words import markers
from headless.benchmarks.physibench.examples import examples
from headless.benchmarks.runs import machine_run
from tests.patterns.examples import annotation


@pytest.fixture
def scene():
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.context.scene.frame_start = 10
    return bpy.context.scene


def shown(scene):
    return sorted((m.frame, m.name) for m in scene.timeline_markers)


def test_events_become_markers_from_the_start_frame_on(scene):
    found = annotation(("bounce", 12, 12, {"object": "Ball", "other": "Floor"}), ("rest", 40, 60, {}))
    set_markers(scene, markers(found))
    assert shown(scene) == own_markers(scene) == [(22, "Bounce of Ball"), (50, "Rest of all")]
    set_markers(scene, [])
    assert own_markers(scene) == []


def test_markers_of_a_real_run_are_whole_and_tell_what_rules_waited_for_and_did(scene):
    run = next(m for m in examples() if m.name == "lever_7_003")
    found = annotate(machine_run(run))
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    made = markers(found)
    set_markers(scene, made)
    first = scene.frame_start
    assert shown(scene) == sorted((frame + first, name) for frame, name in made)
    told = [name for _, name in shown(scene)]
    assert "The block is let go" in told
    assert "The block hits the lever at" in " ".join(told)
    assert len(told) <= EVENTS


def test_a_later_run_takes_the_place_of_the_earlier_and_the_users_markers_stay(scene, tmp_path):
    scene.timeline_markers.new("cut", frame=22)
    set_markers(scene, [(12, "bounce"), (12, "x" * 80)])
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "scene.blend"))
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "scene.blend"))
    scene = bpy.context.scene
    set_markers(scene, [(30, "rest")])
    assert shown(scene) == [(22, "cut"), (40, "rest")]
    set_markers(scene, [])
    assert shown(scene) == [(22, "cut")]
    assert OWN not in scene


def test_a_marker_of_the_users_that_is_like_one_of_ours_stays(scene):
    mine = scene.timeline_markers.new("rest", frame=30)
    mine.select = False
    set_markers(scene, [(20, "rest")])
    assert shown(scene) == [(30, "rest"), (30, "rest")]
    set_markers(scene, [])
    assert [(m.frame, m.name, m.select) for m in scene.timeline_markers] == [(30, "rest", False)]
