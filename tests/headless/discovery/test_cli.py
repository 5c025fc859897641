"""The command, by prompts and answers in a folder and by recorded answers."""

import json
import re
from pathlib import Path

import pytest

from addon.trace import save_trace
from headless.cli import main
from headless.discovery.settings import Settings

from .scripted import TRACES, TURN, answer, turn_after

LABEL = "body turns round: A moving body turns round."


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("traces") / "runs"
    for number, named in enumerate(TRACES):
        save_trace(named.trace, folder / str(number))
    return folder


@pytest.fixture
def book(tmp_path, monkeypatch):
    path = tmp_path / "answers.json"
    monkeypatch.setattr("headless.discovery.discover.BOOK", path)
    return path


def command(runs, tmp_path, *more, out="out", budget=2):
    """The exit code of a discovery with two islands."""
    settings = ("--budget", budget, "--islands", 2, "--threshold", -1, "--out", tmp_path / out)
    return main([str(a) for a in ("discover", "--traces", runs, *settings, *more)])


def test_prompts_go_out_together_and_answers_come_back(runs, tmp_path, book, capfd):
    labels = tmp_path / "labels.txt"
    labels.write_text(f"{LABEL}\nbody goes back\n")
    asked = ("--labels", labels, "--coder", f"record:{tmp_path / 'ask'}", "--json")
    assert command(runs, tmp_path, *asked) == 2
    told = capfd.readouterr()
    assert "4 requests wait for an answer. Give them and run this again." in told.err
    assert json.loads(told.out) == {"error": "4 requests wait for an answer. Give them and run this again."}
    prompts = sorted((tmp_path / "ask").glob("prompt-*.md"))
    assert len(prompts) == 4
    for number, prompt in enumerate(prompts):
        prompt.with_name(prompt.name.replace("prompt", "answer")).write_text(answer(turn_after(number)))
    assert command(runs, tmp_path, *asked) == 0
    first = json.loads(capfd.readouterr().out)
    assert [outcome["verdict"] for outcome in first["outcomes"]] == ["accepted", "accepted"]
    assert first["cost"]["requests"] == 4
    assert {p.name for p in (tmp_path / "out" / "accepted").iterdir()} == {
        f"{uid}{suffix}" for uid in ("BodyTurnsRound", "BodyGoesBack") for suffix in (".py", ".json")
    }
    page = (tmp_path / "out" / "report.html").read_text()
    assert "body turns round" in page
    assert "<svg" in page
    assert set(json.loads(book.read_text())) == {
        f"0/{uid}/{number:04}" for uid in ("BodyTurnsRound", "BodyGoesBack") for number in (1, 2)
    }
    assert command(runs, tmp_path, "--labels", labels, "--coder", "recorded", "--json", out="again") == 0
    again = json.loads(capfd.readouterr().out)
    assert again.pop("model") == "a large model, recorded"
    first.pop("model")
    assert again == first


def test_a_folder_with_results_needs_resume(runs, tmp_path, book, capfd):
    book.write_text(json.dumps({f"0/BodyTurnsRound/{n:04}": [answer(turn_after(n))] for n in range(1, 5)}))
    asked = ("--labels", LABEL, "--coder", "recorded")
    assert command(runs, tmp_path, *asked) == 0
    assert "BodyTurnsRound: accepted, fitness" in capfd.readouterr().out
    assert command(runs, tmp_path, *asked) == 2
    assert "use --resume" in capfd.readouterr().err
    assert command(runs, tmp_path, *asked, "--resume", budget=4) == 0
    told = capfd.readouterr()
    assert "BodyTurnsRound 3: fitness" in told.err
    assert "BodyTurnsRound 2: fitness" not in told.err
    before = (tmp_path / "out" / "discovery.json").read_text()
    assert command(runs, tmp_path, *asked, "--resume", "--seed", 5) == 2
    assert "is of another search (other seed)" in capfd.readouterr().err
    assert command(runs, tmp_path, "--labels", "body goes back", "--coder", "recorded", "--resume") == 2
    assert "is of another search (other labels)" in capfd.readouterr().err
    assert (tmp_path / "out" / "discovery.json").read_text() == before
    (tmp_path / "out" / "discovery.json").write_text("[]")
    assert command(runs, tmp_path, *asked, "--resume") == 2
    assert "cannot be read" in capfd.readouterr().err
    (tmp_path / "out" / "discovery.json").write_text(before)
    assert command(runs, tmp_path, *asked, "--resume", budget=8) == 2
    assert "no answer number 1 about '0/BodyTurnsRound/0005' was recorded" in capfd.readouterr().err


