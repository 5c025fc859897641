"""Which object of a scene a name, a number or OBJECT_ID means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args

from ..scene_graph import COLORS, Primitive, SceneGraph, SceneObject, color_name
from .errors import DslError, nearest
from .nodes import ObjectId, Target

ANY = "any"
MESH = "mesh"
SAME_SHAPE = {"circle": "sphere", "ball": "sphere"}
"""Words for a shape and the primitive that they mean."""

CLASSES = ("bar", "jar", "standingsticks")
"""The other shapes of Listing 2, which objects have as their semantic class."""

SHAPES = (*get_args(Primitive.model_fields["kind"].annotation), MESH, *SAME_SHAPE, *CLASSES)
"""Words for shapes that every scene knows; its objects' semantic classes are others."""


def resolve(target: Target, scene: SceneGraph, place: str = "", solid: bool = False) -> str:
    """The name of the one object that is meant, of the ``solid`` ones those with a mesh.

    Texts are names, whatever their case. Raises DslError if not exactly one object fits.
    """
    where = f"{place}: " if place else ""
    objects = [o for o in scene.objects if o.geometry is not None or not (solid or isinstance(target, ObjectId))]
    if isinstance(target, ObjectId):
        return _only([o.name for o in objects if _fits(o, target)], str(target), where, _known(target, scene, where))
    if isinstance(target, int):
        numbers = {o.name: number_of(o.name) for o in objects}
        told = ", ".join(f"{n} ({name})" for name, n in numbers.items() if n is not None) or "none"
        return _only(
            [name for name, n in numbers.items() if n == target], f"the id {target}", where, f"; ids are {told}"
        )
    names = [o.name for o in objects]
    same = [name for name in names if name.casefold() == target.casefold()]
    if target in names or len(same) == 1:
        return target if target in names else same[0]
    what = "object with a mesh" if solid else "object"
    raise DslError(f"{where}there is no {what} '{target}'; {nearest(target, names)}")


def _only(fitting: list[str], what: str, where: str, known: str = "") -> str:
    if len(fitting) != 1:
        raise DslError(f"{where}{what} must fit one object, it fits {', '.join(fitting) or 'none'}{known}")
    return fitting[0]


def number_of(name: str) -> int | None:
    """The number with which a name ends."""
    found = re.search(r"\d+$", name)
    return int(found[0]) if found else None


def _known(target: ObjectId, scene: SceneGraph, where: str) -> str:
    """What colours and shapes the scene's meshes have, in words. Raises DslError for a word that is none."""
    meshes = [o for o in scene.objects if o.geometry is not None]
    classes = {o.semantic_class.lower() for o in meshes if o.semantic_class}
    for word, valid, what in (
        (target.color, {*COLORS, ANY}, "colour"),
        (target.shape, {*SHAPES, *classes, ANY}, "shape"),
    ):
        if word.lower() not in valid:
            raise DslError(f"{where}there is no {what} '{word}'; {nearest(word, valid)}")
    return f"; there are {_listed(f'{look(o)} ({o.name})' for o in meshes)}"


def _listed(words: Iterable[str], most: int = 20) -> str:
    found = list(words)
    return ", ".join(found[:most]) + (f" and {len(found) - most} more" if len(found) > most else "") or "none"


def _fits(obj: SceneObject, target: ObjectId) -> bool:
    color, shape = target.color.lower(), target.shape.lower()
    own = {_plain(word) for word in (_primitive(obj), obj.semantic_class.lower()) if word}
    return color in (ANY, _color(obj)) and (shape == ANY or _plain(shape) in own)


def _plain(word: str) -> str:
    return SAME_SHAPE.get(word, word)


def _color(obj: SceneObject) -> str:
    return color_name(obj.material.color) if obj.material else "uncoloured"


def _primitive(obj: SceneObject) -> str:
    return obj.geometry.kind if isinstance(obj.geometry, Primitive) else MESH


def look(obj: SceneObject) -> str:
    """The words of OBJECT_ID for an object, its shape being the semantic class if it has one."""
    if obj.geometry is None:
        return "no mesh"
    return f"{_color(obj)} {obj.semantic_class.lower() or _primitive(obj)}"
