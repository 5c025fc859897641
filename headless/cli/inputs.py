"""What several commands read."""

from __future__ import annotations

from pathlib import Path

import typer

TRACE_HELP = "The folder of a job or of a trace; or its trace.json."

LARGEST = 64 * 1024 * 1024
"""Bytes of a text, at most, that a command reads."""


def trace_folder(path: Path) -> Path:
    """The folder of a trace that is given by itself or by one of its files."""
    return path.parent if path.name in ("trace.json", "trace.npz") else path


def read_text(path: Path) -> str:
    """The text of a file. Raises BadParameter that says why it cannot be read."""
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise typer.BadParameter(f"{path} has more than {LARGEST:,} bytes")
        return content.decode()
    except UnicodeDecodeError:
        raise typer.BadParameter(f"{path} is no text in UTF-8") from None
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}") from None
