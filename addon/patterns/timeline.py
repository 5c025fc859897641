"""Annotations for people: a text timeline, and a page with rendered frames beside the events (the paper's Fig. 6)."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .annotation import Annotation, Occurrence
from .graph import dependency_svg
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
    """A line for each occurrence: frame, time, label and parameters, in columns."""
    labels = annotation.labels
    rows = [
        (str(o.start), time_words(annotation, o), labels[o.uid], parameter_words(o.parameters))
        for o in annotation.occurrences
    ]
    head = ("frame", "time", "pattern", "parameters")
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(3)]
    lines = [
        "  ".join([row[0].rjust(widths[0]), row[1].ljust(widths[1]), row[2].ljust(widths[2]), row[3]]).rstrip()
        for row in [head, *rows]
    ]
    return "\n".join(lines) + "\n"


def timeline_page(annotation: Annotation, pictures: Sequence[Picture] = ()) -> str:
    """The timeline as one HTML page that needs nothing else: lanes of patterns over time, then the occurrences beside
    the last picture before them, then how the patterns build on each other. The same data gives the same bytes."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    active = {o.uid for o in annotation.occurrences}
    labels = annotation.labels
    return environment.get_template("timeline.html.j2").render(
        annotation=annotation,
        seconds=annotation.steps / annotation.fps,
        lanes=_lanes(annotation),
        rows=_rows(annotation, pictures),
        silent=[labels[column.uid] for column in annotation.patterns if column.uid not in active],
        graph=dependency_svg({column.uid: column.inputs for column in annotation.patterns}, labels, active),
    )


def _lanes(annotation: Annotation) -> list[dict[str, Any]]:
    """One lane for each pattern that is active, by its first frame; bars in percent of the run."""
    share = 100 / max(annotation.steps, 1)
    lanes: dict[str, dict[str, Any]] = {}
    for o in annotation.occurrences:
        lane = lanes.setdefault(o.uid, {"label": annotation.labels[o.uid], "bars": []})
        words = f"{time_words(annotation, o)} {parameter_words(o.parameters)}"
        bar = {"left": round(o.start * share, 3), "width": round((o.end - o.start) * share, 3), "words": words}
        lane["bars"].append(bar)
    return list(lanes.values())


def _rows(annotation: Annotation, pictures: Sequence[Picture]) -> list[dict[str, Any]]:
    """The occurrences from each picture to the next; without pictures one row with all."""
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
                "events": [_event(annotation, o) for o in annotation.occurrences if start <= o.start < end],
            }
        )
    return rows


def _event(annotation: Annotation, occurrence: Occurrence) -> dict[str, str]:
    return {
        "time": time_words(annotation, occurrence),
        "label": annotation.labels[occurrence.uid],
        "parameters": parameter_words(occurrence.parameters),
    }
