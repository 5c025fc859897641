"""Annotations for people: a text timeline, and a page with rendered frames beside the events (the paper's Fig. 6)."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .annotation import Annotation, span
from .graph import dependency_svg
from .model import Activation
from .words import parameter_words, time_words


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


def timeline_text(annotation: Annotation) -> str:
    """A line for each activation: frame, time, label and description, in columns."""
    labels = annotation.labels
    rows = [(str(a.frame), time_words(annotation, a), labels[a.uid], a.description) for a in annotation.activations]
    head = ("frame", "time", "pattern", "what happened")
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(3)]
    lines = [
        "  ".join([row[0].rjust(widths[0]), row[1].ljust(widths[1]), row[2].ljust(widths[2]), row[3]]).rstrip()
        for row in [head, *rows]
    ]
    return "\n".join(lines) + "\n"


def timeline_page(annotation: Annotation, pictures: Sequence[Picture] = ()) -> str:
    """The timeline as one HTML page that needs nothing else: lanes of patterns over time, then the activations beside
    the last picture before them, then how the patterns build on each other. The same data gives the same bytes."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    active = {a.uid for a in annotation.activations}
    labels = annotation.labels
    return environment.get_template("timeline.html.j2").render(
        annotation=annotation,
        seconds=annotation.steps / annotation.fps,
        lanes=_lanes(annotation),
        rows=_rows(annotation, pictures),
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
        words = f"{time_words(annotation, a)} {a.description}"
        bar = {"left": round(first * share, 3), "width": round((last - first) * share, 3), "words": words}
        lane["bars"].append(bar)
    return list(lanes.values())


def _rows(annotation: Annotation, pictures: Sequence[Picture]) -> list[dict[str, Any]]:
    """The activations from each picture to the next; without pictures one row with all."""
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
                "events": [_event(annotation, a) for a in annotation.activations if start <= a.frame < end],
            }
        )
    return rows


def _event(annotation: Annotation, activation: Activation) -> dict[str, str]:
    return {
        "time": time_words(annotation, activation),
        "label": annotation.labels[activation.uid],
        "description": activation.description,
        "parameters": parameter_words(activation.parameters),
    }
