"""Rotations, and what is near between boxes and balls; every function works on any leading axes."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor

RADIUS = 0.4
"""Objects whose surfaces are nearer than this, by a lower bound, are joined by an edge; metres."""
SOFTNESS = 0.02
"""How far apart, in metres, points still count as touching together."""


def product(first: Tensor, second: Tensor) -> Tensor:
    """Hamilton's product of quaternions ``wxyz`` ``[..., 4]``: the second rotation, then the first."""
    w, v, u, r = first[..., :1], first[..., 1:], second[..., :1], second[..., 1:]
    vector = w * r + u * v + torch.linalg.cross(v, r)
    return torch.cat([w * u - (v * r).sum(-1, keepdim=True), vector], -1)


def exponential(turn: Tensor) -> Tensor:
    """Unit quaternions of rotation vectors ``[..., 3]``, in radians."""
    angle = turn.norm(dim=-1, keepdim=True)
    # torch.sinc is sin(πx)/πx, and 1 at zero.
    return torch.cat([(angle / 2).cos(), turn / 2 * torch.sinc(angle / (2 * torch.pi))], -1)


def logarithm(quaternion: Tensor) -> Tensor:
    """The inverse of `exponential`, the short way round."""
    quaternion = torch.where(quaternion[..., :1] < 0, -quaternion, quaternion)
    sine = quaternion[..., 1:].norm(dim=-1, keepdim=True)
    angle = 2 * torch.atan2(sine, quaternion[..., :1])
    return quaternion[..., 1:] * torch.where(sine > 1e-7, angle / sine.clamp(min=1e-7), 2.0)


def conjugate(quaternion: Tensor) -> Tensor:
    """The rotation back."""
    return torch.cat([quaternion[..., :1], -quaternion[..., 1:]], -1)


def turned(matrix: Tensor, vector: Tensor) -> Tensor:
    """Vectors ``[..., 3]`` of a body's frame in the world's."""
    return (matrix * vector[..., None, :]).sum(-1)


def turned_back(matrix: Tensor, vector: Tensor) -> Tensor:
    """Vectors ``[..., 3]`` of the world's frame in a body's."""
    return (matrix * vector[..., :, None]).sum(-2)


@dataclass(frozen=True, eq=False)
class Bodies:
    """Objects as rounded boxes: ``position`` ``[..., 3]``, ``turn`` ``[..., 3, 3]``, ``core`` ``[..., 3]`` half extents
    within the rounding, and ``radius`` ``[...]`` of it: a ball is all rounding, a box has none. Metres."""

    position: Tensor
    turn: Tensor
    core: Tensor
    radius: Tensor

    def __getitem__(self, key: object) -> Bodies:
        return Bodies(self.position[key], self.turn[key], self.core[key], self.radius[key])

    @property
    def extent(self) -> Tensor:
        """Half extents ``[..., 3]`` along the world's axes."""
        return turned(self.turn.abs(), self.core) + self.radius[..., None]


def gathered(values: Tensor, index: Tensor) -> Tensor:
    """Rows ``[B, M, K, ...]`` of ``values`` ``[B, N, ...]`` at ``index`` ``[B, M, K]``."""
    batch, count = values.shape[:2]
    offset = torch.arange(batch, device=values.device)[:, None, None] * count
    rows = values.flatten(0, 1).index_select(0, (index + offset).flatten())
    return rows.reshape(*index.shape, *values.shape[2:])


def surface(point: Tensor, half: Tensor) -> tuple[Tensor, Tensor]:
    """Signed distance ``[...]`` and outward normal ``[..., 3]`` of boxes at points of their own frames ``[..., 3]``."""
    away = point - torch.minimum(torch.maximum(point, -half), half)
    outside = away.norm(dim=-1)
    depth, face = (half - point.abs()).min(-1)
    out = torch.where(point < 0, -1.0, 1.0) * (face[..., None] == torch.arange(3, device=point.device))
    is_out = outside > 1e-7
    normal = torch.where(is_out[..., None], away / outside.clamp(min=1e-7)[..., None], out)
    return torch.where(is_out, outside, -depth), normal


def neighbours(bodies: Bodies, exists: Tensor, movers: int, count: int) -> tuple[Tensor, Tensor, Tensor]:
    """The ``count`` objects nearest to each of the first ``movers`` of ``[B, N]`` bodies.

    Returns their places ``[B, M, K]``, lower bounds of the gaps in metres, and which are within `RADIUS`.
    """
    one, other = bodies[:, :movers, None], bodies[:, None]
    aside = (one.position - other.position).abs() - one.extent - other.extent
    boxes = aside.clamp(min=0).norm(dim=-1) + aside.amax(-1).clamp(max=0)
    # Many points of one frame at a time are turned by products of matrices, which are much faster.
    local = ((one.position - other.position).transpose(1, 2) @ bodies.turn).transpose(1, 2)
    middle, _ = surface(local, other.core)
    balls = middle - other.radius - one.core.norm(dim=-1) - one.radius
    gap = torch.maximum(boxes, balls)
    itself = torch.eye(movers, gap.shape[-1], dtype=torch.bool, device=gap.device)
    gap = gap.masked_fill(itself | ~exists[:, None], 1e3)
    gap, index = gap.topk(min(count, gap.shape[-1]), largest=False)
    return index, gap, gap < RADIUS


@dataclass(frozen=True, eq=False)
class Touch:
    """How points of one body lie over another's surface: signed ``distances`` ``[..., 9]`` in metres, and of those
    nearest the mean ``point`` and ``normal`` ``[..., 3]`` in the world's frame, the normal towards the first body."""

    distances: Tensor
    point: Tensor
    normal: Tensor


@cache
def _points(device: torch.device) -> Tensor:
    """Corners and middle ``[9, 3]`` of the cube from −1 to 1, kept, since a copy to a graphics card waits for it."""
    return torch.tensor([*itertools.product((-1.0, 1.0), repeat=3), (0.0, 0.0, 0.0)], device=device)


def touch(one: Bodies, other: Bodies) -> Touch:
    """Corners and middle of one body against the surface of another."""
    corners = _points(one.core.device) * one.core[..., None, :]
    points = corners @ one.turn.transpose(-1, -2) + one.position[..., None, :]
    distances, normals = surface((points - other.position[..., None, :]) @ other.turn, other.core[..., None, :])
    distances = distances - (one.radius + other.radius)[..., None]
    share = torch.softmax(-distances / SOFTNESS, -1)[..., None]
    point, normal = (share * points).sum(-2), turned(other.turn, (share * normals).sum(-2))
    return Touch(distances, point - normal * one.radius[..., None], normal)
