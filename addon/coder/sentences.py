"""Worked examples for a model that says rules in plain sentences, and those of them nearest to a rule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ..models import PROMPTS
from .examples import Example, nearest


@dataclass(frozen=True)
class Sentence:
    """A rule in somebody's words and in the plain sentence that it is read as."""

    rule: str
    sentence: str


@cache
def sentence_library() -> tuple[Sentence, ...]:
    """The worked examples of ``prompts/rule_sentences.md``: a rule a line, and under it ``= `` and its sentence."""
    lines = (PROMPTS / "rule_sentences.md").read_text(encoding="utf-8").splitlines()
    return tuple(Sentence(rule, told[2:]) for rule, told in pairwise(lines) if told.startswith("= "))


def nearest_sentences(rule: str, count: int) -> list[Sentence]:
    """The examples most like a rule, the nearest last, no two of the same kind."""
    pool = [Example(one.rule, one.sentence) for one in sentence_library()]
    return [Sentence(one.rule, one.code) for one in nearest(rule, (), count, pool)]
