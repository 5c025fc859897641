import pytest

pytest.importorskip("torch")

import dataclasses
import math

import numpy as np
import torch

from addon.perception import errors, forward, reading
from addon.perception.camera import ELEVATION
from addon.perception.classes import CLASSES
from addon.perception.outputs import OUTPUTS, PIXELS, ROTATIONS, Level, parts_of, symmetries
from headless.learning.frames import Clip, camera_of, save_clips
from headless.learning.frames.caster import draw
from headless.learning.perception import evaluate, scenes, train
from headless.learning.perception.bank import Bank, targets
from headless.learning.perception.errors import Errors, matched, truth_of, turn_error
from headless.learning.perception.network import WIDTHS, Network, folded, normalised, unfolded
from headless.learning.training import Budget, LearningError, Run, load_weights, save_weights

CPU = torch.device("cpu")
SIZE = 64


def made(seed: int = 0, split: str = "train", frames: int = 6) -> Clip:
    """A floor with a wall, two boxes, one of them turning, and a ball that rolls."""
    rng = np.random.default_rng(seed)
    names = ("floor", "wall", "block", "domino", "ball")
    half = np.array([[3, 3, 0.2], [3, 0.1, 0.4], [0.5, 0.5, 0.5], [0.2, 0.6, 0.9], [0.5, 0.5, 0.5]], np.float32)
    color = np.array([[0.4] * 3, [0.95] * 3, [0.8, 0.05, 0.05], [0.05, 0.15, 0.8], [0.9, 0.8, 0.1]], np.float32)
    start = np.array([[0, 0, -0.2], [0, 2.9, 0.4], [-1.5, 0, 0.5], [1.5, 1, 0.9], [0, -2, 0.5]], np.float32)
    start[2:, :2] += rng.normal(0, 0.2, (3, 2))
    position = np.repeat(start[None], frames, 0)
    position[:, 4, 0] += 0.1 * np.arange(frames)
    quaternion = np.zeros((frames, 5, 4), np.float32)
    quaternion[..., 0] = 1
    angle = 0.1 * np.arange(frames) + 0.3
    quaternion[:, 3, 0], quaternion[:, 3, 2] = np.cos(angle / 2), np.sin(angle / 2)
    lit = np.ones((frames, 5), bool)
    lit[0, 2] = False
    kind = np.array([CLASSES.index(name) for name in names])
    return Clip(
        f"made {seed}", split, seed, names, np.array([0, 0, 0, 0, 1], np.uint8), half, color, kind,
        np.array([False, False, True, True, True]), position, quaternion, lit,
    )  # fmt: skip


def exact(clip: Clip, scene: scenes.Scene, pair: int, pixels: np.ndarray) -> np.ndarray:
    """Outputs that tell the truth of each object at one pixel of it."""
    count = len(clip.kind)
    said = np.zeros((count, OUTPUTS))
    parts = parts_of(said)
    parts["kind"][np.arange(count), clip.kind] = 20
    parts["ball"][:, 0] = np.where(clip.shape == 1, 9, -9)
    color = scene.color[pair, :count].numpy().clip(1e-3, 1 - 1e-3)
    parts["color"][:] = np.log(color / (1 - color))
    parts["lit"][:, 0] = np.where(scene.lit[pair, :count] > 0, 9, -9)
    parts["half"][:] = np.log(clip.half)
    local = scene.position[pair, :count].double().numpy()
    seen = (local - [0, 0, float(scene.eye)]) @ scene.axes.double().numpy().T
    across = seen[:, :2] / seen[:, 2:] * 2.2
    target = np.stack([(across[:, 0] + 1) / 2 * SIZE - 0.5, (1 - across[:, 1]) / 2 * SIZE - 0.5], -1)
    parts["centre"][:] = (target - pixels) / PIXELS
    parts["height"][:, 0] = local[:, 2]
    parts["turn"][:] = scene.turn[pair, :count, :, :2].numpy().transpose(0, 2, 1).reshape(count, 6)
    parts["velocity"][:] = scene.velocity[pair, :count].numpy()
    return said


def bank(count: int = 2) -> Bank:
    one = Bank([made(0), made(1)], room=count, pairs=2, size=SIZE, seed=0, device=CPU)
    one.fill_to(count)
    return one


def network(seed: int = 0) -> Network:
    torch.manual_seed(seed)
    return Network(WIDTHS["tiny"])


