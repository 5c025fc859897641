"""What a user may hand in by mistake: one readable message, an exit code, and nothing lost or half-written."""

import contextlib
import html
import json
import math
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import bpy
import pytest

from headless.cli import main

ROOT = Path(__file__).parents[2]
FLOOR = {
    "name": "Floor",
    "geometry": {"type": "PRIMITIVE", "kind": "cube", "dimensions": [4, 4, 1]},
    "location": [0, 0, -0.5],
    "body": {"type": "PASSIVE", "shape": "BOX"},
}
BALL = {
    "name": "Ball",
    "geometry": {"type": "PRIMITIVE", "kind": "sphere", "dimensions": [1, 1, 1]},
    "location": [0, 0, 2],
    "body": {"type": "ACTIVE", "shape": "SPHERE"},
}
TRIANGLE = {"type": "MESH", "vertices": [[0, 0, 0], [1, 0, 0], [0, 1, 0]], "faces": [[0, 1, 2]]}


def write_scene(path, **changes):
    ball = {key: value for key, value in (BALL | changes).items() if value is not None}
    path.write_text(json.dumps({"schema_version": 1, "name": "bad", "objects": [FLOOR, ball]}))
    return path


def refused(arguments, capfd):
    """The message of a command that must end with exit code 2."""
    assert main([str(a) for a in arguments]) == 2
    told = capfd.readouterr().err
    assert "Traceback" not in told
    return told


JSON_SCENES = {
    "a body without a mesh": ({"geometry": None}, "object 'Ball': a rigid body needs a mesh"),
    "zero mass": ({"body": BALL["body"] | {"mass": 0}}, "object 'Ball': body.mass"),
    "a pose that is not a number": ({"location": [0, 0, math.nan]}, "object 'Ball': location"),
    "a rotation of length zero": ({"rotation": [0, 0, 0, 0]}, "object 'Ball': rotation"),
    "no extent": ({"geometry": BALL["geometry"] | {"dimensions": [0, 1, 1]}}, "object 'Ball': geometry.dimensions"),
    "a face of vertices that are not there": (
        {"geometry": TRIANGLE | {"faces": [[0, 1, 7]]}},
        "object 'Ball': geometry",
    ),
    "geometry of no type": ({"geometry": {"kind": "cube"}}, 'needs a "type"'),
}


@pytest.mark.parametrize("case", JSON_SCENES)
def test_a_scene_that_cannot_be(case, tmp_path, capfd):
    changes, words = JSON_SCENES[case]
    scene = write_scene(tmp_path / "scene.json", **changes)
    before = scene.read_bytes()
    assert words in refused(["run", scene, "--coder", "none", "--out", tmp_path / "job"], capfd)
    assert scene.read_bytes() == before
    assert not (tmp_path / "job").exists()


def blend(path, vertices, faces, **settings):
    """Save a scene with one ACTIVE body of this mesh."""
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    bpy.ops.rigidbody.world_add()
    mesh = bpy.data.meshes.new("Thing")
    mesh.from_pydata(vertices, [], faces)
    thing = bpy.data.objects.new("Thing", mesh)
    bpy.context.scene.collection.objects.link(thing)
    bpy.context.view_layer.objects.active = thing
    bpy.ops.rigidbody.object_add(type="ACTIVE")
    for name, value in settings.items():
        setattr(thing, name, value)
    bpy.ops.wm.save_as_mainfile(filepath=str(path))


TETRAHEDRON = [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)], [(0, 2, 1), (0, 1, 3), (1, 2, 3), (0, 3, 2)]
BLENDS = {
    "no vertices": ([], [], {}, "'Thing' is a rigid body without a mesh"),
    "a vertex that is not a number": (
        [(0, 0, math.nan), *TETRAHEDRON[0][1:]],
        TETRAHEDRON[1],
        {},
        "vertices that are not finite",
    ),
    "a pose that is not a number": (*TETRAHEDRON, {"location": (0, 0, math.nan)}, "pose is not finite"),
}


@pytest.mark.parametrize("case", BLENDS)
def test_a_file_that_cannot_be_simulated(case, tmp_path, capfd):
    vertices, faces, settings, words = BLENDS[case]
    blend(tmp_path / "scene.blend", vertices, faces, **settings)
    before = (tmp_path / "scene.blend").read_bytes()
    told = refused(["run", tmp_path / "scene.blend", "--coder", "none", "--out", tmp_path / "job"], capfd)
    assert words in told
    assert "'Thing'" in told
    assert (tmp_path / "scene.blend").read_bytes() == before
    assert not (tmp_path / "job").exists()


