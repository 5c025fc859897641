"""``parse``: a scene file to scene graph JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from addon.scene_graph import save_scene_graph, scene_text, write_text

from ..scenes import load_graph
from .output import engine_words_to_stderr, print_notes


def parse(
    scene: Annotated[str, typer.Argument(help="A .blend or .json file, or the name of a bundled example.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File for the JSON or text; standard output without it.")
    ] = None,
    text: Annotated[
        bool, typer.Option("--text", help="Print the compact text that goes into prompts instead.")
    ] = False,
) -> None:
    """Read a scene and write its scene graph."""
    with engine_words_to_stderr():
        graph = load_graph(scene)
    print_notes(graph.notes)
    if text and output is not None:
        write_text(output, scene_text(graph))
    elif text:
        sys.stdout.write(scene_text(graph))
    elif output is None:
        sys.stdout.write(graph.model_dump_json(indent=1) + "\n")
    else:
        save_scene_graph(graph, output)
