import bpy
import pytest

from addon.engine.build import add_scene
from addon.engine.outline import read_outline
from addon.engine.read import read_scene
from addon.rules import Vocabulary, read
from addon.rules.room import room
from addon.rules.templates import examples


@pytest.fixture
def scene():
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    scene = add_scene(room(), "room")
    light = bpy.data.objects.new("Sun", bpy.data.lights.new("Sun", "SUN"))
    scene.collection.objects.link(light)
    bpy.context.view_layer.update()
    return scene


REFUSED = (
    "When Ball touches Plate, push Sun.",
    "When Ball is inside Sun, open Door.",
    "Launch Lamp upwards at 3 m/s.",
    "When Ball touches Elephant, open Door.",
    "When the count of Ball reaches 3, open Door.",
)


def told(found):
    return getattr(found, "sentence", None) or (found.reason, found.words, found.problem)


def test_rules_say_the_same_by_the_outline_as_by_the_scene(scene):
    outline, whole = Vocabulary(read_outline(scene)), Vocabulary(read_scene(scene))
    texts = [*[text for text, _ in examples()][::4], *REFUSED]
    assert [told(read(text, outline)) for text in texts] == [told(read(text, whole)) for text in texts]


def test_an_outline_holds_what_the_scene_has(scene):
    outline, whole = read_outline(scene), read_scene(scene)
    assert outline.names == whole.names
    assert outline.others == whole.others
    assert [c.name for c in outline.constraints] == [c.name for c in whole.constraints]
    for mine, theirs in zip(outline.objects, whole.objects, strict=True):
        assert mine.extents == pytest.approx(theirs.extents, abs=1e-5)
        for field in ("properties", "tags", "semantic_class", "collections"):
            assert getattr(mine, field) == getattr(theirs, field)
        bodies = mine.body, theirs.body
        assert (bodies[0] is None) is (bodies[1] is None)
        if bodies[0] and bodies[1]:
            for field in ("type", "shape", "mass", "kinematic", "enabled"):
                assert getattr(bodies[0], field) == getattr(bodies[1], field)


def _move(scene):
    scene.objects["Ball"].location.x += 1.0


def _rename(scene):
    scene.objects["Ball"].name = "Marble"


def _hold(scene):
    scene.objects["Ball"].rigid_body.kinematic = True


def _mark(scene):
    scene.objects["Ball"]["count"] = 0


def _shift(scene):
    for vertex in scene.objects["Door"].data.vertices:
        vertex.co.x += 1.0


@pytest.mark.parametrize(
    ("change", "same"), [(_move, True), (_rename, False), (_hold, False), (_mark, False), (_shift, False)]
)
def test_outlines_differ_by_what_rules_speak_of(scene, change, same):
    before = read_outline(scene)
    change(scene)
    scene.objects["Door"].data.update()
    bpy.context.view_layer.update()
    assert (read_outline(scene) == before) is same


def test_a_mesh_without_vertices_has_no_shape(scene):
    scene.collection.objects.link(bpy.data.objects.new("Bare", bpy.data.meshes.new("Bare")))
    bpy.context.view_layer.update()
    assert read_outline(scene).object("Bare").geometry is None
