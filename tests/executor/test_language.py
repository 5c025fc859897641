"""What scripts may use: code of the usual kinds runs as it does in plain Python, and the documents say the same."""

import pytest

from addon.executor import Budgets, ScriptError, language, run_plain

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
    "percent formats": """
frame = 1
print("Frame %d of 250" % frame, "*** %d" % 3, "%5.2f|%-8s|%+d|%05d|%x|%%" % (3.14159, "ab", 5, 42, 255), "100% done")
print("%*d|%.*f" % (8, 3, 2, 3.14159), "%(a)s is %(b)03d of 1000" % {"a": "x", "b": 7}, "%(a(b))s" % {"a(b)": 1}, 7 % 4)
width, digits = 12, 2
print(f"{3.5:>{width}.{digits}f} {1000:,} {0.5:.0%} {255:#06x} {'x':*^20} {250:d} of 1000")
""",
    ":= in comprehensions": """
[w := i for i in range(3)]
def add():
    global w
    w += 1
add()
print(w, [last := v for v in (1, 2)], last, {k: (m := k) for k in range(3)}, m)
def inner():
    total = 0
    def add_all():
        nonlocal total
        [total := total + i for i in range(4)]
        return [total for _ in range(2)]
    return add_all(), [y := i for i in range(3)], y
print(inner(), (lambda xs: [(t := x * 2) for x in xs])([1, 2]))
if any((hit := v) > 1 for v in [1, 2, 3]):
    print(hit, [[j := i * k for k in range(2)] for i in range(3)], j)
def make():
    global made
    made = 5
make()
print(made, [f() for f in [lambda i=i: i for i in range(3)]])
""",
    "kinds of values": """
kinds = (int, float, bool, str, list, dict, tuple, set, frozenset, range)
for value in (1, 1.5, True, "a", [], {}, (), set(), frozenset(), range(3), range(10**9), None):
    print([isinstance(value, kind) for kind in kinds], isinstance(value, (int, (str,))), isinstance(value, int | str))
print(int("12"), int("ff", 16), int("0x1f", 0), int(3.9), int(), int(" 7 "), sorted(["10", "9"], key=int))
print(list(map(int, ["1", "2"])), int, range, isinstance(3, map))
""",
    "long ranges": """
long = range(10**7)
print(long == range(10**7), long == range(5), range(0) == range(3, 3), {long: 1}[range(10**7)], len(long))
print(range(10**9).index(10**8), range(10**9).count(5), 5 in range(10**12), 0.5 in range(3), long[3:5], long[-1])
""",
    "products": """
import math
print(math.prod([1.5, 2]), math.prod([3], start=2), math.prod([]), math.prod(i + 1 for i in range(5)))
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


@pytest.mark.parametrize("name", language.RANDOM_NAMES)
def test_every_random_function_gives_the_same_in_every_run(name):
    arguments = {
        "choice": "[1, 2, 3]", "choices": "[1, 2, 3], k=4", "sample": "range(9), 3", "shuffle": "[1, 2, 3]",
        "randint": "1, 9", "randrange": "9", "random": "", "seed": "", "expovariate": "2",
    }.get(name, "1, 2")  # fmt: skip
    source = f"""
import random
random.seed()
print(random.{name}({arguments}), random.random())
random.seed(None)
print(random.random())
random.seed("a text")
print(random.random())
"""
    first = run(source, seed=3)[1]
    assert run(source, seed=3)[1] == first
    assert run(source, seed=4)[1].splitlines()[-1] == first.splitlines()[-1]
    assert run(source, seed=4)[1] != first


def test_no_text_tells_where_a_value_lies_in_memory():
    source = """
