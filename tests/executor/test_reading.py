"""What scripts written for Blender take for granted."""

import numpy as np
import pytest

from addon.executor import Budgets, ScriptError, ScriptSession, run_plain
from addon.scene_graph import Primitive, SceneGraph, SceneObject, StepState, World

THINGS = [{"name": "Cube", "location": [1, 2, 3], "scale": [1, 2, 1]}, {"name": "Ball"}, {"name": "Lamp"}]


def run(source, steps=1):
    made = run_plain(source, THINGS, steps)
    assert made.error is None, made.error.text()
    return made


SAID = {
    "m = bpy.data.objects['Cube'].matrix_world\nprint(m.translation.x, m[2][3], m.to_scale().y)": "1.0 3.0 2.0",
    "print(bpy.data.objects['Cube'].matrix_world @ mathutils.Vector((0, 1, 0)))": "<Vector (1.0000, 4.0000, 3.0000)>",
    "r = bpy.context.scene.render\nprint(r.fps, r.fps_base, r.fps / r.fps_base)": "24 1.0 24.0",
    "s = bpy.context.scene\nprint(s.frame_start, s.frame_end)": "1 1",
    "print([o.name for o in bpy.data.objects[:2]], bpy.data.objects[-1].name)": "['Cube', 'Ball'] Lamp",
    "print(bpy.data.objects['Cube'] in bpy.data.objects)": "True",
    "print(bpy.data.objects['Cube'].parent)": "None",
    "o = bpy.data.objects['Cube']\no.rotation_mode = 'QUATERNION'\nprint(o.rotation_mode)": "QUATERNION",
    "print('{0} {1:.2f} {0!r} {name:>4}'.format('a', 2.5, name='x'))": "a 2.50 'a'    x",
    "print('{} of {{}} {:{w}d}'.format(1, 7, w=3))": "1 of {}   7",
    "from __future__ import annotations\nfrom typing import Dict, List, Optional\nimport typing\n"
    "Pair = typing.Tuple[float, float]\n"
    "def f(a: Optional[List[float]] = None) -> Dict[str, int]:\n    return {'n': 1}\nprint(f())": "{'n': 1}",
}


@pytest.mark.parametrize(("source", "printed"), SAID.items())
def test_what_is_read(source, printed):
    assert "".join(run(source).printed).strip() == printed


def test_a_matrix_is_written_as_a_whole():
    source = "o = bpy.data.objects['Cube']\no.matrix_world = mathutils.Matrix.Translation((5, 0, 0)) @ o.matrix_world"
    made = run(source)
    assert made.objects[0].values["location"] == pytest.approx([6, 2, 3])
    assert made.objects[0].values["scale"] == pytest.approx([1, 2, 1])


WRONG = {
    "bpy.data.objects['Cube'].matrix_world.translation.x = 5": "frozen",
    "bpy.data.objects['Cube'].matrix_world[0][3] = 5": "frozen",
    "bpy.data.objects['Cube'].matrix_world = 5": "Matrix",
    "bpy.data.objects['Cube'].parent = None": "parents stay",
    "bpy.data.objects['Cube'].rotation_mode = 'ZYX'": "to_quaternion",
    "bpy.context.scene.render.fps = 30": "cannot be written",
    "bpy.context.scene.frame_end = 30": "only be read",
    "bpy.data.objects['a':'b']": "no object",
    "print('{0.real}'.format(1))": "a name or a number",
    "print('{0[0]}'.format([1]))": "a name or a number",
    "print('{a.x}'.format(a=1))": "a name or a number",
    "print('{:{0.real}}'.format(1))": "a name or a number",
    "print('{:>1000}'.format(1))": "more than 100 characters",
    "print('{:{w}}'.format(1, w=1000))": "more than 100 characters",
    "print('{} {}'.format(1))": "value 2",
    "f = '{}'.format\nf(1)": "call it at once",
    "print(list(map('{}'.format, [1])))": "call it at once",
    "print(str.format('{}', 1))": "only a text",
    "from __future__ import division": "annotations",
    "from typing import TYPE_CHECKING": "has Any",
}


@pytest.mark.parametrize(("source", "words"), WRONG.items())
def test_what_is_wrong_is_told(source, words):
    made = run_plain(source, THINGS, 1)
    assert made.error is not None
    assert words in made.error.text()
    assert [o.values for o in made.objects] == [o.values for o in run("x = 1").objects]


def test_a_format_cannot_grow_beyond_a_text():
    source = "t = 'a' * 9000\nprint(len(('{0}' * 23).format(t)))"
    assert "collection_items" in run_plain(source, THINGS, 1).error.text()


def test_a_parent_is_an_object_of_the_scene():
    shape = Primitive(kind="cube", dimensions=(1, 1, 1))
    cart, box = SceneObject(name="Cart", geometry=shape), SceneObject(name="Box", geometry=shape, parent="Cart")
    graph = SceneGraph(world=World(fps=60), objects=(cart, box))
    state = StepState(1, *(np.zeros((2, n)) for n in (3, 4, 3, 3, 3)))
    state.quaternion[:, 0], state.scale[:] = 1, 1
    source = "o = bpy.data.objects['Box'].parent\nprint(o.name, o.parent, bpy.context.scene.frame_end)"
    with ScriptSession(source, graph, budgets=Budgets(), steps=250) as session:
        assert session.step(state).printed == "Cart None 250\n"
    with ScriptSession(source, graph) as session, pytest.raises(ScriptError, match="not known here"):
        session.step(state)
