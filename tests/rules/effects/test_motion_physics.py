"""Motions of rules in Blender: what is read, composed and run moves what the rule says."""

from __future__ import annotations

import math

import numpy as np
import pytest

from addon.coder.link import compose, link
from addon.engine.blender import BlenderEngine
from addon.jobs.rollout import RolloutOptions, rollout
from addon.rules.python import python
from addon.rules.read import Reading, read
from addon.rules.room import room


def run(steps, *texts):
    """The trace of the room under some rules."""
    graph = room()
    read_ = [read(text, graph) for text in texts]
    assert all(isinstance(r, Reading) for r in read_), [str(r) for r in read_]
    rules = [rule for r in read_ for rule in r.rules]
    engine = BlenderEngine.from_graph(graph)
    try:
        result = rollout(
            engine, compose(["rule"] * len(rules), [python(r) for r in rules]), RolloutOptions(steps=steps)
        )
    finally:
        engine.close()
    assert result.problem is None, result.problem
    return result.trace


def places(trace, name):
    return np.asarray(trace.position[:, trace.index(name)])


@pytest.fixture(scope="module")
def trace():
    return run(
        210,
        "When Ball touches Plate, raise Door by 50 cm over 1 second. Lamp stays 2 m above Ball.",
        "Counter moves back and forth between x = -2 and x = 2 once in 2 s",
        "After 2 s, put Ball back to its start",
        "After 0.5 s, Crate 1 moves to 1 m above Box within 1 s",
        "After 0.5 s, Crate 2 swings by 90 degrees about its left edge over 1 s",
    )


def test_a_door_rises_when_the_ball_lands(trace):
    heights = places(trace, "Door")[:, 2]
    touched = int(np.argmax(places(trace, "Ball")[:, 2] < 0.32))
    begun = int(np.argmax(heights > 0.7001))
    assert abs(begun - touched) <= 3
    assert heights[begun + 30] == pytest.approx(0.95, abs=0.02)
    assert heights[-1] == pytest.approx(1.2, abs=1e-4)


def test_what_follows_is_a_step_behind(trace):
    """It goes by where a body stands when the step begins, or by where a rule puts that in the step."""
    lamp, ball = places(trace, "Lamp"), places(trace, "Ball")
    behind = np.abs(lamp[1:] - ball[:-1] - (0, 0, 2)).max(axis=1)
    assert np.count_nonzero(behind > 1e-4) == 1
    assert lamp[121] == pytest.approx((-2, 0, 3.5), abs=1e-4)


def test_what_goes_to_and_fro_keeps_its_ends(trace):
    xs = places(trace, "Counter")[:, 0]
    assert (xs.min(), xs.max()) == pytest.approx((-2, 2), abs=1e-2)
    assert xs[30] == pytest.approx(2, abs=1e-2)


def test_a_body_that_goes_home_falls_again_from_rest(trace):
    heights = places(trace, "Ball")[:, 2]
    home = int(np.argmax(heights[115:] > 1.4)) + 115
    assert abs(home - 121) <= 1
    fallen = [heights[home] - heights[home + n - 1] for n in (10, 20)]
    assert fallen == pytest.approx([0.5 * 9.81 * (n / 60) ** 2 for n in (10, 20)], rel=0.08)


def test_held_bodies_glide_and_swing(trace):
    assert places(trace, "Crate 1")[-1] == pytest.approx((3, 1, 1.6), abs=1e-2)
    swung = places(trace, "Crate 2")
    assert swung[-1] - swung[0] == pytest.approx((-0.2, 0.2, 0), abs=1e-3)
    middle = swung[60] - swung[0] + (0.2, 0, 0)
    assert math.hypot(middle[0], middle[1]) == pytest.approx(0.2, abs=1e-3)


def test_what_a_script_says_in_every_step_goes_on():
    graph = room()
    script = 'sway("Counter", (-2, None, None), (2, None, None), 2)\nsway_by("Lamp", (0, 0, 0.5), 2)\nadvance_motions()'
    engine = BlenderEngine.from_graph(graph)
    try:
        trace = rollout(engine, link(script), RolloutOptions(steps=180)).trace
    finally:
        engine.close()
    xs, heights = places(trace, "Counter")[:, 0], places(trace, "Lamp")[:, 2]
    assert (xs[60:].min(), xs[60:].max()) == pytest.approx((-2, 2), abs=1e-2)
    assert heights.max() - heights.min() == pytest.approx(1, abs=1e-2)
