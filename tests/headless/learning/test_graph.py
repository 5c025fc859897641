from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the group 'learn' is not installed")

from addon.perception.classes import CLASSES  # noqa: E402
from headless.learning.frames import Clip, save_clips  # noqa: E402
from headless.learning.frames.caster import matrices  # noqa: E402
from headless.learning.frames.clips import BALL, BOX  # noqa: E402
from headless.learning.graph import geometry, load_simulator, measure, rollout, train  # noqa: E402
from headless.learning.graph.network import GraphNetwork  # noqa: E402
from headless.learning.graph.scenes import HISTORY, Scenes  # noqa: E402
from headless.learning.graph.simulate import Simulator, starting  # noqa: E402
from headless.learning.graph.train import Batches, loss_of  # noqa: E402
from headless.learning.training import LearningError, load_weights, save_weights  # noqa: E402

QUIET = {"report": lambda line: None, "device": "cpu", "size": "tiny"}


def a_clip(seed: int, split="train", frames=40) -> Clip:
    """A floor, a wall, a ball that rolls, a box that falls and lands, and a piston that a script moves."""
    rng = np.random.default_rng(seed)
    time = np.arange(frames)[:, None] / 15
    half = np.array([[3, 3, 0.2], [0.1, 1, 0.5], [0.15] * 3, [0.2, 0.15, 0.1], [0.3, 0.1, 0.1]], np.float32)
    position = np.zeros((frames, 5, 3))
    position[:, 0, 2], position[:, 1] = -0.2, (2.5, 0, 0.5)
    position[:, 2] = [0, 1, 0.15] + time * rng.normal(size=3) * [0.5, 0.5, 0]
    position[:, 3] = np.maximum([1, -1, 1.5 + seed % 3 * 0.2] - 4.9 * time**2 * [0, 0, 1], [1, -1, 0.1])
    position[:, 4] = np.array([-1, -1, 0.1]) + np.sin(time) * [0.3, 0, 0]
    names = ("Floor", "Wall", "Ball", "Box", "Rod")
    kind = np.array([CLASSES.index(one) for one in ("floor", "wall", "ball", "block", "piston")])
    turn = np.zeros((frames, 5, 4), np.float32)
    turn[..., 0] = 1
    return Clip(
        f"m{seed}", split, seed, names, np.array([BOX, BOX, BALL, BOX, BOX], np.uint8), half,
        np.full((5, 3), 0.5, np.float32), kind, np.array([False, False, True, True, False]),
        position.astype(np.float32), turn, np.ones((frames, 5), bool),
    )  # fmt: skip


@pytest.fixture
def data(tmp_path):
    save_clips([a_clip(n, "train" if n < 4 else "dev") for n in range(6)], tmp_path / "clips.npz")
    return tmp_path / "clips.npz"


def a_simulator(batches: Batches, seed=0) -> Simulator:
    torch.manual_seed(seed)
    network = GraphNetwork(24, 2)
    network.scale.copy_(batches.scale)
    return Simulator(network, 4)


def test_rotations_go_there_and_back():
    turn = torch.randn(50, 3)
    turn = turn / turn.norm(dim=-1, keepdim=True) * torch.linspace(0, 3.1, 50)[:, None]
    quaternion = geometry.exponential(turn)
    assert torch.allclose(geometry.logarithm(quaternion), turn, atol=1e-4)
    other = geometry.exponential(torch.randn(50, 3))
    both = matrices(geometry.product(quaternion, other))
    assert torch.allclose(both, matrices(quaternion) @ matrices(other), atol=1e-5)


