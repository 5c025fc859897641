"""What the code of a rule that was read waits for: moments, times and touches.

So a script made of readings can say in which steps it has nothing to do, see ``executor/worker/waiting.py``. The code
is our own (`rules.python`): a statement a line, texts in double quotes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

PAIR_HELPERS = frozenset({"touched", "touching", "new_touch", "touch_count", "in_order", "parted", "impact"})
"""Helpers that ask about pairs of objects; every such pair is looked at in every step."""

SHARED = frozenset({"still_since", "impact", "start_pose", "beyond"})
"""Helpers that remember for all rules what they saw in a step: rules that call some are over together."""

_TEXT = r'"(?:[^"\\]|\\.)*"'
_TIME = re.compile(r"\bnow >= (\d+(?:\.\d+)?(?:e-?\d+)?)")
_CLOCK = re.compile(r"\b(now|frame|dt)\b")
_CALL = re.compile(r"\b([a-z]\w*)\(")
_MOMENT = re.compile(rf"if once\(({_TEXT}), .*:")
_PAIRS = re.compile(rf"\b(?:{'|'.join(sorted(PAIR_HELPERS))})\(({_TEXT}(?:, {_TEXT})*)\)")


@dataclass(frozen=True)
class Waits:
    """What a rule waits for: ``pairs`` of objects to touch, ``times`` in seconds, and ``moments``, the names of the
    `once` after which it does nothing more (none: it is never over). ``calls`` are the functions that it calls."""

    pairs: tuple[tuple[str, str], ...]
    times: tuple[float, ...]
    moments: tuple[str, ...]
    calls: frozenset[str]


def waits_of(code: str) -> Waits | None:
    """What a rule's code waits for; None where it asks for the time in a way that cannot be told beforehand."""
    bare = re.sub(_TEXT, '""', code)
    if _CLOCK.search(_TIME.sub("", bare).replace("frame == 1", "")):
        return None
    pairs = dict.fromkeys(pair for names in _PAIRS.findall(code) for pair in _in_twos(names))
    times = tuple(float(seconds) for seconds in _TIME.findall(bare))
    return Waits(tuple(pairs), times, _moments(code), frozenset(_CALL.findall(bare)))


def _in_twos(names: str) -> list[tuple[str, str]]:
    texts = [json.loads(text) for text in re.findall(_TEXT, names)]
    return list(zip(texts[::2], texts[1::2], strict=False))


def _moments(code: str) -> tuple[str, ...]:
    """The names of the moments in which alone the code does something, none if it has others."""
    lines = [line for line in code.splitlines() if line[:1].strip() and not re.match(r"(so|also) = ", line)]
    found = [_MOMENT.fullmatch(line) for line in lines]
    return tuple(dict.fromkeys(json.loads(match[1]) for match in found if match)) if all(found) else ()
