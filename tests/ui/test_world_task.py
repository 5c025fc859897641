import json

import bpy
import pytest

from addon.engine import video
from addon.engine.guest import bring_in, take_guest_out
from addon.engine.protocol import EngineError
from addon.jobs import Progress
from addon.ui.operators import world
from addon.ui.overview import look_at, mover_of
from addon.ui.tasks import REQUEST, do_task
from addon.ui.world_task import BLEND, PICTURE, VIDEO, WORLD, _Stages, film_world, make_world
from addon.worlds.errors import WorldError

SENTENCE = "A ball falls on a box"
ASKED = {
    "task": "world",
    "sentence": SENTENCE,
    "title": "World: A ball falls on a box",
    "seed": 0,
    "coder": "template",
    "online": False,
    "served": "",
    "fps": 24.0,
    "start": 1,
    "taken": ["Box"],
}


class Told:
    """Keeps what a task tells."""

    def __init__(self):
        self.lines = []

    def __call__(self, **line):
        self.lines.append(line)

    def progress(self, phase, done, total, **more):
        self(phase=phase, done=done, total=total, **more)


def test_a_world_is_made_and_packed_for_the_scene(tmp_path):
    told = Told()
    result = make_world(tmp_path, ASKED, told)
    phases = list(dict.fromkeys(line["phase"] for line in told.lines))
    assert phases == ["world_plan", "world_layout", "world_run", "world_critic", "world_build"]
    assert json.loads(json.dumps(result)) == result
    assert (result["met"], result["broken"], result["left_out"]) == (result["checks"], [], [])
    assert (tmp_path / WORLD / PICTURE).stat().st_size > 1000
    assert (tmp_path / WORLD / "report.html").is_file()
    bpy.ops.wm.read_homefile(use_factory_startup=True, app_template="")
    scene = bpy.context.scene
    collection = bring_in(scene, tmp_path / WORLD / BLEND, result)
    assert {"Ball", "Box.001"} <= set(collection.objects.keys())
    heights = []
    for frame in (1, 30):
        scene.frame_set(frame)
        heights.append(bpy.data.objects["Ball"].matrix_world.translation.z)
    assert heights[1] < heights[0] - 0.1
    ball = bpy.data.objects["Ball"]
    assert (mover_of(ball), look_at(scene).astray) == ("physics", False)
    ball.rigid_body.kinematic = False
    assert look_at(scene).astray
    take_guest_out(scene)
    assert sorted(scene.objects.keys()) == ["Camera", "Cube", "Light"]


def test_what_is_left_out_is_told(tmp_path):
    result = make_world(tmp_path, ASKED | {"sentence": "A ball falls beside a frobnicator"}, Told())
    assert any("frobnicator" in words for words in result["left_out"])


def test_a_sentence_that_cannot_be_had_is_an_error(tmp_path, capfd):
    with pytest.raises(WorldError):
        make_world(tmp_path, ASKED | {"sentence": "Colourless ideas sleep furiously"}, Told())
    (tmp_path / REQUEST).write_text(json.dumps(ASKED | {"sentence": "."}))
    assert do_task(tmp_path) == 1
    assert json.loads(capfd.readouterr().out.splitlines()[-1])["error"]


def test_stages_are_told_with_the_round_that_they_are_in():
    told = Told()
    stages = _Stages(told)
    for step in (
        Progress(phase="script", note="plan"),
        Progress(phase="scene", done=2, total=5),
        Progress(phase="run", done=7, total=192),
        Progress(phase="measure"),
        Progress(phase="render"),
    ):
        stages(step)
    assert [(line["phase"], line["done"], line["round"]) for line in told.lines] == [
        ("world_plan", 0, 0),
        ("world_layout", 0, 2),
        ("world_run", 7, 2),
        ("world_critic", 0, 2),
        ("world_build", 0, 2),
    ]


@pytest.fixture
def filming(tmp_path, monkeypatch):
    """Films a world into a folder; what is given is done while it renders. Returns what is told beside the result."""
    blend = tmp_path / "guest.blend"
    bpy.ops.wm.read_homefile(use_factory_startup=True, app_template="")
    bpy.ops.wm.save_as_mainfile(filepath=str(blend))

    def film(path, meanwhile=lambda: None):
        def write_video(scene, made, listen):
            listen(1, 2)
            meanwhile()
            made.write_bytes(b"film")

        monkeypatch.setattr(video, "write_video", write_video)
        told = Told()
        return film_world(tmp_path, {"blend": str(blend), "path": str(path)}, told), told

    return film


def test_a_video_is_there_once_it_is_whole(tmp_path, filming):
    path, seen = tmp_path / "film.mp4", []
    result, told = filming(path, lambda: seen.append(path.exists()))
    assert result == {"path": str(path)}
    assert [(line["phase"], line["done"], line["total"]) for line in told.lines] == [("render", 0, 0), ("render", 1, 2)]
    assert (seen, path.read_bytes()) == ([False], b"film")


def test_a_video_replaces_nothing_that_came_while_it_was_rendered(tmp_path, filming):
    paths = [tmp_path / name for name in ("film.mp4", "film_2.mp4", "film_3.mp4")]
    result, _ = filming(paths[0], lambda: [path.write_bytes(b"mine") for path in paths[:2]])
    assert result == {"path": str(paths[2])}
    assert [path.read_bytes() for path in paths] == [b"mine", b"mine", b"film"]


def test_a_folder_that_is_gone_is_told_before_anything_is_rendered(tmp_path, filming):
    with pytest.raises(EngineError, match=r"no video can be saved in '.*gone': .*; save the file in a folder"):
        filming(tmp_path / "gone" / "film.mp4", pytest.fail)


def test_a_video_that_cannot_be_put_where_it_was_to_go_is_kept(tmp_path, filming):
    (tmp_path / "away").mkdir()
    with pytest.raises(EngineError, match=r"it is kept as '.*video\.mp4'"):
        filming(tmp_path / "away" / "film.mp4", (tmp_path / "away").rmdir)
    assert (tmp_path / VIDEO).read_bytes() == b"film"


def test_a_video_goes_beside_the_file(tmp_path, monkeypatch):
    told = {"collection": "World: A ball/../falls…", "folder": "0003_world"}
    monkeypatch.setattr(world, "storage", lambda: tmp_path / "runs")
    bpy.ops.wm.read_homefile(use_factory_startup=True, app_template="")
    assert world.video_path(told) == tmp_path / "runs" / "0003_world" / "World_A_ball_falls.mp4"
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "mine.blend"))
    assert world.video_path(told) == tmp_path / "World_A_ball_falls.mp4"
