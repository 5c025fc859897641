"""What is published of the tasks holds, and trying an action quickly is trying it in the scene graph."""

import pickle
from random import Random

import numpy as np
import pytest

from addon.geometry.plane import Disc, Path, nearest
from headless.benchmarks.puzzles.actions import QUANTISED, Action, draw, perturbed
from headless.benchmarks.puzzles.files import load_tasks, write_tasks
from headless.benchmarks.puzzles.generate import EASY, OVERLAP, TaskError, chosen, find, generate
from headless.benchmarks.puzzles.scene import METRES, SIZE, walls
from headless.benchmarks.puzzles.validity import smallest_gap
from headless.planar import Blueprint, simulate

FIRST = load_tasks(count=1)


def facts_hold(task):
    assert not task.outcome(None).solved
    assert task.is_valid(task.solution)
    assert task.outcome(task.solution).solved
    assert task.is_valid(task.near_miss)
    assert not task.outcome(task.near_miss).solved
    assert task.share < EASY
    assert smallest_gap((*walls(), *task.things)) >= OVERLAP


@pytest.mark.parametrize("task", FIRST, ids=lambda task: task.id)
def test_stored_facts_hold(task):
    facts_hold(task)


@pytest.mark.slow
@pytest.mark.parametrize("template", chosen(None), ids=lambda template: template.name)
def test_all_stored_facts_hold(template):
    tasks = load_tasks([template.name])
    assert len(tasks) == 100
    for task in tasks:
        facts_hold(task)
        assert task.quantised == sum(task.is_valid(a) and task.outcome(a).solved for a in QUANTISED)


def test_most_tasks_are_solved_by_a_quantised_action():
    tasks = load_tasks()
    assert len(tasks) == len({task.id for task in tasks}) == 2500
    assert sum(task.quantised > 0 for task in tasks) >= 0.8 * len(tasks)


@pytest.mark.parametrize("name", ["dominoes", "tunnel"])
def test_the_seed_gives_the_published_task(name):
    assert find(chosen([name])[0], 0) == load_tasks([name], 1)[0]


@pytest.mark.parametrize("task", FIRST[::6], ids=lambda task: task.id)
def test_the_quick_way_is_the_scene_graph(task):
    for action in (task.solution, task.near_miss):
        slow = Blueprint.of(task.scene_with(action))
        quick = task.blueprint_with(action)
        assert simulate(slow, task.goal) == task.outcome(action)
        poses = []
        for blueprint in (slow, quick):
            world, bodies = blueprint.build()
            advance = blueprint.stepper(world)
            for _ in range(200):
                advance()
            poses.append([(*body.position, body.angle) for body in bodies])
        assert poses[0] == poses[1]
    assert task.scene_with(task.solution).objects[-1].tags == ("actor",)


@pytest.mark.parametrize("task", FIRST, ids=lambda task: task.id)
def test_a_ball_is_valid_where_it_has_room(task):
    rng = Random(3)
    for action in (draw(rng) for _ in range(25)):
        ball = (Disc(np.zeros(2), action.r * METRES),)
        at = Path(np.array([[action.x, action.y]]) * METRES, np.zeros(1))
        gaps = [
            nearest(ball, at, t.pieces(), Path(np.array([[t.x, t.y]]) * METRES, np.array([t.angle]))).distance[0]
            for t in (*walls(), *task.things)
        ]
        inside = 0 < action.x < SIZE and 0 < action.y < SIZE
        assert task.is_valid(action) == (inside and min(gaps) > 0)


def test_tasks_go_to_other_processes():
    task = FIRST[0]
    task.outcome(task.solution)
    again = pickle.loads(pickle.dumps(task))
    assert again == task
    assert again.outcome(task.solution).solved


def test_actions_are_within_their_limits():
    assert len(set(QUANTISED)) == 48
    assert QUANTISED[0] == Action(32.0, 32.0, 8.667)
    rng = Random(1)
    for action in (*QUANTISED, *(draw(rng) for _ in range(50)), perturbed(Action(0, 256, 32), 5, rng)):
        assert 0 <= action.x <= 256
        assert 0 <= action.y <= 256
        assert 4 <= action.r <= 32


def test_tasks_survive_their_file(tmp_path):
    heard = []
    made = list(generate(count=1, templates=["pegs"], progress=heard.append))
    write_tasks(made, tmp_path / "tasks.tsv")
    assert load_tasks(path=tmp_path / "tasks.tsv") == made == heard


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id\n", "line 1: its columns"),
        ("id\tdraw\tsolution\tnear_miss\tshare\tquantised\n00:000\t0\t1 2\t1 2 3\t0.1\t1\n", "line 2"),
        ("id\tdraw\tsolution\tnear_miss\tshare\tquantised\n00:000\n", "line 2"),
    ],
)
def test_a_bad_file_is_named_with_its_line(tmp_path, text, reason):
    file = tmp_path / "tasks.tsv"
    file.write_text(text)
    with pytest.raises(TaskError, match=reason):
        load_tasks(path=file)


def test_unknown_templates_are_named():
    with pytest.raises(TaskError, match="no template is named volcano; there are ramp"):
        load_tasks(["volcano"])
