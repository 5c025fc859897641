"""From the train split's graphs to the assemblies that recur in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from addon.scene_graph import Constraint, SceneGraph, SceneObject

from .kit import WIDE, Assembly, Joint, Kit, Member, Physics
from .poses import vector_of

ALONE = 3
"""How often an assembly stands alone in a bay before it may be the first of two in another."""
SAME = 0.95
"""Share of the examples in which two members have one colour, that are then of one colour."""
SPAN = 0.9
"""A wall that is at least so long as a side of the floor divides it."""

Bay = tuple[int, int]
"""Column and row."""


class _Layout:
    """The bays of a graph: what divides the floor, and what stands in each bay, in the graph's order."""

    def __init__(self, graph: SceneGraph) -> None:
        floor = next(one for one in graph.objects if one.semantic_class == "floor")
        size = np.array(floor.dimensions)
        walls = [one for one in graph.objects if one.semantic_class == "wall"]
        along = [one for one in walls if one.dimensions[0] >= SPAN * size[0]]
        across = [one for one in walls if one.dimensions[1] >= SPAN * size[1] and one not in along]
        low, high = np.array(floor.location) - size / 2, np.array(floor.location) + size / 2
        rows = [one for one in along if low[1] < one.location[1] < high[1]]
        columns = [one for one in across if low[0] < one.location[0] < high[0]]
        outer = [one for one in (*along, *across) if one not in rows and one not in columns]
        lamps = [one for one in graph.objects if one.semantic_class == "lamp"]
        self.frame = [floor, *outer, *sorted(rows, key=lambda one: one.location[1]), *columns, lamps[-1]]
        names = {one.name for one in self.frame}
        self.bays: dict[Bay, list[SceneObject]] = defaultdict(list)
        ys = [one.location[1] for one in sorted(rows, key=lambda one: one.location[1])]
        self.starts = [float(low[0]), *(float(one.location[0]) for one in columns)]
        thick = rows[0].dimensions[1] / 2 if rows else 0.0
        self.middles = middles(float(low[1]), float(high[1]), ys, thick)
        for one in graph.objects:
            if one.name not in names:
                column = int(np.searchsorted(self.starts[1:], one.location[0]))
                self.bays[column, int(np.searchsorted(ys, one.location[1]))].append(one)

    def origin(self, bay: Bay) -> NDArray[np.float64]:
        """Where a bay begins: its left wall, and the middle of its row."""
        return np.array([self.starts[bay[0]], self.middles[bay[1]], 0.0])


def middles(low: float, high: float, walls: Sequence[float], thick: float) -> list[float]:
    """Middles of the rows between ``low`` and ``high`` that walls at these places, of half a thickness, leave."""
    starts, ends = [low, *(y + thick for y in walls)], [*(y - thick for y in walls), high]
    return [(a + b) / 2 for a, b in zip(starts, ends, strict=True)]


class _Example:
    """Things that stand together in a graph, in the frame of their bay."""

    def __init__(
        self, graph: SceneGraph, things: Sequence[SceneObject], origin: NDArray[np.float64], shown: dict[str, int]
    ) -> None:
        self.things = tuple(things)
        places = {one.name: n for n, one in enumerate(things)}
        held = [one for one in graph.constraints if one.object1 in places and one.object2 in places]
        self.ends = tuple(Joint(first=places[one.object1], second=places[str(one.object2)]) for one in held)
        poses = [
            [*(np.array(one.location) - origin), *(np.array(one.dimensions) / 2), *vector_of(np.array(one.rotation))]
            for one in things
        ]
        self.vector = np.concatenate([np.ravel(poses), *(np.array(one.location) - origin for one in held)])
        self.shown = [shown.get(one.name, 0) for one in things]
        joints = [
            one.model_dump() | {"name": "joint", "object1": "", "object2": "", "location": (0, 0, 0)} for one in held
        ]
        self.physics = Physics(
            bodies=tuple(one.body for one in things), joints=tuple(Constraint.model_validate(one) for one in joints)
        )
        shapes = tuple(getattr(one.geometry, "kind", "") for one in things)
        ends = tuple((one.type, end.first, end.second) for one, end in zip(held, self.ends, strict=True))
        told = self.physics.model_dump_json()
        self.key: tuple[Any, ...] = (tuple(one.semantic_class for one in things), shapes, ends, told)

    @property
    def start(self) -> float:
        """Where its first member is along x."""
        return float(self.vector[0])

    def shifted(self, far: float) -> _Example:
        """Moved along x."""
        count = WIDE * len(self.things)
        self.vector[:count:WIDE] += far
        self.vector[count::3] += far
        return self


