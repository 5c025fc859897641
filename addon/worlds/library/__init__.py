"""The library of things: one file a family of generators, in plain mesh code."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from ..entry import ENTRIES, Entry, LibraryError


def entries() -> dict[str, Entry]:
    """All entries of the library by name."""
    for module in sorted(m.name for m in iter_modules(__path__)):
        import_module(f"{__name__}.{module}")
    return ENTRIES


def entry_of(name: str) -> Entry:
    """The entry of a name. Raises LibraryError."""
    found = entries().get(name)
    if found is None:
        raise LibraryError(f"the library has no '{name}'")
    return found
