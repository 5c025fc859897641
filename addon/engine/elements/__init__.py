"""Elements of objects in Blender: one file a type, each with its reading and its building."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import bpy

from ...scene_graph import AnyElement, Note
from ..names import SHOWN
from . import cloth, collider, fluid_domain, fluid_effector, fluid_flow, ocean, particles, soft_body
from .baked import BAKED

KINDS: dict[str, Any] = {
    "CLOTH": cloth,
    "SOFT_BODY": soft_body,
    "COLLIDER": collider,
    "PARTICLES": particles,
    "OCEAN": ocean,
    "FLUID_DOMAIN": fluid_domain,
    "FLUID_FLOW": fluid_flow,
    "FLUID_EFFECTOR": fluid_effector,
}
"""The module of each type of elements. Each has its ``MODIFIER``, ``read(obj, modifier)``, the element as plain data,
``add(obj, element)``, and ``beyond(obj, modifier)``, the settings of it that the scene graph has not. The parts of a
fluid, which share a type of modifier, have a ``FLUID_TYPE``, what keeps keyframes has ``keyed_path(modifier)``."""

MODIFIERS = {(module.MODIFIER, getattr(module, "FLUID_TYPE", None)): kind for kind, module in KINDS.items()}
"""The type of the element that a type of modifier is, and for fluids which part in it."""

SHAPING = ("CLOTH", "SOFT_BODY", "OCEAN", "FLUID_DOMAIN")
"""Elements by which a mesh has another shape at each step."""


def kind_of(modifier: Any) -> str | None:
    """The type of the element that a modifier is; None for none."""
    return MODIFIERS.get((modifier.type, getattr(modifier, "fluid_type", None)))


def elements_of(obj: bpy.types.Object) -> list[Any]:
    """The modifiers of an object that are elements and are switched on; those of domains always are, see
    `switch_off_domains`."""
    if obj.type != "MESH":
        return []
    found = [m for m in obj.modifiers if (kind := kind_of(m)) and (m.show_viewport or kind == "FLUID_DOMAIN")]
    return [m for m in found if m.type != particles.MODIFIER or particles.is_carried(m.particle_system)]


def read_elements(obj: bpy.types.Object, modifiers: Sequence[Any]) -> list[dict[str, Any]]:
    """The elements of an object, which are those `elements_of` it, as plain data."""
    found = [(kind, m) for m in modifiers if (kind := kind_of(m)) is not None]
    return [{"type": kind, **KINDS[kind].read(obj, modifier)} for kind, modifier in found]


def keyed_paths(obj: bpy.types.Object) -> tuple[str, ...]:
    """The animated properties of an object that its elements carry."""
    found = [(kind, m) for m in elements_of(obj) if (kind := kind_of(m)) is not None]
    return tuple(KINDS[kind].keyed_path(m) for kind, m in found if hasattr(KINDS[kind], "keyed_path"))


def add_elements(obj: bpy.types.Object, elements: Iterable[AnyElement]) -> None:
    """Give an object, which has its mesh, elements; objects that these speak of must be there."""
    for element in elements:
        KINDS[element.type].add(obj, element)


def element_notes(name: str, obj: bpy.types.Object) -> Iterator[Note]:
    """Notes on what of an object's elements the scene graph does not carry."""
    for modifier in elements_of(obj):
        kind = kind_of(modifier) or ""
        if told := KINDS[kind].beyond(obj, modifier):
            text = f"'{name}': {kind.lower().replace('_', ' ')}: {', '.join(told)}: not carried"
            yield Note(subject=name, feature="element", text=text, missing_in=("json",))
        if kind in SHAPING:
            text = f"'{name}': physics deforms it ({modifier.name}); its contacts are those of its first shape"
            yield Note(subject=name, feature="deforming", text=text, missing_in=("contacts", "playback"))
    for system in (m.particle_system for m in obj.modifiers if m.type == particles.MODIFIER and m.show_viewport):
        if not particles.is_carried(system):
            text = f"'{name}': its particles '{system.name}' are hair, or of a kind that the scene graph has not"
            yield Note(subject=name, feature="particles", text=text, missing_in=("json",))
    after = [m.name for m in later_modifiers(obj) if kind_of(m) is None and not m.name.startswith(SHOWN)]
    if after:
        text = f"'{name}': the modifiers after its physics ({', '.join(after)}) are not carried"
        yield Note(subject=name, feature="modifier", text=text, missing_in=("json",))


def later_modifiers(obj: bpy.types.Object) -> list[Any]:
    """The modifiers that are switched on from the first by which physics shapes the mesh on; what is before these is
    the mesh that it starts from."""
    found = [m for m in obj.modifiers if m.show_viewport]
    first = next((i for i, m in enumerate(found) if kind_of(m) in SHAPING or m.name.startswith(BAKED)), len(found))
    return found[first:]


def switch_off_domains(objects: Iterable[bpy.types.Object]) -> None:
    """Let Blender solve no fluid, which ends the process where it cannot; what was solved is shown without it."""
    for modifier in (m for obj in objects for m in obj.modifiers if kind_of(m) == "FLUID_DOMAIN"):
        modifier.show_viewport = modifier.show_render = False


def point_caches(objects: Iterable[bpy.types.Object]) -> list[Any]:
    """What Blender keeps of each moving element of objects, frame by frame."""
    shown = [m for o in objects for m in o.modifiers if m.show_viewport]
    found = [m.point_cache for m in shown if m.type in (cloth.MODIFIER, soft_body.MODIFIER)]
    return found + [m.particle_system.point_cache for m in shown if m.type == particles.MODIFIER]
