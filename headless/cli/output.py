"""Where a command's words go: progress to standard error, results to standard output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from rich.console import Console
from rich.text import Text

from addon.executor import visible
from addon.scene_graph import Note

_aside: list[int] = []
"""Descriptors of the true standard output while descriptor 1 is that of errors, the outermost first."""


class PlainConsole(Console):
    """A console for names, errors and printed words of others: shown as they are, control characters as escapes."""

    def __init__(self, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, markup=False, emoji=False)

    def render_str(self, text: str, **options: Any) -> Text:
        """See `rich.console.Console.render_str`."""
        return super().render_str(visible(text), **options)

    def print(self, *objects: Any, **options: Any) -> None:
        """See `rich.console.Console.print`."""
        with nullcontext() if self.stderr else _results_to_stdout():
            super().print(*objects, **options)


err = PlainConsole(stderr=True)
out = PlainConsole()


@contextmanager
def engine_words_to_stderr() -> Iterator[None]:
    """Send what Blender's C code prints to standard error, so that standard output holds the result alone.

    `out` and `print_json` go to standard output from within, too.
    """
    sys.stdout.flush()
    saved = os.dup(1)
    _aside.append(saved)
    try:
        os.dup2(2, 1)
        yield
    finally:
        sys.stdout.flush()
        os.dup2(saved, 1)
        _aside.pop()
        os.close(saved)


@contextmanager
def _results_to_stdout() -> Iterator[None]:
    """Give standard output back for what is a result."""
    if not _aside:
        yield
        return
    sys.stdout.flush()
    os.dup2(_aside[0], 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(2, 1)


def print_json(data: Any) -> None:
    """Print one JSON document, keys sorted, to standard output."""
    with _results_to_stdout():
        sys.stdout.write(json.dumps(data, indent=1, sort_keys=True) + "\n")
        sys.stdout.flush()


def print_notes(notes: Iterable[Note], is_blend: bool = False) -> None:
    """Tell what of a scene is not carried, a line each, on standard error. A run of a .blend is not told what scene
    graphs alone lack."""
    for note in notes:
        if is_blend and note.missing_in == ("json",):
            continue
        err.print(f"note: {note.text}", highlight=False, soft_wrap=True)
