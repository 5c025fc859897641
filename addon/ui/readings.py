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

MOST_IDEAS = 5
"""Rules that are proposed."""


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
    """A scene as it was last looked at, and what was read in it.

    ``found`` is what each text says by itself, with the look that it belongs to. ``told`` is what it says beside the
    others, which may let bodies go or hold them, with a stamp of all that it depends on.
    """

    outline: Any = None
    vocabulary: Any = None
    ideas: tuple[str, ...] = ()
    problem: str = ""
    look: int = 0
    is_stale: bool = True
    found: dict[str, tuple[int, Any]] = field(default_factory=dict)
    told: dict[str, tuple[tuple[Any, ...], Told]] = field(default_factory=dict)


_known: dict[int, _Known] = {}
_asked: set[int] = set()
_changed_at = 0.0
_steps: Iterator[None] | None = None
"""Loads what reading needs; None before it is first asked for."""


def told(scene: bpy.types.Scene, text: str) -> Told | None:
    """What a rule says in a scene, as far as it is known now; it is read soon where it is not."""
    known = _known.setdefault(scene.session_uid, _Known())
    if known.is_stale or known.found.get(text, (0, None))[0] != known.look:
        _asked.add(scene.session_uid)
        _soon()
    return known.told[text][1] if text in known.told else None


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
    from ..rules import changes  # noqa: F401

    yield


def read_next(scene: bpy.types.Scene) -> bool:
    """Look at a scene if it changed, or else read its next rule; False if there is nothing to do."""
    known = _known.setdefault(scene.session_uid, _Known())
    if known.is_stale:
        _look(scene, known)
        return True
    texts = list(dict.fromkeys(texts_of(scene)))
    proposed = () if texts else known.ideas
    return any(_find(text, known) for text in (*texts, *proposed)) or any(_settle(text, texts, known) for text in texts)


def _find(text: str, known: _Known) -> bool:
    """Read what a rule says by itself; False if that is known."""
    if known.found.get(text, (0, None))[0] == known.look:
        return False
    known.found.pop(text, None)
    while len(known.found) >= MOST:
        oldest = next(iter(known.found))
        del known.found[oldest], known.told[oldest]
    known.found[text], known.told[text] = (known.look, None), ((), Told())  # Not for ever, should reading it fail.
    found = _read(text, known.vocabulary, known.problem)
    known.found[text], known.told[text] = (known.look, found), ((known.look,), _told(found))
    return True


def _settle(text: str, texts: list[str], known: _Known) -> bool:
    """Read again what a rule says beside the others; False if that is known."""
    from ..rules import Refusal, released

    found = known.found[text][1]
    if not isinstance(found, Refusal) or known.vocabulary is None:
        return False
    changed = released(filter(None, (known.found[other][1] for other in texts)), known.vocabulary)
    is_same = changed is known.vocabulary
    stamp = (known.look,) if is_same else (known.look, changed.freed, changed.held)
    if known.told[text][0] == stamp:
        return False
    known.told[text] = stamp, _told(found)
    if not is_same:
        known.told[text] = stamp, _told(_read(text, changed, ""))
    return True


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
    from ..rules import Vocabulary
    from ..rules.ideas import ideas as ideas_of

    outline, problem, is_first = None, "", known.look == 0
    known.is_stale, known.look = False, max(known.look, 1)  # Not for ever, should this fail.
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
    known.vocabulary = Vocabulary(outline) if outline is not None else None
    known.ideas = ideas_of(known.vocabulary) if known.vocabulary is not None else ()


def _read(text: str, vocabulary: Any, problem: str) -> Any:
    """What a rule says in a scene: a Reading or a Refusal."""
    from ..rules import Refusal, read

    return Refusal(text, problem, problem=True) if vocabulary is None else read(text, vocabulary)


def _told(found: Any) -> Told:
    from ..rules import Refusal

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