ODD_BUT_SIMULATED = {
    "an open mesh": ([(0, 0, 0), (1, 0, 0), (0, 1, 0)], [(0, 1, 2)], {}),
    "no volume": ([(0, 0, 0)] * 4, TETRAHEDRON[1], {}),
    "a line": ([(0, 0, 0), (1, 0, 0)], [], {}),
    "no faces": (TETRAHEDRON[0], [], {}),
    "a scale of zero": (*TETRAHEDRON, {"scale": (0, 1, 1)}),
    "a scale of zero in two directions": (*TETRAHEDRON, {"scale": (0, 0, 1)}),
    "a mirror": (*TETRAHEDRON, {"scale": (-1, 1, 1)}),
}


@pytest.mark.parametrize("case", ODD_BUT_SIMULATED)
def test_what_blender_simulates_is_run(case, tmp_path, capfd):
    vertices, faces, settings = ODD_BUT_SIMULATED[case]
    blend(tmp_path / "scene.blend", vertices, faces, **settings)
    assert (
        main(["run", str(tmp_path / "scene.blend"), "--coder", "none", "--steps", "5", "--out", str(tmp_path / "a")])
        == 0
    )
    assert main(["parse", str(tmp_path / "scene.blend"), "-o", str(tmp_path / "scene.json")]) == 0
    assert (
        main(["run", str(tmp_path / "scene.json"), "--coder", "none", "--steps", "5", "--out", str(tmp_path / "b")])
        == 0
    )
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("name", ["X.BLEND", "scene.blend1", "scene.blend12"])
def test_blend_files_of_other_names(name, tmp_path):
    blend(tmp_path / "scene.blend", *TETRAHEDRON)
    shutil.move(tmp_path / "scene.blend", tmp_path / name)
    assert main(["parse", str(tmp_path / name), "-o", str(tmp_path / "scene.json")]) == 0


@pytest.mark.parametrize("name", ["a$_$b", "$x$", "_hidden", "<b>&", "[/x]", "%s", "é" * 20])
def test_names_are_text(name, tmp_path, capfd):
    scene = write_scene(tmp_path / "scene.json", name=name)
    assert main(["run", str(scene), "--coder", "none", "--steps", "30", "--out", str(tmp_path / "job")]) == 0
    assert "Traceback" not in capfd.readouterr().err
    assert html.escape(name) in (tmp_path / "job/report.html").read_text()


def test_a_scene_with_nothing_in_it(tmp_path, capfd):
    (tmp_path / "scene.json").write_text(json.dumps({"schema_version": 1, "objects": [{"name": "Lamp"}]}))
    assert "nothing to simulate" in refused(
        ["run", tmp_path / "scene.json", "--coder", "none", "--out", tmp_path / "job"], capfd
    )
    assert not (tmp_path / "job").exists()


@pytest.mark.parametrize("more", [["--coder", "none"], ["--coder", "template", "--recode-every", "5"]])
def test_numbers_to_find_where_no_script_has_any(more, tmp_path, capfd):
    assert main(["run", "trigger_door", "--fit", "5", "--out", str(tmp_path / "out"), *more]) == 2
    assert "no numbers can be found" in capfd.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_full_disk(tmp_path):
    """On a file system of 64 KiB, in a mount namespace of its own."""
    mount, job = tmp_path / "small", tmp_path / "small" / "job"
    mount.mkdir()
    command = [sys.executable, "-m", "headless", "run", "ramp", "--coder", "none", "--steps", "300", "--out", str(job)]
    script = (
        f'mount -t tmpfs -o size=64k none "{mount}" || exit 77; "$@"; code=$?; find "{job}" -name "*.tmp"; exit $code'
    )
    if shutil.which("unshare") is None:
        pytest.skip("this system has no unshare")
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", *command], cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("this system allows no mount namespace")
    assert done.returncode == 1, done.stderr
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert ".tmp" not in done.stdout


def children_of(pid):
    try:
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


