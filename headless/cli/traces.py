"""``import``, ``export`` and ``contacts``: traces of other simulators, and who touched whom in a trace."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from addon.scene_graph import one_line, write_text
from addon.trace import Trace, TraceFile, load_trace, save_trace

from .inputs import TRACE_HELP, check_file, trace_folder
from .output import err, print_json

if TYPE_CHECKING:
    from addon.patterns.contact_list import ContactInterval


class Format(StrEnum):
    """What a file of foreign traces holds."""

    json = "json"
    phyre = "phyre"


def import_traces(
    file: Annotated[Path, typer.Argument(help="A file of another simulator's traces.")],
    output: Annotated[Path, typer.Option("-o", "--output", "--out", help="Folder that gets a folder for each trace.")],
    format: Annotated[  # noqa: A002
        Format, typer.Option("--format", help="json: see docs/foreign_traces.md; phyre: rollouts of PHYRE.")
    ] = Format.json,
    force: Annotated[bool, typer.Option("--force", help="Replace traces that are there.")] = False,
) -> None:
    """Make traces of a file from another simulator; all of it is read before anything is written."""
    traces = list(_read(file, format))
    for name, _ in traces:
        if not force and (output / name / "trace.json").exists():
            raise typer.BadParameter(f"{output / name} holds a trace already; --force replaces it")
    for name, trace in traces:
        save_trace(trace, output / name)
        told = f"{len(trace.bodies)} bodies, {trace.meta.steps} steps, {len(trace.contacts)} contact points"
        err.print(f"{output / name}: {told}", style="dim", highlight=False, soft_wrap=True)


def _read(file: Path, format: Format) -> Iterator[tuple[str, Trace]]:  # noqa: A002
    from addon.trace.foreign import read_foreign, read_rollouts

    if format is Format.phyre:
        return read_rollouts(file)
    return iter([(file.stem, read_foreign(file))])


def export_trace(
    trace: Annotated[Path, typer.Argument(help=TRACE_HELP)],
    output: Annotated[Path, typer.Option("-o", "--output", "--out", help="The JSON file to write.")],
    frames: Annotated[
        str, typer.Option(help="Only these, such as 100..200, the last included; they are counted from 0 then.")
    ] = "",
) -> None:
    """Write a trace as JSON for other programs: the format that `import` reads."""
    from addon.trace.foreign import foreign_json, from_trace

    check_file(output, "--output")
    folder = trace_folder(trace)
    foreign = from_trace(_part(TraceFile(folder), frames) if frames else load_trace(folder))
    output.parent.mkdir(parents=True, exist_ok=True)
    write_text(output, foreign_json(foreign))


def _part(trace: TraceFile, frames: str) -> Trace:
    """Some frames of a trace, of which no others are read. Raises BadParameter for what are none of its frames."""
    numbers = re.fullmatch(r"([0-9]{1,9})\.\.([0-9]{1,9})", frames)
    first, last = (int(numbers[1]), int(numbers[2])) if numbers else (0, len(trace))
    if last < first:
        raise typer.BadParameter(f"{first} is after {last}; say {last}..{first}", param_hint="--frames")
    if last >= len(trace):
        told = f"needs two of the frames 0 to {len(trace) - 1}, as 100..200"
        raise typer.BadParameter(told, param_hint="--frames")
    return trace.frames(first, last + 1)


def contacts(
    trace: Annotated[Path, typer.Argument(help=TRACE_HELP)],
    json: Annotated[bool, typer.Option("--json", help="Print the contacts as JSON.")] = False,
) -> None:
    """Print the contact intervals of each pair of bodies, with speeds and impulse at their start."""
    from addon.patterns.contact_list import contact_list

    recorded = load_trace(trace_folder(trace))
    found = contact_list(recorded)
    if not json:
        sys.stdout.writelines(_line(interval, recorded.meta.fps) + "\n" for interval in found)
        return
    pairs = [
        {"a": a, "b": b, "intervals": [_plain(interval, recorded.meta.fps) for interval in own]}
        for (a, b), own in groupby(found, key=lambda i: (i.a, i.b))
    ]
    print_json({"fps": recorded.meta.fps, "frames": len(recorded.position), "bodies": recorded.bodies, "pairs": pairs})


def _plain(interval: ContactInterval, fps: float) -> dict[str, object]:
    values = {key: value for key, value in asdict(interval).items() if key not in ("a", "b")}
    return {**values, "start_time": interval.start / fps, "end_time": interval.end / fps}


def _line(interval: ContactInterval, fps: float) -> str:
    i = interval
    parts = [f"frames {i.start} to {i.end} ({i.start / fps:.3f} to {i.end / fps:.3f} s)"]
    if i.normal_speed is not None:
        parts.append(f"meet at {i.normal_speed:.3g} m/s, slip at {i.tangential_speed:.3g} m/s")
    if i.impulse is not None:
        parts.append(f"impulse about {i.impulse:.3g} N s")
    if i.depth > 0:
        parts.append(f"overlap up to {1000 * i.depth:.3g} mm")
    return one_line(f"{i.a} and {i.b}: {', '.join(parts)}")
