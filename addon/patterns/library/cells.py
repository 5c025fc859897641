"""Where bodies go on a coarse grid, and which of two is higher."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from ...scene_graph import FloatArray
from ..findings import finding
from ..model import Activation, Finding, Parameter, Pattern, a_body, one_of
from ..observation import Observation
from ..spells import flips

CELLS = 10
"""Cells along the longest side of the scene, or of a plane's field."""

BORDER = 0.05
"""How far a body must be inside a new cell to be in it, in cells."""

PATH_LENGTH = 3
"""Fewest transitions of a path."""

PATH_PAUSE = 4.0
"""Longest pause between the transitions of a path, in time scales."""

LEVEL = 0.1
"""How much higher a body must be to be above another, in length scales."""

IN_PICTURE = {"north": "up", "south": "down", "east": "right", "west": "left"}
HEADINGS = (("west", "", "east"), ("south", "", "north"), ("down", "", "up"))


@dataclass(frozen=True, eq=False)
class Grid:
    """``axes`` ``[D, 3]`` to the east, north and up, or of a plane to the east (x) and north (up in the picture), the
    grid's lower corner ``low`` ``[D]`` along them, and the ``edge`` of its cells, both in m."""

    axes: FloatArray
    low: FloatArray
    edge: float

    @classmethod
    def of(cls, o: Observation) -> Grid:
        """Ten cells along the longest side of the scene, which depend on the scene alone, so that its runs share them.

        The scene is the field of a plane whose size is known (the paper's 256 units make cells of 25.6), else the box
        around all origins at the start, widened on each side by the length scale.
        """
        plane = o.trace.scene.world.plane
        axes = o.axes if plane is None else np.eye(3)[[0, 2]]
        if plane is not None and plane.size is not None:
            return cls(axes, np.zeros(2), max(plane.size) * plane.meters_per_unit / CELLS)
        start = o.position[0, o.present[0]] @ axes.T
        if not len(start):
            start = np.zeros((1, len(axes)))
        low, high = start.min(axis=0) - o.scales.length, start.max(axis=0) + o.scales.length
        return cls(axes, low, float((high - low).max() / CELLS))

    def places(self, position: FloatArray) -> FloatArray:
        """Positions ``[..., 3]`` in m in cells ``[..., D]``."""
        return np.asarray((position @ self.axes.T - self.low) / self.edge)


def cell_transition(o: Observation) -> list[Finding]:
    """A body passes into another cell of the grid."""
    movable = np.flatnonzero(o.movable)
    place = Grid.of(o).places(o.position[:, movable])
    cells = np.floor(np.nan_to_num(place))
    inside = np.abs(place - cells - 0.5) < 0.5 - BORDER
    inside[0] = True
    frames = np.arange(o.frames)[:, None, None]
    held = np.maximum.accumulate(np.where(inside, frames, 0), axis=0)
    cells = np.take_along_axis(cells, held, axis=0).astype(np.int64)
    there = o.present[:, movable]
    changed = (np.diff(cells, axis=0) != 0).any(axis=2) & there[1:] & there[:-1]
    found = []
    for before, column in zip(*np.nonzero(changed), strict=True):
        name, old, new = o.bodies[movable[column]], cells[before, column], cells[before + 1, column]
        way = heading(new - old)
        text = f"{name} goes {way} into cell {_cell(new)}."
        found.append(finding(before + 1, text, object=name, source=old, target=new, heading=way))
    return found


def heading(step: FloatArray) -> str:
    """A step ``[D]`` to the east, north and, in space, up in words: ``east``, ``north-east up``, ``down``."""
    east, north, *up = (words[int(np.sign(s)) + 1] for words, s in zip(HEADINGS, step, strict=False))
    return " ".join(filter(None, ("-".join(filter(None, (north, east))), *up)))


def _cell(cell: FloatArray) -> str:
    return "(" + ", ".join(str(int(c)) for c in cell) + ")"