ball, crate = bpy.data.objects["Ball"], bpy.data.objects["Crate"]
ball["text"] = str(lambda: 0)
print(lambda: 0, iter([1]), random.random, crate.rigid_body, bpy.context.scene, bpy.data.objects, ball["text"])
raise ValueError(iter([]))
"""
    result = run_plain(source, [BALL, CRATE], 1)
    assert "list_iterator object" in result.error.reason
    assert "0x" not in result.error.reason
    kept = run_plain(source.replace("raise", "x ="), [BALL, CRATE], 1)
    assert "0x" not in "".join(kept.printed) + kept.objects[0].values["props"]["text"]


def test_modules_are_there_without_an_import():
    source = "bpy.data.objects['Ball'].location = mathutils.Vector((math.floor(1.5), 0, random.random() * 0))"
    assert run(source)[0]["Ball"]["location"] == [1, 0, 0]


@pytest.mark.parametrize("taken", ["step", "setup"])
@pytest.mark.parametrize("value", ["0.1", "None", "[1]", "math.sin", "'a'"])
def test_a_value_of_a_taken_name_changes_nothing(taken, value):
    source = f"{taken} = {value}\nbpy.data.objects['Ball'].location.z += 1"
    assert run(source, steps=3)[0]["Ball"]["location"][2] == 8


@pytest.mark.parametrize(
    ("source", "z"),
    [
        ("def step(scene, frame, dt):\n    ball.location.z += 1", 8),
        ("def step(scene, frame, dt):\n    ball.location.z += 1\nstep(0, frame, dt)", 8),
        ("def step(edge, x):\n    return float(x > edge)\nball.location.z += step(0.5, 1)", 8),
        ("def step(scene):\n    return 1\nx = step(0)", 5),
        ("def step(*parts):\n    ball.location.z += len(parts)", 14),
        ("def step(scene, frame, dt, height=1):\n    ball.location.z += height", 8),
        ("def setup():\n    ball.location.z += 1\nif frame == 1:\n    setup()", 6),
        ("def setup(scene):\n    ball.location.z += 1", 6),
    ],
)
def test_who_calls_step_and_setup(source, z):
    head = "ball = bpy.data.objects['Ball']\n"
    assert run(head + source, steps=3)[0]["Ball"]["location"][2] == z


@pytest.mark.parametrize(
    "source",
    [
        "def step(): x = 1",
        "def step(scene): x = 1",
        "def step(a, b, c, d): x = 1",
        "def step(*, scene, frame, dt): x = 1",
        "step = lambda scene: 1",
        "def setup(): x = 1",
    ],
)
def test_a_taken_name_with_other_arguments_is_refused_with_what_they_are(source):
    with pytest.raises(ScriptError) as caught:
        run("x = 0\n" + source)
    assert (caught.value.kind, caught.value.line) == ("refused", 2)
    assert "step(scene, frame, dt)" in caught.value.reason or "setup(scene)" in caught.value.reason
    assert "setup and step are taken" in caught.value.suggestion


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("\ufeffx = 1 / 0", 1),
        ("s = 'a\u2028b\x0b\x0c\x85c'\nx = 1 / 0", 2),
        ("s = 1\r\nx = 1 / 0\r\ny = 2", 2),
        ("s = 1\rx = 1 / 0", 2),
        ('s = """a\n\u2029\n"""\nx = 1 / 0', 4),
    ],
)
def test_lines_are_those_of_python(source, line):
    with pytest.raises(ScriptError) as caught:
        run(source)
    assert (caught.value.line, caught.value.source_line.strip()) == (line, "x = 1 / 0" if line > 1 else source)


def test_objects_are_found_by_name_or_as_they_are():
    source = """
ball, crate = bpy.data.objects["Ball"], bpy.data.objects["Crate"]
objects = bpy.data.objects
print(ball in objects, "Ball" in objects, "No" in objects, ball in [crate, ball], ball == crate)
"""
    assert run(source)[1] == "True True False True False\n"
    for comparison in ("ball == 'Ball'", "ball in ['Crate', 'Ball']", "'Ball' != ball"):
        with pytest.raises(ScriptError, match="compare its name"):
            run(f"ball = bpy.data.objects['Ball']\nprint({comparison})")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("door['list'] = ['a', 2]", "keep such lists in `state`"),
        ("door['list'] = {}", "keep other values in `state`"),
        ("door.color = (1, 0, 0)", "needs 4 numbers, got 3"),
        ("door.color = (1, 0, 0, 2)", "from 0 to 1, got 2.0"),
        ("door.color.x = 1", "has no 'x'"),
        ("door.active_material.diffuse_color = 'red'", "active_material.diffuse_color needs numbers"),
        (
            "door.active_material.node_tree.nodes['Principled BSDF'].inputs['Emission Strength'].default_value = True",
            "got True",
        ),
        ("door.data.energy = 5", "data has no 'energy'"),
        ("door.data.shape_keys.key_blocks['Smile'].value = 1", "None has no 'key_blocks'"),
        ("door.active_material.use_nodes = False", "use_nodes cannot be changed"),
        ("door['x'] = None", "got NoneType"),
        ("crate.scale.x = -1", "must be positive"),
        ("ball.scale.x = 0", "cannot be zero"),
        ("ball.location.x = float('inf')", "finite"),
        ("ball.location.x = 2e6", "from -1e+06 to 1e+06"),
        ("ball.rotation_quaternion = (0, 0, 0, 0)", "no rotation"),
        ("crate.rigid_body.mass = 0", "from 1e-06"),
        ("crate.rigid_body.type = 'FAST'", "'ACTIVE' or 'PASSIVE'"),
        ("door['x' * 64] = 1", "1 to 63"),
        ("door['cdyn_x'] = 1", "taken"),
        ("bpy.context.scene.gravity.x = float('nan')", "finite"),
        ("ball.mass = 2", "use obj.rigid_body.mass"),
        ("ball.rigid_body.mass = 2", "has no rigid body"),
        ("crate.rigid_body.velocity.x = 1", "use obj.velocity"),
        ("ball.rigid_body_constraint.enabled = False", "rigid body or constraint"),
        ("x = ball + 1", "'Object' and 'int'"),
        ("for part in ball: pass", "an object of the scene is not iterable"),
        ("ball.touching()", "touching() missing"),
        ("ball.touching(3)", "needs the name"),
        ("bpy.data.objects.remove(ball)", "cannot be made or removed"),
        ("x = int('9' * 5000)", "number_bits"),
        ("x = math.prod([2] * 5000)", "number_bits"),
        ("print('%5000d' % 3)", "more than 100 characters"),
        ("print('%*d' % (5000, 3))", "more than 100 characters"),
        ("print('%(a(b)c)5000d' % {'a(b)c': 1})", "more than 100 characters"),
    ],
)
def test_an_error_names_its_line_and_nothing_of_the_inside(line, words):
    source = "ball, door, crate = bpy.data.objects\nx = 1\n" + line + "\ny = 2"
    with pytest.raises(ScriptError) as caught:
        run(source)
    assert (caught.value.line, caught.value.source_line) == (3, line)
    assert words in caught.value.text()
    assert not any(name in caught.value.text() for name in ("SceneObject", "Guards", "__", "_pylong", "KeyError"))


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
