"""Things that are there to shine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..scene_graph import SceneObject

LAMP = re.compile(
    r"(?:lamp|light|lantern|bulb|beacon|led|torch|candle|indicator|neon|chandelier|signal|spot|flame|fire|headlamp)s?|"
    r"\w+(?:light|lamp)s?"
)
"""Names and kinds of things that are there to shine."""


def shines(obj: SceneObject) -> bool:
    """Whether something gives light at the start."""
    strength = obj.material.emission_strength if obj.material is not None else 0.0
    return bool(obj.light.energy if obj.light is not None else strength)


def is_lamp(obj: SceneObject) -> bool:
    """Whether something is there to shine: a light, or a mesh that is called or tagged so."""
    if obj.light is not None:
        return True
    words = re.split(r"[\W\d_]+", " ".join((obj.name, obj.semantic_class, *obj.tags)).lower())
    return "material.emission_strength" in obj.looks and any(LAMP.fullmatch(word) for word in words)
