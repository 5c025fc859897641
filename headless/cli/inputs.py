"""What several commands read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

TRACE_HELP = "The folder of a job, of a trace or of a world (its last run); or a trace.json."

TRACE_FILES = ("trace.json", "trace.npz")

GIVE = "give the folder of a run, as 'python -m headless run SCENE --out DIR' writes it, or of a world"

LARGEST = 64 * 1024 * 1024
"""Bytes of a text, at most, that a command reads."""


OnEngine = Annotated[
    Literal["processes", "ray"], typer.Option("--engine", help="Processes of this machine, or a Ray cluster.")
]
Address = Annotated[
    str | None, typer.Option("--address", help="Of a running Ray cluster; without it, Ray on this machine.")
]


def check_address(engine: str, address: str | None) -> None:
    """Raise BadParameter for an address of a cluster that is not asked for."""
    if address is not None and engine != "ray":
        raise typer.BadParameter("it is that of a Ray cluster; give --engine ray, too", param_hint="--address")


def check_file(path: Path, option: str) -> None:
    """Raise BadParameter if a file is to be written where a folder is."""
    if path.is_dir():
        raise typer.BadParameter(f"{path} is a folder; name a file in it, or another one", param_hint=option)


def trace_folder(path: Path) -> Path:
    """The folder of a trace that is given by itself, by one of its files, or by the world of which it is the last run.
    Raises BadParameter that says what to give instead."""
    folder = path.parent if path.name in TRACE_FILES else path
    if not folder.exists():
        raise typer.BadParameter(f"there is no {folder}; {GIVE}")
    if not folder.is_dir():
        raise typer.BadParameter(f"{folder} is no trace; {GIVE}")
    if any((folder / name).exists() for name in TRACE_FILES):
        return folder
    runs = [run for run in folder.glob("rounds/*/run") if run.parent.name.isdigit() and (run / "trace.json").exists()]
    if not runs:
        inside = sorted({path.parent for name in TRACE_FILES for path in folder.glob(f"*/{name}")})
        raise typer.BadParameter(f"{folder} holds no trace; {f'did you mean {inside[0]}?' if inside else GIVE}")
    return max(runs, key=lambda run: int(run.parent.name))


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
