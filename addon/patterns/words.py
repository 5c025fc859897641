"""Activations in words: the compact text for prompts, and names of timeline markers.

All words are labels, names of parameters and their values; all numbers are times, counts and parameters of the
annotation, rounded to three digits. Nothing is added that a reader could not look up there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .annotation import Annotation, span
from .model import Activation
from .tokens import estimate_tokens

MARKER_BYTES = 63
"""The longest name that Blender gives a timeline marker, as UTF-8."""


def number(value: float) -> str:
    """A number with three digits, or all of an integer's; what is smaller than a millionth is 0."""
    if abs(value) < 1e-6:
        return "0"
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def value_words(value: Any) -> str:
    """The value of a parameter: names as they are, sequences in brackets."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, list | tuple):
        return "(" + ", ".join(value_words(item) for item in value) + ")"
    return str(value)


def parameter_words(parameters: dict[str, Any]) -> str:
    """Names and values: ``object Ball, speed 2.13``."""
    return ", ".join(
        f"{name.replace('_', ' ')} {value_words(value)}" for name, value in parameters.items() if value is not None
    )


def bodies_in(annotation: Annotation, activation: Activation) -> str:
    """The names of bodies among the parameters, in order and each once."""
    values = [v for value in activation.parameters.values() for v in (value if isinstance(value, list) else [value])]
    return ", ".join(dict.fromkeys(v for v in values if isinstance(v, str) and v in annotation.bodies))


def time_words(annotation: Annotation, activation: Activation) -> str:
    """The time in seconds at which an activation starts and, if it lasts, at which it ends."""
    start, end = (f"{frame / annotation.fps:.2f}" for frame in span(activation))
    return f"{start} s" if end == start else f"{start} to {end} s"


def markers(annotation: Annotation) -> list[tuple[int, str]]:
    """(frame, name) of a timeline marker for each activation, at its first frame, in order and each once.

    Frames count from 0, the initial state; names are cut to what Blender keeps.
    """
    labels = annotation.labels
    found: dict[tuple[int, str], None] = {}
    for activation in annotation.activations:
        names = bodies_in(annotation, activation)
        name = f"{labels[activation.uid]}: {names}" if names else labels[activation.uid]
        found[activation.frame, name.encode()[:MARKER_BYTES].decode(errors="ignore")] = None
    return list(found)


def prompt_text(annotation: Annotation, limit: int) -> str:
    """The annotation for a prompt in at most about ``limit`` tokens (by `estimate_tokens`), if that is possible at all.

    One line an activation, in order of time. Where that is too long, the activations of the patterns with the most
    text are told together: first by the objects that they name, then all of a pattern in one line. What is told
    together is told by how often it was found, and when first and last.
    """
    head = (
        f"{annotation.title or 'run'}: {annotation.steps} steps of {number(1000 / annotation.fps)} ms, "
        f"bodies {', '.join(annotation.bodies)}"
    )
    groups: dict[str, list[Activation]] = {}
    for activation in annotation.activations:
        groups.setdefault(activation.uid, []).append(activation)
    lines = {uid: _each(annotation, group) for uid, group in groups.items()}
    size = {uid: _cost(found) for uid, found in lines.items()}
    for shorten in (_by_names, _together):
        for uid in sorted(groups, key=lambda uid: -size[uid]):
            if sum(size.values()) + _cost([(0, head)]) <= limit:
                break
            shorter = shorten(annotation, groups[uid])
            if _cost(shorter) < size[uid]:
                lines[uid], size[uid] = shorter, _cost(shorter)
    return "\n".join([head, *(line for _, line in sorted(line for found in lines.values() for line in found))]) + "\n"


Lines = list[tuple[int, str]]


def _cost(lines: Lines) -> int:
    return sum(estimate_tokens(line) + 1 for _, line in lines)


def _each(annotation: Annotation, group: Iterable[Activation]) -> Lines:
    """A line for each activation, by its first frame."""
    labels = annotation.labels
    return [
        (a.frame, f"{time_words(annotation, a)} {labels[a.uid]}: {parameter_words(a.parameters)}".removesuffix(": "))
        for a in group
    ]


def _by_names(annotation: Annotation, group: list[Activation]) -> Lines:
    """A line for all activations that name the same objects."""
    same: dict[str, list[Activation]] = {}
    for activation in group:
        same.setdefault(bodies_in(annotation, activation), []).append(activation)
    found: Lines = []
    for names, some in same.items():
        found += _each(annotation, some) if len(some) == 1 else _sum(annotation, some, names)
    return found


def _together(annotation: Annotation, group: list[Activation]) -> Lines:
    """One line for all activations of a pattern."""
    return _sum(annotation, group, "")


def _sum(annotation: Annotation, group: list[Activation], names: str) -> Lines:
    first, last = group[0].frame / annotation.fps, max(span(a)[1] for a in group) / annotation.fps
    words = f"{first:.2f} to {last:.2f} s {annotation.labels[group[0].uid]} {len(group)} times"
    return [(group[0].frame, f"{words}: {names}".removesuffix(": "))]
