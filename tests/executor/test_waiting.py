"""What a script says that it waits for: only where its next step would be the same again."""

import numpy as np
import pytest

from addon.executor import Budgets, ScriptError, ScriptSession
from addon.executor.validator import Validator
from addon.scene_graph import Contact, StepState


def waits(scene, source, frame=1, steps=1, touching=()):
    """What a script waits for after so many steps from a frame on."""
    count = len(scene.objects)
    place = np.array([o.location for o in scene.objects], dtype=float)
    turn = np.tile([1.0, 0, 0, 0], (count, 1))
    zero = np.zeros((count, 3))
    contacts = [Contact(a, b, (0, 0, 0), (0, 0, 1), 0.0) for a, b in touching]
    with ScriptSession(
        "import bpy\nfrom mathutils import Vector\nobjects = bpy.data.objects\n" + source, scene
    ) as session:
        for number in range(frame, frame + steps):
            result = session.step(StepState(number, place, turn, np.ones((count, 3)), zero, zero, contacts))
        return result.waits


def test_it_waits_for_what_it_asked(scene):
    found = waits(scene, 'objects["Cube"].touching("Sphere")\nobjects["Sphere"].touching("Lamp")\nidle()')
    assert found.frame is None
    assert found.pairs == ((0, 1), (0, 2))
    assert found.limits == ()


def test_it_waits_for_limits(scene):
    source = """
assert compared(3, "Sphere", "location", "z") == -1
assert compared(0.5, "Sphere", "location", "z") == 1
assert compared(1, "Sphere", "location", "length", "Cube") == 0
assert compared(2, "Sphere", "velocity", "length") == -1
idle()
"""
    assert set(waits(scene, source).limits) == {
        ("location", 0, None, 0.5),
        ("location", 0, 1, 0.0),
        ("velocity", 0, None, 2.0),
    }


def test_it_waits_for_any_change_of_what_it_read(scene):
    found = waits(scene, 'objects["Cube"].dimensions\nobjects["Sphere"].rotation_euler\nidle()')
    assert set(found.limits) == {("scale", 1, None, 0.0), ("rotation_quaternion", 0, None, 0.0)}


def test_it_waits_for_any_touch_of_what_it_asked_for_all(scene):
    assert waits(scene, 'objects["Sphere"].contacts\nidle()').pairs == ((0, 1), (0, 2))


def test_of_what_a_function_tells_it_waits_for_less_than_the_limit_is_away(scene):
    source = """
assert compared(0.5, "Sphere", "rotation_quaternion", lambda turned: turned.angle) == -1
assert compared(-2, "Sphere", "location", lambda place: -place.z) == 1
assert compared(1e-7, "Lamp", "location", lambda gap: gap.length, "Cube") == -1
idle()
"""
    found = {(field, first, second): gap for field, first, second, gap in waits(scene, source).limits}
    assert found.pop(("location", 2, 1)) == 0.0
    assert found.keys() == {("rotation_quaternion", 0, None), ("location", 0, None)}
    assert 0.49 < found["rotation_quaternion", 0, None] < 0.5
    assert 0.98 < found["location", 0, None] < 1.0


@pytest.mark.parametrize("seconds", [0.5, 1.0, 1 / 3])
def test_it_is_awake_about_a_time(scene, seconds):
    dt = scene.world.dt
    matters = next(f for f in range(1, 1000) if (f - 1) * dt >= seconds - 1e-6)
    found = waits(scene, f"wake_at({seconds})\nidle()")
    assert matters - 2 <= found.frame <= matters
    assert waits(scene, f"wake_at({seconds})\nidle()", frame=matters).frame == matters + 1
    assert waits(scene, f"wake_at({seconds})\nidle()", frame=matters + 2).frame is None


@pytest.mark.parametrize(
    "source",
    [
        'objects["Cube"].touching("Sphere")',
        'objects["Lamp"]["on"] = True\nidle()',
        'print("here")\nidle()',
        "fired(1)\nidle()",
        "bpy.context.scene.frame_current\nidle()",
        "bpy.context.scene.events\nidle()",
        "import random\nrandom.random()\nidle()",
        "from random import random as chance\nidle()",
        'state["n"] = state.get("n", 0) + 1\nidle()',
        'compared(float("nan"), "Cube", "location", "x")\nidle()',
        'compared(10**400, "Cube", "location", "x")\nidle()',
        'compared(1e200, "Cube", "location", "x")\nidle()',
        "import random as chance\nchance.random()\nidle()",
        'state.setdefault("seen", []).append(frame)\nidle()',
        'state.setdefault("deep", {"n": 0})["n"] += 1\nidle()',
        'state["v"] = state.get("v", Vector((1, 0, 0))) + Vector((1e-8, 0, 0))\nidle()',
        'state.update(a=state.get("b", 1), b=state.get("a", 1.0))\nidle()',
        'first = next(iter(state or {"a": 0, "b": 0}))\nstate.setdefault("a", 0)\nstate.setdefault("b", 0)\n'
        "value = state.pop(first)\nstate[first] = value\nidle()",
        'state["l"] = state.get("l") or [0]\nstate["m"] = state["l"] if frame % 2 else list(state["l"])\nidle()',
        "if frame == 1:\n    n = 0\nn += 1\nidle()",
        "n = 0\ndef step(scene, frame, dt):\n    global n\n    n += 1\n    idle()",
        "def step(scene, frame, dt, seen=[]):\n    seen.append(frame)\n    idle()",
        "seen = []\ndef step(scene, frame, dt):\n    seen.append(frame)\n    idle()",
        "def made():\n    n = 0\n    def count():\n        nonlocal n\n        n += 1\n    return count\n"
        'state.setdefault("count", made())()\nidle()',
        "if frame == 2:\n    def chosen():\n        return 2\nidle()",
        'objects["Cube"].rotation_mode = "XYZ" if frame % 2 else "QUATERNION"\nidle()',
        'state["odd"] = iter([1, 2])\nidle()',
        "before = dt\ndt = before + 1\nidle()",
        "now = (frame - 1) * dt\nidle()",
        "if frame == 100:\n    print(100)\nidle()",
        "def step(*given):\n    if given[1] == 100:\n        print(100)\n    idle()",
        "def step(scene, number, /, dt):\n    if number == 100:\n        print(100)\n    idle()",
        "def act(scene, number, dt):\n    if number == 100:\n        print(100)\n    idle()\nstep = act",
        "def step(scene, number, dt):\n    if number == 100:\n        print(100)\n    idle()",
        "if frame * dt < 0.01:\n    wake_at(0.01)\nidle()",
        "kept = []\ndef step(scene, frame, dt, seen=kept):\n    seen.append(frame)\n    idle()\nkept = None",
    ],
)
def test_what_remembers_something_matters(scene, source):
    assert waits(scene, source, steps=2) is None


