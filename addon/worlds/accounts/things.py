"""Which things there are, how many, and how they look."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from ..errors import WorldError
from ..kinds import likeness
from ..manifest import Subject
from ..places import RELATIONS
from ..shades import rgb_of
from ..stuffs import STUFFS
from .asked import Phrase, stems_of
from .plans import Difference, Plans

GROUNDS = ("terrain", "water", "landforms")
"""Families whose things may come with where it is."""

NEAR = 0.4
"""How far apart two colours, linear, are at most that may be called the same."""


def kinds(plans: Plans) -> Iterator[Difference]:
    """Things that are not to be there, and those that are called so and are others."""
    for phrase in plans.asked.phrases:
        there = plans.of(phrase)
        if phrase.negated and there and not _is_spoken_of(plans, phrase):
            yield Difference(f"no {phrase.words.removeprefix('no ')}", "the plan has one", contradicts=True)
        elif phrase.negated or not there or plans.is_told(phrase.named.noun):
            continue
        elif not any(_is_one(plans, s, phrase) for s in there):
            yield Difference(phrase.words, f"in the plan it is '{there[0].thing}'", contradicts=True)


def _is_spoken_of(plans: Plans, phrase: Phrase) -> bool:
    """Whether a thing is said not to be there, and elsewhere that one is."""
    return any(not p.negated and p.named.entry is phrase.named.entry for p in plans.asked.phrases)


def _is_one(plans: Plans, subject: Subject, phrase: Phrase) -> bool:
    """Whether what stands for a noun may be called so."""
    entry, noun = plans.library.get(subject.thing), phrase.named.noun
    if entry is None or entry.name == phrase.named.entry.name or entry.family == phrase.named.entry.family:
        return True
    like, names = likeness(noun), " ".join(entry.names)
    alike = bool(stems_of(noun) & stems_of(names)) or any(name.endswith(noun.split()[-1]) for name in entry.names)
    return alike or (like is not None and like.entry == entry.name)


def counts(plans: Plans) -> Iterator[Difference]:
    """Whether there are as many of each kind as are told."""
    done: set[frozenset[str]] = set()
    said = [(phrase, frozenset(plans.names_of(phrase))) for phrase in plans.asked.phrases if not phrase.negated]
    for _, names in said:
        alike = [phrase for phrase, others in said if names & others and not phrase.part]
        if (
            names
            and names not in done
            and all(others in (names, frozenset()) or not names & others for _, others in said)
        ):
            yield from _count(plans, alike, sum(s.count for s in plans.manifest.subjects if s.name in names))
        done.add(names)


def _count(plans: Plans, alike: Sequence[Phrase], there: int) -> Iterator[Difference]:
    new = [p for n, p in enumerate(alike) if not n or _is_new(p, alike[:n])]
    if not new or any(plans.is_told(p.named.noun) for p in new):
        return
    least = sum(p.count or (2 if p.named.several and p.article != "some" else 1) for p in new)
    sure = all(p.count is not None for p in new) and not any(item.kind == "one" for item in plans.asked.items)
    sure = sure and not any(p.colour is not None and p not in new and alike[0].colour is None for p in alike)
    if there < least or (sure and there > least):
        yield Difference(" and ".join(p.words for p in new), f"the plan has {there}")


def _is_new(phrase: Phrase, earlier: Sequence[Phrase]) -> bool:
    """Whether more of a kind are meant than were named before, and not the same again."""
    if phrase.article == "the":
        return phrase.colour is not None and all(p.colour not in (None, phrase.colour) for p in earlier)
    return (phrase.count or 2) > 1 or phrase.article in AGAIN


AGAIN = ("a", "an", "another")
"""Words in front of one more of a kind that was named before."""


def looks(plans: Plans) -> Iterator[Difference]:
    """Colours, stuffs and sizes."""
    for phrase in plans.asked.phrases:
        there = [s for s in plans.of(phrase) if s.thing in plans.library]
        if there and not phrase.negated:
            yield from _colours(plans, phrase, there)
            yield from _made(plans, phrase, there)


def _colours(plans: Plans, phrase: Phrase, there: Sequence[Subject]) -> Iterator[Difference]:
    if (colour := phrase.colour) is not None and not plans.is_told(colour):
        painted = sum(s.count for s in there if has_colour(plans, s, colour))
        least = min(phrase.count or 1, sum(s.count for s in there))
        if painted < least:
            words = phrase.words if colour in phrase.words else f"{phrase.words} is {colour}"
            yield Difference(words, f"in the plan {'it is not' if least == 1 else f'{painted} are'} {colour}")
    if phrase.not_colour is not None and all(has_colour(plans, s, phrase.not_colour) for s in there):
        yield Difference(f"{phrase.words} is not {phrase.not_colour}", "in the plan it is", contradicts=True)


def _made(plans: Plans, phrase: Phrase, there: Sequence[Subject]) -> Iterator[Difference]:
    told = phrase.words.replace(phrase.named.noun, "")
    stuff, factor = phrase.stuff, phrase.factor
    if stuff is not None and not plans.is_told(f"{told} {stuff}") and not any(_is_of(plans, s, stuff) for s in there):
        yield Difference(phrase.words, f"in the plan it is not of {stuff}")
    sized = factor is None or any(_is_sized(plans, s, factor) for s in there)
    if not sized and not plans.is_told(phrase.size):
        yield Difference(phrase.words, f"in the plan it is not {phrase.size}")


def has_colour(plans: Plans, subject: Subject, colour: str) -> bool:
    """Whether a thing has a colour: that which it is painted, or that of a part where it is not."""
    entry, wanted = plans.library[subject.thing], rgb_of(colour)
    try:
        given = {k: v for k, v in entry.parameters(subject.parameters).items() if entry.knobs[k].kind == "colour"}
        parts = entry.make(**subject.parameters).parts
    except WorldError:
        return True  # what is wrong with it is told elsewhere
    if subject.parameters.keys() & given.keys():
        return any(_near(given[name], wanted) for name in subject.parameters.keys() & given.keys())
    own = [] if subject.stuff is None else [STUFFS[subject.stuff].color]
    return any(_near(c, wanted) for c in (*given.values(), *own, *(p.color or p.of.color for p in parts)))


def _near(colour: Any, wanted: Sequence[float]) -> bool:
    return math.dist(colour, wanted) < NEAR


def _is_of(plans: Plans, subject: Subject, stuff: str) -> bool:
    """Whether a thing is of a stuff, or painted as if it were."""
    if subject.stuff is not None:
        return subject.stuff == stuff
    entry = plans.library[subject.thing]
    try:
        parts = entry.make(**subject.parameters).parts
        given = entry.parameters(subject.parameters)
    except WorldError:
        return True
    painted = [given[name] for name in subject.parameters if entry.knobs[name].kind == "colour"]
    return any(p.stuff == stuff for p in parts) or any(_near(c, STUFFS[stuff].color) for c in painted)


def _is_sized(plans: Plans, subject: Subject, factor: float) -> bool:
    """Whether a length of a thing is more, or less, than it usually is."""
    knobs = plans.library[subject.thing].knobs
    given = {n: v for n, v in subject.parameters.items() if n in knobs and isinstance(v, int | float)}
    pairs = [(float(v), float(knobs[n].default)) for n, v in given.items() if knobs[n].kind in ("length", "number")]  # type: ignore[arg-type]
    return any((value - usual) * (factor - 1.0) > 0.0 for value, usual in pairs)


def unasked(plans: Plans) -> Iterator[Difference]:
    """Things that the sentence does not name, and on which nothing of it stands."""
    said = stems_of(" ".join(item.words for item in plans.asked.items))
    meant = {name for phrase in plans.asked.phrases for name in plans.names_of(phrase)}
    borne = {
        name
        for subject in plans.manifest.subjects
        for place in subject.places
        if RELATIONS[place.relation].borne or RELATIONS[place.relation].aloft
        for name in place.of
    }
    more: dict[str, int] = {}
    for subject in plans.manifest.subjects:
        entry = plans.library.get(subject.thing)
        called = stems_of(" ".join((subject.name, *(entry.names if entry is not None else ()))))
        needed = subject.name in meant | borne or entry is None or entry.family in GROUNDS
        if not needed and not called & (said | plans.told) and not any(w.startswith(subject.thing) for w in said):
            more[subject.thing] = more.get(subject.thing, 0) + subject.count
    for thing, count in more.items():
        yield Difference(thing, f"the plan has {count}, and the sentence names none", again=False)
