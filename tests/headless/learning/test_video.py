import json
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from addon.perception.classes import CLASSES  # noqa: E402
from headless.learning.frames import Clip, save_clips  # noqa: E402
from headless.learning.training import LearningError, Run  # noqa: E402
from headless.learning.video import flow, load, rollout, train  # noqa: E402
from headless.learning.video.autoencoder import from_bytes, to_bytes  # noqa: E402
from headless.learning.video.data import draw_videos  # noqa: E402
from headless.learning.video.measure import psnr  # noqa: E402
from headless.learning.video.model import SIZES, autoencoder, transformer  # noqa: E402
from headless.learning.video.train import dit_loss, vae_loss, windows  # noqa: E402
from headless.learning.video.transformer import _patches, _places  # noqa: E402

CPU = torch.device("cpu")
LENGTH = 20


def rolling(name: str, split: str) -> Clip:
    """A ball that rolls over a floor."""
    position = np.zeros((LENGTH, 2, 3), dtype=np.float32)
    position[:, 0, 2] = -0.1
    position[:, 1, 0] = np.linspace(-0.8, 0.8, LENGTH)
    position[:, 1, 2] = 0.2
    quaternion = np.zeros((LENGTH, 2, 4), dtype=np.float32)
    quaternion[..., 0] = 1
    half = np.array([[1, 1, 0.1], [0.2, 0.2, 0.2]], dtype=np.float32)
    color = np.array([[0.6, 0.6, 0.6], [0.9, 0.1, 0.1]], dtype=np.float32)
    kind = np.array([CLASSES.index("floor"), CLASSES.index("ball")])
    return Clip(
        name, split, 0, ("Floor", "Ball"), np.array([0, 1], dtype=np.uint8), half, color, kind,
        np.array([False, True]), position, quaternion, np.ones((LENGTH, 2), dtype=bool),
    )  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    path = tmp_path_factory.mktemp("clips") / "clips.npz"
    save_clips([rolling("a", "train"), rolling("b", "dev")], path)
    return path


@pytest.fixture(scope="module")
def trained(data, tmp_path_factory):
    out = tmp_path_factory.mktemp("video")
    return out, train(data, out, size="tiny", steps=3, device="cpu", report=lambda line: None)


@pytest.fixture(scope="module")
def videos():
    return draw_videos([rolling("a", "train")], CPU, lambda line: None, mirror=True)


def test_autoencoder_loss_falls_on_one_batch(videos, tmp_path):
    torch.manual_seed(0)
    run = Run(autoencoder(SIZES["tiny"], CPU), tmp_path / "checkpoint.pt", rate=3e-3, warm_up=1)
    losses = []
    for _ in range(12):
        loss = vae_loss(run, videos, 2, 0)
        run.after_step(loss)
        losses.append(loss.item())
    assert losses[-1] < 0.8 * losses[0]


def test_transformer_loss_falls_on_one_batch(tmp_path):
    torch.manual_seed(0)
    clean, dit = torch.randn(2, 16, 4, 16, 16), transformer(SIZES["tiny"], CPU)
    run = Run(dit, tmp_path / "checkpoint.pt", rate=3e-3, warm_up=1)
    losses = []
    for _ in range(40):
        loss = dit_loss(dit, clean, torch.Generator().manual_seed(0))
        run.after_step(loss)
        losses.append(loss.item())
    assert losses[-1] < 0.95 * losses[0]


def test_an_untrained_transformer_is_at_chance():
    dit = transformer(SIZES["tiny"], CPU)
    with torch.no_grad():
        loss = dit_loss(dit, torch.randn(2, 16, 4, 16, 16), torch.Generator().manual_seed(0))
    assert loss.item() == pytest.approx(2, rel=0.05)  # The variance of noise less latents.


def test_all_is_left_in_the_folder(trained):
    out, found = trained
    assert json.loads((out / "dev.json").read_text()) == found
    assert found["steps"] == found["vae_steps"] == 3
    assert {"vae_psnr", "vae_psnr_moving", "loss", "predicted_psnr_moving", "copied_psnr_moving"} <= set(found)
    assert (out / "examples.png").read_bytes().startswith(b"\x89PNG")
    assert {"checkpoint_vae.pt", "checkpoint_dit.pt", "vae.safetensors"} <= {file.name for file in out.iterdir()}


def test_loaded_weights_give_the_same_video(trained, videos):
    out, _ = trained
    first = videos.frames[:4]
    one = rollout(load(out / "video.safetensors", "cpu"), first, 20)
    other = rollout(out / "video.safetensors", first, 20, device="cpu")
    assert one.shape == (20, 64, 64, 3)
    assert one.dtype == torch.uint8
    assert torch.equal(one, other)
    assert torch.equal(one[:4], first)


def test_a_video_is_the_same_alone_and_among_others(trained, videos):
    model = load(trained[0] / "video.safetensors", "cpu")
    first = torch.stack([videos.frames[:4], videos.frames[8:12]])
    many, alone = rollout(model, first, 6, seed=1), rollout(model, first[0], 6, seed=1)
    assert many.shape == (2, 6, 64, 64, 3)
    assert (many[0].int() - alone.int()).abs().max() <= 1
    assert not torch.equal(rollout(model, first[0], 6, seed=2), alone)


