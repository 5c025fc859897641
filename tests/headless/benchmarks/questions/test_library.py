"""What parts of the library are worth: subsets, what builds on what, and the figures."""

import json

import pytest

from addon.models import ChatAnswer
from addon.patterns.library import library
from headless.benchmarks.puzzles.files import load_tasks
from headless.benchmarks.questions.asking import Asker
from headless.benchmarks.questions.evaluate import Setting, prepare
from headless.benchmarks.questions.library import (
    curve,
    default_sizes,
    importance,
    subsets,
    uids,
    with_dependents,
)
from headless.benchmarks.questions.library_figure import draw_curve, draw_importance
from headless.benchmarks.questions.runs import Run
from headless.benchmarks.questions.scores import PuzzleScore, QuestionScore, by_request
from headless.cli import main
from headless.evaluation.recorded import Model


def test_subsets_have_their_size_and_are_drawn_by_a_seed():
    known = list("abcdefgh")
    found = subsets([0, 3, 8], 5, 1, known)
    assert [(s.size, s.draw) for s in found] == [(0, 0), *((3, n) for n in range(5)), (8, 0)]
    assert all(len(s.hidden) == 8 - s.size for s in found)
    assert len({s.hidden for s in found if s.size == 3}) > 1
    assert subsets([3], 5, 1, known) == found[1:6]
    assert subsets([3], 5, 2, known) != found[1:6]
    assert subsets([3, 0, 3, 0], 5, 1, known) == [*found[1:6], found[0]], "a size that is given twice is drawn once"
    with pytest.raises(ValueError, match="8 patterns, not 9"):
        subsets([9], 1, 0, known)


def test_sizes_go_up_to_the_whole_library():
    assert default_sizes(10) == (0, 4, 8, 10)
    assert default_sizes(len(uids()))[-1] == len(library())


def test_a_pattern_goes_with_all_that_build_on_it():
    edges = {"a": (), "b": ("a",), "c": ("b",), "d": (), "e": ("d", "c")}
    assert with_dependents("a", edges) == {"a", "b", "c", "e"}
    assert with_dependents("e", edges) == {"e"}
    assert with_dependents("d", edges) == {"d", "e"}


def worth(hidden):
    """A score to which each of two patterns adds a half in one of two runs."""
    return {"one": float("Bounce" not in hidden), "two": float("TipOver" not in hidden)}


def test_a_curve_is_the_mean_over_draws():
    known = uids()
    points = curve("questions", worth, subsets([0, 10, len(known)], 40, 0), 0)
    assert [(p.size, p.draws) for p in points] == [(0, 1), (10, 40), (len(known), 1)]
    assert points[0].score.mean == 0.0
    assert points[-1].score.mean == 1.0
    assert points[1].score.mean == pytest.approx(10 / len(known), abs=0.15)


def test_importance_is_the_share_of_the_score_that_is_lost():
    found = {one.uid: one for one in importance("questions", worth, 0, ["Bounce", "TipOver", "Airborne"])}
    assert found["Bounce"].drop.mean == 50.0
    assert found["Airborne"].drop.mean == 0.0
    assert found["TipOver"].score == 0.5
    assert list(found)[-1] == "Airborne", "the most first"
    assert len(importance("questions", worth, 0, ["Bounce", "Bounce"])) == 1


def test_nothing_can_be_lost_of_nothing():
    (one,) = importance("puzzles", lambda hidden: {"one": 0.0}, 0, ["Bounce"])
    assert one.drop is None


def test_pictures_are_drawn(tmp_path):
    points = [p for task in ("questions", "puzzles") for p in curve(task, worth, subsets([0, 5], 3, 0), 0)]
    draw_curve(points, tmp_path / "curve.png", chance=0.2)
    draw_importance(importance("questions", worth, 0, ["Bounce", "TipOver"]), tmp_path / "importance.png")
    for name in ("curve.png", "importance.png"):
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")


class Counting:
    def __init__(self, text):
        self.text, self.asked = text, 0

    def complete(self, request, on_text=None):
        self.asked += 1
        return ChatAnswer(self.text, "stop", 0, 0)


