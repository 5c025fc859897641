"""Rollouts that are run again come out as they were recorded, and what differs is told."""

import numpy as np
import pytest

from addon.jobs.rollout import RolloutOptions
from addon.jobs.rollout import rollout as run
from addon.trace import contact_intervals
from headless.benchmarks.puzzles.actions import Action
from headless.benchmarks.puzzles.errors import PuzzleError
from headless.benchmarks.puzzles.phyre_tasks import read_phyre
from headless.benchmarks.puzzles.replay import _matched, _starts, replays
from headless.benchmarks.puzzles.scene import METRES
from headless.planar import PlanarEngine
from tests.headless.benchmarks.puzzles import thrift_files as files
from tests.headless.benchmarks.puzzles.rollout_files import PHYSICS, rollout, rollouts_file

AT = (64.0, 60.0)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A rollout of our own, as PHYRE's file has it."""
    path = files.tasks_file(tmp_path_factory.mktemp("phyre") / "tasks", [files.task()])
    (task,) = read_phyre(path).tasks
    action = Action(*AT, 9)
    trace = run(PlanarEngine(task.scene_with(action)), None, RolloutOptions(steps=300)).trace
    x, y = trace.position[:, [4, 6], 0] / METRES, trace.position[:, [4, 6], 2] / METRES
    frames = np.stack([x, y, np.zeros_like(x)], axis=2).tolist()
    contacts = [
        {"a": int(a), "b": int(b), "steps": [list(map(int, r)) for r in steps], "known_until": 1000}
        for (a, b), steps in contact_intervals(trace.contacts).items()
    ]
    more = {"id": "x", "frame_bodies": [4, 6], "frames": frames, "contacts": contacts}
    return path, rollout(task.outcome(action).solved, AT, **more)


def test_a_rollout_comes_out_as_it_was(recorded, tmp_path):
    path, record = recorded
    (found,) = replays(rollouts_file(tmp_path / "rollouts", record), path)
    assert (found.name, found.task) == ("x", "00000:000")
    assert found.greatest_error < 1e-9
    assert found.solved == found.was_solved
    assert found.matched == found.found == found.recorded > 0
    assert found.found_in_poses is None
    assert list(replays(tmp_path / "rollouts")) == [found]


def test_onsets_are_found_in_the_recorded_poses_alone(recorded, tmp_path):
    path, record = recorded
    bodies = [{"angle": 0.0, **body} for body in record["bodies"]]
    whole = {**record, "bodies": bodies, "dt": 1 / 60, "width": 256, "height": 256}
    (found,) = replays(rollouts_file(tmp_path / "rollouts", whole, meta=PHYSICS), path)
    assert found.matched_in_poses == found.found_in_poses == found.recorded


def test_what_differs_is_told(recorded, tmp_path):
    path, record = recorded
    frames = [[[x + 0.25 * (k == 10), y, angle] for x, y, angle in f] for k, f in enumerate(record["frames"])]
    contacts = [{**c, "steps": [[first + 2, last + 2] for first, last in c["steps"]]} for c in record["contacts"]]
    (found,) = replays(rollouts_file(tmp_path / "r", {**record, "frames": frames, "contacts": contacts}), path)
    assert (found.end_error < 1e-9, found.greatest_error) == (True, pytest.approx(0.25))
    assert found.matched < found.found == found.recorded


def test_without_contacts_and_without_a_ball(recorded, tmp_path):
    _, record = recorded
    bodies, frames = record["bodies"][:-1], [[[60, 20, 0]]] * 2
    few = {**record, "bodies": bodies, "frames": frames, "frame_bodies": [4], "contacts": [], "solved": False}
    (found,) = replays(rollouts_file(tmp_path / "rollouts", few))
    assert (found.matched, found.found, found.recorded, found.solved) == (0, 0, 0, False)


def test_what_cannot_be_run_again_is_told(recorded, tmp_path):
    path, record = recorded
    with pytest.raises(PuzzleError, match="rollout x cannot be run again"):
        list(replays(rollouts_file(tmp_path / "one", {**record, "frame_bodies": [99]}), path))
    with pytest.raises(PuzzleError, match="has no task 00009:000"):
        list(replays(rollouts_file(tmp_path / "two", {**record, "task_id": "00009:000"}), path))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"frames": [[[1, 2, 3]]]}, "frame 0 has 1 poses of 2 bodies"),
        ({"frames": [[[float("nan"), 0, 0], [0, 0, 0]]]}, "finite number"),
        ({"frames": []}, "at least 1"),
        ({"frame_bodies": [4, 4]}, "a body twice"),
        ({"frame_bodies": [99, 4]}, "a body 99, which there is not"),
        ({"contacts": [{"a": 4, "b": 6, "known_until": 9}]}, "contacts.0.steps: Field required"),
        ({"solved": "yes"}, "solved: Input should be a valid boolean"),
    ],
)
def test_a_broken_rollout_is_told_in_words(recorded, tmp_path, change, words):
    path, record = recorded
    with pytest.raises(PuzzleError, match=words):
        list(replays(rollouts_file(tmp_path / "one", {**record, **change}), path))


@pytest.mark.parametrize(
    ("runs", "starts"), [([], []), ([(0, 4), (6, 9), (12, 12)], [0, 12]), ([(3, 3), (5, 5), (9, 9)], [3, 9])]
)
def test_short_interruptions_are_none(runs, starts):
    assert _starts(runs) == starts


@pytest.mark.parametrize(
    ("ours", "theirs", "count"), [([1, 5], [2, 4], 2), ([1, 2], [2], 1), ([1], [3], 0), ([], [1], 0)]
)
def test_onsets_pair_up(ours, theirs, count):
    assert _matched(ours, theirs) == count