def cell_path(o: Observation) -> list[Finding]:
    """Transitions of one body that follow each other without a long pause."""
    by_body: dict[str, list[Activation]] = {}
    for transition in o.activations("CellTransition"):
        by_body.setdefault(transition.parameters["object"], []).append(transition)
    found = []
    for name, transitions in by_body.items():
        for path in _without_pause(transitions, o.steps(PATH_PAUSE)):
            if len(path) < PATH_LENGTH:
                continue
            cells = [path[0].parameters["source"], *(step.parameters["target"] for step in path)]
            ways = [path[0].parameters["heading"]]
            ways += [
                b.parameters["heading"] for a, b in pairwise(path) if a.parameters["heading"] != b.parameters["heading"]
            ]
            taken = o.position[path[0].frame - 1 : path[-1].frame + 1, o.trace.index(name)]
            length = o.unit.length(float(np.nansum(np.linalg.norm(np.diff(taken, axis=0), axis=1))))
            text = f"{name} goes {_way(ways, o.trace.scene.world.plane is not None)}, {length} in all."
            found.append(finding(path[0].frame, text, end=path[-1].frame, object=name, path=cells, headings=ways))
    return found


def _way(ways: list[str], is_plane: bool) -> str:
    """Headings in words; of a plane those of its picture, and stairs of two headings as one way."""
    if is_plane:
        ways = [" to the ".join(IN_PICTURE[word] for word in way.split("-")) for way in ways]
    kinds = sorted(set(ways), key=lambda way: (way not in ("up", "down"), way))
    if len(ways) > 2 and len(kinds) == 2:
        is_slope = kinds[0] in ("up", "down") and not kinds[1].startswith(("up", "down"))
        return " to the ".join(kinds) if is_slope else f"{' and '.join(kinds)} in turn"
    return ", then ".join(f"to the {way}" if way in ("left", "right") else way for way in ways)


def _without_pause(transitions: list[Activation], longest: int) -> list[list[Activation]]:
    paths = [transitions[:1]]
    for before, after in pairwise(transitions):
        if after.frame - before.frame > longest:
            paths.append([])
        paths[-1].append(after)
    return paths


def vertical_order_flip(o: Observation) -> list[Finding]:
    """Of two bodies, the lower one becomes the higher one."""
    pairs = _compared(o)
    if not pairs:
        return []
    first, second = np.array(sorted(pairs)).T
    found = []
    for column, frame in zip(*flips(o.height[:, first] - o.height[:, second], LEVEL * o.scales.length), strict=True):
        after = o.height[frame:, first[column]] - o.height[frame:, second[column]]
        a, b = (first, second) if after[np.flatnonzero(after)[0]] > 0 else (second, first)
        name, other = o.bodies[a[column]], o.bodies[b[column]]
        found.append(finding(frame, f"{name} gets above {other}.", object=name, other=other))
    return found


def _compared(o: Observation) -> set[tuple[int, int]]:
    """Pairs of movable bodies that touch at some time, and of bodies with roles."""
    t = o.touches
    both = o.movable[t.a] & o.movable[t.b]
    pairs = set(zip(t.a[both].tolist(), t.b[both].tolist(), strict=True))
    cast = sorted({role for role in (o.actor, o.goal_object, o.goal_target) if role is not None})
    return pairs | {(i, k) for i in cast for k in cast if i < k}


CELL = (
    "cell: whole numbers to the east, north and up, in a plane to the east and north, in a grid of ten cells along the "
    "longest side"
)
WAYS = tuple(heading(np.array(step)) for step in product((-1, 0, 1), repeat=3) if any(step))

PATTERNS = (
    Pattern(
        uid="CellTransition",
        label="grid cell transition",
        description="A body passes from one cell of a coarse grid over the scene to another.",
        phrase="{object} goes {heading:any way} into another cell of the grid",
        parameters={
            "object": a_body("the body"),
            "source": Parameter(f"the old {CELL}", "cell"),
            "target": Parameter("the new cell", "cell"),
            "heading": one_of(
                "compass words of the step: east is +x and north +y where gravity is along -z; in a plane north is up",
                *WAYS,
            ),
        },
        find=cell_transition,
    ),
    Pattern(
        uid="CellPath",
        label="cell transitions create pattern",
        description="A body changes from one cell of the grid to the next at least three times without a long pause.",
        phrase="{object} passes through several cells of the grid",
        aliases=("grid cell path",),
        parameters={
            "object": a_body("the body"),
            "path": Parameter(f"each {CELL}", "cells"),
            "headings": Parameter("compass words of the way", "choices", WAYS),
        },
        find=cell_path,
        requires=("CellTransition",),
    ),
    Pattern(
        uid="VerticalOrderFlip",
        label="vertical order flip",
        description="Of two bodies that can move and touch, or that have roles, the lower one becomes the higher one.",
        phrase="{object} gets higher than {other}, which was higher before",
        parameters={"object": a_body("the body that is higher now"), "other": a_body("the body that was")},
        find=vertical_order_flip,
    ),
)