@pytest.mark.parametrize(("azimuth", "mirror"), [(0.0, False), (0.3, True)])
def test_true_outputs_are_read_as_the_truth(azimuth: float, mirror: bool) -> None:
    clip = scenes._mirrored(made()) if mirror else made()
    camera = camera_of(clip, azimuth, ELEVATION - 0.05)
    scene = scenes.scene_of(clip, camera, np.array([0, 4]), SIZE, CPU)
    truth = truth_of(clip, 4, scene.instance[1].numpy())
    assert (truth.pixels > 12).all()
    _, _, pixels, shown, weight = targets(scene.instance[1:], torch.zeros(1, 0))
    own = pixels[0, :5].numpy()
    assert (shown[0, :5] == torch.arange(5)).all()
    assert weight[0].tolist() == [1.0] * 5 + [0.0] * 59
    heat = np.zeros((SIZE, SIZE), np.float32)
    heat[own[:, 1], own[:, 0]] = 0.9
    found = reading.found_of(exact(clip, scene, 1, own), own, heat, camera, True, 0.5)
    errors = Errors(evaluate.colors_of([clip]))
    errors.add(found, truth)
    told = errors.summary()
    assert told["found_right_class"] == told["color"] == told["shape"] == told["lit"] == 1
    assert told["invented"] == 0
    assert told["position_90"] < 1e-3
    assert told["turn_90"] < 0.2
    assert told["half_median"] < 1e-3
    assert told["moving_90"] < 1e-2


def test_a_mirrored_clip_is_drawn_mirrored() -> None:
    clip = made()
    camera = camera_of(clip)
    pictures = [draw(one, camera, SIZE, shaded=False).color.int() for one in (clip, scenes._mirrored(clip))]
    assert ((pictures[0] - pictures[1].flip(2)).abs().amax(-1) > 0).float().mean() < 0.01


def test_heat_is_one_at_a_pixel_of_each_object_and_free_where_few_show() -> None:
    instance = torch.full((1, 32, 32), -1)
    instance[0, 4:12, 4:12], instance[0, 20:22, 20:23] = 3, 7
    heat, matters, pixels, shown, weight = targets(instance, torch.linspace(0.01, 0.99, 20)[None])
    assert (heat > 0.999).sum() == 2
    assert int(matters.sum()) == 32 * 32 - 6
    assert set(shown[0, 64:].tolist()) == {3, 7}
    assert float(weight[0, :64].sum()) == 2
    assert instance[0, pixels[0, 64:, 1], pixels[0, 64:, 0]].tolist() == shown[0, 64:].tolist()


def test_a_large_object_is_hot_around_its_middle_but_not_beside_others() -> None:
    instance = torch.zeros(1, 64, 64)
    instance[0, 33, 31:34] = 1
    heat, matters, _, _, _ = targets(instance, torch.zeros(1, 0))
    own = heat > 0.999
    assert own[0, 30, 30]
    assert own.sum() > 20
    assert float(heat[0, 32, 32]) <= 0.5
    assert float(matters[0][instance[0] == 1].sum()) == 0
    assert float((matters * own).sum()) == pytest.approx(1)


def test_machines_with_rare_things_are_drawn_more_often() -> None:
    plain, steps = made(0), made(1)
    kind = steps.kind.copy()
    kind[2] = CLASSES.index("step")
    kind_plain = plain.kind.copy()
    kind_plain[2] = CLASSES.index("crate")
    both = [dataclasses.replace(plain, kind=kind_plain), dataclasses.replace(steps, kind=kind)]
    assert Bank(both, room=1, pairs=1, size=SIZE, seed=0, device=CPU).chance.tolist() == [0.25, 0.75]


def test_weights_are_trained_on_from_where_they_were(tmp_path) -> None:
    one = network()
    batch = bank().batch(8, 8, torch.Generator().manual_seed(0))
    optimizer = torch.optim.AdamW(one.parameters(), lr=3e-3)
    for _ in range(20):
        optimizer.zero_grad()
        train.step_loss(one, batch).backward()
        optimizer.step()
    about = {"widths": WIDTHS["tiny"], "network": "perception"}
    path = save_weights(folded(one.eval()), tmp_path / "w.safetensors", about)
    plain, again = unfolded(*load_weights(path)), normalised(unfolded(*load_weights(path)), batch.inputs)
    with torch.no_grad():
        assert torch.allclose(plain(batch.inputs)[0], again.eval()(batch.inputs)[0], atol=1e-3)
        # Normalised by the same pictures, it says the same while it is trained.
        assert torch.allclose(plain(batch.inputs)[0], again.train()(batch.inputs)[0], atol=1e-2)
    data = tmp_path / "clips.npz"
    save_clips([made(0), made(1), made(2, "dev")], data)
    told = train.train(
        data, tmp_path / "out", size="tiny", steps=2, seed=1, device="cpu", start=path, report=lambda _: None
    )
    assert told["step"] == 2
    assert tuple(told["widths"]) == WIDTHS["tiny"]
    save_weights({"a": torch.zeros(2)}, path, about)
    with pytest.raises(LearningError, match="holds no weights of the perception network"):
        train.train(data, tmp_path / "out", size="tiny", device="cpu", start=path, report=lambda _: None)


