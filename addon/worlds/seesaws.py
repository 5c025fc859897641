"""Seesaws: what comes down on one end, and what is flung from the other."""

from __future__ import annotations

import math

from ..scene_graph import FloatArray
from ..scene_graph.base import Vec3
from .acting import Acting
from .library import entry_of
from .manifest import Happening, Manifest
from .things import ENDS

DROPPING = ("fall", "bounce", "jump", "hit", "topple", "push")
"""What sends up who is on the other end of a seesaw."""

TIPS = 0.25
"""In how many s the end of a seesaw comes down."""

TILT = 0.8
"""How far down the end of a seesaw comes, as a share of its height."""

UPWARD: Vec3 = (0.5, 0.0, 5.0)
"""How fast in m/s what a seesaw flings leaves it."""


def is_seesaw(manifest: Manifest, name: str) -> bool:
    """Whether a subject is a board that bears others at its ends."""
    subject = manifest.subject(name)
    return set(ENDS) <= set(entry_of(subject.thing).make(**subject.parameters).anchors)


def struck_seesaw(manifest: Manifest, happening: Happening) -> int | None:
    """The number of the happening before another one in which something else comes down on a seesaw."""
    before = manifest.happenings[: manifest.happenings.index(happening)]
    struck = (
        n
        for n, h in enumerate(before)
        if h.does in DROPPING and h.who != happening.who and h.to is not None and is_seesaw(manifest, h.to)
    )
    return next(struck, None)


def is_flung(manifest: Manifest, happening: Happening) -> bool:
    """Whether something waits until another comes down on a seesaw."""
    before = manifest.happenings[happening.after] if happening.after is not None else None
    return before is not None and before.to is not None and is_seesaw(manifest, before.to)


def aim(acting: Acting, name: str) -> FloatArray:
    """Where in the world ``[3]`` what is thrown at a subject comes to: its middle, or the left end of a seesaw."""
    target = acting.first(name)
    return target.pose.place(target.thing.form.anchors[ENDS[0]].at) if target.thing.seesaws else target.box.middle


def tipping(acting: Acting, name: str, seesaw: str) -> list[str]:
    """The rules by which a thing that comes down on the left end of a seesaw turns it; none for what is no seesaw."""
    board = acting.first(seesaw)
    if not board.thing.seesaws:
        return []
    high, half = float(board.thing.form.anchors["axle"].at[2]), float(board.thing.size[0]) / 2
    angle = round(math.degrees(math.asin(min(TILT * high / half, 1.0))), 1)
    turns = f"turn {board.thing.bodies[0]} by {-angle:g} degrees about {board.thing.turns_about} within {TIPS:g} s"
    return [f"When {name} touches {board.thing.bodies[0]}, {turns}"]
