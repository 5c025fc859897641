from addon.jobs.search import Candidate, OpenNumber
from addon.jobs.search.heatmap import draw_heatmap

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
