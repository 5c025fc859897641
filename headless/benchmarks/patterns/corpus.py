"""The corpus: recipes of rollouts with the events that a person saw in them, or that a detector told wrongly.

A label is about what happens in the world, so that it holds whatever becomes of the detectors.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from addon.scene_graph import first_problem
from addon.trace import TraceError

from .recipes import Recipe

CORPUS = Path(__file__).parent / "corpus.json"

HELD_OUT = CORPUS.with_name("held_out.json")
"""Rollouts that were labelled before any detector ran on them: of each only some kinds of events, but those whole."""

Name = Literal["first", "held-out"]
PATHS: dict[Name, Path] = {"first": CORPUS, "held-out": HELD_OUT}

Truth = Literal["true", "false", "unsure"]
Named = dict[str, str | tuple[int, ...]]
"""Values of parameters: names of bodies, a word, a cell of the grid."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Revision(_Model):
    """What a label was ``before`` a second look, after detectors had run, and ``why`` that was plainly wrong."""

    before: Truth | Literal["absent"]
    why: str


class Label(_Model):
    """An event of the kind ``uid`` from frame ``first`` to ``last`` that is told of ``named``.

    It is ``true`` if it happens, ``false`` if a detector told it and it does not, ``unsure`` where people may differ.
    """

    uid: str
    first: int
    last: int
    named: Named
    truth: Truth
    revised: Revision | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Label:
        if not 0 <= self.first <= self.last:
            raise ValueError(f"an event from frame {self.first} to {self.last} has no length")
        return self


class Rollout(_Model):
    """A rollout and its labels. Of the kinds in ``partly`` only some events are labelled; of those in ``whole`` all
    that happen are, so that what is found besides is false."""

    recipe: Recipe
    partly: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()

    def unrevised(self) -> Rollout:
        """The rollout with its labels as they were first written."""
        return self.model_copy(update={"labels": tuple(one for label in self.labels if (one := _first_written(label)))})


def _first_written(label: Label) -> Label | None:
    if label.revised is None:
        return label
    if label.revised.before == "absent":
        return None
    return label.model_copy(update={"truth": label.revised.before, "revised": None})


class Corpus(_Model):
    """All rollouts. Where a detector had told more events than could be judged, some were drawn from ``seed``."""

    corpus_version: Literal[1] = 1
    seed: int
    rollouts: tuple[Rollout, ...]


def load_corpus(path: Path = CORPUS) -> Corpus:
    """Read a corpus. Raises TraceError naming the file and the field."""
    try:
        return Corpus.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise TraceError(f"{path} cannot be read: {error}") from None
    except ValidationError as error:
        raise TraceError(f"{path} is no corpus: {first_problem(error)}") from None


def corpus_text(corpus: Corpus) -> str:
    """A corpus as JSON with one label a line."""
    parts = []
    for rollout in corpus.rollouts:
        head = rollout.model_dump_json(exclude={"labels"}, exclude_defaults=True).removesuffix("}")
        labels = ",\n".join(f"  {label.model_dump_json(exclude_none=True)}" for label in rollout.labels)
        parts.append(f'{head}, "labels": [\n{labels}\n ]}}' if labels else f"{head}}}")
    rows = ",\n ".join(parts)
    return f'{{"corpus_version": {corpus.corpus_version}, "seed": {corpus.seed}, "rollouts": [\n {rows}\n]}}\n'
