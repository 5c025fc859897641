"""From machines to clips: each runs under its own script, and what is seen of it is kept."""

from __future__ import annotations

import numpy as np

from addon.perception.classes import CLASSES, FPS
from addon.scene_graph import Primitive, SceneObject
from addon.trace import Trace

from ...benchmarks.physibench.machine import Machine
from .clips import BALL, BOX, Clip


def clip_of(machine: Machine, trace: Trace) -> Clip:
    """What is to be seen of a machine's recorded run. Raises ValueError for what is neither box nor ball."""
    objects = [machine.graph.object(name) for name in trace.bodies]
    frames = np.arange(0, len(trace.position), round(trace.meta.fps / FPS))
    quaternion = trace.quaternion[frames]
    return Clip(
        machine.name,
        machine.split or "train",
        machine.seed,
        trace.bodies,
        np.array([_shape(one) for one in objects], dtype=np.uint8),
        np.array([np.array(one.extents) / 2 for one in objects], dtype=np.float32),
        np.array([one.material.color[:3] if one.material else one.color[:3] for one in objects], dtype=np.float32),
        np.array([CLASSES.index(one.semantic_class) for one in objects], dtype=np.int64),
        trace.masses > 0,
        trace.position[frames].round(4).astype(np.float32),
        quaternion.round(5).astype(np.float32),
        _lit(trace, objects, frames),
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
