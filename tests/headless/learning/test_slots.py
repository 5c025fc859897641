import json
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from addon.perception.classes import CLASSES
from headless.learning.frames import Clip, camera_of, save_clips
from headless.learning.slots import SlotModel, boxes_of, load_model, movers_of, rollout
from headless.learning.slots.measure import foreground_ari, painted, psnr, write_png
from headless.learning.slots.model import save_model, show, watch
from headless.learning.slots.parts import MOVERS, SIDE, grid, present
from headless.learning.slots.slotformer import HISTORY
from headless.learning.slots.train import savi_loss, slotformer_loss, train, watched
from headless.learning.slots.videos import Windows, videos_of
from headless.learning.training import LearningError

LENGTH = 18
CPU = torch.device("cpu")


def clip(name: str, split: str, *, movers: int = 2, frames: int = LENGTH) -> Clip:
    """Balls that roll over a floor past a wall."""
    count = movers + 2
    half = np.full((count, 3), 0.35, np.float32)
    half[0], half[1] = (2.0, 2.0, 0.05), (0.1, 1.0, 0.3)
    place = np.zeros((frames, count, 3), np.float32)
    place[:, 0, 2] = -0.05
    place[:, 2:, 2] = 0.35
    place[:, 2:, 0] = np.linspace(-1.5, 1.5, frames)[:, None]
    place[:, 2:, 1] = np.linspace(-1.5, 1.5, movers + 2)[1:-1]
    turn = np.zeros((frames, count, 4), np.float32)
    turn[..., 0] = 1
    color = np.linspace(0.1, 0.9, count * 3, dtype=np.float32).reshape(count, 3)
    kinds = ["floor", "wall", *["ball"] * movers]
    return Clip(
        name, split, 0, tuple(f"{k}{n}" for n, k in enumerate(kinds)), np.array([0, 0] + [1] * movers, np.uint8), half,
        color, np.array([CLASSES.index(k) for k in kinds]), np.array([False, False] + [True] * movers), place, turn,
        np.ones((frames, count), bool),
    )  # fmt: skip


@pytest.fixture(scope="module")
def videos():
    return videos_of([clip("a", "train"), clip("b", "train", movers=3)], 10, CPU, lambda line: None)


@pytest.fixture
def model():
    torch.manual_seed(0)
    return SlotModel("tiny")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "clips.npz"
    save_clips([clip("a", "train"), clip("b", "dev")], path)
    return path


def test_boxes_hold_what_is_seen_of_their_objects(videos):
    where = grid().view(SIDE, SIDE, 2)
    for frame in (0, 9, LENGTH + 5):
        for k in range(2):
            seen = where[videos.slot[frame] == k + 1]
            box = videos.boxes[frame, k]
            assert len(seen) > 10
            assert ((seen - box[:2]).abs() <= box[2:] + 2 / SIDE).all()
            assert torch.allclose(seen.mean(0), box[:2], atol=3 / SIDE)


def test_a_turned_box_is_projected_by_its_corners():
    one = clip("a", "train", movers=1)
    camera = camera_of(one)
    turned = one.quaternion.copy()
    turned[:, 1] = (np.cos(np.pi / 4), 0, 0, np.sin(np.pi / 4))
    wide = boxes_of(replace(one, quaternion=turned), camera, np.array([1]))[0, 0]
    half = one.half.copy()
    half[1] = half[1][[1, 0, 2]]
    assert torch.allclose(wide, boxes_of(replace(one, half=half), camera, np.array([1]))[0, 0], atol=1e-5)


def test_the_nearest_movers_and_what_lights_up_get_slots():
    one = clip("a", "train", movers=MOVERS + 3)
    # Those farther back are later in the row.
    assert movers_of(one, camera_of(one)).tolist() == list(range(2, MOVERS + 2))
    few = clip("a", "train")
    lit = few.lit.copy()
    lit[5:, 1] = False
    assert movers_of(replace(few, lit=lit), camera_of(few)).tolist() == [1, 2, 3]
    assert present(boxes_of(few, camera_of(few), np.array([2, 3]))[:1])[0].tolist() == [True] * 3 + [False] * 9


def test_windows_with_motion_are_drawn_more_often(videos):
    first, worth = videos.starts(6, 4)
    assert first.tolist() == [0, 4, 8, 12, 18, 22, 26, 30]
    assert (worth > 0.15).all()
    drawn = Windows(torch.tensor([1.0, 0.0, 3.0])).draw(4000, torch.Generator().manual_seed(0))
    assert torch.bincount(drawn, minlength=3)[1] == 0
    assert 0.7 < (drawn == 2).float().mean() < 0.8


@pytest.fixture(scope="module")
def learnt(videos):
    """A model whose SAVi has learnt a fixed batch, and its losses."""
    torch.manual_seed(0)
    model = SlotModel("tiny")
    frames = torch.tensor([[0, 1, 2], [20, 21, 22]])
    return model, descend(model.savi, lambda: savi_loss(model, videos, frames), 25)


def test_savi_learns_a_fixed_batch(learnt):
    _, losses = learnt
    assert losses[-1] < 0.6 * losses[0]


def test_the_slotformer_learns_a_fixed_batch(learnt, videos):
    model, _ = learnt
    first, ahead = torch.tensor([0, 20]), torch.tensor([3])
    slots, scenes = watched(model, videos, first, model.plan)
    losses = descend(model.slotformer, lambda: slotformer_loss(model, videos, first, slots, scenes.float(), ahead), 40)
    assert losses[-1] < 0.6 * losses[0]


