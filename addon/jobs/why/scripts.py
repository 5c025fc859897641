"""Why a script failed, and what mends it."""

from __future__ import annotations

import re

from ...rules import Reading
from .case import Case
from .cause import Cause
from .mends import Anew, Mend, active


def why_failed(case: Case) -> list[Cause]:
    """Why the script of a run failed: its line, what was wrong there, and what to write instead."""
    problem = case.problem
    if problem is None:
        return []
    line, source = problem.get("line"), str(problem.get("source_line", "")).strip()
    is_text = problem.get("kind") in ("syntax", "refused")
    when = "was not run" if is_text else f"failed {case.at(case.problem_frame or 0)}"
    place = f" (line {line}: {source})" if line and source else f" (line {line})" if line else ""
    texts = [f"The script {when}{place}: {_sentence(str(problem['reason']), upper=False)}"]
    mends: list[Mend] = []
    objects = tuple(name for name in case.objects if _names(source, name))
    bodiless = [name for name in objects if case.objects[name].body is None and "rigid_body" in source]
    if bodiless:
        texts.append(f"{bodiless[0]} has no rigid body.")
        mends.append(active(bodiless[0]))
    elif problem.get("suggestion"):
        texts.append(_sentence(str(problem["suggestion"])))
    if problem.get("kind") == "limit":
        texts.append("What a script may take is a setting: its budgets.")
    if case.rules and all(isinstance(one, Reading) for one in case.reader.read(case.rules)[0]):
        mends.append(Anew(words="write the script anew from the rules"))
    return [
        Cause(
            kind=f"script {problem.get('kind', 'failed')}",
            text=" ".join(texts),
            frame=case.problem_frame,
            objects=objects,
            mends=tuple(mends),
        )
    ]


def _names(source: str, name: str) -> bool:
    return re.search(rf"""["']{re.escape(name)}["']""", source) is not None


def _sentence(text: str, upper: bool = True) -> str:
    text = text.strip().rstrip(".")
    end = "" if text.endswith("?") else "."
    return f"{text[:1].upper() if upper else text[:1]}{text[1:]}{end}"