@pytest.mark.parametrize("stopped", ["autoencoder, step 2:", "transformer, step 2:"])
def test_resuming_goes_on_exactly(data, trained, tmp_path, stopped):
    def stop(line: str) -> None:
        if line.startswith(stopped):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(data, tmp_path, size="tiny", steps=3, device="cpu", report=stop)
    lines: list[str] = []
    train(data, tmp_path, size="tiny", steps=3, device="cpu", resume=True, report=lines.append)
    assert not any(line.startswith(("autoencoder, step 1:", stopped)) for line in lines)
    one, other = load(trained[0] / "video.safetensors", "cpu"), load(tmp_path / "video.safetensors", "cpu")
    for part in ("vae", "dit"):
        values = getattr(other, part).state_dict()
        assert all(torch.equal(value, values[name]) for name, value in getattr(one, part).state_dict().items())


def test_seconds_end_it_with_weights(data, tmp_path):
    found = train(data, tmp_path, size="tiny", seconds=0, device="cpu", report=lambda line: None)
    assert found["steps"] == 0
    assert (tmp_path / "video.safetensors").exists()


def test_full_weights_are_small():
    settings = SIZES["full"]
    modules = autoencoder(settings, CPU), transformer(settings, CPU)
    assert 2 * sum(value.numel() for module in modules for value in module.state_dict().values()) < 9_900_000


def test_parts_need_what_is_before_them(data, tmp_path):
    with pytest.raises(LearningError, match=r"vae\.safetensors is missing"):
        train(data, tmp_path, size="tiny", part="dit", device="cpu")


def test_going_on_at_another_size_is_refused(data, trained):
    with pytest.raises(LearningError, match="not of the size 'small'"):
        train(data, trained[0], size="small", device="cpu", resume=True, report=lambda line: None)


def test_starting_anew_forgets_what_was_there(data, tmp_path):
    train(data, tmp_path, size="tiny", steps=1, device="cpu", report=lambda line: None)

    def stop(line: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(data, tmp_path, size="tiny", steps=1, device="cpu", report=stop)
    assert not list(tmp_path.glob("checkpoint*.pt"))
    assert not (tmp_path / "vae.safetensors").exists()


def test_data_that_cannot_be_used_is_refused(tmp_path):
    with pytest.raises(LearningError, match="there are no clips"):
        train(tmp_path / "none.npz", tmp_path, size="tiny", device="cpu")
    clip = rolling("short", "train")
    save_clips([replace(clip, position=clip.position[:9], quaternion=clip.quaternion[:9], lit=clip.lit[:9])],
               tmp_path / "short.npz")  # fmt: skip
    with pytest.raises(LearningError, match="no clip of 16 frames"):
        train(tmp_path / "short.npz", tmp_path, size="tiny", device="cpu")


def test_weights_and_frames_of_others_are_refused(trained, tmp_path):
    out, _ = trained
    with pytest.raises(LearningError, match="no weights"):
        load(out / "checkpoint_dit.pt", "cpu")
    with pytest.raises(LearningError, match="no weights of a video model"):
        load(out / "vae.safetensors", "cpu")
    with pytest.raises(LearningError, match="from 4 frames of 64×64"):
        rollout(out / "video.safetensors", torch.zeros(4, 32, 32, 3, dtype=torch.uint8), 20, device="cpu")


def test_windows_lie_within_their_videos(videos):
    start, likely = videos.windows()
    assert start.tolist() == [*range(5), *range(20, 25)]
    assert likely.sum().item() == pytest.approx(1)
    assert windows(torch.arange(40.0).reshape(40, 1, 1, 1), start[:1]).flatten().tolist() == list(range(16))


def test_mirrored_videos_exchange_left_and_right(videos):
    assert torch.equal(videos.frames[20:], videos.frames[:20].flip(2))
    assert torch.equal(videos.moving(torch.tensor([25])), videos.moving(torch.tensor([5])).flip(2))


def test_conversions_are_inverse(videos):
    assert torch.equal(to_bytes(from_bytes(videos.frames)), videos.frames)
    frames = torch.randn(2, 3, 4, 16, 16)
    assert torch.equal(_places(_patches(frames), 16), frames)


def test_flow_goes_from_noise_to_what_is_clean():
    clean, noise = torch.randn(2, 3), torch.randn(2, 3)
    made = flow.sample(lambda now, time: flow.velocity(clean, noise), noise, 5)
    assert torch.allclose(made, clean, atol=1e-5)
    assert torch.allclose(flow.between(clean, noise, torch.zeros(2)), clean)


def test_psnr_counts_chosen_pixels_alone():
    truth = torch.zeros(1, 2, 2, 3, dtype=torch.uint8)
    made, where = truth.clone(), torch.zeros(1, 2, 2, dtype=torch.bool)
    made[0, 0, 0], where[0, 0, 0] = 255, True
    assert psnr(made, truth, where) == pytest.approx(0)
    assert psnr(made, truth) == pytest.approx(6.02, abs=0.01)
    assert psnr(made, truth, ~where) == 99
