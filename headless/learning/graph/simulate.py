"""Going on by a trained network: one frame, many frames, and the clip that comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..errors import LearningError
from ..frames.clips import Clip
from ..training import device_of, load_weights
from .features import Graph, State, graph_of
from .geometry import exponential, product, turned
from .network import GraphNetwork
from .scenes import HISTORY, Objects, Scenes, Track

FASTEST, QUICKEST = 1.0, 2.5
"""Metres and radians a frame that nothing goes beyond."""
SURE = 2.0
"""The logit from which an object is held to rest, 88 %: to stop one that moves does more harm than a little creep."""

Report = Callable[[int, State], None]
"""Hears the frame and its state."""


@dataclass(frozen=True, eq=False)
class Simulator:
    """A network, and how many neighbours of each mover it is told of."""

    network: GraphNetwork
    neighbours: int

    @property
    def device(self) -> torch.device:
        """Where it computes."""
        return self.network.scale.device

    def graph(self, state: State, objects: Objects) -> Graph:
        """What the network is told; no gradient goes through geometry."""
        with torch.no_grad():
            return graph_of(state, objects, self.network.scale, self.neighbours)

    def predict(self, graph: Graph, objects: Objects) -> Tensor:
        """Changes of velocity and spin ``[B, M, 7]`` as `GraphNetwork` gives them."""
        return self.network(graph.node, graph.edge, graph.index, graph.near, objects.kind)


def starting(track: Track, objects: Objects, at: int = HISTORY) -> State:
    """The true state at a frame of a track, the coming velocities of what physics does not move included."""
    position, quaternion = track.position[:, at], track.quaternion[:, at]
    parts = (_seen(values, objects, at) for values in (track.velocity, track.spin))
    return State(position, quaternion, *parts)


def _seen(values: Tensor, objects: Objects, at: int) -> Tensor:
    past, coming = values[:, at - HISTORY : at, : objects.movers], values[:, at - HISTORY + 1 : at + 1]
    mine = torch.where(objects.is_mover[:, None, :, None], past, coming[:, :, : objects.movers])
    return torch.cat([mine, coming[:, :, objects.movers :]], 2)


def advance(state: State, made: Tensor, graph: Graph, scale: Tensor, objects: Objects, track: Track, at: int) -> State:
    """The state at frame ``at + 1`` of a track: movers by what the network ``made``, all else by the track.

    Velocity first, then pose (semi-implicit Euler), the turn by the exponential map. What the network holds to rest
    rests, so that nothing creeps. What a script throws has its true velocity in that one step.
    """
    count, rests, launched = objects.movers, made[..., 6:] > SURE, track.launched[:, at, :, None]
    rows = []
    for part, unit, most, old, true in (
        (made[..., :3], scale[2], FASTEST, state.velocity, track.velocity),
        (made[..., 3:6], scale[3], QUICKEST, state.spin, track.spin),
    ):
        new = old[:, -1, :count] + turned(graph.turn, part) * unit
        new = new * (most / new.norm(dim=-1, keepdim=True).clamp(min=most))
        rows.append(torch.where(launched, true[:, at, :count], new.masked_fill(rests, 0.0)))
    velocity, spin = rows
    position = state.position[:, :count] + velocity
    quaternion = torch.nn.functional.normalize(product(exponential(spin), state.quaternion[:, :count]), dim=-1)
    given = starting(track, objects, at + 1)
    moves = objects.is_mover[..., None]

    def joined(mine: Tensor, truth: Tensor) -> Tensor:
        return torch.cat([torch.where(moves, mine, truth[:, :count]), truth[:, count:]], 1)

    def shifted(old: Tensor, new: Tensor, truth: Tensor) -> Tensor:
        mine = torch.cat([old[:, 1:, :count], new[:, None]], 1)
        return torch.cat([torch.where(moves[:, None], mine, truth[:, :, :count]), truth[:, :, count:]], 2)

    return State(
        joined(position, given.position),
        joined(quaternion, given.quaternion),
        shifted(state.velocity, velocity, given.velocity),
        shifted(state.spin, spin, given.spin),
    )


@torch.no_grad()
def roll(simulator: Simulator, objects: Objects, track: Track, start: int, heard: Report | None = None) -> Track:
    """The track's scenes rolled out together from frame ``start`` to the last but one, whose velocities are the last.

    Returns true poses up to ``start`` and made ones after it, ``[B, S-1, N, ...]``; without velocities of its own.
    """
    state, frames = starting(track, objects, start), track.position.shape[1] - 1
    position, quaternion = track.position[:, :frames].clone(), track.quaternion[:, :frames].clone()
    for at in range(start, frames):
        position[:, at], quaternion[:, at] = state.position, state.quaternion
        if heard is not None:
            heard(at, state)
        if at + 1 < frames:
            graph = simulator.graph(state, objects)
            made = simulator.predict(graph, objects)
            state = advance(state, made, graph, simulator.network.scale, objects, track, at)
    return Track(position, quaternion, track.velocity[:, :-1], track.spin[:, :-1], track.launched[:, :-1])


def rollout(
    weights: Path | Simulator, clip: Clip, start: int = HISTORY, frames: int | None = None, device: str = "auto", *,
    launches: bool = True,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:  # fmt: skip
    """Positions ``[F, N, 3]`` and quaternions ``wxyz`` ``[F, N, 4]`` of a clip, true up to frame ``start``.

    From there movers go on their own. What stays stays, and what a script moves follows its true track, which is known
    to the simulator one frame ahead; beyond the end of the clip it keeps its last pose. Movers that a script throws
    from rest have their true velocity in that step, unless ``launches`` is off. Shapes cannot change. Raises
    LearningError for a start without a history, or a damaged file.
    """
    count = len(clip) if frames is None else frames
    if not HISTORY <= start < min(count, len(clip)):
        raise LearningError(f"a rollout starts from frame {HISTORY} to {len(clip) - 1} of this clip, and not {start}")
    simulator = weights if isinstance(weights, Simulator) else load_simulator(weights, device)
    scenes = Scenes([clip], simulator.device, launches=launches)
    zero = torch.zeros(1, dtype=torch.int64, device=simulator.device)
    made = roll(simulator, scenes.objects, scenes.track(zero, zero, count + 1), start)
    back = np.argsort(scenes.order[0])
    return made.position[0].cpu().numpy()[:, back], made.quaternion[0].cpu().numpy()[:, back]


def load_simulator(path: Path, device: str = "auto") -> Simulator:
    """A trained simulator from its file. Raises LearningError where the file is none."""
    values, about = load_weights(path)
    try:
        network = GraphNetwork(about["width"], about["blocks"], classes=about["classes"])
        network.load_state_dict(values)
    except (KeyError, RuntimeError, TypeError) as problem:
        raise LearningError(f"{path} holds no graph network ({problem}); train one, or take its own file") from None
    return Simulator(network.to(device_of(device)).eval(), about["neighbours"])
