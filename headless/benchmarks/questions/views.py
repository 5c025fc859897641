"""What a model is shown of a run: the raw trace, its annotation, the salient part of that, or pictures.

Of a question about what comes, only the first part is shown: the trace is cut, and everything is made of what is left.
"""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from addon.patterns import Pattern
from addon.patterns.annotation import Annotation, annotate
from addon.patterns.words import prompt_text, salient_text
from addon.scene_graph import scene_text
from addon.trace import Trace

from ..puzzles import pictures
from .cut import first_part
from .facts import Facts
from .model import Part, Question
from .raw import raw_text
from .runs import Run, puzzle

Input = Literal["trace", "annotation", "salient", "frames"]

BUDGET, SMALL_BUDGET = 3000, 1500
"""Tokens that a raw trace or an annotation may take (`estimate_tokens`), and as many for the local model, which reads
8,192 in all and takes a token for every digit."""

PICTURES = 8
"""Frames that are shown of a puzzle, side by side."""


class View(BaseModel):
    """One part of a run as it is shown: what there is of ``text``, ``annotation`` and ``pictures`` (PNG in base64) goes
    by the kind of input. ``seconds`` is how long the part lasts."""

    model_config = ConfigDict(frozen=True)

    scene: str
    rules: tuple[str, ...] = ()
    seconds: float
    text: str = ""
    annotation: Annotation | None = None
    pictures: tuple[str, ...] = ()

    def without(self, hidden: Collection[str], kind: Input, budget: int) -> View:
        """The view with an annotation that does not know some patterns."""
        if self.annotation is None:
            return self
        known = self.annotation.without(hidden)
        return self.model_copy(update={"annotation": known, "text": annotation_text(known, kind, budget)})


def views_of(
    facts: Facts,
    run: Run,
    questions: Collection[Question],
    kind: Input,
    budget: int,
    more: tuple[Pattern, ...] = (),
) -> dict[Part, View]:
    """The parts of a run that some questions are about, as they are shown; with ``more`` patterns in an annotation."""
    needed = sorted({question.part for question in questions})
    return {part: _view(facts, run, part, kind, budget, more) for part in needed}


def _view(facts: Facts, run: Run, part: Part, kind: Input, budget: int, more: tuple[Pattern, ...]) -> View:
    last = facts.cut if part == "first" else facts.frames - 1
    trace = first_part(facts.trace, facts.cut) if part == "first" else facts.trace
    view = View(scene=scene_text(trace.scene), rules=trace.scene.rules, seconds=round(facts.seconds(last), 2))
    if kind == "frames":
        return view.model_copy(update={"pictures": tuple(base64.b64encode(p).decode() for p in _drawn(run, trace))})
    if kind == "trace":
        return view.model_copy(update={"text": raw_text(trace, budget)})
    known = annotate(trace, more=more)
    return view.model_copy(update={"annotation": known, "text": annotation_text(known, kind, budget)})


def annotation_text(annotation: Annotation, kind: Input, budget: int) -> str:
    """An annotation in words: all of it as far as the budget goes, or its salient part."""
    if kind == "salient":
        return salient_text(annotation.model_copy(update={"spoken": {}}))
    return prompt_text(annotation, budget)


def _drawn(run: Run, trace: Trace) -> list[bytes]:
    """PNG files of a run: a strip of a puzzle's, several of a machine's."""
    if run.world == "plane":
        return [pictures.png(pictures.strip(*puzzle(run), PICTURES, trace.meta.steps))]
    from ...engines import render

    with tempfile.TemporaryDirectory() as folder:
        return [path.read_bytes() for path in render(trace, Path(folder), trace.spread())]
