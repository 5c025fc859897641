"""PHYRE's tasks as puzzles: of its package's compiled file (``tasks.bin.lzma``), or of a file of its rollouts (JSON).

The compiled file is a TaskCollection of thrift (phyre/interface of the package, Apache-2.0). Of its tiers only one-ball
tasks are taken: green is to touch blue. Goals that never move are purple there; here they are blue as all goals are.

Rollouts are those that `addon.trace.foreign` reads. The ball that somebody placed is left out and, where it solved the
task, is the puzzle's solution; of several rollouts of a task there is one puzzle.
"""

from __future__ import annotations

import gzip
import json
import lzma
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import starmap
from pathlib import Path
from typing import Any

import numpy as np

from addon.geometry.plane import counterclockwise

from .actions import Action
from .errors import PuzzleError
from .scene import SIZE, Point, Role, Shape, Thing, walls
from .task import Task
from .thrift import Record, ThriftError, read_struct

TIER = "BALL"
TOUCHING = 6

SHAPES: dict[int, Shape] = {1: "ball", 2: "bar", 3: "jar", 4: "standingsticks"}
COLORS = {1: "red", 2: "green", 3: "blue", 4: "blue", 5: "gray", 6: "black", 7: "red"}

KNOWN = frozenset(COLORS.values())

FARTHEST, SMALLEST = 1e5, 1e-3
"""Largest coordinates and least radius of bodies in pixels: far from what Box2D's single precision cannot hold."""

CORNERS = 8
"""Corners of a polygon that Box2D takes, at most."""

LARGEST = 2**28
"""Bytes of a file once unpacked, at most."""


@dataclass(frozen=True)
class Collection:
    """The one-ball tasks of a file, in its order, and how many of each other tier were left out."""

    tasks: tuple[Task, ...]
    left_out: dict[str, int] = field(default_factory=dict)


def read_phyre(path: Path) -> Collection:
    """The tasks of a file. Raises PuzzleError that says what is wrong, and with which body of which task."""
    data = _unpacked(path)
    collection = _rollouts(data, path) if data[:1] in (b"{", b"[") else _compiled(data, path)
    if not collection.tasks:
        raise PuzzleError(f"{path} holds no one-ball task")
    twice = [name for name, count in Counter(task.id for task in collection.tasks).items() if count > 1]
    if twice:
        raise PuzzleError(f"{path}: task {twice[0]} is there twice")
    return collection


