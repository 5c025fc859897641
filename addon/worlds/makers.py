"""Makers of worlds by the name of a coder: how each plans, and who writes the script of a world's rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ..coder import Coder
from ..coder.choose import open_chat, open_coder
from ..models import version
from .library import entries
from .manifest import Manifest
from .planner import TASK, PlanWriter
from .reader import read
from .thing_writer import Things, ThingWriter
from .things_kept import KeptThings

Planner = Callable[[str], Manifest]
"""Makes a plan of a sentence."""


@dataclass(frozen=True)
class Maker:
    """How a plan is made of a sentence, who writes scripts, and the version of the plan's prompt ("" by words)."""

    plan: Planner
    coder: Coder | None
    prompt: str = ""
    things: Things = field(default_factory=Things)


@contextmanager
def open_maker(
    coder: str,
    answers: Path | None = None,
    without: Sequence[str] = (),
    online: bool = True,
    things: Path | None = None,
) -> Iterator[Maker]:
    """A maker ready for use; a model's answers are kept in a folder. Without "retrieval" a model is not told the
    parameters of what is near a sentence.

    Things that the library has not are those kept in the folder ``things``, and others that a model writes, which are
    kept there. Raises CoderError and ModelError.
    """
    kept = KeptThings(things) if things is not None else None
    with open_coder(coder, answers, online) as chosen, open_chat(coder, answers, online) as chat:
        if chat is None:
            yield Maker(lambda sentence: read(sentence, entries()), chosen, things=Things(kept))
        else:
            retrieve = "retrieval" not in without

            def plan(sentence: str) -> Manifest:
                return PlanWriter(*chat, entries(), retrieve=retrieve)(sentence)

            yield Maker(plan, chosen, version(TASK), Things(kept, ThingWriter(*chat)))
