import json

import numpy as np
import pytest

from addon.trace import load_trace
from headless.cli import main
from tests.trace.test_foreign import phyre, planar


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "roll.json"
    path.write_text(json.dumps(planar()))
    return path


def test_a_foreign_trace_goes_in_and_out(file, tmp_path, capfd):
    assert main(["import", str(file), "-o", str(tmp_path / "in")]) == 0
    assert {p.name for p in (tmp_path / "in" / "roll").iterdir()} == {"trace.json", "trace.npz"}
    assert main(["export", str(tmp_path / "in" / "roll"), "-o", str(tmp_path / "out.json")]) == 0
    assert main(["import", str(tmp_path / "out.json"), "-o", str(tmp_path / "in")]) == 0
    one, other = (load_trace(tmp_path / "in" / name) for name in ("roll", "out"))
    assert np.allclose(one.position, other.position)
    assert main(["annotate", str(tmp_path / "in" / "roll")]) == 0
    assert "ball" in capfd.readouterr().out


def test_a_folder_in_the_place_of_a_file_is_named(file, tmp_path, capfd, monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")
    assert main(["import", str(file), "-o", str(tmp_path)]) == 0
    assert main(["export", str(tmp_path / "roll"), "-o", str(tmp_path)]) == 2
    told = capfd.readouterr().err
    assert f"{tmp_path} is a folder; name a file in it" in told
    assert "--output" in told
    assert main(["parse", "ramp", "-o", str(tmp_path)]) == 2
    assert f"{tmp_path} is a folder; name a file in it" in capfd.readouterr().err


def test_some_frames_go_out(file, tmp_path, capfd):
    assert main(["import", str(file), "-o", str(tmp_path)]) == 0
    out = tmp_path / "out.json"
    assert main(["export", str(tmp_path / "roll"), "-o", str(out), "--frames", "10..19"]) == 0
    assert main(["import", str(out), "-o", str(tmp_path)]) == 0
    whole, part = (load_trace(tmp_path / name) for name in ("roll", "out"))
    assert np.allclose(part.position, whole.position[10:20])
    for wrong in ("10", "20..10", "0..60", "-1..3", "a..b", "1..2..3"):
        assert main(["export", str(tmp_path / "roll"), "-o", str(out), "--frames", wrong]) == 2
        assert ("say 10..20" if wrong == "20..10" else "0 to 59") in capfd.readouterr().err
    assert main(["annotate", str(tmp_path)]) == 2
    assert "did you mean" in capfd.readouterr().err


def test_contacts_are_listed(file, tmp_path, capfd):
    assert main(["import", str(file), "-o", str(tmp_path)]) == 0
    capfd.readouterr()
    assert main(["contacts", str(tmp_path / "roll")]) == 0
    assert capfd.readouterr().out == "ball and bar: frames 0 to 59 (0.000 to 0.983 s)\n"
    assert main(["contacts", str(tmp_path / "roll" / "trace.json"), "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert (found["fps"], found["frames"], found["bodies"]) == (60.0, 60, ["ball", "bar", "jar"])
    (pair,) = found["pairs"]
    assert (pair["a"], pair["b"]) == ("ball", "bar")
    (interval,) = pair["intervals"]
    assert (interval["start"], interval["end"], interval["impulse"]) == (0, 59, None)


def test_each_rollout_gets_a_folder_and_none_is_overwritten(tmp_path, capfd):
    path = tmp_path / "rollouts.json"
    path.write_text(json.dumps(phyre()))
    arguments = ["import", str(path), "--format", "phyre", "-o", str(tmp_path / "in")]
    assert main(arguments) == 0
    assert sorted(p.name for p in (tmp_path / "in").iterdir()) == ["r0", "r1"]
    (tmp_path / "in" / "r0" / "trace.json").unlink()
    assert main(arguments) == 2
    assert "--force" in capfd.readouterr().err
    assert not (tmp_path / "in" / "r0" / "trace.json").exists()
    assert main([*arguments, "--force"]) == 0
    assert (tmp_path / "in" / "r0" / "trace.json").exists()


def test_a_blender_run_goes_out_and_in(tmp_path):
    job = tmp_path / "job"
    assert main(["run", "ramp", "--coder", "template", "--steps", "120", "--out", str(job)]) == 0
    assert main(["export", str(job), "-o", str(tmp_path / "ramp.json")]) == 0
    assert main(["import", str(tmp_path / "ramp.json"), "-o", str(tmp_path / "in")]) == 0
    ours, theirs = load_trace(job), load_trace(tmp_path / "in" / "ramp")
    assert np.allclose(theirs.position, ours.position)
    assert len(theirs.contacts) == len(ours.contacts)
    assert [e.uid for e in theirs.events] == [e.uid for e in ours.events]


def test_bad_files_change_nothing(tmp_path, capfd):
    record = phyre()
    record["rollouts"][1]["frames"][5].pop()
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(record))
    assert main(["import", str(path), "--format", "phyre", "-o", str(tmp_path / "in")]) == 2
    told = capfd.readouterr().err
    assert "rollout r1: frame 5 has 1 poses" in told
    assert "Traceback" not in told
    assert main(["import", str(tmp_path / "missing.json"), "-o", str(tmp_path / "in")]) == 2
    assert main(["contacts", str(tmp_path)]) == 2
    assert not (tmp_path / "in").exists()
