"""The list of rules, and examples that bring theirs along."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

import bpy
from bpy.props import StringProperty

from ..drawing import LETTER
from ..overview import listed
from ..session import SESSION
from ..text import ENGLISH, tr

EXAMPLES = Path(__file__).parents[3] / "examples"
"""Machines as JSON, put there when the extension is built."""


POPUP = 420
"""Width of a popup in pixels, at a scale of 1."""

STEPS = 1000
"""Frames for which an example is run."""


class _Add:
    """Adds an entry to a list of the scene's settings."""

    entries = index = ""

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Add it, and choose it."""
        settings = context.scene.cdyn
        getattr(settings, self.entries).add()
        setattr(settings, self.index, len(getattr(settings, self.entries)) - 1)
        return {"FINISHED"}


class _Remove:
    """Removes the chosen entry from a list of the scene's settings."""

    entries = index = ""

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be one."""
        return len(getattr(context.scene.cdyn, cls.entries)) > 0

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Remove it, and choose the one before."""
        settings = context.scene.cdyn
        place = getattr(settings, self.index)
        getattr(settings, self.entries).remove(place)
        setattr(settings, self.index, max(0, min(place, len(getattr(settings, self.entries)) - 1)))
        return {"FINISHED"}


class CDYN_OT_add_rule(_Add, bpy.types.Operator):
    """Add a rule."""

    bl_idname = "cdyn.add_rule"
    bl_label = ENGLISH["add_rule"]
    bl_description = ENGLISH["add_rule_tip"]
    bl_options = {"REGISTER", "UNDO"}
    entries, index = "rules", "rule_index"


class CDYN_OT_remove_rule(_Remove, bpy.types.Operator):
    """Remove a rule."""

    bl_idname = "cdyn.remove_rule"
    bl_label = ENGLISH["remove_rule"]
    bl_description = ENGLISH["remove_rule_tip"]
    bl_options = {"REGISTER", "UNDO"}
    entries, index = "rules", "rule_index"


class CDYN_OT_explain_rule(bpy.types.Operator):
    """Show all that is to be said of a rule that is not understood, as a tooltip and on a click."""

    bl_idname = "cdyn.explain_rule"
    bl_label = ENGLISH["explain_rule"]
    bl_description = ENGLISH["explain_rule_tip"]

    why: StringProperty(options={"SKIP_SAVE"})

    @classmethod
    def description(cls, context: bpy.types.Context, properties: Any) -> str:
        """The tooltip."""
        return str(properties.why).rstrip(".")

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        """Open a popup."""
        return context.window_manager.invoke_popup(self, width=POPUP)

    def draw(self, context: bpy.types.Context) -> None:
        """Draw it."""
        for line in self.why.split("\n"):
            for part in textwrap.wrap(line, int(POPUP / LETTER)):
                self.layout.label(text=part, translate=False)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Nothing is done."""
        return {"FINISHED"}


class CDYN_OT_add_assertion(_Add, bpy.types.Operator):
    """Add an assertion."""

    bl_idname = "cdyn.add_assertion"
    bl_label = ENGLISH["add_assertion"]
    bl_description = ENGLISH["add_assertion_tip"]
    bl_options = {"REGISTER", "UNDO"}
    entries, index = "assertions", "assertion_index"


class CDYN_OT_remove_assertion(_Remove, bpy.types.Operator):
    """Remove an assertion."""

    bl_idname = "cdyn.remove_assertion"
    bl_label = ENGLISH["remove_assertion"]
    bl_description = ENGLISH["remove_assertion_tip"]
    bl_options = {"REGISTER", "UNDO"}
    entries, index = "assertions", "assertion_index"


class CDYN_OT_example(bpy.types.Operator):
    """Build an example as a new scene."""

    bl_idname = "cdyn.example"
    bl_label = ENGLISH["example"]
    bl_description = ENGLISH["example_tip"]
    bl_options = {"REGISTER", "UNDO"}

    name: StringProperty(options={"SKIP_SAVE"})

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Build it and go there."""
        from ...engine.build import add_scene, names_for
        from ...engine.protocol import EngineError
        from ...jobs.scenes import load_parts
        from ...scene_graph import SceneGraphError
        from ...scene_graph.rename import rename, renamed

        title = f"Dynamics {self.name}"
        try:
            graph, assertions = load_parts(EXAMPLES / f"{self.name}.json")
            names = names_for(graph, title)
            graph = renamed(graph, names)
            scene = add_scene(graph, title)
        except (SceneGraphError, EngineError) as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        fill_settings(scene.cdyn, graph.rules, tuple(rename(text, names) for text in assertions))
        scene.cdyn.steps = STEPS
        scene.frame_end = scene.frame_start + STEPS
        told = [f"{old} → {new}" for old, new in names.items()]
        SESSION.say(tr("example_renamed", names=listed(told, "")) if told else "", scene=scene.session_uid)
        return {"FINISHED"}


def fill_settings(settings: Any, rules: tuple[str, ...], assertions: tuple[str, ...]) -> None:
    """Set the rules and assertions of a scene."""
    for entries, texts in ((settings.rules, rules), (settings.assertions, assertions)):
        entries.clear()
        for text in texts:
            entries.add().text = text


class CDYN_MT_examples(bpy.types.Menu):
    """The bundled examples."""

    bl_idname = "CDYN_MT_examples"
    bl_label = ENGLISH["examples"]

    def draw(self, context: bpy.types.Context) -> None:
        """List them."""
        names = example_names()
        if not names:
            self.layout.label(text=tr("no_examples"))
        for name in names:
            shown = name.replace("_", " ").capitalize()
            self.layout.operator("cdyn.example", text=shown, translate=False).name = name


def example_names() -> list[str]:
    """The names of the bundled examples, as listed when the extension was built."""
    try:
        names: list[str] = json.loads((EXAMPLES / "index.json").read_text(encoding="utf-8"))
    except OSError:
        return []
    return names


CLASSES = (
    CDYN_OT_add_rule,
    CDYN_OT_remove_rule,
    CDYN_OT_explain_rule,
    CDYN_OT_add_assertion,
    CDYN_OT_remove_assertion,
    CDYN_OT_example,
    CDYN_MT_examples,
)
