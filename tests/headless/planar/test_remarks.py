"""What is told of a run in a plane: who left the field, was held back, is too small, or began inside another."""

import pytest

from addon.jobs.planes import remarks
from addon.scene_graph import Plane
from headless.benchmarks.puzzles.files import load_tasks
from headless.planar import Blueprint, record
from tests.headless.planar.scenes import FLOOR, ball, scene


def told(*objects, steps=60, **world):
    return remarks(record(Blueprint.of(scene(FLOOR, *objects, **world)), steps, "none"))


def test_what_leaves_the_field_is_told_once_with_its_frame():
    field = Plane(size=(20, 10), meters_per_unit=1.0)
    objects = (
        ball("Stays", at=(5, 0, 0.5)),
        ball("Flies", at=(15, 0, 5), velocity=(10, 0, 0)),
        ball("Away", at=(-1, 0, 5)),
    )
    assert told(*objects, plane=field) == (
        "Flies is outside of the field of 20 by 10 units at frame 31 (0.52 s)",
        "Away is outside of the field of 20 by 10 units from the start",
    )
    assert told(ball(at=(500, 0, 5))) == ()


def test_what_box2d_holds_back_is_told():
    (said,) = told(ball(velocity=(300, 0, 0)), steps=5)
    assert said.startswith("Ball is as fast as Box2D lets it be, 120 m/s or 2 m a step, from the start")
    assert told(ball(velocity=(110, 0, 0)), steps=5) == ()


def test_what_is_too_small_is_told():
    (said,) = told(ball(radius=0.01))
    assert said == "Ball is only 0.02 m: Box2D keeps bodies 1 cm apart; make the scene larger"


@pytest.mark.parametrize(("height", "count"), [(0.5, 0), (0.3, 1)])
def test_what_begins_inside_another_is_told(height, count):
    assert told(ball(at=(0, 0, height))) == ("Ball lies in Floor at the start, and is pushed out",)[:count]


@pytest.mark.parametrize("task", load_tasks(count=1), ids=lambda task: task.template)
def test_nothing_is_told_of_a_puzzle(task):
    assert remarks(record(Blueprint.of(task.scene_with(task.solution)), 1000, "none")) == ()
