"""``execute``: a script run against plain objects."""

from __future__ import annotations

import typer

from .. import execute as command


def execute(context: typer.Context) -> None:
    """Run a script against plain objects, without Blender; ``execute --help`` says how."""
    raise typer.Exit(command.main(context.args))
