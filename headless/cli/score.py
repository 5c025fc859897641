"""``score``: what a reward or an assertion is worth on a recorded run."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from addon.rewards import explain, judge, read, remarks
from addon.trace import load_trace

from .inputs import TRACE_HELP, read_text, trace_folder
from .output import print_json


def score(
    trace: Annotated[Path, typer.Argument(help=TRACE_HELP)],
    reward: Annotated[list[str] | None, typer.Option("--reward", help="The expression.")] = None,
    reward_file: Annotated[Path | None, typer.Option("--reward-file", help="A text file with the expression.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
) -> None:
    """Print the value of a reward on a run, from 0 to 1, and clause by clause why; exit 1 if it does not hold.

    Patterns are those of the run's annotation.json if `annotate` wrote one, else those of the library.
    """
    from addon.patterns.annotation import FILE_NAME, load_annotation
    from addon.rewards import Vocabulary

    text = _text(reward, reward_file)
    folder = trace_folder(trace)
    recorded = load_trace(folder)
    annotation = load_annotation(folder) if (folder / FILE_NAME).exists() else None
    if annotation is not None and annotation.trace_sha256 != recorded.sha256():
        raise typer.BadParameter(f"{folder / FILE_NAME} is of another run; annotate this one again")
    known = None if annotation is None else Vocabulary(annotation.patterns)
    expression = read(text, recorded.scene, known)
    for remark in remarks(expression, recorded.scene, known):
        sys.stderr.write(f"note: {remark}\n")
    verdict = judge(expression, recorded, annotation)
    if json:
        print_json({"reward": str(expression), **asdict(verdict)})
    else:
        sys.stdout.write(
            f"{explain(verdict)}\n{'holds' if verdict.held else 'does not hold'}, value {verdict.value:.4f}\n"
        )
    raise typer.Exit(0 if verdict.held else 1)


def _text(rewards: list[str] | None, file: Path | None) -> str:
    if (not rewards) == (file is None):
        raise typer.BadParameter("give --reward EXPRESSION or --reward-file FILE")
    if file is not None:
        return read_text(file)
    texts = rewards or [""]
    if len(texts) > 1:
        raise typer.BadParameter("one expression is scored at a time; join several: AND(…, …)", param_hint="--reward")
    return texts[0]
