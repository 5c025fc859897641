"""All that the extension says, by a short name and in the user's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

import bpy

from .chinese import CHINESE
from .english import ENGLISH
from .german import GERMAN
from .spanish import SPANISH

__all__ = ["CONTEXT", "ENGLISH", "LANGUAGES", "english", "said", "tr", "translations"]

CONTEXT = "Code as Dynamics"
"""What our labels are looked up as: Blender's own words come first where it has the same text, *Key* as a keyframe."""

ONE = "_one"
"""End of the name of a text that stands in another's place where its ``count`` is one."""

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
    """What is called ``name``, in the user's language, with values in its places; of a ``count`` that is one, as one
    says that."""
    return bpy.app.translations.pgettext_iface(ENGLISH[_counted(name, values)], CONTEXT).format(**values)


def english(name: str, /, **values: object) -> str:
    """What is called ``name`` in English, for whoever knows no other language."""
    return ENGLISH[_counted(name, values)].format(**values)


def _counted(name: str, values: Mapping[str, object]) -> str:
    return f"{name}{ONE}" if values.get("count") == 1 and f"{name}{ONE}" in ENGLISH else name


def translations() -> dict[str, dict[tuple[str | None, str], str]]:
    """The table that Blender is given: by language, then by context and English text.

    Tooltips and the tab have no context of their own, and steps of undo that of operators.
    """
    contexts = (CONTEXT, "*", "Operator")
    return {
        language: {(context, ENGLISH[name]): text for name, text in texts.items() for context in contexts}
        for language, texts in LANGUAGES.items()
    }
