"""Training value networks, and what they choose on the way (Discovering High Level Patterns, Section 5.3)."""

from __future__ import annotations

import copy
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from ..errors import LearningError
from ..training import Budget, Report, Run, Size, device_name, device_of, load_weights, mixed_precision, save_weights
from .data import Balanced, Part, Rollouts, load
from .network import ValueNetwork, mirrored
from .picture import picture

RATE = 1e-3
"""Of Adam, as in the paper."""

POINTS = (0, 50, 125, 250, 500, 1000, 1500, 2000, 3000, 4000, 6000, 8000, 12000, 16000)
"""After how many steps a network chooses actions for Figure 12, and once more at the end."""

AT_ONCE = 1024
"""Actions that are looked at together."""

STEPS = 4000

WEIGHTS = "value.safetensors"


@dataclass(frozen=True)
class Plan:
    """How large the network is: channels of its first stage, cells of a grid's side, the stem's stride; and a batch."""

    width: int
    grid: int
    stride: int
    batch: int


PLANS: dict[Size, Plan] = {
    "tiny": Plan(width=8, grid=64, stride=4, batch=46),
    "small": Plan(width=16, grid=64, stride=2, batch=184),
    "full": Plan(width=32, grid=128, stride=2, batch=368),
}


def train(
    data: Path, out: Path, *, size: Size = "full", steps: int | None = None, seconds: float = float("inf"),
    seed: int = 0, device: str = "auto", resume: bool = False, only: str | None = None, rewarded: bool = False,
    report: Report = print,
) -> dict[str, Any]:  # fmt: skip
    """Train a network for all goals, or for the ``only`` one, and write weights, choices and figures into ``out``.

    With ``rewarded`` it learns only from the rows that rewards judged. Without ``steps`` they are
    `STEPS`. Returns what ``dev.json`` holds. Raises LearningError.
    """
    where, plan, budget = device_of(device), PLANS[size], Budget(steps or STEPS, seconds)
    rollouts = load(data, plan.grid, where, only, rewarded)
    torch.manual_seed(seed)
    network = _fast(ValueNetwork(len(rollouts.goals), plan.width, plan.stride), where)
    run = Run(
        network, out / "checkpoint.pt", rate=RATE, seed=seed, warm_up=50, decay=0.0, betas=(0.9, 0.999),
        report=report, resume=resume,
    )  # fmt: skip
    if where.type == "cuda":
        torch.backends.cudnn.benchmark = True
    about = {
        "size": size, "plan": asdict(plan), "goals": rollouts.names, "seed": seed, "device": device_name(where),
        "rows": len(rollouts.train.task), "tasks": rollouts.train.names,
    }  # fmt: skip
    diary = Diary(out, rollouts, network, about, resume_at=run.step)
    try:
        _descend(run, network, rollouts, plan, budget, diary)
    except torch.OutOfMemoryError:
        raise LearningError(f"the graphics card has no room for batches of {plan.batch}; take --size small") from None
    diary.note(run)
    best, about = load_network(out / WEIGHTS, device)
    del about["tasks"]
    figures = {**about, "trained": run.step, "minutes": round(run.minutes, 2), **evaluate(best, rollouts)}
    _write(out / "dev.json", figures)
    picture(rollouts.dev, choices(best, rollouts.dev)).save(out / "examples.png")
    return figures


def _descend(run: Run, network: ValueNetwork, rollouts: Rollouts, plan: Plan, budget: Budget, diary: Diary) -> None:
    part, batches = rollouts.train, Balanced(rollouts.train, plan.batch, rollouts.shares)
    device = part.grids.device
    least, sided = batches.least.to(device), rollouts.sided(device)
    for step in run.steps(budget):
        if step in POINTS:
            diary.note(run)
        generator = run.generator(step)
        rows = batches.draw(generator).to(device, non_blocking=True)
        turned = (torch.rand(len(rows), generator=generator) < 0.5).to(device, non_blocking=True)
        run.after_step(loss_of(network, part, rows, turned, least, sided))


def loss_of(network: ValueNetwork, part: Part, rows: Tensor, turned: Tensor, least: Tensor, sided: Tensor) -> Tensor:
    """Cross-entropy with what rows are worth, where for each goal those that meet it weigh as much as the others.

    Rows that are ``turned`` ``[B]`` into their mirror image tell nothing of ``sided`` goals ``[G]``.
    """
    grid, action = mirrored(part.grids[part.task[rows]], part.action[rows], turned)
    logits = _seen(network, grid, action)
    worth = part.worth[rows]
    known = ~worth.isnan() & ~(turned[:, None] & sided)
    worth = worth.nan_to_num()
    positive = known & (worth >= least)
    weight = _alike(positive) + _alike(known & ~positive)
    return (functional.binary_cross_entropy_with_logits(logits, worth, reduction="none") * weight).sum() / weight.sum()


def _alike(which: Tensor) -> Tensor:
    """Weights of rows ``[B, G]`` that sum up to 1 for each goal, or 0 where there is no row."""
    return which.float() / which.sum(0).clamp(min=1)


def _seen(network: ValueNetwork, grid: Tensor, action: Tensor) -> Tensor:
    """Logits, by half precision where there is a graphics card."""
    with mixed_precision(grid.device):
        return network(grid, action).float()