@pytest.mark.skipif(sys.platform != "linux", reason="finds the worker by /proc")
def test_a_worker_killed_again_and_again(tmp_path):
    script = tmp_path / "slow.py"
    script.write_text("n = 0\nfor i in range(20000):\n    n += i\n")
    job = tmp_path / "job"
    command = ["run", "trigger_door", "--coder", f"script:{script}", "--steps", "3000", "--out", str(job), "--json"]
    run = subprocess.Popen(
        [sys.executable, "-m", "headless", *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 120
    while run.poll() is None and time.monotonic() < deadline:
        for worker in children_of(run.pid):
            time.sleep(0.2)
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        time.sleep(0.02)
    printed, told = run.communicate(timeout=120)
    assert run.returncode == 1
    assert "Traceback" not in told
    assert "worker died" in json.loads(printed)["problem"]["reason"]
    assert (job / "report.html").exists()


@pytest.fixture
def endpoint(monkeypatch):
    """Starts a server on loopback that gives one answer, or none, to every request."""
    opened = []

    def serve(answer):
        server = socket.create_server(("127.0.0.1", 0))
        opened.append(server)

        def handle():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                opened.append(connection)
                connection.recv(1 << 16)
                if answer is not None:
                    connection.sendall(answer)
                    connection.close()

        threading.Thread(target=handle, daemon=True).start()
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{server.getsockname()[1]}/v1")
        monkeypatch.setenv("OPENAI_API_KEY", "not-a-key")
        monkeypatch.setenv("OPENAI_MODEL", "some-model")

    yield serve
    for item in opened:
        item.close()


def streamed(text):
    chunk = json.dumps({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": "stop"}]})
    body = f"data: {chunk}\n\ndata: [DONE]\n\n".encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


ANSWERS = {
    "nothing": ("", "answered nothing"),
    "prose": ("I would rather talk about the weather today.", "holds no Python code"),
    "cut off": ("```python\nif now > 1:\n    fired(1)\n", "ends in the middle of its code"),
    "rules left out": ("```python\nx = 1\n```", "never calls fired(n) for rule 1"),
}


SUNG = "When Marble touches Sensor, open Barrier.\nWhen Marble touches Goal, sing a song."
"""Rules of which words do not settle one, so that an endpoint is asked."""

ASKED = ("run", "trigger_door", "--rules", SUNG, "--coder", "openai", "--steps", "5")


def test_an_endpoint_that_refuses(endpoint, tmp_path, capfd):
    endpoint(streamed("```python\n# CANNOT: rule 2: there is no sound\n```"))
    arguments = [*ASKED, "--out", str(tmp_path / "job")]
    assert main(arguments) == 2
    assert "cannot be done: rule 2: there is no sound" in capfd.readouterr().err
    assert not (tmp_path / "job").exists()


@pytest.mark.parametrize("case", ANSWERS)
def test_an_endpoint_that_answers_no_script(case, endpoint, tmp_path, capfd):
    answer, words = ANSWERS[case]
    endpoint(streamed(answer))
    arguments = [*ASKED, "--out", str(tmp_path / "job")]
    assert main(arguments) == 1
    told = capfd.readouterr().err
    assert words in told
    assert "Traceback" not in told
    assert "not-a-key" not in told
    assert json.loads((tmp_path / "job" / "status.json").read_text())["phase"] == "failed"


def test_an_endpoint_that_hangs(endpoint, tmp_path, capfd, monkeypatch):
    endpoint(None)
    monkeypatch.setenv("OPENAI_TIMEOUT", "1")
    arguments = [*ASKED, "--out", str(tmp_path / "job")]
    assert main(arguments) == 1
    told = capfd.readouterr().err
    assert "1 s" in told
    assert "Traceback" not in told


def test_a_job_of_an_edited_script_or_scene_is_another(tmp_path, capfd):
    """The result of the old script must not be given for the new one."""
    script, scene, job = tmp_path / "script.py", write_scene(tmp_path / "scene.json"), tmp_path / "job"
    script.write_text("print(1)\n")
    command = ["run", str(scene), "--coder", f"script:{script}", "--steps", "3", "--out", str(job)]
    assert main(command) == 0
    capfd.readouterr()
    assert main(command) == 0
    assert "finished before" in capfd.readouterr().err
    script.write_text("print(2)\n")
    assert main(command) == 2
    assert "another request, scene or script" in capfd.readouterr().err
    script.write_text("print(1)\n")
    scene.write_bytes(scene.read_bytes() + b"\n")
    assert main(command) == 2


@pytest.mark.parametrize("command", [["optimise", "ramp"], ["physibench", "evaluate"]])
def test_an_address_is_that_of_a_cluster(command, capfd):
    assert main([*command, "--address", "auto"]) == 2
    assert "give --engine ray" in " ".join(capfd.readouterr().err.replace("│", "").split())
