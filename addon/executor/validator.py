"""The commit validator: what a worker proposes is checked again, by the same table, before the engine sees it."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..fields import look, problem_of
from .budgets import Budgets
from .errors import ScriptError
from .language import COMPARED, MOST_RULES, MOST_WATCHED

Proposal = tuple[Any, str, str, Any]
"""Target (object, constraint or scene), name, field and value, vectors as tuples."""

LESS = "write only what changes; keep the rest in `state`"
BEGINNINGS = "call fired where a rule begins to act, not in every step"

_CHANGES = ("property.", "delete.", "rigid_body.", "hide_", "enabled", "gravity")


@dataclass(frozen=True)
class Waits:
    """What a script waits for that has nothing to do until then: step ``frame`` (None: none), that one of the ``pairs``
    of objects by their indices begins or ceases to touch, or that one of the ``limits`` is passed: a field of an
    object, or of its difference to another one (None: none), changes by as much (in its own unit; 0: at all)."""

    frame: int | None
    pairs: tuple[tuple[int, int], ...]
    limits: tuple[tuple[str, int, int | None, float], ...]


def _is_change(field: str) -> bool:
    """Whether a write is kept as an event of the trace."""
    return field.startswith(_CHANGES) or look(field) is not None


def _size(value: Any) -> int:
    """How many bytes a value of a property takes."""
    if isinstance(value, str):
        return len(value.encode())
    return 8 * len(value) if isinstance(value, tuple) else 8


def _is_pair(item: Any) -> bool:
    return isinstance(item, list) and len(item) == 2 and all(type(index) is int for index in item)


def _known_limits(limits: Any, known: Container[int]) -> Iterator[tuple[str, int, int | None, float]]:
    """The limits with the objects that can move alone."""
    for field, *both, gap in limits:
        first, *second = [index for index in both if index in known] or [None]
        if first is not None:
            yield field, first, second[0] if second else None, float(gap)


def _is_limit(item: Any) -> bool:
    field, first, second, gap = item
    return (
        field in COMPARED
        and type(first) is int
        and (second is None or type(second) is int)
        and type(gap) in (int, float)
        and gap >= 0
    )


class Validator:
    """Knows the names of one scene; `writes` passes on proposals that fit it or raises ScriptError.

    ``bodies`` says for each object whether it has a rigid body, ``constraints`` which fields each of them has, and
    ``looks`` what is seen of each object. It also counts what a whole run writes.
    """

    def __init__(
        self,
        bodies: Mapping[str, bool],
        constraints: Mapping[str, Collection[str]],
        budgets: Budgets,
        looks: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self._bodies = dict(bodies)
        self._looks = {name: frozenset(fields) for name, fields in (looks or {}).items()}
        self._constraints = {name: frozenset(fields) for name, fields in constraints.items()}
        self._holders = self._constraints.keys() - self._bodies.keys()
        self._budgets = budgets
        self._last: dict[tuple[str, str, str], Any] = {}
        self.used = {"writes_run": 0, "changes_run": 0, "property_bytes_run": 0, "fired_run": 0}

    def writes(self, proposed: Any) -> list[Proposal]:
        """All proposals of a step, or ScriptError (kind ``failed``) for the first that does not fit.

        A run that writes more than its budgets is a ScriptError too (kind ``limit``).
        """
        if not isinstance(proposed, list):
            raise ScriptError("worker", "the script worker sent something that is not a list of writes")
        checked = [self._write(item) for item in proposed]
        self._count(checked)
        return checked

    def fired(self, told: Any) -> tuple[int, ...]:
        """The numbers of the rules that acted in a step, or ScriptError for anything else and beyond the budget."""
        known = isinstance(told, list) and all(type(n) is int and 1 <= n <= MOST_RULES for n in told)
        if not known or len(set(told)) != len(told):
            raise ScriptError("worker", "the script worker sent something that is not a list of fired rules")
        self._add("fired_run", len(told), "calls fired for more than {} rules", BEGINNINGS)
        return tuple(told)

    def waits(self, told: Any) -> Waits | None:
        """What a script waits for, None where it is to be called in the next step. Raises ScriptError (worker)."""
        if told is None:
            return None
        known = range(len(self._bodies))  # Besides these it knows holders of constraints, which stand still.
        try:
            frame, pairs, limits = told["frame"], told["pairs"], told["limits"]
            is_frame = frame is None or (type(frame) is int and frame > 0)
            is_all = is_frame and all(map(_is_pair, pairs)) and all(map(_is_limit, limits))
            if is_all and max(len(pairs), len(limits)) <= MOST_WATCHED:
                pairs = tuple((a, b) for a, b in pairs if a in known and b in known)
                return Waits(frame, pairs, tuple(_known_limits(limits, known)))
        except (TypeError, KeyError, ValueError, OverflowError):
            pass
        raise ScriptError("worker", "the script worker sent something that nobody can wait for")

    def _write(self, item: Any) -> Proposal:
        try:
            target, name, field, value = item
            value = tuple(value) if isinstance(value, list) else value
            problem = self._problem(target, name, field, value)
        except (TypeError, ValueError, AttributeError, OverflowError):
            raise ScriptError("worker", "the script worker sent a write of an unknown form") from None
        if problem:
            raise ScriptError("failed", f"{name or 'scene'}: {field}: {problem}; nothing of this step was applied")
        return target, name, field, value

    def _problem(self, target: str, name: str, field: str, value: Any) -> str | None:
        if target == "object" and name not in self._bodies:
            return "a constraint's holder cannot be moved" if name in self._holders else "there is no such object"
        if target == "constraint" and name not in self._constraints:
            return "there is no such constraint"
        has_body = target == "object" and self._bodies[name]
        settable = self._constraints[name] if target == "constraint" else None
        chars = self._budgets.property_chars
        looks = self._looks.get(name, ())
        return problem_of(target, field, value, has_body=has_body, longest_text=chars, settable=settable, looks=looks)

    def _count(self, checked: list[Proposal]) -> None:
        """Add up what the run has written; each change is kept until its end, as an event of the trace."""
        self._add("writes_run", len(checked), "writes more than {} fields")
        changes = [item[2:] for item in checked if _is_change(item[2]) and self._is_new(item)]
        self._add("changes_run", len(changes), "writes more than {} properties and settings")
        size = sum(len(field) + _size(value) for field, value in changes)
        self._add("property_bytes_run", size, "writes more than {} bytes of properties")

    def _is_new(self, item: Proposal) -> bool:
        """Whether a write changes what the script wrote there before."""
        target, name, field, value = item
        key = (target, name, field.removeprefix("property.").removeprefix("delete."))
        last = self._last.get(key, self)
        self._last[key] = field if field.startswith("delete.") else value
        return type(last) is not type(self._last[key]) or last != self._last[key]

    def _add(self, budget: str, count: int, what: str, instead: str = LESS) -> None:
        self.used[budget] += count
        most = getattr(self._budgets, budget)
        if self.used[budget] > most:
            reason = f"the script {what.format(most)} in one run ({budget})"
            raise ScriptError("limit", reason, suggestion=instead)
