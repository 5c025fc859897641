"""Changes of a plan, one function each, and what differs between two plans."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from ..entry import Entry
from ..errors import EditError
from ..form import Rgb
from ..lexicon import Lexicon
from ..manifest import MOST, Happening, Manifest, Subject
from ..verbs.travelling import usual_speed


def replaced(manifest: Manifest, subjects: Iterable[Subject]) -> Manifest:
    """A plan with subjects in place of those of their names."""
    new = {s.name: s for s in subjects}
    return manifest.model_copy(update={"subjects": tuple(new.get(s.name, s) for s in manifest.subjects)})


def without(manifest: Manifest, gone: Collection[str]) -> Manifest:
    """A plan without some subjects, what they do, and what is said of places by them. What waits for something that
    goes waits for what that waited for."""
    names = [s.name for s in manifest.subjects]
    subjects = [
        s.model_copy(
            update={
                "places": tuple(p for p in s.places if not set(gone) & set(p.of)),
                "facing": None if s.facing in gone else s.facing,
            }
        )
        for s in manifest.subjects
        if s.name not in gone
    ]
    stay = [number for number, h in enumerate(manifest.happenings) if not set(gone) & {h.who, h.to, h.source}]
    happenings = [
        manifest.happenings[number].model_copy(update={"after": _waits(manifest.happenings, number, stay)})
        for number in stay
    ]
    rules = [rule for rule in manifest.rules if not mentioned(rule, names) & set(gone)]
    changes = {"subjects": tuple(subjects), "happenings": tuple(happenings), "rules": tuple(rules)}
    return manifest.model_copy(update=changes)


def _waits(happenings: Sequence[Happening], number: int, stay: list[int]) -> int | None:
    after = happenings[number].after
    while after is not None and after not in stay:
        after = happenings[after].after
    return stay.index(after) if after is not None else None


def _names(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(n) for n in sorted(names, key=len, reverse=True))})\b")


def mentioned(rule: str, names: Sequence[str]) -> set[str]:
    """The subjects that a rule speaks of."""
    return set(_names(names).findall(rule)) if names else set()


def instead(manifest: Manifest, old: Subject, new: Subject) -> Manifest:
    """A plan with another subject where one is, which does what that did."""

    def name(one: str | None) -> Any:
        return new.name if one == old.name else one

    subjects = [
        (new if s.name == old.name else s).model_copy(
            update={
                "places": tuple(p.model_copy(update={"of": tuple(map(name, p.of))}) for p in s.places),
                "facing": name(s.facing),
            }
        )
        for s in manifest.subjects
    ]
    happenings = [
        h.model_copy(update={"who": name(h.who), "to": name(h.to), "source": name(h.source)})
        for h in manifest.happenings
    ]
    found = _names(s.name for s in manifest.subjects)
    rules = [found.sub(lambda match: str(name(match[0])), rule) for rule in manifest.rules]
    changes = {"subjects": tuple(subjects), "happenings": tuple(happenings), "rules": tuple(rules)}
    return manifest.model_copy(update=changes)


def in_circle(manifest: Manifest) -> list[str]:
    """The subjects that are placed by each other, or by such."""
    left = {s.name: {*(name for p in s.places for name in p.of), *filter(None, [s.facing])} for s in manifest.subjects}
    while ready := [name for name, needs in left.items() if not needs & set(left)]:
        for name in ready:
            del left[name]
    return list(left)


def numbered(subject: Subject, count: float) -> Subject:
    """A subject of which there are so many. Raises EditError for more than a plan holds."""
    if not 1 <= count <= MOST or count != int(count):
        raise EditError(f"there can be 1 to {MOST} of a kind, not {count:g}")
    return subject.model_copy(update={"count": int(count)})


def painted(subject: Subject, entry: Entry, colour: Rgb) -> Subject:
    """A subject in another colour. Raises EditError for one that has none."""
    if (knob := entry.paint) is None:
        raise EditError(f"'{subject.name}' has no colour that could be changed")
    return subject.model_copy(update={"parameters": {**subject.parameters, knob.name: colour}})


def made_of(subject: Subject, entry: Entry, stuff: str) -> Subject:
    """A subject of another stuff. Raises EditError for what is soft."""
    if "soft" in (subject.moves, entry.moves) or "cloth" in (subject.moves, entry.moves):
        raise EditError(f"'{subject.name}' is soft, and what it is made of cannot be changed")
    usual = entry.make(**subject.parameters).stuff
    return subject.model_copy(update={"stuff": None if stuff == usual else stuff})


def scaled(subject: Subject, entry: Entry, factor: float, names: tuple[str, ...], exact: bool) -> Subject:
    """A subject of which some parameters are larger, as far as may be or, ``exact``, by all of a factor. Raises
    EditError for one that has none of these, or cannot be so."""
    known = [k for k in entry.knobs.values() if k.name in names and k.kind in ("length", "number")]
    if not known:
        raise EditError(f"'{subject.name}' has none of {', '.join(names)} that could be changed")
    now = {k: float(subject.parameters.get(k.name, k.default)) for k in known}  # type: ignore[arg-type]
    if all((v >= k.high if factor > 1.0 else v <= k.low) for k, v in now.items()):
        raise EditError(f"'{subject.name}' is as {'large' if factor > 1 else 'small'} as it can be already")
    if exact and (over := next((k for k, v in now.items() if not k.low <= factor * v <= k.high), None)) is not None:
        raise EditError(
            f"'{subject.name}' cannot be {factor:g} times as large: its {over.name} is from {over.low:g} to "
            f"{over.high:g} {over.unit}".rstrip()
        )
    sizes = {k.name: round(min(max(factor * v, k.low), k.high), 4) for k, v in now.items()}
    return subject.model_copy(update={"parameters": {**subject.parameters, **sizes}})


def paced(manifest: Manifest, who: str, factor: float, lexicon: Lexicon, does: str | None) -> Manifest:
    """A plan in which a subject does all it does, or one thing of that, faster. Raises EditError where nothing of that
    has a speed."""
    named = [h for h in manifest.happenings if h.who == who and does in (None, h.does)]
    subject = manifest.subject(who)
    own = usual_speed(lexicon.library[subject.thing], subject.parameters)
    usual = {h.does: own if h.does == "drive" else lexicon.verbs[h.does].speed for h in named}
    speeds = {does: speed for does, speed in usual.items() if speed is not None}
    if not named:
        raise EditError(f"'{who}' does not {does or 'do anything that could be faster or slower'}")
    if not speeds:
        raise EditError(f"'{who}' is to {named[0].does}, and that has no speed that could be changed")
    happenings = [
        h.model_copy(update={"amount": round(factor * (h.amount or speeds[h.does]), 4)})
        if h.who == who and h.does in speeds
        else h
        for h in manifest.happenings
    ]
    return manifest.model_copy(update={"happenings": tuple(happenings)})


def differences(before: Manifest, after: Manifest) -> Iterator[str]:
    """What differs between two plans, a line each."""
    old, new = (m.model_dump(exclude_defaults=True, exclude={"sentence"}) for m in (before, after))
    for key in sorted({*old, *new}):
        a, b = old.get(key), new.get(key)
        if key == "subjects":
            yield from _of_subjects(list(a or ()), list(b or ()))
        elif isinstance(a or b, dict):
            yield from _of_parts(key, a or {}, b or {})
        elif a != b:
            yield f"{key}: {_told(a)} → {_told(b)}"


def _of_subjects(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[str]:
    before, after = {s["name"]: s for s in old}, {s["name"]: s for s in new}
    for name in dict.fromkeys((*before, *after)):
        if name not in after:
            yield f"{name}: removed"
        elif name not in before:
            yield f"{name}: added"
        else:
            yield from _of_parts(name, before[name], after[name])


def _of_parts(name: str, a: dict[str, Any], b: dict[str, Any]) -> Iterator[str]:
    for key in sorted({*a, *b}):
        one, other = a.get(key), b.get(key)
        if isinstance(one or other, dict):
            yield from _of_parts(f"{name}.{key}", one or {}, other or {})
        elif one != other:
            yield f"{name}.{key}: {_told(one)} → {_told(other)}"


def _told(value: Any) -> str:
    return "nothing" if value is None or value == () else str(value)
