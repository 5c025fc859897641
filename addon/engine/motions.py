"""The motion of objects in their own channels, as a timeline keeps it. Read in the window, so it imports little."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
CHANNELS = ("location", "rotation", "scale", "present")
CHANGING = ("properties", "hidden", "looks")
"""What of a motion is kept by its changes."""
VISIBILITY = ("hide_viewport", "hide_render")
Changes = list[tuple[int, Any]]
"""Frames at which a value changes, each with what it is from then on; the first is frame 0."""


@dataclass
class Motion:
    """The channels of one object over F frames; those that are right as the object has them are None.

    ``location`` ``[F, 3]`` (m), ``rotation`` ``[F, 4]`` (``wxyz``, no jumps of sign) and ``scale`` ``[F, 3]`` are
    relative to its parent as the object's own properties are, without its delta transforms and constraints.
    ``unparented`` means that they are in the world, for its parent's scale would shear them. ``present`` ``[F]`` is
    False where the object is not there. ``properties`` are custom properties by name with their changes; ``hidden`` are
    the same of `VISIBILITY`, and ``looks`` of what is seen besides (`fields.LOOKS`).
    """

    name: str
    location: Array | None = None
    rotation: Array | None = None
    scale: Array | None = None
    present: Array | None = None
    properties: dict[str, Changes] = field(default_factory=dict)
    unparented: bool = False
    hidden: dict[str, Changes] = field(default_factory=dict)
    looks: dict[str, Changes] = field(default_factory=dict)

    @property
    def switches(self) -> tuple[str, ...]:
        """Which of `VISIBILITY` come from here."""
        return VISIBILITY if self.present is not None or "text.body" in self.looks else tuple(self.hidden)

    @property
    def is_posed(self) -> bool:
        """Whether the object's pose or size comes from here."""
        return not (self.location is None and self.rotation is None and self.scale is None)

    @property
    def is_still(self) -> bool:
        """Whether nothing changes."""
        changes = self.properties or self.hidden or self.looks
        return all(getattr(self, channel) is None for channel in CHANNELS) and not changes


def save_motions(motions: Sequence[Motion], path: Path) -> None:
    """Write motions to one ``.npz`` file."""
    arrays: dict[str, Array] = {}
    told = []
    for number, motion in enumerate(motions):
        said = {kind: getattr(motion, kind) for kind in CHANGING}
        told.append({"name": motion.name, "unparented": motion.unparented, **said})
        for channel in CHANNELS:
            values = getattr(motion, channel)
            if values is not None:
                arrays[f"{number}_{channel}"] = values
    with path.open("wb") as stream:
        np.savez(stream, motions=np.array(json.dumps(told)), **arrays)


def load_motions(path: Path) -> list[Motion]:
    """Read what `save_motions` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        found = []
        for number, told in enumerate(json.loads(str(arrays["motions"]))):
            said = {
                kind: {key: [(f, v) for f, v in changes] for key, changes in told.get(kind, {}).items()}
                for kind in CHANGING
            }
            motion = Motion(told["name"], unparented=told.get("unparented", False), **said)
            for channel in CHANNELS:
                if f"{number}_{channel}" in arrays:
                    setattr(motion, channel, arrays[f"{number}_{channel}"])
            found.append(motion)
        return found
