"""Making a scene one that can be simulated."""

from __future__ import annotations

from typing import Any

import bpy

from ..text import ENGLISH, tr

Result = set[str]


def add_world(context: bpy.types.Context) -> None:
    """Give the scene a rigid-body world with its collections, where it lacks them."""
    scene: Any = context.scene
    if scene.rigidbody_world is None:
        bpy.ops.rigidbody.world_add()
    world = scene.rigidbody_world
    if world.collection is None:
        world.collection = bpy.data.collections.new("RigidBodyWorld")
    if world.constraints is None:
        world.constraints = bpy.data.collections.new("RigidBodyConstraints")


class CDYN_OT_add_world(bpy.types.Operator):
    """Add a rigid-body world."""

    bl_idname = "cdyn.add_world"
    bl_label = ENGLISH["add_world"]
    bl_description = ENGLISH["add_world_tip"]
    bl_options = {"REGISTER", "UNDO"}

    def execute(self, context: bpy.types.Context) -> Result:
        """Add it."""
        add_world(context)
        return {"FINISHED"}


class _MakeBodies:
    """Gives the selected meshes a rigid body of one type."""

    body_type = ""

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """Some mesh must be selected."""
        if any(o.type == "MESH" and o.library is None for o in context.selected_objects):
            return True
        cls.poll_message_set(tr("no_meshes_selected"))
        return False

    def execute(self, context: bpy.types.Context) -> Result:
        """Give each its body."""
        add_world(context)
        active = context.view_layer.objects.active
        for obj in [o for o in context.selected_objects if o.type == "MESH" and o.library is None]:
            context.view_layer.objects.active = obj
            if obj.rigid_body is None:
                bpy.ops.rigidbody.object_add(type=self.body_type)
            body: Any = obj.rigid_body
            body.type = self.body_type
        context.view_layer.objects.active = active
        return {"FINISHED"}


class CDYN_OT_make_active(_MakeBodies, bpy.types.Operator):
    """Make the selected meshes ACTIVE bodies."""

    bl_idname = "cdyn.make_active"
    bl_label = ENGLISH["make_active"]
    bl_description = ENGLISH["make_active_tip"]
    bl_options = {"REGISTER", "UNDO"}
    body_type = "ACTIVE"


class CDYN_OT_make_passive(_MakeBodies, bpy.types.Operator):
    """Make the selected meshes PASSIVE bodies."""

    bl_idname = "cdyn.make_passive"
    bl_label = ENGLISH["make_passive"]
    bl_description = ENGLISH["make_passive_tip"]
    bl_options = {"REGISTER", "UNDO"}
    body_type = "PASSIVE"


class CDYN_OT_make_local(bpy.types.Operator):
    """Make linked objects local."""

    bl_idname = "cdyn.make_local"
    bl_label = ENGLISH["make_local"]
    bl_description = ENGLISH["make_local_tip"]
    bl_options = {"REGISTER", "UNDO"}

    def execute(self, context: bpy.types.Context) -> Result:
        """Make them and their meshes local."""
        for obj in list(context.scene.objects):
            mine = obj.make_local() if obj.library is not None else obj
            if mine is not None and mine.data is not None and mine.data.library is not None:
                mine.data.make_local()
        return {"FINISHED"}


CLASSES = (CDYN_OT_add_world, CDYN_OT_make_active, CDYN_OT_make_passive, CDYN_OT_make_local)
