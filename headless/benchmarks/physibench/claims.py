"""Assertions of machines as DSL texts: what must be seen in the trace for the machine to count as solved."""

from __future__ import annotations

from dataclasses import dataclass

from addon.rewards import scene_size
from addon.scene_graph import SceneGraph

Vector = tuple[float, float, float]

PROMPT = 0.2
"""Seconds within which an effect must follow its cause."""


def _touch_params(a: str, b: str) -> str:
    return f'{{"a_id": "{a}", "b_id": "{b}"}}'


def _on_params(name: str) -> str:
    return f'{{"object_id": "{name}", "property": "on", "new": true}}'


def touch(a: str, b: str) -> str:
    """The two bodies touch at some time."""
    return f'EVENT("CollisionStart", {_touch_params(a, b)})'


def no_touch(a: str, b: str) -> str:
    """The two bodies never touch."""
    return f"NOT({touch(a, b)})"


def in_order(first: tuple[str, str], then: tuple[str, str]) -> str:
    """One pair touches after another pair did."""
    return (
        f'AFTER("CollisionStart", "CollisionStart", first_params={_touch_params(*then)}, '
        f"second_params={_touch_params(*first)})"
    )


def lit(name: str) -> str:
    """A lamp was turned on, once."""
    return f'COUNT("PropertyChanged", 1, {_on_params(name)})'


def never_lit(name: str) -> str:
    """A lamp was not turned on."""
    return f'NOT(EVENT("PropertyChanged", {_on_params(name)}))'


def lit_after(name: str, pair: tuple[str, str], delay: float = 0.0) -> str:
    """A lamp was turned on by a touch: that many seconds after it, give or take `PROMPT`."""
    low = max(delay - PROMPT, 0.0)
    return (
        f'AFTER("PropertyChanged", "CollisionStart", min_delta={low:g}, max_delta={delay + PROMPT:g}, '
        f"first_params={_on_params(name)}, second_params={_touch_params(*pair)})"
    )


def counted(name: str, key: str, times: int) -> str:
    """A property changed that many times."""
    return f'COUNT("PropertyChanged", {times}, {{"object_id": "{name}", "property": "{key}"}})'


def reached(name: str, key: str, value: int) -> str:
    """A property took a value."""
    return f'EVENT("PropertyChanged", {{"object_id": "{name}", "property": "{key}", "new": {value}}})'


def near(graph: SceneGraph, name: str, point: Vector, share: float, tolerance: float = 0.1) -> str:
    """An object is within ``tolerance`` metres of a point after a share (0..1) of the run."""
    strength = tolerance / scene_size(graph)
    x, y, z = (round(v, 3) + 0.0 for v in point)
    return f'NEARBY_AT("{name}", {x:g}, {y:g}, {z:g}, {share:.4g}, threshold_strength={strength:.4g})'


def lit_once_touched(name: str, pair: tuple[str, str], delay: float = 0.0) -> str:
    """A lamp was turned on after a touch, however long after it."""
    return (
        f'AFTER("PropertyChanged", "CollisionStart", min_delta={max(delay - PROMPT, 0.0):g}, '
        f"first_params={_on_params(name)}, second_params={_touch_params(*pair)})"
    )


@dataclass(frozen=True)
class Event:
    """An event of the annotated trace by its name and parameters."""

    name: str
    params: str


def touching(a: str, b: str) -> Event:
    """The two bodies come to touch."""
    return Event("CollisionStart", _touch_params(a, b))


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
    return f'AFTER("{then.name}", "{first.name}", {window}first_params={then.params}, second_params={first.params})'
