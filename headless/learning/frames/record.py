"""From machines to clips: each runs under its own script, and what is seen of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from addon.perception.classes import CLASSES, FPS
from addon.scene_graph import Primitive, SceneObject
from addon.trace import Trace

from ...benchmarks.physibench.machine import Machine
from .clips import BALL, BOX, Clip


def clip_of(machine: Machine, trace: Trace) -> Clip:
    """What is to be seen of a machine's recorded run. Raises ValueError for what is neither box nor ball."""
    objects = [machine.graph.object(name) for name in trace.bodies]
    frames = np.arange(0, len(trace.position), round(trace.meta.fps / FPS))
    return _clip(
        machine,
        objects,
        trace.masses > 0,
        trace.position[frames],
        trace.quaternion[frames],
        _lit(trace, objects, frames),
    )


def still_of(machine: Machine) -> Clip:
    """A machine before it runs: a clip of one frame. Raises ValueError for what is neither box nor ball."""
    objects = machine.graph.objects
    return _clip(
        machine,
        objects,
        np.array([one.body is not None and one.body.type == "ACTIVE" for one in objects]),
        np.array([[one.location for one in objects]]),
        np.array([[one.rotation for one in objects]]),
        np.array([[one.properties.get("on") is not False for one in objects]]),
    )


def _clip(
    machine: Machine,
    objects: Sequence[SceneObject],
    moves: NDArray[np.bool_],
    position: NDArray[Any],
    quaternion: NDArray[Any],
    lit: NDArray[np.bool_],
) -> Clip:
    return Clip(
        machine.name,
        machine.split or "train",
        machine.seed,
        tuple(one.name for one in objects),
        np.array([_shape(one) for one in objects], dtype=np.uint8),
        np.array([np.array(one.extents) / 2 for one in objects], dtype=np.float32),
        np.array([one.material.color[:3] if one.material else one.color[:3] for one in objects], dtype=np.float32),
        np.array([CLASSES.index(one.semantic_class) for one in objects], dtype=np.int64),
        moves,
        position.round(4).astype(np.float32),
        quaternion.round(5).astype(np.float32),
        lit,
    )


def _shape(thing: SceneObject) -> int:
    if not isinstance(thing.geometry, Primitive) or thing.geometry.kind not in ("cube", "sphere"):
        raise ValueError(f"{thing.name} is neither a box nor a ball: only these can be drawn here")
    return BALL if thing.geometry.kind == "sphere" else BOX


def _lit(trace: Trace, objects: list[SceneObject], frames: np.ndarray) -> np.ndarray:
    """Which objects ``[T, N]`` are not off."""
    lit = np.ones((len(frames), len(objects)), dtype=bool)
    for n, thing in enumerate(objects):
        if isinstance(on := thing.properties.get("on"), bool):
            lit[:, n] = on
            for event in trace.events:
                held = event.parameters
                if event.uid == "PropertyChanged" and (held["object_id"], held["property"]) == (thing.name, "on"):
                    lit[frames >= event.frame, n] = bool(held["new"])
    return lit
