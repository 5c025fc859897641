"""The library of things: one file a family of generators, in plain mesh code, and what was written for one world."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from ..entry import ENTRIES, Entry, LibraryError

_NONE: Mapping[str, Entry] = MappingProxyType({})

_BESIDES: ContextVar[Mapping[str, Entry]] = ContextVar("entries besides those of the library", default=_NONE)


@cache
def _own() -> Mapping[str, Entry]:
    for module in sorted(m.name for m in iter_modules(__path__)):
        import_module(f"{__name__}.{module}")
    return ENTRIES


def entries() -> dict[str, Entry]:
    """All entries by name: those of the library, and those that are there besides."""
    return {**_own(), **_BESIDES.get()}


def entry_of(name: str) -> Entry:
    """The entry of a name. Raises LibraryError."""
    found = _own().get(name) or _BESIDES.get().get(name)
    if found is None:
        names = {called: entry.name for entry in entries().values() for called in entry.names}
        near = [f"did you mean '{names[called]}'?" for called in get_close_matches(name.lower(), names, 1)]
        listed = "'python -m headless library' lists what it has"
        raise LibraryError("; ".join([f"the library has no '{name}'", *near, listed]))
    return found


@contextmanager
def including(besides: Mapping[str, Entry]) -> Iterator[None]:
    """Within the context the library has these entries, too; none of its own names may be among theirs."""
    before = _BESIDES.set({**_BESIDES.get(), **besides})
    try:
        yield
    finally:
        _BESIDES.reset(before)
