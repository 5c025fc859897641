"""Where a command's words go: progress to standard error, results to standard output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.text import Text

from addon.executor import visible
from addon.scene_graph import Note


class PlainConsole(Console):
    """A console for names, errors and printed words of others: shown as they are, control characters as escapes."""

    def __init__(self, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, markup=False, emoji=False)

    def render_str(self, text: str, **options: Any) -> Text:
        """See `rich.console.Console.render_str`."""
        return super().render_str(visible(text), **options)


err = PlainConsole(stderr=True)
out = PlainConsole()


@contextmanager
def engine_words_to_stderr() -> Iterator[None]:
    """Send what Blender's C code prints to standard error, so that standard output holds the result alone."""
    sys.stdout.flush()
    saved = os.dup(1)
    try:
        os.dup2(2, 1)
        yield
    finally:
        sys.stdout.flush()
        os.dup2(saved, 1)
        os.close(saved)


def print_json(data: Any) -> None:
    """Print one JSON document, keys sorted, to standard output."""
    sys.stdout.write(json.dumps(data, indent=1, sort_keys=True) + "\n")
    sys.stdout.flush()


def print_notes(notes: Iterable[Note], is_blend: bool = False) -> None:
    """Tell what of a scene is not carried, a line each, on standard error. A run of a .blend is not told what scene
    graphs alone lack."""
    for note in notes:
        if is_blend and note.missing_in == ("json",):
            continue
        err.print(f"note: {note.text}", highlight=False, soft_wrap=True)
