"""``optimise`` from the command line, on Blender."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World, load_scene_graph, save_scene_graph
from addon.trace import load_trace
from headless.cli import main

ROOT = Path(__file__).parents[3]
HIT = 'EVENT("CollisionStart", {"a_id": "Ball", "b_id": "Plate"})'
NEAR = 'NEARBY_AT("Ball", 3.0, 0.0, 0.2, 1.0, threshold_strength=0.02)'
SHOT = 'import bpy\nif frame == 1:\n    bpy.data.objects["Ball"].velocity = (tune(1.0, 0.5, 9.0), 0, 3)\n'


def solid(name, size, place, **body):
    geometry = Primitive(kind="sphere" if name == "Ball" else "cube", dimensions=size)
    return SceneObject(name=name, geometry=geometry, location=place, body=RigidBody(**body))


@pytest.fixture
def asked(tmp_path):
    fixed = {"type": "PASSIVE", "shape": "BOX"}
    graph = SceneGraph(
        name="throw",
        world=World(fps=60),
        objects=(
            solid("Floor", (14, 6, 0.4), (3, 0, -0.2), **fixed),
            solid("Ball", (0.4, 0.4, 0.4), (0, 0, 1.0), shape="SPHERE", angular_damping=0.5),
            solid("Plate", (0.8, 1, 0.1), (3, 0, 0.05), **fixed),
        ),
    )
    save_scene_graph(graph, tmp_path / "scene.json")

    def give(*more, out="out", reward=(HIT, NEAR)):
        rewards = [word for text in reward for word in ("--reward", text)]
        where = ["--steps", "50", "--out", str(tmp_path / out), "--json"]
        return ["optimise", str(tmp_path / "scene.json"), *rewards, *where, *more]

    return give


SPEED = ("--vary", "Ball.velocity.x=0..8")


def test_a_speed_is_found_that_hits_and_kept_as_a_job(asked, tmp_path, capsys):
    assert main(asked(*SPEED, "--vary", "Ball.velocity.z=0..4", "--budget", "60")) == 0
    told = json.loads(capsys.readouterr().out)
    out = tmp_path / "out"
    assert told["held"]
    assert told["value"] == 1.0
    assert told["evaluations"] < 60
    assert {**json.loads((out / "result.json").read_text()), "folder": str(out)} == told
    speed = told["numbers"][0]["value"]
    assert load_scene_graph(out / "best_scene.json").object("Ball").velocity[0] == speed
    best = load_trace(out / "best")
    assert best.sha256() == told["trace_sha256"]
    job = json.loads((out / "best" / "result.json").read_text())
    assert job["metrics"]["logic_success"]
    assert (out / "best" / "report.html").exists()
    assert (out / "heatmap.png").exists()


def test_the_result_does_not_depend_on_the_workers(asked, tmp_path):
    found = []
    for workers in ("1", "2"):
        options = ("--budget", "12", "--whole", "--workers", workers)
        assert main(asked(*SPEED, *options, out=workers)) == 0
        names = ("candidates.jsonl", "result.json", "best_scene.json", "search.json")
        found.append([(tmp_path / workers / name).read_bytes() for name in names])
        assert not (tmp_path / workers / "heatmap.png").exists()
    assert found[0] == found[1]


def test_the_number_of_a_script_is_found(asked, tmp_path, capsys):
    (tmp_path / "shot.py").write_text(SHOT)
    assert main(asked("--script", str(tmp_path / "shot.py"), "--budget", "30", reward=(HIT,))) == 0
    told = json.loads(capsys.readouterr().out)
    (number,) = told["numbers"]
    assert (number["name"], number["before"], told["held"]) == ("script.1", 1.0, True)
    assert f"tune({number['value']:g}" in (tmp_path / "out" / "best_script.py").read_text()
    assert json.loads((tmp_path / "out" / "best" / "result.json").read_text())["trace_sha256"] == told["trace_sha256"]


def test_what_was_killed_goes_on_to_the_same_end(asked, tmp_path):
    options = (*SPEED, "--budget", "40", "--whole", "--binary")
    assert main(asked(*options, out="whole")) == 0
    command = [sys.executable, "-m", "headless", *asked(*options, "--workers", "2", out="parts")]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    kept = tmp_path / "parts" / "candidates.jsonl"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not (kept.exists() and kept.read_text().count("\n") >= 6):
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    done = kept.read_text().count("\n")
    assert 6 <= done < 40
    assert main(asked(*options, out="parts")) == 0
    for name in ("candidates.jsonl", "result.json"):
        assert (tmp_path / "parts" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert main(asked(*options, out="parts")) == 0
    assert main(asked(*options, "--seed", "1", out="parts")) == 2


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "no number is open"),
        (("--vary", "Ball.velocity.x"), "open numbers need bounds"),
        (("--vary", "Ball.velocity.x=3..1"), "the wrong way round"),
        (("--vary", "Ball.velocity.x=nan..1"), "not finite"),
        (("--vary", "Bal.velocity.x=0..1"), "did you mean 'Ball'?"),
        ((*SPEED, "--budget", "0"), "--budget"),
        ((*SPEED, "--heatmap", "Ball.velocity.x"), "needs two of"),
        ((*SPEED, "--method", "magic"), "--method"),
        ((*SPEED, "--script", "nowhere.py"), "nowhere.py"),
        ((*SPEED, "--reward", "EVENT("), "cannot be used"),
        ((*SPEED, "--reward", 'EVENT("Colision")'), "did you mean"),
    ],
)
def test_bad_requests_are_told_and_leave_nothing(asked, tmp_path, capsys, more, told):
    assert main(asked(*more)) == 2
    words = capsys.readouterr()
    assert told in words.err
    assert told in json.loads(words.out)["error"]
    assert not (tmp_path / "out").exists()


def test_without_a_reward_nothing_is_done(asked, capsys):
    assert main(asked(*SPEED, reward=())) == 2
    assert "say what is with --reward" in capsys.readouterr().err


def test_a_reward_that_no_candidate_can_change_is_told(asked, capsys):
    options = ("--vary", "Plate.body.friction=0.1..0.2", "--budget", "4")
    assert main(asked(*options, reward=('EVENT("TaskComplete", {"success": false})',))) == 1
    assert "none of 4 candidates changed the reward" in capsys.readouterr().err


def test_if_all_candidates_fail_it_is_told_why(asked, tmp_path, capsys):
    (tmp_path / "shot.py").write_text(SHOT + "bpy.data.objects['Nobody'].velocity = (1, 0, 0)\n")
    assert main(asked("--script", str(tmp_path / "shot.py"), "--budget", "4")) == 1
    told = capsys.readouterr().err
    assert "all 4 candidates failed" in told
    assert "Nobody" in told
