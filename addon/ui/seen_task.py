"""The task that reads a picture of the scene, and tells what that costs against reading the scene itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .tasks import Teller


def compare_picture(folder: Path, request: dict[str, Any], tell: Teller) -> dict[str, Any]:
    """Draw the scene of a folder, read the picture and compare; plain values. Raises PictureError or EngineError."""
    from ..jobs.seen import see
    from .tasks import SCENE, clean_scene

    tell(phase="scene", done=0, total=0)
    graph = clean_scene(folder / SCENE).graph
    tell(phase="seen", done=0, total=0)
    seen = see(graph, folder)
    found = seen.comparison
    return {
        "found": len(found.pairs),
        "of": len(found.pairs) + len(found.missing),
        "away": found.away,
        "missing": list(found.missing),
        "misread": [[pair.name, pair.kind] for pair in found.misread],
        "invented": list(found.invented),
        "joints": len(graph.constraints),
        "is_strange": seen.is_strange,
    }
