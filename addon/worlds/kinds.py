"""Nouns that the library has no name for, and what of it they are a kind of, or like: a table made from WordNet 3.0."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

How = Literal["kind", "like"]


class Likeness(NamedTuple):
    """An entry of the library, and whether a noun is a kind of it or only like it."""

    how: How
    entry: str


@cache
def _table() -> dict[str, Likeness]:
    found = {}
    for line in Path(__file__).with_name("kinds.tsv").read_text(encoding="utf-8").splitlines():
        noun, how, entry = line.split("\t")
        found[noun] = Likeness("kind" if how == "kind" else "like", entry)
    return found


def likeness(noun: str) -> Likeness | None:
    """What of the library a noun is a kind of, or like; None for one that is neither."""
    return _table().get(noun)
