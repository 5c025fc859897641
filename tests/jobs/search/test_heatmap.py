import numpy as np

from addon.jobs.search import Candidate, OpenNumber
from addon.jobs.search.heatmap import CELLS, FAR, _nearest, draw_heatmap

ACROSS, UP = OpenNumber("Ball$.x$", 0, 1), OpenNumber("Ball.y", 5, 9)


def candidate(number, x, y, value):
    return Candidate(number=number, values={"Ball$.x$": x, "Ball.y": y}, value=value, problem="" if value else "lost")


def test_a_map_is_drawn_and_is_the_same_again(tmp_path):
    found = [candidate(1, 0.1, 6, 0.2), candidate(2, 0.9, 8, 1.0), candidate(3, 0.5, 7, None)]
    for name in ("a.png", "b.png"):
        draw_heatmap(found, ACROSS, UP, tmp_path / name)
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.png", "b.png"]


def test_one_candidate_makes_a_map(tmp_path):
    draw_heatmap([candidate(1, 0.1, 6, 0.2)], ACROSS, UP, tmp_path / "a.png")
    assert (tmp_path / "a.png").exists()


def test_a_place_far_from_all_candidates_is_left_blank():
    shown = _nearest(np.array([[0.5, 0.5]]), np.array([0.7]))
    assert shown[CELLS // 2, CELLS // 2] == 0.7
    assert np.isnan(shown[0, 0])
    assert abs(np.isfinite(shown).mean() / (np.pi * FAR**2) - 1) < 0.1
