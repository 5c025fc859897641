"""Makers of worlds by the name of a coder: how each plans, and who writes the script of a world's rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ..coder import Coder
from ..coder.choose import open_chat, open_coder
from .library import entries
from .manifest import Manifest
from .planner import PlanWriter
from .reader import read
from .unplanned import unplanned

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
    coder: str, answers: Path | None = None, without: Sequence[str] = (), online: bool = True
) -> Iterator[Maker]:
    """A maker ready for use, ``without`` some of `STAGES`; a model's answers are kept in a folder.

    Raises CoderError and ModelError.
    """
    retrieve = "retrieval" not in without
    with open_coder(coder, answers, online) as chosen, open_chat(coder, answers, online) as chat:
        if chat is None:
            yield plain(Maker(lambda sentence: read(sentence, entries(), retrieve), chosen), without)
        else:
            writer = PlanWriter(*chat, entries(), retrieve=retrieve)
            yield plain(Maker(writer, chosen, writer.prompt), without)


def plain(maker: Maker, without: Sequence[str]) -> Maker:
    """The maker, or where the planner is left out one that makes no plan."""
    if "planner" not in without:
        return maker
    kinds = "retrieval" not in without
    return replace(maker, plan=lambda sentence: unplanned(sentence, entries(), kinds), prompt="")
