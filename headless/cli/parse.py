"""``parse``: a scene file to scene graph JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from addon.scene_graph import SceneGraph, save_scene_graph, scene_text, write_text

from ..learning.networks import ReaderName
from ..scenes import is_scene, load_graph
from .inputs import check_file
from .output import engine_words_to_stderr, print_notes


def parse(
    scene: Annotated[str, typer.Argument(help="A .blend or .json file, or the name of a bundled example.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", "--out", help="File for the JSON or text; else standard output."),
    ] = None,
    from_picture: Annotated[
        bool,
        typer.Option(
            "--from-picture",
            help="SCENE is a picture of a machine, a video (an animated WebP, PNG or GIF), or a scene, which is drawn.",
        ),
    ] = False,
    camera: Annotated[Path | None, typer.Option(help="The picture's camera as JSON; else a scene's own.")] = None,
    before: Annotated[Path | None, typer.Option(help="The picture of 1/15 s before, for velocities.")] = None,
    frame: Annotated[int | None, typer.Option(min=0, help="Frame of a video; else the first with speeds.")] = None,
    reader: Annotated[
        ReaderName,
        typer.Option(help="What reads it: our own network, that and drawing again, or a model that sees."),
    ] = "network",
    coder: Annotated[str, typer.Option(help="The model of --reader model: openai, paste:DIR, recorded.")] = "auto",
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
        if weights is not None and reader == "model":
            raise typer.BadParameter("they are those of the network; leave out --reader model", param_hint="--weights")
        graph = _seen(scene, camera, before, frame, reader, coder, weights)
    elif camera or before or weights or frame is not None or reader != "network":
        raise typer.BadParameter("--camera, --before, --frame, --reader and --weights are for --from-picture")
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
    if from_picture and _is_strange(graph):
        raise typer.Exit(1)


def _seen(
    scene: str,
    camera: Path | None,
    before: Path | None,
    frame: int | None,
    reader: ReaderName,
    coder: str,
    weights: Path | None,
) -> SceneGraph:
    from ..learning.frames.camera_file import load_camera
    from ..learning.perception.pictures import graph_of_picture
    from ..learning.perception.readers import open_readers

    view = load_camera(camera) if camera is not None else None
    with open_readers(reader, weights=weights, coder=coder) as reader_for, TemporaryDirectory() as folder:
        chosen = reader_for(Path(scene).stem)
        if is_scene(scene):
            if before is not None or frame is not None:
                raise typer.BadParameter("--before and --frame are for pictures and videos, not for scenes")
            from ..learning.perception.drawn import drawn_scene

            with engine_words_to_stderr():
                picture, view = drawn_scene(load_graph(scene), scene, view, Path(folder))
            return graph_of_picture(picture, view, chosen)
        if view is None:
            raise typer.BadParameter("a picture is read with its camera: give --camera FILE, see docs/learning.md")
        return graph_of_picture(Path(scene), view, chosen, before, frame)


def _is_strange(graph: SceneGraph) -> bool:
    from addon.perception.graph import is_strange

    return is_strange(graph)
