"""``execute``: a script run against plain objects, without Blender.

Apart from the other commands, and with the standard library alone: theirs take a second to import.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from addon.executor import ObjectsError, PlainRun, run_plain, visible

EXAMPLE = '[{"name": "Ball", "location": [0, 0, 5], "props": {"on": true}, "rigid_body": {"mass": 2}}]'


def main(arguments: Sequence[str]) -> int:
    """Run the command. Returns 0, 1 (the script failed or was stopped) or 2 (it was refused, or bad usage)."""
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 2
    try:
        source = _read(options.script)
        run = run_plain(source, _objects(options.objects), options.steps, seed=options.seed)
    except OSError as error:
        print(visible(f"error: {error.filename} cannot be read: {error.strerror}; check the path"), file=sys.stderr)
        return 2
    except ObjectsError as error:
        print(visible(f"error: {error}"), file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(run.as_dict(), indent=1, sort_keys=True))
    else:
        _print(run)
    if run.error is None:
        return 0
    return 2 if run.error.kind in ("syntax", "refused") else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m headless execute",
        description="Run a transition script against plain objects, without Blender and without physics.",
        epilog=f"Objects are a JSON list: {EXAMPLE}. Exit codes: 0 done, 1 failed or stopped, 2 refused or bad usage.",
    )
    parser.add_argument("script", help="The script, run once a step.")
    parser.add_argument("--objects", required=True, help="A JSON file with a list of objects.")
    parser.add_argument("--steps", type=_steps, default=1, help="Steps to run. Default: 1.")
    parser.add_argument("--seed", type=int, default=0, help="Seed of the script's random numbers. Default: 0.")
    parser.add_argument("--json", action="store_true", help="Print the result as JSON.")
    return parser


def _steps(text: str) -> int:
    steps = int(text)
    if not 1 <= steps <= 100_000:
        raise argparse.ArgumentTypeError(f"needs 1 to 100000 steps, got {steps}")
    return steps


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ObjectsError(f"{path}: not a text file in UTF-8") from None


def _objects(path: str) -> Any:
    try:
        return json.loads(_read(path))
    except json.JSONDecodeError as error:
        raise ObjectsError(f"{path}: not valid JSON: {error}") from None


def _print(run: PlainRun) -> None:
    for made in run.objects:
        print(json.dumps(made.as_dict()))
    if run.printed:
        print(visible("".join(run.printed)), end="")
    print(f"{run.steps} steps; layers: {', '.join(run.layers) or 'none, for nothing ran'}", file=sys.stderr)
    for warning in run.warnings:
        print(visible(f"warning: {warning}"), file=sys.stderr)
    if run.error is not None:
        print(visible(f"error: {run.error.kind}: {run.error.text()}"), file=sys.stderr)