def _fast(network: ValueNetwork, device: torch.device) -> ValueNetwork:
    moved: ValueNetwork = network.to(device, memory_format=torch.channels_last)
    return moved


@torch.no_grad()
def scores(network: ValueNetwork, part: Part) -> Tensor:
    """What each candidate of each task is worth to each goal, as logits ``[N, K, G]``."""
    return torch.stack([
        torch.cat([
            _seen(network, grid.expand(len(some), -1, -1), some) for some in candidates.split(AT_ONCE)
        ])
        for grid, candidates in zip(part.grids, part.candidates, strict=True)
    ])  # fmt: skip


def choices(network: ValueNetwork, part: Part) -> Tensor:
    """The best candidate of each task for each goal ``[N, G, 3]``."""
    best = scores(network, part).argmax(1)
    return torch.gather(part.candidates, 1, best[..., None].expand(-1, -1, 3))


class Diary:
    """What a network's moving average chose on the tasks for validation, after so many steps, as a file that grows.

    The weights that tell rows that were held out apart best are kept beside it.
    """

    def __init__(
        self, out: Path, rollouts: Rollouts, network: ValueNetwork, about: dict[str, Any], resume_at: int = 0
    ) -> None:
        self._out, self._rollouts, self._about = out, rollouts, about
        self._path = out / "chosen.json"
        self._mean = copy.deepcopy(network).eval()
        self._points: list[dict[str, Any]] = []
        if resume_at and self._path.exists() and (out / WEIGHTS).exists():
            self._points = json.loads(self._path.read_text(encoding="utf-8"))["points"]

    def note(self, run: Run) -> None:
        """Write what is chosen now, and the weights if they are the best so far."""
        self._mean.load_state_dict(run.averaged())
        auc = evaluate(self._mean, self._rollouts)["auc"] or 0.0
        others = [point for point in self._points if point["step"] != run.step]
        told = {"step": run.step, "minutes": round(run.minutes, 3), "auc": auc}
        if all(auc >= point["auc"] for point in others):
            save_weights(run.averaged(), self._out / WEIGHTS, {**self._about, **told})
        part = self._rollouts.dev
        self._points = [*others, {**told, "actions": choices(self._mean, part).tolist()}]
        _write(self._path, {"goals": self._rollouts.names, "tasks": part.names, "points": self._points})
        run.report(f"after {run.step} steps: AUC {auc:.4f} on rows that were held out")


@torch.no_grad()
def evaluate(network: ValueNetwork, rollouts: Rollouts) -> dict[str, Any]:
    """For each goal how well worths of rows that were held out are told apart: AUC, None where all or none meet it."""
    part = rollouts.dev
    told = torch.cat([_seen(network, part.grids[part.task[r]], part.action[r]) for r in _chunks(part)]).cpu().numpy()
    worth, learnt = part.worth.cpu().numpy(), rollouts.train.worth.cpu().numpy()
    goals = {}
    for k, name in enumerate(rollouts.names):
        known = ~np.isnan(worth[:, k])
        met, true = worth[known, k] >= 1, worth[known, k]
        goals[name] = {
            "auc": _auc(told[known, k], met), "positive": round(float(met.mean()), 4), "positives": int(met.sum()),
            "worth": round(float(true.mean()), 4), "correlation": _correlation(told[known, k], true),
            "positives_in_training": int((learnt[:, k] >= 1).sum()),
        }  # fmt: skip
    aucs = [one["auc"] for one in goals.values() if one["auc"] is not None]
    return {"auc": round(float(np.mean(aucs)), 4) if aucs else None, "each": goals}


def _chunks(part: Part) -> tuple[Tensor, ...]:
    return torch.arange(len(part.task), device=part.task.device).split(AT_ONCE)


def _ranks(values: NDArray[Any]) -> NDArray[np.float64]:
    """Ranks from 1 on, those of equal values their mean."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[place]


def _auc(told: NDArray[Any], met: NDArray[np.bool_]) -> float | None:
    """The chance that a row that meets the goal is ranked above one that does not."""
    more, less = int(met.sum()), int((~met).sum())
    if not more or not less:
        return None
    return round(float((_ranks(told)[met].sum() - more * (more + 1) / 2) / (more * less)), 4)


def _correlation(told: NDArray[Any], true: NDArray[Any]) -> float | None:
    """Spearman's."""
    one, other = _ranks(told), _ranks(true)
    return round(float(np.corrcoef(one, other)[0, 1]), 4) if one.std() and other.std() else None


def load_network(path: Path, device: str = "auto") -> tuple[ValueNetwork, dict[str, Any]]:
    """A trained network, ready to tell, and what is known of it. Raises LearningError if it is none."""
    values, about = load_weights(path)
    try:
        plan = Plan(**about["plan"])
        network = ValueNetwork(len(about["goals"]), plan.width, plan.stride)
        network.load_state_dict(values)
    except (KeyError, TypeError, RuntimeError) as problem:
        raise LearningError(f"{path} holds no value network ({problem}); train it, or fetch the file again") from None
    return _fast(network, device_of(device)).eval(), about


def _write(path: Path, value: dict[str, Any]) -> None:
    beside = path.with_name(f".{path.name}")
    beside.parent.mkdir(parents=True, exist_ok=True)
    beside.write_text(json.dumps(value) + "\n", encoding="utf-8")
    beside.replace(path)
