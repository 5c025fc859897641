"""Annotations for people: a text timeline, and a page with rendered frames beside the events (the paper's Fig. 6)."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..scene_graph import one_line
from .annotation import Annotation, span
from .graph import dependency_svg
from .model import Activation
from .moments import EVENTS, Moment, salient
from .outcomes import LABELS as OUTCOMES
from .words import moment_time, parameter_words, time_words


@dataclass(frozen=True)
class Picture:
    """A rendered frame as PNG."""

    frame: int
    png: bytes


def read_pictures(folder: Path) -> list[Picture]:
    """The rendered frames ``frame_<number>.png`` of a folder in order; none if there is no such folder."""
    return [
        Picture(int(path.stem.removeprefix("frame_")), path.read_bytes())
        for path in sorted(folder.glob("frame_[0-9]*.png"))
    ]


def timeline_text(annotation: Annotation, most: int | None = EVENTS) -> str:
    """A line for each of the ``most`` moments that matter: frame, time and what happened, in columns; with None every
    event there is, with its pattern."""
    if most is None:
        labels = {**annotation.labels, **OUTCOMES}
        every = sorted((*annotation.activations, *annotation.outcomes), key=lambda a: a.frame)
        head: tuple[str, ...] = ("frame", "time", "pattern", "what happened")
        rows = [(str(a.frame), time_words(annotation, a), labels[a.uid], a.description) for a in every]
        return _columns([head, *rows])
    told = [(str(m.frame), moment_time(annotation, m), m.text) for m in salient(annotation, most)]
    return _columns([("frame", "time", "what happened"), *told])


def _columns(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows in columns, the first set to the right; each stays one line whatever names are in it."""
    rows = [tuple(map(one_line, row)) for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]) - 1)]
    lines = [
        "  ".join([row[0].rjust(widths[0]), *(c.ljust(w) for c, w in zip(row[1:-1], widths[1:], strict=True)), row[-1]])
        for row in rows
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def timeline_page(annotation: Annotation, pictures: Sequence[Picture] = (), most: int | None = EVENTS) -> str:
    """The timeline as one HTML page that needs nothing else: the ``most`` moments that matter beside the last picture
    before them, lanes of patterns over time, all events, then how the patterns build on each other. The same data gives
    the same bytes."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    active = {a.uid for a in annotation.activations}
    labels = annotation.labels
    return environment.get_template("timeline.html.j2").render(
        annotation=annotation,
        seconds=annotation.steps / annotation.fps,
        lanes=_lanes(annotation),
        rows=_rows(annotation, pictures, salient(annotation, most)),
        events=[_event(annotation, a) for a in annotation.activations],
        silent=[labels[column.uid] for column in annotation.patterns if column.uid not in active],
        graph=dependency_svg({column.uid: column.requires for column in annotation.patterns}, labels, active),
    )


def _lanes(annotation: Annotation) -> list[dict[str, Any]]:
    """One lane for each pattern that is active, by its first frame; bars in percent of the run."""
    share = 100 / max(annotation.steps, 1)
    labels = annotation.labels
    lanes: dict[str, dict[str, Any]] = {}
    for a in annotation.activations:
        lane = lanes.setdefault(a.uid, {"label": labels[a.uid], "bars": []})
        first, last = span(a)
        words = one_line(f"{time_words(annotation, a)} {a.description}")
        bar = {"left": round(first * share, 3), "width": round((last - first) * share, 3), "words": words}
        lane["bars"].append(bar)
    return list(lanes.values())


def _rows(annotation: Annotation, pictures: Sequence[Picture], told: Sequence[Moment]) -> list[dict[str, Any]]:
    """The moments from each picture to the next; without pictures one row with all."""
    ordered = sorted(pictures, key=lambda picture: picture.frame)
    starts = [0, *(picture.frame for picture in ordered[1:])]
    ends = [*starts[1:], annotation.steps + 1]
    rows = []
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        picture = ordered[i] if ordered else None
        rows.append(
            {
                "frame": picture.frame if picture else None,
                "time": picture.frame / annotation.fps if picture else 0.0,
                "png": base64.b64encode(picture.png).decode() if picture else "",
                "events": [_moment(annotation, m) for m in told if start <= m.frame < end],
            }
        )
    return rows


def _moment(annotation: Annotation, moment: Moment) -> dict[str, Any]:
    labels = {**annotation.labels, **OUTCOMES}
    kinds = dict.fromkeys(labels[a.uid] for a in moment.members)
    return {
        "time": moment_time(annotation, moment),
        "text": moment.text,
        "kinds": ", ".join(kinds),
        "is_outcome": moment.is_outcome,
    }


def _event(annotation: Annotation, activation: Activation) -> dict[str, str]:
    return {
        "time": time_words(annotation, activation),
        "label": annotation.labels[activation.uid],
        "description": one_line(activation.description),
        "parameters": one_line(parameter_words(annotation.told_parameters(activation))),
    }
