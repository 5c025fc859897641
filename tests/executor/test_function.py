import pytest

from addon.executor import Budgets, FunctionWorker, Record, ScriptError, call_message, run_function

BOUNCES = """
import math
from mathutils import Vector

def lowest(points):
    return min(points, key=lambda p: p[2])

def find_pattern(trace, threshold=0.0):
    rows = trace["positions"]
    found = [i for i, (before, now, after) in enumerate(zip(rows, rows[1:], rows[2:])) if before[2] > now[2] < after[2]]
    shift = Vector(rows[-1]) - Vector(rows[0])
    return {"frames": found, "lowest": lowest(rows), "shift": shift, "above": threshold < 1}
"""
TRACE = {"positions": [[0.0, 0.0, z] for z in (3, 1, 2, 0, 1)], "name": "ball"}


def test_named_inputs_go_in_and_a_value_comes_out():
    assert run_function(BOUNCES, "find_pattern", {"trace": TRACE}) == {
        "frames": [0, 2],
        "lowest": [0.0, 0.0, 0],
        "shift": [0.0, 0.0, -2.0],
        "above": True,
    }
    assert run_function(BOUNCES, "find_pattern", {"trace": TRACE, "threshold": 2})["above"] is False


def test_random_numbers_come_from_the_seed():
    source = "import random\ndef draw(): return [random.random() for _ in range(3)]"
    assert run_function(source, "draw", {}, seed=1) == run_function(source, "draw", {}, seed=1)
    assert run_function(source, "draw", {}, seed=1) != run_function(source, "draw", {}, seed=2)


@pytest.mark.parametrize(
    ("source", "inputs", "kind", "words"),
    [
        ("import os\ndef f(): return 1", {}, "refused", ["line 1", "import os"]),
        ("def g(): return 1", {}, "failed", ["no function 'f'"]),
        ("def f(a): return a", {}, "failed", ["TypeError", "'a'"]),
        ("def f():\n    return 1 / 0", {}, "failed", ["line 2", "ZeroDivisionError"]),
        ("def f():\n    while True: pass", {}, "limit", ["line 2", "ticks_step", "200000"]),
        ("def f(): return f", {}, "failed", ["the value returned holds a function"]),
        ("def f(): return {'a': [1, {2: 3}]}", {}, "failed", ["the value returned['a'][1]", "no text: 2"]),
        ("def f():\n    a = []\n    a.append(a)\n    return a", {}, "failed", ["nested too deeply"]),
        ("def f(n): return ['x' * 1000] * n", {"n": 100}, "limit", ["answer_bytes", "20000"]),
    ],
)
def test_errors_say_where_and_what(source, inputs, kind, words):
    with pytest.raises(ScriptError) as caught:
        run_function(source, "f", inputs, budgets=Budgets(answer_bytes=20_000))
    assert caught.value.kind == kind
    for word in words:
        assert word in caught.value.text()


def test_inputs_must_be_plain():
    with pytest.raises(TypeError):
        run_function("def f(a): return a", "f", {"a": object()})


RECORDS = {"trace": Record("trace", {"frames": [Record("frame", {"time": k / 2, "data": {"k": k}}) for k in range(3)]})}


def test_records_are_read_as_attributes():
    source = "def f(trace): return [[frame.time, frame.data['k']] for frame in trace.frames]"
    assert run_function(source, "f", RECORDS, attributes={"frames", "time", "data"}) == [[0.0, 0], [0.5, 1], [1.0, 2]]


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        ("return trace.frames", "refused", ".frames"),
        ("return trace.time", "failed", "a trace has no 'time'; it has: frames"),
        ("trace.location = 1", "failed", "a trace cannot be changed"),
        ("del trace.location", "failed", "a trace cannot be changed"),
        ("return [trace]", "failed", "a Record"),
        ("return trace.__dict__", "refused", "underscore"),
    ],
)
def test_records_are_only_read(body, kind, words):
    with pytest.raises(ScriptError, match=words) as caught:
        run_function(f"def f(trace):\n    {body}", "f", RECORDS, attributes={"time"})
    assert caught.value.kind == kind


def test_a_worker_forgets_each_call():
    source = (
        "import random\n"
        "seen = state.setdefault('seen', [])\n"
        "def count(number):\n"
        "    global kept\n"
        "    seen.append(number)\n"
        "    try:\n        kept += 1\n    except NameError:\n        kept = 1\n"
        "    return [seen, kept, random.random()]\n"
    )
    with FunctionWorker(source, seed=3) as worker:
        first, second = (worker.send(call_message("count", {"number": 7})) for _ in range(2))
    assert first == second == run_function(source, "count", {"number": 7}, seed=3)
    assert first[:2] == [[7], 1]


def test_a_worker_goes_on_after_an_error_of_a_call():
    with FunctionWorker("def half(number):\n    return 1 / number") as worker:
        with pytest.raises(ScriptError, match="line 2"):
            worker.send(call_message("half", {"number": 0}))
        assert worker.send(call_message("half", {"number": 2})) == 0.5


def test_a_call_finds_the_scene_as_it_was_given():
    source = (
        "import bpy\ndef lift():\n    scene = bpy.context.scene\n    scene.gravity.z += 1\n    return scene.gravity.z\n"
    )
    with FunctionWorker(source) as worker:
        first = worker.send(call_message("lift", {}))
        assert worker.send(call_message("lift", {})) == first
