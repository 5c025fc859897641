"""Activations in words: the compact text for prompts, and names of timeline markers.

All words are labels, names of parameters and their values; all numbers are times, counts and parameters of the
annotation, rounded to three digits. Nothing is added that a reader could not look up there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..scene_graph import one_line
from .annotation import Annotation, span
from .model import Activation
from .moments import EVENTS, Moment, outcome_moments, salient
from .tokens import estimate_tokens

CUT = "…"
"""What stands at the end of a name that was cut."""

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


def markers(annotation: Annotation, most: int = EVENTS) -> list[tuple[int, str]]:
    """(frame, name) of the timeline's markers: the lines that are told of a run, see `salient`, each once.

    Frames count from 0, the initial state; names are cut to what Blender keeps, after a whole word.
    """
    return list(dict.fromkeys((m.frame, marker_name(m.text)) for m in salient(annotation, most)))


def marker_name(text: str) -> str:
    """A sentence without its full stop in what Blender keeps of a name, cut after a whole word where there is one."""
    text = text.rstrip(".")
    if len(text.encode()) <= MARKER_BYTES:
        return text
    room = MARKER_BYTES - len(CUT.encode())
    kept = text.encode()[:room].decode(errors="ignore")
    whole = kept.rpartition(" ")[0].rstrip(",;: ") or kept
    return whole + CUT


def salient_text(annotation: Annotation, most: int | None = EVENTS) -> str:
    """What matters most of a run for a prompt: a head, then a line with time and sentence each, in order."""
    lines = [f"{moment_time(annotation, m)} {m.text}" for m in salient(annotation, most)]
    return _text([_head(annotation), *(lines or ["nothing happened"])])


def _text(lines: Iterable[str]) -> str:
    """Lines, each of which stays one whatever names are in it."""
    return "".join(one_line(line) + "\n" for line in lines)


def moment_time(annotation: Annotation, moment: Moment) -> str:
    """When a moment begins and, if it lasts, ends, in seconds."""
    start, end = (f"{frame / annotation.fps:.2f}" for frame in (moment.frame, moment.end))
    return f"{start} s" if end == start else f"{start} to {end} s"


def _head(annotation: Annotation) -> str:
    return (
        f"{annotation.title or 'run'}: {annotation.steps} steps of {number(1000 / annotation.fps)} ms, "
        f"bodies {', '.join(annotation.spoken.get(name, name) for name in annotation.bodies)}"
    )


def prompt_text(annotation: Annotation, limit: int) -> str:
    """The annotation for a prompt in at most about ``limit`` tokens (by `estimate_tokens`), if that is possible at all.

    One line an activation or outcome, in order of time. Where that is too long, the activations of the patterns with
    the most text are told together: first by the objects that they name, then all of a pattern in one line. What is
    told together is told by how often it was found, and when first and last.
    """
    annotation = annotation.model_copy(update={"spoken": {}})
    head = _head(annotation)
    groups: dict[str, list[Activation]] = {}
    for activation in annotation.activations:
        groups.setdefault(activation.uid, []).append(activation)
    lines = {uid: _each(annotation, group) for uid, group in groups.items()}
    lines[""] = [(m.frame, f"{moment_time(annotation, m)} {m.text}") for m in outcome_moments(annotation)]
    size = {uid: _cost(found) for uid, found in lines.items()}
    for shorten in (_by_names, _together):
        for uid in sorted(groups, key=lambda uid: -size[uid]):
            if sum(size.values()) + _cost([(0, head)]) <= limit:
                break
            shorter = shorten(annotation, groups[uid])
            if _cost(shorter) < size[uid]:
                lines[uid], size[uid] = shorter, _cost(shorter)
    return _text([head, *(line for _, line in sorted(line for found in lines.values() for line in found))])


Lines = list[tuple[int, str]]


def _cost(lines: Lines) -> int:
    return sum(estimate_tokens(line) + 1 for _, line in lines)


def _each(annotation: Annotation, group: list[Activation]) -> Lines:
    """A line for each activation, by its first frame."""
    labels = annotation.labels
    lines = []
    for a in group:
        said = f"{labels[a.uid]}: {parameter_words(annotation.told_parameters(a))}"
        lines.append((a.frame, f"{time_words(annotation, a)} {said}".removesuffix(": ")))
    return lines


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
