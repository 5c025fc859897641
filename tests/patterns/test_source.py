"""Detectors given as source text, run in the sandbox."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from addon.executor import ScriptError
from addon.patterns import Observation, library
from addon.patterns.annotation import annotate
from addon.patterns.library import detect
from addon.patterns.reference import patterns_document
from addon.patterns.source import BUDGETS, source_pattern
from addon.patterns.view import FIELDS
from addon.scene_graph import Material, Plane
from addon.trace import Event, collision_events

from .builder import EAST, FPS, Body, Touch, ball, build, fall, floor, path

DOCUMENT = Path(__file__).parents[2] / "docs" / "patterns.md"
UIDS = [p.uid for p in library()]
UNIT = 0.5
"""Metres a unit of the plane."""


def bouncing():
    """A ball falls for 30 frames and is thrown back up."""
    down = fall((0, 0, 2), (0, 0, 0), 30)
    up = fall(down[-1], (0, 0, 4), 30)[1:]
    return build(
        [ball("Ball", np.concatenate([down, up]), tags=("actor",)), floor(), Body("Post", (5, 0, 0.5))],
        [Touch("Ball", "Floor", 30, 30, normal=(0, 0, -1), point=(0, 0, 0.2))],
    )


def puzzle():
    """A red ball falls from 2 m on a green bar, which lies on the floor, and leaves it at 4 m/s; with the way it goes.
    A unit of the plane has half a metre."""
    down = fall((3, 0, 2), (0, 0, 0), 30)
    way = np.concatenate([down, fall(down[-1], (0, 0, 4), 30)[1:]])
    bodies = [
        ball("Red", way, tags=("actor",), turn=np.linspace([0, 0, 0], [0, -0.6, 0], 61)),
        Body("Green", np.tile(way[30] - np.array([0, 0, 0.75]), (61, 1)), (4.0, 1.0, 0.5), tags=("goal_object",)),
        floor(),
    ]
    touches = [Touch("Green", "Red", 30, 31, point=(3, 0, 0.25)), Touch("Floor", "Green", 0, 60)]
    trace = build(bodies, touches, success=True, done=50, plane=Plane(size=(100, 100), meters_per_unit=UNIT))
    colors = {"Red": (1, 0, 0, 1), "Green": (0, 1, 0, 1), "Floor": (0, 0, 0, 1)}
    objects = [
        o.model_copy(update={"material": Material(name=o.name, color=colors[o.name])}) for o in trace.scene.objects
    ]
    scene = trace.scene.model_copy(update={"objects": tuple(objects)})
    trace = replace(trace, meta=trace.meta.model_copy(update={"scene": scene}))
    return replace(trace, events=[*collision_events(trace), *trace.events]), way


def found(source, trace=None, uid="own", **options):
    more = (source_pattern(source, uid, known=UIDS, **options),)
    return [a for a in annotate(trace or bouncing(), more=more).activations if a.uid == uid]


def test_a_detector_reads_the_trace_as_it_is():
    source = """
def find_pattern(trace):
    return [{"time": trace.frames[-1].time, "description": "all", "parameters": {
        "fps": trace.fps, "gravity": trace.gravity, "frames": len(trace.frames), "duration": trace.duration,
        "action": trace.action, "called": [o.description for o in trace.scene.objects],
        "there": [[o.id, o.type, o.color, o.static, o.tags, o.mass, o.dimensions, o.position, o.rotation]
                  for o in trace.scene.objects],
        "moving": [o.id for o in trace.frames[3].objects],
        "state": [[o.position[2], o.velocity[2], o.angular_velocity] for o in trace.frames[3].objects][0],
        "contacts": [[c.a_id, c.b_id, c.time, c.end, c.normal, c.point, c.speed] for c in trace.contacts],
        "times": [f.time for f in trace.frames[:3]], "numbers": [f.number for f in trace.frames[:3]]}}]
