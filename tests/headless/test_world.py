"""``world`` on the command line with things that a model writes and pictures that it looks at."""

import json

from headless.cli import main
from tests.worlds.code import ZORB

SENTENCE = "A zorb lies on a table"
ANSWERS = {
    "In this sentence": '{"things": ["zorb"]}',
    "You model one thing": f"```python\n{ZORB}```",
    "These pictures": '{"fine": true, "why": ""}',
    "You plan small worlds": json.dumps(
        {
            "subjects": [
                {"name": "Table", "thing": "table"},
                {"name": "Zorb", "thing": "zorb", "places": [{"relation": "on", "of": ["Table"]}]},
            ],
            "seconds": 1.5,
        }
    ),
}


def answer(folder):
    """Answer the prompts of a folder that wait; gives how they begin."""
    found = []
    for prompt in sorted(folder.glob("prompt-*.md")):
        path = folder / prompt.name.replace("prompt", "answer")
        if not path.exists():
            begins = next(words for words in ANSWERS if prompt.read_text().startswith(words))
            path.write_text(ANSWERS[begins])
            found.append(begins)
    return found


def test_vision_needs_a_model_that_can_be_shown_pictures(tmp_path, capfd):
    assert main(["world", SENTENCE, "--vision", "--out", str(tmp_path / "w")]) == 2
    assert "needs a coder with a model that sees" in " ".join(capfd.readouterr().err.split())
    assert not (tmp_path / "w").exists()


def test_a_thing_is_written_looked_at_and_kept_by_hand(tmp_path, capfd):
    paste, kept = tmp_path / "paste", tmp_path / "kept"
    command = ["world", SENTENCE, "--coder", f"paste:{paste}", "--things", str(kept), "--vision"]
    asked = []
    for _ in range(4):
        assert main([*command, "--out", str(tmp_path / "w")]) == 2
        asked += answer(paste)
    assert asked == list(ANSWERS)
    assert len(list(paste.glob("prompt-*.png"))) == 2
    assert list(kept.glob("zorb/*.py"))
    assert "the prompt is in" in capfd.readouterr().err
    kept_only = ["world", SENTENCE, "--things", str(kept), "--out", str(tmp_path / "v"), "--json"]
    assert main(kept_only) == 0
    told = capfd.readouterr().out
    result = json.loads(told[told.index("{") :])
    assert [(thing["noun"], thing["how"]) for thing in result["things"]] == [("zorb", "kept")]
