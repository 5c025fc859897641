"""Scripts of readings are called only in the steps that matter, and nothing comes out differently."""

import math
import sys
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addon.coder.link import RUNTIME, compose_read
from addon.executor import ScriptSession
from addon.executor.worker.vectors import Quaternion, Vector
from addon.jobs.rollout import RolloutOptions, rollout
from addon.rules import Vocabulary, python, read
from addon.scene_graph import (
    Contact,
    Contacts,
    Material,
    Primitive,
    RigidBody,
    SceneGraph,
    SceneObject,
    StepState,
    World,
)

BOX = Primitive(kind="cube", dimensions=(0.2, 0.2, 0.2))
NAMES = ("Ball", "Box", "Pad", "Door")
STEPS = 60

RULES = (
    "When Ball touches Pad, turn on Lamp.",
    "Whenever Ball touches Pad, toggle Lamp.",
    "While Ball touches Pad, turn on Lamp.",
    "When Ball touches Pad and Box has touched Pad, raise Door by 1 m in 0.4 s.",
    "When Ball touches Pad for the third time, turn on Lamp.",
    "0.5 s after Ball touches Pad, turn on Lamp.",
    "When Ball has touched Pad for 0.3 s, turn on Lamp.",
    "When Ball has touched Box and then Box touches Pad, turn on Lamp.",
    "When Ball touches Pad, unless Box has touched Pad, turn on Lamp.",
    "When either Ball touches Pad or Box touches Door, but not both, turn on Lamp.",
    "When Ball no longer touches Pad, turn off Lamp.",
    "After 0.7 s, raise Door by 1 m in 0.5 s.",
    "Every 0.4 s, toggle Lamp.",
    "When Ball rises above 1 m, turn on Lamp.",
    "Whenever Ball is higher than Box, turn on Lamp.",
    "When Ball gets within 0.5 m of Box, turn on Lamp.",
    "When Ball is faster than 2 m/s, turn on Lamp.",
    "When Ball comes to rest, turn on Lamp.",
    "Whenever Ball stops moving, toggle Lamp.",
    "While Ball is moving, turn on Lamp.",
    "When Ball starts to move, turn on Lamp.",
    "When Ball starts to fall, turn on Lamp.",
    "Whenever Ball is at rest, toggle Lamp.",
    "When Ball has fallen over, turn on Lamp.",
    "Whenever Ball is tilted by more than 20 degrees, toggle Lamp.",
    "When Ball has turned by more than 45 degrees, turn on Lamp.",
    "When Ball gets past x = 0.5, turn on Lamp.",
    "When Ball reaches a height of 0.9 m, turn on Lamp.",
    "When Ball reaches 2 m/s, turn on Lamp.",
    "When Ball gets inside Pad, turn on Lamp.",
    "Whenever Ball is above Pad, toggle Lamp.",
    "When Ball gets beyond Box, turn on Lamp.",
    "Once Ball is open, turn on Lamp.",
    "Whenever Ball is closed, toggle Lamp.",
    "When Ball hits Pad at more than 2 m/s, turn on Lamp.",
    "When Ball touches Pad, let Lamp blink 3 times.",
    "Whenever Ball touches Pad, let Lamp blink 2 times.",
    "While Box touches Pad, Lamp blinks every 0.3 s.",
    "When Ball touches Pad, move Door up by 1 m in 0.3 s and then down by 1 m in 0.3 s.",
    "When Ball touches Pad, turn on Lamp for 0.4 s.",
)


def graph():
    held = RigidBody(type="PASSIVE", kinematic=True, shape="BOX")
    things = [SceneObject(name=name, geometry=BOX, body=held, location=(i, 0, 0)) for i, name in enumerate(NAMES)]
    lamp = SceneObject(name="Lamp", geometry=BOX, location=(9, 0, 0), properties={"on": False}, material=Material())
    return SceneGraph(world=World(fps=20), objects=(*things, lamp))


@cache
def code_of(rule):
    found = read(rule, Vocabulary(graph()))
    return python(*found.rules)


