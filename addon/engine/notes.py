"""What of a Blender scene is not carried into its graph, its contacts or a run, as notes for readers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import bpy

from ..fields import MOST_NUMBERS
from ..scene_graph import Note
from ..scene_graph.models import Part
from .animation import constraint_holders, holders, pose_holders
from .elements import keyed_paths
from .force_fields import TYPES
from .look_notes import look_notes
from .meshes import changing_modifiers, packed_mesh
from .names import PREFIX
from .numbers import is_mirrored, is_sheared
from .prescribed import KINEMATIC, is_prescribed
from .scene_collections import read_instances
from .selection import Selection
from .shape_keys import left_out

NAMED = 3
"""Names that a note on many objects tells."""

_CARRIED_PATHS = ("location", "rotation_", "scale", "delta_", KINEMATIC)
_SIMULATED = ("CLOTH", "SOFT_BODY", "FLUID", "DYNAMIC_PAINT", "EXPLODE", "OCEAN", "PARTICLE_INSTANCE", "BUILD")


def object_notes(selection: Selection, animations: Mapping[str, dict[str, Any]]) -> tuple[Note, ...]:
    """Notes on the objects of a scene, physics being switched off; ``animations`` are those that the graph has."""
    found = [*_other_objects(selection)]
    for name, obj in selection.objects.items():
        found += _object_notes(name, obj, selection, animations.get(name))
    return tuple(dict.fromkeys(found))


def world_notes(scene: bpy.types.Scene) -> Iterator[Note]:
    """Notes on a scene's settings."""
    if len(bpy.data.scenes) > 1:
        yield Note(feature="scene", text=f"the file has {len(bpy.data.scenes)} scenes; this is '{scene.name}'")
    world: Any = scene.rigidbody_world
    if world is not None:
        yield from _cache_notes(scene, world)
        if not world.enabled:
            text = "the rigid-body world is switched off, so Blender moves no body, and neither does a run"
            yield Note(feature="rigid-body world", text=text)
        if world.effector_weights.collection is not None:
            text = "force fields outside the collection that the world's field weights name do not act and are left out"
            yield Note(feature="force field", text=text, missing_in=("json",))
    render = scene.render
    if render.frame_map_old != render.frame_map_new:
        text = (
            f"time remapping ({render.frame_map_old} to {render.frame_map_new}): Blender steps bodies only at frames "
            "that fall on whole old ones; scripts cannot write velocities of bodies that physics moves"
        )
        yield Note(feature="time remapping", text=text)
    for path, words in dict.fromkeys((h.path, h.words) for h in holders(scene)):
        if path.startswith(("gravity", "rigidbody_world", "render.fps", "use_gravity")):
            text = f"the scene's {path} is animated by {words}; only its first value is carried"
            yield Note(feature="animation", text=text, missing_in=("json",))


def _cache_notes(scene: bpy.types.Scene, world: Any) -> Iterator[Note]:
    cache = world.point_cache
    if cache.is_baked:
        text = "the rigid-body world is baked; a run simulates anew instead of showing the bake"
        yield Note(feature="bake", text=text, missing_in=("json", "run"))
    if cache.frame_start < scene.frame_start:
        text = (
            f"Blender's simulation begins at frame {cache.frame_start} and the scene at {scene.frame_start}, so that "
            "bodies stand still when the scene is played from its start; a run starts them with the scene. "
            f"Set the cache's start to {scene.frame_start} to see the same in Blender"
        )
        yield Note(feature="cache", text=text)
    if cache.frame_end < scene.frame_end:
        text = (
            f"the rigid-body world's cache ends at frame {cache.frame_end} and the scene at {scene.frame_end}: from "
            "there on no body moves, in Blender and in a run, and nothing can push one. Set the cache's end to the "
            "scene's to mend it"
        )
        yield Note(feature="rigid-body world", text=text)
    if cache.frame_start > scene.frame_start and launched(scene):
        text = "initial velocities count from the scene's first frame on; the later start of the cache is not carried"
        yield Note(feature="cache", text=text, missing_in=("json", "run"))


def launched(scene: bpy.types.Scene) -> bool:
    """Whether objects of the scene have initial velocities."""
    return any(o.get(PREFIX + "velocity") or o.get(PREFIX + "angular_velocity") for o in scene.objects)


_WORDS = {"FONT": "text", "GPENCIL": "drawing", "GREASEPENCIL": "drawing"}
"""What objects are called whose type says something else."""


def other_objects(selection: Selection, joints: Collection[str]) -> dict[str, str]:
    """Objects of the scene that the graph does not hold, with what they are: those of other types, the scene's camera
    among them, and the holders of joints that are left out. ``joints`` are the names of those that it has."""
    chosen = {*selection.objects.values(), *(o for name, o in selection.joints.items() if name in joints)}
    ignored = set(selection.joints.values())
    others = sorted(
        (o for o in bpy.context.view_layer.objects if o not in chosen and not o.name.startswith(PREFIX)),
        key=lambda o: o.name,
    )
    words = {o: _WORDS.get(o.type, o.type.replace("_", " ").lower()) for o in others}
    return {o.name: "joint" if o in ignored else word for o, word in words.items()}


