"""What rules say in a scene, read in the window while they are typed: by their words alone, without a model.

Drawing asks and shows what is known; a timer reads, one rule at a time. The packages that reading needs are loaded when
it is first asked for, bit by bit.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import bpy
from bpy.app.handlers import persistent

from .work import SLICE, redraw, scene_of

WAIT = 0.15
"""Seconds without a key after which a rule is read."""

SETTLED = 0.3
"""Seconds without a change after which a scene is looked at."""

MOST = 300
"""Texts whose readings are kept for a scene."""


@dataclass(frozen=True)
class Told:
    """What was read: ``sentence``, or why not, the words that nothing explains, and what can be said instead.

    ``is_open`` is true where a model may know what is meant.
    """

    sentence: str = ""
    reason: str = ""
    words: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    is_open: bool = False


@dataclass
class _Known:
    """A scene as it was last looked at, and what was read in it, by text, each with the look that it belongs to."""

    outline: Any = None
    vocabulary: Any = None
    problem: str = ""
    look: int = 0
    is_stale: bool = True
    told: dict[str, tuple[int, Told]] = field(default_factory=dict)


_known: dict[int, _Known] = {}
_asked: set[int] = set()
_changed_at = 0.0
_steps: Iterator[None] | None = None
"""Loads what reading needs; None before it is first asked for."""


def told(scene: bpy.types.Scene, text: str) -> Told | None:
    """What a rule says in a scene, as far as it is known now; it is read soon where it is not."""
    known = _known.setdefault(scene.session_uid, _Known())
    look, found = known.told.get(text, (0, None))
    if known.is_stale or look != known.look:
        _asked.add(scene.session_uid)
        _soon()
    return found


def typed(settings: Any, context: Any) -> None:
    """Read once the user pauses: called when a rule changes."""
    if bpy.app.timers.is_registered(_step):
        bpy.app.timers.unregister(_step)
    _soon()
    redraw()


def _soon() -> None:
    if not bpy.app.background and not bpy.app.timers.is_registered(_step):
        bpy.app.timers.register(_step, first_interval=WAIT)


def _step() -> float | None:
    """Do one part of what is asked for; ends when there is nothing left."""
    if _load():
        return SLICE
    left = _changed_at + SETTLED - time.monotonic()
    if left > 0 and any(_known[key].is_stale for key in _asked if key in _known):
        return left
    for key in list(_asked):
        scene = scene_of(key)
        if scene is not None and read_next(scene):
            redraw()
            return SLICE
        _asked.discard(key)
    return None


def _load() -> bool:
    """Load the next part of what reading needs; False if all is there."""
    global _steps
    if _steps is None:
        _steps = _parts()
    return next(_steps, "done") != "done"


def _parts() -> Iterator[None]:
    from .. import scene_graph  # noqa: F401

    yield
    from ..engine import outline  # noqa: F401

    yield
    from .. import rules  # noqa: F401

    yield
    from ..rules.read import grammar

    grammar()
    yield


def read_next(scene: bpy.types.Scene) -> bool:
    """Look at a scene if it changed, or else read its next rule; False if there is nothing to do."""
    known = _known.setdefault(scene.session_uid, _Known())
    if known.is_stale:
        _look(scene, known)
        return True
    text = next((text for text in texts_of(scene) if known.told.get(text, (0, None))[0] != known.look), None)
    if text is None:
        return False
    known.told.pop(text, None)
    while len(known.told) >= MOST:
        del known.told[next(iter(known.told))]
    known.told[text] = known.look, Told()  # So that a text is not read for ever should reading it fail.
    known.told[text] = known.look, _read(text, known)
    return True


def texts_of(scene: Any) -> Iterator[str]:
    """The rules of a scene, the chosen one first, and its goal."""
    settings = scene.cdyn
    rules = [rule.text.strip() for rule in settings.rules]
    yield from filter(None, (*rules[settings.rule_index : settings.rule_index + 1], *rules, settings.goal.strip()))


def _look(scene: bpy.types.Scene, known: _Known) -> None:
    """Look at a scene again; what was read stays true where nothing changed that rules speak of."""
    from ..engine.outline import read_outline
    from ..engine.protocol import SceneFileError
    from ..rules import Vocabulary

    outline, problem = None, ""
    try:
        if bpy.context.scene == scene:
            outline = read_outline(scene)
        else:
            with bpy.context.temp_override(scene=scene, view_layer=scene.view_layers[0]):
                outline = read_outline(scene)
    except SceneFileError as error:
        problem = str(error)
    known.is_stale = False
    if known.look == 0 or outline != known.outline or problem != known.problem:
        known.outline, known.problem, known.look = outline, problem, known.look + 1
        known.vocabulary = Vocabulary(outline) if outline is not None else None


def _read(text: str, known: _Known) -> Told:
    from ..rules import Refusal, read

    if known.vocabulary is None:
        return Told(reason=known.problem)
    found = read(text, known.vocabulary)
    if isinstance(found, Refusal):
        return Told("", found.reason, found.words, found.nearest, not found.problem)
    return Told(found.sentence)


@persistent
def _changed(*_: object) -> None:
    global _changed_at
    screen = bpy.context.screen
    if screen is None or not screen.is_animation_playing:
        _changed_at = time.monotonic()
        for known in _known.values():
            known.is_stale = True


@persistent
def _forget(*_: object) -> None:
    _known.clear()
    _asked.clear()


HANDLERS = {"depsgraph_update_post": _changed, "undo_post": _changed, "redo_post": _changed, "load_post": _forget}


def register() -> None:
    """Look again at scenes that change."""
    for name, handler in HANDLERS.items():
        getattr(bpy.app.handlers, name).append(handler)


def unregister() -> None:
    """Do so no more, and forget what was read."""
    for name, handler in HANDLERS.items():
        getattr(bpy.app.handlers, name).remove(handler)
    if bpy.app.timers.is_registered(_step):
        bpy.app.timers.unregister(_step)
    _forget()