def learn(scenes: Sequence[tuple[SceneGraph, dict[str, int]]]) -> Kit:
    """The assemblies of graphs, each with the pixels that its objects show in its first picture, by their names."""
    layouts = [_Layout(graph) for graph, _ in scenes]
    alone = _alone(layouts)
    frames, firsts, pairs = [], list[tuple[int, _Example]](), list[tuple[_Example, _Example]]()
    for (graph, shown), layout in zip(scenes, layouts, strict=True):
        frame = _Example(graph, layout.frame, np.zeros(3), shown)
        frame.key = (len(layout.middles), len(layout.starts), *frame.key)
        frames.append(frame)
        for bay, things in layout.bays.items():
            origin, count = layout.origin(bay), _first(things, alone)
            firsts.append((bay[0], _Example(graph, things[:count], origin, shown)))
            if count < len(things):
                pairs.append((firsts[-1][1], _Example(graph, things[count:], origin, shown)))
    behind = _behind(firsts)
    first = _grouped([one.shifted(behind if column else 0.0) for column, one in firsts])
    far = _apart(pairs)
    second = _grouped([one.shifted(-one.start) for _, one in pairs])
    places = {key: n for n, key in enumerate(first)}
    parts = [_assembly(examples) for examples in first.values()]
    parts += [
        _assembly(examples, {places[before]: far[before, key] for before in places if (before, key) in far})
        for key, examples in second.items()
    ]
    return Kit(tuple(_assembly(examples) for examples in _grouped(frames).values()), tuple(parts), behind)


def _alone(layouts: Sequence[_Layout]) -> set[tuple[str, ...]]:
    """Classes of what stands in bays often enough."""
    found = Counter(_kinds(things) for layout in layouts for things in layout.bays.values())
    return {kinds for kinds, count in found.items() if count >= ALONE}


def _first(things: Sequence[SceneObject], alone: set[tuple[str, ...]]) -> int:
    """How many of the things of a bay are its first assembly: some that elsewhere stand alone, and all before the
    others along x."""
    for count in range(len(things) - 1, 0, -1):
        end = max(one.location[0] + one.dimensions[0] / 2 for one in things[:count])
        if _kinds(things[:count]) in alone and all(one.location[0] > end for one in things[count:]):
            return count
    return len(things)


def _kinds(things: Sequence[SceneObject]) -> tuple[str, ...]:
    return tuple(one.semantic_class for one in things)


def _behind(firsts: Sequence[tuple[int, _Example]]) -> float:
    """By how much further things stand from the left wall than from a wall within."""
    starts: dict[Any, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for column, one in firsts:
        starts[one.key][column > 0].append(one.start)
    both = [np.median(left) - np.median(within) for left, within in starts.values() if left and within]
    return round(float(np.median(both)), 3) if both else 0.0


def _apart(pairs: Sequence[tuple[_Example, _Example]]) -> dict[tuple[Any, Any], float]:
    """How far second assemblies are from first ones, for all pairs of their keys: a sum of what either adds."""
    first = sorted({one.key for one, _ in pairs})
    second = sorted({one.key for _, one in pairs})
    rows = np.zeros((len(pairs), len(first) + len(second)))
    for row, (one, other) in zip(rows, pairs, strict=True):
        row[first.index(one.key)] = row[len(first) + second.index(other.key)] = 1
    adds = np.linalg.lstsq(rows, np.array([other.start - one.start for one, other in pairs]), rcond=None)[0]
    return {
        (one, other): round(float(adds[n] + adds[len(first) + m]), 4)
        for n, one in enumerate(first)
        for m, other in enumerate(second)
    }


def _grouped(examples: Sequence[_Example]) -> dict[Any, list[_Example]]:
    found = defaultdict(list)
    for one in examples:
        found[one.key].append(one)
    return dict(sorted(found.items(), key=lambda item: str(item[0])))


def _assembly(examples: Sequence[_Example], follows: dict[int, float] | None = None) -> Assembly:
    return Assembly(
        tuple(_member(examples, n) for n in range(len(examples[0].things))),
        examples[0].ends,
        np.array([one.vector for one in examples], np.float32),
        examples[0].physics,
        follows,
    )


def _member(examples: Sequence[_Example], n: int) -> Member:
    of = [one.things[n] for one in examples]
    colors = np.array([_colors(one) for one in examples])
    alike = (colors == colors[:, n : n + 1]).all(-1).mean(0) >= SAME
    earlier = np.flatnonzero(alike[:n])
    fixed = bool((colors[:, n] == colors[0, n]).all(-1).mean() >= SAME)
    bodies = [one.body for one in of if one.body is not None]
    return Member(
        kind=of[0].semantic_class,
        ball=getattr(of[0].geometry, "kind", "") == "sphere",
        moves=any(body.type == "ACTIVE" or body.kinematic for body in bodies),
        colored_as=int(earlier[0]) if len(earlier) else None,
        color=tuple(colors[0, n].tolist()) if fixed else None,
        pixels=int(np.median([one.shown[n] for one in examples])),
    )


def _colors(example: _Example) -> list[tuple[float, float, float]]:
    return [(one.material.color if one.material else one.color)[:3] for one in example.things]
