"""``annotate``: a recorded run as named events."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from addon.patterns.moments import EVENTS, how_many
from addon.trace import load_trace

from .inputs import TRACE_HELP, read_text, trace_folder
from .output import err, print_json

if TYPE_CHECKING:
    from addon.patterns import Pattern
    from addon.patterns.annotation import Annotation

GRAMMAR = "grammar"
"""What writes a summary without a model."""

FEWER_TOKENS = 50
"""The text for prompts has at most one token for so many of the raw trace as JSON."""


def annotate(
    trace: Annotated[Path, typer.Argument(help=TRACE_HELP)],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", "--out", help="Folder for the files; the trace's own without it.")
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
    events: Annotated[
        str, typer.Option("--events", help="How many moments are told, those that matter most; or all.")
    ] = str(EVENTS),
    summary: Annotated[bool, typer.Option("--summary", help="Print a summary in plain English instead.")] = False,
    coder: Annotated[
        str, typer.Option(help="What writes the summary: grammar (no model), openai, local, paste:DIR, recorded.")
    ] = GRAMMAR,
    json: Annotated[bool, typer.Option("--json", help="Print the annotation, or the summary, as JSON.")] = False,
) -> None:
    """Find the patterns of a run; print its timeline, and write annotation.json, .html and .txt (for prompts)."""
    from addon.patterns import timeline
    from addon.patterns.tokens import estimate_tokens

    trace, most = trace_folder(trace), _most(events)
    folder = output or trace
    if coder != GRAMMAR and not summary:
        raise typer.BadParameter("a model writes summaries only: give --summary too", param_hint="--coder")
    found, prompt, raw = annotate_run(trace, folder, _detectors(detector or [], discovered), most)
    if summary:
        _summarise(trace, found, most, coder, folder, json)
        return
    if json:
        print_json(found.model_dump(mode="json"))
    else:
        sys.stdout.write(timeline.timeline_text(found, most))
    if discovered:
        err.print(_discovered_words(found), style="dim", highlight=False, soft_wrap=True)
    err.print(
        f"{len(found.activations)} events and {len(found.outcomes)} outcomes; {folder / 'annotation.html'}; "
        f"for prompts annotation.txt, about {estimate_tokens(prompt)} tokens where the raw trace has about {raw}",
        style="dim",
        highlight=False,
        soft_wrap=True,
    )


def _discovered_words(found: Annotation) -> str:
    """How much the discovered patterns found, which may be nothing."""
    from addon.patterns.library.discovered import discovered_patterns

    uids = [pattern.uid for pattern in discovered_patterns()]
    count = sum(a.uid in uids for a in found.activations)
    return f"{len(uids)} discovered patterns were looked for; {count} of the events are theirs"


def _most(events: str) -> int | None:
    try:
        return how_many(events)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--events") from None


def _summarise(trace: Path, found: Annotation, most: int | None, coder: str, folder: Path, json: bool) -> None:
    """Print a summary with what its sentences claim falsely, as far as that can be checked."""
    from addon.patterns import Observation
    from addon.patterns.claims import FALSE, UNCLEAR, check
    from addon.patterns.summary import summary_by_grammar

    from ..benchmarks.summaries.write import BOOK, summary_by_model
    from ..evaluation.recorded import open_model

    if coder == GRAMMAR:
        text = summary_by_grammar(found, most)
    else:
        with open_model(coder, BOOK, folder / "answers") as model:
            text = summary_by_model(found, most, model)
    claims = check(text, Observation(load_trace(trace)))
    wrong = [claim for claim in claims if claim.verdict == FALSE]
    unclear = [claim for claim in claims if claim.verdict == UNCLEAR]
    so = len(claims) - len(wrong) - len(unclear)
    if json:
        counts = {"true": so, "false": len(wrong), "unclear": len(unclear)}
        print_json({"summary": text, "claims": [asdict(claim) for claim in claims], **counts})
        return
    sys.stdout.write(text + "\n")
    for claim in wrong:
        err.print(f"not so: {claim.sentence} ({claim.reason})", highlight=False, soft_wrap=True)
    for told in dict.fromkeys(f"not checked: {claim.sentence} ({claim.reason})" for claim in unclear):
        err.print(told.removesuffix(" ()"), highlight=False, soft_wrap=True)
    err.print(
        f"{len(claims)} claims held against the trace: {so} true, {len(wrong)} false, {len(unclear)} that "
        "could not be checked",
        style="dim",
        soft_wrap=True,
    )


def annotate_run(
    trace: Path, folder: Path, more: tuple[Pattern, ...] = (), most: int | None = EVENTS
) -> tuple[Annotation, str, int]:
    """Annotate the trace of a folder and write annotation.json, .html and .txt into another one.

    The last two tell the ``most`` moments that matter; all for None. Gives the annotation, its text for prompts, and
    the tokens of the raw trace.
    """
    from addon.patterns import timeline
    from addon.patterns.annotation import annotate as find_patterns
    from addon.patterns.annotation import save_annotation
    from addon.patterns.tokens import estimate_tokens, trace_json
    from addon.patterns.words import prompt_text, salient_text
    from addon.scene_graph import write_text

    recorded = load_trace(trace)
    found = find_patterns(recorded, more=more)
    raw = estimate_tokens(trace_json(recorded))
    prompt = prompt_text(found, raw // FEWER_TOKENS) if most is None else salient_text(found, most)
    save_annotation(found, folder)
    write_text(folder / "annotation.txt", prompt)
    write_text(
        folder / "annotation.html", timeline.timeline_page(found, timeline.read_pictures(trace / "frames"), most)
    )
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
        patterns.append(source_pattern(read_text(path), path.stem, known=known, origin=str(path)))
    return tuple(patterns[given:])
