"""The dependency graph of a pattern library as a picture (Discovering High Level Patterns, Fig. 14)."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Mapping
from graphlib import TopologicalSorter

import matplotlib
from matplotlib.figure import Figure

Edges = Mapping[str, Iterable[str]]
"""For each node, those that it takes as input."""

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

    ``labels`` gives the words of a node, its name where there are none; ``marked`` nodes are filled. The same
    graph gives the same text. Raises graphlib.CycleError on a cycle.
    """
    layers = columns(edges)
    height = max((len(layer) for layer in layers), default=1)
    figure = Figure(figsize=(3.4 * max(len(layers), 1), 0.3 * height + 0.4), layout="constrained")
    axes = figure.add_subplot()
    axes.set_axis_off()
    axes.set_xlim(-0.45, max(len(layers), 1) - 0.55)
    axes.set_ylim(-0.7, height - 0.3)
    place = {
        node: (x, height - 1 - (row + 0.5) * height / len(layer) + 0.5)
        for x, layer in enumerate(layers)
        for row, node in enumerate(layer)
    }
    for node, (x, y) in place.items():
        fill = "#cfe3f7" if node in marked else "white"
        box = {"boxstyle": "round,pad=0.25", "facecolor": fill, "edgecolor": "#5b7083", "linewidth": 0.7}
        axes.text(x, y, labels.get(node, node), ha="center", va="center", fontsize=7, bbox=box, zorder=2)
    for node, inputs in edges.items():
        for name in sorted(inputs):
            _arrow(axes, place[name], place[node])
    return _svg(figure)


def _arrow(axes: matplotlib.axes.Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    style = {"arrowstyle": "-|>", "color": "#5b7083", "linewidth": 0.6, "connectionstyle": "arc3,rad=0.06"}
    axes.annotate("", (end[0] - 0.3, end[1]), (start[0] + 0.3, start[1]), arrowprops=style, zorder=1)


def _svg(figure: Figure) -> str:
    """The figure as an SVG element; the salt keeps its ids the same in every run."""
    stream = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": "code-as-dynamics", "svg.fonttype": "none"}):
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    text = stream.getvalue()
    return text[text.index("<svg") :]
