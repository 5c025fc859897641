"""What scripts may use: code of the usual kinds runs as it does in plain Python, and the documents say the same."""

import pytest

from addon.executor import Budgets, ScriptError, run_plain

BALL = {"name": "Ball", "location": [0, 0, 5], "velocity": [1, 0, 0]}
DOOR = {"name": "Door", "props": {"open": False}}
CRATE = {"name": "Crate", "rigid_body": {"mass": 2.0}}


def run(source, steps=1, **options):
    result = run_plain(source, [BALL, DOOR, CRATE], steps, **options)
    if result.error is not None:
        raise result.error
    return {o.name: o.as_dict() for o in result.objects}, "".join(result.printed)


# What a script prints is compared with what the same lines print in plain Python.
PLAIN_SCRIPTS = {
    "functions": """
def clamp(value, low=0.0, high=1.0, *, scale=1):
    return max(low, min(high, value * scale))
def total(*parts, **named):
    return sum(parts) + sum(named.values())
print(clamp(3), clamp(-1), clamp(0.25, scale=2), total(1, 2, a=3), (lambda x, y=2: x ** y)(5))
""",
    "closures": """
def counter(start):
    count = start
    def advance(by=1):
        nonlocal count
        count += by
        return count
    return advance
first, second = counter(0), counter(10)
print(first(), first(5), second(), [f(2) for f in (first, second)])
""",
    "comprehensions": """
grid = [(x, y) for x in range(4) for y in range(x) if (x + y) % 2]
names = {f"P{i}": i * i for i in range(5)}
print(grid, names, {len(n) for n in names}, sum(v for v in names.values() if v > 3))
first, *middle, last = [n for n in range(6)]
print(first, middle, last, [[c * 2 for c in row] for row in ((1, 2), (3,))])
""",
    "sorting": """
parts = [("b", 3), ("a", 3), ("c", 1)]
print(sorted(parts, key=lambda p: (p[1], p[0])), sorted(parts, reverse=True)[0], max(parts, key=lambda p: p[1]))
parts.sort(key=lambda p: -p[1])
print(parts, list(reversed(range(3))), list(zip("ab", (1, 2))), list(enumerate("xy", 1)))
""",
    "texts": """
value, name = 3.14159, "Ball"
print(f"{value:.2f} {value:>8.1f}| {name!r} {name:<6}| {value=:.3f} {len(name) + 1:03d} {{}}")
print("%s is at %.1f" % (name, value), " ".join(["a", "b"]).upper(), name[::-1], "Cube.001".split(".")[-1])
""",
    "errors": """
def careful(values, key):
    try:
        found = values[key] / 2
    except KeyError as missing:
        return f"no {missing}"
    except (TypeError, ValueError):
        return "not a number"
    else:
        return found
    finally:
        print("looked for", key)
print(careful({"a": 3}, "a"), careful({}, "b"), careful({"c": "x"}, "c"))
try:
    raise ValueError("too far")
except Exception as error:
    print(type_of := "caught", error)
""",
    "a state machine": """
machine = {"idle": ("start", "moving"), "moving": ("arrive", "open"), "open": ("close", "idle")}
state_name, seen = "idle", []
for event in ["start", "wait", "arrive", "close", "start"]:
    expected, following = machine[state_name]
    if event == expected:
        state_name = following
    seen.append(state_name)
print(seen, state_name)
handlers = {"idle": lambda: 0, "moving": lambda: 1}
print(handlers.get(state_name, lambda: -1)())
""",
    "loops": """
n, steps = 27, 0
while n != 1:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
    if steps > 1000:
        break
else:
    print("reached one after", steps)
for i in range(3):
    if i == 1:
        continue
    print(i, end=" ", sep="")
print(any(i > 1 for i in range(3)), all([]), divmod(7, 2), round(2.567, 1), 7 // 2, -7 % 3, 2 ** 10, 5 & 3 | 8)
""",
    "mathematics": """
import math
from math import pi, sin as sine, hypot
print(round(sine(pi / 6), 9), hypot(3, 4))
print(math.degrees(math.atan2(1, 1)), math.floor(-1.5), math.isclose(0.1 + 0.2, 0.3))
""",
}


@pytest.mark.parametrize("name", PLAIN_SCRIPTS)
def test_ordinary_code_prints_what_plain_python_prints(name, capsys):
    exec(PLAIN_SCRIPTS[name], {})
    assert run(PLAIN_SCRIPTS[name])[1] == capsys.readouterr().out


