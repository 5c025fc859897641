"""Pictures of machines: what is kept of a run, the camera, and the caster of rays held against geometry and Blender."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from addon.perception.camera import Camera
from addon.perception.classes import CLASSES, DIM, FPS
from headless.learning.errors import LearningError
from headless.learning.frames import Clip, camera_of, load_clips, save_clips
from headless.learning.frames.clips import BALL, BOX


def clip_of(half, position, shape, color=None, quaternion=None, lit=None, split="train"):
    count, frames = len(half), len(position)
    return Clip(
        "scene", split, 3, tuple(f"thing {n}" for n in range(count)),
        np.array(shape, np.uint8), np.array(half, np.float32),
        np.array(color if color is not None else [[0.5, 0.1, 0.1]] * count, np.float32),
        np.array([CLASSES.index("floor")] + [CLASSES.index("ball")] * (count - 1)),
        np.array([False] + [True] * (count - 1)),
        np.array(position, np.float32),
        np.array(quaternion if quaternion is not None else [[[1, 0, 0, 0]] * count] * frames, np.float32),
        np.array(lit if lit is not None else [[True] * count] * frames),
    )  # fmt: skip


FLOOR = [4, 3, 0.1]


@pytest.fixture
def scene():
    """A floor, a ball that rolls to the right, and a lamp that is switched on."""
    position = [[[0, 0, -0.1], [x, 0.2, 0.5], [1, 1, 0.4]] for x in np.linspace(-2, 2, 5)]
    lit = [[True, True, n > 2] for n in range(5)]
    return clip_of([FLOOR, [0.5] * 3, [0.2, 0.3, 0.4]], position, [BOX, BALL, BOX], lit=lit)


def same(one, other):
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("objects", "shape", "half", "color", "kind", "moves", "position", "quaternion", "lit")
    )


def test_clips_come_back_as_they_were(scene, tmp_path):
    other = replace(scene, name="other", split="dev", position=scene.position[::-1].copy())
    save_clips([scene, other], tmp_path / "clips_000.npz")
    first, second = load_clips(tmp_path)
    assert same(first, scene)
    assert same(second, other)
    assert [clip.name for clip in load_clips(tmp_path, "dev")] == ["other"]


def test_what_is_no_clip_is_refused(tmp_path):
    with pytest.raises(LearningError, match="there are no clips at"):
        load_clips(tmp_path / "none.npz")
    (tmp_path / "broken.npz").write_bytes(b"PK nothing")
    with pytest.raises(LearningError, match="holds no clips"):
        load_clips(tmp_path / "broken.npz")


def test_clips_of_another_split_are_missed(scene, tmp_path):
    save_clips([scene], tmp_path / "a.npz")
    with pytest.raises(LearningError, match="no clip of the split 'test'"):
        load_clips(tmp_path / "a.npz", "test")


def test_what_is_off_is_dim(scene):
    assert np.allclose(scene.shown[0, 2], scene.color[2] * DIM)
    assert np.allclose(scene.shown[4], scene.color)


@given(arrays(np.float64, (5, 3), elements=st.floats(-3, 3)), st.floats(-0.5, 0.5))
def test_points_come_back_from_the_picture(points, azimuth):
    clip = clip_of([FLOOR], [[[0, 0, 0]]], [BOX])
    camera = camera_of(clip, azimuth)
    assert np.allclose(camera.unproject(camera.project(points)), points, atol=1e-6)


@given(st.floats(1, 9), st.floats(1, 9), st.floats(-0.6, 0.6))
def test_the_camera_holds_the_floor_and_comes_as_near_as_it_can(wide, deep, azimuth):
    clip = clip_of([[wide, deep, 0.2]], [[[3, -2, -0.2]]], [BOX])
    corners = np.array([[3 + sx * wide, -2 + sy * deep, z] for sx in (-1, 1) for sy in (-1, 1) for z in (0, 1.2)])
    seen = np.abs(camera_of(clip, azimuth).project(corners)[:, :2])
    assert seen.max() <= 1.0
    assert seen.max() > 0.9


def test_rays_go_where_points_are_seen(scene):
    camera, size = camera_of(scene), 32
    rays = camera.rays(size)
    x, y, depth = camera.project(camera.eye + 5 * rays[7, 20])
    assert depth == pytest.approx(5)
    assert ((x + 1) * size / 2, (1 - y) * size / 2) == pytest.approx((20.5, 7.5))


class TestCaster:
    """Needs PyTorch."""

    @pytest.fixture(autouse=True)
    def _torch(self):
        pytest.importorskip("torch", reason="the group 'learn' is not installed")

    def above(self, height=10.0):
        return Camera(np.array([0.0, 0.0, height]), np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, -1]]), 2.0)

    def test_a_ball_is_as_large_and_as_far_as_it_should(self):
        from headless.learning.frames.caster import NOTHING, draw

        clip = clip_of([[1, 1, 1]], [[[0, 0, 0]]], [BALL])
        pictures = draw(clip, self.above(), 256, samples=1)
        # The cone that touches a ball of radius 1 from 10 m has the sine 1/10.
        radius = 2.0 / np.sqrt(99) * 128
        assert (pictures.instance != NOTHING).sum().item() == pytest.approx(np.pi * radius**2, rel=0.01)
        assert pictures.depth[0].min().item() == pytest.approx(9.0, abs=2e-3)

    def test_a_turned_box_has_the_area_of_its_face(self):
        from headless.learning.frames.caster import draw

        turned = [[[np.cos(0.3), 0, 0, np.sin(0.3)]]]
        clip = clip_of([[2, 1, 0.5]], [[[0.3, -0.2, 0]]], [BOX], quaternion=turned)
        pictures = draw(clip, self.above(), 256, samples=1)
        scale = 2.0 / 9.5 * 128
        top = (pictures.depth - 9.5).abs() < 1e-3
        assert top.sum().item() == pytest.approx(4 * 2 * scale**2, rel=0.01)

    def test_what_is_nearer_hides_what_is_farther(self, scene):
        from headless.learning.frames.caster import draw

        clip = clip_of([[2, 2, 0.1], [0.5] * 3, [0.3] * 3], [[[0, 0, -1], [0, 0, 0], [0, 0, 1]]], [BOX, BOX, BOX])
        middle = draw(clip, self.above(), 33, samples=1).instance[0, 16, 16]
        assert middle.item() == 2

    def test_frames_are_drawn_alike_alone_and_together(self, scene):
        from headless.learning.frames.caster import draw

        camera = camera_of(scene)
        whole = draw(scene, camera, 32)
        alone = draw(scene, camera, 32, slice(3, 4))
        assert (whole.color[3] == alone.color[0]).all()
        assert (whole.instance[3] == alone.instance[0]).all()

    def test_unshaded_surfaces_have_their_own_colours(self, scene):
        from headless.learning.frames.caster import draw, encoded

        pictures = draw(scene, camera_of(scene), 64, slice(4, 5), samples=1, shaded=False)
        import torch

        wanted = (encoded(torch.as_tensor(scene.shown[4])) * 255).round().to(torch.uint8)
        seen = pictures.instance[0] >= 0
        assert (pictures.color[0][seen] == wanted[pictures.instance[0][seen].long()]).all()

    def test_blender_sees_the_same(self, tmp_path):
        """Workbench's flat light without smoothing, an object's number as its colour, pixel by pixel."""
        pytest.importorskip("bpy")
        from headless.benchmarks.physibench.generate import generate
        from headless.learning.frames.caster import draw
        from headless.learning.frames.make import record

        clip = record(generate(1, 7)[0].model_copy(update={"steps": 40}))
        camera = camera_of(clip)
        ours = draw(clip, camera, 128, slice(10, 11), samples=1).instance[0].numpy()
        theirs = instances_by_blender(clip, 10, camera, 128, tmp_path / "flat.png")
        assert (ours == theirs).mean() > 0.99
        # What differs is where an edge passes: a pixel beside it shows the same in both.
        wide = np.pad(ours, 1, mode="edge")
        around = np.stack([wide[y : y + 128, x : x + 128] for y in range(3) for x in range(3)])
        assert (around == theirs).any(0).all()


def instances_by_blender(clip, frame, camera, size, path):
    import bpy
    from mathutils import Matrix, Quaternion

    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    for n in range(len(clip.objects)):
        if clip.shape[n] == BALL:
            bpy.ops.mesh.primitive_uv_sphere_add(segments=128, ring_count=64, radius=1)
        else:
            bpy.ops.mesh.primitive_cube_add(size=2)
        thing = bpy.context.object
        turn = Quaternion([float(q) for q in clip.quaternion[frame, n]])
        thing.matrix_world = Matrix.LocRotScale(clip.position[frame, n].tolist(), turn, clip.half[n].tolist())
        thing.color = ((n + 1) * 4 / 255, 0, 0, 1)
    eye = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    scene.collection.objects.link(eye)
    scene.camera = eye
    turn = np.stack([camera.axes[0], camera.axes[1], -camera.axes[2]], 1)
    eye.matrix_world = Matrix.Translation(camera.eye.tolist()) @ Matrix(turn.tolist()).to_4x4()
    eye.data.sensor_width, eye.data.lens, eye.data.clip_end = 2.0, camera.focal, 1000
    render, shading = scene.render, scene.display.shading
    render.engine = "BLENDER_WORKBENCH"
    shading.light, shading.color_type, scene.display.render_aa = "FLAT", "OBJECT", "OFF"
    scene.view_settings.view_transform, render.film_transparent = "Raw", True
    render.resolution_x = render.resolution_y = size
    render.filepath, render.image_settings.color_mode = str(path), "RGBA"
    bpy.ops.render.render(write_still=True)
    pixels = np.array(bpy.data.images.load(str(path)).pixels[:]).reshape(size, size, 4)[::-1]
    return np.where(pixels[..., 3] > 0, (pixels[..., 0] * 255).round() / 4 - 1, -1).round().astype(int)


class TestRecord:
    """Needs Blender."""

    @pytest.fixture(autouse=True)
    def _bpy(self):
        pytest.importorskip("bpy")

    @pytest.fixture
    def machine(self):
        from headless.benchmarks.physibench.generate import generate

        return generate(1, 7)[0].model_copy(update={"steps": 40})

    def test_clips_show_every_fourth_step(self, machine):
        from headless.learning.frames.make import record

        clip = record(machine)
        assert len(clip) == 11
        assert clip.objects == machine.graph.names
        assert clip.split == machine.split
        ball = next(n for n in range(len(clip.objects)) if clip.shape[n] == BALL and clip.moves[n])
        assert np.allclose(clip.position[0, ball], machine.graph.object(clip.objects[ball]).location, atol=1e-3)
        assert round(60 / FPS) == 4

    def test_files_are_kept_and_those_of_others_refused(self, machine, tmp_path):
        from headless.learning.frames.make import make

        (path,) = make([machine], tmp_path)
        before = path.stat().st_mtime_ns
        assert make([machine], tmp_path) == [path]
        assert path.stat().st_mtime_ns == before
        with pytest.raises(LearningError, match="clips of other machines"):
            make([machine.model_copy(update={"seed": 8})], tmp_path)


@pytest.mark.parametrize(("options", "count"), [([], 500), (["--split", "test"], 150), (["--count", "3"], 3)])
def test_the_command_takes_the_published_machines(options, count, tmp_path, monkeypatch, capsys):
    from headless.cli import learning, main

    made = []
    monkeypatch.setattr(learning, "make", lambda machines, folder, workers: made.extend(machines) or [])
    assert main(["learning", "frames", "--out", str(tmp_path), *options]) == 0
    assert len(made) == count
    assert len({machine.name for machine in made}) == count


def test_runs_may_be_longer_and_under_what_a_coder_writes():
    from addon.coder import CoderError
    from headless.benchmarks.physibench.generate import generate
    from headless.learning.frames.make import prepared

    machine = generate(1, 7)[0]
    assert prepared([machine]) == [machine]
    (longer,) = prepared([machine], last=1000)
    assert (longer.steps, longer.oracle) == (4000, machine.oracle)
    (written,) = prepared([machine], coder="template")
    assert written.steps == machine.steps
    assert written.oracle.strip() not in ("", machine.oracle.strip())
    assert prepared([machine], coder="none")[0].oracle == ""
    graph = machine.graph.model_copy(update={"rules": ("Flabber the gast",)})
    with pytest.raises(LearningError, match=f"no script of the rules of {machine.name}"):
        prepared([machine.model_copy(update={"graph": graph})], coder="template")
    with pytest.raises(CoderError, match="there is no coder"):
        prepared([machine], coder="nobody")
