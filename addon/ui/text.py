"""All that the extension says, by a short name; and its translations."""

from __future__ import annotations

import bpy

from .english import ENGLISH
from .german import GERMAN

__all__ = ["ENGLISH", "GERMAN", "tr", "translations"]


def tr(name: str, /, **values: object) -> str:
    """What is called ``name``, in the user's language, with values in its places."""
    return bpy.app.translations.pgettext_iface(ENGLISH[name]).format(**values)


def translations() -> dict[str, dict[tuple[str | None, str], str]]:
    """The table that Blender is given: by language, then by context and English text."""
    contexts = ("*", "Operator")
    return {"de_DE": {(context, ENGLISH[name]): text for name, text in GERMAN.items() for context in contexts}}
