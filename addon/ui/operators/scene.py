"""Making a scene one that can be simulated."""

from __future__ import annotations

from typing import Any

import bpy
from bpy.props import StringProperty

from ...engine.physics_world import ensure_physics
from ..session import SESSION
from ..text import ENGLISH, tr

Result = set[str]


def _meshes(context: bpy.types.Context, name: str = "") -> list[bpy.types.Object]:
    """The mesh that is called so, or those that are selected; linked ones cannot be changed."""
    chosen = [context.scene.objects.get(name)] if name else context.selected_objects
    return [o for o in chosen if o is not None and o.type == "MESH" and o.library is None]


class _MakeBodies:
    """Gives the selected meshes, or the one that is named, a rigid body of one type."""

    body_type = ""
    name: StringProperty(options={"SKIP_SAVE", "HIDDEN"})

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be a mesh."""
        if any(o.type == "MESH" for o in context.scene.objects):
            return True
        cls.poll_message_set(tr("no_meshes_selected"))
        return False

    def execute(self, context: bpy.types.Context) -> Result:
        """Give each its body."""
        meshes = _meshes(context, self.name)
        if not meshes:
            self.report({"ERROR"}, tr("no_meshes_selected"))
            return {"CANCELLED"}
        ensure_physics(context.scene)
        for obj in meshes:
            with context.temp_override(object=obj, active_object=obj):
                if obj.rigid_body is None:
                    bpy.ops.rigidbody.object_add(type=self.body_type)
            body: Any = obj.rigid_body
            body.type = self.body_type
        if any(fix.name == self.name for fix in SESSION.fixes):
            SESSION.say()
        found = SESSION.findings.get(context.scene.session_uid)
        if found is not None:
            found.bodiless = [name for name in found.bodiless if name not in {mesh.name for mesh in meshes}]
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


CLASSES = (CDYN_OT_make_active, CDYN_OT_make_passive, CDYN_OT_make_local)
