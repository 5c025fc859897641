"""``parse``: a scene file to scene graph JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from addon.scene_graph import SceneGraph, save_scene_graph, scene_text, write_text

from ..scenes import load_graph
from .inputs import check_file
from .output import engine_words_to_stderr, err, print_notes


def parse(
    scene: Annotated[str, typer.Argument(help="A .blend or .json file, or the name of a bundled example.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", "--out", help="File for the JSON or text; else standard output."),
    ] = None,
    from_picture: Annotated[
        bool, typer.Option("--from-picture", help="SCENE is a picture of a machine, read by our own network.")
    ] = False,
    camera: Annotated[Path | None, typer.Option(help="The picture's camera as JSON.")] = None,
    before: Annotated[Path | None, typer.Option(help="The picture of 1/15 s before, for velocities.")] = None,
    weights: Annotated[
        Path | None, typer.Option(help="Weights of the network; without it those of the project.")
    ] = None,
    text: Annotated[
        bool, typer.Option("--text", help="Print the compact text that goes into prompts instead.")
    ] = False,
) -> None:
    """Read a scene and write its scene graph."""
    if output is not None:
        check_file(output, "--output")
    if from_picture:
        graph = _seen(Path(scene), camera, before, weights)
    elif camera or before or weights:
        raise typer.BadParameter("--camera, --before and --weights are for --from-picture")
    else:
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
    if from_picture and not graph.objects:
        err.print(
            "nothing was recognised: the network knows pictures of the benchmark's machines, see docs/learning.md"
        )
        raise typer.Exit(1)


def _seen(picture: Path, camera: Path | None, before: Path | None, weights: Path | None) -> SceneGraph:
    from ..learning.perception.pictures import graph_of_picture

    if camera is None:
        raise typer.BadParameter("a picture is read with its camera: give --camera FILE, see docs/learning.md")
    return graph_of_picture(picture, camera, before, weights)