def test_libraries_that_give_the_same_annotation_are_asked_about_once():
    prepared = prepare(Run(world="plane", source="05:000", ending="solution", seed="7"), "annotation", 3000)
    found = {a.uid for view in prepared.views.values() for a in view.annotation.activations}
    chat = Counting('{"1": "yes"}')
    score = QuestionScore(Setting(), [prepared], Asker(Model("m", False, lambda key: chat), "openai"))
    whole = score(frozenset())
    assert chat.asked == 2
    assert score(frozenset(set(uids()) - found)) == whole
    assert chat.asked == 2, "patterns that found nothing change nothing"
    score(frozenset(found))
    assert chat.asked == 4


def test_a_puzzle_is_played_with_a_part_of_the_library():
    chat = Counting("ACTION: 1")
    kept = by_request(Model("m", False, lambda key: chat))
    score = PuzzleScore([load_tasks(["ramp"], 1)[0]], kept, attempts=2)
    assert set(score(frozenset(uids()))) == {"00:000"}
    before = chat.asked
    score(frozenset(uids()))
    assert chat.asked == before, "what was asked is not asked again"


def test_the_commands_write_data_and_pictures(tmp_path, capfd):
    given = ["--of", "questions", "--coder", "chance", "--world", "plane", "--count", "1", "--json", "--out"]
    assert main(["questions", "curve", "--size", "0", "--size", "8", "--draws", "2", *given, str(tmp_path / "c")]) == 0
    told = json.loads(capfd.readouterr().out)
    assert [(p["size"], p["draws"]) for p in told["points"]] == [(0, 1), (8, 2)]
    assert (tmp_path / "c" / "curve.png").exists()
    assert main(["questions", "importance", "--pattern", "Bounce", *given, str(tmp_path / "i")]) == 0
    (one,) = json.loads(capfd.readouterr().out)["patterns"]
    assert "Bounce" in one["hidden"]
    assert (tmp_path / "i" / "importance.png").exists()


def test_all_prompts_of_a_curve_are_written_before_it_waits(tmp_path, capfd):
    given = [
        "questions",
        "curve",
        "--of",
        "questions",
        "--world",
        "plane",
        "--count",
        "1",
        "--out",
        str(tmp_path / "c"),
    ]
    given += ["--size", "0", "--size", "8", "--draws", "2", "--coder", f"paste:{tmp_path / 'paste'}"]
    assert main(given) == 2
    assert "wait for an answer" in capfd.readouterr().err
    prompts = list((tmp_path / "paste").glob("prompt-*.md"))
    assert len(prompts) >= 3, "none, and two libraries of eight"
    for prompt in prompts:
        (tmp_path / "paste" / prompt.name.replace("prompt", "answer")).write_text('{"1": "yes"}')
    assert main(given) == 0
    assert (tmp_path / "c" / "curve.json").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["curve", "--size", "999", "--coder", "chance"], "patterns, not 999"),
        (["importance", "--pattern", "Nonsense", "--coder", "chance"], "there is no pattern 'Nonsense'"),
        (["curve", "--input", "trace", "--coder", "chance"], "only annotations"),
        (["curve", "--coder", "chance", "--of", "puzzles"], "chance guesses"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path, capsys, words, told):
    assert main(["questions", *words, "--out", str(tmp_path / "out")]) == 2
    assert told in " ".join(capsys.readouterr().err.replace("│", " ").split())


def test_the_recorded_answers_give_the_curve_that_the_document_tells(tmp_path, capfd):
    pytest.importorskip("Box2D")
    asked = ["--of", "questions", "--coder", "recorded", "--world", "plane", "--count", "5"]
    sizes = ["--size", "0", "--size", "40", "--draws", "1"]
    assert main(["questions", "curve", *asked, *sizes, "--json", "--out", str(tmp_path / "c")]) == 0
    points = json.loads(capfd.readouterr().out)["points"]
    assert [(p["size"], p["score"]["mean"]) for p in points] == [(0, 0.66), (40, 0.96)]