"""
    trace = bouncing()
    (activation,) = found(source, trace)
    p = activation.parameters
    assert activation.frame == 60
    assert (p["fps"], p["gravity"], p["frames"], p["duration"]) == (FPS, [0.0, 0.0, -10.0], 61, 1.0)
    assert (p["action"], p["called"]) == (None, ["sphere-0", "cube-1", "cube-2"])
    ball_row, floor_row, post_row = p["there"]
    assert ball_row == ["Ball", "sphere", None, False, ["actor"], 1.0, [1.0] * 3, [0.0, 0.0, 2.0], [1.0, 0.0, 0.0, 0.0]]
    assert floor_row[:4] == ["Floor", "cube", None, True]
    assert post_row[3] is False, "an active body is not static, for something could move it"
    assert p["moving"] == ["Ball", "Post"]
    z, speed, spin = p["state"]
    assert (z, speed) == pytest.approx((2 - 5 * (3 / FPS) ** 2, -5 * (3**2 - 2**2) / FPS), rel=1e-3)
    assert spin == [0, 0, 0]
    *contact, met = p["contacts"][0]
    assert contact == ["Ball", "Floor", 0.5, 0.5, [0, 0, -1], [0, 0, 0.2]]
    assert met == pytest.approx(5 * (29**2 - 28**2) / FPS, rel=1e-3)
    assert p["times"] == pytest.approx([0, 1 / 60, 2 / 60], rel=1e-3)
    assert p["numbers"] == [0, 1, 2]


def test_absent_bodies_are_left_out():
    trace = bouncing()
    present = trace.present.copy()
    present[:10, 0] = False
    source = """
def find_pattern(trace):
    first = [f.number for f in trace.frames if any(o.id == "Ball" for o in f.objects)][0]
    return [{"time": 0, "description": "first", "parameters": {"first": first}}]
"""
    nowhere = np.where(present[..., None], trace.position, np.nan)
    assert found(source, replace(trace, present=present, position=nowhere))[0].parameters == {"first": 10}


def test_it_reads_the_patterns_that_it_names_and_no_others():
    source = '''
def find_pattern(trace):
    """Rebound
    again.

    More."""
    return [{"time": e.time, "end": e.time + 0.1, "description": "again", "parameters": {}}
            for e in trace.events if e.uid == "Bounce"]
'''
    pattern = source_pattern(source, "Rebound", known=UIDS)
    assert pattern.requires == ("Bounce",)
    assert pattern.description == "Rebound again."
    full = annotate(bouncing(), more=(pattern,))
    bounces = [a.frame for a in full.activations if a.uid == "Bounce"]
    own = [a for a in full.activations if a.uid == "Rebound"]
    assert bounces
    assert [a.frame for a in own] == bounces
    assert [a.end for a in own] == [frame + 6 for frame in bounces]
    column = [p.uid for p in full.patterns].index("Rebound")
    assert full.matrix()[bounces[0] + 5, column]


def test_the_runs_own_events_are_there():
    trace = bouncing()
    trace = replace(trace, events=[Event(uid="TaskComplete", frame=60, time=1.0, parameters={"success": True})])
    source = """
def find_pattern(trace):
    return [{"time": e.time, "description": e.uid, "parameters": e.parameters} for e in trace.events]
