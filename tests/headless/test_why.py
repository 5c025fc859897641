import json

import pytest

from headless.cli import main

RULES = ("When Ball touches Door, turn Lamp on", "When Ball is faster than 90 m/s, turn Lamp on")


@pytest.fixture(scope="module")
def job(tmp_path_factory):
    """A finished run in which no rule acts."""
    folder = tmp_path_factory.mktemp("jobs") / "door"
    scene = folder.parent / "scene.json"
    sphere = {"type": "PRIMITIVE", "kind": "sphere", "dimensions": [0.5, 0.5, 0.5]}
    cube = {"type": "PRIMITIVE", "kind": "cube", "dimensions": [1, 1, 1]}
    objects = [
        {"name": "Ball", "location": [0, 0, 3], "geometry": sphere, "body": {"shape": "SPHERE"}},
        {"name": "Door", "location": [0, 0, 0], "geometry": cube, "body": {"type": "PASSIVE", "shape": "BOX"}},
        {"name": "Lamp", "location": [9, 0, 0], "geometry": cube, "properties": {"on": False}},
    ]
    scene.write_text(json.dumps({"schema_version": 2, "world": {"fps": 60}, "objects": objects}))
    given = [word for rule in RULES for word in ("--rules", rule)]
    assert main(["run", str(scene), *given, "--coder", "template", "--steps", "20", "--out", str(folder)]) == 0
    return folder


def why(capfd, *arguments):
    capfd.readouterr()
    code = main(["why", *map(str, arguments)])
    out, err = capfd.readouterr()
    assert "Traceback" not in err
    return code, out, " ".join(err.replace("│", " ").split())


def test_causes_and_mends_are_told(job, capfd):
    code, out, _ = why(capfd, job, "--rule", 1)
    assert code == 0
    first, cause, mend = out.splitlines()
    assert first == f"Rule 1 never acted: {RULES[0]}"
    assert cause.startswith("  Ball never touched Door: it was 1.70 m from it at frame 20 (0.33 s), at the end of")
    assert mend.startswith("  - run ")
    assert why(capfd, job)[1].count("never acted: ") == 2


def test_mends_are_proved(job, capfd):
    code, out, _ = why(capfd, job, "--rule", 1, "--prove", "--json")
    (answer,) = json.loads(out)["answers"]
    (mend,) = answer["causes"][0]["mends"]
    assert (code, mend["kind"], mend["proof"]["holds"]) == (0, "longer", True)
    assert mend["proof"]["told"].startswith("the rule acts at frame ")


def test_what_is_not_asked_about_or_not_known_is_said(job, capfd):
    code, out, _ = why(capfd, job, "--object", "Ball")
    assert (code, out) == (0, "Ball did not fly away, or nothing in the run tells why\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--rule", "3"], "there is no rule 3; the run has rules 1 to 2"),
        (["--object", "Bal"], "there is no 'Bal'; the run has Ball, Door, Lamp"),
    ],
)
def test_what_the_run_does_not_have_is_refused(job, capfd, arguments, told):
    code, _, err = why(capfd, job, *arguments)
    assert code == 2
    assert told in err


def test_another_folder_is_refused(tmp_path, capfd):
    code, _, err = why(capfd, tmp_path)
    assert code == 2
    assert "it has no job.json" in err
    (tmp_path / "job.json").write_text("{}")
    code, _, err = why(capfd, tmp_path)
    assert code == 2
    assert "holds no finished run" in err