def _other_objects(selection: Selection) -> Iterator[Note]:
    """One note a kind."""
    kinds: dict[str, list[str]] = {}
    camera = bpy.context.scene.camera
    for name, kind in other_objects(selection, selection.joints).items():
        if camera is None or name != camera.name:
            kinds.setdefault(kind, []).append(name)
    for kind, names in sorted(kinds.items()):
        text = f"{listed(names)}: of type {kind}; a run of the .blend keeps them, the scene graph does not hold them"
        yield Note(feature="object type", text=text, missing_in=("json",))


def listed(names: Sequence[str]) -> str:
    """A few names for a sentence: ``'A', 'B', 'C' and 2 more``."""
    shown = ", ".join(f"'{name}'" for name in sorted(names)[:NAMED])
    return shown if len(names) <= NAMED else f"{shown} and {len(names) - NAMED} more"


def _object_notes(
    name: str, obj: bpy.types.Object, selection: Selection, animation: dict[str, Any] | None
) -> Iterator[Note]:
    body: Any = obj.rigid_body if name in selection.bodies else None
    if obj.library is not None:
        text = f"'{name}' is linked from another file: scripts cannot write it, and the timeline does not show it moved"
        yield Note(subject=name, feature="linked object", text=text, missing_in=("playback",))
    if obj.instance_type != "NONE":
        text = f"'{name}' makes instances; these are no objects of the scene graph"
        told: tuple[Part, ...] = ("contacts",) if read_instances(bpy.context.scene, obj) else ("json", "contacts")
        yield Note(subject=name, feature="instances", text=text, missing_in=told)
    yield from _property_notes(name, obj)
    yield from _mesh_notes(name, obj, body)
    yield from look_notes(name, obj)
    if body is not None:
        yield from _body_notes(name, obj, body, selection)
    yield from _motion_notes(name, obj, body, selection, animation)
    field: Any = obj.field
    if field is not None and field.type == "CHARGE":
        text = f"'{name}': its force field of type charge does not act in the first step of a run"
        yield Note(subject=name, feature="force field", text=text, missing_in=("run",))
    if field is not None and field.type != "NONE" and field.type not in TYPES:
        kind = field.type.replace("_", " ").lower()
        text = f"'{name}': its force field of type {kind} is not carried"
        yield Note(subject=name, feature="force field", text=text, missing_in=("json",))


def _property_notes(name: str, obj: bpy.types.Object) -> Iterator[Note]:
    for key in sorted(k for k, v in obj.items() if not (k.startswith((PREFIX, "_")) or is_held(v))):
        text = (
            f"'{name}': the custom property '{key}' is no finite number, switch, text or up to {MOST_NUMBERS} numbers; "
        )
        text += "scripts do not see it"
        yield Note(subject=name, feature="custom property", text=text, missing_in=("json", "run"))


def is_held(value: object) -> bool:
    """Whether a custom property is one that graphs hold."""
    if numbers := row_of(value):
        return all(map(is_held, numbers))
    return isinstance(value, bool | int | str) or (isinstance(value, float) and abs(value) < float("inf"))


def row_of(value: Any) -> list[float]:
    """The numbers of a custom property that holds several, as many as graphs hold; none of any other."""
    is_row = hasattr(value, "typecode") and value.typecode in "ifd"
    return list(value) if is_row and len(value) <= MOST_NUMBERS else []


def _mesh_notes(name: str, obj: bpy.types.Object, body: Any) -> Iterator[Note]:
    for modifier in changing_modifiers(obj) if obj.type == "MESH" else ():
        text = f"'{name}': the modifier '{modifier.name}' may change its mesh while it runs; the first one is carried"
        missing = ("json", "contacts", "playback") if modifier.type in _SIMULATED else ("json", "contacts")
        yield Note(subject=name, feature="modifier", text=text, missing_in=missing)
    data: Any = obj.data
    if obj.type == "MESH" and data.shape_keys is not None and data.shape_keys.animation_data is not None:
        text = f"'{name}': its shape keys are animated; its first shape is carried"
        yield Note(subject=name, feature="shape keys", text=text, missing_in=("json", "contacts"))
    has_keys = obj.type == "MESH" and data.shape_keys is not None
    if has_keys and (left := left_out(obj, len(packed_mesh(obj)[0]))):
        text = (
            f"'{name}': its shape keys {listed(left)} are not carried, and scripts cannot write them: a modifier "
            "changes the number of vertices, or they are muted, absolute or bound to a vertex group"
        )
        yield Note(subject=name, feature="shape keys", text=text, missing_in=("json",))
    if obj.particle_systems:
        text = f"'{name}': its particles touch nothing that the trace knows of, and are not on the timeline"
        yield Note(subject=name, feature="particles", text=text, missing_in=("contacts", "playback"))
    if body is not None and body.use_deform and body.collision_shape == "MESH":
        text = f"'{name}': its collision shape deforms (Deforming is ticked); contacts use the first shape"
        yield Note(subject=name, feature="deforming body", text=text, missing_in=("contacts",))


