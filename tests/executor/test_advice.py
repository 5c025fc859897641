"""Warnings: the sure signs, and no false alarm on scripts that mean what they say."""

import tomllib
from pathlib import Path

import pytest

from addon.coder.examples import example_library
from addon.coder.link import compose
from addon.executor import check, run_plain
from headless.benchmarks.physibench import examples

HERE = Path(__file__).parent

NEVER_CALLED = {
    "def update(scene, frame, dt):\n    a.location.z -= 1\n": "defines update, which nothing calls; did you mean step?",
    "def move(scene):\n    a.location.z = 1\n": "did you mean step?",
    "def open_door(door):\n    door.location.z = 1\n": "call it",
    "def inner():\n    state['x'] = 1\ndef outer():\n    inner()\n    state['y'] = 1\n": "defines outer",
    "def again():\n    state['x'] = 1\n    again()\n": "defines again",
    "if True:\n    def update():\n        state['x'] = 1\n": "did you mean step?",
}
RESET = {
    "opened = False\nif not opened:\n    opened = True\n": "opened is set again",
    "opened = False\nif frame > 3 and not opened:\n    opened = True\nelse:\n    x = 2\n": "opened is set again",
    "mode = 'idle'\nif mode == 'idle':\n    mode = 'up'\nelif mode == 'up':\n    mode = 'down'\n": "mode is set again",
    "n = 0\nif frame > 1:\n    if n < 3:\n        n += 1\n": "n is set again",
    "state['open'] = False\nif not state['open']:\n    state['open'] = True\n": "state['open'] is set again",
    "door['open'] = False\nif not door['open']:\n    door['open'] = True\n": "door['open'] is set again",
    "done = False\ndef act():\n    global done\n    if not done:\n        done = True\nact()\n": "done is set again",
    "timer = 0.0\ntimer += dt\nif timer > 2:\n    x = 1\n": "timer is set again",
    "n = 0\nn += 1\nif n > 2 and frame > 1:\n    x = 1\n": "n is set again",
    "state = {}\nstate['n'] = state.get('n', 0) + 1\n": "`state` is set anew",
}
QUIET = [
    "def step(scene, frame, dt):\n    state['x'] = 1\n",
    "def setup(scene):\n    state['x'] = 1\ndef step(scene, frame, dt):\n    pass\n",
    "def clamp(a, b):\n    return min(a, b)\n",
    "def act():\n    state['x'] = 1\nact()\n",
    "def act():\n    state['x'] = 1\nacts = {'a': act}\nacts['a']()\n",
    "opened = False\ndef step(scene, frame, dt):\n    global opened\n    if not opened:\n        opened = True\n",
    "found = False\nfor o in objs:\n    if not found and o:\n        found = True\n",
    "found = False\nif a:\n    found = True\nif found:\n    x = 1\n",
    "done = False\nif a:\n    done = True\nif b and not done:\n    done = True\n    x = 1\n",
    "if frame == 1:\n    opened = False\nif not opened:\n    opened = True\n",
    "n = 0\nfor o in objs:\n    if n < 3:\n        n += 1\n",
    "best = None\nfor o in objs:\n    if best is None or o < best:\n        best = o\n",
    "speed = 3\nif speed > 2:\n    x = speed\n",
    "opened = state.get('opened', False)\nif not opened:\n    opened = True\n    state['opened'] = opened\n",
    "hit = False\nhit = a.touching('B')\nif hit:\n    hit = False\n",
    "def act():\n    done = False\n    if not done:\n        done = True\n    state['d'] = done\nact()\n",
    "done = False\ndef act():\n    done = True\n    state['d'] = done\nact()\nif done:\n    x = 1\n",
    "n = 0\nfor o in objs:\n    n += 1\nif n > 2:\n    x = 1\n",
    "n = 0\nn += len(objs)\nif n > 2:\n    x = 1\n",
    "n = 0\nif a:\n    n += 1\nif n > 0:\n    x = 1\n",
    "x = 1\nx += 2\nball.location.x = x\n",
    "state['n'] = state.get('n', 0) + 1\nif state['n'] > 3:\n    state['n'] = 0\n",
]


@pytest.mark.parametrize("source", [*NEVER_CALLED, *RESET])
def test_a_sure_sign_is_told_with_its_line(source):
    (told,) = check(source).warnings
    assert (NEVER_CALLED | RESET)[source] in told
    assert told.startswith("line ")


@pytest.mark.parametrize("source", QUIET)
def test_what_may_be_meant_is_not_told(source):
    assert check(source).warnings == ()


def benign():
    for kind in tomllib.loads((HERE / "corpus" / "benign.toml").read_text(encoding="utf-8"))["kind"]:
        yield from (entry["script"] for entry in kind["scripts"])


@pytest.mark.slow
def test_scripts_that_do_what_they_should_raise_no_alarm():
    written = [compose([e.rule], [e.code]) for e in example_library()]
    oracles = [machine.oracle for machine in examples() if machine.oracle]
    sources = [*benign(), *written, *oracles]
    assert len(sources) > 150
    assert {source: told for source in sources if (told := check(source).warnings)} == {}


def test_a_run_tells_its_warnings_and_goes_on():
    run = run_plain("def update():\n    state['x'] = 1\nprint('ran')\n", [], 2)
    assert run.error is None
    assert run.warnings == ("line 1: the script defines update, which nothing calls; did you mean step?",)
    assert run.as_dict()["warnings"] == list(run.warnings)
