"""Plots of a trace as SVG text."""

from __future__ import annotations

import io
import warnings
from typing import Any

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.text import Text

from ..metrics import shape_iou, total_energy
from ..scene_graph import FloatArray
from ..trace import Trace, contact_intervals

SHOWN = 8
"""Bodies with a line of their own: those that move most."""

LANES = 24
"""Rows of the event timeline."""


def all_plots(trace: Trace) -> list[str]:
    """Height, speed, energy, volume and IoU over time, then the event timeline."""
    time = np.arange(len(trace.position)) / trace.meta.fps
    movers = _movers(trace)
    height, speed, volume = _quantities(trace, movers)
    plots = [
        _lines(trace, time, height, movers, "height (m)"),
        _lines(trace, time, speed, movers, "speed (m/s)"),
        _single(time[1:], total_energy(trace), "total energy (J)"),
        _lines(trace, time, volume, movers, "volume (% of the first)", (90.0, 110.0)),
        _lines(trace, time, shape_iou(trace)[:, movers], movers, "shape IoU", (0.0, 1.05)),
    ]
    return [*plots, timeline(trace)]


def _quantities(trace: Trace, bodies: list[int]) -> tuple[FloatArray, ...]:
    """Heights, speeds and volumes in % of the first, of some bodies, each ``[F, M]``."""
    first, found = trace.volume[0], []
    for stretch in trace.stretches():
        with np.errstate(invalid="ignore", divide="ignore"):
            volume = 100 * stretch.volume / first
        found.append(
            [stretch.position[:, bodies, 2], np.linalg.norm(stretch.velocity, axis=2)[:, bodies], volume[:, bodies]]
        )
    return tuple(np.concatenate(rows) for rows in zip(*found, strict=True))


def _movers(trace: Trace) -> list[int]:
    travelled = np.zeros(len(trace.bodies))
    for stretch in trace.stretches(before=1):
        travelled += np.nansum(np.linalg.norm(np.diff(stretch.position, axis=0), axis=2), axis=0)
    order = np.argsort(-travelled, kind="stable")[:SHOWN]
    return [int(i) for i in order if travelled[i] > 1e-3] or [int(i) for i in order[:1]]


def _lines(
    trace: Trace,
    time: FloatArray,
    values: FloatArray,
    movers: list[int],
    label: str,
    limits: tuple[float, float] | None = None,
) -> str:
    drawing, axes = figure(2.6)
    lines = [axes.plot(time, v, label=trace.bodies[j], linewidth=1.2)[0] for v, j in zip(values.T, movers, strict=True)]
    if limits is not None:
        axes.set_ylim(*limits)
    axes.legend(handles=lines, fontsize=7, ncols=4, loc="best", frameon=False)
    axes.set_xlabel("time (s)")
    axes.set_ylabel(label)
    return svg(drawing)


def _single(time: FloatArray, values: FloatArray, label: str) -> str:
    drawing, axes = figure(2.2)
    axes.plot(time, values, linewidth=1.2, color="tab:gray")
    axes.set_xlabel("time (s)")
    axes.set_ylabel(label)
    return svg(drawing)


def timeline(trace: Trace) -> str:
    """Lanes of contact intervals that begin in the run, and marks where properties and looks change."""
    lanes: list[tuple[str, list[tuple[float, float]], str]] = []
    fps = trace.meta.fps
    for (a, b), runs in contact_intervals(trace.contacts).items():
        if runs[0][0] > 0:
            spans = [(s / fps, max(e - s, 1) / fps) for s, e in runs]
            lanes.append((f"{trace.bodies[a]} / {trace.bodies[b]}", spans, "tab:blue"))
    changes: dict[str, list[tuple[float, float]]] = {}
    for event in trace.events:
        if event.uid in ("PropertyChanged", "LookChanged"):
            what = event.parameters.get("property", event.parameters.get("look"))
            name = f"{event.parameters['object_id']}.{what}"
            changes.setdefault(name, []).append((event.time, 2 / fps))
    lanes += [(name, spans, "tab:orange") for name, spans in sorted(changes.items())]
    lanes = sorted(lanes, key=lambda lane: (lane[1][0], lane[0]))[:LANES]
    drawing, axes = figure(0.8 + 0.22 * max(len(lanes), 1))
    for row, (_, spans, color) in enumerate(lanes):
        axes.broken_barh(spans, (row - 0.35, 0.7), color=color)
    axes.set_yticks(range(len(lanes)), [name for name, _, _ in lanes], fontsize=7)
    axes.set_xlim(0, max(len(trace.position) - 1, 1) / fps)
    axes.invert_yaxis()
    axes.set_xlabel("time (s): contacts (blue), changed properties and looks (orange)")
    return svg(drawing)


def figure(height: float) -> tuple[Figure, Any]:
    """A figure of a page's width and so many inches of height, with its axes."""
    drawing = Figure(figsize=(9, height), layout="constrained")
    axes = drawing.add_subplot()
    axes.grid(alpha=0.25)
    return drawing, axes


def svg(drawing: Figure) -> str:
    """The figure as an SVG element, names in it as they are; the salt keeps its ids the same in every run."""
    for words in drawing.findobj(Text):
        words.set_parse_math(False)  # Two dollar signs in a name are no formula.
    stream = io.StringIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # The reader's own fonts draw the text.
        warnings.filterwarnings("ignore", message="constrained_layout not applied")  # Where names take all the room.
        _save(drawing, stream)
    drawing.clear()  # What is in it goes round in circles, and would stay for long.
    text = stream.getvalue()
    return text[text.index("<svg") :]


def _save(drawing: Figure, stream: io.StringIO) -> None:
    with matplotlib.rc_context({"svg.hashsalt": "code-as-dynamics", "svg.fonttype": "none"}):
        drawing.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
