"""``blender --command code_as_dynamics …``: what the extension can do without a window."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import bpy

NAME = "code_as_dynamics"
_handles: list[Any] = []


class UsageError(ValueError):
    """An option that makes no sense; the message says which and why."""


def main(arguments: list[str]) -> int:
    """Do a command. Returns 0 if it is done, 1 if it failed and 2 for bad usage or input."""
    parsed = _parser().parse_args(arguments)
    from .tasks import do_task, words_elsewhere

    if parsed.command == "task":
        return do_task(parsed.folder)
    from ..engine.protocol import EngineError, SceneFileError
    from ..jobs import FolderError, JobError
    from ..models import AdvisedError
    from ..models.local import ServerError
    from ..rewards import DslError
    from ..scene_graph import SceneGraphError
    from ..trace import DiskFullError, TraceError

    try:
        with words_elsewhere():
            text, code = COMMANDS[parsed.command](parsed)
    except (DslError, SceneGraphError, SceneFileError, TraceError, FolderError, UsageError) as error:
        return _fail(error, 2)
    except AdvisedError as error:
        return _fail(error, 2 if error.is_input else 1)
    except (EngineError, JobError, ServerError, DiskFullError, OSError) as error:
        return _fail(error, 1)
    sys.stdout.write(text)
    sys.stdout.flush()
    return int(code)


def _fail(error: Exception, code: int) -> int:
    sys.stderr.write(f"error: {error}\n")
    sys.stderr.flush()
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"blender --command {NAME}")
    commands = parser.add_subparsers(dest="command", required=True)
    scene_help = "a .blend file, or a scene graph or machine as .json"
    run = commands.add_parser("run", help="write a script for a scene, run it, measure it and write the report")
    run.add_argument("scene", type=Path, help=scene_help)
    run.add_argument("--rules", help="rules in English; default: the scene's own")
    run.add_argument("--goal", default="", help="what should happen, in English")
    run.add_argument("--coder", default="auto", help="auto, openai, paste:DIR, local, template, none or script:FILE")
    run.add_argument("--steps", type=int, default=1000, help="steps to simulate")
    run.add_argument("--seed", type=int, default=0, help="seed of every random draw")
    run.add_argument("--override-animation", action="store_true", help="let scripts win over keyframes and the like")
    run.add_argument("--attempts", type=int, default=3, help="scripts to try before giving up")
    run.add_argument("--assert", dest="assertions", action="append", default=[], help="an assertion; repeatable")
    run.add_argument("--out", type=Path, help="job folder; default: runs/<scene>")
    parse = commands.add_parser("parse", help="print the scene graph of a scene as JSON")
    parse.add_argument("scene", type=Path, help=scene_help)
    parse.add_argument("--text", action="store_true", help="print the compact text that goes into prompts instead")
    annotate = commands.add_parser("annotate", help="find the patterns of a run, and print its timeline")
    annotate.add_argument("folder", type=Path, help="job folder")
    annotate.add_argument("--events", default="", help="how many moments are told, 15 unless given, or all")
    annotate.add_argument("--summary", action="store_true", help="print a summary in plain English instead")
    annotate.add_argument("--json", action="store_true", help="print the annotation as JSON")
    score = commands.add_parser("score", help="print what an assertion is worth on a run, and why")
    score.add_argument("folder", type=Path, help="job folder")
    score.add_argument("--reward", required=True, help="the expression")
    task = commands.add_parser("task", help=argparse.SUPPRESS)
    task.add_argument("folder", type=Path)
    return parser


def _run(parsed: argparse.Namespace) -> tuple[str, int]:
    from ..coder.choose import open_coder, resolve
    from ..jobs import Job, JobFolder, JobSpec, digests, run_job
    from ..jobs.scenes import file_scene
    from ..rules import split_rules

    coder, why = resolve(parsed.coder)
    sys.stderr.write(why + "\n")
    scene = file_scene(parsed.scene, override=parsed.override_animation)
    spec = JobSpec(
        title=scene.title,
        source=str(parsed.scene),
        coder=coder,
        rules=split_rules(parsed.rules) if parsed.rules is not None else scene.rules,
        goal=parsed.goal,
        assertions=(*scene.assertions, *parsed.assertions),
        steps=parsed.steps,
        seed=parsed.seed,
        override_animation=parsed.override_animation,
        inputs=digests(str(parsed.scene), coder),
        attempts=parsed.attempts,
    )
    folder = JobFolder(parsed.out or Path("runs") / scene.title)
    with ExitStack() as stack:
        chosen = stack.enter_context(open_coder(coder, folder.path / "answers", bool(bpy.app.online_access)))
        result = run_job(Job(spec, scene.make_engine, chosen, folder, on_notes=_tell, on_rules=_tell_rules))
    if result.scripts:
        _write(f"rule {rule.number}: {rule.line(scene.graph.world.fps)}" for rule in result.rules)
    told = {**result.model_dump(mode="json"), "folder": str(folder.path)}
    return json.dumps(told, indent=1) + "\n", 0 if result.ok else 1


def _parse(parsed: argparse.Namespace) -> tuple[str, int]:
    from ..jobs.scenes import file_scene
    from ..scene_graph import scene_text

    graph = file_scene(parsed.scene).make_engine().graph
    _tell(graph.notes)
    return (scene_text(graph) if parsed.text else graph.model_dump_json(indent=1) + "\n"), 0


def _tell(notes: Iterable[Any]) -> None:
    """Say what of a scene is not carried, a line each."""
    _write(f"note: {note.text}" for note in notes)


def _tell_rules(rules: Iterable[Any]) -> None:
    """Say how each rule was understood."""
    _write(f"rule {rule.number}: {rule.sentence or rule.way}" for rule in rules)


def _write(lines: Iterable[str]) -> None:
    from ..executor import visible

    sys.stderr.write("".join(visible(line) + "\n" for line in lines))
    sys.stderr.flush()


def _annotate(parsed: argparse.Namespace) -> tuple[str, int]:
    from ..patterns import timeline
    from ..patterns.annotation import annotate, save_annotation
    from ..patterns.moments import EVENTS, how_many
    from ..patterns.summary import summary_by_grammar
    from ..trace import load_trace

    try:
        most = how_many(parsed.events) if parsed.events else EVENTS
    except ValueError as error:
        raise UsageError(f"--events: {error}") from None
    found = annotate(load_trace(parsed.folder))
    save_annotation(found, parsed.folder)
    if parsed.json:
        return found.model_dump_json(indent=1) + "\n", 0
    if parsed.summary:
        return summary_by_grammar(found, most) + "\n", 0
    return timeline.timeline_text(found, most), 0


def _score(parsed: argparse.Namespace) -> tuple[str, int]:
    from ..rewards import explain, judge, read
    from ..trace import load_trace

    recorded = load_trace(parsed.folder)
    verdict = judge(read(parsed.reward, recorded.scene), recorded)
    held = "holds" if verdict.held else "does not hold"
    return f"{explain(verdict)}\n{held}, value {verdict.value:.4f}\n", 0 if verdict.held else 1


COMMANDS = {"run": _run, "parse": _parse, "annotate": _annotate, "score": _score}


def register() -> None:
    """Add the command."""
    _handles.append(bpy.utils.register_cli_command(NAME, main))


def unregister() -> None:
    """Remove it."""
    while _handles:
        bpy.utils.unregister_cli_command(_handles.pop())
