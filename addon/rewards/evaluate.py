"""Whether an expression holds on a trace, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..scene_graph import world_bounds
from ..trace import Event, Trace
from .language import After, Count, EventNode, Logic, NearbyAt, Node, Parameters, resolve

PAIR = {"a_id", "b_id"}


@dataclass(frozen=True)
class Verdict:
    """Whether one clause held, and what was seen, in words; ``parts`` are those of its operands."""

    held: bool
    reason: str
    parts: tuple[Verdict, ...] = ()


def holds(expression: Node, trace: Trace) -> bool:
    """The expression's boolean value on a trace."""
    return judge(expression, trace).held


def judge(expression: Node, trace: Trace) -> Verdict:
    """The verdict on an expression with its reasons. Raises DslError if an OBJECT_ID does not fit one object."""
    match expression:
        case Logic(operator=operator, operands=operands):
            parts = tuple(judge(o, trace) for o in operands)
            held = {
                "AND": all(p.held for p in parts),
                "OR": any(p.held for p in parts),
                "NOT": not parts[0].held,
            }[operator]
            return Verdict(held, f"{operator} of {len(parts)}", parts)
        case EventNode():
            found = matching(trace, expression.uid, expression.params)
            return Verdict(bool(found), _seen(expression.uid, expression.params, found))
        case Count():
            return _count(expression, trace)
        case After():
            return _after(expression, trace)
        case NearbyAt():
            return _nearby(expression, trace)
    raise TypeError(f"{type(expression).__name__} is not an expression")


def matching(trace: Trace, uid: str, params: Parameters) -> list[Event]:
    """Events of this uid (whatever its case) whose parameters have all the given values.

    Texts match whatever their case, numbers by value. Collisions have no order: ``a_id`` and ``b_id`` may be
    given either way round.
    """
    return [e for e in trace.events if e.uid.lower() == uid.lower() and _fits(e, params, trace)]


def _fits(event: Event, params: Parameters, trace: Trace) -> bool:
    wanted = {k: resolve(v, trace.scene) if k.endswith("_id") else v for k, v in params}
    if all(_same(event.parameters.get(k), v) for k, v in wanted.items()):
        return True
    if not PAIR & set(wanted):
        return False
    swapped = {{"a_id": "b_id", "b_id": "a_id"}.get(k, k): v for k, v in wanted.items()}
    return all(_same(event.parameters.get(k), v) for k, v in swapped.items())


def _same(value: Any, wanted: Any) -> bool:
    if isinstance(value, str) and isinstance(wanted, str):
        return value.lower() == wanted.lower()
    if isinstance(value, bool) or isinstance(wanted, bool):
        return value is wanted
    if isinstance(value, int | float) and isinstance(wanted, int | float):
        return bool(np.isclose(value, wanted, rtol=1e-6, atol=1e-9))
    return bool(value == wanted)


def _count(node: Count, trace: Trace) -> Verdict:
    count = len(matching(trace, node.uid, node.params))
    held = {"COUNT": count == node.count, "GT": count > node.count, "LT": count < node.count}[node.comparison]
    words = {"COUNT": "exactly", "GT": "more than", "LT": "fewer than"}[node.comparison]
    return Verdict(held, f"{_name(node.uid, node.params)} occurred {count} times, {words} {node.count} wanted")


def _after(node: After, trace: Trace) -> Verdict:
    first = matching(trace, node.first, node.first_params)
    second = matching(trace, node.second, node.second_params)
    names = f"{_name(node.first, node.first_params)} after {_name(node.second, node.second_params)}"
    low = 0.0 if node.min_delta is None else node.min_delta
    high = np.inf if node.max_delta is None else node.max_delta
    slack = 1e-9
    deltas = [a.time - b.time for a in first for b in second if a.time > b.time or low <= 0.0 <= a.time - b.time]
    inside = [d for d in deltas if low - slack <= d <= high + slack and (d > 0 or node.min_delta is not None)]
    if inside:
        return Verdict(True, f"{names}: {min(inside):.3f} s later")
    if not first or not second:
        return Verdict(False, f"{names}: {'the first' if not first else 'the second'} never occurred")
    nearest = f"the nearest was {min(deltas):.3f} s later" if deltas else "never in this order"
    return Verdict(False, f"{names}: {nearest}")


def scene_size(trace: Trace) -> float:
    """Diagonal in metres of the box around all meshes at the start; the unit of ``threshold_strength``."""
    boxes = [world_bounds(o) for o in trace.scene.objects if o.geometry is not None]
    low = np.min([b[0] for b in boxes], axis=0)
    high = np.max([b[1] for b in boxes], axis=0)
    return float(np.linalg.norm(high - low))


def _nearby(node: NearbyAt, trace: Trace) -> Verdict:
    name = resolve(node.target, trace.scene)
    frame = round(min(max(node.t, 0.0), 1.0) * (len(trace.position) - 1))
    position = trace.position[frame, trace.index(name)]
    goal = np.array([node.x, node.y, position[2] if node.z is None else node.z])
    distance = float(np.linalg.norm(position - goal))
    allowed = node.threshold_strength * scene_size(trace)
    held = bool(distance <= allowed)
    return Verdict(held, f"{name} was {distance:.3f} m away at frame {frame}, {allowed:.3f} m allowed")


def _name(uid: str, params: Parameters) -> str:
    return uid + ("(" + ", ".join(f"{k}={v}" for k, v in params) + ")" if params else "")


def _seen(uid: str, params: Parameters, found: list[Event]) -> str:
    if not found:
        return f"{_name(uid, params)} never occurred"
    return f"{_name(uid, params)} occurred at {found[0].time:.3f} s" + (
        f", {len(found)} times" if len(found) > 1 else ""
    )


def explain(expression: Node, trace: Trace) -> str:
    """Clause by clause what held, as indented lines."""
    return "\n".join(_lines(judge(expression, trace), 0))


def _lines(verdict: Verdict, depth: int) -> list[str]:
    own = f"{'  ' * depth}{'held' if verdict.held else 'FAILED'}: {verdict.reason}"
    return [own, *(line for part in verdict.parts for line in _lines(part, depth + 1))]