"""
    assert [(a.frame, a.description, a.parameters) for a in found(source, trace)] == [
        (60, "TaskComplete", {"success": True})
    ]


@pytest.mark.parametrize(
    "attack",
    [
        "trace.frames[0].objects[0].velocity = [9, 9, 9]",
        "trace.frames[0].objects[0].location = 1",
        "trace.frames.clear()",
        "trace.frames[0].objects[0].position[0] = 99",
        "trace.events.append(1)",
        "trace.events[0].parameters['success'] = False",
    ],
)
def test_the_trace_cannot_be_altered(attack):
    trace = replace(bouncing(), events=[Event(uid="TaskComplete", frame=60, time=1.0, parameters={"success": True})])
    before = trace.sha256()
    source = (
        f"def find_pattern(trace):\n    try:\n        {attack}\n    except AttributeError:\n        pass\n    return []"
    )
    observation = Observation(trace)
    assert detect(source_pattern(source, "own"), observation) == []
    assert trace.sha256() == before
    assert observation.position[0, 0, 0] == 0.0


SMALL = replace(BUDGETS, ticks_step=10_000, seconds_step=1.0)


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        ("import os", "refused", ["line 2", "import os"]),
        ("return trace.secret", "refused", ["line 2", ".secret"]),
        ("return trace.__class__", "refused", ["__class__"]),
        ("return open('f')", "refused", ["open"]),
        ("return (", "syntax", ["line 2"]),
        ("return trace.frames[0].position", "failed", ["line 2", "a frame has no 'position'", "objects"]),
        ("trace.velocity = 1", "failed", ["a trace cannot be changed"]),
        ("return trace.events[99]", "failed", ["IndexError", "line 2"]),
        ("return trace", "failed", ["a Record"]),
        ("return 3", "failed", ["find_pattern gave a int"]),
        ("return [3]", "failed", ["[0]", "'time', 'description' and 'parameters'"]),
        ("return [{'time': 0.1, 'description': 'x'}]", "failed", ["parameters"]),
        ("return [{'time': 0.1, 'description': 'x', 'parameters': {}, 'more': 1}]", "failed", ["'more'"]),
        ("return [{'time': -0.1, 'description': 'x', 'parameters': {}}]", "failed", ["-0.1", "from 0 to 1"]),
        ("return [{'time': 7, 'description': 'x', 'parameters': {}}]", "failed", ["from 0 to 1"]),
        ("return [{'time': '0', 'description': 'x', 'parameters': {}}]", "failed", ["a number from 0 to 1"]),
        ("return [{'time': float('nan'), 'description': 'x', 'parameters': {}}]", "failed", ["a number from 0 to 1"]),
        ("return [{'time': 0.5, 'end': 0.1, 'description': 'x', 'parameters': {}}]", "failed", ["before"]),
        ("return [{'time': 0.5, 'description': 'x' * 501, 'parameters': {}}]", "failed", ["500"]),
        ("return [{'time': 0.5, 'description': 'x', 'parameters': []}]", "failed", ["dict"]),
        ("return [{'time': 0.5, 'description': 'x', 'parameters': {'v': [float('inf')]}}]", "failed", ["finite"]),
        ("return [{'time': 0, 'description': 'x', 'parameters': {'v': [10**400]}}]", "failed", ["2**53"]),
        ("return [{'time': 0, 'description': 'x', 'parameters': {'v': -2**53 - 1}}]", "failed", ["2**53"]),
        ("return [{'time': 10**400, 'description': 'x', 'parameters': {}}]", "failed", ["from 0 to 1"]),
        ("return [{'time': 0, 'description': 'x', 'parameters': {}}] * 10_001", "limit", ["10001", "10000"]),
        ("while True: pass", "limit", ["ticks_step", "10000"]),
        ("return 'x' * 2_000_000_000", "limit", ["line 2"]),
    ],
)
def test_errors_say_where_and_what(body, kind, words):
    with pytest.raises(ScriptError) as caught:
        found(f"def find_pattern(trace):\n    {body}\n", budgets=SMALL)
    assert caught.value.kind == kind
    for word in words:
        assert word in caught.value.text()


def test_the_document_is_up_to_date():
    assert DOCUMENT.read_text(encoding="utf-8") == patterns_document(), "run: python scripts/write_docs.py"


def test_the_documents_example_finds_what_it_says():
    (example,) = re.findall(r"```python\n(.*?)```", patterns_document(), re.S)
    hop = np.concatenate([path((0, 0, 1), (10, (0, 0, -1))), path((0, 0, 1 - 1 / 6), (20, (0, 0, 1)))[1:]])
    activations = found(example, build([ball("Ball", hop), floor()]))
    assert [(a.frame, a.description, a.parameters) for a in activations] == [(20, "Ball is back", {"object": "Ball"})]


@pytest.mark.parametrize("where", ["in space", "in a plane"])
def test_every_field_of_the_document_is_in_the_view(where):
    source = (
        "def find_pattern(trace):\n    found = ["
        + ", ".join(
            f"{owner}.{name}"
            for key, owner in {
                "trace": "trace",
                "trace.action": "trace.action",
                "trace.scene": "trace.scene",
                "object": "trace.frames[0].objects[0]",
                "frame": "trace.frames[0]",
                "contact": "trace.contacts[0]",
                "event": "trace.events[0]",
            }.items()
            for name, (only, _) in FIELDS[key].items()
            if only in ("", where)
        )
        + "]\n    return []"
    )
    trace = bouncing() if where == "in space" else puzzle()[0]
    trace = replace(trace, events=[Event(uid="TaskComplete", frame=60, time=1.0, parameters={})])
    assert found(source, trace) == []


def test_east_is_x_for_readers_of_velocities():
    moving = build([ball("Ball", path((0, 0, 0.5), (30, EAST))), floor()])
    source = """
