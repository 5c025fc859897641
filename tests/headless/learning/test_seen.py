"""Scene graphs of pictures: what is read, what is said to be unsure, and what is refused. Without PyTorch."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from addon.perception.classes import CLASSES
from addon.perception.errors import PictureError
from addon.perception.graph import BODIES, BODILESS, graph_of, is_strange
from addon.perception.reading import Found
from headless.benchmarks.physibench.generate import SERIES, generate, size_of
from headless.cli import main
from headless.learning.errors import LearningError
from headless.learning.frames import Clip, save_clips
from headless.learning.frames.camera_file import load_camera
from headless.learning.networks import weights_of
from headless.learning.perception.pictures import graph_of_picture, load_pictures
from headless.learning.perception.readers import NetworkReader

DOCS = Path(__file__).parents[3] / "docs" / "learning"
PICTURE, CAMERA = DOCS / "machine.png", DOCS / "camera.json"
NEXT = DOCS / "machine_next.png"

RED, DIM_YELLOW = np.array([0.8, 0.05, 0.05]), 0.3 * np.array([0.9, 0.8, 0.1])


def found(kind, shape="box", color=RED, lit=True, confidence=0.9, velocity=None, quaternion=(2.0, 0.0, 0.0, 0.0)):
    return Found(
        kind, shape, color, lit, np.array([0.25] * 3), np.array([1.0, 2.0, 0.25]), np.array(quaternion), velocity,
        confidence, confidence,
    )  # fmt: skip


@pytest.fixture(scope="module")
def network():
    return NetworkReader.of()


@pytest.fixture(scope="module")
def camera():
    return load_camera(CAMERA)


def test_objects_are_called_by_colour_and_class():
    graph = graph_of([found("ball", "ball"), found("ball", "ball"), found("lamp", "ball", DIM_YELLOW, lit=False)])
    assert graph.names == ("Red Ball", "Red Ball 2", "Yellow Lamp")
    assert [o.geometry.kind for o in graph.objects] == ["sphere"] * 3
    assert graph.object("Yellow Lamp").properties == {"confidence": 0.9, "on": False}
    assert graph.object("Yellow Lamp").body is None


def test_bodies_are_those_of_their_class():
    graph = graph_of([found("domino", quaternion=(0.6, 0.0, 0.0, 0.8)), found("wall")])
    domino, wall = graph.objects
    assert (domino.body.type, domino.body.mass) == ("ACTIVE", 0.5)
    assert wall.body.type == "PASSIVE"
    assert domino.rotation == pytest.approx((0.6, 0, 0, 0.8))
    assert wall.rotation == (1, 0, 0, 0)
    assert graph.notes == ()


def test_speeds_are_kept_of_what_can_move_alone():
    graph = graph_of(
        [found("ball", "ball", velocity=np.array([1.0, 0, 0])), found("wall", velocity=np.array([1.0, 0, 0]))]
    )
    assert [o.velocity for o in graph.objects] == [(1, 0, 0), (0, 0, 0)]


def test_doubts_are_told():
    notes = [n.text for n in graph_of([found("door"), found("door"), found("domino", confidence=0.41)]).notes]
    assert "'Red Domino' is not sure: 41% that it is a domino" in notes
    assert any("'Red Door', 'Red Door 2'" in note and "does not" in note for note in notes)


def test_a_picture_of_a_test_machine_is_read(network, camera):
    """The machine has 24 objects, of which a dim lamp covers seven pixels."""
    graph = graph_of_picture(PICTURE, camera, network)
    kinds = [o.semantic_class for o in graph.objects]
    assert (kinds.count("ball"), kinds.count("wall"), kinds.count("bucket side")) == (3, 7, 4)
    green = graph.object("Green Ball")
    assert np.allclose(green.location, (0.4, -0.75, 0.25), atol=0.03)
    assert green.extents == pytest.approx((0.5, 0.5, 0.5), abs=0.03)


def test_with_the_picture_before_what_rests_has_next_to_no_speed(network, camera):
    graph = graph_of_picture(NEXT, camera, network, PICTURE)
    assert np.abs([o.velocity for o in graph.objects]).max() < 0.2


def test_a_larger_picture_is_made_smaller(tmp_path, network, camera):
    Image.open(PICTURE).resize((256, 256), Image.Resampling.NEAREST).save(tmp_path / "large.png")
    assert graph_of_picture(tmp_path / "large.png", camera, network) == graph_of_picture(PICTURE, camera, network)


def video(path, milliseconds, frames=(PICTURE, NEXT)):
    first, *rest = (Image.open(frame).convert("RGB") for frame in frames)
    first.save(path, save_all=True, append_images=rest, duration=milliseconds, lossless=True)
    return path


@pytest.mark.parametrize(("end", "milliseconds"), [("webp", 67), ("png", 67), ("gif", 70)])
def test_of_a_video_the_first_frame_with_one_before_it_is_read(end, milliseconds, tmp_path):
    now, before = load_pictures(video(tmp_path / f"a.{end}", milliseconds))
    close = 40 if end == "gif" else 0
    assert np.abs(now.astype(int) - np.asarray(Image.open(NEXT).convert("RGB"))).max() <= close
    assert np.abs(before.astype(int) - np.asarray(Image.open(PICTURE).convert("RGB"))).max() <= close


def test_of_a_quicker_video_the_frame_of_a_fifteenth_of_a_second_before_is_taken(tmp_path):
    Image.open(PICTURE).convert("L").save(tmp_path / "gray.png")
    now, before = load_pictures(video(tmp_path / "a.webp", 33, [PICTURE, NEXT, PICTURE, tmp_path / "gray.png"]), 3)
    assert (now == np.asarray(Image.open(tmp_path / "gray.png").convert("RGB"))).all()
    assert (before == np.asarray(Image.open(NEXT).convert("RGB"))).all()
    assert load_pictures(tmp_path / "a.webp", 0)[1] is None


def test_a_video_of_another_rate_or_frame_is_refused(tmp_path):
    path = video(tmp_path / "a.webp", 100)
    with pytest.raises(LearningError, match="no two frames that are 1/15 s apart"):
        load_pictures(path)
    with pytest.raises(LearningError, match="no frame 2: they are 0 to 1"):
        load_pictures(path, 2)
    with pytest.raises(LearningError, match="a single picture"):
        load_pictures(PICTURE, 1)


def test_a_picture_before_of_another_size_is_refused(tmp_path, network, camera):
    Image.open(PICTURE).resize((256, 256)).save(tmp_path / "large.png")
    with pytest.raises(LearningError, match="has another size"):
        graph_of_picture(PICTURE, camera, network, tmp_path / "large.png")


def test_a_picture_of_something_else_is_told(tmp_path, network, camera, capsys):
    report = Image.open(DOCS.parent / "report.png").convert("RGB")
    report.crop((0, 0, min(report.size), min(report.size))).resize((128, 128)).save(tmp_path / "report.png")
    graph = graph_of_picture(tmp_path / "report.png", camera, network)
    assert is_strange(graph)
    assert "something else than a machine" in graph.notes[0].text
    assert not is_strange(graph_of_picture(PICTURE, camera, network))
    assert main(["parse", str(tmp_path / "report.png"), "--from-picture", "--camera", str(CAMERA)]) == 1
    assert "something else than a machine" in capsys.readouterr().err


@pytest.mark.parametrize("size", [(128, 100), (64, 64)])
def test_pictures_of_other_sizes_are_refused(size, tmp_path):
    Image.new("RGB", size).save(tmp_path / "a.png")
    with pytest.raises(LearningError, match=f"{size[0]} × {size[1]} pixels"):
        load_pictures(tmp_path / "a.png")


def test_what_is_no_picture_is_refused(tmp_path):
    (tmp_path / "a.png").write_text("nothing")
    with pytest.raises(LearningError, match="cannot be read as a picture"):
        load_pictures(tmp_path / "a.png")


def changed(**values):
    return {**json.loads(CAMERA.read_text()), **values}


@pytest.mark.parametrize(
    ("camera", "why"),
    [
        ({"eye": [0, 0, 1]}, "holds no camera"),
        (changed(eye=[0, 0]), "holds no camera"),
        (changed(axes=[[1, 0, 0], [1, 0, 0], [0, 0, 1]]), "at right angles"),
        (changed(focal=0), "focal 0.1 to 100"),
        (changed(axes=[[0, 0, 1], [1, 0, 0], [0, 1, 0]]), "tilted sideways or looks up"),
    ],
)
def test_what_is_no_camera_is_refused(camera, why, tmp_path):
    (tmp_path / "camera.json").write_text(json.dumps(camera))
    with pytest.raises(PictureError, match=why):
        load_camera(tmp_path / "camera.json")


def test_damaged_weights_are_refused(tmp_path):
    (tmp_path / "w.safetensors").write_bytes(b"\x01" * 100)
    with pytest.raises(LearningError, match="holds no weights"):
        NetworkReader.of(tmp_path / "w.safetensors")


def test_weights_whose_digest_is_another_are_refused(tmp_path):
    raw = bytearray(weights_of("perception").read_bytes())
    raw[-1] ^= 1
    (tmp_path / "w.safetensors").write_bytes(raw)
    NetworkReader.of(tmp_path / "w.safetensors")
    (tmp_path / "w.sha256").write_text(weights_of("perception").with_suffix(".sha256").read_text())
    with pytest.raises(LearningError, match=r"damaged: its SHA-256 is not that in w\.sha256"):
        NetworkReader.of(tmp_path / "w.safetensors")


def test_a_picture_needs_its_camera(capsys):
    assert main(["parse", str(PICTURE), "--from-picture"]) == 2
    assert "give --camera FILE" in capsys.readouterr().err


def test_a_picture_of_nothing_is_told(tmp_path, capsys):
    Image.new("RGB", (128, 128), (137, 137, 137)).save(tmp_path / "empty.png")
    assert main(["parse", str(tmp_path / "empty.png"), "--from-picture", "--camera", str(CAMERA)]) == 1
    assert "nothing was recognised" in capsys.readouterr().err


class TestScenes:
    """Needs Blender."""

    @pytest.fixture(autouse=True)
    def _bpy(self):
        pytest.importorskip("bpy")

    @pytest.fixture
    def graph(self):
        seed = SERIES[1].seed
        machines = generate(size_of(seed, "test"), seed, split="test")
        return next(machine.graph for machine in machines if machine.name == "physibench_7_064")

    def test_a_scene_is_drawn_as_the_network_knows_pictures(self, graph, tmp_path, camera):
        from headless.learning.perception.drawn import drawn_scene

        path, view = drawn_scene(graph, "it", camera, tmp_path)
        ours, theirs = (np.asarray(Image.open(p).convert("RGB")).astype(int) for p in (path, PICTURE))
        assert view is camera
        assert np.median(np.abs(ours - theirs).max(-1)) <= 1
        assert np.abs(ours - theirs).mean() < 3

    def test_a_blend_file_is_read_from_its_own_camera(self, graph, tmp_path, camera, capsys):
        from addon.engine.build import save_blend
        from addon.jobs.seen import HALF_SENSOR
        from addon.perception.reading import quaternion_of

        turn = quaternion_of(np.stack([camera.axes[0], camera.axes[1], -camera.axes[2]], 1))
        lens = camera.focal * HALF_SENSOR
        own = {"location": camera.eye.tolist(), "rotation": turn.tolist(), "lens": lens}
        save_blend(graph.replace(camera=own), tmp_path / "seen.blend")
        capsys.readouterr()
        assert main(["parse", str(tmp_path / "seen.blend"), "--from-picture"]) == 0
        objects = json.loads(capsys.readouterr().out)["objects"]
        assert [one["semantic_class"] for one in objects].count("wall") == 7
        assert main(["parse", str(tmp_path / "seen.blend"), "--from-picture", "--frame", "1"]) == 2

    def test_a_scene_without_a_camera_or_with_a_tilted_one_is_refused(self, graph, tmp_path):
        from headless.learning.perception.drawn import drawn_scene

        with pytest.raises(PictureError, match="it has no camera to be seen from"):
            drawn_scene(graph.replace(camera=None), "it", None, tmp_path)
        tilted = graph.replace(camera={"location": (0, 0, 9), "rotation": (0.9, 0.1, 0.3, 0.3)})
        with pytest.raises(PictureError, match="the camera in it is tilted sideways"):
            drawn_scene(tilted, "it", None, tmp_path)


def test_weights_are_of_the_network_alone(capsys):
    options = ["--from-picture", "--camera", str(CAMERA), "--reader", "model", "--weights", "w.safetensors"]
    assert main(["parse", str(PICTURE), *options]) == 2
    assert "those of the network" in capsys.readouterr().err


def test_a_camera_is_of_pictures_alone(capsys):
    assert main(["parse", "ramp", "--camera", str(CAMERA)]) == 2
    assert "--from-picture" in capsys.readouterr().err


def test_bodies_and_classes_are_those_of_the_machines():
    seed = SERIES[1].seed
    machines = generate(size_of(seed, "train"), seed, split="train")
    things = [thing for machine in machines for thing in machine.graph.objects]
    assert {thing.semantic_class for thing in things} == set(CLASSES)
    for kind in CLASSES:
        own = [thing for thing in things if thing.semantic_class == kind]
        masses = [thing.dynamic_mass for thing in own if thing.dynamic_mass > 0]
        told = (round(len(masses) / len(own), 2), float(np.median(masses))) if masses else None
        assert BODIES.get(kind) == told, kind
        assert (kind in BODILESS) == all(thing.body is None for thing in own), kind


def test_reading_is_measured_by_a_command(tmp_path, capsys):
    pytest.importorskip("torch", reason="the group 'learn' is not installed")
    camera_and_floor = floor_with_a_ball("test")
    save_clips([camera_and_floor], tmp_path / "clips_000.npz")
    assert main(["learning", "perception", "--data", str(tmp_path), "--frames", "2", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["objects"] == 4
    assert told["found"] > 0
    assert main(["learning", "perception", "--data", str(tmp_path), "--split", "dev"]) == 2
    assert "no clip of the split 'dev'" in capsys.readouterr().err


def floor_with_a_ball(split):
    still = lambda *rows: np.repeat(np.array([rows], np.float32), 5, axis=0)  # noqa: E731
    return Clip(
        "made", split, 0, ("Floor", "Ball"), np.array([0, 1], np.uint8),
        np.array([[2.0, 2.0, 0.2], [0.25] * 3], np.float32), np.array([[0.4] * 3, [0.8, 0.05, 0.05]], np.float32),
        np.array([CLASSES.index("floor"), CLASSES.index("ball")]), np.array([False, True]),
        still([0.0, 0.0, -0.2], [0.5, 0.5, 0.25]), still([1.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]),
        np.ones((5, 2), bool),
    )  # fmt: skip
