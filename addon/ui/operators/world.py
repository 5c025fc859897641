"""Making a world of a sentence, a video of it, and keeping it or taking it out again."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

import bpy

from ...engine.guest import bring_in, guest, keep_guest, take_guest_out
from .. import overlay
from ..browser import show
from ..preferences import chosen_coder, may_ask, storage
from ..session import SESSION, Line
from ..text import ENGLISH, tr
from ..work import new_folder, scene_of, start_task
from ..world_task import BLEND, VIDEO, WORLD
from .runs import delete_run
from .script import can_start

PLACE = "world"
"""The panel that tells of worlds."""

LETTERS = 40
"""The longest name of a world."""


def title_of(sentence: str) -> str:
    """What the collection of a world is called."""
    return "World: " + textwrap.shorten(sentence, LETTERS, placeholder="…")


def request_world(context: bpy.types.Context) -> bool:
    """Start the task that makes a world for the scene; False, with the reason told, if it cannot be started."""
    scene: Any = context.scene
    key, sentence = scene.session_uid, " ".join(scene.cdyn.sentence.split())
    folder = new_folder("world")
    request = {
        "task": "world",
        "sentence": sentence,
        "title": title_of(sentence),
        "seed": scene.cdyn.world_seed,
        "coder": chosen_coder(context),
        "online": bool(bpy.app.online_access),
        "served": SESSION.server_address,
        "fps": scene.render.fps / scene.render.fps_base,
        "start": scene.frame_start,
        "taken": bpy.data.objects.keys(),
    }
    return start_task(context, folder, request, lambda result: _end(key, folder, result), place=PLACE)


def _end(key: int, folder: Path, result: Line | None) -> None:
    """Bring the world into its scene, as one undo step."""
    SESSION.scene = key
    scene: Any = scene_of(key)
    if result is None or scene is None:
        delete_run(folder)
        if result is not None:
            SESSION.say(error=tr("scene_gone"), place=PLACE)
        return
    try:
        bring_in(scene, folder / WORLD / BLEND, result)
    except OSError as error:
        SESSION.say(error=tr("world_incomplete", reason=error), scene=key, place=PLACE)
        return
    for text in result["rules"]:
        scene.cdyn.rules.add().text = text
    SESSION.say(scene=key, place=PLACE)
    bpy.ops.ed.undo_push(message=ENGLISH["make_world"])


def _without_rules(settings: Any, texts: list[str]) -> None:
    """Take the rules that came with a world from those of a scene."""
    for text in texts:
        place = next((i for i, rule in reversed(list(enumerate(settings.rules))) if rule.text == text), None)
        if place is not None:
            settings.rules.remove(place)
    settings.rule_index = min(settings.rule_index, max(0, len(settings.rules) - 1))


class CDYN_OT_make_world(bpy.types.Operator):
    """Make a world of the sentence."""

    bl_idname = "cdyn.make_world"
    bl_label = ENGLISH["make_world"]
    bl_description = ENGLISH["make_world_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be a sentence, and a coder that may be asked."""
        settings: Any = context.scene.cdyn
        if not settings.sentence.strip():
            cls.poll_message_set(tr("no_sentence"))
            return False
        if chosen_coder(context) == "openai" and not may_ask(context):
            cls.poll_message_set(tr("offline"))
            return False
        return can_start(cls)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Start the task."""
        return {"FINISHED"} if request_world(context) else {"CANCELLED"}


class _WithWorld:
    """Needs a world that may still be taken out, and nothing running."""

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be one."""
        return guest(context.scene) is not None and can_start(cls)


class CDYN_OT_keep_world(_WithWorld, bpy.types.Operator):
    """Keep the world that came last."""

    bl_idname = "cdyn.keep_world"
    bl_label = ENGLISH["keep_world"]
    bl_description = ENGLISH["keep_world_tip"]
    bl_options = {"REGISTER", "UNDO"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        """End the choice."""
        keep_guest(context.scene)
        SESSION.say(tr("world_kept"), scene=context.scene.session_uid, place=PLACE)
        return {"FINISHED"}


class CDYN_OT_undo_world(_WithWorld, bpy.types.Operator):
    """Take the world that came last out of the scene."""

    bl_idname = "cdyn.undo_world"
    bl_label = ENGLISH["undo_world"]
    bl_description = ENGLISH["undo_world_tip"]
    bl_options = {"REGISTER", "UNDO"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Take it out, with its rules."""
        scene: Any = context.scene
        told = guest(scene)
        assert told is not None
        take_guest_out(scene)
        _without_rules(scene.cdyn, told["rules"])
        overlay.hide()
        SESSION.say(tr("world_undone"), scene=scene.session_uid, place=PLACE)
        return {"FINISHED"}


def video_path(told: Line) -> Path:
    """Where the video of a world goes if the name is free: beside the open file, or into the world's folder."""
    beside = Path(bpy.data.filepath).parent if bpy.data.filepath else storage() / str(told["folder"])
    name = re.sub(r"[^\w-]+", "_", str(told["collection"])).strip("_")
    return beside / f"{name}.mp4"


class CDYN_OT_video(bpy.types.Operator):
    """Render the world that came last as a video, and play it."""

    bl_idname = "cdyn.video"
    bl_label = ENGLISH["video"]
    bl_description = ENGLISH["video_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be one with its file, and nothing be running."""
        told = guest(context.scene)
        return told is not None and _blend(told).is_file() and can_start(cls)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Start the task."""
        told, key = guest(context.scene), context.scene.session_uid
        assert told is not None
        folder = new_folder("video")
        request = {"task": "video", "blend": str(_blend(told)), "path": str(video_path(told))}

        def end(result: Line | None) -> None:
            if not (folder / VIDEO).exists():
                delete_run(folder)
            SESSION.scene = key
            if result is not None:
                SESSION.say(tr("video_saved", path=result["path"]), scene=key, place=PLACE)
                show(Path(result["path"]))

        return {"FINISHED"} if start_task(context, folder, request, end, place=PLACE) else {"CANCELLED"}


class CDYN_OT_world_report(bpy.types.Operator):
    """Open the report of the world that came last."""

    bl_idname = "cdyn.world_report"
    bl_label = ENGLISH["world_report"]
    bl_description = ENGLISH["world_report_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be one."""
        told = guest(context.scene)
        return told is not None and _report(told).is_file()

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Open it in the browser."""
        told = guest(context.scene)
        assert told is not None
        show(_report(told))
        return {"FINISHED"}


def _blend(told: Line) -> Path:
    return storage() / str(told["folder"]) / WORLD / BLEND


def _report(told: Line) -> Path:
    return storage() / str(told["folder"]) / WORLD / "report.html"


CLASSES = (CDYN_OT_make_world, CDYN_OT_keep_world, CDYN_OT_undo_world, CDYN_OT_video, CDYN_OT_world_report)
