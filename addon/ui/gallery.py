"""The bundled examples with a picture of each, to choose from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import bpy
import bpy.utils.previews
from bpy.props import StringProperty

from .operators.rules import fill_settings
from .operators.runs import EXAMPLE_TITLE
from .overview import listed
from .session import SESSION
from .text import CONTEXT, ENGLISH, tr

EXAMPLES = Path(__file__).parents[2] / "examples"
"""Machines as JSON, put there when the extension is built."""

PICTURES = Path(__file__).parent / "pictures"
COLUMNS = 5
WIDTH = 35
"""Of the gallery, in units of a button's height."""

PICTURE_SCALE = 6.0

STEPS = 1000
"""Frames for which an example is run."""

_previews: Any = None


def example_names() -> list[str]:
    """The names of the bundled examples, as listed when the extension was built."""
    try:
        names: list[str] = json.loads((EXAMPLES / "index.json").read_text(encoding="utf-8"))
    except OSError:
        return []
    return names


def _picture(name: str) -> int:
    """The icon of an example, 0 if it has no picture."""
    global _previews
    path = PICTURES / f"{name}.png"
    if not path.is_file():
        return 0
    if _previews is None:
        _previews = bpy.utils.previews.new()
    if name not in _previews:
        _previews.load(name, str(path), "IMAGE")
    return int(_previews[name].icon_id)


class CDYN_PT_gallery(bpy.types.Panel):
    """The examples with their pictures, as a popup: a panel by itself, for that closes once one is chosen."""

    bl_idname = "CDYN_PT_gallery"
    bl_label = ENGLISH["gallery"]
    bl_space_type = "TOPBAR"
    bl_region_type = "HEADER"
    bl_ui_units_x = WIDTH

    def draw(self, context: bpy.types.Context) -> None:
        """Draw it."""
        layout: Any = self.layout
        names = example_names()
        layout.label(text=tr("gallery" if names else "no_examples"), translate=False)
        grid = layout.grid_flow(row_major=True, columns=COLUMNS, even_columns=True, align=False)
        for name in names:
            column = grid.column(align=True)
            if picture := _picture(name):
                column.template_icon(icon_value=picture, scale=PICTURE_SCALE)
            column.operator("cdyn.example", text=tr(f"example_{name}"), translate=False).name = name


class CDYN_OT_gallery(bpy.types.Operator):
    """Show the examples with their pictures."""

    bl_idname = "cdyn.gallery"
    bl_label = ENGLISH["gallery"]
    bl_description = ENGLISH["gallery_tip"]

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Open the popup."""
        bpy.ops.wm.call_panel(name=CDYN_PT_gallery.bl_idname, keep_open=False)
        return {"FINISHED"}


class CDYN_OT_example(bpy.types.Operator):
    """Build an example as a new scene."""

    bl_idname = "cdyn.example"
    bl_label = ENGLISH["example"]
    bl_description = ENGLISH["example_tip"]
    bl_options = {"REGISTER", "UNDO"}

    name: StringProperty(options={"SKIP_SAVE"})

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Build it and go there."""
        from ..engine.build import add_scene, names_for
        from ..engine.protocol import EngineError
        from ..jobs.scenes import load_parts
        from ..scene_graph import SceneGraphError
        from ..scene_graph.rename import rename, renamed

        title = EXAMPLE_TITLE.format(name=self.name)
        try:
            graph, assertions = load_parts(EXAMPLES / f"{self.name}.json")
            names = names_for(graph, title)
            graph = renamed(graph, names)
            scene = add_scene(graph, title)
        except (SceneGraphError, EngineError) as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        _show_meshes(context, scene)
        fill_settings(scene.cdyn, graph.rules, tuple(rename(text, names) for text in assertions))
        scene.cdyn.steps = STEPS
        scene.frame_end = scene.frame_start + STEPS
        told = [f"{old} → {new}" for old, new in names.items()]
        SESSION.say(tr("example_renamed", names=listed(told, "")) if told else "", scene=scene.session_uid)
        return {"FINISHED"}


def _show_meshes(context: bpy.types.Context, scene: bpy.types.Scene) -> None:
    """Have the viewport show the meshes of a new scene, if there is a viewport."""
    area = context.area
    if area is None or area.type != "VIEW_3D":
        return
    region = next(region for region in area.regions if region.type == "WINDOW")
    with context.temp_override(area=area, region=region):
        for obj in scene.objects:
            obj.select_set(obj.type == "MESH")
        bpy.ops.view3d.view_selected()
        for obj in scene.objects:
            obj.select_set(False)


CLASSES = (CDYN_OT_example, CDYN_PT_gallery, CDYN_OT_gallery)


def register() -> None:
    """Add the gallery."""
    for cls in CLASSES:
        cls.bl_translation_context = CONTEXT
        bpy.utils.register_class(cls)


def unregister() -> None:
    """Remove it and its pictures."""
    global _previews
    for cls in reversed(CLASSES):
        bpy.utils.unregister_class(cls)
    if _previews is not None:
        bpy.utils.previews.remove(_previews)
        _previews = None