def find_pattern(trace):
    v = trace.frames[5].objects[0].velocity
    return [{"time": 0, "description": "v", "parameters": {"v": v}}]
"""
    assert found(source, moving)[0].parameters["v"] == pytest.approx([1, 0, 0])


def test_a_planar_trace_is_told_in_pairs_and_units():
    source = """
def find_pattern(trace):
    red = trace.frames[10].objects[0]
    return [{"time": 1.0, "description": "all", "parameters": {
        "action": [trace.action.position, trace.action.radius], "gravity": trace.gravity,
        "kinds": [[o.id, o.description, o.type, o.color, o.static, o.dimensions] for o in trace.scene.objects],
        "red": [red.position, red.velocity, red.angle, red.obj_params],
        "bar": trace.scene.objects[1].obj_params, "floor": trace.scene.objects[2].obj_params["polygon_0"],
        "contacts": [[c.a_id, c.b_id, c.point, c.normal, c.speed] for c in trace.contacts if c.time > 0],
        "times": [f.time for f in trace.frames[::30]], "ids": [o.id for o in trace.frames[0].objects]}}]
"""
    trace, way = puzzle()
    (one,) = found(source, trace)
    p = one.parameters
    assert one.frame == 60
    assert p["action"] == [[6.0, 4.0], 1.0]
    assert p["gravity"] == [0.0, -20.0]
    assert p["kinds"] == [
        ["Red", "red-circle-0", "circle", "red", False, [2.0, 2.0]],
        ["Green", "green-bar-1", "bar", "green", False, [8.0, 1.0]],
        ["Floor", "black-bar-2", "bar", "black", True, [80.0, 2.0]],
    ]
    position, velocity, angle, shape = p["red"]
    assert position == pytest.approx((way[10] / UNIT)[[0, 2]], rel=1e-3)
    assert velocity == pytest.approx([0.0, (way[10, 2] - way[9, 2]) * FPS / UNIT], rel=1e-3)
    assert angle == pytest.approx(0.1, rel=1e-3), "turned counterclockwise"
    assert shape == {"center": pytest.approx(position, rel=1e-3), "radius": 1.0}
    middle = way[30, 2] / UNIT - 1.5
    corners = {(x, round(y - middle, 2)) for x, y in p["bar"]["polygon_0"]}
    assert corners == {(2.0, -0.5), (10.0, -0.5), (10.0, 0.5), (2.0, 0.5)}
    assert len(p["floor"]) == 4
    (touch,) = p["contacts"]
    assert touch[:4] == ["Red", "Green", [6.0, 0.5], [0.0, -1.0]]
    assert touch[4] == pytest.approx(5 * (29**2 - 28**2) / FPS / UNIT, rel=1e-2)
    assert p["times"] == [0.0, 0.5, 1.0]
    assert p["ids"] == ["Red", "Green"]


def test_events_of_a_planar_trace_are_in_its_units_and_end_with_the_task():
    source = """
