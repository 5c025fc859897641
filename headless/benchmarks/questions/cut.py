"""The first part of a run, in which nothing is known of the rest."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from addon.trace import ContactColumns, Trace
from addon.trace.model import Placed


def first_part(trace: Trace, cut: int) -> Trace:
    """The trace up to frame ``cut``, as if the run had ended there: frames, contacts, events and the number of steps.

    Deformed shapes are left out.
    """
    last = cut + 1
    kept = trace.contacts.frame <= cut
    whole = {f.name: getattr(trace.contacts, f.name) for f in fields(trace.contacts)}
    columns: dict[str, Any] = {name: None if column is None else column[kept] for name, column in whole.items()}
    moved = ("present", "position", "quaternion", "scale", "velocity", "angular_velocity", "volume")
    placed = trace.placed
    return replace(
        trace,
        meta=trace.meta.model_copy(update={"steps": min(cut, trace.meta.steps)}),
        contacts=ContactColumns(**columns),
        events=[event for event in trace.events if event.frame <= cut],
        force=None if trace.force is None else trace.force[:last],
        placed=placed and Placed(placed.names, placed.position[:last], placed.quaternion[:last], placed.scale[:last]),
        deformed=None,
        **{name: getattr(trace, name)[:last] for name in moved},
    )
