"""Agents propose actions that depend on their seed, the task and what they are told, and on nothing else."""

import pickle
from itertools import islice, pairwise

import pytest

from headless.benchmarks.puzzles.actions import PLACES, RADII
from headless.benchmarks.puzzles.agents import AGENTS, Feedback, make_agent
from headless.benchmarks.puzzles.agents.annealing import AnnealingAgent, reward
from headless.benchmarks.puzzles.agents.memory import MemoryAgent
from headless.benchmarks.puzzles.errors import PuzzleError
from headless.benchmarks.puzzles.phyre_tasks import read_phyre
from headless.benchmarks.puzzles.play import play, try_all
from tests.headless.benchmarks.puzzles import thrift_files as files

NAMES = [name for name in AGENTS if name != "value"]
"""Those that need no network."""


@pytest.fixture(scope="module")
def tasks(tmp_path_factory):
    return read_phyre(files.tasks_file(tmp_path_factory.mktemp("phyre") / "tasks", files.many())).tasks


def trials(tasks, actions):
    return [try_all(task, actions)[0] for task in tasks]


def trained(name, seed, tasks):
    agent = MemoryAgent(seed, pool_size=20, per_template=2) if name == "memory" else make_agent(name, seed)
    agent.train(tasks[:4], trials)
    return agent


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_plays_the_same_game(name, tasks):
    games = [play(trained(name, seed, tasks), tasks[4], 12)[0] for seed in (3, 3, 4)]
    assert games[0] == games[1] != games[2]
    for x, y, r in games[0].actions:
        assert PLACES[0] <= x <= PLACES[1]
        assert PLACES[0] <= y <= PLACES[1]
        assert RADII[0] <= r <= RADII[1]


@pytest.mark.parametrize("name", NAMES)
def test_an_agent_goes_to_other_processes(name, tasks):
    agent = trained(name, 5, tasks)
    sent = pickle.loads(pickle.dumps(agent))
    assert next(sent.attempts(tasks[9])) == next(agent.attempts(tasks[9]))
    assert sent.settings == agent.settings


@pytest.mark.parametrize("name", NAMES)
def test_a_game_ends_with_its_attempts(name, tasks):
    game, cost = play(trained(name, 0, tasks), tasks[0], 3)
    assert len(game.actions) <= 3
    assert cost.rollouts == len(game.actions)
    assert cost.seconds > 0
    assert game.solved_at in (None, len(game.actions))


def test_who_is_no_agent_is_told():
    with pytest.raises(PuzzleError, match="no agent 'chance'; there are random, memory, annealing"):
        make_agent("chance", 0)


def test_memory_plays_first_what_solved_most(tasks):
    letters = {tasks[0].template: "0101-", tasks[9].template: "0110-"}
    agent = MemoryAgent(1, pool_size=5, per_template=2)
    asked = []

    def told(given, actions):
        asked.append([task.template for task in given])
        return [letters[task.template] for task in given]

    agent.train(tasks, told)
    assert asked == [[tasks[0].template] * 2 + [tasks[9].template] * 2]
    pool = agent.pool
    assert list(agent.attempts(tasks[0])) == [pool[k] for k in (1, 3, 2, 0, 4)]
    unknown = read_like(tasks[0], "00099:000")
    assert list(agent.attempts(unknown)) == [pool[k] for k in (1, 2, 3, 0, 4)]


def read_like(task, name):
    return type(task)(name, name.partition(":")[0], task.things)


def test_memory_knows_no_more_than_its_pool(tasks):
    agent = MemoryAgent(1, pool_size=4)
    game, _ = play(agent, tasks[0], 100)
    assert len(game.actions) + game.invalid <= 4


def test_annealing_begins_anew_where_nothing_gets_better(tasks):
    tries = AnnealingAgent(0, starts=1, wide=1e-4, narrow=1e-4, patience=3).attempts(tasks[0])
    answer = Feedback(True, False, 10.0, 20.0)
    actions = [next(tries), *(tries.send(answer) for _ in range(8))]
    far = [abs(a.x - b.x) + abs(a.y - b.y) > 2 for a, b in pairwise(actions)]
    assert far == [False, False, False, True, False, False, False, True]


def test_annealing_proposes_what_has_room(tasks):
    game, _ = play(AnnealingAgent(0), tasks[0], 20)
    assert game.invalid == 0


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (Feedback(True, True, 0.0, 0.0), Feedback(True, False, 0.0, 0.0)),
        (Feedback(True, False, 0.0, 0.0), Feedback(True, False, 1.0, 1.0)),
        (Feedback(True, False, 3.0, 5.0), Feedback(True, False, 3.0, 9.0)),
        (Feedback(True, False, 3.0, 5.0), Feedback(True, False, 4.0, 5.0)),
        (Feedback(True, False, 200.0, 240.0), Feedback(False)),
    ],
)
def test_the_reward_grows_towards_the_goal(nearer, farther):
    assert 1 >= reward(nearer) > reward(farther) >= 0


def test_random_draws_without_end(tasks):
    tries = make_agent("random", 0).attempts(tasks[0])
    next(tries)
    assert len(set(islice((tries.send(Feedback(False)) for _ in range(500)), 500))) == 500