def test_labels_are_proposed_and_discovered(runs, tmp_path, book, capfd):
    proposed = [
        {"label": "body turns right round", "description": "It turns.", "reason": "It tells."},
        {"label": "bounce", "description": "", "reason": ""},
    ]
    book.write_text(json.dumps({"0/propose/2": [json.dumps(proposed)], "0/BodyTurnsRightRound/0001": [answer(TURN)]}))
    (tmp_path / "thoughts.txt").write_text("It turned, and so it missed.")
    asked = ("--propose", 2, "--thoughts", tmp_path / "thoughts.txt", "--coder", "recorded")
    assert command(runs, tmp_path, *asked, budget=1) == 0
    told = capfd.readouterr()
    assert "bounce: it has 1 words" in told.err
    assert "BodyTurnsRightRound: accepted" in told.out
    assert json.loads((tmp_path / "out" / "proposals.json").read_text())[0]["problem"] == ""
    book.write_text(json.dumps({"0/propose/2": [json.dumps(proposed[1:])]}))
    assert command(runs, tmp_path, *asked, out="none") == 2
    assert "none of the proposed labels can be used" in capfd.readouterr().err


def test_a_pattern_is_discovered_again(runs, tmp_path, book, capfd):
    book.write_text(json.dumps({"0/SpeedChange/0001": [answer(TURN)]}))
    asked = ("--rediscover", "SpeedChange", "--coder", "recorded", "--json")
    assert command(runs, tmp_path, *asked, budget=1) == 0
    told = json.loads(capfd.readouterr().out)
    assert told["agreement"][0]["uid"] == "SpeedChange"
    assert len(told["held_back"]) == 2
    assert "SpeedChange" not in told["discovery"]["library"]
    assert json.loads((tmp_path / "out" / "rediscovery.json").read_text()) == told


def test_examples_are_told_apart(runs, tmp_path, book, capfd):
    book.write_text(json.dumps({"0/BodyTurnsRound/0001": [answer(TURN)]}))
    examples = tmp_path / "examples.json"
    examples.write_text(json.dumps([{"trace": "runs/0", "frame": 8, "bodies": ["Ball"]}]))
    asked = ("--labels", LABEL, "--examples", examples, "--coder", "recorded", "--json")
    assert command(runs, tmp_path, *asked, budget=1) == 0
    told = json.loads(capfd.readouterr().out)
    assert told["fitness"] == "rho + eta - lambda - psi + examples + agreement"
    assert told["outcomes"][0]["fitness"]["examples"] == 1.0


