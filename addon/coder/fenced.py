"""Python code out of a language model's answer."""

from __future__ import annotations

import ast
import re
import textwrap

from ..executor import ScriptError, parse, visible
from .request import CoderError

_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_FENCE = re.compile(
    r"^[ \t]*(`{3,}|~{3,})[ \t]*([\w+.-]*)[^\n]*\n(.*?)(^[ \t]*\1`*~*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)
_PYTHON = {"python", "py", "python3", "blender", "bpy"}
_CANNOT = re.compile(
    r"^[ \t>]*(?:#+[ \t]*CANNOT\b|[#*_/` \t]*(?i:CANNOT)[*_`]*[ \t]*[:：])[*_:： \t]*(.*(?:\n[ \t]*#.*)*)", re.MULTILINE
)
MOST_SHOWN = 300
"""Characters of a model's own words that are shown."""


def parses(source: str) -> bool:
    """Whether the text is Python with at least one statement that is not a bare name or constant."""
    try:
        body = parse(source).body
    except ScriptError:
        return False
    return any(not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Name | ast.Constant)) for s in body)


def refusal_of(answer: str) -> str | None:
    """Why a model says that it cannot do what it was asked for (``# CANNOT: reason``); None if it does not say so.

    The reason is safe to show: in one line, without control characters, and not too long.
    """
    reasons = [shown(found[1].replace("#", " ")) for found in _CANNOT.finditer(_said(answer))]
    if not reasons:
        return None
    return shown("; ".join(dict.fromkeys(filter(None, reasons)))) or "it gives no reason"


def shown(words: str) -> str:
    """A model's words as one line for a message, without control characters and not too long."""
    line = visible(" ".join(words.replace("`", " ").split())).strip(" .")
    return line if len(line) <= MOST_SHOWN else line[: MOST_SHOWN - 1] + "…"


def _said(answer: str) -> str:
    return _THINKING.sub("", answer.replace("\r\n", "\n")).strip()


def is_cut_off(answer: str) -> bool:
    """Whether an answer ends within a block of code."""
    blocks = list(_FENCE.finditer(_said(answer)))
    return bool(blocks) and not blocks[-1][4]


def extract_code(answer: str) -> str:
    """The code of an answer: its fenced Python, else the whole text where that is Python.

    Several blocks of code are joined in their order if they make one script; where they do not, or define the
    same functions again, the last one that is Python is taken. A block in a wrong syntax is given back as it is,
    so that the executor can name the line. Raises CoderError for an empty answer and for prose.
    """
    text = _said(answer)
    if not text:
        raise CoderError("empty", "the model answered nothing", "try again, or choose another model")
    blocks = [(m[2].lower(), textwrap.dedent(m[3]).strip("\n") + "\n") for m in _FENCE.finditer(text)]
    tagged = [code for language, code in blocks if language in _PYTHON and code.strip()]
    if chosen := tagged or [code for language, code in blocks if not language and parses(code)]:
        return _one(chosen)
    if parses(text):
        return text + "\n"
    raise CoderError(
        "prose", f"the model's answer holds no Python code: '{shown(text)}'", "try again, or choose another model"
    )


def _one(blocks: list[str]) -> str:
    """One script of several blocks."""
    if len(blocks) == 1:
        return blocks[0]
    joined = "\n".join(blocks)
    good = [b for b in blocks if parses(b)]
    if parses(joined) and not _repeats(blocks):
        return joined
    return good[-1] if good else blocks[-1]


def _repeats(blocks: list[str]) -> bool:
    """Whether a later block says again what an earlier one said: it replaces it."""
    seen: set[str] = set()
    for block in blocks:
        tree = parse(block) if parses(block) else ast.Module([], [])
        names = {s.name for s in tree.body if isinstance(s, ast.FunctionDef)}
        names |= {ast.dump(s) for s in tree.body if isinstance(s, ast.Import | ast.Assign)}
        if names & seen:
            return True
        seen |= names
    return False
