"""The library and the detectors' view of a trace as a document: ``docs/patterns.md``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from inspect import cleandoc

from .library import THEMES
from .library.discovered import discovered_patterns
from .model import Pattern
from .source import BUDGETS, MOST_CHARS, MOST_FINDINGS, MOST_PARAMETERS
from .view import FIELDS


def patterns_document() -> str:
    """All of it in Markdown."""
    budgets = f"{BUDGETS.ticks_step:,} ticks, {BUDGETS.wall_seconds_step:g} s and {BUDGETS.memory_mb} MB"
    parts = [cleandoc(_OPENING)]
    for theme in THEMES:
        parts.append(f"### {(theme.__doc__ or '').split(':')[0].splitlines()[0].rstrip('.')}")
        parts.append(_table(("uid", "label", "what it is", "parameters", "reads"), [_row(p) for p in theme.PATTERNS]))
    if found := discovered_patterns():
        parts += ["### Discovered patterns", cleandoc(_DISCOVERED)]
        parts.append(_table(("uid", "label", "what it is", "parameters", "reads"), [_row(p) for p in found]))
    parts.append(cleandoc(_MEASURED))
    parts.append(
        cleandoc(_OWN).format(
            budgets=budgets, findings=f"{MOST_FINDINGS:,}", parameters=MOST_PARAMETERS, chars=MOST_CHARS
        )
    )
    for owner, fields in FIELDS.items():
        parts.append(f"### `{owner}`" if "." in owner else f"### {owner.capitalize()}")
        rows = [
            (f"`{name}`", ", ".join(filter(None, (text, where and f"only {where}"))))
            for name, (where, text) in fields.items()
        ]
        parts.append(_table(("name", "what it is"), rows))
    return "\n\n".join(parts) + "\n"


def _row(pattern: Pattern) -> Sequence[str]:
    parameters = "; ".join(f"`{name}`: {p.text}" for name, p in pattern.parameters.items())
    reads = ", ".join(f"`{uid}`" for uid in pattern.requires)
    return f"`{pattern.uid}`", pattern.label, pattern.description, parameters, reads


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(_lines(head, rows))


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for line in (head, ("---",) * len(head), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |"


_OPENING = """
    # Patterns

    This document is made from the library by `python scripts/write_docs.py`; a test fails when it is out of date.

    A pattern is something that happens in a run: a bounce, a handover of support, a stack. Its detector reads a trace
    and gives the times at which it happens, with parameters. `python -m headless annotate JOB` runs all of them.

    Thresholds are shares of the scene's own scales, so that they mean the same for marbles and for boulders: the length
    scale L is the median size of the movable bodies, the speed scale is the square root of g L, and the time scale the
    square root of L / g.

    A task gives some objects a role by their tags: `actor` is what the user placed or launched, `goal_object` must get
    somewhere, `goal_target` is where.

    ## The library
"""

_MEASURED = """
    ## How well they see

    A corpus of 85 rollouts, 64 of them in a plane, holds 2,281 events that were judged by eye: puzzles of all
    templates, half of them solved, machines of [PhysiBench](physibench.md), and small scenes. Strips of frames with
    trails and contacts and the numbers around each event were held against what the pattern says. An event is true,
    false (a detector told it, and it does not happen), or unsure, where people may differ; true are also those that
    no detector found. Where a detector had told more than two to four events of a run, some were drawn from a seed; in
    16 of the rollouts only the rarer patterns were judged. Cells are the exception: they are reckoned from positions,
    in 12 rollouts in a plane.

        python -m headless patterns evaluate
        python -m headless patterns sheets ramp_solved

    The first makes all rollouts again, holds the detectors against the labels, and gives precision and recall of each
    with Wilson's intervals at 95 %; `--only planar` needs no Blender. A detection is an event of the corpus if it is of
    the same kind, tells of the same bodies, and begins within 12 frames of it, or covers half of it. Detections that
    nobody has judged are counted apart. The second draws a rollout and tells its events with their verdicts. A test
    keeps precision and recall of 0.95 for each detector, as far as there are ten detections or ten events to tell by.
"""

_DISCOVERED = """
    Found by [evolution of programs](discovery.md). They run in the sandbox, with `annotate --discovered` and in rewards
    that name them.
"""

_OWN = """
    ## A detector of your own

    A detector is Python in the language of [transition scripts](scripts.md) that defines `find_pattern(trace)`. It
    runs in the sandbox, on a copy of the trace:

    ```python
    def find_pattern(trace):
        "A moving object comes to the height of its start again."
        found = []
        start = {{o.id: o.position[2] for o in trace.scene.objects}}
        above = {{}}
        for frame in trace.frames:
            for o in frame.objects:
                is_above = o.position[2] >= start[o.id]
                if is_above and above.get(o.id) is False:
                    what = {{"description": f"{{o.id}} is back", "parameters": {{"object": o.id}}}}
                    found.append({{"time": frame.time, **what}})
                above[o.id] = is_above
        return found
    ```

        python -m headless annotate JOB --detector back_up.py

    The file's name is the pattern's uid. `trace.events` also holds what those patterns found whose uid stands in the
    source as a text, for example `"Bounce"`. It gives a list of dicts with `time`, `description` (at most {chars}
    characters), `parameters` (a dict of at most {parameters} plain values) and, for what lasts, `end`; at most
    {findings} of them. Its budgets are {budgets}. A detector that fails ends the command with the line and the reason,
    and no file is written.

    What it reads is what the detectors of Discovering High Level Patterns read (Listing 6), so that theirs run as they
    are. All times go from 0, the first frame, to 1, the last one; `trace.duration` is how many seconds that is. Where
    the scene is a plane, as those of [puzzles](puzzles.md), vectors are pairs `[x, y]`, y up, in the plane's own units
    (256 across a puzzle), and parameters of other patterns are in these units too. In space vectors are `[x, y, z]` in
    the world frame, lengths in metres and speeds in m/s. `math` is there.
"""
