"""Python code out of a language model's answer."""

from __future__ import annotations

import ast
import re
import textwrap

from ..executor import ScriptError, parse
from .request import CoderError

_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_FENCE = re.compile(
    r"^[ \t]*(`{3,}|~{3,})[ \t]*([\w+.-]*)[^\n]*\n(.*?)(?:^[ \t]*\1`*~*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)
_PYTHON = {"python", "py", "python3", "blender", "bpy"}


def parses(source: str) -> bool:
    """Whether the text is Python with at least one statement that is not a bare name or constant."""
    try:
        body = parse(source).body
    except ScriptError:
        return False
    return any(not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Name | ast.Constant)) for s in body)


def extract_code(answer: str) -> str:
    """The code of an answer: its fenced Python, else the whole text where that is Python.

    Several blocks of code are joined in their order if they make one script; where they do not, or define the
    same functions again, the last one that is Python is taken. A block in a wrong syntax is given back as it is,
    so that the executor can name the line. Raises CoderError for an empty answer and for prose.
    """
    text = _THINKING.sub("", answer.replace("\r\n", "\n")).strip()
    if not text:
        raise CoderError("empty", "the model answered nothing", "try again, or choose another model")
    blocks = [(m[2].lower(), textwrap.dedent(m[3]).strip("\n") + "\n") for m in _FENCE.finditer(text)]
    tagged = [code for language, code in blocks if language in _PYTHON and code.strip()]
    if chosen := tagged or [code for language, code in blocks if not language and parses(code)]:
        return _one(chosen)
    if parses(text):
        return text + "\n"
    shown = " ".join(text.split())[:120]
    raise CoderError(
        "prose", f"the model's answer holds no Python code: '{shown}'", "try again, or choose another model"
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
