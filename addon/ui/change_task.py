"""The task that says what a change in words makes of the rules; the words of changes take seconds to load."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..rules.changes import Change
    from .tasks import Teller


def change_rules(folder: Path, request: dict[str, Any], tell: Teller) -> dict[str, Any]:
    """The rules as they are after the change that is ``said``, or ``reason`` why nothing is changed.

    ``lists`` and ``at`` of the request are the history of the rules, ``selected`` is the place of the rule that *it*
    is, ``scene`` the scene graph as a window reads it. Where several changes could be meant they are ``choices``.
    Raises SceneGraphError.
    """
    from ..rules.changes import Change, History, change
    from ..scene_graph import parse_scene_graph

    tell(phase="change", done=0, total=0)
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