def test_the_loss_falls_on_a_fixed_batch() -> None:
    one = network()
    batch = bank().batch(4, 32, torch.Generator().manual_seed(0))
    optimizer = torch.optim.AdamW(one.parameters(), lr=3e-3)
    losses = []
    for _ in range(30):
        loss = train.step_loss(one, batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.6 * losses[0]


def test_numpy_and_saved_weights_say_the_same(tmp_path) -> None:
    one = network()
    batch = bank().batch(2, 8, torch.Generator().manual_seed(0))
    for _ in range(3):
        train.step_loss(one, batch).backward()
    one.eval()
    path = save_weights(folded(one), tmp_path / "w.safetensors", {"widths": WIDTHS["tiny"]})
    again = unfolded(*load_weights(path))
    with torch.no_grad():
        (heat, features), (other, others) = one(batch.inputs), again(batch.inputs)
        said, repeated = one.say(features, batch.pixels), again.say(others, batch.pixels)
    assert torch.allclose(heat, other, atol=2e-2)
    assert torch.allclose(said, repeated, atol=2e-2)
    weights = forward.read_weights(path)
    mine, planes = forward.forward(weights, batch.inputs[0].numpy())
    assert np.allclose(mine, torch.sigmoid(other[0, 0]).numpy(), atol=1e-4)
    assert np.allclose(forward.say(weights, planes, batch.pixels[0].numpy()), repeated[0].numpy(), atol=1e-3)
    clip = made()
    camera = camera_of(clip)
    scene = scenes.scene_of(clip, camera, np.array([3]), SIZE, CPU)
    now, before = (pictures[0].permute(1, 2, 0).numpy() for pictures in (scene.now, scene.before))
    plain = reading.read_picture(now, camera, weights, before, threshold=0.0)
    fast = evaluate.read_many(again, scene.now, scene.before, scene.paired, camera, 0.0)[0]
    assert [found.kind for found in plain] == [found.kind for found in fast]
    assert all(np.allclose(a.position, b.position, atol=1e-2) for a, b in zip(plain, fast, strict=True))


def test_an_untrained_network_scores_at_chance() -> None:
    clip = made()
    read = evaluate.readings(network().eval(), [clip], SIZE, CPU, 2, 0.0)
    assert evaluate.summary_at(read, evaluate.colors_of([clip]), 0.0)["found_right_class"] <= 0.2


def test_going_on_gives_what_going_through_does(tmp_path) -> None:
    plan = dataclasses.replace(train.PLANS["tiny"], every=1, first=1, room=2, warm_up=2)

    def run(folder: str, steps: int, resume: bool) -> Run:
        one = Run(
            network(), tmp_path / folder / "checkpoint.pt", rate=1e-3, warm_up=2, report=lambda _: None, resume=resume
        )
        filled = Bank([made(0), made(1)], room=2, pairs=2, size=SIZE, seed=0, device=CPU)
        filled.fill_to(plan.first + one.step // plan.every)
        one._set_rate = lambda rate: None
        train.fit(one, filled, plan, Budget(steps))
        return one

    whole = run("whole", 4, False)
    run("parts", 2, False)
    parts = run("parts", 4, True)
    for name, value in whole.averaged().items():
        assert torch.equal(value, parts.averaged()[name]), name


def test_training_writes_weights_errors_and_examples(tmp_path) -> None:
    data = tmp_path / "clips.npz"
    save_clips([made(0), made(1), made(2, "dev")], data)
    told = train.train(data, tmp_path / "out", size="tiny", steps=3, device="cpu", report=lambda _: None)
    assert told["objects"] > 0
    for name in ("checkpoint.pt", "perception.safetensors", "dev.json", "examples.png"):
        assert (tmp_path / "out" / name).stat().st_size > 0


def test_what_is_interrupted_leaves_weights_and_its_own_checkpoint(tmp_path, monkeypatch) -> None:
    data = tmp_path / "clips.npz"
    save_clips([made(0)], data)
    true, calls = train.step_loss, []

    def broken(network, batch):
        calls.append(network.state_dict()["heat.weight"].clone())
        if len(calls) == 3:
            raise KeyboardInterrupt
        return true(network, batch)

    monkeypatch.setattr(train, "step_loss", broken)
    with pytest.raises(KeyboardInterrupt):
        train.train(data, tmp_path / "out", size="tiny", device="cpu", report=lambda _: None)
    state = torch.load(tmp_path / "out" / "checkpoint.pt", weights_only=True)
    assert state["step"] == 2
    assert torch.equal(state["module"]["heat.weight"], calls[-1])
    assert forward.read_weights(tmp_path / "out" / "perception.safetensors").about["step"] == 2


def test_a_full_network_is_small_enough() -> None:
    values = folded(Network(WIDTHS["full"]))
    assert 2 * sum(value.numel() for value in values.values()) < 9.9e6


def test_turns_count_modulo_what_a_box_looks_like() -> None:
    half = np.array([0.1, 0.4, 0.4])
    assert symmetries(half).sum() == 8
    assert symmetries(np.array([0.1, 0.3, 0.4])).sum() == 4
    assert len(ROTATIONS) == symmetries(np.ones(3)).sum() == 24
    quarter = np.array([math.sqrt(0.5), 0, math.sqrt(0.5), 0])
    clip = made()
    one = reading.Found("block", "box", clip.color[0], True, half, np.zeros(3), quarter, None, 1.0, 1.0)
    assert turn_error(one, half, np.array([1.0, 0, 0, 0])) == pytest.approx(90)
    assert turn_error(one, np.array([0.4, 0.4, 0.1]), np.array([1.0, 0, 0, 0])) == pytest.approx(0, abs=1e-3)


def test_what_is_nowhere_near_is_invented() -> None:
    clip = made()
    instance = draw(clip, camera_of(clip), SIZE, slice(0, 1)).instance[0].numpy()
    truth = truth_of(clip, 0, instance)
    far = reading.Found(
        "ball", "ball", clip.color[4], True, clip.half[4], clip.position[0, 4] + 2, np.array([1.0, 0, 0, 0]), None, 1, 1
    )
    near = dataclasses.replace(far, position=clip.position[0, 4] + 0.1)
    assert matched([far, near], truth) == [(1, 4)]


def test_what_is_read_twice_is_told_once() -> None:
    position = np.array([[0, 0, 0], [0.3, 0, 0], [0, 0, 0.05], [2.0, 0, 0]])
    turn = np.repeat(np.eye(3)[None], 4, 0)
    half = np.array([[0.2, 0.5, 0.5], [0.6, 0.5, 0.5], [0.05, 0.05, 0.05], [0.2, 0.5, 0.5]])
    # The middle of the second is outside of the first, but not the other way round; the third is another thing.
    assert reading._single(position, turn, half, np.array([4, 4, 0, 4]), 4) == [0, 2, 3]
    assert reading._single(position, turn, half, np.array([4, 5, 0, 4]), 4) == [0, 1, 2, 3]


def test_level_frame_knows_rays() -> None:
    clip = made()
    camera = camera_of(clip, 0.4)
    level = Level.of(camera)
    assert np.allclose(level.frame @ level.frame.T, np.eye(3))
    assert np.allclose(level.axes, camera_of(clip, 0.0).axes, atol=1e-9)
    assert level.view(16).shape == (6, 16, 16)


def test_refusals(tmp_path) -> None:
    with pytest.raises(errors.PictureError, match="holds no weights"):
        forward.read_weights(tmp_path / "missing.safetensors")
    bad = tmp_path / "bad.safetensors"
    bad.write_bytes(b"\xff" * 40)
    with pytest.raises(errors.PictureError, match="fetch the file again"):
        forward.read_weights(bad)
    with pytest.raises(LearningError, match="there are no clips"):
        train.train(tmp_path / "missing.npz", tmp_path, device="cpu")
    save_clips([made(2, "dev")], tmp_path / "dev.npz")
    with pytest.raises(LearningError, match="no clip of the split 'train'"):
        train.train(tmp_path / "dev.npz", tmp_path, size="tiny", device="cpu")
    weights = forward.Weights({}, {"widths": WIDTHS["tiny"]})
    with pytest.raises(ValueError, match="square"):
        reading.read_picture(np.zeros((64, 60, 3), np.uint8), camera_of(made()), weights)
