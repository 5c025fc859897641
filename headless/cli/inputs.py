"""What several commands read."""

from __future__ import annotations

from pathlib import Path

import typer

TRACE_HELP = "The folder of a job or of a trace; or its trace.json."


def trace_folder(path: Path) -> Path:
    """The folder of a trace that is given by itself or by one of its files."""
    return path.parent if path.name in ("trace.json", "trace.npz") else path


def read_text(path: Path) -> str:
    """The text of a file. Raises BadParameter that says why it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise typer.BadParameter(f"{path} is no text in UTF-8") from None
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}") from None
