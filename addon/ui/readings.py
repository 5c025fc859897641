"""What rules say in a scene, read while they are typed: by their words alone, without a model.

Drawing asks and shows what is known. A timer looks at the scene, and a process that stays reads (`rules.listener`): the
grammar alone takes longer to make than the window may stand still.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import bpy
from bpy.app.handlers import persistent

from ..interpreter import environment_with
from .process import ChildProcess
from .session import SESSION, Line
from .text import tr
from .work import SLICE, redraw, scene_of

LISTENER, REQUEST = "addon.rules.listener", "request.json"
"""The module of the process that reads, and the file in its folder that asks it."""

ROOT = Path(__file__).parents[2]
"""The folder in which a Python finds the package ``addon``."""

WAIT = 0.15
"""Seconds without a key after which a rule is read."""

SETTLED = 0.3
"""Seconds without a change after which a scene is looked at."""

POLL = 0.05
"""Seconds between two looks at the process that reads."""

MOST = 300
"""Texts whose readings are kept for a scene besides those that it is asked for."""

MOST_IDEAS = 5
"""Rules that are proposed."""


@dataclass(frozen=True)
class Told:
    """What was read: ``sentence``, or why not, the words that nothing explains, and what can be said instead.

    ``is_open`` is true where a model may know what is meant. ``bodiless`` names what is refused for its lack of a rigid
    body, ``must_move`` is true where physics would have to move that.
    """

    sentence: str = ""
    reason: str = ""
    words: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    is_open: bool = False
    bodiless: str = ""
    must_move: bool = False


@dataclass
class _Known:
    """A scene as it was last looked at, and what was read in it: each text with the look that it belongs to."""

    outline: Any = None
    text: str = ""
    """The outline as JSON."""

    problem: str = ""
    ideas: tuple[str, ...] = ()
    look: int = 0
    is_stale: bool = True
    asked: tuple[int, list[str]] = (0, [])
    """The look and the texts that were last given to be read."""

    told: dict[str, tuple[int, Told]] = field(default_factory=dict)

    def put(self, text: str, said: Told) -> None:
        """Keep what a text says."""
        self.told.pop(text, None)
        self.told[text] = self.look, said

    def ask(self, texts: list[str]) -> None:
        """Note what is given to be read, and forget the oldest of what was read besides."""
        self.asked = self.look, texts
        needed = set(texts)
        others = [text for text in self.told if text not in needed]
        for text in others[: max(0, len(others) - MOST)]:
            del self.told[text]


_known: dict[int, _Known] = {}
_asked: set[int] = set()
_changed_at = 0.0
_steps: Iterator[None] | None = None
"""Loads what looking at a scene needs; None before it is first asked for."""

_reader: ChildProcess | None = None
_waiting = 0
"""The scene that the reader reads in now, 0 if it waits."""

_number = 0
"""Requests that it was given."""


def told(scene: bpy.types.Scene, text: str) -> Told | None:
    """What a rule says in a scene, as far as it is known now; it is read soon where it is not."""
    known = _known.setdefault(scene.session_uid, _Known())
    if known.is_stale or known.told.get(text, (0, None))[0] != known.look:
        _asked.add(scene.session_uid)
        _soon()
    return known.told[text][1] if text in known.told else None


def is_settled(scene: bpy.types.Scene) -> bool:
    """Whether all rules of a scene are read in it as it is now; not where that failed. Looks at it again if need be, so
    it is not for drawing."""
    known = _known.get(scene.session_uid)
    if known is None or not known.look or _reader is None:
        return False
    if known.is_stale:
        _look(scene, known)
    if known.outline is None:
        return False
    texts = set(texts_of(scene))
    is_given = (known.asked[0], set(known.asked[1])) == (known.look, texts) and _waiting != scene.session_uid
    return is_given and all(known.told.get(text, (0, None))[0] == known.look for text in texts)


def outline_of(scene: bpy.types.Scene) -> Any:
    """A scene as rules can speak of it now. Raises SceneFileError for one that cannot be read."""
    from ..engine.protocol import SceneFileError

    known = _known.setdefault(scene.session_uid, _Known())
    if known.is_stale:
        _look(scene, known)
    if known.outline is None:
        raise SceneFileError(known.problem)
    return known.outline


def ideas(scene: bpy.types.Scene) -> list[str]:
    """Rules that a scene allows, as far as that is known now."""
    known = _known.setdefault(scene.session_uid, _Known())
    said = [text for text in known.ideas if (found := told(scene, text)) is not None and found.sentence]
    return said[:MOST_IDEAS]


def prepare(scene: bpy.types.Scene) -> None:
    """Load what reading needs and look at a scene, unless that was done, so that the first rule is read at once."""
    if _known.setdefault(scene.session_uid, _Known()).look == 0:
        _asked.add(scene.session_uid)
        _soon()


def typed(settings: Any, context: Any) -> None:
    """Read once the user pauses: called when a rule changes."""
    if bpy.app.timers.is_registered(_step):
        bpy.app.timers.unregister(_step)
    _asked.add(settings.id_data.session_uid)
    _soon()
    redraw()


def _soon() -> None:
    if not bpy.app.background and not bpy.app.timers.is_registered(_step):
        bpy.app.timers.register(_step, first_interval=WAIT)


def _step() -> float | None:
    """Do one part of what is asked for; ends when there is nothing left."""
    if _load():
        return SLICE
    _hear()
    left = _changed_at + SETTLED - time.monotonic()
    if left > 0 and any(_known[key].is_stale for key in _asked if key in _known):
        return min(left, POLL) if _waiting else left
    for key in sorted(_asked):
        scene = scene_of(key)
        if scene is not None and _known.setdefault(key, _Known()).is_stale:
            _look(scene, _known[key])
            return SLICE
        if scene is None or _waiting in (0, key):
            _asked.discard(key)
            if scene is not None:
                _give(scene, _known[key])
    return POLL if _waiting or _asked else None


def _load() -> bool:
    """Load the next part of what looking at a scene needs; False if all is there."""
    global _steps
    if _steps is None:
        _steps = _parts()
    return next(_steps, "done") != "done"


def _parts() -> Iterator[None]:
    import pydantic  # noqa: F401

    yield
    from .. import scene_graph  # noqa: F401

    yield
    from ..engine import outline  # noqa: F401

    yield


def _give(scene: bpy.types.Scene, known: _Known) -> None:
    """Have the rules of a scene read, in place of what is being read in it; without any, what the scene allows."""
    global _waiting, _number
    from ..scene_graph import write_text

    texts = list(dict.fromkeys(texts_of(scene)))
    if (known.look, texts) == known.asked:
        return
    known.ask(texts)
    if known.outline is None:
        _refuse(known, known.problem)
        return
    number = _number + 1
    request = {"scene": known.text, "texts": texts, "key": scene.session_uid, "look": known.look, "number": number}
    try:
        reader = _started()
        write_text(reader.folder / REQUEST, json.dumps(request))
    except OSError as error:
        end_reader()
        _refuse(known, tr("cannot_start", reason=error.strerror or str(error)))
        return
    _waiting, _number = scene.session_uid, number
    reader.wake()


def _started() -> ChildProcess:
    """The process that reads, a new one if that has ended or has lost its folder. Raises OSError."""
    global _reader
    if _reader is not None and not (_reader.running and _reader.folder.is_dir()):
        end_reader()
    if _reader is None:
        folder = Path(tempfile.mkdtemp(dir=bpy.app.tempdir))
        environment = environment_with("pydantic")
        places = (str(ROOT), environment.get("PYTHONPATH", ""))
        environment |= {"PYTHONPATH": os.pathsep.join(filter(None, places)), "PYTHONHASHSEED": "0"}
        _reader = ChildProcess([sys.executable, "-P", "-m", LISTENER, str(folder)], folder, environment)
    return _reader


def _refuse(known: _Known, reason: str) -> None:
    """Tell of all rules that were given to be read why they cannot be."""
    for text in known.asked[1]:
        known.put(text, Told(reason=reason))
    redraw()


def _hear() -> None:
    """Take up what was read."""
    global _waiting
    if _reader is None or not _waiting:
        return
    is_running, lines = _reader.running, _reader.lines()
    for line in lines:
        _take(line)
    if lines:
        redraw()
    elif _waiting and not is_running:
        known, words = _known.get(_waiting), _reader.last_words()
        end_reader()
        if known is not None:
            _refuse(known, tr("reading_ended", words=words))


def _take(line: Line) -> None:
    """Take up one line of the process that reads."""
    global _waiting
    if line.get("number") == _number:
        _waiting = 0
    known = _known.get(line["key"])
    if known is None or known.look != line["look"]:
        return
    if "ideas" in line:
        known.ideas = tuple(line["ideas"])
    elif "told" in line:
        said = line["told"]
        lists = {name: tuple(said[name]) for name in ("words", "nearest") if name in said}
        known.put(line["text"], Told(**{**said, **lists}))
    if "number" in line and (scene := scene_of(line["key"])) is not None:
        _settle(scene)


def _settle(scene: bpy.types.Scene) -> None:
    """Forget that rules were refused once all of them are understood."""
    if SESSION.of_rules and SESSION.scene == scene.session_uid and not SESSION.busy:
        found = [told(scene, text) for text in texts_of(scene)]
        if is_settled(scene) and all(said is not None and said.sentence for said in found):
            SESSION.say()


def end_reader() -> None:
    """End the process that reads; the next rule starts another one."""
    global _reader, _waiting
    reader, _reader, _waiting = _reader, None, 0
    if reader is not None:
        reader.end()


def texts_of(scene: Any) -> Iterator[str]:
    """The rules of a scene, the chosen one first, and its goal."""
    settings = scene.cdyn
    rules = [(rule.text.strip(), rule.is_muted) for rule in settings.rules]
    chosen = rules[settings.rule_index : settings.rule_index + 1]
    yield from filter(None, (*(text for text, is_muted in (*chosen, *rules) if not is_muted), settings.goal.strip()))


def _look(scene: bpy.types.Scene, known: _Known) -> None:
    """Look at a scene again; what was read stays true where nothing changed that rules speak of."""
    from ..engine.outline import read_outline
    from ..engine.protocol import SceneFileError

    outline, problem, is_first = None, "", known.look == 0
    known.is_stale, known.look = False, max(known.look, 1)  # Not for ever, should this fail.
    if _reader is None:
        known.asked = (0, [])  # What a process that ended has left unread is read by the next one.
    try:
        if bpy.context.scene == scene:
            outline = read_outline(scene)
        else:
            with bpy.context.temp_override(scene=scene, view_layer=scene.view_layers[0]):
                outline = read_outline(scene)
    except SceneFileError as error:
        problem = str(error)
    if not is_first and outline == known.outline and problem == known.problem:
        return
    known.outline, known.problem, known.look = outline, problem, known.look + 1
    known.text, known.ideas = outline.model_dump_json() if outline is not None else "", ()


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
    end_reader()
    _forget()
