"""All that the extension says, by a short name and in the user's language."""

from __future__ import annotations

from typing import TypedDict

import bpy

from .chinese import CHINESE
from .english import ENGLISH
from .german import GERMAN
from .spanish import SPANISH

__all__ = ["CONTEXT", "ENGLISH", "LANGUAGES", "english", "said", "tr", "translations"]

CONTEXT = "Code as Dynamics"
"""What our labels are looked up as: Blender's own words come first where it has the same text, *Key* as a keyframe."""

LANGUAGES = {"de": GERMAN, "es": SPANISH, "zh_HANS": CHINESE}
"""The texts of each language, by Blender's name of it, which stands for that of every country too."""


class Said(TypedDict):
    """What a property is given of its texts."""

    name: str
    description: str
    translation_context: str


def said(name: str) -> Said:
    """The label that is called ``name``, and its tooltip, for a property."""
    return {
        "name": ENGLISH[name],
        "description": ENGLISH.get(f"{name}_tip", ""),
        "translation_context": CONTEXT,
    }


def tr(name: str, /, **values: object) -> str:
    """What is called ``name``, in the user's language, with values in its places."""
    return bpy.app.translations.pgettext_iface(ENGLISH[name], CONTEXT).format(**values)


def english(name: str, /, **values: object) -> str:
    """What is called ``name`` in English, for whoever knows no other language."""
    return ENGLISH[name].format(**values)


def translations() -> dict[str, dict[tuple[str | None, str], str]]:
    """The table that Blender is given: by language, then by context and English text.

    Tooltips and the tab have no context of their own, and steps of undo that of operators.
    """
    contexts = (CONTEXT, "*", "Operator")
    return {
        language: {(context, ENGLISH[name]): text for name, text in texts.items() for context in contexts}
        for language, texts in LANGUAGES.items()
    }