class Played:
    """An engine in which Ball goes as it is told, what is written stands, and contacts are those of a list."""

    build = contact_scheme = "none"
    velocity_scheme = "backward difference of poses"
    has_task, done_at = False, None
    contacts_at_once = 1

    def __init__(self, path, touches):
        self.graph = graph()
        self.path, self.touches, self.frame = path, touches, 0
        self.place = np.array([o.location for o in self.graph.objects], dtype=float)
        self.before = self.place.copy()
        self.turn = np.tile([1.0, 0.0, 0.0, 0.0], (len(self.place), 1))
        self.turn_before = self.turn.copy()
        self.written = []

    def state(self):
        count = len(self.place)
        velocity = (self.place - self.before) * 20
        spin = np.zeros((count, 3))
        spin[0, 0] = np.abs(self.turn[0] - self.turn_before[0]).sum() * 20
        return StepState(self.frame + 1, self.place.copy(), self.turn.copy(), np.ones((count, 3)), velocity, spin)

    def contacts(self, states, present):
        pairs = sorted({pair for pair, first, last in self.touches if first <= self.frame <= last})
        return [Contacts.of([Contact(a, b, (0, 0, 0), (0, 0, 1), 0.0) for a, b in pairs])]

    def mesh_volumes(self):
        return np.ones(len(self.place))

    def present(self):
        return np.ones(len(self.place), dtype=bool)

    def deforming(self):
        return ()

    def points(self):
        return ()

    def apply(self, writes):
        self.written += [(self.frame, write) for write in writes]
        for write in writes:
            if write.field == "location":
                self.place[self.graph.names.index(write.name)] = write.value

    def step(self):
        self.before, self.turn_before = self.place.copy(), self.turn.copy()
        self.frame += 1
        *self.place[0], degrees = self.path[min(self.frame // 6, len(self.path) - 1)]
        self.turn[0] = np.cos(np.radians(degrees) / 2), np.sin(np.radians(degrees) / 2), 0.0, 0.0


def played(rules, path, touches, every_step):
    """What a run writes and records, and how often its script was called."""
    calls = []

    class Counted(ScriptSession):
        def step(self, state):
            calls.append(state.frame)
            return super().step(state)

    engine = Played(path, touches)
    script = compose_read(rules, [code_of(rule) for rule in rules])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[rollout.__module__], "ScriptSession", Counted)
        run = rollout(engine, script, RolloutOptions(steps=STEPS, every_step=every_step))
    assert run.problem is None
    return engine.written, run.trace.sha256(), calls


PLACES = (
    (0.0, 0.0, 0.0),
    (0.0, 0.0, 0.9),
    (0.0, 0.0, 1.1),
    (0.7, 0.0, 0.0),
    (0.3, 0.0, 0.2),
    (2.0, 0.0, 0.05),
    (2.0, 0.0, 1.0),
)
ANGLES = (0.0, 0.5, 2.0, 19.99, 20.0, 46.0, 90.0, 181.0)
poses = st.builds(lambda place, degrees: (*place, degrees), st.sampled_from(PLACES), st.sampled_from(ANGLES))
touching = st.tuples(st.sampled_from([(0, 2), (1, 2), (0, 1), (1, 3)]), st.integers(0, 50), st.integers(0, 20))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(RULES), min_size=1, max_size=3, unique=True),
    st.lists(poses, min_size=1, max_size=8),
    st.lists(touching, max_size=5),
)
def test_steps_that_are_left_out_would_have_done_nothing(rules, path, touches):
    spans = [(pair, first, first + length) for pair, first, length in touches]
    written, trace, calls = played(rules, path, spans, every_step=False)
    in_all, trace_of_all, all_calls = played(rules, path, spans, every_step=True)
    assert all_calls == list(range(1, STEPS + 1))
    assert written == in_all
    assert trace == trace_of_all
    assert set(calls) <= set(all_calls)


@pytest.mark.parametrize(
    ("rule", "most"),
    [
        ("When Ball touches Pad, turn on Lamp.", 6),
        ("Whenever Ball touches Pad, toggle Lamp.", 11),
        ("After 0.7 s, turn on Lamp.", 8),
        ("When Ball rises above 1 m, turn on Lamp.", 8),
        ("When Ball is faster than 30 m/s, turn on Lamp.", 8),
        ("When Ball comes to rest, turn on Lamp.", 15),
        ("Whenever Ball stops moving, toggle Lamp.", 24),
        ("When Ball starts to fall, turn on Lamp.", 8),
        ("When Ball has fallen over, turn on Lamp.", 8),
        ("When Ball has turned by more than 45 degrees, turn on Lamp.", 8),
        ("When Ball gets past x = 0.5, turn on Lamp.", 8),
        ("When Ball reaches a height of 0.9 m, turn on Lamp.", 8),
        ("When Ball gets inside Pad, turn on Lamp.", 8),
        ("Whenever Ball is above Pad, toggle Lamp.", 8),
        ("When Ball gets beyond Box, turn on Lamp.", 8),
        ("Once Ball is open, turn on Lamp.", 12),
        ("When Ball touches Pad, let Lamp blink 2 times.", 16),
    ],
)
def test_a_rule_is_asked_when_something_happens(rule, most):
    path = [(0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 1.1, 0.0), (0.0, 0.0, 0.5, 10.0)]
    touches = [((0, 2), 10, 12), ((0, 2), 30, 50)]
    _, _, calls = played([rule], path, touches, every_step=False)
    assert len(calls) <= most


NUMBERS = st.floats(-1.0, 1.0)
TURNS = st.tuples(*[NUMBERS] * 4).filter(lambda q: math.hypot(*q) > 0.1).map(lambda q: Quaternion(q).normalized())
WAYS = st.tuples(*[NUMBERS] * 3).map(Vector)


@given(TURNS, TURNS, TURNS, WAYS, WAYS)
def test_what_is_compared_changes_by_no_more_than_what_it_is_told_of(a, b, start, way, other):
    told = []
    names = {"math": math, "mathutils": SimpleNamespace(Vector=Vector), "state": {"start A": (way, start)}}
    names["compared"] = lambda limit, name, field, part, second=None: told.append((field, part)) or 0
    names["objects"] = {"B": SimpleNamespace(rotation_quaternion=start, dimensions=Vector((0.4, 1.0, 0.2)))}
    exec((RUNTIME / "conditions.py").read_text(encoding="utf-8"), names)
    names["compared_tilt"](20, "A")
    names["compared_turn"](20, "A", start)
    names["compared_way"](1, "A", start @ way)
    names["inside"]("A", "B")
    names["within_outline"]("A", "B")
    assert len(told) == 5
    for field, function in told:
        one, two = (a, b) if field == "rotation_quaternion" else (way, other)
        assert abs(function(one) - function(two)) <= math.dist(one, two) + 1e-7


def test_a_free_script_is_called_in_every_step():
    engine = Played([(0, 0, 0, 0)], [])
    run = rollout(engine, 'state["n"] = frame\nbpy.data.objects["Lamp"]["n"] = frame', RolloutOptions(steps=9))
    assert len(engine.written) == 9
    assert run.problem is None
