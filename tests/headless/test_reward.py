"""The command that turns goals into rewards, and answers that are recorded."""

import json

import pytest

from addon.models import ChatRequest, Message, ModelError
from headless.cli import main
from headless.evaluation.recorded import LARGE, load_book, open_model

REQUEST = ChatRequest("m", (Message("user", "a question"),))


@pytest.fixture
def paste(tmp_path):
    """Runs the command, puts an answer into the file that it names, and runs it again."""

    def run(goal, answer, *more):
        asked = ["reward", goal, "--scene", "buckets", "--coder", f"paste:{tmp_path / 'p'}", *more]
        assert main(asked) == 2
        prompt = max((tmp_path / "p").glob("prompt-*.md"), key=lambda path: path.stat().st_mtime_ns)
        prompt.with_name(prompt.name.replace("prompt", "answer")).write_text(answer)
        return main(asked)

    return run


def test_a_goal_is_told_as_a_reward_and_in_english(paste, capsys):
    assert paste("Get the green ball in the first bucket", 'NEARBY("green ball", "first bucket", 1, 0.02)') == 0
    told = capsys.readouterr()
    assert told.out.startswith('NEARBY("green ball", "first bucket", t=1')
    assert "wanted: At the end, " in told.err


def test_all_that_is_known_is_told_as_json(paste, capsys):
    assert paste("Get the green ball in the first bucket", 'NEARBY("green ball", "first bucket", 1)', "--json") == 0
    waiting, _, answered = capsys.readouterr().out.rpartition("\n{")
    assert "prompt" in json.loads(waiting)["error"]
    told = json.loads("{" + answered)
    assert told["goal"] == "Get the green ball in the first bucket"
    assert told["prompt_version"].startswith("reward ")
    assert (told["attempts"], told["requests"]) == ([], 1)


def test_what_cannot_be_said_is_refused_in_words(paste, capsys):
    assert paste("Make the audience clap", "CANNOT: there is no audience") == 2
    assert "the goal cannot be said: there is no audience" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--coder", "template"], "has no model"),
        (["--coder", "nobody"], "there is no coder 'nobody'"),
        (["--coder", "paste:p", "--answers", "a"], "keeps the answers in DIR itself"),
        (["--scene", "nowhere"], "there is no scene 'nowhere'"),
    ],
)
def test_bad_input_is_one_sentence(more, words, capsys):
    asked = ["reward", "Ball falls", "--scene", "buckets", *more]
    assert main(asked) == 2
    assert words in " ".join(capsys.readouterr().err.split())


def test_answers_are_recorded_by_what_they_are_about_and_given_again(tmp_path):
    book, folder = tmp_path / "book.json", tmp_path / "asked"
    with pytest.raises(ModelError), open_model(f"record:{folder}", book) as model:
        model.chat_for("one").complete(REQUEST)
    next(folder.glob("prompt-*.md")).rename(folder / "asked.txt")
    for name in ("one", "other"):
        with open_model(f"record:{folder}", book) as model:
            chat = model.chat_for(name)
            with pytest.raises(ModelError):
                chat.complete(REQUEST)
            prompt = next(folder.glob("prompt-*.md"))
            prompt.with_name(prompt.name.replace("prompt", "answer")).write_text("an answer")
            assert chat.complete(REQUEST).text == "an answer"
        (folder / prompt.name.replace("prompt", "answer")).unlink()
    assert load_book(book) == {"one": ["an answer"], "other": ["an answer"]}
    with open_model("recorded", book) as model:
        assert (model.name, model.small) == (LARGE, False)
        chat = model.chat_for("one")
        assert chat.complete(REQUEST).text == "an answer"
        with pytest.raises(ModelError, match="no answer number 2 about 'one'"):
            chat.complete(REQUEST)
    with pytest.raises(ModelError, match="no recorded answers"), open_model("recorded", tmp_path / "none.json"):
        pass
    with pytest.raises(ModelError, match="has no model"), open_model("template", book):
        pass
