"""Pictures of puzzles show what is there."""

import numpy as np
import pytest

from headless.benchmarks.puzzles.files import load_tasks
from headless.benchmarks.puzzles.pictures import FRAME, montage, picture, save, strip

TASK = load_tasks(["ramp"], 1)[0]
RED, GREEN, BLUE = (214, 39, 40), (44, 160, 44), (31, 95, 208)


def has(image, color):
    return bool((image == color).all(axis=2).any())


def test_the_ball_is_there_with_an_action_only():
    bare, played = picture(TASK), picture(TASK, TASK.solution)
    assert bare.shape == played.shape == (256, 256, 3)
    assert [has(bare, c) for c in (RED, GREEN, BLUE)] == [False, True, True]
    assert [has(played, c) for c in (RED, GREEN, BLUE)] == [True, True, True]
    row, column = 255 - int(TASK.solution.y + TASK.solution.r / 2), int(TASK.solution.x)
    assert tuple(played[row, column]) == RED


def test_a_strip_begins_at_the_start_and_goes_on():
    frames = strip(TASK, TASK.solution, frames=3, steps=120)
    assert frames.shape == (256 + 2 * FRAME, 3 * 256 + 4 * FRAME, 3)
    first, second = (frames[FRAME:-FRAME, FRAME + k * (256 + FRAME) :][:, :256] for k in (0, 1))
    assert (first == picture(TASK, TASK.solution)).all()
    assert (first != second).any()


@pytest.mark.parametrize("name", ["some.png", "some.webp"])
def test_pictures_are_written_by_their_files_name(tmp_path, name):
    whole = montage([picture(TASK)] * 3, columns=2)
    assert whole.shape == (2 * 256 + 3 * FRAME, 2 * 256 + 3 * FRAME, 3)
    save(whole, tmp_path / name)
    assert (tmp_path / name).stat().st_size > 500
    assert isinstance(whole, np.ndarray)
