"""Makers of worlds by the name of a coder: how each plans, and who writes the script of a world's rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..coder import Coder
from ..coder.choose import open_chat, open_coder
from ..models import Picture, version
from .entry import Entry
from .library import entries
from .manifest import Manifest
from .planner import TASK, PlanWriter
from .reader import read
from .sight import Sight
from .thing_writer import Things, ThingWriter
from .things_kept import KeptThings
from .unplanned import unplanned

Planner = Callable[[str], Manifest]
"""Makes a plan of a sentence."""


Replanner = Callable[[Manifest, str], Manifest]
"""Changes a plan by words about its world."""

LookAt = Callable[[Entry, str], Sequence[Picture]]
"""Takes pictures of a thing, made of some code."""


@dataclass(frozen=True)
class Maker:
    """How a plan is made of a sentence, who writes scripts, and the version of the plan's prompt ("" by words).

    ``sight`` looks at pictures, and ``again`` changes a plan by its words; None where no model does.
    """

    plan: Planner
    coder: Coder | None
    prompt: str = ""
    things: Things = field(default_factory=Things)
    sight: Sight | None = None
    again: Replanner | None = None


@contextmanager
def open_maker(
    coder: str,
    answers: Path | None = None,
    without: Sequence[str] = (),
    online: bool = True,
    things: Path | None = None,
    look_at: LookAt | None = None,
    served: str = "",
) -> Iterator[Maker]:
    """A maker ready for use, ``without`` some of `STAGES`; a model's answers are kept in a folder.

    Things that the library has not are those kept in the folder ``things``, and others that a model writes, which are
    kept there; with ``look_at`` the model looks at pictures, too. ``served`` is
    as for `open_coder`. Raises CoderError and ModelError.
    """
    kept = KeptThings(things) if things is not None else None
    retrieve = "retrieval" not in without
    with open_coder(coder, answers, online, served) as chosen, open_chat(coder, answers, online) as chat:
        if chat is None:
            by_words = Maker(lambda sentence: read(sentence, entries(), retrieve), chosen, things=Things(kept))
            yield plain(by_words, without)
        else:
            sight = Sight(*chat) if look_at is not None else None

            def writer() -> PlanWriter:
                return PlanWriter(*chat, entries(), retrieve=retrieve)

            made = Maker(
                lambda sentence: writer()(sentence),
                chosen,
                version(TASK),
                Things(kept, ThingWriter(*chat, _look(sight, look_at))),
                sight,
                lambda manifest, words: writer().again(manifest, words),
            )
            yield plain(made, without)


def _look(sight: Sight | None, look_at: LookAt | None) -> Callable[[str, Entry, str], str] | None:
    """What a model that sees says of things."""
    if sight is None or look_at is None:
        return None
    return lambda noun, entry, code: sight.thing(noun, entry.about, look_at(entry, code))


def plain(maker: Maker, without: Sequence[str]) -> Maker:
    """The maker, or where the planner is left out one that makes no plan."""
    if "planner" not in without:
        return maker
    kinds = "retrieval" not in without
    return replace(maker, plan=lambda sentence: unplanned(sentence, entries(), kinds), prompt="")
