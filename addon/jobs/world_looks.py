"""Pictures of things and runs for a model that sees, kept in the world's folder, so that none is rendered twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from ..models import Picture
from ..trace import Trace
from ..worlds.entry import Entry
from ..worlds.sight import Sight
from ..worlds.staging import Staged
from ..worlds.things import Pose, Thing
from ..worlds.verdict import Check

LOOKS = "looks"
"""Of the world's folder: a folder of pictures for each code of a thing."""


def look_at_thing(entry: Entry, code: str, folder: Path) -> Sequence[Picture]:
    """A thing from the front and from the side. Raises EngineError."""
    # Imported here: Blender takes long to load.
    from ..engine.sheets import thing_pictures

    thing = Thing(entry.name, entry, "none")
    place = folder / LOOKS / hashlib.sha256(code.encode()).hexdigest()[:16]
    return [Picture.read(path) for path in thing_pictures(thing.objects(Pose()), place)]


def look_at_runs(sight: Sight) -> Callable[[Staged, Trace, Path], list[Check]]:
    """How a model that sees judges runs by sheets of their frames, see `Sight.world`."""

    def look(staged: Staged, trace: Trace, folder: Path) -> list[Check]:
        from ..engine.sheets import run_sheets

        return sight.world(staged.manifest, [Picture.read(p) for p in run_sheets(staged.graph, trace, folder)])

    return look