def find_pattern(trace):
    return [{"time": e.time, "description": e.uid, "parameters": e.parameters}
            for e in trace.events] + [
           {"time": 0, "description": "order", "parameters": {"uids": [e.uid for e in trace.events], "of": "Bounce"}}]
"""
    trace, _ = puzzle()
    events = {}
    for one in found(source, trace):
        events.setdefault(one.description, []).append(one)
    (order,) = events["order"]
    assert order.parameters["uids"][-1] == "TaskComplete"
    assert [(a.frame, a.parameters) for a in events["TaskComplete"]] == [(50, {"success": True})]
    met = events["CollisionStart"][1]
    assert (met.frame, met.parameters["a_id"], met.parameters["b_id"]) == (30, "Red", "Green")
    assert met.parameters["contact_points"] == [[6.0, 0.5]]
    assert met.parameters["normal"] == [0.0, -1.0]
    assert met.parameters["normal_speed"] == pytest.approx(5 * (29**2 - 28**2) / FPS / UNIT, rel=1e-2)
    (parted,) = events["CollisionEnd"]
    assert (parted.frame, parted.parameters["contact_points"]) == (32, [[6.0, 0.5]])
    (bounce,) = events["Bounce"]
    (own,) = (a for a in annotate(trace).activations if a.uid == "Bounce")
    assert bounce.parameters["speed_after"] == pytest.approx(own.parameters["speed_after"] / UNIT, rel=1e-3)
    assert bounce.parameters["normal"] == [0.0, 1.0]


REVERSALS = """
def find_pattern(trace):
    "Whoever collides and goes back along x or y afterwards."
    met = [(e.time, e.parameters["a_id"], e.parameters["b_id"]) for e in trace.events if e.uid == "CollisionStart"]
    ways = {}
    for frame in trace.frames:
        for o in frame.objects:
            ways.setdefault(o.id, []).append((frame.time, o.velocity[0], o.velocity[1]))
    found = []
    for time, *pair in met:
        for name in pair:
            before = [v for v in ways.get(name, []) if v[0] < time]
            after = [v for v in ways.get(name, []) if v[0] > time]
            if before and after:
                was, now = max(before, key=lambda v: v[0]), min(after, key=lambda v: v[0])
                if was[1] * now[1] < 0 and math.fabs(was[1]) > 1e-6 or was[2] * now[2] < 0 and math.fabs(was[2]) > 1e-6:
                    found.append({"time": time, "description": "bounce", "parameters": {"object_id": name}})
    found.sort(key=lambda one: one["time"])
    return found
"""
"""A detector in the paper's terms: collisions, and the signs of velocities of whoever moves just before and after."""


def test_a_detector_in_the_papers_terms_finds_the_bounces():
    trace, _ = puzzle()
    own = {(a.frame, a.parameters["object"]) for a in annotate(trace).activations if a.uid == "Bounce"}
    assert {(a.frame, a.parameters["object_id"]) for a in found(REVERSALS, trace)} == own == {(30, "Red")}


def test_errors_name_where_the_source_is_from():
    with pytest.raises(ScriptError, match=r"in a\.py"):
        source_pattern("def find_pattern(trace)\n    pass\n", "A", origin="a.py")
    failing = source_pattern("def find_pattern(trace):\n    return 1 / 0\n", "A", origin="b.py")
    with pytest.raises(ScriptError, match=r"ZeroDivisionError.*in b\.py"):
        failing.find(Observation(build([ball("Ball", (0, 0, 0.5)), floor()])))
