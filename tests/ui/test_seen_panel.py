"""What is told of a comparison with a picture, and whether the scene is still as it was."""

import bpy
import pytest

from addon.ui.seen_panel import lines_of, look_of

TOLD = {
    "found": 3, "of": 5, "away": 0.024, "missing": ["A", "B"], "misread": [["C", "crate"]], "invented": ["Red Ball"],
    "joints": 2, "is_strange": True,
}  # fmt: skip


def test_all_that_is_lost_is_told():
    words = [words for words, _ in lines_of(TOLD)]
    assert words == [
        "3 of 5 things read from a picture, off by 2% of their size",
        "Little of it is sure: the network knows machines like the examples",
        "Not read, or hidden: 'A', 'B'",
        "Taken for something else: 'C' as crate",
        "Read where nothing is: 'Red Ball'",
        "No picture shows masses, rules and joints (here 2)",
    ]
    nothing = {**TOLD, "found": 0, "away": None, "missing": [], "misread": [], "invented": [], "is_strange": False}
    assert len(lines_of(nothing)) == 2


@pytest.mark.parametrize("change", ["obj.location.x += 1", "obj.name = 'Other'", "obj.hide_viewport = True"])
def test_a_changed_scene_looks_otherwise(change):
    bpy.ops.wm.read_factory_settings()
    scene, obj = bpy.context.scene, bpy.data.objects["Cube"]
    before = look_of(scene)
    assert look_of(scene) == before
    exec(change, {"obj": obj})
    assert look_of(scene) != before
