"""Value networks: they learn, they go on where they stopped, and they tell what they cannot do."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from headless.learning.training import LearningError
from headless.learning.value.data import Balanced, load
from headless.learning.value.goals import SUCCESS, load_goals
from headless.learning.value.network import ValueNetwork, channels, mirrored
from headless.learning.value.train import PLANS, evaluate, load_network, loss_of, train

CPU = torch.device("cpu")
PLAN = PLANS["tiny"]
GOALS = load_goals()


def quiet(line: str) -> None:
    """Says nothing."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rollouts that nobody ran: every goal is met by a ball in the right half; some rows tell only of the puzzle."""
    rng = np.random.default_rng(0)
    held = {}
    for part, tasks, rows in (("train", 6, 300), ("dev", 3, 120)):
        held[f"{part}/tasks"] = np.array([f"00:{n:03}" for n in range(tasks)])
        grid = np.full((tasks, 64, 64), 6, dtype=np.uint8)
        grid[:, :20, 10:50] = rng.integers(0, 5, (tasks, 1, 40))
        held[f"{part}/grid64"] = grid
        held[f"{part}/candidates"] = rng.random((tasks, 8, 3)).astype(np.float16)
        action = rng.random((rows, 3)).astype(np.float16)
        right = action[:, 0] > 0.5
        worth = np.repeat(np.where(right, 1.0, 0.25)[:, None], len(GOALS), 1)
        if part == "train":
            worth[rows // 2 :] = np.nan
        held |= {f"{part}/task": rng.integers(0, tasks, rows).astype(np.int16), f"{part}/action": action}
        held |= {f"{part}/reward": worth.astype(np.float16), f"{part}/success": right}
    path = tmp_path_factory.mktemp("value") / "rollouts.npz"
    about = json.dumps({"goals": [vars(goal) for goal in GOALS]})
    np.savez_compressed(path, about=np.array(about), **held)
    return path


def network_of(goals: int = len(GOALS) + 1) -> ValueNetwork:
    """An untrained network."""
    torch.manual_seed(0)
    return ValueNetwork(goals, PLAN.width, PLAN.stride)


def test_there_are_ten_goals_in_words_and_five_by_hand() -> None:
    assert [sum(goal.by == who for goal in GOALS) for who in ("model", "hand")] == [10, 5]
    assert len({goal.name for goal in GOALS}) == 15


def test_loss_falls_on_a_fixed_batch(data: Path) -> None:
    rollouts, network = load(data, PLAN.grid, CPU), network_of()
    batches = Balanced(rollouts.train, PLAN.batch, rollouts.shares)
    rows = batches.draw(torch.Generator().manual_seed(0))
    turned, sided = torch.zeros(len(rows), dtype=torch.bool), rollouts.sided(CPU)
    optimizer = torch.optim.Adam(network.parameters(), 1e-3)
    losses = []
    for _ in range(12):
        loss = loss_of(network, rollouts.train, rows, turned, batches.least, sided)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.9 * losses[0]


def test_batches_are_balanced_for_each_goal(data: Path) -> None:
    rollouts = load(data, PLAN.grid, CPU, only="near_miss")
    batches = Balanced(rollouts.train, 40, rollouts.shares)
    worth = rollouts.train.worth[batches.draw(torch.Generator().manual_seed(0)), 0]
    assert int((worth >= 1).sum()) == 20
    assert not worth.isnan().any()


def test_goal_that_is_hardly_ever_met_takes_the_best_rows(data: Path) -> None:
    part = load(data, PLAN.grid, CPU, only="near_miss").train
    part.worth.clamp_(max=0.7)
    assert float(Balanced(part, 40, [1]).least[0]) == pytest.approx(0.7)


def test_untrained_network_is_at_chance(data: Path) -> None:
    rng = np.random.default_rng(1)
    rollouts = load(data, PLAN.grid, CPU)
    rollouts.dev.worth.copy_(torch.as_tensor(rng.integers(0, 2, tuple(rollouts.dev.worth.shape))))
    assert 0.4 < evaluate(network_of().eval(), rollouts)["auc"] < 0.6


def test_training_leaves_weights_choices_and_figures(data: Path, tmp_path: Path) -> None:
    figures = train(data, tmp_path, size="tiny", steps=40, device="cpu", report=quiet)
    assert figures["trained"] == 40
    assert figures["each"][SUCCESS]["auc"] > 0.7
    assert (tmp_path / "examples.png").stat().st_size > 0
    chosen = json.loads((tmp_path / "chosen.json").read_text())
    assert [point["step"] for point in chosen["points"]] == [0, 40]
    assert np.array(chosen["points"][0]["actions"]).shape == (3, 16, 3)
    network, about = load_network(tmp_path / "value.safetensors", "cpu")
    rollouts = load(data, PLAN.grid, CPU)
    assert about["goals"] == list(rollouts.names)
    assert about["tasks"] == [f"00:{n:03}" for n in range(6)]
    assert "tasks" not in figures
    assert evaluate(network, rollouts)["auc"] == pytest.approx(figures["auc"], abs=0.01)


def test_resumed_training_is_the_same(data: Path, tmp_path: Path) -> None:
    once, twice = tmp_path / "once", tmp_path / "twice"
    options = {"size": "tiny", "device": "cpu", "only": "near_miss", "report": quiet}
    train(data, once, steps=6, **options)
    # A training that is stopped after some steps of the same plan.
    stopped = iter(range(3))

    def stop(line: str) -> None:
        if line.startswith("step") and next(stopped, None) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(data, twice, steps=6, **{**options, "report": stop})
    train(data, twice, steps=6, resume=True, **options)
    one, other = (torch.load(folder / "checkpoint.pt", weights_only=True)["module"] for folder in (once, twice))
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_ball_of_the_action_is_drawn() -> None:
    grid = torch.full((1, 64, 64), 6, dtype=torch.uint8)
    seen = channels(grid, torch.tensor([[0.75, 0.25, 1.0]]))[0]
    assert seen[5, 16, 48] == 1
    assert float(seen[5].sum()) == pytest.approx(np.pi * 8**2, rel=0.05)
    assert bool((seen.sum(0) == 1).all())


def test_mirror_image_of_scene_and_action() -> None:
    grid = torch.arange(64 * 64).reshape(1, 64, 64).remainder(6).to(torch.uint8)
    action = torch.tensor([[0.2, 0.3, 0.4]])
    there, turned = mirrored(grid, action, torch.tensor([True]))
    assert torch.equal(channels(there, turned), channels(grid, action).flip(-1))


@pytest.mark.parametrize("content", [b"", b"no numbers"])
def test_file_without_rollouts_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "rollouts.npz"
    path.write_bytes(content)
    with pytest.raises(LearningError, match="holds no rollouts"):
        load(path, 64, CPU)


def test_unknown_goal_is_refused(data: Path) -> None:
    with pytest.raises(LearningError, match="no goal is called 'fly'"):
        load(data, 64, CPU, only="fly")


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "value.safetensors"
    path.write_bytes(b"nothing")
    with pytest.raises(LearningError, match="holds no weights"):
        load_network(path, "cpu")
