"""What a network is told of a state: each object's motion in its own frame, and how its neighbours' surfaces lie to it.

All of it is the same wherever the scene stands, and for boxes however it is turned about the vertical.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from .geometry import Bodies, Touch, gathered, neighbours, touch, turned_back
from .scenes import PADDING, Objects

FAR = 0.5
"""Distances are told up to here, in metres."""
CLOSE = 0.02
"""Distances of about this size are told finely too."""
MOST = 10.0


@dataclass(frozen=True, eq=False)
class State:
    """Poses ``[B, N, 3]`` and ``[B, N, 4]``, and velocities and spins of the last frames ``[B, H, N, 3]``, newest last.

    The newest of what physics does not move is that to the coming frame: it is a boundary condition.
    """

    position: Tensor
    quaternion: Tensor
    velocity: Tensor
    spin: Tensor


@dataclass(frozen=True, eq=False)
class Graph:
    """``node`` ``[B, N, 32]``, ``edge`` ``[B, M, K, 51]``, their senders ``index``, which count (``near``), the movers'
    frames ``turn`` ``[B, M, 3, 3]``, and the signed distance to each neighbour ``[B, M, K]`` in metres."""

    node: Tensor
    edge: Tensor
    index: Tensor
    near: Tensor
    turn: Tensor
    distance: Tensor


def graph_of(state: State, objects: Objects, scale: Tensor, count: int) -> Graph:
    """The graph of a state, each mover with up to ``count`` neighbours; ``scale`` as in `GraphNetwork`."""
    bodies = objects.bodies(state.position, state.quaternion)
    index, gap, near = neighbours(bodies, objects.role != PADDING, objects.movers, count)
    edge, distance = _edges(state, bodies, index, gap, scale)
    near = near & objects.is_mover[..., None]
    node = _nodes(state, objects, bodies, scale)
    return Graph(node, edge, index, near, bodies.turn[:, : objects.movers], distance)


def _nodes(state: State, objects: Objects, bodies: Bodies, scale: Tensor) -> Tensor:
    turn, half = bodies.turn, objects.half
    lowest = state.position[..., 2] - bodies.extent[..., 2] - objects.floor[:, None]
    moving = [
        turned_back(turn[:, None], values) / unit
        for values, unit in ((state.velocity, scale[0]), (state.spin, scale[1]))
    ]
    roles = torch.nn.functional.one_hot(objects.role, 4)[..., 1:]
    parts = [
        roles, objects.ball[..., None], half, half.clamp(min=1e-3).log(), turn[..., 2, :],
        *(one.transpose(1, 2).flatten(2) for one in moving), lowest.clamp(-FAR, 2.0)[..., None],
    ]  # fmt: skip
    return torch.cat([part.float() for part in parts], -1).clamp(-MOST, MOST)


def _edges(state: State, bodies: Bodies, index: Tensor, gap: Tensor, scale: Tensor) -> tuple[Tensor, Tensor]:
    movers = index.shape[1]
    one = bodies[:, :movers, None]
    other = Bodies(*(gathered(part, index) for part in (bodies.position, bodies.turn, bodies.core, bodies.radius)))
    one = Bodies(*(getattr(one, name).expand_as(getattr(other, name)) for name in Bodies.__annotations__))
    ours, theirs = touch(one, other), touch(other, one)
    velocity, spin = state.velocity[:, -1], state.spin[:, -1]

    def moved(point: Tensor) -> Tensor:
        """How fast the other's material passes ours at points ``[B, M, K, 3]``."""
        there = gathered(velocity, index) + torch.linalg.cross(gathered(spin, index), point - other.position)
        here = velocity[:, :movers, None] + torch.linalg.cross(
            spin[:, :movers, None].expand_as(point), point - one.position
        )
        return there - here

    def told(felt: Touch) -> list[Tensor]:
        nearest = felt.distances.amin(-1, keepdim=True)
        return [
            felt.distances.clamp(-FAR, FAR) / 0.1,
            torch.tanh(nearest / CLOSE),
            turned_back(one.turn, felt.point - one.position),
            turned_back(one.turn, felt.normal),
            turned_back(one.turn, moved(felt.point)) / scale[0],
        ]

    relative = torch.matmul(one.turn.transpose(-1, -2), other.turn)[..., :2].flatten(-2)
    between = [
        turned_back(one.turn, other.position - one.position), turned_back(other.turn, one.position - other.position),
        relative, gap.clamp(-FAR, FAR)[..., None] / 0.1,
    ]  # fmt: skip
    distance = torch.minimum(ours.distances.amin(-1), theirs.distances.amin(-1))
    return torch.cat([*told(ours), *told(theirs), *between], -1).clamp(-MOST, MOST), distance
