"""Rollouts of PHYRE, a public benchmark of physical puzzles in two dimensions, as foreign traces.

The file is JSON, plain or packed by gzip: ``meta.physics`` with the scale, and ``rollouts``, each with ``bodies``
(balls by ``radius``, the rest by convex ``polygons``, in pixels), ``frame_bodies`` (ids of those that move) and
``frames`` (``[x, y, angle]`` for each of these).

The simulator is Box2D, whose polygons have a skin of two times its linear slop of 5 mm; positions are rounded to three
decimals. The simulator's own contacts, if the file has any, are not taken over: they are not known for all of the run.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ...geometry.plane import Disc, Polygon, area, counterclockwise
from ...scene_graph import COLORS
from ..errors import TraceError
from ..model import Trace
from .read import read_record

SKIN = 0.01
"""Box2D's polygon radius in m."""

RESOLUTION = 0.001
"""Positions are rounded to this many pixels."""

DENSITY = 0.25
"""kg/m² of all bodies."""

VELOCITY_ITERATIONS = 15

SURFACE = {"friction": 0.5, "restitution": 0.2, "linear_damping": 0.0, "angular_damping": 0.01}
"""What PHYRE's bodies have in common."""

ROLES = {"action_ball": "actor", "goal_object": "goal_object", "goal_target": "goal_target"}


def read_rollouts(path: Path) -> Iterator[tuple[str, Trace]]:
    """The name and trace of each rollout in a file. Raises TraceError that says what is wrong in which rollout."""
    try:
        raw = path.read_bytes()
        record = json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
        physics, rollouts = record["meta"]["physics"], record["rollouts"]
        pixels, gravity = float(physics["px_per_m"]), float(physics["gravity_px_s2"])
    except (OSError, EOFError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise TraceError(f"{path} cannot be read: {error}") from None
    except (KeyError, TypeError) as error:
        raise TraceError(f"{path} holds no rollouts: meta.physics and rollouts are needed ({error})") from None
    names: set[str] = set()
    for number, rollout in enumerate(rollouts):
        name = str(rollout.get("id", number)) if isinstance(rollout, dict) else str(number)
        where = f"{path}: rollout {name}"
        if name in names or not re.fullmatch(r"\w[\w.-]*", name):
            raise TraceError(f"{where}: '{name}' is there twice or is no name for a folder")
        names.add(name)
        try:
            made = _foreign(rollout, name, pixels, gravity)
        except (KeyError, TypeError, ValueError, IndexError, ZeroDivisionError) as error:
            raise TraceError(f"{where}: {_missing(error)}") from None
        yield name, read_record(made, where)


def _missing(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _foreign(rollout: dict[str, Any], name: str, pixels: float, gravity: float) -> dict[str, Any]:
    """A rollout as `ForeignTrace` data."""
    moving = list(rollout["frame_bodies"])
    names = _names(rollout["bodies"])
    for number, frame in enumerate(rollout["frames"]):
        if len(frame) != len(moving):
            raise ValueError(f"frame {number} has {len(frame)} poses for {len(moving)} moving bodies")
    if unknown := [i for i in moving if i not in names]:
        raise ValueError(f"frame_bodies names the body {unknown[0]}, which there is not")
    return {
        "foreign_trace_version": 1,
        "title": f"{rollout.get('task_id', '')} {name}".strip(),
        "source": "PHYRE, Box2D",
        "dimensions": 2,
        "fps": 1.0 / rollout["dt"],
        "meters_per_unit": 1.0 / pixels,
        "gravity": [0.0, -gravity],
        "size": [rollout["width"], rollout["height"]] if "width" in rollout else None,
        "solver_iterations": VELOCITY_ITERATIONS,
        "touch": 0.0,
        "release": 0.0,
        "resolution": RESOLUTION,
        "bodies": [_body(body, names[body["id"]], body["id"] in moving, pixels) for body in rollout["bodies"]],
        "frames": [
            {names[i]: pose for i, pose in zip(moving, frame, strict=True)} for frame in _frames(rollout, moving)
        ],
        "events": [
            {
                "uid": "TaskComplete",
                "frame": rollout.get("phyre_stop_step", len(rollout["frames"]) - 1),
                "parameters": {"success": bool(rollout["solved"])},
            }
        ]
        if "solved" in rollout
        else [],
    }


def _names(bodies: list[dict[str, Any]]) -> dict[Any, str]:
    """A readable name for each id: colour, shape and the id."""
    names = {body["id"]: f"{body['color']} {body['shape']} {body['id']}" for body in bodies}
    if len(names) < len(bodies):
        ids = [body["id"] for body in bodies]
        raise ValueError(f"the id {next(i for i in ids if ids.count(i) > 1)} is there twice")
    return names


def _frames(rollout: dict[str, Any], moving: list[Any]) -> list[list[list[float]]]:
    """The poses of each frame; the start is told more exactly by the bodies themselves."""
    first, *others = rollout["frames"]
    bodies = {body["id"]: body for body in rollout["bodies"]}
    exact = [[*bodies[i]["pos"], bodies[i].get("angle", 0.0)] for i in moving]
    same = [np.allclose(e, pose, rtol=0, atol=RESOLUTION) for e, pose in zip(exact, first, strict=True)]
    return [[e if near else pose for e, near, pose in zip(exact, same, first, strict=True)], *others]


def _mass(body: dict[str, Any], pixels: float) -> float:
    """The mass in kg, which the file gives rounded: that of PHYRE's density where the two agree."""
    corners = [counterclockwise(np.array(p) / pixels) for p in body.get("polygons", ())]
    pieces = [Disc(np.zeros(2), body["radius"] / pixels)] if "radius" in body else [Polygon(c) for c in corners]
    exact = DENSITY * sum(map(area, pieces))
    given = float(body["mass"])
    return exact if abs(exact - given) < 1e-4 * given else given


def _body(body: dict[str, Any], name: str, moves: bool, pixels: float) -> dict[str, Any]:
    made: dict[str, Any] = {"id": name, "motion": "dynamic" if moves else "static", "semantic_class": body["shape"]}
    made |= SURFACE
    if "radius" in body:
        made["shapes"] = [{"type": "circle", "radius": body["radius"]}]
    else:
        made |= {"shapes": [{"type": "polygon", "vertices": p} for p in body["polygons"]], "skin": SKIN * pixels}
    if not moves:
        made["pose"] = [*body["pos"], body["angle"]]
    if moves and body.get("mass"):
        made["mass"] = _mass(body, pixels)
    if body["color"] in COLORS:
        made["color"] = body["color"]
    if body.get("role") in ROLES:
        made["tags"] = [ROLES[body["role"]]]
    return made
