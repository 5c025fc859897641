"""Evaluations of agents: the same bytes with any number of processes, and after an interruption."""

import json

import pytest

from addon.jobs import FolderError
from headless.benchmarks.puzzles.agents import make_agent
from headless.benchmarks.puzzles.agents.memory import MemoryAgent
from headless.benchmarks.puzzles.errors import PuzzleError
from headless.benchmarks.puzzles.evaluate import TRAINING, cost_of, evaluate, games_of, parts
from headless.benchmarks.puzzles.phyre_tasks import read_phyre
from headless.benchmarks.puzzles.report import write_evaluation_report
from headless.benchmarks.puzzles.results import Row, Setting, summarise
from headless.evaluation.names import RESULTS, ROWS_CSV
from tests.headless.benchmarks.puzzles import thrift_files as files
from tests.headless.benchmarks.puzzles.crasher import Crasher


@pytest.fixture(scope="module")
def tasks(tmp_path_factory):
    return read_phyre(files.tasks_file(tmp_path_factory.mktemp("phyre") / "tasks", files.many())).tasks


def bytes_of(folder):
    return [(folder / name).read_bytes() for name in (RESULTS, ROWS_CSV)]


def run(folder, tasks, agent=None, **options):
    train, test = parts(tasks, "within", None, 0)
    agent = agent or MemoryAgent(0, pool_size=6, per_template=1)
    return evaluate(agent, train, test, folder, kind="within", attempts=5, **options)


def test_the_parts_of_a_fold(tasks):
    train, test = parts(tasks, "within", 1, 0)
    assert (len(train), len(test)) == (6, 1)
    with pytest.raises(PuzzleError, match="leaves no task"):
        parts(tasks[:1], "within", None, 0)


def test_processes_and_interruptions_change_nothing(tasks, tmp_path):
    results = run(tmp_path / "one", tasks)
    assert (results.tasks, results.for_training, results.without_result) == (2, 6, 0)
    assert results.settings == {"pool_size": 6, "per_template": 1}
    run(tmp_path / "two", tasks, workers=2)
    assert bytes_of(tmp_path / "two") == bytes_of(tmp_path / "one")
    for path in sorted(tmp_path.glob(f"two/{TRAINING}/*/result.json"))[:1] + sorted(
        tmp_path.glob("two/0*/result.json")
    ):
        path.unlink()
    with pytest.raises(FolderError, match="--resume"):
        run(tmp_path / "two", tasks)
    run(tmp_path / "two", tasks, resume=True)
    assert bytes_of(tmp_path / "two") == bytes_of(tmp_path / "one")
    assert cost_of(tmp_path / "two").rollouts == cost_of(tmp_path / "one").rollouts > 0
    with pytest.raises(FolderError, match="results of another '0000"):
        run(tmp_path / "two", tasks, MemoryAgent(1, pool_size=6, per_template=1), resume=True)
    with pytest.raises(FolderError, match="results of memory, not of random"):
        run(tmp_path / "two", tasks, make_agent("random", 0), resume=True)
    games = games_of(tmp_path / "one", parts(tasks, "within", None, 0)[1])
    page = write_evaluation_report(tmp_path / "one", games).read_text()
    assert "AUCCESS" in page
    assert "6 for training" in page
    assert page.count('alt="frame"') == len(games) == 2
    assert page.count("solved at attempt") == sum(game.solved_at is not None for _, game in games)


def test_a_crash_costs_its_task_alone(tasks, tmp_path):
    agent = Crasher(0)
    results = run(tmp_path, tasks, agent)
    assert results.without_result == 1
    assert {len(found) for found in agent.found} == {2}
    assert {found[1] for found in agent.found} == {"-"}
    rows = (tmp_path / ROWS_CSV).read_text().splitlines()
    assert [("crashed" in row) for row in rows] == [False, False, True]


SETTING = Setting(
    agent="random", settings={}, seed=0, source="ours", fold="within", tasks=3, for_training=0, attempts_allowed=10
)


def test_the_figures_over_all_tasks():
    rows = [
        Row(task="00:002", template="a", solved_at=1, attempts=1),
        Row(task="00:001", template="a", solved_at=9, attempts=9, invalid=4),
        Row(task="01:000", template="b", attempts=10),
    ]
    found = summarise(rows, SETTING)
    assert found == summarise(rows[::-1], SETTING)
    assert found.solved.mean == pytest.approx(2 / 3, abs=1e-5)
    assert found.attempts.mean == 5
    assert (found.attempts_made, found.invalid, found.unsolved) == (20, 4, ("01:000",))
    assert (found.curve[0], found.curve[7], found.curve[8], len(found.curve)) == (0.333333, 0.333333, 0.666667, 10)
    assert {name: share.mean for name, share in found.by_template.items()} == {"a": 1, "b": 0}
    assert found.auccess.low <= found.auccess.mean <= found.auccess.high
    assert json.loads(found.model_dump_json())["attempts_allowed"] == 10


def test_where_nothing_is_solved_no_attempts_are_told():
    assert summarise([Row(task="00:000", template="a", problem="no result")], SETTING).attempts is None
