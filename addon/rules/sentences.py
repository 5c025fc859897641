"""A text as rules: one a line or sentence; a sentence that goes on with the one before stays with it."""

from __future__ import annotations

import re

_LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_END = re.compile(r"(?<=[.!?;。！？])\s+|(?<=[。！？])")
_SHORT = re.compile(
    r"(?:\b(?:sec|min|hr|approx|ca|resp|e\.g|i\.e|etc|vs|nr|no|deg|max)|\b\d+(?:\.\d+)? ?(?:s|m|h|cm|mm|km))\.$",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d+(?:\.\d+)?|half an?|an?|one|two|three|four|five|six|seven|eight|nine|ten|a few|several)"
_GOES_ON = re.compile(
    rf"(?:then|after that|afterwards|after this|and|but|thereafter|otherwise|else|finally|later|next|unless|except|only|also|do (?:this|so)|this happens|it|they|wait|"
    rf"(?:another |a further )?{_NUMBER}(?: and a half)? ?(?:ms|s|secs?|seconds?|mins?|minutes?|moments?|milliseconds?|hours?)\.? (?:later|after (?:that|this|it|which)|afterwards)|"
    rf"after (?:another|a further) {_NUMBER} ?(?:ms|s|secs?|seconds?|mins?|minutes?))\b",
    re.IGNORECASE,
)  # fmt: skip


def split_rules(text: str) -> tuple[str, ...]:
    """The rules of a text; list marks, blank lines and lines that begin with ``#`` are dropped."""
    lines = (_LIST_MARK.sub("", line).strip() for line in text.splitlines())
    return tuple(rule for line in lines if line and not line.startswith("#") for rule in _of_line(line))


def _of_line(line: str) -> list[str]:
    rules: list[str] = []
    for sentence in _END.split(line):
        if rules and (_SHORT.search(rules[-1]) or _GOES_ON.match(sentence)):
            rules[-1] += f" {sentence}"
        elif sentence:
            rules.append(sentence)
    return rules
