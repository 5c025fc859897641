"""Assertions of machines as DSL texts: what must be seen in the trace for the machine to count as solved."""

from __future__ import annotations

from dataclasses import dataclass

from addon.scene_graph import SceneGraph, scene_size

Vector = tuple[float, float, float]

PROMPT = 0.2
"""Seconds within which an effect must follow its cause."""


def near(graph: SceneGraph, name: str, point: Vector, share: float, tolerance: float = 0.1) -> str:
    """An object is within ``tolerance`` metres of a point after a share (0..1) of the run."""
    strength = tolerance / scene_size(graph)
    x, y, z = (round(v, 3) + 0.0 for v in point)
    return f'NEARBY_AT("{name}", {x:g}, {y:g}, {z:g}, {share:.4g}, threshold_strength={strength:.4g})'


@dataclass(frozen=True)
class Event:
    """An event of the annotated trace by its name and parameters."""

    name: str
    params: str


def touching(a: str, b: str) -> Event:
    """The two bodies come to touch."""
    return Event("CollisionStart", f'{{"a_id": "{a}", "b_id": "{b}"}}')


def changed(name: str, key: str, value: bool | int) -> Event:
    """A property takes a value."""
    told = str(value).lower() if isinstance(value, bool) else str(value)
    return Event("PropertyChanged", f'{{"object_id": "{name}", "property": "{key}", "new": {told}}}')


def turned_on(name: str) -> Event:
    """A lamp is turned on."""
    return changed(name, "on", True)


def pattern(uid: str, name: str) -> Event:
    """A detector finds its pattern in what an object does."""
    return Event(uid, f'{{"object": "{name}"}}')


def happens(event: Event) -> str:
    """The event is seen at some time."""
    return f'EVENT("{event.name}", {event.params})'


def never(event: Event) -> str:
    """The event is not seen."""
    return f"NOT({happens(event)})"


def times(event: Event, count: int) -> str:
    """The event is seen that many times."""
    return f'COUNT("{event.name}", {count}, {event.params})'


def follows(then: Event, first: Event, delay: float | None = None) -> str:
    """One event is seen after another; with a ``delay`` so many seconds after it, give or take `PROMPT`."""
    window = ""
    if delay is not None:
        window = f"min_delta={max(delay - PROMPT, 0.0):g}, max_delta={delay + PROMPT:g}, "
    return _after(then, first, window)


def later_than(then: Event, first: Event, seconds: float) -> str:
    """One event is seen at least so many seconds after another."""
    return _after(then, first, f"min_delta={seconds:g}, ")


def _after(then: Event, first: Event, window: str) -> str:
    return f'AFTER("{then.name}", "{first.name}", {window}first_params={then.params}, second_params={first.params})'