def _unpacked(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
        if raw[:2] == b"\x1f\x8b":
            data = gzip.decompress(raw)
        elif raw[:6] == b"\xfd7zXZ\0" or raw[:3] == b"\x5d\0\0":
            unpacker = lzma.LZMADecompressor()
            data = unpacker.decompress(raw, LARGEST)
            if not unpacker.eof:
                raise PuzzleError(f"{path} is cut off, or larger than {LARGEST >> 20} MiB")
        else:
            data = raw
    except (OSError, EOFError, gzip.BadGzipFile, lzma.LZMAError) as error:
        raise PuzzleError(f"{path} cannot be read: {error}") from None
    return data


def _told(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _named(where: str, make: Callable[..., Any], *given: Any) -> Any:
    """What a function makes of a part of a file. Raises PuzzleError that says which part cannot be used, and why."""
    try:
        return make(*given)
    except PuzzleError as error:
        raise PuzzleError(f"{where}, {error}" if str(error).startswith("body") else f"{where}: {error}") from None
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError) as error:
        raise PuzzleError(f"{where}: {_told(error)}") from None


# The compiled file; numbers are ids of thrift's fields.


def _compiled(data: bytes, path: Path) -> Collection:
    try:
        records = read_struct(data).get(1)
    except ThriftError as error:
        raise PuzzleError(f"{path} holds no tasks of PHYRE: {error}") from None
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise PuzzleError(f"{path} holds no tasks of PHYRE: there is no list of tasks")
    tiers = Counter(str(record.get(9, "without a tier")) for record in records)
    ours = [(number, record) for number, record in enumerate(records) if record.get(9) == TIER]
    tasks = [_named(f"{path}: task {record.get(1, number)}", _task, record) for number, record in ours]
    return Collection(tuple(tasks), {tier: count for tier, count in sorted(tiers.items()) if tier != TIER})


def _task(record: Record) -> Task:
    scene = record[2]
    if (scene.get(3), scene.get(4)) != (SIZE, SIZE):
        raise ValueError(f"a scene of {scene.get(3)} × {scene.get(4)} pixels; {SIZE:g} × {SIZE:g} are needed")
    if record[5] != [TOUCHING]:
        raise ValueError(f"the relation {record[5]}; only touching, [{TOUCHING}], is known")
    things = [_named(f"body {k}", _body, body) for k, body in enumerate(scene[1])]
    return _with_goal(record[1], things, record[3], record[4])


def _with_goal(name: str, things: Sequence[Thing], one: int, other: int) -> Task:
    """The task, with the roles of the two bodies that are to touch. Walls of the scene are those of every puzzle."""
    if not re.fullmatch(r"\w{1,40}(:\w{1,40})?", str(name)):
        raise ValueError("its name is not such as 00003:017")
    if one == other or not (0 <= one < len(things) and 0 <= other < len(things)):
        raise ValueError(f"the goal names the bodies {one} and {other} of {len(things)}")
    roles: dict[int, Role] = {one: "goal_object", other: "goal_target"}
    first = len(walls()) if _walled(things) else 0
    if min(one, other) < first:
        raise ValueError(f"the goal names the body {min(one, other)}, which is a wall of the scene")
    own = (replace(thing, role=roles.get(k, "")) for k, thing in enumerate(things))
    return Task(str(name), str(name).partition(":")[0], tuple(own)[first:])


def _walled(things: Sequence[Thing]) -> bool:
    """Whether the things begin with the walls around a scene, as PHYRE's do."""
    ours = walls()
    return len(things) >= len(ours) and all(starmap(_alike, zip(ours, things, strict=False)))


def _alike(one: Thing, other: Thing) -> bool:
    return (one.x, one.y, one.angle, *map(set, one.polygons)) == (
        other.x,
        other.y,
        other.angle,
        *map(set, other.polygons),
    )


def _body(record: Record) -> Thing:
    place, shapes = record[1], record[4]
    if record[2] not in (1, 2):
        raise ValueError(f"the body type {record[2]}; 1 (static) and 2 (dynamic) are known")
    circles = [shape[2][1] for shape in shapes if 2 in shape]
    polygons = [[(corner[1], corner[2]) for corner in shape[1][1]] for shape in shapes if 1 in shape]
    return _thing(
        SHAPES.get(record.get(6, 0)),
        (place[1], place[2], record.get(3, 0.0)),
        circles,
        polygons,
        dynamic=record[2] == 2,
        color=COLORS.get(record.get(5, 6), "black"),
    )


def _thing(
    shape: Shape | None,
    pose: tuple[float, float, float],
    circles: Sequence[float],
    polygons: Sequence[Sequence[Point]],
    *,
    dynamic: bool,
    color: str,
) -> Thing:
    """A body by its shapes. Raises ValueError for what Box2D could not make of them."""
    if len(circles) + bool(polygons) != 1:
        raise ValueError("neither one circle nor polygons")
    if not all(abs(number) <= FARTHEST for number in (*pose, *circles)) or not all(r >= SMALLEST for r in circles):
        raise ValueError(f"a place or angle is no number up to {FARTHEST:g} px, or a radius not from {SMALLEST:g} px")
    for number, polygon in enumerate(polygons):
        if problem := _problem(polygon):
            raise ValueError(f"polygon {number} {problem}")
    kind: Shape = shape or ("ball" if circles else "bar" if dynamic else "wall")
    corners = tuple(tuple((float(x), float(y)) for x, y in polygon) for polygon in polygons)
    x, y, angle = map(float, pose)
    radius = float(circles[0]) if circles else None
    return Thing(kind, x, y, angle, radius, corners, dynamic, color=color)


def _problem(polygon: Sequence[Point]) -> str | None:
    """Why Box2D takes no polygon of these corners, or None."""
    corners = np.array(polygon, dtype=np.float64).reshape(-1, 2)
    if not 3 <= len(corners) <= CORNERS:
        return f"has {len(corners)} corners; 3 to {CORNERS} are needed"
    if not (np.abs(corners) <= FARTHEST).all():
        return f"has a corner that is no number up to {FARTHEST:g} px"
    corners = counterclockwise(corners)
    edges = np.roll(corners, -1, axis=0) - corners
    following = np.roll(edges, -1, axis=0)
    turns = edges[:, 0] * following[:, 1] - edges[:, 1] * following[:, 0]
    (x, y), (to_x, to_y) = corners.T, np.roll(corners, -1, axis=0).T
    if abs(np.sum(x * to_y - y * to_x)) < 1e-6:
        return "has no area"
    if (turns <= 0).any() or np.abs(np.sum(np.arctan2(turns, np.sum(edges * following, axis=1)))) > 6.5:
        return "is not convex"
    return None


# Rollouts as JSON.


def _rollouts(data: bytes, path: Path) -> Collection:
    try:
        rollouts = json.loads(data)["rollouts"]
    except (UnicodeDecodeError, ValueError, RecursionError, KeyError, TypeError) as error:
        raise PuzzleError(f"{path} holds no rollouts: {_told(error)}") from None
    if not isinstance(rollouts, list):
        raise PuzzleError(f"{path} holds no rollouts: there is no list of them")
    found: dict[str, Task] = {}
    for number, rollout in enumerate(rollouts):
        name = rollout.get("task_id", number) if isinstance(rollout, dict) else number
        task = _named(f"{path}: task {name}", _of_rollout, rollout)
        if task.id not in found or found[task.id].solution is None:
            found[task.id] = task
    return Collection(tuple(found.values()))


def _of_rollout(rollout: dict[str, Any]) -> Task:
    bodies = [body for body in rollout["bodies"] if body.get("role") != "action_ball"]
    placed = [body for body in rollout["bodies"] if body.get("role") == "action_ball"]
    ids = [body["id"] for body in bodies]
    goal = rollout["goal"]
    if goal.get("relation") != "TOUCHING":
        raise ValueError(f"the relation {goal.get('relation')}; only TOUCHING is known")
    for number in (goal["body1"], goal["body2"]):
        if number not in ids:
            raise ValueError(f"the goal names a body {number!r}, which there is not")
    things = [_named(f"body {body['id']}", _of_json, body) for body in bodies]
    task = _with_goal(rollout["task_id"], things, ids.index(goal["body1"]), ids.index(goal["body2"]))
    if not rollout.get("solved") or len(placed) != 1:
        return task
    ball = _named("the placed ball", _of_json, {"shape": "ball", "color": "red", "dynamic": True, **placed[0]})
    return replace(task, solution=Action(ball.x, ball.y, ball.radius))


def _of_json(body: dict[str, Any]) -> Thing:
    known: dict[str, Shape] = {shape: shape for shape in SHAPES.values()}
    if not isinstance(body["dynamic"], bool):
        raise ValueError(f"dynamic is {body['dynamic']!r}, and must be true or false")
    if len(body["pos"]) != 2:
        raise ValueError(f"pos is {body['pos']!r}, and must be x and y")
    return _thing(
        known.get(body["shape"]),
        (*body["pos"], body.get("angle", 0.0)),
        [body["radius"]] if "radius" in body else [],
        body.get("polygons", []),
        dynamic=body["dynamic"],
        color=body["color"] if body["color"] in KNOWN else "blue" if body["color"] == "purple" else "black",
    )
