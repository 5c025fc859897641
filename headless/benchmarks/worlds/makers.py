"""Makers of worlds by the name of a coder: how each plans, and who writes the script of a world's rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from addon.coder import Coder
from addon.coder.choose import open_coder
from addon.jobs.world import Planner
from addon.worlds.library import entries
from addon.worlds.reader import read


@dataclass(frozen=True)
class Maker:
    """How a plan is made of a sentence, who writes scripts, and the version of its prompt ("" without a model)."""

    plan: Planner
    coder: Coder | None
    prompt: str = ""


@contextmanager
def open_maker(coder: str, folder: Path, without: Sequence[str] = ()) -> Iterator[Maker]:
    """A maker ready for use; a model's answers are kept in the folder. Raises CoderError and ModelError."""
    with open_coder(coder, folder / "answers") as chosen:
        yield Maker(lambda sentence: read(sentence, entries()), chosen)
