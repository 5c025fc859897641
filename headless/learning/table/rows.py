"""Rows of the table as videos: of whatever foretells a machine come pictures of 64 × 64 pixels at some frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from addon.perception.camera import Camera
from addon.perception.reading import linear

from ..errors import LearningError
from ..frames import Clip
from ..frames.caster import draw
from ..frames.drawn import SIDE
from ..slots.videos import movers_of
from .known import part
from .layers import SAMPLES

if TYPE_CHECKING:
    from ..graph.simulate import Simulator
    from ..rollouts import Rollouts

TOLD_APART = 24
"""A first picture whose colours are off by more of 255 on average than rounding makes them is of another machine."""


@dataclass(frozen=True, eq=False)
class Video:
    """Pictures of a machine at ``frames``, linear light ``[F, H, H, 3]``; by object which pixels are its slot's
    ``[F, H, H]``, where slots are to be measured in place of colours."""

    frames: tuple[int, ...]
    pictures: NDArray[np.float64]
    slots: Mapping[int, NDArray[np.bool_]] | None = None


Show = Callable[[Clip, Camera, tuple[int, ...]], "Video | None"]
"""The video of a machine, given as it truly is, at such of the wanted frames as there are; None for another machine."""


@dataclass(frozen=True, eq=False)
class Row:
    """A row by its name, with what is to be told of it, and its videos; ``read`` is off where another row has the same
    pictures."""

    name: str
    about: dict[str, Any]
    show: Show
    read: bool = True


def true_row() -> Row:
    """The machine as it truly is: what the instrument itself is off by."""
    return Row("true frames", {}, drawn)


def still_row() -> Row:
    """The first frame for ever: what keeps all volumes, and does nothing."""

    def show(clip: Clip, camera: Camera, frames: tuple[int, ...]) -> Video:
        first = drawn(clip, camera, (0,)).pictures
        return Video(tuple(frames), np.repeat(first, len(frames), 0))

    return Row("first frame, nothing moves", {}, show)


def clips_row(name: str, clips: Sequence[Clip]) -> Row:
    """Clips that were run in another way, by the machines' names."""
    by_name = {clip.name: clip for clip in clips}

    def show(clip: Clip, camera: Camera, frames: tuple[int, ...]) -> Video | None:
        other = by_name.get(clip.name)
        if other is None:
            return None
        if other.objects != clip.objects:
            raise LearningError(f"the clips of '{name}' hold another {clip.name}; make both of the same series")
        return drawn(other, camera, frames)

    return Row(name, {}, show)


def graph_row(simulator: Simulator, about: Mapping[str, Any]) -> Row:
    """A graph network's rollouts, drawn."""
    from ..graph.simulate import rollout

    def show(clip: Clip, camera: Camera, frames: tuple[int, ...]) -> Video:
        position, quaternion = rollout(simulator, clip, frames=max(frames) + 1)
        lit = clip.lit[np.minimum(np.arange(len(position)), len(clip) - 1)]
        return drawn(replace(clip, position=position, quaternion=quaternion, lit=lit), camera, frames)

    return Row("graph network", dict(about), show)


def rollouts_rows(made: Rollouts) -> list[Row]:
    """Videos that a network predicted; of slots twice, to be measured by colours and by their masks."""
    return [_rollouts_row(made, False), *([] if made.masks is None else [_rollouts_row(made, True)])]


def _rollouts_row(made: Rollouts, by_slot: bool) -> Row:
    places = {name: n for n, name in enumerate(made.names)}

    def show(clip: Clip, camera: Camera, frames: tuple[int, ...]) -> Video | None:
        if clip.name not in places:
            return None
        pictures = made.pictures[places[clip.name]]
        first = draw(part(clip, np.ones(len(clip.kind), bool)), camera, SIDE).color[0].numpy()
        if np.abs(first.astype(int) - pictures[0]).mean() > TOLD_APART:
            raise LearningError(
                f"the predicted video of {clip.name} begins with another picture; predict it of these clips"
            )
        kept = [(n, frame) for n, frame in enumerate(made.frames) if frame in set(frames)]
        chosen, slots = [n for n, _ in kept], None
        if by_slot and made.masks is not None:
            masks = made.masks[places[clip.name]][chosen]
            slots = {int(n): masks == k for k, n in enumerate(movers_of(clip, camera), 1)}
        return Video(tuple(frame for _, frame in kept), linear(pictures[chosen] / 255), slots)

    name = {"video": "video model", "slots": "slots"}.get(made.about["network"], made.about["network"])
    if (steps := made.about.get("steps")) is not None:
        name += f", {' + '.join(map(str, steps.values())) if isinstance(steps, dict) else steps} steps"
    return Row(name + (", by their masks" if by_slot else ""), made.about, show, read=not by_slot)


def joined(made: Sequence[Rollouts]) -> list[Rollouts]:
    """Files of one network that hold different machines as one. Raises LearningError where they do not go together."""
    found: dict[str, Rollouts] = {}
    for one in made:
        network = one.about["network"]
        if network not in found:
            found[network] = one
            continue
        other = found[network]
        if one.frames != other.frames or set(one.names) & set(other.names):
            raise LearningError(f"two files of '{network}' have other frames, or the same machines; give one of them")
        pictures = np.concatenate([other.pictures, one.pictures])
        masks = None if other.masks is None or one.masks is None else np.concatenate([other.masks, one.masks])
        found[network] = replace(other, names=other.names + one.names, pictures=pictures, masks=masks)
    return list(found.values())


def drawn(clip: Clip, camera: Camera, frames: tuple[int, ...]) -> Video:
    """A clip's pictures at those of the frames that it has."""
    return Video(*finely(clip, camera, frames)[:2])


@lru_cache(maxsize=6)
def finely(
    clip: Clip, camera: Camera, frames: tuple[int, ...]
) -> tuple[tuple[int, ...], NDArray[np.float64], NDArray[np.int16]]:
    """Frames that a clip has, their pictures, linear ``[F, H, H, 3]``, and the object of each ray ``[F, H, H, S²]``."""
    kept = tuple(frame for frame in frames if frame < len(clip))
    rays = draw(part(clip, np.ones(len(clip.kind), bool), kept), camera, SIDE * SAMPLES, samples=1)
    shape = (len(kept), SIDE, SAMPLES, SIDE, SAMPLES)
    pictures = linear(rays.color.numpy() / 255).reshape(*shape, 3).mean((2, 4))
    instance = rays.instance.numpy().reshape(shape).transpose(0, 1, 3, 2, 4).reshape(len(kept), SIDE, SIDE, SAMPLES**2)
    return kept, pictures, instance
