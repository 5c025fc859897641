"""``annotate``: a recorded run as named events."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from addon.trace import load_trace

from .inputs import TRACE_HELP, read_text, trace_folder
from .output import err, print_json

if TYPE_CHECKING:
    from addon.patterns import Pattern
    from addon.patterns.annotation import Annotation

FEWER_TOKENS = 50
"""The text for prompts has at most one token for so many of the raw trace as JSON."""


def annotate(
    trace: Annotated[Path, typer.Argument(help=TRACE_HELP)],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder for the files; the trace's own without it.")
    ] = None,
    detector: Annotated[
        list[Path] | None,
        typer.Option(
            "--detector",
            help="A Python file with find_pattern(trace), run in the sandbox; may be repeated.",
        ),
    ] = None,
    discovered: Annotated[
        bool, typer.Option("--discovered", help="Find discovered patterns too, some 0.2 s each.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the annotation as JSON.")] = False,
) -> None:
    """Find the patterns of a run; print its timeline, and write annotation.json, .html and .txt (for prompts)."""
    from addon.patterns import timeline
    from addon.patterns.tokens import estimate_tokens

    trace = trace_folder(trace)
    folder = output or trace
    found, prompt, raw = annotate_run(trace, folder, _detectors(detector or [], discovered))
    if json:
        print_json(found.model_dump(mode="json"))
    else:
        sys.stdout.write(timeline.timeline_text(found))
    err.print(
        f"{len(found.activations)} events; {folder / 'annotation.html'}; for prompts annotation.txt, about "
        f"{estimate_tokens(prompt)} tokens where the raw trace has about {raw}",
        style="dim",
        highlight=False,
        soft_wrap=True,
    )


def annotate_run(trace: Path, folder: Path, more: tuple[Pattern, ...] = ()) -> tuple[Annotation, str, int]:
    """Annotate the trace of a folder and write annotation.json, .html and .txt into another one.

    Gives the annotation, its text for prompts, and the tokens of the raw trace.
    """
    from addon.patterns import timeline
    from addon.patterns.annotation import annotate as find_patterns
    from addon.patterns.annotation import save_annotation
    from addon.patterns.tokens import estimate_tokens, trace_json
    from addon.patterns.words import prompt_text
    from addon.scene_graph import write_text

    recorded = load_trace(trace)
    found = find_patterns(recorded, more=more)
    raw = estimate_tokens(trace_json(recorded))
    prompt = prompt_text(found, raw // FEWER_TOKENS)
    save_annotation(found, folder)
    write_text(folder / "annotation.txt", prompt)
    write_text(folder / "annotation.html", timeline.timeline_page(found, timeline.read_pictures(trace / "frames")))
    return found, prompt, raw


def _detectors(paths: list[Path], with_discovered: bool) -> tuple[Pattern, ...]:
    """The discovered patterns, if wanted, and those in files; each of these may read all before it."""
    from addon.patterns.library import library
    from addon.patterns.library.discovered import discovered_patterns
    from addon.patterns.source import source_pattern

    patterns = list(library())
    given = len(patterns)
    patterns += discovered_patterns() if with_discovered else ()
    for path in paths:
        known = [pattern.uid for pattern in patterns]
        if path.stem in known:
            raise typer.BadParameter(f"{path}: there is a pattern '{path.stem}' already; give the file another name")
        patterns.append(source_pattern(read_text(path), path.stem, known=known))
    return tuple(patterns[given:])
