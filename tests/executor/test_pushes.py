"""What a script may push, and what it is told where it may not."""

import pytest

from addon.executor import language, run_plain
from addon.executor.job import EMPTY_SCENE

ACTIVE, HELD, PASSIVE = {}, {"kinematic": True}, {"type": "PASSIVE"}


def run(source, body=ACTIVE, steps=1):
    things = [{"name": "Ball", "location": [1, 0, 0], "rigid_body": body}, {"name": "Post", "location": [0, 0, 3]}]
    return run_plain(f"ball, post = bpy.data.objects['Ball'], bpy.data.objects['Post']\n{source}", things, steps)


def test_pushes_of_a_step_add_up_and_end_with_it():
    made = run("if frame == 1:\n    ball.apply_force((24, 0, 0))\n    ball.apply_impulse((0, 1, 0))\n"
               "    ball.apply_force(mathutils.Vector((0, 0, 48)))", steps=3)  # fmt: skip
    assert made.error is None
    assert made.objects[0].values["velocity"] == pytest.approx([1, 1, 2])


CALLS = {
    "apply_force": "(1, 0, 0)",
    "apply_impulse": "(1, 0, 0)",
    "spring": "post, 40, 1, 0.5",
    "attract": "'Post', 5, reach=10",
    "drag": "1, 0.1",
    "wind": "(3, 0, 0), 2",
    "hover": "2",
    "follow": "post, (0, 0, 1)",
}


def test_every_push_is_tried_here():
    assert CALLS.keys() == language.PUSHES.keys()


@pytest.mark.parametrize(("name", "arguments"), CALLS.items())
def test_pushes(name, arguments):
    made = run(f"ball.velocity = (1, 0, 0)\nball.{name}({arguments})")
    assert made.error is None
    assert made.objects[0].values["velocity"] != [1, 0, 0]


@pytest.mark.parametrize(("name", "arguments"), CALLS.items())
@pytest.mark.parametrize(
    ("owner", "body", "why"),
    [("post", ACTIVE, "no rigid body"), ("ball", PASSIVE, "does not move it"), ("ball", HELD, "does not move it")],
)
def test_only_what_physics_moves_can_be_pushed(name, arguments, owner, body, why):
    made = run(f"x = 1\n{owner}.{name}({arguments})", body)
    assert (made.error.kind, made.error.line, made.steps) == ("failed", 3, 0)
    assert why in made.error.reason
    assert "location" in made.error.reason


BAD = {
    "ball.apply_force(5)": "sequence of numbers",
    "ball.apply_force((1, 2))": "3 numbers",
    "ball.apply_force(('a', 0, 0))": "needs numbers",
    "ball.apply_force((float('nan'), 0, 0))": "finite",
    "ball.apply_force((1e9, 0, 0))": "from -1e+06 to 1e+06",
    "ball.apply_impulse((float('inf'), 0, 0))": "finite",
    "ball.spring('Nobody', 40)": "no object 'Nobody'",
    "ball.spring(post, -1)": "negative",
    "ball.spring(post, 1e7)": "at most",
    "ball.spring(post, '40')": "needs numbers",
    "ball.spring((0, 0), 40)": "3 numbers",
    "ball.attract(post, 5, closest=0)": "closest",
    "ball.attract(post, 5, reach=0)": "reach must be more than 0",
    "ball.attract(ball, 5)": "another object than itself",
    "ball.spring('Ball', 5)": "another object than itself",
    "ball.follow('Ball')": "cannot follow itself",
    "ball.attract((0, 0, 0), 3, mutual=True)": "only another object can be pushed back",
    "ball.drag(-1)": "negative",
    "ball.wind(3)": "sequence of numbers",
    "ball.hover(None)": "needs numbers",
    "ball.follow(post, (0, 0, 1, 2))": "3 numbers",
    "ball.attract(post, 5, mutual=True)": "no rigid body",
    "ball.force = (1, 0, 0)": "apply_force",
    "ball.apply_central_force((1, 0, 0))": "apply_force",
    "ball.apply_torque((1, 0, 0))": "angular_velocity",
}


@pytest.mark.parametrize(("source", "words"), BAD.items())
def test_what_is_wrong_is_told_with_its_line_and_nothing_is_applied(source, words):
    made = run(f"ball.apply_impulse((1, 0, 0))\n{source}")
    assert made.error.line == 3
    assert words in made.error.text()
    assert made.steps == 0
    assert made.objects[0].values["velocity"] == [0, 0, 0]


def test_a_script_knows_the_substeps():
    made = run("w = bpy.context.scene.rigidbody_world\nball['n'] = w.substeps_per_frame\nball['t'] = w.time_scale")
    assert made.objects[0].values["props"] == {"n": 10, "t": 1.0}


@pytest.mark.parametrize(
    "push",
    [
        "apply_force((1, 0, 0))",
        "spring((0, 0, 9), 4e4, 5)",
        "attract((0, 0, 9), 5)",
        "drag(1, 1)",
        "wind((1, 0, 0))",
        "hover(5)",
        "follow((0, 0, 9), pace=(1, 0, 0), bend=(0, 1, 0))",
    ],
)
def test_where_physics_stands_still_pushes_are_allowed_and_finite(push, monkeypatch):
    monkeypatch.setitem(EMPTY_SCENE, "physics", {"substeps_per_frame": 10, "time_scale": 0.0})
    made = run(f"ball.{push}")
    assert made.error is None
    assert made.steps == 1


def test_it_cannot_change_them():
    made = run("bpy.context.scene.rigidbody_world.time_scale = 2")
    assert "written" in made.error.reason