def test_vectors_turn_and_move_objects():
    source = """
import bpy
from math import radians
from mathutils import Vector, Quaternion, Euler, Matrix
ball = bpy.data.objects["Ball"]
away = ball.location - Vector((0, 0, 1))
ball.location = Matrix.Rotation(radians(90), 4, "X") @ away
ball.location += Quaternion((0, 0, 1), radians(180)) @ Vector((1, 2, 0))
ball.rotation_euler = Euler((0, 0, radians(30)))
ball.rotation_euler.rotate(Euler((0, 0, radians(60))))
ball.velocity = away.normalized().lerp(Vector((1, 0, 0)), 0.5)
ball.velocity.xz = ball.velocity.zx
"""
    ball = run(source)[0]["Ball"]
    assert ball["location"] == pytest.approx([-1, -6, 0], abs=1e-9)
    assert ball["rotation_euler"] == pytest.approx([0, 0, 1.5707963], abs=1e-6)
    assert ball["velocity"] == pytest.approx([0.5, 0, 0.5])


def test_a_name_for_a_field_stays_that_field():
    source = """
import bpy
ball = bpy.data.objects["Ball"]
place = ball.location
ball.location = (1, 2, 3)
place.z += 1
ball.location *= 2
print(place is ball.location, place.copy() is place, tuple(place))
"""
    objects, printed = run(source)
    assert objects["Ball"]["location"] == [2, 4, 8]
    assert printed == "True False (2.0, 4.0, 8.0)\n"


def test_properties_settings_and_seeded_random_numbers():
    source = """
import bpy, random
door, crate = bpy.data.objects["Door"], bpy.data.objects["Crate"]
if not door["open"] and frame == 2:
    door["open"] = True
door["checks"] = door.get("checks", 0) + 1
if "note" not in door:
    door["note"] = "new"
for obj in bpy.data.objects:
    if obj.rigid_body:
        obj.rigid_body.mass += 0.5
        obj.rigid_body.kinematic = frame > 1
door["draw"] = round(random.uniform(0, 1) + random.choice([10, 20]), 6)
"""
    objects = run(source, steps=3, seed=4)[0]
    assert objects["Door"]["props"] == {**objects["Door"]["props"], "open": True, "checks": 3, "note": "new"}
    assert (objects["Crate"]["rigid_body"]["mass"], objects["Crate"]["rigid_body"]["kinematic"]) == (3.5, True)
    assert run(source, steps=3, seed=4)[0] == objects
    assert run(source, steps=3, seed=5)[0]["Door"]["props"]["draw"] != objects["Door"]["props"]["draw"]


def test_keyframes_are_accepted_for_the_step_itself():
    source = """
import bpy
scene = bpy.context.scene
ball, door, crate = bpy.data.objects["Ball"], bpy.data.objects["Door"], bpy.data.objects["Crate"]
ball.location.z -= 1
print(ball.keyframe_insert("location", index=2, frame=scene.frame_current))
ball.keyframe_insert(data_path="rotation_euler", frame=frame, group="Motion")
door.keyframe_insert(data_path='["open"]')
door.keyframe_insert("hide_viewport")
crate.keyframe_insert("rigid_body.kinematic")
crate.rigid_body.keyframe_insert("kinematic")
"""
    objects, printed = run(source, steps=2)
    assert objects["Ball"]["location"] == [0, 0, 3]
    assert printed == "True\nTrue\n"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("ball.keyframe_insert('location', frame=frame + 10)", "for this step"),
        ("ball.keyframe_insert('colour')", "keyframe_insert knows location"),
        ("ball.location = 5", "location needs a sequence of numbers"),
        ("ball.location = (1, 2)", "location needs 3 numbers, got 2"),
        ("ball.location.x = 'far'", "needs numbers, got str"),
        ("ball.location += (1, 2, 3)", "use Vector"),
        ("sum([ball.location])", "to begin with"),
        ("from mathutils import Vector\nVector.x = 5", "cannot be changed"),
        ("from mathutils import Matrix\ndel Matrix.translation", "cannot be changed"),
    ],
)
def test_what_would_be_lost_or_is_wrong_is_an_error(call, words):
    with pytest.raises(ScriptError, match=words):
        run(f"import bpy\nball = bpy.data.objects['Ball']\n{call}")


def test_what_is_printed_is_cut_at_its_budget():
    printed = run("print('x' * 60)", steps=5, budgets=Budgets(printed_chars_run=150))[1]
    assert printed.startswith("x" * 60 + "\n" + "x" * 60 + "\n" + "x" * 28)
    assert printed.count("x") == 148
