"""Makers of worlds by the name of a coder: how each plans, and who writes the script of a world's rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..coder import Coder
from ..coder.choose import open_chat, open_coder
from .library import entries
from .manifest import Manifest
from .planner import PlanWriter
from .reader import read

Planner = Callable[[str], Manifest]
"""Makes a plan of a sentence."""


@dataclass(frozen=True)
class Maker:
    """How a plan is made of a sentence, who writes scripts, and the version of the plan's prompt ("" by words)."""

    plan: Planner
    coder: Coder | None
    prompt: str = ""


@contextmanager
def open_maker(
    coder: str, answers: Path | None = None, without: Sequence[str] = (), online: bool = True, served: str = ""
) -> Iterator[Maker]:
    """A maker ready for use; a model's answers are kept in a folder. Without "retrieval" a model is not told the
    parameters of what is near a sentence. ``served`` is as for `open_coder`. Raises CoderError and ModelError."""
    with open_coder(coder, answers, online, served) as chosen, open_chat(coder, answers, online) as chat:
        if chat is None:
            yield Maker(lambda sentence: read(sentence, entries()), chosen)
        else:
            writer = PlanWriter(*chat, entries(), retrieve="retrieval" not in without)
            yield Maker(writer, chosen, writer.prompt)
