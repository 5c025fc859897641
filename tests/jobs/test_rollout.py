"""The closed loop around an engine that refuses writes: a script error with its line, never the job's end."""

import numpy as np
import pytest

from addon.engine.protocol import ContactsError, EngineError, WriteRefused
from addon.executor import ScriptError
from addon.geometry.evaluated import EvaluatedState
from addon.jobs.rollout import RolloutOptions, rollout
from addon.rewards import holds, parse, validate
from addon.scene_graph import NO_CONTACTS, Primitive, RigidBody, SceneGraph, SceneObject
from addon.trace import load_trace, save_trace

CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))


class Still:
    """An engine in which nothing moves; it refuses writes of the fields that it is given."""

    build = "none"
    contact_scheme = "none"
    velocity_scheme = "backward difference of poses"
    has_task, done_at = False, None
    contacts_at_once = 1

    def __init__(self, refused=(), error=None):
        body = SceneObject(name="Body", geometry=CUBE, body=RigidBody(), properties={"on": False})
        self.graph = SceneGraph(objects=(body, SceneObject(name="Box", geometry=CUBE, location=(5, 0, 0))))
        self.refused, self.error = refused, error
        self.applied = []
        self.steps = 0

    def state(self):
        matrix = np.tile(np.eye(4), (2, 1, 1))
        matrix[:, 3, :3] = [o.location for o in self.graph.objects]
        turn = np.tile([1.0, 0.0, 0.0, 0.0], (2, 1))
        return EvaluatedState(self.steps + 1, matrix, np.ones((2, 3)), turn, None, 1.0, {})

    def contacts(self, states, present):
        return [NO_CONTACTS for _ in states]

    def mesh_volumes(self):
        return np.ones(2)

    def present(self):
        return np.ones(2, dtype=bool)

    def deforming(self):
        return ()

    def points(self):
        return ()

    def apply(self, writes):
        if self.error is not None:
            raise self.error
        for write in writes:
            if write.field in self.refused:
                raise WriteRefused(write, "an animation of this object owns the channel")
        self.applied += writes

    def step(self):
        self.steps += 1


SCRIPT = """
body = bpy.data.objects["Body"]
if frame == 3:
    body.location.x = 1
    body.rotation_euler.z = 1
    body["on"] = True
"""


@pytest.mark.parametrize(("field", "line"), [("location", 4), ("rotation_quaternion", 5), ("property.on", 6)])
def test_a_write_that_the_engine_refuses_is_an_error_of_the_script_with_its_line(field, line):
    run = rollout(Still([field]), SCRIPT, RolloutOptions(steps=5))
    assert (run.problem.kind, run.problem.line, run.problem_frame) == ("failed", line, 3)
    assert f"'Body': {field}: an animation" in run.problem.reason
    assert len(run.trace.position) == 6
    assert [e.uid for e in run.trace.events] == ["TaskComplete"]


def test_any_refusal_of_the_engine_is_an_error_of_the_script():
    run = rollout(Still(error=EngineError("no room")), SCRIPT, RolloutOptions(steps=5, stop_on_failure=True))
    assert (run.problem.reason, run.problem.line, run.problem_frame) == ("no room", None, 3)
    assert len(run.trace.position) == 3


def test_a_refused_write_goes_to_the_coder_and_the_next_script_runs_on():
    asked = []

    def recode(graph, error):
        asked.append(error)
        return "bpy.data.objects['Body']['on'] = True"

    run = rollout(Still(["location"]), SCRIPT, RolloutOptions(steps=5, recode=recode))
    assert [type(e) for e in asked] == [ScriptError]
    assert run.problem is None
    assert [e.uid for e in run.trace.events] == ["PropertyChanged", "TaskComplete"]


def test_an_engine_that_refuses_everything_ends_the_script_after_some_tries():
    script = "bpy.data.objects['Body'].location.x = frame"
    run = rollout(Still(["location"]), script, RolloutOptions(steps=5, recode=lambda graph, error: script))
    assert run.problem_frame == 1
    assert len(run.trace.position) == 6


class Failing(Still):
    """An engine that cannot go on after some steps."""

    def step(self):
        super().step()
        if self.steps == 3:
            raise EngineError("object 'Body': its pose is not finite")


def test_where_the_engine_cannot_go_on_a_script_that_wrote_has_failed():
    script = "if frame == 3:\n    bpy.data.objects['Body']['on'] = True\n    fired(1)"
    run = rollout(Failing(), script, RolloutOptions(steps=5))
    assert (run.problem.kind, run.problem_frame, len(run.trace.position)) == ("failed", 3, 3)
    assert "what the script wrote: object 'Body'" in run.problem.reason
    assert [(e.uid, e.frame) for e in run.trace.events] == [("TaskComplete", 2)]
    with pytest.raises(EngineError, match="not finite"):
        rollout(Failing(), "x = 1", RolloutOptions(steps=5))
    with pytest.raises(EngineError, match="not finite"):
        rollout(Failing(), None, RolloutOptions(steps=5))


