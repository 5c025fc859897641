"""What can happen in worlds: one file a family of verbs."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from ..acting import VERBS, Verb


def verbs() -> dict[str, Verb]:
    """All verbs by name."""
    for module in sorted(m.name for m in iter_modules(__path__)):
        import_module(f"{__name__}.{module}")
    return VERBS
