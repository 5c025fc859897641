"""Reads rules for a window, in a process of its own: making the grammar alone would let the window stand still.

    python -m addon.rules.listener FOLDER

A line of standard input says that FOLDER holds a request; the end of it ends the process. What a text says is told as a
line of JSON with the request's ``key`` and ``look``, the last one with its ``number``.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..scene_graph import parse_scene_graph
from .ideas import ideas
from .read import Reading, Refusal, grammar, read, released
from .vocabulary import Vocabulary

REQUEST = "request.json"
"""JSON: ``scene``, a scene graph as text; ``texts``; and ``key``, ``look`` and ``number``, which come back."""

TAKEN = "taken.json"
MOST = 2_000
"""Readings that are kept of a scene: with more rules than that, all of them are read again whenever one changes."""


class Reader:
    """Reads texts in one scene, each once. Raises SceneGraphError for what is no scene."""

    def __init__(self, scene: str) -> None:
        self.scene = scene
        self._graph = parse_scene_graph(scene)
        self._seen = lru_cache(maxsize=2)(self._vocabulary)
        self._read = lru_cache(maxsize=MOST)(self._found)
        self.ideas = ideas(self._seen())

    def tell(self, texts: Sequence[str]) -> Iterator[dict[str, Any]]:
        """What each text says, once it is read; those that are refused come last, for beside the others, which may let
        bodies go or hold them, they may say something after all."""
        refused, readings = [], []
        for text in texts:
            found = self._read(text)
            if isinstance(found, Reading):
                readings.append(found)
                yield {"text": text, "told": {"sentence": found.sentence}}
            else:
                refused.append(text)
        changed = released(readings, self._seen())
        for text in refused:
            yield {"text": text, "told": _told(self._read(text, changed.freed, changed.held), self._seen())}

    def _vocabulary(self, freed: frozenset[str] = frozenset(), held: frozenset[str] = frozenset()) -> Vocabulary:
        return Vocabulary(self._graph, freed, held)

    def _found(self, text: str, *changed: frozenset[str]) -> Reading | Refusal:
        try:
            return read(text, self._seen(*changed))
        except Exception as error:  # One text must not keep the others from being read.
            traceback.print_exc()
            return Refusal(text, f"reading it failed ({type(error).__name__}: {error})", problem=True)


def _told(found: Reading | Refusal, vocabulary: Vocabulary) -> dict[str, Any]:
    if isinstance(found, Reading):
        return {"sentence": found.sentence}
    told = {"reason": found.reason, "words": found.words, "nearest": found.nearest, "is_open": not found.problem}
    if name := vocabulary.bodiless_in(found.reason):
        told |= {"bodiless": name, "must_move": ", so it cannot be " in found.reason, "is_open": False}
    return told


def listen(folder: Path, wait: Callable[[], bytes], tell: Callable[[str], None]) -> None:
    """Answer requests until ``wait`` gives nothing more. One that comes while another is answered takes its place."""
    reader: Reader | None = None
    while wait():
        try:
            (folder / REQUEST).replace(folder / TAKEN)
        except FileNotFoundError:
            continue  # It was taken with the line before.
        request = json.loads((folder / TAKEN).read_text(encoding="utf-8"))
        if reader is None or reader.scene != request["scene"]:
            reader = Reader(request["scene"])
        about = {"key": request["key"], "look": request["look"]}
        tell(json.dumps({**about, "ideas": reader.ideas}))
        for line in reader.tell(request["texts"] or reader.ideas):
            tell(json.dumps({**about, **line}))
            if (folder / REQUEST).exists():
                break
        else:
            tell(json.dumps({**about, "number": request["number"]}))


def main() -> None:
    """Listen to standard input."""
    grammar()
    listen(Path(sys.argv[1]), sys.stdin.buffer.readline, lambda line: print(line, flush=True))


if __name__ == "__main__":
    main()