def test_touch_tells_gaps_of_boxes_and_balls():
    turn = torch.eye(3).expand(2, 3, 3)
    floor = geometry.Bodies(torch.zeros(2, 3), turn, torch.tensor([[5.0, 5, 0.2]] * 2), torch.zeros(2))
    body = geometry.Bodies(
        torch.tensor([[1.0, 2, 0.55], [1, 2, 0.25]]),
        turn,
        torch.tensor([[0.0] * 3, [0.2, 0.3, 0.1]]),
        torch.tensor([0.3, 0]),
    )
    felt = geometry.touch(body, floor)
    assert torch.allclose(felt.distances.amin(-1), torch.tensor([0.05, -0.05]), atol=1e-5)
    assert torch.allclose(felt.normal, torch.tensor([0.0, 0, 1]).expand(2, 3), atol=1e-4)
    assert torch.allclose(felt.point[0], torch.tensor([1.0, 2, 0.25]), atol=1e-4)


def test_the_start_holds_true_motion_and_what_scripts_do_next():
    scenes = Scenes([a_clip(0)])
    zero = torch.zeros(1, dtype=torch.int64)
    track = scenes.track(zero, zero, HISTORY + 3)
    state = starting(track, scenes.objects)
    order = list(scenes.order[0])
    ball, rod = order.index(2), order.index(4)
    clip = a_clip(0)
    assert np.allclose(
        state.velocity[0, -1, ball], clip.position[HISTORY, 2] - clip.position[HISTORY - 1, 2], atol=1e-6
    )
    assert np.allclose(state.velocity[0, -1, rod], clip.position[HISTORY + 1, 4] - clip.position[HISTORY, 4], atol=1e-6)
    assert scenes.objects.movers == 2
    assert scenes.objects.role[0].tolist() == [3, 3, 2, 1, 1]


def test_it_does_the_same_wherever_a_scene_stands_and_however_boxes_are_turned():
    clip, angle = a_clip(1), 0.7
    clip = replace(clip, shape=np.full(5, BOX, np.uint8))
    turn = geometry.exponential(torch.tensor([0.0, 0, angle]))
    moved = clip.position @ matrices(turn).numpy().T + np.array([3, -2, 0.0], np.float32)
    turned = geometry.product(turn.expand(*clip.quaternion.shape), torch.tensor(clip.quaternion)).numpy()
    simulator = a_simulator(Batches(Scenes([clip]), 4, 2))
    for one in simulator.network.parameters():
        torch.nn.init.normal_(one, std=0.05)
    there = replace(clip, position=moved.astype(np.float32), quaternion=turned)
    mine, others = rollout(simulator, clip, frames=12), rollout(simulator, there, frames=12)
    assert np.abs(mine[0] - clip.position[:12])[:, 2:4].max() > 1e-3
    assert np.allclose(mine[0] @ matrices(turn).numpy().T + [3, -2, 0], others[0], atol=1e-3)


