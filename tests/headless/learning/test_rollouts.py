import json
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from addon.perception.classes import CLASSES  # noqa: E402
from headless.cli import main as cli  # noqa: E402
from headless.learning import __main__ as module  # noqa: E402
from headless.learning import rollouts  # noqa: E402
from headless.learning.frames import Clip, camera_of, save_clips  # noqa: E402
from headless.learning.frames.caster import draw  # noqa: E402
from headless.learning.frames.drawn import draw_all, seen  # noqa: E402
from headless.learning.networks import extras  # noqa: E402
from headless.learning.training import LearningError  # noqa: E402

CPU = torch.device("cpu")
LENGTH = 18


def rolling(name: str, split: str, speed: float = 1.0) -> Clip:
    """Two balls that roll over a floor."""
    position = np.zeros((LENGTH, 3, 3), np.float32)
    position[:, 0, 2], position[:, 1:, 2] = -0.05, 0.35
    position[:, 1:, 0] = np.linspace(-1.5, 1.5 * speed, LENGTH)[:, None]
    position[:, 1:, 1] = (-0.7, 0.7)
    quaternion = np.zeros((LENGTH, 3, 4), np.float32)
    quaternion[..., 0] = 1
    half = np.array([[2, 2, 0.05], [0.35] * 3, [0.35] * 3], np.float32)
    color = np.array([[0.6] * 3, [0.9, 0.1, 0.1], [0.1, 0.1, 0.9]], np.float32)
    kind = np.array([CLASSES.index(k) for k in ("floor", "ball", "ball")])
    return Clip(
        name, split, 0, ("Floor", "Red", "Blue"), np.array([0, 1, 1], np.uint8), half, color, kind,
        np.array([False, True, True]), position, quaternion, np.ones((LENGTH, 3), bool),
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("rollouts")
    clips = [rolling("a", "train"), rolling("b", "dev"), rolling("c", "test"), rolling("d", "test", 0.5)]
    save_clips(clips, path / "clips.npz")
    return path


def run(monkeypatch, *words) -> int:
    monkeypatch.setattr("sys.argv", ["python", *map(str, words)])
    monkeypatch.setattr("signal.signal", lambda *_: None)
    return module.main()


@pytest.fixture(scope="module", params=["video", "slots"])
def trained(request, folder):
    """A network, and its weights, trained from shared pictures."""
    with pytest.MonkeyPatch.context() as patch:
        common = ("--data", folder / "clips.npz", "--device", "cpu")
        assert run(patch, "draw", *common, "--out", folder / "drawn") == 0
        options = ("--out", folder / request.param, "--size", "tiny", "--steps", 2, "--drawn", folder / "drawn")
        assert run(patch, request.param, *common, *options) == 0
    return request.param, folder / request.param / f"{request.param}.safetensors"


def test_pictures_are_drawn_once(folder):
    clip = rolling("e", "train")
    assert draw_all([clip], CPU, folder / "kept") > 0
    (path,) = (folder / "kept").glob("*.npy")
    pictures = draw(clip, camera_of(clip), 64)
    for color, instance in (seen(clip, CPU, folder / "kept"), seen(clip, CPU)):
        assert torch.equal(color, pictures.color)
        assert torch.equal(instance.short(), pictures.instance)
    seen(replace(clip, color=clip.color[::-1].copy()), CPU, folder / "kept")
    assert len(list((folder / "kept").glob("*.npy"))) == 2
    np.save(path, np.zeros((2, 64, 64, 4), np.uint8))
    with pytest.raises(LearningError, match="other pictures"):
        seen(clip, CPU, folder / "kept")
    path.write_bytes(b"no pictures")
    with pytest.raises(LearningError, match="holds no pictures"):
        seen(clip, CPU, folder / "kept")


def test_test_machines_are_predicted_from_their_first_frames(trained, folder, monkeypatch):
    network, weights = trained
    out = folder / f"{network}.npz"
    common = ("--weights", weights, "--data", folder / "clips.npz", "--device", "cpu", "--last", 40)
    assert run(monkeypatch, "rollouts", network, *common, "--out", out) == 0
    made = rollouts.load_rollouts(out)
    assert made.names == ("c", "d")
    assert made.frames == (*range(16), 20, 40)
    assert made.pictures.shape == (2, 18, 64, 64, 3)
    clip = rolling("c", "test")
    first = draw(clip, camera_of(clip), 64, slice(0, made.given)).color.numpy()
    assert (made.pictures[0, : made.given] == first).all()
    assert (made.masks is None) == (network == "video")
    assert made.about["network"] == network
    assert made.about["rounded"] == 1
    one = {"last": 40, "machines": ["c"], "every": 5, "device": "cpu"}
    again = rollouts.predict(network, weights, folder / "clips.npz", **one)
    assert (again.names, again.frames) == (("c",), (*range(16), 20, 25, 30, 35, 40))
    again = rollouts.predict(network, weights, folder / "clips.npz", last=40, count=1, device="cpu")
    assert np.abs(again.pictures[0].astype(int) - made.pictures[0]).max() <= 2


def test_the_command_predicts_too(trained, folder, capsys):
    network, weights = trained
    words = ["--data", folder / "clips.npz", "--out", folder / "one.npz", "--weights", weights]
    more = ["--last", "12", "--count", "1", "--device", "cpu", "--json"]
    assert cli(["learning", "rollouts", network, *map(str, words), *more]) == 0
    assert json.loads(capsys.readouterr().out)["machines"] == 1


def test_fewer_steps_from_noise_are_told(trained, folder):
    network, weights = trained
    made = rollouts.predict(network, weights, folder / "clips.npz", last=6, count=1, euler=2, device="cpu")
    assert made.about.get("euler") == (2 if network == "video" else None)


def test_colours_are_rounded_where_the_file_would_be_too_large(tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (2, 6, 64, 64, 3), dtype=np.uint8)
    masks = np.zeros((2, 6, 64, 64), np.uint8)
    made = rollouts.Rollouts(("a", "b"), tuple(range(6)), 4, noise, masks, {"network": "slots"})
    assert rollouts.save_rollouts(made, tmp_path / "all.npz") == 1
    assert (rollouts.load_rollouts(tmp_path / "all.npz").pictures == noise).all()
    size = (tmp_path / "all.npz").stat().st_size / 1e6
    assert rollouts.save_rollouts(made, tmp_path / "less.npz", 0.9 * size) > 1
    less = rollouts.load_rollouts(tmp_path / "less.npz")
    assert 0 < np.abs(less.pictures.astype(int) - noise).max() <= 4
    assert (less.masks == 0).all()
    with pytest.raises(LearningError, match="do not go into"):
        rollouts.save_rollouts(made, tmp_path / "none.npz", 0.01)


def test_refusals(folder, tmp_path):
    with pytest.raises(LearningError, match="predicts no videos"):
        rollouts.predict("graph", folder / "w", folder / "clips.npz")
    with pytest.raises(LearningError, match="no machine 'nothing' of the split 'test'"):
        rollouts.predict("slots", folder / "w", folder / "clips.npz", machines=["nothing", "c"])
    with pytest.raises(LearningError, match="last frame"):
        rollouts.predict("slots", folder / "w", folder / "clips.npz", last=5)
    (tmp_path / "x.npz").write_bytes(b"no zip")
    with pytest.raises(LearningError, match="holds no predicted videos"):
        rollouts.load_rollouts(tmp_path / "x.npz")
    with pytest.raises(LearningError, match="--from is for perception, not for video"):
        extras("video", start=tmp_path)
    with pytest.raises(LearningError, match="--drawn is for video and slots, not for graph"):
        extras("graph", drawn=tmp_path)
