"""A run in a paragraph of plain English, made of its salient moments (Discovering High Level Patterns, Section 5.1)."""

from __future__ import annotations

from collections.abc import Sequence

from .annotation import Annotation
from .moments import EVENTS, Moment, salient, went_on

AT_ONCE = 2.0
"""A moment that comes within so many moments of the one before is told with ``then``, in place of its time."""

RUN_ENDS = "The run ends."


def summary_by_grammar(annotation: Annotation, most: int | None = EVENTS) -> str:
    """The moments that matter, a sentence each, in order of time; the task's end without its time where it is last."""
    told = salient(annotation, most)
    sentences = [_sentence(annotation, told, i) for i in range(len(told))]
    if all(_is_end(m) for m in told):
        sentences.insert(0, "Nothing happens that is worth telling.")
    return " ".join(sentences)


def _is_end(moment: Moment) -> bool:
    return moment.lead.uid == "TaskComplete"


def _sentence(annotation: Annotation, told: Sequence[Moment], number: int) -> str:
    moment = told[number]
    before = told[number - 1] if number else None
    if _is_end(moment) and number + 1 == len(told):
        is_plain = moment.text == RUN_ENDS
        return f"The run ends after {annotation.steps / annotation.fps:.3g} s." if is_plain else moment.text
    text = went_on(annotation, moment.text)
    near = AT_ONCE * annotation.moment_frames
    is_over = before is not None and (not before.is_outcome or before.end <= moment.frame + near)
    if before is not None and is_over and moment.frame - before.frame <= near:
        return f"Then {text}" if moment.frame > before.frame else f"At the same time {text}"
    return f"At {moment.frame / annotation.fps:.2f} s {text}"
