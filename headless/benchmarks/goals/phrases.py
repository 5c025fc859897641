"""Expressions of the reward language from their parts, so that references stay short."""

from __future__ import annotations

import json
from typing import Any


def call(name: str, *arguments: str) -> str:
    """A call of the language."""
    return f"{name}({', '.join(arguments)})"


def every(*clauses: str) -> str:
    """All of some clauses."""
    return call("AND", *clauses)


def either(*clauses: str) -> str:
    """At least one of some clauses."""
    return call("OR", *clauses)


def no(clause: str) -> str:
    """The opposite."""
    return call("NOT", clause)


def event(uid: str, *, since: float | None = None, until: float | None = None, **params: Any) -> str:
    """An event with these parameters, within a part of the run."""
    return call("EVENT", json.dumps(uid), json.dumps(params), *_span(since, until))


def number(comparison: str, uid: str, count: int, **params: Any) -> str:
    """COUNT, GT or LT of an event with these parameters."""
    return call(comparison, json.dumps(uid), str(count), json.dumps(params))


def hit(one: str, other: str, *, since: float | None = None, until: float | None = None) -> str:
    """Two bodies begin to touch."""
    return event("CollisionStart", since=since, until=until, **pair(one, other))


def touching(one: str, other: str, t: float = 1.0) -> str:
    """Two bodies touch at a share of the run."""
    return call("TOUCHING", json.dumps(one), json.dumps(other), f"t={t}")


def tips(name: str) -> str:
    """A body tips over."""
    return event("TipOver", object=name)


def pair(one: str, other: str) -> dict[str, str]:
    """The parameters of a touch of two bodies."""
    return {"a_id": one, "b_id": other}


def hits(one: str, other: str) -> tuple[str, dict[str, str]]:
    """The touch of two bodies as an operand of `after` and the like."""
    return "CollisionStart", pair(one, other)


Operand = tuple[str, dict[str, Any]]


def after(later: Operand, earlier: Operand) -> str:
    """Some of the one event comes after some of the other."""
    return _both("AFTER", later, earlier)


def only_after(later: Operand, earlier: Operand) -> str:
    """None of the one event comes before the first of the other."""
    return _both("ONLY_AFTER", later, earlier)


def within(seconds: float, later: Operand, earlier: Operand) -> str:
    """Some of the one event comes after some of the other, at most so many seconds later."""
    return _both("AFTER", later, earlier, f"max_delta={seconds}")


def same_count(one: Operand, other: Operand) -> str:
    """Both events occur equally often."""
    return _both("SAME_COUNT", one, other)


def _both(name: str, first: Operand, second: Operand, *more: str) -> str:
    params = [f"first_params={json.dumps(first[1])}", f"second_params={json.dumps(second[1])}"]
    return call(name, json.dumps(first[0]), json.dumps(second[0]), *more, *params)


def _span(since: float | None, until: float | None) -> list[str]:
    return [f"{n}={v}" for n, v in (("since", since), ("until", until)) if v is not None]
