"""A run in a paragraph of plain English, made of its salient moments (Discovering High Level Patterns, Section 5.1)."""

from __future__ import annotations

from collections.abc import Sequence

from .annotation import Annotation
from .moments import EVENTS, Moment, salient, went_on

AT_ONCE = 2.0
"""A moment that comes within so many moments of the one before is told with ``then``, in place of its time."""


def summary_by_grammar(annotation: Annotation, most: int | None = EVENTS) -> str:
    """The moments that matter, a sentence each, in order of time; the task's end last."""
    told = [m for m in salient(annotation, most) if not _is_end(m)]
    ends = [m for m in salient(annotation, most) if _is_end(m)]
    sentences = [_sentence(annotation, told, i) for i in range(len(told))]
    if not sentences:
        sentences = ["Nothing happens that is worth telling."]
    length = f"{annotation.steps / annotation.fps:.3g} s"
    closing = [m.text if m.text != RUN_ENDS else f"The run ends after {length}." for m in ends]
    return " ".join((*sentences, *closing))


RUN_ENDS = "The run ends."


def _is_end(moment: Moment) -> bool:
    return moment.lead.uid == "TaskComplete"


def _sentence(annotation: Annotation, told: Sequence[Moment], number: int) -> str:
    moment = told[number]
    before = told[number - 1] if number else None
    text = went_on(annotation, moment.text)
    near = AT_ONCE * annotation.moment_frames
    is_over = before is not None and (not before.is_outcome or before.end <= moment.frame + near)
    if before is not None and is_over and moment.frame - before.frame <= near:
        return f"Then {text}" if moment.frame > before.frame else f"At the same time {text}"
    return f"At {moment.frame / annotation.fps:.2f} s {text}"
