"""Machines of anybody's: what is taken, and what is refused by name before anything is run or written."""

import json

import pytest

from headless.benchmarks.physibench import MachineError, example
from headless.benchmarks.physibench.evaluate import with_oracles_of_others
from headless.benchmarks.physibench.files import load_machines
from headless.benchmarks.physibench.generate import SEED, generate
from headless.cli import main
from headless.evaluation import report


@pytest.fixture(autouse=True)
def few_pictures(monkeypatch):
    """Pages with strips as short as can be; drawing them is what takes long."""
    monkeypatch.setattr(report, "STRIP", 2)


FLOOR = {
    "name": "Floor",
    "geometry": {"type": "PRIMITIVE", "kind": "cube", "dimensions": [8, 8, 1]},
    "location": [0, 0, -0.5],
    "body": {"type": "PASSIVE", "shape": "BOX"},
}
BALL = {
    "name": "Ball",
    "geometry": {"type": "PRIMITIVE", "kind": "sphere", "dimensions": [1, 1, 1]},
    "location": [0, 0, 2],
    "body": {"type": "ACTIVE", "shape": "SPHERE"},
}
LAMP = {"name": "Lamp", "location": [2, 0, 2], "properties": {"on": False}}
RULE = "When Ball touches Floor, turn on Lamp."
LIT = 'EVENT("PropertyChanged", {"object_id": "Lamp", "property": "on", "new": true})'
SCRIPT = 'if touched("Ball", "Floor"):\n    objects["Lamp"]["on"] = True\n'


def data(name, **changes):
    """A machine as another program might write it: only what must be there."""
    scene = {"schema_version": 1, "name": name, "objects": [FLOOR, BALL, LAMP], "rules": [RULE]}
    return {"machine_version": 2, "name": name, "graph": scene, "assertions": [LIT], "steps": 120} | changes


def write(path, *machines):
    path.mkdir(exist_ok=True)
    for number, machine in enumerate(machines):
        (path / f"{number}.json").write_text(json.dumps(machine), encoding="utf-8")
    return path


def test_files_and_folders_are_read_in_order(tmp_path):
    write(tmp_path, data("second"), data("third"))
    (tmp_path / "00").mkdir()
    (tmp_path / "00" / "machine.json").write_text(json.dumps(data("first")))
    (tmp_path / "pictures").mkdir()
    (tmp_path / ".hidden.json").write_text("no machine")
    (tmp_path / "notes.txt").write_text("no machine")
    assert [m.name for m in load_machines(tmp_path / "0.json")] == ["second"]
    assert [m.name for m in load_machines(tmp_path / "00")] == ["first"]
    assert {m.name for m in load_machines(tmp_path)} == {"first", "second", "third"}
    assert load_machines(tmp_path) == load_machines(tmp_path)


def scene_with(**changes):
    return data("x")["graph"] | changes


REFUSED = {
    "no name": ({k: v for k, v in data("x").items() if k != "name"}, "name: Field required"),
    "an unknown field": (data("x", colour="red"), "colour"),
    "no scene": (data("x", graph=3), "graph"),
    "a body without mass": (
        data("x", graph=scene_with(objects=[FLOOR, BALL | {"body": BALL["body"] | {"mass": 0}}])),
        "graph: object 'Ball': body.mass",
    ),
    "a name that climbs": (data("../up"), "name: '../up' cannot be the name of a folder"),
    "the name of a file of the evaluation": (data("results.json"), "cannot be the name of a folder"),
    "no assertions": (data("x", assertions=[]), "assertions: there are none"),
    "an assertion in English": (data("x", assertions=[LIT, "the lamp is on"]), "assertions.1: 'the lamp is on'"),
    "an assertion on what is not there": (
        data("x", assertions=['EVENT("CollisionStart", {"a_id": "Ghost"})']),
        "assertions.0",
    ),
    "too many steps": (data("x", steps=10**9), "steps"),
    "another version": (data("x", machine_version=99), "machine_version"),
    "a list": ([1, 2], "0.json is no machine"),
    "a scene graph": (data("x")["graph"], "0.json is no machine"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_machine_is_told_with_file_and_field(case, tmp_path, capfd):
    machine, words = REFUSED[case]
    folder, out = write(tmp_path / "set", machine), tmp_path / "out"
    assert main(["physibench", "evaluate", "--machines", str(folder), "--coder", "empty", "--out", str(out)]) == 2
    told = capfd.readouterr().err
    assert "0.json" in told
    assert words in told
    assert "Traceback" not in told
    assert not out.exists()


def test_other_bad_sets_are_told(tmp_path):
    with pytest.raises(MachineError, match="no file or folder"):
        load_machines(tmp_path / "nowhere")
    with pytest.raises(MachineError, match="holds no machine"):
        load_machines(tmp_path)
    (tmp_path / "a.json").write_bytes(b"\xff\xfe")
    with pytest.raises(MachineError, match="not text"):
        load_machines(tmp_path)
    (tmp_path / "a.json").write_text("[" * 100_000)
    with pytest.raises(MachineError, match=r"a\.json"):
        load_machines(tmp_path)


@pytest.mark.parametrize("names", [("same", "same"), ("Case", "cASE"), ("Ä", "A\u0308")])
def test_two_machines_of_one_name_are_told(tmp_path, names):
    with pytest.raises(MachineError, match=r"1\.json: name: .*0\.json"):
        load_machines(write(tmp_path / "set", *map(data, names)))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--coder", "oracle"], "have none (oracle is empty): b, c"),
        (["--coder", "other"], "two of them must have one"),
        (["--coder", "empty", "--split", "test"], "is of the split test"),
        (["--coder", "empty", "--examples"], "cannot be given with --examples"),
    ],
)
def test_what_the_machines_cannot_serve_for_is_refused(tmp_path, capfd, arguments, words):
    folder, out = (
        write(tmp_path / "set", data("a", oracle=SCRIPT), data("b"), data("c", oracle=" \n")),
        tmp_path / "out",
    )
    assert main(["physibench", "evaluate", "--machines", str(folder), *arguments, "--out", str(out)]) == 2
    assert words in " ".join(capfd.readouterr().err.split())
    assert not out.exists()


