"""``run``: one scene through the whole job."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from addon.coder import Understood
from addon.coder.choose import open_coder, resolve
from addon.jobs import Job, JobFolder, JobResult, JobSpec, digests, run_job
from addon.jobs.fit import Fitted
from addon.jobs.scenes import is_blend
from addon.rules import split_rules
from addon.trace import TraceFile

from .. import engines
from ..scenes import open_scene
from .output import engine_words_to_stderr, err, out, print_json, print_notes
from .progress import Bar


def run(
    scene: Annotated[str, typer.Argument(help="A .blend or .json file, or the name of a bundled example.")],
    rules: Annotated[
        list[str] | None,
        typer.Option(help="Rules in English, or a file that holds them; repeatable. Default: the scene's own."),
    ] = None,
    goal: Annotated[str, typer.Option(help="What should happen, in English.")] = "",
    coder: Annotated[
        str, typer.Option(help="auto, openai, paste:DIR, local, template, chance, none or script:FILE.")
    ] = "auto",
    steps: Annotated[int, typer.Option(min=1, max=100_000, help="Steps to simulate.")] = 1000,
    fps: Annotated[
        float | None, typer.Option(min=1.0, max=1000.0, help="Steps a second. Default: the scene's own.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of every random draw.")] = 0,
    recode_every: Annotated[int | None, typer.Option(min=1, help="Ask for a new script every N steps.")] = None,
    attempts: Annotated[int, typer.Option(min=1, max=10, help="Scripts to try before giving up.")] = 3,
    fit: Annotated[
        int, typer.Option(min=0, max=10_000, help="Find a script's open numbers, tune(…), in at most N runs.")
    ] = 0,
    assertions: Annotated[
        list[str] | None,
        typer.Option("--assert", help="A DSL assertion on the trace; repeatable. An example's own go with its rules."),
    ] = None,
    out_dir: Annotated[Path | None, typer.Option("--out", help="Job folder. Default: runs/<scene>.")] = None,
    render: Annotated[bool, typer.Option("--render", help="Render frames for the report.")] = False,
    override_animation: Annotated[
        bool, typer.Option("--override-animation", help="Let scripts win over keyframes, drivers and constraints.")
    ] = False,
    every_step: Annotated[
        bool, typer.Option("--every-step", help="Call the script also while it waits; the result is the same.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Write a script for a scene, run it, record the trace, measure it and write the report."""
    coder, why = resolve(coder)
    err.print(why, style="dim", highlight=False)
    with engine_words_to_stderr():
        found = open_scene(scene, fps, override_animation)
        spec = JobSpec(
            title=found.title,
            source=scene,
            coder=coder,
            rules=tuple(rule for given in rules for rule in rules_of(given)) if rules is not None else found.rules,
            goal=goal,
            assertions=(*(() if goal or rules is not None else found.assertions), *(assertions or ())),
            steps=steps,
            seed=seed,
            recode_every=recode_every,
            attempts=attempts,
            fit=fit,
            override_animation=override_animation,
            inputs=digests(scene, coder),
            render=render,
        )
        folder = JobFolder(out_dir or Path("runs") / found.title)
        with open_coder(coder, folder.path / "answers") as chosen, Bar() as bar:
            job = Job(
                spec,
                found.make_engine,
                chosen,
                folder,
                listen=bar.listen,
                on_notes=partial(print_notes, is_blend=is_blend(Path(scene))),
                on_rules=print_rules,
                on_text=bar.text,
                render=engines.render,
                every_step=every_step,
            )
            result = run_job(job)
    if json:
        print_json({**result.model_dump(mode="json"), "folder": str(folder.path)})
    else:
        _print_table(result, folder.path, TraceFile(folder.path).meta.fps)
    if not result.ok:
        raise typer.Exit(1)


def rules_of(given: str) -> tuple[str, ...]:
    """The rules of a text, or of the file whose path it is."""
    try:
        path = Path(given)
        text = path.read_text(encoding="utf-8") if path.is_file() else given
    except (OSError, ValueError):
        text = given
    return split_rules(text)


def print_rules(rules: Sequence[Understood]) -> None:
    """Tell each rule as it was understood, on standard error."""
    for rule in rules:
        said = rule.sentence or "free code of the model"
        chosen = " (the model chose this)" if rule.way == "model" else ""
        err.print(f"rule {rule.number}: {said}{chosen}", highlight=False, soft_wrap=True)


def _print_table(result: JobResult, folder: Path, fps: float) -> None:
    metrics = result.metrics
    table = Table(show_header=False, box=None)
    table.add_row("coder", result.coder + (f", {result.model}" if result.model else ", no model"))
    table.add_row("scripts", f"{len(result.scripts)} tried, {result.repairs} repaired" if result.scripts else "none")
    table.add_row("steps", f"{result.steps} on {result.engine}")
    table.add_row("volume drift", f"{metrics.volume_drift:.1f} %")
    table.add_row("shape IoU", f"{metrics.shape_iou:.6f}")
    if metrics.assertions:
        held = sum(a.held for a in metrics.assertions)
        table.add_row(
            "logic",
            f"{'success' if metrics.logic_success else 'FAILED'}, {held} of {len(metrics.assertions)} assertions held",
        )
    if result.scripts and result.scripts[-1].fate == "missed":
        table.add_row("goal", "MISSED: the run did not come to what its script wants")
    if result.fitted is not None:
        table.add_row("fitted", _numbers(result.fitted))
    for rule in result.rules:
        table.add_row(f"rule {rule.number}", f"{rule.understood or rule.text}\n{rule.line(fps)}")
    table.add_row("trace", result.trace_sha256[:16])
    if result.problem:
        table.add_row("problem", _problem(result.problem, result.problem_frame))
    for warning in result.warnings:
        table.add_row("warning", warning)
    table.add_row("report", str(folder / "report.html"))
    out.print(table)


def _numbers(fitted: Fitted) -> str:
    """The numbers that were found, and how well."""
    lines = [f"line {n.line}: {n.before:g} → {n.value:.6g} (of {n.low:g} to {n.high:g})" for n in fitted.numbers]
    done = "all that the script wants holds" if fitted.held else f"{fitted.value:.3f} of what the script wants"
    if fitted.value < 0:
        done = "the script failed with all numbers that were tried"
    stopped = ", cancelled: the best so far" if fitted.stopped else ""
    return "\n".join([*lines, f"{done}, in {fitted.runs} runs{stopped}"])


def _problem(problem: dict[str, Any], frame: int | None) -> str:
    line = f", line {problem['line']}" if problem.get("line") else ""
    words = [f"script failed at step {frame}{line}: {problem.get('reason')}", problem.get("suggestion", "")]
    for other in problem.get("others", ()):
        words += [f"line {other['line']}: {other['reason']}", other.get("suggestion") or ""]
    return "\n".join(filter(None, words))
