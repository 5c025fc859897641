"""Colours, lights, shapes and texts of a run on the timeline, and everything as it was when it is taken out."""

import bpy
import numpy as np
import pytest

from addon.engine.motions import Motion, load_motions, save_motions
from addon.engine.playback import play_back, take_out
from addon.engine.played_looks import STAND_IN, shown_color

FRAMES, START = 5, 10


@pytest.fixture
def scene():
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    scene = bpy.context.scene
    scene.frame_start, scene.frame_end = START, START + 4
    scene.frame_set(START)
    return scene


def add(scene, name, data):
    obj = bpy.data.objects.new(name, data)
    scene.collection.objects.link(obj)
    return obj


def mesh(name="Mesh"):
    made = bpy.data.meshes.new(name)
    made.from_pydata([(0, 0, 0), (1, 0, 0), (0, 1, 0)], [], [(0, 1, 2)])
    return made


def material(name="Paint", color=(0.0, 1.0, 0.0, 1.0)):
    made = bpy.data.materials.new(name)
    if bpy.app.version < (5, 0):
        made.use_nodes = True
    shader(made).inputs["Base Color"].default_value = color
    made.diffuse_color = (0.3, 0.3, 0.3, 1.0)
    return made


def shader(material):
    return next(n for n in material.node_tree.nodes if n.type == "BSDF_PRINCIPLED")


def light(scene, *names, energy=50.0):
    data = bpy.data.lights.new("Bulb", "POINT")
    data.energy = energy
    return [add(scene, name, data) for name in names]


def play(scene, *motions):
    for _ in play_back(scene, motions, FRAMES):
        pass


def over_time(scene, read):
    found = []
    for frame in range(FRAMES):
        scene.frame_set(START + frame)
        found.append(read())
    return found


def inventory():
    """The names of every data-block that a run could add."""
    kinds = ("objects", "materials", "lights", "curves", "meshes", "actions", "shape_keys")
    return {kind: sorted(block.name for block in getattr(bpy.data, kind)) for kind in kinds}


def test_a_light_burns_at_its_time_and_as_before_afterwards(scene):
    (lamp,) = light(scene, "Lamp")
    before = inventory()
    changes = {"light.energy": [(0, 50.0), (2, 900.0), (4, 0.0)], "light.color": [(0, (1, 1, 1)), (3, (1.0, 0.0, 0.5))]}
    play(scene, Motion("Lamp", looks=changes))
    assert over_time(scene, lambda: lamp.data.energy) == [50, 50, 900, 900, 0]
    assert tuple(lamp.data.color) == (1, 0, 0.5)
    take_out(scene)
    assert (lamp.data.energy, tuple(lamp.data.color), lamp.data.animation_data) == (50, (1, 1, 1), None)
    assert inventory() == before


def test_a_light_that_others_have_too_changes_for_one_object_alone(scene):
    one, other = light(scene, "One", "Other")
    shared, before = one.data, inventory()
    play(scene, Motion("One", looks={"light.energy": [(0, 50.0), (1, 7.0)]}))
    scene.frame_set(START + 2)
    assert (one.data.energy, other.data.energy) == (7, 50)
    take_out(scene)
    assert one.data == other.data == shared
    assert inventory() == before


def test_what_the_user_animates_besides_goes_on(scene):
    (lamp,) = light(scene, "Lamp")
    lamp.data.keyframe_insert("color", frame=START)
    lamp.data.color = (0, 0, 1)
    lamp.data.keyframe_insert("color", frame=START + 4)
    own = lamp.data.animation_data.action
    play(scene, Motion("Lamp", looks={"light.energy": [(0, 50.0), (1, 7.0)]}))
    scene.frame_set(START + 4)
    assert lamp.data.energy == 7
    assert tuple(lamp.data.color) == pytest.approx((0, 0, 1), abs=1e-6)
    take_out(scene)
    assert lamp.data.animation_data.action == own
    assert lamp.data.energy == 50


