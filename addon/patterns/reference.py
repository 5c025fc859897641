"""The library and the detectors' view of a trace as a document: ``docs/patterns.md``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from inspect import cleandoc

from .annotation import MOMENT
from .library import THEMES
from .library.discovered import discovered_patterns
from .model import Pattern
from .moments import EVENTS, LEAST, OUTCOME_SHARE
from .salience import KEPT, OUTCOME, WITHIN, base_rates
from .source import BUDGETS, MOST_CHARS, MOST_FINDINGS, MOST_PARAMETERS
from .view import FIELDS


def patterns_document() -> str:
    """All of it in Markdown."""
    budgets = f"{BUDGETS.ticks_step:,} ticks, {BUDGETS.seconds_step:g} s and {BUDGETS.memory_mb} MB"
    parts = [cleandoc(_OPENING)]
    for theme in THEMES:
        parts.append(f"### {(theme.__doc__ or '').split(':')[0].splitlines()[0].rstrip('.')}")
        parts.append(_table(("uid", "label", "what it is", "parameters", "reads"), [_row(p) for p in theme.PATTERNS]))
    if found := discovered_patterns():
        parts += ["### Discovered patterns", cleandoc(_DISCOVERED)]
        parts.append(_table(("uid", "label", "what it is", "parameters", "reads"), [_row(p) for p in found]))
    parts.append(cleandoc(_MEASURED))
    parts.append(cleandoc(_SALIENCE).format(**_salience_numbers()))
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


def _salience_numbers() -> dict[str, str]:
    """What the section on salience tells of constants and of the measured base rates."""
    rates = base_rates()
    bits = {uid: f"{rates.surprise(uid):.1f} bits" for uid in ("SpeedChange", "Bounce", "CollisionRelay")}
    return {
        "events": str(EVENTS),
        "least": f"{LEAST:g}",
        "outcome": f"{OUTCOME:g}",
        "kept": f"{KEPT:g}",
        "within": f"{WITHIN:g}",
        "moment": f"{MOMENT:g}",
        "share": f"{100 * OUTCOME_SHARE:.0f}",
        "runs": str(rates.runs),
        "seconds": f"{rates.body_seconds:,.0f}",
        "kinds": ", ".join(f"{value} for a `{uid}`" for uid, value in bits.items()),
    }


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

    A corpus of 85 rollouts, 64 of them in a plane, holds 2,297 events that were judged by eye: puzzles of all
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

    Detectors were mended with these labels, so that they fit them better than what is new. **Held out** are 30
    rollouts, 22 in a plane and 8 in space, of other puzzles, drawn machines and scenes. They were labelled before any
    detector ran on them, by strips and by numbers (contacts, positions, speeds) that no detector gave: of each rollout
    ten kinds of events, dealt out from a seed, and of these all that happen. No detector was changed for them.

        python -m headless patterns evaluate --corpus held-out

    | labels | true | false | missed | precision | recall |
    | --- | --- | --- | --- | --- | --- |
    | as first written, blind | 348 | 9 | 52 | 97 % (95 to 99) | 87 % (83 to 90) |
    | after a second look | 350 | 7 | 46 | 98 % (96 to 99) | 88 % (85 to 91) |

    A second look at what detectors and labels disagree about changed 11 labels that were plainly wrong, such as
    contacts that had been overlooked; each says why. 31 more detections are of events that had been labelled unsure.
    A third of what is missed is that a moving body gets lower than a fixed one, which `VerticalOrderFlip` does not
    compare; much of the rest are approaches, ways, and hops under a threshold, and steps near a cell's border. Of the
    kinds with ten events or detections, 8 are below 0.95: `HitsStationary`, `BriefTap`, `Bounce`, `CellTransition`,
    `VerticalOrderFlip`, `LoseSupport`, `SupportHandoff` and `CellPath`; 28 kinds have too few to tell by.
"""

_DISCOVERED = """
    Found by [evolution of programs](discovery.md). They run in the sandbox, with `annotate --discovered` and in rewards
    that name them.
"""

