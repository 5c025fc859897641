"""``world`` on the command line with things that a model writes and pictures that it looks at."""

import json
import signal
import subprocess
import sys
import time

import bpy
import pytest

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


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["A cup", "--coder", "nobody"], "there is no coder 'nobody'"),
        (["A ball and " * 2000 + "a box"], "2000 are the most"),
        (["a ball \udcff rolls"], "cannot be printed (U+DCFF)"),
        (["a ball \x01 rolls"], "cannot be printed (U+0001)"),
        ([" "], "say what there is"),
        (["After 100 seconds, a ball falls"], "a world runs 60 s at most"),
        (["A cup", "--things", __file__], "is no folder"),
    ],
)
def test_what_cannot_be_asked_for_is_bad_usage(tmp_path, capfd, arguments, words):
    assert main(["world", *arguments, "--out", str(tmp_path / "world")]) == 2
    assert words in " ".join(capfd.readouterr().err.replace("│", " ").split())
    assert not (tmp_path / "world").exists()


@pytest.mark.parametrize(
    "spoiled", ["{", '{"sentence": "A cup", "fps": 0}', '{"sentence": "A cup", "fps": NaN}', "\xff"]
)
def test_a_spoiled_request_is_told_with_its_file(tmp_path, capfd, spoiled):
    (tmp_path / "world.json").write_bytes(spoiled.encode("latin-1"))
    assert main(["world", "A cup", "--out", str(tmp_path)]) == 2
    assert "is spoiled" in capfd.readouterr().err


def test_a_benchmark_that_cannot_be_run_is_bad_usage(tmp_path, capfd):
    assert main(["worlds", "evaluate", "--coder", "nobody", "--count", "1", "--out", str(tmp_path)]) == 2
    assert main(["worlds", "evaluate", "--one-shot", "--count", "1", "--out", str(tmp_path)]) == 2
    assert "writes freely" in capfd.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["world", "What is a ball?"],
        ["world", "A cup", "--coder", "nobody"],
        ["world", "A cup", "--seed", "x"],
        ["worlds", "rate", "nowhere"],
        ["run", "nowhere"],
        ["parse", "nowhere.blend"],
    ],
)
def test_with_json_an_error_is_json_too(tmp_path, monkeypatch, capfd, arguments):
    monkeypatch.chdir(tmp_path)
    code = main([*arguments, "--json"])
    told = capfd.readouterr()
    assert code in (1, 2)
    assert list(json.loads(told.out)) == ["error"]
    assert told.err


def test_a_prompt_that_waits_is_json_too(tmp_path, capfd):
    asked = ["world", "A cup", "--coder", f"paste:{tmp_path / 'p'}", "--out", str(tmp_path / "w"), "--json"]
    assert main(asked) == 2
    assert "the prompt is in" in json.loads(capfd.readouterr().out)["error"]


def test_without_a_sentence_a_world_goes_on_by_its_edited_plan(tmp_path, capfd):
    folder = tmp_path / "w"
    assert main(["world", "A cup", "--seed", "3", "--out", str(folder)]) == 0
    plan = folder / "manifest.json"
    plan.write_text(plan.read_text().replace('"thing": "cup"', '"thing": "vase"'))
    assert main(["world", "--out", str(folder), "--json"]) == 0
    told = capfd.readouterr().out
    result = json.loads(told[told.rindex("\n{") :])
    assert (result["sentence"], result["seed"]) == ("A cup", 3)
    assert "vase" in (folder / "rounds/1/manifest.json").read_text()
    assert main(["world", "--seed", "4", "--out", str(folder)]) == 2
    assert "holds another world" in capfd.readouterr().err
    assert main(["world", "--out", str(tmp_path / "none")]) == 2
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"thing": "trafic light"}, "the library has no 'trafic light'; did you mean 'traffic light'?"),
        ({"thing": "ramp", "parameters": {"lenght": 2}}, "ramp has no 'lenght'; did you mean 'length'? it has length,"),
        ({"thing": "ramp", "parameters": {"length": 99}}, "'length' is from"),
    ],
)
def test_what_is_mistyped_in_a_plan_is_told_before_anything_else(tmp_path, capfd, typed, told):
    (tmp_path / "world.json").write_text('{"sentence": "A ramp"}')
    (tmp_path / "manifest.json").write_text(json.dumps({"subjects": [{"name": "Ramp", **typed}]}))
    assert main(["world", "--out", str(tmp_path)]) == 2
    said = " ".join(capfd.readouterr().err.split())
    assert f"'Ramp': {told}" in said
    assert "setting:" not in said


def test_a_mistyped_verb_is_told_with_the_nearest(tmp_path, capfd):
    (tmp_path / "world.json").write_text('{"sentence": "A ball"}')
    plan = {"subjects": [{"name": "Ball", "thing": "ball"}], "happenings": [{"who": "Ball", "does": "bounse"}]}
    (tmp_path / "manifest.json").write_text(json.dumps(plan))
    assert main(["world", "--out", str(tmp_path)]) == 2
    assert "'Ball' is to 'bounse'; did you mean 'bounce'?" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "listed", "told"),
    [
        (["zebra"], 1, "", "nothing in the library for 'zebra'; the nearest: horse"),
        (["qqqq"], 1, "", "nothing in the library for 'qqqq'"),
        (["traffic", "light"], 0, "traffic light", ""),
        (["butterfly", "zebra"], 0, "butterfly", "no entry has all of these words"),
        (["dominoes"], 0, "domino", ""),
    ],
)
def test_words_that_the_library_has_not_are_told(words, code, listed, told, capfd):
    assert main(["library", *words]) == code
    out, err = capfd.readouterr()
    assert out.startswith(listed) if listed else out == ""
    assert told in err


def test_a_single_world_is_no_evaluation(tmp_path, capfd):
    (tmp_path / "result.json").write_text("{}")
    assert main(["worlds", "rate", str(tmp_path)]) == 2
    assert "is a single world" in " ".join(capfd.readouterr().err.replace("│", " ").split())


def content(path):
    """What a saved world holds: its scene graph, and where everything is at some frames."""
    from addon.engine.read import open_blend, read_scene

    open_blend(path)
    scene = bpy.context.scene
    poses = []
    for frame in (scene.frame_start, (scene.frame_start + scene.frame_end) // 2, scene.frame_end):
        scene.frame_set(frame)
        poses.append(sorted((o.name, *(round(v, 6) for row in o.matrix_world for v in row)) for o in scene.objects))
    return read_scene(scene).model_dump_json(), poses


def test_the_same_sentence_and_seed_save_the_same_scene(tmp_path, capfd):
    for name in ("a", "b"):
        assert main(["world", "A ball falls onto a box in a garden", "--out", str(tmp_path / name)]) == 0
    graph, poses = content(tmp_path / "a" / "world.blend")
    assert (graph, poses) == content(tmp_path / "b" / "world.blend")
    assert poses[0] != poses[1]


def _heeds_interrupts():
    """What a shell starts in the background ignores them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.parametrize("wait", [0.0, 0.2, 0.5])
def test_an_interrupt_while_blender_is_loaded_crashes_nothing(tmp_path, wait):
    """It stops in words, or, where Python drops it in a callback of Blender's, the world is made."""
    command = [sys.executable, "-m", "headless", "world", "A ball falls", "--out", str(tmp_path / "w")]
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True, preexec_fn=_heeds_interrupts) as process:
        assert process.stderr is not None
        next(line for line in process.stderr if line.startswith("setting:"))
        time.sleep(wait)
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()
    assert process.returncode in (0, 1)
    assert ("stopped" in told) == (process.returncode == 1)
    assert "Traceback" not in told
