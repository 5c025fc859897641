"""`fired(n)`: what a script says of its rules in each step."""

import json

import pytest

from addon.executor import Budgets, ScriptError, ScriptSession, run_plain
from addon.scene_graph import StepState

CASES = {
    "the whole script": "if frame == 2: fired(3)",
    "a step function": "def step(scene, frame, dt):\n    if frame == 2: fired(3)",
    "a helper": "def act(n):\n    fired(n)\n\ndef step(scene, frame, dt):\n    if frame == 2: act(3)",
    "by its argument's name": "if frame == 2: fired(rule=3)",
    "another name": "tell = fired\nif frame == 2: tell(3)",
    "twice in a step": "if frame == 2:\n    fired(3)\n    fired(3)",
}


@pytest.mark.parametrize("source", CASES.values(), ids=CASES)
def test_a_rule_that_acts_is_told_once_a_step(source):
    run = run_plain(source, [], 3)
    assert run.error is None
    assert run.fired == [(2, 3)]
    assert run.warnings == ()


def test_the_setup_belongs_to_the_first_step():
    source = "def setup(scene):\n    fired(1)\n\ndef step(scene, frame, dt):\n    fired(frame + 1)"
    assert run_plain(source, [], 2).fired == [(1, 1), (1, 2), (2, 3)]


def test_the_order_is_that_of_the_calls():
    assert run_plain("fired(999)\nfired(1)\nfired(999)\nfired(2)", [], 1).fired == [(1, 999), (1, 1), (1, 2)]


@pytest.mark.parametrize(
    "argument",
    ["0", "-1", "1000", "10 ** 600", "1.0", "True", "'1'", "None", "[1]", "float('nan')", "bpy", "", "1, 2", "rule=0"],
)
def test_anything_but_the_number_of_a_rule_is_an_error_of_its_line(argument):
    run = run_plain(f"x = 1\nfired({argument})", [{"name": "A"}], 3)
    assert (run.error.kind, run.error.line, run.steps, run.fired) == ("failed", 2, 0, [])
    assert "fired(" in run.error.reason
    assert "Script" not in run.error.reason
    assert len(run.error.reason) < 200


@pytest.mark.parametrize(
    "source",
    [
        "fired = False\nif not fired and frame == 2: fired = True",
        "def step(scene, frame, dt):\n    fired = state.get('fired')\n    state['fired'] = frame",
        "def fired(n):\n    state[n] = frame\nfired('any')",
    ],
)
def test_a_script_may_use_the_name_for_something_of_its_own(source):
    run = run_plain(source, [], 3)
    assert run.error is None
    assert run.fired == []


def test_it_changes_nothing():
    objects = [{"name": "A", "location": [0, 0, 1], "rigid_body": {}}]
    source = "bpy.data.objects['A'].location.z += random.random()\n"
    plain, told = run_plain(source, objects, 5), run_plain(source + "fired(5)\n", objects, 5)
    assert [o.as_dict() for o in plain.objects] == [o.as_dict() for o in told.objects]


def test_a_step_that_fails_has_fired_nothing():
    run = run_plain("fired(1)\nif frame == 2: 1 / 0", [], 3)
    assert run.error.line == 2
    assert run.fired == [(1, 1)]


def test_a_checkpoint_keeps_how_much_was_fired(scene, bench):
    """A session that goes on from one meets the budget where the first would have met it."""
    state, budgets = StepState(1, *(a.copy() for a in bench.arrays.values())), Budgets(fired_run=4)
    source = "tell = fired\nfired(1)\ntell(2)"
    with ScriptSession(source, scene, budgets=budgets) as session:
        assert session.step(state).fired == (1, 2)
        kept = json.loads(json.dumps(session.checkpoint()))
    with ScriptSession(source, scene, budgets=budgets, checkpoint=kept) as session:
        assert session.step(state).fired == (1, 2)
        with pytest.raises(ScriptError, match="fired_run") as caught:
            session.step(state)
    assert (caught.value.kind, caught.value.suggestion[:5]) == ("limit", "call ")
