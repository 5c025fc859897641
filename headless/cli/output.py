"""Where a command's words go: progress to standard error, results to standard output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console

from addon.scene_graph import Note

err = Console(stderr=True)
out = Console()


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


def print_notes(notes: Iterable[Note]) -> None:
    """Tell what of a scene is not carried, a line each, on standard error."""
    for note in notes:
        err.print(f"note: {note.text}", markup=False, highlight=False, soft_wrap=True)
