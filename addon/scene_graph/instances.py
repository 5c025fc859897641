"""Objects that show what others show: by sharing a mesh, or as an empty that instances a collection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import SceneObject


def with_shared_meshes(data: dict[str, Any]) -> dict[str, Any]:
    """Plain data of a scene graph in which each object that names the owner of its mesh and gives no geometry has that
    one's."""
    objects = data.get("objects")
    if not isinstance(objects, list | tuple) or not any(isinstance(o, dict) and o.get("mesh_of") for o in objects):
        return data
    shapes = {o.get("name"): o.get("geometry") for o in objects if isinstance(o, dict)}
    return data | {"objects": [_with_mesh(o, shapes) for o in objects]}


def _with_mesh(obj: Any, shapes: dict[Any, Any]) -> Any:
    if not isinstance(obj, dict) or not isinstance(owner := obj.get("mesh_of"), str) or obj.get("geometry") is not None:
        return obj
    return {**obj, "geometry": shapes.get(owner)}


def check_instances(objects: Sequence[SceneObject]) -> None:
    """Raise ValueError that names an object whose shared mesh or instanced collection cannot be."""
    known = {o.name: o for o in objects}
    for obj in objects:
        if obj.mesh_of is not None and (problem := _sharing_problem(obj, known.get(obj.mesh_of))):
            raise ValueError(f"object '{obj.name}': mesh_of: {problem}")
        if obj.instances is not None and (problem := _instancing_problem(obj, objects)):
            raise ValueError(f"object '{obj.name}': instances: {problem}")


def _sharing_problem(obj: SceneObject, owner: SceneObject | None) -> str | None:
    if owner is None:
        return f"'{obj.mesh_of}' does not exist"
    if owner.mesh_of is not None:
        return f"'{owner.name}' itself has the mesh of '{owner.mesh_of}'; name that one"
    if not may_share(obj, owner):
        return f"'{owner.name}' has another mesh, shading or number of materials; leave mesh_of out"
    return None


def may_share(obj: SceneObject, owner: SceneObject) -> bool:
    """Whether one mesh can be that of two objects: shapes, shading and slots of materials agree, and neither has shape
    keys, vertices that elements hold, or another shape for physics."""
    return (
        obj.name != owner.name
        and all(map(_is_plain, (obj, owner)))
        and obj.geometry is not None
        and obj.geometry == owner.geometry
        and obj.smooth == owner.smooth
        and _slots(obj) == _slots(owner)
    )


def _is_plain(obj: SceneObject) -> bool:
    held = any(element.held for element in obj.elements)
    return not obj.shape_keys and not held and obj.geometry == obj.collision_geometry


def _slots(obj: SceneObject) -> tuple[int | None, frozenset[int]]:
    return (obj.material.slot if obj.material is not None else None), frozenset(obj.surfaces)


def _instancing_problem(obj: SceneObject, objects: Sequence[SceneObject]) -> str | None:
    if not any(obj.instances in o.collections for o in objects):
        return f"no object is in a collection '{obj.instances}'"
    reached, waiting = set[str](), [obj]
    while waiting:
        shown = waiting.pop().instances
        found = [o for o in objects if o.instances is not None and shown in o.collections and o.name not in reached]
        if any(o.name == obj.name for o in found):
            return f"the object would show itself, for it is in '{shown}'"
        reached |= {o.name for o in found}
        waiting += found
    return None
