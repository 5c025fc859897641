"""The dependency graph of a pattern library as a picture (Discovering High Level Patterns, Fig. 14)."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Mapping
from graphlib import TopologicalSorter

import matplotlib
from matplotlib.figure import Figure

Edges = Mapping[str, Iterable[str]]
"""For each node, those that it takes as input."""

ALONE = 3
"""Patterns without an arrow in a row, at least."""

SWEEPS = 8
"""Passes that order each column by its neighbours; more changed no picture of the library."""


def columns(edges: Edges) -> list[list[str]]:
    """Nodes in columns, each right of all its inputs, ordered so that few edges cross.

    A node without inputs and without dependents is in the first column. Raises graphlib.CycleError on a cycle.
    """
    depth: dict[str, int] = {}
    for node in TopologicalSorter(edges).static_order():
        depth[node] = max((depth[name] + 1 for name in edges.get(node, ())), default=0)
    found: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node in sorted(depth):
        found[depth[node]].append(node)
    near: dict[str, set[str]] = {node: set(edges.get(node, ())) for node in depth}
    for node, inputs in edges.items():
        for name in inputs:
            near[name].add(node)
    for sweep in range(SWEEPS):
        place = {node: row / len(column) for column in found for row, node in enumerate(column)}
        for column in found if sweep % 2 else reversed(found):
            column.sort(key=lambda node: (_mean([place[name] for name in near[node]], place[node]), node))
            place |= {node: row / len(column) for row, node in enumerate(column)}
    return found


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def dependency_svg(edges: Edges, labels: Mapping[str, str], marked: Collection[str] = ()) -> str:
    """The graph as an SVG element: arrows go from a pattern to those that take it as input.

    Patterns without any arrow stand below. ``labels`` gives the words of a node, its name where there are none;
    ``marked`` nodes are filled. The same graph gives the same text. Raises graphlib.CycleError on a cycle.
    """
    joined = {name for node, inputs in edges.items() if inputs for name in (node, *inputs)}
    layers = columns({node: inputs for node, inputs in edges.items() if node in joined})
    alone = sorted(set(edges) - joined, key=lambda node: labels.get(node, node))
    width = max(len(layers), ALONE)
    rows = max((len(layer) for layer in layers), default=0)
    place = {
        node: (float(x), -(row + 0.5) * rows / len(layer))
        for x, layer in enumerate(layers)
        for row, node in enumerate(layer)
    }
    place |= {node: (float(i % width), -rows - 1.0 - i // width) for i, node in enumerate(alone)}
    height = rows + 1.0 + len(alone) / width
    figure = Figure(figsize=(3.2 * width, 0.32 * (height + 1)), layout="constrained")
    axes = figure.add_subplot()
    axes.set_axis_off()
    axes.set_xlim(-0.5, width - 0.5)
    axes.set_ylim(-height - 0.5, 0.5)
    boxes = {}
    for node, at in place.items():
        fill = "#cfe3f7" if node in marked else "white"
        style = {"boxstyle": "round,pad=0.25", "facecolor": fill, "edgecolor": "#5b7083", "linewidth": 0.7}
        text = axes.text(
            *at, labels.get(node, node), ha="center", va="center", fontsize=8, bbox=style, parse_math=False
        )
        boxes[node] = text.get_bbox_patch()
    for node, inputs in edges.items():
        for name in sorted(inputs):
            ends = {"patchA": boxes[name], "patchB": boxes[node], "shrinkA": 1, "shrinkB": 1}
            style = {"arrowstyle": "-|>", "color": "#5b7083", "linewidth": 0.7, **ends}
            axes.annotate("", place[node], place[name], arrowprops=style, zorder=4)
    return _svg(figure)


def _svg(figure: Figure) -> str:
    """The figure as an SVG element; the salt keeps its ids the same in every run."""
    stream = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": "code-as-dynamics", "svg.fonttype": "none"}):
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    text = stream.getvalue()
    return text[text.index("<svg") :]
