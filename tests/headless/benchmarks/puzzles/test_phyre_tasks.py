"""PHYRE's tasks become puzzles, and what is wrong in a file is told with its task and body."""

import lzma
import math

import pytest

from headless.benchmarks.puzzles.actions import Action
from headless.benchmarks.puzzles.errors import PuzzleError
from headless.benchmarks.puzzles.phyre_tasks import read_phyre
from headless.benchmarks.puzzles.scene import SIZE, walls
from tests.headless.benchmarks.puzzles import thrift_files as files
from tests.headless.benchmarks.puzzles.rollout_files import rollout, rollouts_file


@pytest.fixture
def read(tmp_path):
    return lambda *tasks: read_phyre(files.tasks_file(tmp_path / "tasks.bin.lzma", tasks))


@pytest.mark.parametrize("packed", [True, False])
def test_a_task_is_read(tmp_path, packed):
    (task,) = read_phyre(files.tasks_file(tmp_path / "tasks.bin", [files.task("00003:017")], packed)).tasks
    assert (task.id, task.template, task.solution) == ("00003:017", "00003", None)
    assert [(t.shape, t.role, t.dynamic) for t in task.things] == [
        ("ball", "goal_object", True),
        ("bar", "goal_target", False),
    ]
    names = task.scene.names
    assert names[:4] == tuple(wall.name for wall in walls())
    assert (names[task.goal.one], names[task.goal.other]) == ("green ball 4", "blue bar 5")
    assert task.is_valid(Action(128, 128, 10))
    assert not task.is_valid(Action(60, 20, 10))


def test_walls_that_are_missing_are_added(read):
    bodies = files.task()[2][1][4:]
    (task,) = read(files.task(bodies=bodies, one=0, other=1)).tasks
    assert task == read(files.task()).tasks[0]


def test_other_tiers_are_counted(read):
    found = read(files.task(), files.task("00100:000", tier="TWO_BALLS"), files.task("00101:000", tier="TWO_BALLS"))
    assert ([task.id for task in found.tasks], found.left_out) == (["00000:000"], {"TWO_BALLS": 2})


def test_a_task_runs_as_its_scene_says(read):
    bodies = [*files.walls(), files.ball((100, 50), 8, color=2), files.body((100, 3), files.rectangle(100, 6), color=4)]
    (task,) = read(files.task(bodies=bodies)).tasks
    assert task.outcome(None).solved
    assert not read(files.task()).tasks[0].outcome(None).solved


BOX = files.rectangle(10, 10)
BROKEN = {
    "2 corners": files.polygon((0, 0), (1, 1)),
    "9 corners": files.polygon(*((math.cos(k), math.sin(k)) for k in range(9))),
    "no number up to": files.polygon((0, 0), (math.nan, 0), (1, 1)),
    "not convex": files.polygon((0, 0), (10, 0), (1, 1), (0, 10)),
    "no area": files.polygon((0, 0), (1, 1), (2, 2)),
    "neither one circle nor polygons": {2: {1: 3.0}, 1: BOX[1]},
    "a radius not from": {2: {1: -3.0}},
    "1 is missing": {2: {}},
}


@pytest.mark.parametrize("told", BROKEN)
def test_a_broken_shape_is_told_with_task_and_body(read, told):
    bodies = [*files.task()[2][1], files.body((50, 50), BROKEN[told])]
    with pytest.raises(PuzzleError, match=rf"task 00002:007, body 6: .*{told}") as caught:
        read(files.task(), files.task("00002:007", bodies))
    assert "\n" not in str(caught.value)


def test_a_star_winds_twice_and_is_not_convex(read):
    star = files.polygon(*((math.cos(4 * math.pi * k / 5), math.sin(4 * math.pi * k / 5)) for k in range(5)))
    with pytest.raises(PuzzleError, match="body 4: polygon 0 is not convex"):
        read(files.task(bodies=[*files.walls(), files.body((50, 50), star), files.ball((9, 9), 3)]))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"relations": (7,)}, r"relation \[7\]"),
        ({"other": 9}, "bodies 4 and 9 of 6"),
        ({"other": 4}, "bodies 4 and 4"),
        ({"other": 0}, "body 0, which is a wall"),
        ({"one": -1}, "bodies -1 and 5"),
        ({"size": 512}, "512 × 512 pixels"),
    ],
)
def test_a_broken_task_is_told(read, changes, told):
    with pytest.raises(PuzzleError, match=f"task 00000:000: .*{told}"):
        read(files.task(**changes))


def test_a_field_that_is_missing_is_told(read):
    broken = files.task()
    del broken[2][1][5][1]
    with pytest.raises(PuzzleError, match="task 00000:000, body 5: 1 is missing"):
        read(broken)


@pytest.mark.parametrize("name", ["", "../00000:000", "0:0:0", "a b", "x" * 99])
def test_a_name_that_could_be_no_folder_is_told(read, name):
    with pytest.raises(PuzzleError, match="its name is not such as"):
        read(files.task(name))


def test_the_same_task_twice_is_told(read):
    with pytest.raises(PuzzleError, match="00000:000 is there twice"):
        read(files.task(), files.task())


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (lzma.compress(files.written({1: [files.task()]}))[:-40], "cut off"),
        (files.written({1: [files.task()]})[:-40], "ends in the middle"),
        (b"", "ends in the middle"),
        (b"# A page\n", "holds no tasks of PHYRE"),
        (files.written({2: [files.task()]}), "no list of tasks"),
        (files.written({1: [files.task(tier="GENERAL")]}), "no one-ball task"),
        (b"{}", "no rollouts"),
        (b'{"rollouts": 5}', "no list of them"),
        (b'{"rollouts": [5]}', "task 0: "),
        (b"[1", "no rollouts"),
        (b"\x1f\x8bnothing", "cannot be read"),
    ],
)
def test_what_is_no_file_of_phyre_is_told(tmp_path, data, told):
    path = tmp_path / "tasks.bin.lzma"
    path.write_bytes(data)
    with pytest.raises(PuzzleError, match=told):
        read_phyre(path)


def test_no_file_is_told(tmp_path):
    with pytest.raises(PuzzleError, match="cannot be read"):
        read_phyre(tmp_path / "none")


def test_rollouts_are_tasks_without_their_ball(tmp_path, read):
    (task,) = read_phyre(rollouts_file(tmp_path / "rollouts", rollout(False, (1, 2)), rollout())).tasks
    assert task.things == read(files.task()).tasks[0].things
    assert task.solution == Action(120.0, 60.0, 9.0)
    assert task.scene.world.plane.size == (SIZE, SIZE)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"goal": {"body1": 4, "body2": 5, "relation": "INSIDE"}}, "relation INSIDE"),
        ({"goal": {"body1": 4, "body2": 6, "relation": "TOUCHING"}}, "the goal names a body 6"),
        ({"bodies": [{"id": 0, "shape": "bar", "color": "red", "dynamic": True}]}, "the goal names a body"),
        (
            {"bodies": [{"id": k, "shape": "bar", "color": "red", "dynamic": True} for k in range(9)]},
            "'pos' is missing",
        ),
    ],
)
def test_a_broken_rollout_is_told(tmp_path, changes, told):
    path = rollouts_file(tmp_path / "rollouts", rollout(**changes), packed=False)
    with pytest.raises(PuzzleError, match=told):
        read_phyre(path)