def test_what_has_to_improve_answers_waits_for_them_and_is_not_mixed(runs, tmp_path, book, capfd, monkeypatch):
    pytest.importorskip("Box2D")
    book.write_text(json.dumps({"0/BodyTurnsRound/0001": [answer(TURN)]}))
    (tmp_path / "questions.json").write_text("{}")
    monkeypatch.setattr("headless.benchmarks.questions.scores.BOOK", tmp_path / "questions.json")
    asked = ("--labels", LABEL, "--threshold", "-2", "--coder", "recorded")
    assert command(runs, tmp_path, *asked, "--improves", "1", budget=1) == 2
    assert "requests wait for an answer" in capfd.readouterr().err
    assert not (tmp_path / "out" / "accepted").exists()
    for other in (("--improves", "2"), ()):
        assert command(runs, tmp_path, *asked, *other, "--resume", budget=1) == 2
        assert "other improves" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ((), "give one of the three"),
        (("--labels", LABEL, "--propose", "2"), "give one of the three"),
        (("--labels", LABEL, "--thoughts", "x"), "only --propose reads it"),
        (("--propose", "2", "--examples", "x"), "they are about --labels"),
        (("--rediscover", "Bounce", "--improves", "2"), "is judged by its events"),
        (("--labels", "bounce"), "the pattern 'Bounce' (bounce) is there already"),
        (("--rediscover", "Bunce"), "there is no pattern 'Bunce'; there are"),
        (("--rediscover", "Bounce", "--held-back", "0.9"), "cannot be held back"),
        (("--labels", LABEL, "--examples", "nowhere.json"), "nowhere.json cannot be read as JSON"),
        (("--propose", "2", "--thoughts", "nowhere.txt"), "nowhere.txt"),
        (("--labels", LABEL, "--budget", "0"), "--budget"),
        (("--labels", "nowhere.txt"), "nowhere.txt is no file"),
        (("--labels", "no/where"), "no/where is no file"),
        (("--labels", "headless"), "headless is no file"),
        (("--labels", "body " + "turns " * 20), "has more than 100 characters"),
        (("--labels", ""), "there is no label in what was given"),
        (("--labels", LABEL, "--threshold", "nan"), "no finite number"),
        (("--rediscover", "Bounce", "--held-back", "nan"), "--held-back"),
    ],
)
def test_bad_use(runs, tmp_path, book, capfd, asked, told):
    book.write_text("{}")
    assert command(runs, tmp_path, "--coder", "recorded", *asked) == 2
    said = " ".join(capfd.readouterr().err.replace("│", " ").split())
    assert told in said


@pytest.mark.parametrize(
    ("coder", "code", "told"),
    [("template", 1, "has no model that could be asked"), ("recorded", 1, "there are no recorded answers")],
)
def test_coders_that_cannot_answer(runs, tmp_path, book, capfd, coder, code, told):
    assert command(runs, tmp_path, "--labels", LABEL, "--coder", coder) == code
    assert told in capfd.readouterr().err
    assert main(["discover", "--labels", LABEL, "--traces", "nowhere", "--out", str(tmp_path / "x")]) == 2
    assert "'nowhere' holds no traces" in capfd.readouterr().err


def test_the_document_tells_the_defaults():
    text = (Path(__file__).parents[3] / "docs" / "discovery.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"\| `--([a-z]+)` \| ([\d.]+) \|", text))
    settings = Settings().model_dump()
    assert {name: float(value) for name, value in told.items()} == {name: settings[name] for name in told}
    assert set(told) == {"budget", "islands", "shown", "reset", "threshold", "bins"}
    assert f"between {settings['repetition']:g} μ and {2 * settings['repetition']:g} μ" in text


def test_bad_use_is_told_before_traces_are_made(tmp_path, capfd):
    for asked, told in ((("--rediscover", "Bunce"), "no pattern 'Bunce'"), (("--labels", "nowhere.txt"), "no file")):
        assert main(["discover", "--traces", "nowhere", *asked, "--out", str(tmp_path / "x")]) == 2
        assert told in capfd.readouterr().err
    assert not (tmp_path / "x").exists()


def test_a_pattern_named_twice_is_asked_about_once(runs, tmp_path, book, capfd):
    book.write_text(json.dumps({"0/SpeedChange/0001": [answer(TURN)]}))
    twice = ("--rediscover", "SpeedChange", "--rediscover", "SpeedChange")
    assert command(runs, tmp_path, *twice, "--coder", "recorded", "--json", budget=1) == 0
    assert len(json.loads(capfd.readouterr().out)["agreement"]) == 1
