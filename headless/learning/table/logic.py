"""Whether a machine did what it should, by its frames: its things are followed, and the trace of that is judged.

Of what pictures show, the assertions are judged: a number that is counted has no looks, and nor has a lamp out of view.
Of the poses contacts are found as of any other trace, with more tolerance. Between two frames neither the time of a
contact nor that of a lamp is known: contacts are told at the frame that shows them, what turns on or off at the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from addon.geometry.contacts import ContactDetector
from addon.geometry.evaluated import EvaluatedState
from addon.geometry.matrices import mean_velocities
from addon.perception.classes import FPS
from addon.rewards import Node, judge_all, parse
from addon.scene_graph import StepState
from addon.trace import ContactColumns, Event, Trace, TraceMeta, collision_events
from addon.trace.contact_recorder import ContactRecorder

from ...benchmarks.physibench.generate import generate, size_of
from ...benchmarks.physibench.machine import Machine
from ..errors import LearningError
from ..frames import Clip, camera_of
from ..frames.clips import Split
from ..training import Report
from .follow import follow
from .known import part
from .rows import Row

TOUCH, RELEASE = 0.06, 0.12
"""Gaps in metres at which contacts of things that are followed begin and end."""


def logic(clips: Sequence[Clip], rows: Sequence[Row], report: Report = print) -> list[dict[str, Any]]:
    """Of each row how many machines' assertions all hold (``logic``), and what share of them do (``assertions``), by
    frames up to the machines' own end; and the same of the true poses at the same times, at last.

    A row without videos of any machine has None. Raises LearningError for clips of machines that are not published.
    """
    held: list[list[list[bool]]] = [[] for _ in range(len(rows) + 1)]
    for number, clip in enumerate(clips):
        machine, camera, first = machine_of(clip), camera_of(clip), part(clip, np.ones(len(clip.kind), bool))
        frames = tuple(range(round(machine.steps * FPS / machine.graph.world.fps) + 1))
        asked = shown(machine, clip)
        known: dict[bytes, list[bool]] = {}
        for row, kept in zip(rows, held, strict=False):
            video = row.show(clip, camera, frames) if row.read else None
            if video is None or video.frames != frames:
                continue
            looks = video.pictures.tobytes()
            if looks not in known:
                known[looks] = judged(asked, trace_of(machine, clip, *follow(first, camera, video.pictures)))
            kept.append(known[looks])
        at = list(frames)
        exact = trace_of(machine, clip, clip.position[at], clip.quaternion[at], clip.lit[at])
        held[-1].append(judged(asked, exact))
        report(f"followed what moves in {number + 1} of {len(clips)} machines")
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


def shown(machine: Machine, clip: Clip) -> list[Node]:
    """The machine's assertions that its pictures can show."""
    seen = np.abs(camera_of(clip).project(clip.position[0].astype(float))[:, :2]).max(-1) < 1
    hidden = {name for name, one in zip(clip.objects, seen, strict=True) if not one}

    def can(told: dict[str, Any]) -> bool:
        return "property" not in told or (told["property"] == "on" and told.get("object_id") not in hidden)

    asked = [parse(text, False) for text in machine.assertions]
    return [one for one in asked if all(can(told) for told in _parameters(one))]


def _parameters(node: Node) -> Iterable[dict[str, Any]]:
    """Of all events that an assertion is about."""
    for one in fields(node):
        value = getattr(node, one.name)
        if one.name.endswith("params"):
            yield dict(value)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Node):
                yield from _parameters(inner)


def judged(asked: Sequence[Node], trace: Trace) -> list[bool]:
    """Which assertions hold of a trace."""
    return [one.held for one in judge_all(asked, trace)]


def trace_of(
    machine: Machine, clip: Clip, position: NDArray[Any], quaternion: NDArray[Any], lit: NDArray[np.bool_]
) -> Trace:
    """A trace of poses at `FPS`, with contacts and events."""
    position, quaternion = position.astype(float), quaternion.astype(float)
    world = machine.graph.world.model_copy(update={"fps": FPS})
    scene = machine.graph.model_copy(update={"world": world})
    velocity, spin = mean_velocities(position, quaternion, 1 / FPS)
    there = np.ones(position.shape[:2], bool)
    meta = TraceMeta(
        title=machine.name, contacts="found from poses that were read", fps=FPS, substeps=1, seed=0,
        steps=len(position) - 1, engine="read from pictures", scene=scene,
    )  # fmt: skip
    trace = Trace(
        meta, clip.objects, there, position, quaternion, np.ones_like(position), velocity, spin,
        np.ones(position.shape[:2]), ContactColumns.empty(), [],
    )  # fmt: skip
    trace.contacts = _contacts(trace)
    trace.events = sorted([*collision_events(trace), *_switched(machine, clip, lit)], key=lambda e: e.frame)
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


def _switched(machine: Machine, clip: Clip, lit: NDArray[np.bool_]) -> list[Event]:
    events, last = [], len(lit) - 1
    for n, name in enumerate(clip.objects):
        if not isinstance(machine.graph.object(name).properties.get("on"), bool):
            continue
        for frame in (np.flatnonzero(lit[1:, n] != lit[:-1, n]) + 1).tolist():
            told = {"object_id": name, "property": "on", "old": bool(lit[frame - 1, n]), "new": bool(lit[frame, n])}
            then = min(frame + 1, last)
            events.append(Event(uid="PropertyChanged", frame=then, time=then / FPS, parameters=told))
    return events