def test_a_surface_changes_in_its_shader_and_in_the_viewport(scene):
    ball = add(scene, "Ball", mesh())
    paint = material()
    ball.data.materials.append(paint)
    before = inventory()
    blue = (0.0, 0.0, 1.0, 1.0)
    play(scene, Motion("Ball", looks={"material.color": [(0, (0.0, 1.0, 0.0, 1.0)), (2, blue)]}))
    assert ball.active_material == paint
    read = lambda: (tuple(shader(paint).inputs["Base Color"].default_value), tuple(paint.diffuse_color))  # noqa: E731
    seen = over_time(scene, read)
    assert seen[1] == ((0, 1, 0, 1), pytest.approx((0.3, 0.3, 0.3, 1)))
    assert seen[2] == seen[4] == (blue, blue)
    take_out(scene)
    assert read() == ((0, 1, 0, 1), pytest.approx((0.3, 0.3, 0.3, 1)))
    assert inventory() == before


def test_a_mesh_that_shines_is_seen_to_in_the_viewport_too(scene):
    lamp = add(scene, "Lamp", mesh())
    lamp.data.materials.append(material(color=(1.0, 0.8, 0.2, 1.0)))
    looks = {
        "material.emission_strength": [(0, 0.0), (1, 5.0), (3, 0.0)],
        "material.emission_color": [(0, (1.0,) * 4), (1, (1.0, 0.8, 0.2, 1.0))],
    }
    play(scene, Motion("Lamp", looks=looks))
    paint = lamp.active_material
    strength = lambda: shader(paint).inputs["Emission Strength"].default_value  # noqa: E731
    assert over_time(scene, strength) == [0, 5, 5, 0, 0]
    shown = over_time(scene, lambda: tuple(round(c, 3) for c in paint.diffuse_color))
    assert shown[1] == pytest.approx((1.0, 0.9, 0.6, 1.0))
    assert shown[0] != shown[1] != shown[3]


def test_a_material_that_others_have_too_is_copied_for_the_run(scene):
    paint = material()
    ball, box = add(scene, "Ball", mesh()), add(scene, "Box", mesh())
    for obj in (ball, box):
        obj.data.materials.append(paint)
    before = inventory()
    play(scene, Motion("Ball", looks={"material.color": [(0, (0.0, 1.0, 0.0, 1.0)), (1, (1.0, 0.0, 0.0, 1.0))]}))
    scene.frame_set(START + 2)
    assert tuple(shader(ball.active_material).inputs["Base Color"].default_value) == (1, 0, 0, 1)
    assert tuple(shader(box.active_material).inputs["Base Color"].default_value) == (0, 1, 0, 1)
    take_out(scene)
    assert ball.active_material == box.active_material == paint
    assert [s.link for s in ball.material_slots] == ["DATA"]
    assert inventory() == before


def test_two_objects_of_one_mesh_are_coloured_apart(scene):
    data = mesh()
    ball, twin = add(scene, "Ball", data), add(scene, "Twin", data)
    before = inventory()
    looks = [(0, (0.8, 0.8, 0.8, 1.0)), (1, (1.0, 0.0, 0.0, 1.0))]
    play(scene, Motion("Ball", looks={"material.color": looks}))
    scene.frame_set(START + 2)
    assert tuple(shader(ball.active_material).inputs["Base Color"].default_value) == (1, 0, 0, 1)
    assert twin.active_material is None
    take_out(scene)
    assert ball.active_material is None
    assert not data.materials
    assert inventory() == before


@pytest.mark.parametrize("order", [("Ball", "Twin"), ("Twin", "Ball")])
def test_no_slot_is_left_where_there_was_none(scene, order):
    data = mesh()
    objects = {name: add(scene, name, data) for name in ("Ball", "Twin")}
    before = inventory()
    looks = {"material.color": [(0, (0.8, 0.8, 0.8, 1.0)), (1, (1.0, 0.0, 0.0, 1.0))]}
    play(scene, *(Motion(name, looks=looks) for name in order))
    take_out(scene)
    assert not data.materials
    assert [len(obj.material_slots) for obj in objects.values()] == [0, 0]
    assert inventory() == before


def test_the_objects_own_colour_is_one_of_its_channels(scene):
    ball = add(scene, "Ball", mesh())
    play(scene, Motion("Ball", looks={"color": [(0, (1.0, 1.0, 1.0, 1.0)), (2, (0.0, 0.5, 0.0, 1.0))]}))
    assert over_time(scene, lambda: ball.color[0]) == [1, 1, 0, 0, 0]
    take_out(scene)
    assert tuple(ball.color) == (1, 1, 1, 1)


