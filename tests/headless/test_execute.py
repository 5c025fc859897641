import json
import subprocess
import sys
from pathlib import Path

import pytest

from headless.cli import main as whole_command_line
from headless.execute import main

OBJECTS = [{"name": "Ball", "location": [0, 0, 5], "props": {"on": True}, "rigid_body": {"mass": 2}}, {"name": "Floor"}]
FALL = """import bpy
ball = bpy.data.objects["Ball"]
ball.location.z -= 0.5
ball.rotation_euler.z += 3
ball["n"] = ball.get("n", 0) + 1
print(frame)
"""


@pytest.fixture
def execute(tmp_path, capsys):
    """Runs the command on a script and objects; gives its exit code, output and messages."""

    def run(script, *options, objects=OBJECTS, command=main):
        (tmp_path / "script.py").write_text(script, encoding="utf-8")
        (tmp_path / "objects.json").write_text(objects if isinstance(objects, str) else json.dumps(objects))
        code = command([str(tmp_path / "script.py"), "--objects", str(tmp_path / "objects.json"), *options])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_the_final_state_is_printed(execute):
    code, out, _ = execute(FALL, "--steps", "3", "--json")
    result = json.loads(out)
    ball, floor = result["objects"]
    assert code == 0
    assert result["ok"]
    assert result["steps"] == 3
    assert ball["location"] == [0, 0, 3.5]
    assert ball["rotation_euler"] == pytest.approx([0, 0, 9], abs=1e-6)
    assert ball["props"] == {"on": True, "n": 3}
    assert ball["rigid_body"]["mass"] == 2
    assert floor["location"] == [0, 0, 0]
    assert result["printed"] == "1\n2\n3\n"
    assert "static gate" in result["layers"]
    assert result["fired"] == []


def test_the_rules_that_acted_are_told(execute):
    script = "if frame > 1:\n    fired(frame)\n    fired(7)\n"
    result = json.loads(execute(script, "--steps", "3", "--json")[1])
    assert [(f["frame"], f["rule"]) for f in result["fired"]] == [(2, 2), (2, 7), (3, 3), (3, 7)]


def test_the_output_is_input_again(execute):
    first = json.loads(execute(FALL, "--json")[1])["objects"]
    second = json.loads(execute(FALL, "--json", objects=first)[1])["objects"]
    assert second[0]["location"] == [0, 0, 4.0]


def test_seeds_decide_random_numbers(execute):
    script = 'import bpy, random\nbpy.data.objects["Ball"]["r"] = random.random()\n'
    outputs = [execute(script, "--json", "--seed", seed)[1] for seed in ("1", "1", "2")]
    assert outputs[0] == outputs[1] != outputs[2]


@pytest.mark.parametrize(
    ("script", "code", "kind", "line"),
    [
        ("x = 1\nimport os\n", 2, "refused", 2),
        ("x = (\n", 2, "syntax", 1),
        ("x = 1\n1 / 0\n", 1, "failed", 2),
        ("while True: pass\n", 1, "limit", None),
        ("import bpy\nbpy.data.objects['Ball'].location.x = float('nan')\n", 1, "failed", 2),
    ],
)
def test_what_stops_a_script_is_told(execute, script, code, kind, line):
    got, out, _ = execute(script, "--json", "--steps", "5")
    result = json.loads(out)
    assert got == code
    assert not result["ok"]
    assert result["error"]["kind"] == kind
    assert result["error"]["reason"]
    assert set(result["error"]) == {"kind", "reason", "line", "column", "source_line", "suggestion", "others"}
    assert line is None or result["error"]["line"] == line
    assert result["objects"][0]["location"] == [0, 0, 5]


@pytest.mark.parametrize(
    ("objects", "words"),
    [
        ("[", "not valid JSON"),
        ({}, "must be a list"),
        ([{}], "'name'"),
        ([{"name": "A"}, {"name": "A"}], "2 objects of this name"),
        ([{"name": "A", "mass": 1}], "unknown field 'mass'"),
        ([{"name": "A", "location": [1, 2]}], "location: needs 3 numbers"),
        ([{"name": "A", "scale": [0, 1, 1]}], "scale"),
        ([{"name": "A", "props": {"a": ["x"]}}], "props: a"),
        ([{"name": "A", "rigid_body": {"mass": "heavy"}}], "rigid_body: mass"),
    ],
)
def test_bad_objects_are_refused_in_words(execute, objects, words):
    code, out, err = execute(FALL, objects=objects)
    assert code == 2
    assert not out
    assert words in err


@pytest.mark.parametrize("options", [["--steps", "0"], ["--steps", "many"], ["--what"], []])
def test_bad_usage_ends_with_2(options, capsys):
    assert main(["missing.py", "--objects", "missing.json", *options]) == 2
    assert capsys.readouterr().err


def test_words_for_a_reader(execute):
    code, out, err = execute("x = 1\nprint('hello')\nimport os")
    assert code == 2
    assert json.loads(out.splitlines()[0])["name"] == "Ball"
    assert "line 3" in err
    assert "import os" in err


def test_the_whole_command_line_knows_it_too(execute):
    code, out, _ = execute(FALL, "--json", command=lambda rest: whole_command_line(["execute", *rest]))
    assert code == 0
    assert json.loads(out)["steps"] == 1


def test_it_starts_without_the_other_commands_packages(tmp_path):
    (tmp_path / "script.py").write_text(FALL)
    (tmp_path / "objects.json").write_text(json.dumps(OBJECTS))
    arguments = ["headless", "execute", str(tmp_path / "script.py"), "--objects", str(tmp_path / "objects.json")]
    code = (
        f"import runpy, sys\nsys.argv = {arguments}\n"
        "try:\n    runpy.run_module('headless', run_name='__main__')\n"
        "finally:\n    print(sorted({'numpy', 'pydantic', 'typer', 'bpy'} & set(sys.modules)))\n"
    )
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_what_a_script_prints_does_nothing_to_the_terminal(execute):
    script = "print('a\\x1b]52;c;aGk=\\x07b\\u202e\\tc\\u2028')\nraise ValueError('\\x1b[31m')\n"
    code, out, err = execute(script)
    assert code == 1
    code, out, err = execute(script.splitlines()[0])
    assert "a\\x1b]52;c;aGk=\\x07b\\u202e\tc\\u2028\n" in out
    assert "ValueError: \\x1b[31m" in execute(script)[2]
    assert "\x1b" not in out + err


def test_warnings_are_told(execute):
    script = "def update(scene):\n    state['x'] = 1\n"
    code, _, err = execute(script)
    assert code == 0
    assert "warning: line 1: the script defines update, which nothing calls; did you mean step?" in err
    assert len(json.loads(execute(script, "--json")[1])["warnings"]) == 1


def test_a_byte_order_mark_is_no_part_of_a_script(execute):
    assert execute("\ufeffx = 1\n")[0] == 0
