"""Whether a machine did what it should, by its frames: they are read, what is read is followed, its trace is judged.

Each reading is given to the object of the machine that is nearest of those that look alike; what is not read stays
where it was. The first frame is known. Of the trace that comes of it contacts are found as of any other trace of poses,
only with more tolerance, and lamps that are read as on or off have turned.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from addon.geometry.contacts import ContactDetector
from addon.geometry.evaluated import EvaluatedState
from addon.geometry.matrices import mean_velocities
from addon.perception.camera import Camera
from addon.perception.classes import CLASSES, FPS
from addon.perception.reading import Found
from addon.rewards import judge_all, parse
from addon.scene_graph import StepState
from addon.trace import ContactColumns, Event, Trace, TraceMeta, collision_events
from addon.trace.contact_recorder import ContactRecorder

from ...benchmarks.physibench.generate import generate, size_of
from ...benchmarks.physibench.machine import Machine
from ..errors import LearningError
from ..frames import Clip, camera_of
from ..frames.caster import encoded
from ..frames.clips import Split
from ..perception.evaluate import read_many
from ..perception.network import unfolded
from ..training import Report, load_weights
from .known import FIXED
from .rows import Row

SIDE = 128
"""Pixels of the pictures that the reading network is trained on; smaller ones are enlarged."""
AT_ONCE = 16
EVERY = 5
"""Frames of a video from one that is read to the next."""
TOUCH, RELEASE = 0.06, 0.12
"""Gaps in metres at which contacts of readings begin and end."""
JUMP = 2.0
"""Metres that a thing moves at most from one frame that is read to the next."""
ALIKE = 0.3
"""By how much a colour may differ in a channel."""
NOISE = 0.08
"""Metres within which a thing that is read elsewhere has not moved."""

Reader = Callable[[NDArray[np.float64], Camera], "list[list[Found]]"]
"""Reads pictures in linear light ``[F, H, H, 3]`` of a camera."""


def reader_of(weights: Path) -> Reader:
    """The trained network as a reader. Raises LearningError for a file that holds none."""
    values, about = load_weights(weights)
    network = unfolded(values, about).eval()

    def read(pictures: NDArray[np.float64], camera: Camera) -> list[list[Found]]:
        found: list[list[Found]] = []
        for part in enlarged(pictures, SIDE).split(AT_ONCE):
            none = torch.zeros(len(part), dtype=torch.bool)
            found += read_many(network, part, torch.zeros_like(part), none, camera, about["threshold"])
        return found

    return read


def logic(clips: Sequence[Clip], rows: Sequence[Row], read: Reader, report: Report = print) -> list[dict[str, Any]]:
    """Of each row how many machines' assertions all hold (``logic``), and what share of them do (``assertions``), by
    frames up to the machines' own end; and the same of the true poses at the same times, at last.

    A row without videos of any machine has None. Raises LearningError for clips of machines that are not published.
    """
    held: list[list[list[bool]]] = [[] for _ in range(len(rows) + 1)]
    for number, clip in enumerate(clips):
        machine, camera = machine_of(clip), camera_of(clip)
        frames = tuple(range(0, round(machine.steps * FPS / machine.graph.world.fps) + 1, EVERY))
        for row, kept in zip(rows, held, strict=False):
            video = row.show(clip, camera, frames) if row.read else None
            if video is not None and video.frames == frames:
                kept.append(judged(machine, clip, read(video.pictures, camera)))
        at = list(frames)
        exact = trace_of(machine, clip, clip.position[at], clip.quaternion[at], clip.lit[at])
        held[-1].append(_verdicts(machine, exact))
        report(f"read the frames of {number + 1} of {len(clips)} machines")
    return [
        {
            "read": len(one),
            "logic": round(float(np.mean([all(each) for each in one])), 3) if one else None,
            "assertions": round(float(np.mean([np.mean(each) for each in one])), 3) if one else None,
        }
        for one in held
    ]


def machine_of(clip: Clip) -> Machine:
    """The published machine that a clip is of. Raises LearningError."""
    found = {one.name: one for one in _machines(clip.seed, clip.split)}
    if clip.name not in found:
        raise LearningError(f"{clip.name} is no published machine, so that nothing is known of what it should do")
    return found[clip.name]


@cache
def _machines(seed: int, split: Split) -> tuple[Machine, ...]:
    return tuple(generate(size_of(seed, split), seed, split=split))


def judged(machine: Machine, clip: Clip, found: Sequence[Sequence[Found]]) -> list[bool]:
    """Which of the machine's assertions hold by what was read of its frames ``EVERY`` apart, the first being known."""
    return _verdicts(machine, trace_of(machine, clip, *followed(clip, found)))


def _verdicts(machine: Machine, trace: Trace) -> list[bool]:
    return [one.held for one in judge_all([parse(text, False) for text in machine.assertions], trace)]


