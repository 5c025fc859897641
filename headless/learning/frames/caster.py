"""Casting rays at boxes and balls: colours, instances and depth, on a graphics card or without one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from addon.perception.camera import Camera
from addon.perception.light import AMBIENT, BACKGROUND, TO_SUN

from .clips import BALL, Clip

NOTHING = -1
"""The instance of a pixel that shows nothing."""
AT_ONCE = 60_000_000
"""Pairs of rays and objects cast at a time."""


@dataclass(frozen=True, eq=False)
class Pictures:
    """T square pictures: ``color`` uint8 sRGB ``[T, H, H, 3]``, ``instance`` int16 ``[T, H, H]`` (an object's place, or
    `NOTHING`), ``depth`` in metres ``[T, H, H]``, infinite at nothing."""

    color: Tensor
    instance: Tensor
    depth: Tensor


def draw(
    clip: Clip, camera: Camera, size: int, frames: slice = slice(None), *, samples: int = 2, shaded: bool = True,
    device: str | torch.device = "cpu",
) -> Pictures:  # fmt: skip
    """Draw frames of a clip, ``size`` pixels wide, with ``samples``² rays a pixel for its colour.

    Instances and depth are those of the pixel's middle where ``samples`` is odd, else of the next ray up and left.
    Without ``shaded`` each surface has its own colour, as in Workbench's flat light.
    """

    def put(array: np.ndarray) -> Tensor:
        return torch.as_tensor(np.ascontiguousarray(array), device=device, dtype=torch.float32)

    position, shown = put(clip.position[frames]), put(clip.shown[frames])
    turn = matrices(put(clip.quaternion[frames]))
    half, ball = put(clip.half), (clip.shape == BALL).tolist()
    rays, eye = put(camera.rays(size * samples)).reshape(-1, 3), put(camera.eye)
    step = max(1, AT_ONCE // (len(rays) * len(half)))
    parts = [
        _cast(position[k : k + step], turn[k : k + step], half, ball, shown[k : k + step], eye, rays, shaded)
        for k in range(0, len(position), step)
    ]
    color, instance, depth = (torch.cat([part[n] for part in parts]) for n in range(3))
    wide = size * samples
    color = color.reshape(-1, size, samples, size, samples, 3).mean((2, 4))
    pick = (samples - 1) // 2
    middles = [
        one.reshape(-1, wide, wide)[:, pick::samples, pick::samples] for one in (instance.to(torch.int16), depth)
    ]
    return Pictures((encoded(color) * 255).round().to(torch.uint8), middles[0], middles[1])


def matrices(quaternion: Tensor) -> Tensor:
    """Rotations ``[..., 3, 3]`` of unit quaternions ``wxyz`` ``[..., 4]``."""
    w, x, y, z = quaternion.unbind(-1)
    rows = (
        1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
        2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
        2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y),
    )  # fmt: skip
    return torch.stack(rows, -1).reshape(*quaternion.shape[:-1], 3, 3)


def encoded(linear: Tensor) -> Tensor:
    """Linear light in 0 to 1 as sRGB."""
    return torch.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear.clamp(min=1e-8) ** (1 / 2.4) - 0.055)


def _cast(
    position: Tensor,
    turn: Tensor,
    half: Tensor,
    ball: list[bool],
    shown: Tensor,
    eye: Tensor,
    rays: Tensor,
    shaded: bool,
) -> tuple[Tensor, Tensor, Tensor]:
    """Linear colours ``[T, R, 3]``, instances and depths ``[T, R]`` of the first thing that each ray hits."""
    count, objects = position.shape[:2]
    best = torch.full((count, len(rays)), torch.inf, device=rays.device)
    who = torch.full((count, len(rays)), NOTHING, device=rays.device, dtype=torch.int64)
    # For all objects at once, since asking the graphics card how many rays there are takes as long as casting them.
    hopeful = torch.stack([_near(position[:, n], half[n], eye, rays) for n in range(objects)])
    places = hopeful.nonzero()[:, 1].split(hopeful.sum(1).tolist())
    for n, near in enumerate(places):
        # In the object's own frame it is the unit cube or ball.
        origin = torch.einsum("tij,ti->tj", turn[:, n], eye - position[:, n]) / half[n]
        along = torch.einsum("tij,ri->trj", turn[:, n], rays[near]) / half[n]
        hit = _unit_ball(origin, along) if ball[n] else _unit_cube(origin, along)
        closer = hit < best[:, near]
        best[:, near] = torch.where(closer, hit, best[:, near])
        who[:, near] = torch.where(closer, n, who[:, near])
    nothing = who == NOTHING
    seen = who.clamp(min=0)
    color = torch.gather(shown, 1, seen[..., None].expand(-1, -1, 3))
    if shaded:
        color = color * _light(position, turn, half, ball, eye, rays, seen, best)[..., None]
    return torch.where(nothing[..., None], BACKGROUND, color), who, best


def _near(position: Tensor, half: Tensor, eye: Tensor, rays: Tensor) -> Tensor:
    """Which rays ``[R]`` may hit an object at some of its positions ``[T, 3]``: they meet a ball around it."""
    to = position - eye
    along = torch.nn.functional.normalize(rays, dim=-1) @ to.T
    away = to.square().sum(-1) - along.square()
    return (away <= half.square().sum() * 1.001).any(1)


def _unit_cube(origin: Tensor, along: Tensor) -> Tensor:
    """Where rays ``[T, R, 3]`` from points ``[T, 3]`` enter the cube from −1 to 1; infinite where they do not."""
    inverse = 1 / torch.where(along.abs() < 1e-9, 1e-9, along)
    first, second = (-1 - origin[:, None]) * inverse, (1 - origin[:, None]) * inverse
    enter, leave = torch.minimum(first, second).amax(-1), torch.maximum(first, second).amin(-1)
    return torch.where((enter <= leave) & (enter > 0), enter, torch.inf)


def _unit_ball(origin: Tensor, along: Tensor) -> Tensor:
    a, b = along.square().sum(-1), torch.einsum("ti,tri->tr", origin, along)
    c = origin.square().sum(-1)[:, None] - 1
    under = b * b - a * c
    enter = (-b - under.clamp(min=0).sqrt()) / a
    return torch.where((under >= 0) & (enter > 0), enter, torch.inf)


def _light(
    position: Tensor,
    turn: Tensor,
    half: Tensor,
    ball: list[bool],
    eye: Tensor,
    rays: Tensor,
    seen: Tensor,
    best: Tensor,
) -> Tensor:
    """How bright each ray's surface is: Lambert's law for one sun, and some light from everywhere."""

    def pick(values: Tensor) -> Tensor:
        places = seen.reshape(*seen.shape, *[1] * (values.dim() - 2)).expand(-1, -1, *values.shape[2:])
        return torch.gather(values, 1, places)

    point = eye + rays * torch.where(best.isinf(), 0, best)[..., None]
    frame = pick(turn)
    local = torch.einsum("trij,tri->trj", frame, point - pick(position)) / half[seen]
    face = torch.zeros_like(local).scatter_(-1, local.abs().argmax(-1, keepdim=True), 1.0) * local.sign()
    normal = torch.where(torch.tensor(ball, device=rays.device)[seen][..., None], local / half[seen], face)
    normal = torch.nn.functional.normalize(torch.einsum("trij,trj->tri", frame, normal), dim=-1)
    sun = torch.nn.functional.normalize(torch.tensor(TO_SUN, device=rays.device), dim=0)
    return AMBIENT + (1 - AMBIENT) * (normal @ sun).clamp(min=0)