def all_body_notes(selection: Selection) -> Iterator[Note]:
    """Notes on how Blender simulates the bodies of a scene."""
    for name in selection.objects:
        if name in selection.bodies:
            obj = selection.objects[name]
            yield from _body_notes(name, obj, obj.rigid_body, selection)


def _body_notes(name: str, obj: bpy.types.Object, body: Any, selection: Selection) -> Iterator[Note]:
    scale = obj.matrix_world.to_scale()
    if is_sheared(obj):
        text = f"'{name}': its parent's scale shears it, which no rigid body can be; physics has it without the shear"
        yield Note(subject=name, feature="shear", text=text, missing_in=("contacts",))
    other = selection.followed_body(obj)
    if other is not None and selection.is_dynamic(obj):
        text = (
            f"'{name}' hangs on '{other.name}', and physics moves both: Blender has no fixed order for such a circle "
            "and may show it elsewhere; a run lets it move freely. Clear its parent"
        )
        yield Note(subject=name, feature="circle", text=text)
    elif other is not None:
        text = (
            f"'{name}' is a rigid body that follows '{other.name}', which physics moves; Blender has no fixed order "
            "for such a circle, so that runs may differ: join them by a rigid-body constraint, or remove a body"
        )
        yield Note(subject=name, feature="circle", text=text, missing_in=("run",))
    if obj.matrix_world.determinant() < 0:
        text = f"'{name}' is mirrored by its scale; Blender's physics turns its shape about instead: apply the scale"
        yield Note(subject=name, feature="mirrored body", text=text)
    if body.kinematic and any(abs(s - 1.0) > 1e-3 for s in scale) and not is_mirrored(scale):
        text = (
            f"'{name}': Blender starts kinematic bodies without their object's scale, which can throw off what lies "
            "near; a run does not. Apply its scale (Object > Apply > Scale) to see the same in Blender"
        )
        yield Note(subject=name, feature="scaled kinematic body", text=text)


def _motion_notes(
    name: str, obj: bpy.types.Object, body: Any, selection: Selection, animation: dict[str, Any] | None
) -> Iterator[Note]:
    for path in sorted({h.path for h in holders(obj)}):
        if not path.startswith((*_CARRIED_PATHS, *keyed_paths(obj))):
            text = f"'{name}': {path} is animated; the first value is carried"
            yield Note(subject=name, feature="animation", text=text, missing_in=("json",))
    if obj.parent is not None and obj.parent_type != "OBJECT":
        kind = obj.parent_type.replace("_", " ").lower()
        text = f"'{name}' hangs on a {kind} of '{obj.parent.name}'; the scene graph has its motion as poses"
        yield Note(subject=name, feature="parent", text=text, missing_in=("json",))
    if not is_prescribed(obj, selection):
        paths = {h.path for h in pose_holders(obj)} if body is not None else set()
        if paths & {"scale", "delta_scale"}:
            text = f"'{name}': its scale is animated while physics moves it; the first value is carried"
            yield Note(subject=name, feature="animation", text=text, missing_in=("json",))
        if paths - {"scale", "delta_scale"}:
            text = f"'{name}' has keyframes or drivers, which Blender ignores while physics moves it"
            yield Note(subject=name, feature="animation", text=text, missing_in=("json",))
        return
    for holder in constraint_holders(obj):
        target: Any = getattr(holder.switch, "target", None)
        if target is not None and selection.is_moved_by_physics(target):
            text = f"'{name}' follows '{target.name}', which physics moves, by {holder.words}; not so in the graph"
            yield Note(subject=name, feature="object constraint", text=text, missing_in=("json",))
    if body is not None and animation is not None and _moves_at_once(animation):
        text = (
            f"'{name}' moves in the first step: Blender has it start where it stood or at its goal, by chance; a run "
            "always has it where it stood"
        )
        yield Note(subject=name, feature="first step", text=text)
    if animation is not None and animation.get("steps"):
        last = animation["steps"][-1]
        text = f"'{name}' is animated; the scene graph has its poses up to step {last}, where it stops"
        yield Note(subject=name, feature="animation", text=text, missing_in=("json",))


def _moves_at_once(animation: dict[str, Any]) -> bool:
    if len(animation.get("steps", ())) < 2 or animation["steps"][0] > 0:
        return False
    return any(animation[channel][0] != animation[channel][1] for channel in ("location", "rotation"))
