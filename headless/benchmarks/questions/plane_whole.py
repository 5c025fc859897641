"""Questions about a whole run of a puzzle (Appendix C, A1 to A17), in our own words."""

from __future__ import annotations

import numpy as np

from addon.geometry.plane import Disc, Path, Piece, Polygon, nearest, pieces_of
from addon.scene_graph import plane_angle

from .facts import Facts, the_most
from .model import Template
from .slots import (
    PatternName,
    Window,
    bodies_of,
    colored,
    moving_colored,
    pairs,
    patterns,
    share,
    windows,
)

MOST_NAMES = 3
"""Names that are asked for at once, at most."""

CLEAR = 1.5
"""Units by which an object must lie on the line, or beside it."""

NEARER = {True: 3.0, False: 0.1}
"""By how much the nearest object must be nearer than the next, in units of a plane, and in m."""

BEGINNING = 0.05
"""Seconds from the start in which what touches is taken to have touched before."""


def touched_between(facts: Facts, a: str, window: Window) -> int | None:
    """How many bodies ``a`` touches between two times, if a little more or less time makes no difference."""
    found = {
        len(facts.touched(a, window.start - grown, window.end + grown)) for grown in (-facts.margin, 0, facts.margin)
    }
    return found.pop() if len(found) == 1 else None


def pattern_bodies(facts: Facts, pattern: PatternName) -> tuple[str, ...] | None:
    """All bodies that take part in a pattern."""
    annotation = facts.annotation
    found = set().union(*(bodies_of(annotation, a) for a in annotation.activations if a.uid == pattern.uid))
    return tuple(sorted(found)) if 1 <= len(found) <= MOST_NAMES else None


def closest(facts: Facts, a: str) -> str | None:
    """The body whose place is nearest to that of ``a`` at the start."""
    others = [n for n in facts.inner if n != a]
    place = facts.place[0]
    away = sorted((float(np.linalg.norm(place[facts.column(n)] - place[facts.column(a)])), n) for n in others)
    if not away or (len(away) > 1 and away[1][0] - away[0][0] < NEARER[facts.is_planar]):
        return None
    return away[0][1]


def blocking(facts: Facts, pair: tuple[str, str]) -> str | None:
    """What lies on the line between the places of two bodies at the start, "none" if nothing does."""
    a, b = pair
    ends = facts.place[0][[facts.column(a), facts.column(b)]][:, [0, 2]] * facts.unit
    along = ends[1] - ends[0]
    if not np.linalg.norm(along) > 0:
        return None
    side = np.array([-along[1], along[0]]) / np.linalg.norm(along) * 1e-6
    line: list[Piece] = [Polygon(np.array([ends[0] - side, ends[1] - side, ends[1] + side, ends[0] + side]))]
    here = Path(np.zeros((1, 2)), np.zeros(1))
    on = []
    for name in facts.inner:
        if name in pair:
            continue
        column = facts.column(name)
        x, _, z = facts.trace.position[0, column]
        there = Path(np.array([[x, z]]), np.array([plane_angle(facts.trace.quaternion[0, column].tolist())]))
        gap = _gap(line, here, pieces_of(facts.objects[name]), there) / facts.unit
        if abs(gap) < CLEAR:
            return None
        on += [name] * (gap < 0)
    return None if len(on) > 1 else on[0] if on else "none"


def _gap(line: list[Piece], here: Path, pieces: tuple[Piece, ...], there: Path) -> float:
    """How far a body is from a line in m, negative by how deep the line goes into it."""
    discs = [p for p in pieces if isinstance(p, Disc)]
    whole = float(nearest(line, here, pieces, there).distance[0])
    if not discs:
        return whole
    points = [_to_segment(there.place(d.center[None])[0, 0], line[0]) - d.radius for d in discs]
    return min(points)


def _to_segment(point: np.ndarray, line: Piece) -> float:
    """The distance of a point from a line."""
    assert isinstance(line, Polygon)
    start, end = line.vertices[0], line.vertices[1]
    along = end - start
    at = np.clip((point - start) @ along / (along @ along), 0.0, 1.0)
    return float(np.linalg.norm(point - start - at * along))


def farthest(facts: Facts) -> str | None:
    """The body that goes the longest way."""
    return _named_most(facts, [float(facts.travelled[facts.column(n)]) for n in facts.movable])


def fastest(facts: Facts) -> str | None:
    """The body with the greatest speed."""
    return _named_most(facts, [float(facts.speed[:, facts.column(n)].max()) for n in facts.movable])


def _named_most(facts: Facts, values: list[float]) -> str | None:
    best = the_most(values, least=2 * facts.threshold)
    return None if best is None or len(values) < 2 else facts.movable[best]


