"""Whether things met that a plan says will, and that in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..rewards import explain, judge, parse
from ..rewards.nodes import Count, EventNode, Logic, Node
from ..trace import Trace
from .things import ROTOR
from .verdict import Check

NEXT = "the next one"
"""How each of a row is told that is to be touched by the one before."""


@dataclass(frozen=True)
class _Meeting:
    """One of ``ones`` is to touch one of ``others``, more than once where it is to be ``again``."""

    ones: tuple[str, ...]
    others: tuple[str, ...]
    again: bool = False


def meetings(assertions: Sequence[str], trace: Trace) -> list[Check]:
    """A check for each of some assertions that holds, and one for all alike that do not."""
    found, missed = list[Check](), dict[tuple[str, bool], list[str]]()
    for text in assertions:
        expression = parse(text, trace.meta.planar)
        verdict, meeting = judge(expression, trace), _meeting(expression)
        if meeting is None:
            found.append(_check(verdict.held, explain(verdict)))
        elif verdict.held:
            found.append(_check(True, _told(meeting.ones, _any(meeting.others), meeting.again, held=True)))
        else:
            missed.setdefault((_whom(meeting), meeting.again), []).extend(meeting.ones)
    for (whom, again), names in missed.items():
        alone = whom == NEXT and len(names) == 1
        found.append(_check(False, _told(names, _following(names[0]) if alone else whom, again, held=False)))
    return found


def _check(held: bool, text: str) -> Check:
    return Check("event", "", held, text, False, "dynamics")


def _meeting(node: Node) -> _Meeting | None:
    """What an assertion says of two that meet; None where it says something else."""
    if isinstance(node, EventNode | Count):
        ends = dict(node.params)
        if node.uid != "CollisionStart" or set(ends) != {"a_id", "b_id"}:
            return None
        if isinstance(node, Count) and (node.comparison, node.count) != ("GT", 1):
            return None
        return _Meeting((_thing(ends["a_id"]),), (_thing(ends["b_id"]),), isinstance(node, Count))
    if isinstance(node, Logic) and node.operator == "OR":
        parts = [part for operand in node.operands if (part := _meeting(operand)) is not None]
        ones = tuple(dict.fromkeys(one for part in parts for one in part.ones))
        others = tuple(dict.fromkeys(other for part in parts for other in part.others))
        return _Meeting(ones, others) if len(parts) == len(node.operands) else None
    return None


def _thing(name: Any) -> str:
    """The thing whose body has a name."""
    return str(name).removesuffix(f" {ROTOR}")


def _whom(meeting: _Meeting) -> str:
    return NEXT if meeting.others == (_following(meeting.ones[0]),) else _any(meeting.others)


def _any(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"any of {listed(names)}"


def _following(name: str) -> str:
    """What the next one of a row is called; "" where a name has no number."""
    kind, number = _numbered(name)
    return f"{kind} {number + 1}" if number else ""


def _numbered(name: str) -> tuple[str, int]:
    """What several alike are called, and the number of this one, from 1; 0 where it has none."""
    found = re.fullmatch(r"(.+) (\d+)", name)
    return (found[1], int(found[2])) if found else (name, 0)


def _told(names: Sequence[str], whom: str, again: bool, held: bool) -> str:
    """What of some things did, or did not, touch another."""
    more = " more than once" if again else ""
    if held:
        return f"{names[0] if len(names) == 1 else f'one of {listed(names)}'} touched {whom}{more}"
    if len(names) == 1:
        return f"{names[0]} touched {whom} once at most" if again else f"{names[0]} never touched {whom}"
    return f"none of {listed(names)} touched {whom}{more}"


def listed(names: Sequence[str]) -> str:
    """Names in words: those of a row of numbers by its ends."""
    told = list(_runs(names))
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def _runs(names: Sequence[str]) -> Iterator[str]:
    at = 0
    while at < len(names):
        end = at
        while end + 1 < len(names) and names[end + 1] == _following(names[end]):
            end += 1
        long = end - at > 1
        yield from [f"{names[at]} to {names[end]}"] if long else names[at : end + 1]
        at = end + 1