def test_examples_are_of_no_split(tmp_path, capfd):
    arguments = ["--examples", "--split", "dev", "--coder", "empty", "--out", str(tmp_path / "out")]
    assert main(["physibench", "evaluate", *arguments]) == 2
    assert "no split" in capfd.readouterr().err


@pytest.mark.slow
def test_machines_of_anybody_are_evaluated_reported_and_compared(tmp_path, capfd):
    folder = write(tmp_path / "mine", *(data(name, steps=80) for name in ("v1.5", "v1.6", "zu viel")))
    for out, coder in (("a", "template"), ("b", "empty")):
        arguments = [
            "--machines",
            str(folder),
            "--count",
            "2",
            "--coder",
            coder,
            "--out",
            str(tmp_path / out),
            "--json",
        ]
        assert main(["physibench", "evaluate", *arguments]) == 0
        results = json.loads(capfd.readouterr().out)
        assert results["machines"] == 2
        assert results["series"] == "machines of mine"
        if coder == "template":
            assert results["logic_success"]["mean"] == 1.0
    page = (tmp_path / "a" / "report.html").read_text(encoding="utf-8")
    assert "v1.5: " in page
    assert "2 machines, machines of mine" in page
    assert "seed 7" not in page, "they are not the published ones"
    assert main(["physibench", "compare", str(tmp_path / "a"), str(tmp_path / "b"), "--json"]) == 0
    assert [row["machine"] for row in json.loads(capfd.readouterr().out)] == ["v1.5", "v1.6"]


def test_generated_machines_are_evaluated_from_their_files_as_from_their_seed(tmp_path, capfd):
    for machine in generate(2, SEED, split="dev"):
        machine.model_copy(update={"steps": 10}).save(tmp_path / "set" / f"{machine.name}.json")
    arguments = ["physibench", "evaluate", "--machines", str(tmp_path / "set"), "--split", "dev", "--coder", "other"]
    assert main([*arguments, "--out", str(tmp_path / "out"), "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["by_split"]["dev"]["count"] == 2


def test_resuming_with_another_machine_of_the_same_name_is_refused(tmp_path, capfd):
    folder, out = write(tmp_path / "set", data("a", steps=5)), tmp_path / "out"
    arguments = ["physibench", "evaluate", "--machines", str(folder), "--coder", "empty", "--out", str(out)]
    assert main(arguments) == 0
    assert main([*arguments, "--resume"]) == 0
    assert main([*arguments[:-4], "--coder", "template", "--out", str(out), "--resume"]) == 2
    assert "results of empty, not of template" in capfd.readouterr().err
    write(folder, data("a", steps=7))
    assert main([*arguments, "--resume"]) == 2
    assert "another 'a' than this one" in capfd.readouterr().err
    assert not [p.name for p in out.glob(".*")]


def test_machines_without_a_script_get_one_of_those_that_have():
    own = [example(f"bundled/0{k}").model_copy(update={"oracle": f"x = {k}\n" if k < 2 else ""}) for k in range(4)]
    given = [m.oracle for m in with_oracles_of_others(own, seed=1)]
    assert given[:2] == ["x = 1\n", "x = 0\n"]
    assert set(given[2:]) <= {"x = 0\n", "x = 1\n"}