def test_a_shape_key_follows_the_run(scene):
    face = add(scene, "Face", mesh())
    for name in ("Basis", 'Smi"le'):
        face.shape_key_add(name=name)
    face.data.shape_keys.key_blocks[1].value = 0.25
    before = inventory()
    play(scene, Motion("Face", looks={'shape_key.Smi"le': [(0, 0.25), (1, 0.5), (2, 1.0)]}))
    assert over_time(scene, lambda: face.data.shape_keys.key_blocks[1].value) == [0.25, 0.5, 1, 1, 1]
    take_out(scene)
    assert face.data.shape_keys.key_blocks[1].value == 0.25
    assert inventory() == before


def test_a_text_is_shown_by_objects_of_their_own_at_their_time(scene):
    data = bpy.data.curves.new("Sign", "FONT")
    data.body = "Open"
    sign = add(scene, "Sign", data)
    sign.location = (1, 2, 3)
    before = inventory()
    looks = {"text.body": [(0, "Open"), (1, "Shut"), (3, "Open"), (4, "Ajar")]}
    play(scene, Motion("Sign", looks=looks))

    def read():
        bpy.context.view_layer.update()
        shown = [o for o in scene.objects if not o.hide_render and not o.hide_viewport]
        return [(o.data.body, tuple(o.matrix_world.translation)) for o in shown]

    texts = over_time(scene, read)
    assert texts == [[(text, (1, 2, 3))] for text in ("Open", "Shut", "Shut", "Open", "Ajar")]
    assert sum(STAND_IN in o for o in scene.objects) == 2
    take_out(scene)
    assert inventory() == before
    assert (sign.data.body, sign.hide_render, sign.hide_viewport) == ("Open", False, False)


def test_a_text_with_deltas_stands_where_it_stood(scene):
    data = bpy.data.curves.new("Sign", "FONT")
    data.body = "A"
    sign = add(scene, "Sign", data)
    sign.location, sign.delta_location, sign.delta_scale = (0, 2, 1), (1, 0, 0), (2, 1, 1)
    sign.delta_rotation_euler = (0, 0, 1)
    sign.hide_set(True)
    play(scene, Motion("Sign", looks={"text.body": [(0, "A"), (2, "B")]}))
    scene.frame_set(START + 3)
    (other,) = (o for o in scene.objects if STAND_IN in o)
    assert np.allclose(other.matrix_world, sign.matrix_world, atol=1e-6)
    assert other.hide_get()


def test_a_hidden_text_stays_hidden_whatever_it_reads(scene):
    data = bpy.data.curves.new("Sign", "FONT")
    data.body = "A"
    sign = add(scene, "Sign", data)
    sign.hide_render = True
    play(scene, Motion("Sign", looks={"text.body": [(0, "A"), (2, "B")]}))
    assert over_time(scene, lambda: [o.hide_render for o in scene.objects]) == [[True, True]] * FRAMES


def test_properties_of_several_numbers_are_keyed_each(scene):
    ball = add(scene, "Ball", mesh())
    ball["v"] = (1.0, 2.0)
    play(scene, Motion("Ball", properties={"v": [(0, (1.0, 2.0)), (2, (3.0, 4.0))]}))
    assert over_time(scene, lambda: list(ball["v"])) == [[1, 2], [1, 2], [3, 4], [3, 4], [3, 4]]
    take_out(scene)
    assert list(ball["v"]) == [1, 2]


def test_looks_are_kept_in_files(tmp_path):
    motion = Motion("A", looks={"material.color": [(0, [1.0, 0.0, 0.0, 1.0]), (2, [0.0, 0.0, 1.0, 1.0])]})
    save_motions([motion], tmp_path / "motions.npz")
    assert load_motions(tmp_path / "motions.npz") == [motion]


def test_what_shines_is_shown_lighter():
    assert shown_color((0.5, 0.5, 0.5, 1.0), (1.0, 0.0, 0.0, 1.0), 0.0) == [0.5, 0.5, 0.5, 1.0]
    assert shown_color((0.5, 0.5, 0.5, 1.0), (1.0, 0.0, 0.0, 1.0), 9.0) == [1.0, 0.5, 0.5, 1.0]
