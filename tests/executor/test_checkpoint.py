"""A run that goes through and one that is resumed from a checkpoint in the middle give the same."""

import json
import random
import tomllib
from pathlib import Path

import pytest

from addon.executor import Budgets, ScriptError, ScriptSession
from addon.scene_graph import Contact, StepState

STEPS = 12


def run(start, source, kept_at=(), resume=False, budgets=None):
    """What each step wrote, printed and fired. Checkpoints are made before given frames, and gone on from if wanted."""
    scene, seen = start.scene, []
    bench = type(start)(scene)
    session = ScriptSession(source, scene, budgets=budgets, seed=3)
    try:
        for frame in range(1, STEPS + 1):
            kept = json.dumps(session.checkpoint(), allow_nan=False) if frame in kept_at else ""
            if kept and resume:
                session.close()
                session = ScriptSession(source, scene, budgets=budgets, seed=99, checkpoint=json.loads(kept))
            contacts = [Contact(0, 1, (0, 0, 0), (0, 0, 1), 0.0)] if frame % 4 in (1, 2) else []
            result = session.step(StepState(frame, *(a.copy() for a in bench.arrays.values()), contacts))
            for write in result.writes:
                bench.apply(write)
            seen.append(([repr(write) for write in result.writes], result.printed, result.fired))
    finally:
        session.close()
    return seen


HEAD = """
import bpy
import math, random
from mathutils import Vector, Quaternion, Euler, Matrix
ball, cube, lamp = [bpy.data.objects[n] for n in ("Sphere", "Cube", "Lamp")]
scene = bpy.context.scene
"""
KEPT = tomllib.loads(Path(__file__).with_name("kept.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("what", KEPT)
def test_what_a_script_keeps_outlives_a_checkpoint(bench, what):
    source, frames = HEAD + KEPT[what]["source"], (2, 3, 7)
    resumed = run(bench, source, frames, resume=True)
    assert resumed == run(bench, source, frames)
    if "set" not in what:
        assert resumed == run(bench, source)


NOT_KEPT = {
    "def outer():\n    n = 1\n    return lambda: n\nstate['f'] = [outer()]": ["state['f'][0]", "(n)"],
    "numbers = enumerate([1, 2])": ["numbers", "list_iterator"],
    "d = {}\nview = d.keys()": ["view", "dict_keys"],
    "state['put'] = [].append": ["state['put']", "builtin_function_or_method"],
    "import bpy\ntouch = bpy.data.objects['Cube'].touching": ["touch", "method"],
    "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    state['e'] = e": ["state['e']", "ZeroDivisionError"],
    "from mathutils import Matrix\nrow = Matrix()[0]": ["row", "part of another value"],
    "state['s'] = {lambda: 1}": ["state['s']", "a set whose order"],
    "n = 2**4000\nfor i in range(200): n = n + n": ["n cannot be kept", "whole number of more than 4096 bits"],
    "deep = ()\nfor i in range(5000): deep = (deep,)": ["deep", "nested too deeply"],
}


@pytest.mark.parametrize("source", NOT_KEPT)
def test_what_cannot_be_kept_is_named_and_the_session_goes_on(scene, bench, source):
    state = StepState(1, *(a.copy() for a in bench.arrays.values()))
    with ScriptSession(source + "\nprint('still here')", scene) as session:
        session.step(state)
        with pytest.raises(ScriptError) as caught:
            session.checkpoint()
        assert caught.value.kind == "refused"
        for word in NOT_KEPT[source]:
            assert word in caught.value.reason
        assert session.step(state).printed == "still here\n"


def test_a_checkpoint_fits_its_own_script_and_scene(scene, bench):
    with ScriptSession("x = 1", scene) as session:
        kept = session.checkpoint()
    with pytest.raises(ScriptError, match="another script"):
        ScriptSession("x = 2", scene, checkpoint=kept)
    with pytest.raises(ScriptError, match="another scene"):
        ScriptSession("x = 1", scene.model_copy(update={"objects": scene.objects[:2]}), checkpoint=kept)
    with pytest.raises(ScriptError, match="another version of Python"):
        ScriptSession("x = 1", scene, checkpoint={**kept, "python": "3.0"})


def test_printing_is_cut_where_it_would_have_been(bench):
    budgets = Budgets(printed_chars_run=30)
    source = "print('1234567')"
    assert run(bench, source, (2, 3, 5), resume=True, budgets=budgets) == run(bench, source, budgets=budgets)


def test_a_larger_checkpoint_than_allowed_is_refused(scene, bench):
    with ScriptSession("state['t'] = 'x' * 5000", scene, budgets=Budgets(answer_bytes=4000)) as session:
        session.step(StepState(1, *(a.copy() for a in bench.arrays.values())))
        with pytest.raises(ScriptError, match="4000 bytes"):
            session.checkpoint()


@pytest.mark.parametrize("rest", ["state['f'] = [].append", "state['t'] = 'x' * 5000"])
def test_a_checkpoint_that_fails_leaves_the_session_as_it_was(scene, bench, rest):
    """Sets too: their order is made anew only where the checkpoint is given."""
    source = f"""
seen = state.setdefault('seen', set())
for i in range(40):
    seen.add((frame * 7919 + i * 104729) % 100003)
for i in range(30):
    seen.pop()
print(list(seen), len(state))
{rest}
"""

    def printed(ask):
        with ScriptSession(source, scene, budgets=Budgets(answer_bytes=4500)) as session:
            made = []
            for frame in range(1, 6):
                made.append(session.step(StepState(frame, *(a.copy() for a in bench.arrays.values()))).printed)
                if ask:
                    with pytest.raises(ScriptError):
                        session.checkpoint()
            return made

    assert printed(ask=True) == printed(ask=False)


PIECES = [
    "state['a'] = state.get('a', 0) + frame",
    "state.setdefault('list', []).append((frame, random.random()))",
    "if len(state.get('list', [])) > 3: state['list'].pop(0)",
    "state['mode'] = {'open': 'shut', 'shut': 'open'}[state.get('mode', 'shut')]",
    "v = state.setdefault('v', Vector((1, 0, 0)))\nv.rotate(Euler((0, 0, 0.1)))",
    "state['alias'] = state.get('list')",
    "seen = state.setdefault('seen', set())\nseen.add(random.randint(0, 50))",
    "def spring(x, k=2.0): return -k * x + state.get('a', 0)\nball.velocity.x = spring(ball.location.x)",
    "ball.location.x += ball.velocity.x * dt",
    "ball.rotation_euler.y += random.gauss(0, 2)",
    "lamp['on'] = not lamp['on']",
    "cube.rigid_body.mass = 1 + random.random()",
    "if ball.touching(cube): lamp['hits'] = lamp.get('hits', 0) + 1",
    "state['events'] = [dict(e, at=frame) for e in scene.events] + state.get('events', [])[:3]",
    "table = {k: [k] * k for k in range(frame % 5)}\nstate[frame % 3] = table",
    "scene.gravity.z = -9.81 + math.sin(frame)",
    "print(sorted(state, key=str), state)",
]


def test_random_scripts_go_on_as_if_nothing_had_been(bench):
    for seed in range(15):
        rng = random.Random(seed)
        source = HEAD + "\n".join(rng.choice(PIECES) for _ in range(8)) + "\nprint(state)"
        frames = sorted(rng.sample(range(2, STEPS + 1), 3))
        resumed = run(bench, source, frames, resume=True)
        assert resumed == run(bench, source, frames), source
        if "seen" not in source:
            assert resumed == run(bench, source), source
