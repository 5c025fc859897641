"""A machine whose lamp lights, whose magnet pulls and whose fan blows, in a real Blender window."""

import os
import time

import pytest

from .blender import Window
from .panel import PREFERENCES, find_and_do, run, script

BLENDER, EXTENSION, PICTURES = (os.environ.get(f"CDYN_GUI_{name}") for name in ("BLENDER", "EXTENSION", "PICTURES"))

pytestmark = [
    pytest.mark.skipif(not BLENDER, reason="needs a Blender with a window: scripts/test_gui.sh"),
    pytest.mark.xdist_group("gui"),
]

BUILD = """
import math
for o in list(bpy.data.objects):
    bpy.data.objects.remove(o)
s = bpy.context.scene
s.frame_start, s.frame_end = 1, 60

def paint(name, color):
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    shader = next(n for n in made.node_tree.nodes if n.type == 'BSDF_PRINCIPLED')
    shader.inputs['Base Color'].default_value = made.diffuse_color = (*color, 1)
    return made

def add(name, place, size, color, moved=None, ball=False):
    if ball:
        bpy.ops.mesh.primitive_uv_sphere_add(radius=size[0] / 2, location=place)
    else:
        bpy.ops.mesh.primitive_cube_add(size=1, location=place)
        bpy.context.object.scale = size
        bpy.ops.object.transform_apply(location=False, rotation=False)
    bpy.context.object.name = name
    bpy.context.object.data.materials.append(paint(name, color))
    if moved is not None:
        (bpy.ops.cdyn.make_active if moved else bpy.ops.cdyn.make_passive)()

with bpy.context.temp_override(window=window(), area=area_of('VIEW_3D')):
    add('Floor', (0, 0, -0.1), (12, 6, 0.2), (0.5, 0.5, 0.5), False)
    add('Ball', (-3, 0, 0.5), (1,), (0.6, 0.6, 0.65), True, True)
    add('Magnet', (1, 0, 0.5), (0.5, 1, 1), (0.7, 0.05, 0.05), False)
    add('Fan', (-5, 2, 0.5), (0.2, 1, 1), (0.1, 0.2, 0.6), False)
    add('Balloon', (-4, 2, 0.5), (1,), (0.9, 0.5, 0.1), True, True)
    add('Lamp', (3, 1, 1.5), (0.8,), (0.9, 0.8, 0.1), None, True)
    bulb = bpy.data.lights.new('Bulb', 'POINT')
    bulb.energy = 0
    text = bpy.data.curves.new('Sign', 'FONT')
    text.body = 'Wait'
    for name, data, place in (('Bulb', bulb, (0, -2, 3)), ('Sign', text, (-1, 2.5, 1))):
        made = bpy.data.objects.new(name, data)
        made.location = place
        s.collection.objects.link(made)
    made.rotation_euler = (math.pi / 2, 0, 0)
    s.cdyn.steps = 59
    s.cdyn.rules.clear()
    for words in (
        'Magnet attracts Ball with 12 N', 'At the start, a wind of 4 m/s to the right blows on Balloon',
        'When Ball touches Magnet, Lamp lights up', 'When Ball touches Magnet, turn on Bulb',
        'When Ball touches Magnet, Sign reads "Caught"',
    ):
        s.cdyn.rules.add().text = words
    view = next(space for space in area_of('VIEW_3D').spaces if space.type == 'VIEW_3D')
    view.shading.type = 'SOLID'
    view.shading.color_type = 'MATERIAL'
    view.region_3d.view_distance = 16
    s.frame_set(1)
    bpy.ops.ed.undo_push(message='Built')
"""
SEEN = """
bpy.context.scene.frame_set({frame})
shader = next(n for n in bpy.data.objects['Lamp'].active_material.node_tree.nodes if n.type == 'BSDF_PRINCIPLED')
texts = [o.data.body for o in bpy.context.scene.objects if o.type == 'FONT' and not o.hide_viewport]
result = [
    bpy.data.objects['Bulb'].data.energy, shader.inputs['Emission Strength'].default_value, texts,
    [round(c, 2) for c in bpy.data.objects['Lamp'].active_material.diffuse_color][:3],
    [round(bpy.data.objects[n].location.x, 2) for n in ('Ball', 'Balloon')],
]
"""
INVENTORY = """
kinds = bpy.data.objects, bpy.data.materials, bpy.data.lights, bpy.data.curves
result = [sorted(b.name for b in kind) for kind in kinds]
"""


@pytest.fixture(scope="module")
def window():
    with Window(BLENDER, EXTENSION, PICTURES, offline=True) as opened:
        opened.ask(PREFERENCES + "preferences.coder = 'template'")
        opened.open_tab()
        yield opened


def test_a_lamp_lights_a_magnet_pulls_and_a_fan_blows(window):
    window.ask(BUILD)
    before = window.ask(INVENTORY)
    start = window.ask(SEEN.format(frame=1))
    assert start[:3] == [0, 0, ["Wait"]]
    window.picture("40_dark")
    assert not script(window)  # The run has it written.
    _, _, error, _ = run(window)
    assert not error
    assert "def rule_1():" in script(window)
    assert window.ask(SEEN.format(frame=1)) == start
    energy, strength, texts, colour, places = window.ask(SEEN.format(frame=59))
    time.sleep(2)
    window.picture("41_lit")
    assert (energy, strength, texts) == (100, 5, ["Caught"])
    assert colour[2] > start[3][2] + 0.2
    assert places[0] == pytest.approx(0.25, abs=0.1)
    assert places[1] > -1
    find_and_do(window, "Take Off the Timeline")
    assert window.ask(SEEN.format(frame=1)) == start
    assert window.ask(INVENTORY) == before
    assert "Traceback" not in window.last_words()
