"""Events of a run as markers on Blender's timeline."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

import bpy

from .names import PREFIX

OWN = PREFIX + "markers"
"""Custom property of the scene that keeps which markers are a run's; Blender's markers have none of their own."""


def set_markers(scene: bpy.types.Scene, events: Sequence[tuple[int, str]]) -> None:
    """Put a marker at each event ``(frame of the trace, name)`` in the place of those of the run before.

    Frame 0 of a trace is the scene's start frame. Names of more than 63 bytes are cut by Blender. Markers that the
    user has set stay.
    """
    markers = scene.timeline_markers
    earlier = Counter((frame, name) for frame, name in json.loads(scene.get(OWN, "[]")))
    for marker in reversed(list(markers)):  # Of two alike the user's is the older one.
        if earlier[marker.frame, marker.name] > 0:
            earlier[marker.frame, marker.name] -= 1
            markers.remove(marker)
    made = [markers.new(name, frame=scene.frame_start + frame) for frame, name in events]
    scene.pop(OWN, None)
    if made:
        scene[OWN] = json.dumps([(m.frame, m.name) for m in made])


def own_markers(scene: bpy.types.Scene) -> list[tuple[int, str]]:
    """The markers of the run on a scene's timeline as ``(frame of the timeline, name)``, in order."""
    text = scene.get(OWN)
    return [(frame, name) for frame, name in json.loads(text)] if isinstance(text, str) else []