def test_a_rollout_is_the_same_from_a_file_and_in_a_batch(model, videos, tmp_path):
    first = torch.stack([videos.color[:HISTORY], videos.color[LENGTH : LENGTH + HISTORY]])
    boxes = videos.boxes[[0, LENGTH]]
    save_model(model, tmp_path / "slots.safetensors", {"seed": 3})
    one, other = (load_model(tmp_path / "slots.safetensors") for _ in range(2))
    rolled, again = rollout(one, first, boxes, 5), rollout(other, first, boxes, 5)
    assert rolled.pictures.shape == (2, 5, SIDE, SIDE, 3)
    assert rolled.pictures.dtype == rolled.masks.dtype == torch.uint8
    assert torch.equal(rolled.pictures, again.pictures)
    assert torch.equal(rolled.masks, again.masks)
    alone = rollout(one, first[1:], boxes[1:], 5).pictures
    assert (alone.int() - rolled.pictures[1:].int()).abs().max() <= 1
    # Empty slots show nowhere.
    assert rolled.masks[0].max() <= 2


def test_long_rollouts_stay_in_bounds(model, videos):
    rolled = rollout(model.eval(), videos.color[None, :HISTORY], videos.boxes[:1], 120)
    assert psnr(rolled.pictures[:, -1], videos.middle[:1]) > 8


def test_an_untrained_model_with_boxes_out_of_place_groups_pixels_by_chance(model, videos):
    boxes = videos.boxes[:1].clone()
    boxes[..., :2] = 0.9
    masks = show(model, *watch(model, videos.color[None, :6], boxes)).masks
    assert abs(foreground_ari(masks, videos.slot[None, :6])) < 0.1


def test_the_rand_index_is_1_for_the_truth_and_0_by_chance(videos):
    true = videos.slot[None, :6]
    assert foreground_ari(true, true) == 1
    chance = torch.randint(0, 3, true.shape, generator=torch.Generator().manual_seed(0))
    assert abs(foreground_ari(chance, true)) < 0.02
    assert abs(foreground_ari(torch.zeros_like(true), true)) < 0.02
    assert foreground_ari(true, torch.zeros_like(true)) is None


def test_psnr_and_png(tmp_path):
    from PIL import Image

    black = torch.zeros(2, 4, 4, 3, dtype=torch.uint8)
    assert psnr(black + 255, black) == 0
    mask = torch.zeros(2, 4, 4, dtype=torch.bool)
    mask[0, 1, 1] = True
    other = black.clone()
    other[0, 1, 1] = 51
    assert psnr(other, black, mask) == pytest.approx(20 * np.log10(5), abs=1e-3)
    picture = painted(torch.arange(12).view(3, 4)).numpy()
    write_png(picture, tmp_path / "a.png")
    assert (np.asarray(Image.open(tmp_path / "a.png")) == picture).all()
    assert len({tuple(color) for color in picture.reshape(-1, 3)}) == 12


def test_training_goes_on_exactly_where_it_stopped(data, tmp_path):
    def run(out, steps, **options):
        return train(data, tmp_path / out, size="tiny", steps=steps, device="cpu", report=said.append, **options)

    said = []
    whole = run("whole", 4)
    stopped = False
    try:
        train(data, tmp_path / "parts", size="tiny", steps=4, device="cpu", report=stop_at("step 2"))
    except KeyboardInterrupt:
        stopped = True
    assert stopped
    assert not (tmp_path / "parts" / "checkpoint-slotformer.pt").exists()
    assert run("parts", 4, resume=True)["psnr"] == whole["psnr"]
    one, other = (load_model(tmp_path / out / "slots.safetensors").state_dict() for out in ("whole", "parts"))
    assert all(torch.equal(value, other[name]) for name, value in one.items())
    # Once the SlotFormer has begun, SAVi stays.
    further = run("parts", 6, resume=True)
    assert further["steps"] == {"savi": 4, "slotformer": 6}
    assert json.loads((tmp_path / "parts" / "dev.json").read_text()) == further
    assert (tmp_path / "parts" / "examples.png").stat().st_size > 500


def test_an_end_by_seconds_leaves_weights(data, tmp_path):
    found = train(data, tmp_path, size="tiny", seconds=0, device="cpu", report=lambda line: None)
    assert found["steps"] == {"savi": 0, "slotformer": 0}
    assert load_model(tmp_path / "slots.safetensors").size == "tiny"


def test_refusals(model, videos, tmp_path):
    with pytest.raises(LearningError, match="no machines of this split"):
        videos_of([], 10, CPU)
    with pytest.raises(LearningError, match="a has 18 frames, slots need 30"):
        videos_of([clip("a", "train")], 30, CPU)
    with pytest.raises(LearningError, match="starts from 6 frames"):
        rollout(model, videos.color[None, :4], videos.boxes[:1], 5)
    with pytest.raises(LearningError, match="knows no 'huge'"):
        SlotModel("huge")
    with pytest.raises(LearningError, match="holds no weights"):
        load_model(tmp_path / "none.safetensors")


def test_full_weights_stay_small():
    assert sum(value.numel() for value in SlotModel("full").state_dict().values()) * 2 < 5e6


def descend(module, loss_of, steps):
    optimizer = torch.optim.AdamW(module.parameters(), lr=3e-3)
    losses = []
    for _ in range(steps):
        loss = loss_of()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    return losses


def stop_at(start):
    def report(line):
        if line.startswith(start):
            raise KeyboardInterrupt

    return report