_SALIENCE = """
    ## What matters of a run

    A run has some 60 events, too many to read. Timelines, pages, markers and prompts tell at most {events} lines
    (`annotate --events 8`, or `all`): every outcome, then the moments with the greatest weights.

    **Outcomes** are what rules waited for and did, and how it ended: collisions of bodies that one rule names, rules
    that fired, properties and looks that changed, ways of doors and other bodies that a script moves, and the task's
    end. Those of one moment are one line ("The marble meets the sensor, and the barrier rises by 1.4 m."), what comes
    again and again is told with how often and until when. They take at most {share} % of the lines; where there are
    more, those nearest in time are told in one line, so that none is lost. Markers in Blender are these lines.

    **Moments.** What an event implies is not told with it: the flight and the change of speed of a fall, the bounce and
    the hard impact of a hit. A moment lasts {moment} of the time scale. Equal bounces are counted, a row of bodies that
    tip each other over is one line. Moments of less than {least} bits are left out, but for the three heaviest.

    **Weights** are bits, the sum of

    - surprise: -log2 of how often an event of its kind, at least as strong, happens to a body in a second;
    - the task: log2(bodies / concerned bodies) for each body of the event with a role or named by a rule;
    - the dependency graph: log2(1 + n) for n events of patterns that read this one's;
    - consequence: an outcome is worth {outcome} bits, and what led to it (within {within} time scales, with the same
      body) {kept} of that, link by link.

    Base rates and strengths are measured over {runs} runs, {seconds} seconds of movable bodies, by
    `python -m headless bench base-rates`, which writes `addon/patterns/base_rates.json`. The surprise of an event
    without its strength is {kinds}.
    Run the command again where detectors change. `bench salience` tells what comes of it: over 90 runs with other
    seeds (16 machines, 24 examples, 50 puzzles) a median of 60.5 and at most 283 events become at most 15 lines,
    none of 358 outcomes is lost, and with any of the three chosen constants halved or doubled 97 to 98 % of the lines
    stay the same.

    ## Summaries

    `annotate --summary` tells a run in a paragraph of plain English. Without a model our own grammar composes it of the
    lines above; `--coder openai`, `local` or `paste:DIR` ask a model, by `prompts/run_summary`.

    Each sentence is checked against the trace, not against what patterns found: a verb with its bodies is a claim
    ("the ball hits the box", "the lamp goes on", "the task is solved"), looked up in positions, contacts and events. It
    is false if the run never has it, has it at another time than the text says, or only before what was told last; what
    is no such claim counts as unclear, as do numbers that cannot be looked up, and what is left of texts that are too
    long. `summaries check` holds the checker against 163 sentences that were written and
    labelled by hand, 67 of them held back while it was made, and 367 altered ones (objects, also one of a list, order,
    outcome, time, count):

    | sentences | so | not so | precision | recall |
    | --- | --- | --- | --- | --- |
    | by hand | 45 | 51 | 100 % | 98 % |
    | by hand, held back | 33 | 34 | 100 % | 97 % (91 to 100) |
    | altered | 123 | 244 | 100 % | 100 % |

    What it misses are orders within a fraction of a second, and bodies that come back later to where a sentence says
    that they are. `python -m headless summaries evaluate --coder … --count N --seed S` has runs told from the raw trace
    (cut to `--context` tokens), the annotation and its salient part, and tells the share of claims that are so, with
    intervals, and how many claims could not be looked up, which count as neither. Of our own grammar's summaries of 60
    runs (`--coder grammar --count 60`):

    | seed | claims | not so | summaries without a false one | could not be looked up |
    | --- | --- | --- | --- | --- |
    | 0 | 889 | 0 | 60 of 60 | 213 |
    | 1 | 950 | 0 | 60 of 60 | 232 |

    Those of seed 0 were looked at while grammar and checker were mended; those of seed 1 only afterwards, though 10 of
    its runs, solutions of puzzles, are those of seed 0 too. What is not looked up are turns in degrees, levers,
    rows that fall and what moves together.

    A large model told 100 runs from each input (`--coder recorded --count 100`, seed 0, prompt run_summary 1, 6,000
    tokens of a record):

    | input | claims that are so | summaries without a false one | claims each | not looked up |
    | --- | --- | --- | --- | --- |
    | raw trace | 72.9 % (66.5 to 78.9) | 45.2 % (35.5 to 54.8) | 2.4 | 4.5 |
    | annotation | 96.0 % (94.4 to 97.4) | 68.0 % (59.0 to 77.0) | 11.5 | 3.1 |
    | salient part | 97.8 % (96.6 to 98.8) | 82.0 % (74.0 to 89.0) | 10.4 | 2.8 |

    So what is told from an annotation is truer and says more. These are lower bounds: among the claims counted as false
    are some that the checker takes wrongly, most of them for an "it" that it gives to another body.
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