def first_met(facts: Facts, a: str) -> str | None:
    """What ``a`` touches first, if it touches nothing at the start."""
    begun = {n: hits[0] for n in facts.names if n != a and (hits := facts.hits(a, [n]))}
    order = sorted(begun, key=lambda n: begun[n])
    if not order:
        return "none"
    early = begun[order[0]] <= round(BEGINNING * facts.fps)
    close = len(order) > 1 and begun[order[1]] - begun[order[0]] < 3
    return None if early or close else order[0]


def touches_any(facts: Facts, a: str) -> float:
    """How long ``a`` touches anything."""
    return share(facts.touch(a, facts.names))


def touches_inner(facts: Facts, a: str) -> float:
    """How long ``a`` touches what is neither wall nor ground."""
    return share(facts.touch(a, facts.inner))


def touches_ground(facts: Facts, a: str) -> float | None:
    """How long ``a`` touches the ground."""
    return None if facts.ground is None else share(facts.touch(a, [facts.ground]))


def movers_touch(facts: Facts) -> float | None:
    """How long any two movable bodies touch."""
    if len(facts.movable) < 2:
        return None
    return share(np.any([facts.touch(n, facts.movable) for n in facts.movable], axis=0))


def flies(facts: Facts, a: str) -> float:
    """How long ``a`` touches nothing."""
    return share(~facts.touch(a, facts.names))


def something_moves(facts: Facts) -> float | None:
    """How long anything moves, if half or double the threshold makes no difference."""
    most, found, least = (share(facts.moves(times)) for times in (0.5, 1.0, 2.0))
    return found if most - least < 4.0 else None


def nothing_moves(facts: Facts) -> float | None:
    """How long nothing moves."""
    found = something_moves(facts)
    return None if found is None else round(100.0 - found, 1)


def pair_touches(facts: Facts, pair: tuple[str, str]) -> float:
    """How long two bodies touch each other."""
    return share(facts.touch(pair[0], [pair[1]]))


def touches_walls(facts: Facts, a: str) -> float:
    """How long ``a`` touches a wall, the ground left out."""
    return share(facts.touch(a, facts.walls))


def touches_fixed(facts: Facts, a: str) -> float:
    """How long ``a`` touches what stands fast within the scene."""
    return share(facts.touch(a, [n for n in facts.inner if n not in facts.movable]))


def _percent(number: int, text: str, answer: object, **slots: object) -> Template:
    return Template(id=f"A{number}", kind="percentage", text=text, answer=answer, slots=slots)  # type: ignore[arg-type]


A_BALL = {"a": moving_colored}

TEMPLATES: tuple[Template, ...] = (
    Template(
        id="A1",
        kind="count",
        text="How many different objects, walls and ground included, does {a} touch between {window}?",
        answer=touched_between,
        slots={"a": moving_colored, "window": windows},
    ),
    Template(
        id="A2",
        kind="names",
        text=f"Which objects, at most {MOST_NAMES}, take part in {{pattern}} in this run?",
        answer=pattern_bodies,
        slots={"pattern": patterns},
        tries=80,
    ),
    Template(
        id="A3",
        kind="name",
        text="Which object, walls and ground left out, is nearest to {a} at the start, measured between the places "
        "that the scene gives?",
        answer=closest,
        slots={"a": colored},
    ),
    Template(
        id="A4",
        kind="name",
        text="Which object lies on the straight line between the places of {pair[0]} and {pair[1]} at the start?",
        answer=blocking,
        slots={"pair": pairs},
    ),
    Template(id="A5", kind="name", text="Which object goes the longest way in all?", answer=farthest),
    Template(id="A6", kind="name", text="Which object reaches the greatest speed at any time?", answer=fastest),
    Template(id="A7", kind="name", text="Which object does {a} touch first?", answer=first_met, slots=A_BALL),
    _percent(
        8, "In what percentage of the frames does {a} touch anything, walls and ground included?", touches_any, **A_BALL
    ),
    _percent(
        9,
        "In what percentage of the frames does {a} touch any object that is neither a wall nor the ground?",
        touches_inner,
        **A_BALL,
    ),
    _percent(10, "In what percentage of the frames does {a} touch the ground?", touches_ground, **A_BALL),
    _percent(11, "In what percentage of the frames do any two objects that can move touch each other?", movers_touch),
    _percent(
        12,
        "In what percentage of the frames does {a} touch nothing at all, neither object, wall nor ground?",
        flies,
        **A_BALL,
    ),
    _percent(
        13, "In what percentage of the frames does at least one object move (faster than 1 unit/s)?", something_moves
    ),
    _percent(14, "In what percentage of the frames does no object move (faster than 1 unit/s)?", nothing_moves),
    _percent(
        15, "In what percentage of the frames do {pair[0]} and {pair[1]} touch each other?", pair_touches, pair=pairs
    ),
    _percent(
        16,
        "In what percentage of the frames does {a} touch the left, the right or the top wall?",
        touches_walls,
        **A_BALL,
    ),
    _percent(
        17,
        "In what percentage of the frames does {a} touch a fixed object that is neither a wall nor the ground?",
        touches_fixed,
        **A_BALL,
    ),
)
