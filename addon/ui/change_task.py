"""The task that says what changes in words make of the rules, one after the other.

The words of changes take seconds to load, so the process stays for the next one.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..rules.changes import Change
    from .tasks import Teller


NEXT = "next.json"
"""The next request, in the folder of the task; it is gone once it is read."""

IDLE, POLL = 600.0, 0.1
"""Seconds without a request after which the task ends, and between two looks for one."""


def answer_changes(folder: Path, request: dict[str, Any], tell: Teller) -> dict[str, Any]:
    """Tell what `change_rules` makes of a request and of those after it, as lines with ``result`` or ``error``."""
    from ..scene_graph import SceneGraphError

    following: dict[str, Any] | None = request
    while following is not None:
        tell(phase="change", done=0, total=0)
        try:
            tell(result=change_rules(following))
        except SceneGraphError as error:
            tell(error=str(error), kind=type(error).__name__)
        following = _next(folder)
    return {}


def _next(folder: Path) -> dict[str, Any] | None:
    """The next request, None if none comes for long."""
    last = time.monotonic() + IDLE
    while time.monotonic() < last:
        if (folder / NEXT).exists():
            request: dict[str, Any] = json.loads((folder / NEXT).read_text(encoding="utf-8"))
            (folder / NEXT).unlink()
            return request
        time.sleep(POLL)
    return None


def change_rules(request: dict[str, Any]) -> dict[str, Any]:
    """The rules as they are after the change that is ``said``, or ``reason`` why nothing is changed.

    ``lists`` and ``at`` of the request are the history of the rules, ``selected`` is the place of the rule that *it*
    is, ``scene`` the scene graph as a window reads it. Where several changes could be meant they are ``choices``.
    Raises SceneGraphError.
    """
    from ..rules.changes import Change, History, change
    from ..scene_graph import parse_scene_graph

    history = History(tuple(tuple(rules) for rules in request["lists"]), request["at"])
    scene = parse_scene_graph(request["scene"])
    found = change(request["said"], history, scene, request["selected"])
    if isinstance(found, Change):
        return _told(found)
    return {"reason": str(found), "choices": [_told(one) for one in found.choices]}


def _told(found: Change) -> dict[str, Any]:
    return {
        "said": found.said,
        "lists": [list(rules) for rules in found.history.lists],
        "at": found.history.at,
        "edits": [asdict(edit) for edit in found.edits],
        "last": found.last,
    }