class Crowded(Still):
    """An engine that finds contacts later, and none from frame 3 on."""

    contacts_at_once = 256

    def contacts(self, states, present):
        frames = [state.frame - 1 for state in states]
        if frames[-1] >= 3:
            raise ContactsError("too much touches", 3, [NO_CONTACTS for frame in frames if frame < 3])
        return [NO_CONTACTS for _ in states]


def test_a_run_whose_contacts_cannot_be_found_ends_where_they_cannot():
    script = "bpy.data.objects['Body']['n'] = frame\nfired(1)\nprint(frame)"
    run = rollout(Crowded(), script, RolloutOptions(steps=9))
    assert (run.problem.kind, run.problem_frame, len(run.trace.position)) == ("failed", 3, 3)
    assert "what the script wrote: frame 3: too much touches" in run.problem.reason
    assert max(event.frame for event in run.trace.events) == 2
    assert run.printed == "1\n2\n3\n"
    asking = rollout(Crowded(), script + "\nbpy.data.objects['Body'].contacts", RolloutOptions(steps=9))
    assert len(asking.trace.position) == 3
    with pytest.raises(EngineError, match="frame 3: too much touches"):
        rollout(Crowded(), "if frame > 5:\n    bpy.data.objects['Body']['n'] = frame", RolloutOptions(steps=9))
    with pytest.raises(EngineError, match="frame 3: too much touches"):
        rollout(Crowded(), None, RolloutOptions(steps=9))


def test_warnings_of_all_scripts_are_told_once():
    script = "def update():\n    state['x'] = 1\n"
    options = RolloutOptions(steps=4, recode=lambda graph, error: script, recode_every=2)
    assert rollout(Still(), script, options).warnings == (
        "line 1: the script defines update, which nothing calls; did you mean step?",
    )


FIRING = """
body = bpy.data.objects["Body"]
if frame in (2, 4):
    fired(7)
    body["on"] = frame == 2
    fired(1)
"""


def test_a_rule_that_fires_is_an_event_of_the_frame_that_shows_its_change():
    trace = rollout(Still(), FIRING, RolloutOptions(steps=5)).trace
    fired = [(e.frame, e.time, e.parameters) for e in trace.events if e.uid == "RuleFired"]
    assert fired == [(f, f / 24, {"rule": n}) for f in (2, 4) for n in (7, 1)]
    assert [e.frame for e in trace.events if e.uid == "PropertyChanged"] == [2, 4]


@pytest.mark.parametrize(
    ("expression", "held"),
    [
        ('EVENT("RuleFired", {"rule": 1})', True),
        ('EVENT("RuleFired", {"rule": 2})', False),
        ('COUNT("RuleFired", 2, {"rule": 7})', True),
        ('AFTER("PropertyChanged", "RuleFired", min_delta=0, max_delta=0, second_params={"rule": 7})', True),
        ('AND(EVENT("RuleFired"), NOT(EVENT("Bounce")))', True),
    ],
)
def test_rewards_know_fired_rules(expression, held):
    trace = rollout(Still(), FIRING, RolloutOptions(steps=5)).trace
    parsed = parse(expression)
    validate(parsed, trace.scene)
    assert holds(parsed, trace) == held


def test_what_fired_in_a_step_that_the_engine_refuses_is_not_recorded():
    script = "fired(1)\nif frame == 3:\n    fired(2)\n    bpy.data.objects['Body'].location.x = 1"
    run = rollout(Still(["location"]), script, RolloutOptions(steps=5))
    assert (run.problem.line, run.problem_frame) == (4, 3)
    assert [(e.frame, e.parameters["rule"]) for e in run.trace.events if e.uid == "RuleFired"] == [(1, 1), (2, 1)]


def test_a_trace_without_fired_rules_is_what_it_was(tmp_path):
    """Only the events differ, and they outlive a file."""
    plain = rollout(Still(), FIRING.replace("fired", "str"), RolloutOptions(steps=5)).trace
    fired = rollout(Still(), FIRING, RolloutOptions(steps=5)).trace
    assert [e for e in fired.events if e.uid != "RuleFired"] == plain.events
    fired.meta.script_sha256 = plain.meta.script_sha256
    assert fired.sha256() != plain.sha256()
    save_trace(fired, tmp_path)
    assert load_trace(tmp_path).sha256() == fired.sha256()
    fired.events = plain.events
    assert fired.sha256() == plain.sha256()