def test_loss_falls_on_a_fixed_batch():
    batches = Batches(Scenes([a_clip(n) for n in range(4)]), 8, 2)
    simulator = a_simulator(batches)
    optimizer = torch.optim.AdamW(simulator.network.parameters(), lr=3e-3)
    batch = batches.draw(torch.Generator().manual_seed(0))
    losses = []
    for _ in range(60):
        loss = loss_of(simulator, *batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.5 * losses[0]


def test_an_untrained_network_keeps_velocities(data):
    clips = [a_clip(n) for n in range(3)]
    simulator = a_simulator(Batches(Scenes(clips), 4, 2))
    position, _ = rollout(simulator, clips[0], start=5, frames=20)
    ball = clips[0].position[5, 2] + (clips[0].position[5, 2] - clips[0].position[4, 2]) * 14
    assert np.allclose(position[19, 2], ball, atol=1e-4)
    numbers = measure(simulator, clips)
    assert numbers["one_step"]["ours"]["awake"] > numbers["one_step"]["ballistic"]["awake"] * 0.5
    assert numbers["one_step"]["rest_found"] == 0
    assert numbers["shape_drift"] == 0


def test_rollouts_keep_what_is_true_and_stay_finite():
    clip = a_clip(2)
    simulator = a_simulator(Batches(Scenes([clip]), 4, 2))
    for one in simulator.network.decoder.parameters():
        torch.nn.init.normal_(one, std=3.0)
    position, quaternion = rollout(simulator, clip, start=6, frames=300)
    assert position.shape == (300, 5, 3)
    assert np.allclose(position[:7], clip.position[:7])
    assert np.allclose(position[:40, [0, 1, 4]], clip.position[:, [0, 1, 4]])
    assert np.allclose(position[40:, 4], clip.position[-1, 4])
    assert np.isfinite(position).all()
    assert np.allclose(np.linalg.norm(quaternion, axis=-1), 1, atol=1e-5)


def test_what_a_script_throws_is_given():
    clip = a_clip(0)
    position = clip.position.copy()
    position[:, 2] = [0, 1, 0.15] + np.maximum(0, np.arange(40)[:, None] - 11) * [0, 0.2, 0]
    clip = replace(clip, position=position.astype(np.float32))
    scenes = Scenes([clip])
    assert scenes.launched.nonzero().tolist() == [[0, 11, list(scenes.order[0]).index(2)]]
    simulator = a_simulator(Batches(scenes, 4, 2))
    thrown, not_thrown = (rollout(simulator, clip, frames=25, launches=given)[0][:, 2] for given in (True, False))
    assert np.allclose(thrown, clip.position[:25, 2], atol=1e-4)
    assert np.allclose(not_thrown, clip.position[0, 2], atol=1e-4)


def test_training_writes_all_and_goes_on_exactly(data, tmp_path):
    numbers = train(data, tmp_path / "whole", steps=8, **QUIET)
    train(data, tmp_path / "parts", steps=8, seconds=0, **QUIET)
    assert load_weights(tmp_path / "parts/graph.safetensors")[1]["steps"] == 0
    # Rates fall over the budget, so that a part of a training has the budget of the whole.
    seen = []

    def stop(line):
        seen.append(line)
        if line.startswith("step 4"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(data, tmp_path / "parts", steps=8, **{**QUIET, "report": stop})
    train(data, tmp_path / "parts", steps=8, resume=True, **QUIET)
    whole, parts = (load_weights(tmp_path / name / "graph.safetensors") for name in ("whole", "parts"))
    assert whole[1]["steps"] == parts[1]["steps"] == 8
    assert all(torch.allclose(value, parts[0][name], atol=1e-4) for name, value in whole[0].items())
    assert json.loads((tmp_path / "whole/dev.json").read_text()) == json.loads(json.dumps(numbers))
    assert numbers["rollout"]["5"]["moved"] > 0
    assert (tmp_path / "whole/examples.png").stat().st_size > 1000


def test_saved_and_loaded_it_gives_the_same(data, tmp_path):
    train(data, tmp_path, steps=3, **QUIET)
    first, clip = load_simulator(tmp_path / "graph.safetensors", "cpu"), a_clip(9)
    about = load_weights(tmp_path / "graph.safetensors")[1]
    save_weights(first.network.state_dict(), tmp_path / "again.safetensors", about)
    one, two = (rollout(weights, clip, device="cpu") for weights in (first, tmp_path / "again.safetensors"))
    assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))


def test_refusals(data, tmp_path):
    with pytest.raises(LearningError, match="no clips at"):
        train(tmp_path / "none.npz", tmp_path, **QUIET)
    with pytest.raises(LearningError, match="starts from frame 3"):
        rollout(a_simulator(Batches(Scenes([a_clip(0)]), 4, 2)), a_clip(0), start=1)
    with pytest.raises(LearningError, match="shorter"):
        Batches(Scenes([a_clip(0, frames=5)]), 4, 2)
    save_weights({"x": torch.ones(1)}, tmp_path / "other.safetensors", {"width": 24})
    with pytest.raises(LearningError, match="no graph network"):
        load_simulator(tmp_path / "other.safetensors")
    (tmp_path / "damaged.safetensors").write_bytes(b"nothing")
    with pytest.raises(LearningError, match="holds no weights"):
        load_simulator(tmp_path / "damaged.safetensors")