def followed(
    clip: Clip, found: Sequence[Sequence[Found]]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Positions ``[F, N, 3]``, quaternions ``[F, N, 4]`` and what is lit ``[F, N]`` of a clip's objects by readings."""
    position = np.repeat(clip.position[:1].astype(float), len(found), 0)
    quaternion = np.repeat(clip.quaternion[:1].astype(float), len(found), 0)
    lit = np.repeat(clip.lit[:1], len(found), 0)
    free = np.flatnonzero(~np.isin(clip.kind, [CLASSES.index(name) for name in FIXED]))
    for at in range(1, len(found)):
        position[at], quaternion[at], lit[at] = position[at - 1], quaternion[at - 1], lit[at - 1]
        for n, one in _pairs(clip, free, position[at], found[at]):
            lit[at, n] = one.lit
            if np.linalg.norm(one.position - position[at, n]) > NOISE:
                position[at, n], quaternion[at, n] = one.position, one.quaternion
    return position, quaternion, lit


def _pairs(
    clip: Clip, free: NDArray[np.int64], position: NDArray[np.float64], found: Sequence[Found]
) -> list[tuple[int, Found]]:
    if not found or not len(free):
        return []
    away = np.linalg.norm(np.array([one.position for one in found]) - position[free][:, None], axis=-1)
    kind = np.array([CLASSES.index(one.kind) for one in found]) != clip.kind[free][:, None]
    hue = np.array([one.color / max(one.color.max(), 1e-6) for one in found])
    own = clip.color[free] / clip.color[free].max(-1, keepdims=True).clip(1e-6)
    unlike = np.abs(hue - own[:, None]).max(-1)
    wrong = (away > JUMP) | (unlike > ALIKE)
    cost = np.where(wrong, 1e3, away + kind + unlike)
    rows, columns = linear_sum_assignment(cost)
    return [(int(free[n]), found[k]) for n, k in zip(rows, columns, strict=True) if cost[n, k] < 1e3]


def trace_of(
    machine: Machine, clip: Clip, position: NDArray[Any], quaternion: NDArray[Any], lit: NDArray[np.bool_]
) -> Trace:
    """A trace of poses ``EVERY`` frames apart, with contacts and events."""
    position, quaternion = position.astype(float), quaternion.astype(float)
    fps = FPS / EVERY
    world = machine.graph.world.model_copy(update={"fps": fps})
    scene = machine.graph.model_copy(update={"world": world})
    velocity, spin = mean_velocities(position, quaternion, 1 / fps)
    there = np.ones(position.shape[:2], bool)
    meta = TraceMeta(
        title=machine.name, contacts="found from poses that were read", fps=fps, substeps=1, seed=0,
        steps=len(position) - 1, engine="read from pictures", scene=scene,
    )  # fmt: skip
    trace = Trace(
        meta, clip.objects, there, position, quaternion, np.ones_like(position), velocity, spin,
        np.ones(position.shape[:2]), ContactColumns.empty(), [],
    )  # fmt: skip
    trace.contacts = _contacts(trace)
    trace.events = sorted([*collision_events(trace), *_switched(machine, clip, lit, fps)], key=lambda e: e.frame)
    return trace


def _contacts(trace: Trace) -> ContactColumns:
    names = trace.scene.names
    places = [names.index(name) for name in trace.bodies]
    whole = [(np.array(o.location), np.array(o.rotation)) for o in trace.scene.objects]
    start, turn = np.array([one[0] for one in whole]), np.array([one[1] for one in whole])
    states = []
    for k in range(len(trace.position)):
        position, quaternion = start.copy(), turn.copy()
        position[places], quaternion[places] = trace.position[k], trace.quaternion[k]
        still = np.zeros_like(position)
        states.append(EvaluatedState.of(StepState(k, position, quaternion, still + 1, still, still)))
    present = np.ones((len(states), len(names)), bool)
    recorder = ContactRecorder(np.array(places))
    for k, contacts in enumerate(ContactDetector(trace.scene, TOUCH, RELEASE).update_all(states, present)):
        recorder.add(k, contacts)
    return recorder.finish()


def _switched(machine: Machine, clip: Clip, lit: NDArray[np.bool_], fps: float) -> list[Event]:
    events = []
    for n, name in enumerate(clip.objects):
        if not isinstance(machine.graph.object(name).properties.get("on"), bool):
            continue
        for frame in (np.flatnonzero(lit[1:, n] != lit[:-1, n]) + 1).tolist():
            told = {"object_id": name, "property": "on", "old": bool(lit[frame - 1, n]), "new": bool(lit[frame, n])}
            events.append(Event(uid="PropertyChanged", frame=frame, time=frame / fps, parameters=told))
    return events


def enlarged(pictures: NDArray[np.float64], side: int) -> torch.Tensor:
    """Linear pictures ``[F, H, H, 3]`` as the network reads them, uint8 sRGB ``[F, 3, side, side]``."""
    coded = encoded(torch.from_numpy(pictures).float()).movedim(-1, 1)
    wide = torch.nn.functional.interpolate(coded, (side, side), mode="bilinear", align_corners=False)
    return (wide.clamp(0, 1) * 255).round().to(torch.uint8)
