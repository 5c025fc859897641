"""What is looked at to judge a rollout: a strip of frames, and its events in words with the verdicts that there are."""

from __future__ import annotations

from pathlib import Path

from addon.patterns import Activation
from addon.patterns.library import patterns_by_uid, run
from addon.trace import Trace, TraceError

from .corpus import Label, Rollout
from .judging import Judged, judge
from .strips import Strip

FRAMES = {True: 22, False: 18}
"""Frames of a strip in a plane and in space."""

SHAPE = {True: (215, 6), False: (300, 4)}
"""Width of a frame in pixels and frames in a row, in a plane and in space."""

TELLING = ("axis", "direction")
"""Parameters besides bodies by which events of one kind at one time differ."""


def draw_sheet(rollout: Rollout, folder: Path) -> tuple[Path, str, list[Label]]:
    """Draw the strip as a PNG file into a folder; gives its path, the events, a line each, and `unlabelled`."""
    from PIL import Image  # Comes with matplotlib.

    trace = rollout.recipe.trace()
    strip = Strip(trace)
    pixels, columns = SHAPE[strip.planar]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{rollout.recipe.name}.png"
    Image.fromarray(strip.sheet(strip.spread(FRAMES[strip.planar]), pixels, columns)).save(path)
    return path, told(rollout, trace), unlabelled(rollout, trace)


def draw_event(rollout: Rollout, folder: Path, frame: int, bodies: list[int]) -> Path:
    """Draw the frames around an event near some bodies as a PNG file into a folder; gives its path.

    Raises TraceError for a frame or the number of a body that the run does not have.
    """
    from PIL import Image

    trace = rollout.recipe.trace()
    last = len(trace.position) - 1
    if not 0 <= frame <= last:
        raise TraceError(f"{rollout.recipe.name} has no frame {frame}: its frames are 0 to {last}")
    for body in bodies:
        if not 0 <= body < len(trace.bodies):
            raise TraceError(f"{rollout.recipe.name} has no body {body}: its bodies are 0 to {len(trace.bodies) - 1}")
    frames = [min(max(frame + step, 0), last) for step in (-24, -12, -6, -2, 0, 2, 6, 12, 24)]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{rollout.recipe.name}_{frame:04d}.png"
    Image.fromarray(Strip(trace).moment(frames, bodies, 180)).save(path)
    return path


def told(rollout: Rollout, trace: Trace) -> str:
    """Bodies with their numbers, each detection with its verdict, and the labelled events that were missed."""
    judged, missed = judge(rollout, run(trace))
    lines = [", ".join(f"{number} {name}" for number, name in enumerate(trace.bodies))]
    lines += [_line(one) for one in judged]
    lines += [f"missed    {one.first}-{one.last} {one.uid} {one.named}" for one in missed]
    return "\n".join(lines)


def unlabelled(rollout: Rollout, trace: Trace) -> list[Label]:
    """Labels, still ``unsure``, for the detections that nobody has judged where all had been."""
    return [_label(one.activation) for one in judge(rollout, run(trace))[0] if one.verdict == "new"]


def _label(activation: Activation) -> Label:
    kinds = patterns_by_uid()[activation.uid].parameters
    named = {
        name: value
        for name, value in activation.parameters.items()
        if value is not None and (kinds[name].kind == "body" or name in TELLING)
    }
    last = activation.frame if activation.end is None else activation.end
    return Label(uid=activation.uid, first=activation.frame, last=last, named=named, truth="unsure")


def _line(one: Judged) -> str:
    a = one.activation
    end = "" if a.end is None else f"-{a.end}"
    return f"{one.verdict:9} {a.frame}{end} {a.uid}: {a.description}"
