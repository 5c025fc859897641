import numpy as np
import pytest

from headless.benchmarks.patterns.corpus import Rollout, load_corpus
from headless.benchmarks.patterns.recipes import Recipe
from headless.benchmarks.patterns.sheets import unlabelled
from headless.benchmarks.patterns.strips import FINE, SIDE, Strip
from headless.cli import main


@pytest.fixture(scope="module")
def fall():
    """The red ball lies at the end, the others do not move."""
    recipe = Recipe(name="fall", kind="puzzle", of="02:062", action="random", seed=2)
    return recipe.trace()


def test_the_same_recipe_gives_the_same_run(fall):
    recipe = Recipe(name="again", kind="puzzle", of="02:062", action="random", seed=2)
    again = recipe.trace()
    assert (again.position == fall.position).all()
    other = recipe.model_copy(update={"seed": 3}).trace()
    assert (other.position[0] != fall.position[0]).any()


def test_solutions_solve_and_near_misses_do_not():
    for action, solved in (("solution", True), ("near_miss", False)):
        trace = Recipe(name=action, kind="puzzle", of="02:062", action=action).trace()
        (done,) = [event for event in trace.events if event.uid == "TaskComplete"]
        assert done.parameters["success"] is solved


def test_frames_are_where_things_move(fall):
    frames = Strip(fall).spread(12)
    speed = np.linalg.norm(fall.velocity, axis=2).max(axis=1)
    last = int(np.flatnonzero(speed > 0.1)[-1])
    assert frames == sorted(set(frames))
    assert frames[0] == 0
    assert last <= frames[-1] <= last + 60


def test_a_body_is_drawn_where_it_is(fall):
    strip = Strip(fall)
    window = strip.window(SIDE, range(len(strip.objects)), [0])
    image = strip.picture(0, SIDE, window, 200)
    x, z = fall.position[0, -1, [0, 2]]
    (x0, z0), (x1, z1) = window
    column, row = int(200 * (x - x0) / (x1 - x0)), int(200 * (z1 - z) / (z1 - z0))
    around = image[row - 4 : row + 5, column - 4 : column + 5].reshape(-1, 3).astype(int)
    assert ((around[:, 0] > 180) & (around[:, 1] < 120)).any()
    assert image.shape == (200, 200, 3)
    assert FINE > 1


def test_sheets_are_drawn_and_events_told(tmp_path, capfd):
    name = load_corpus().rollouts[0].recipe.name
    assert main(["patterns", "sheets", name, "--out", str(tmp_path)]) == 0
    told = capfd.readouterr().out
    assert (tmp_path / f"{name}.png").stat().st_size > 10_000
    assert "true " in told
    assert main(["patterns", "sheets", name, "--frame", "84", "--body", "10", "--out", str(tmp_path)]) == 0
    assert (tmp_path / f"{name}_0084.png").is_file()


def test_what_nobody_judged_is_told_as_labels():
    rollout = load_corpus().rollouts[0]
    trace = rollout.recipe.trace()
    assert unlabelled(rollout, trace) == []
    bare = Rollout(recipe=rollout.recipe)
    labels = unlabelled(bare, trace)
    filled = bare.model_copy(update={"labels": tuple(labels)})
    assert len(labels) > 50
    assert unlabelled(filled, trace) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["sheets", "nowhere"], "there is no rollout nowhere"),
        (["sheets", "ramp_solved", "--frame", "3"], "which bodies"),
        (["sheets", "ramp_solved", "--frame", "3", "--body", "99"], "no body 99"),
        (["sheets", "ramp_solved", "--frame", "3000", "--body", "9"], "no frame 3000"),
        (["evaluate", "--only", "half"], "half"),
    ],
)
def test_bad_usage(arguments, told, capfd):
    assert main(["patterns", *arguments]) == 2
    assert told in " ".join(capfd.readouterr().err.replace("│", " ").split())