@pytest.mark.parametrize(
    "source",
    [
        'state["n"] = 3\nidle()',
        'state["pose"] = (objects["Cube"].location, objects["Cube"].rotation_euler, 1.0, None, {"a": [1]})\nidle()',
        "now = (frame - 1) * dt\nwake_at()\nidle()",
        "number = 0\nnumber += 1\nidle()",
        "def half(x, by=(0, 2)):\n    x = x / by[1]\n    return x\nhalved = half(3)\nidle()",
        "kept = {}\ndef step(scene, frame, dt):\n    kept['seen'] = True\n    idle()",
    ],
)
def test_what_is_left_as_it_was_does_not_matter(scene, source):
    assert waits(scene, source, steps=2) is not None


def test_a_step_that_only_remembers_is_followed_by_one_that_waits(scene):
    source = 'state["seen"] = objects["Cube"].touching("Sphere")\nidle()'
    assert waits(scene, source, touching=[(0, 1)]) is None
    assert waits(scene, source, touching=[(0, 1)], steps=2).pairs == ((0, 1),)


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ('wake_at("soon")', "wake_at needs times in seconds, got 'soon'"),
        ('compared("1", "Cube", "location", "z")', "compared needs a number"),
        ('compared(1, "Cube", "mass", "z")', "location, rotation_quaternion, scale, velocity, angular_velocity"),
        ('compared(1, "Cube", "location", "w")', "x, y, z, length"),
        ('compared(1, "Cube", "rotation_quaternion", "x")', "or a function"),
        ('compared(1, "Cube", "location", lambda place: place)', "has to give a number, got Vector"),
        ('compared(1, "Cube", "location", lambda place: True)', "has to give a number, got True"),
        ('compared(1, "Cub", "location", "z")', "did you mean 'Cube'"),
        ('compared(1, None, "location", "z")', "the names of objects, got None and None"),
        ('compared(1, "Cube")', r"compared\(\) missing 2 required"),
        ("idle(3)", r"idle\(\) takes 0 positional arguments but 1 was given"),
    ],
)
def test_what_cannot_be_waited_for_is_told(scene, call, problem):
    with pytest.raises(ScriptError, match=problem):
        waits(scene, call)


@pytest.mark.parametrize(
    "told",
    [
        [],
        {"frame": 1},
        {"frame": 0, "pairs": [], "limits": []},
        {"frame": True, "pairs": [], "limits": []},
        {"frame": None, "pairs": [[0]], "limits": []},
        {"frame": None, "pairs": [[0, "1"]], "limits": []},
        {"frame": None, "pairs": 3, "limits": []},
        {"frame": None, "pairs": [[0, 1]] * 2_000, "limits": []},
        {"frame": None, "pairs": [], "limits": [["mass", 0, None, 1.0]]},
        {"frame": None, "pairs": [], "limits": [["location", 0, None, -1.0]]},
        {"frame": None, "pairs": [], "limits": [["location", 0, None]]},
        {"frame": None, "pairs": [], "limits": [["location", 0, None, float("nan")]]},
    ],
)
def test_a_worker_that_asks_for_something_else_is_not_believed(told):
    with pytest.raises(ScriptError, match="nobody can wait for"):
        Validator({"A": True, "B": False}, {}, Budgets()).waits(told)


def test_what_is_no_object_of_the_scene_stands_still():
    told = {"frame": 3, "pairs": [[0, 1], [1, 2]], "limits": [["location", 0, 2, 1.0], ["location", 2, 1, 2]]}
    told["limits"].append(["location", 2, None, 1.0])
    found = Validator({"A": True, "B": False}, {}, Budgets()).waits(told)
    assert found.pairs == ((0, 1),)
    assert found.limits == (("location", 0, None, 1.0), ("location", 1, None, 2.0))
