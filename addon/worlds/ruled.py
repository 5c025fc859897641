"""Clauses of a sentence that are rules: when something happens, something is done. Our rule language reads them."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..rules import Reading, Vocabulary, read
from ..rules.conditions.touch import Touch
from ..rules.reference import Ref
from ..scene_graph import Primitive, RigidBody, SceneGraph, SceneObject
from .entry import Entry
from .lexicon import LONGEST
from .lexing import word_of
from .manifest import Happening, Subject
from .numerals import FIGURE
from .words import PRONOUNS

if TYPE_CHECKING:
    from .plan import Plan

WAITING = re.compile(r"\b(when|if|once|whenever|as soon as|as long as|every|each time|until|unless|after|before)\b")
"""Words with which a rule begins to say what it waits for."""


def conditional(sentence: str) -> Iterator[tuple[str, str]]:
    """The ways to take the end of a sentence as a rule: what is in front of it, and the rule; the longest first."""
    first = WAITING.search(sentence.lower())
    if first is None:
        return
    cuts = [0, *(m.end() for m in re.finditer(r",|\band\b|\bthen\b", sentence) if m.start() < first.start())]
    for cut in cuts:
        yield re.sub(r"(,|\band|\bthen)\s*$", "", sentence[:cut].rstrip()), sentence[cut:].strip()


def in_order(sentence: str) -> Iterator[str]:
    """A sentence that says when something happens, turned into one that says what comes first and what then."""
    text = sentence.strip().rstrip(".")
    waits = r"(?:when|once|as soon as|after)"
    if found := re.search(rf"^(.*?)\b{waits} ([^,]+), (?:then )?(.+)$", text, re.IGNORECASE):
        before, cause, effect = found.groups()
        yield f"{before} {cause}, then {effect}"
    if found := re.search(rf"^(.+?)[, ]+{waits} (.+)$", text, re.IGNORECASE):
        yield ", then ".join(_named_first(*found.groups()[::-1]))


def _named_first(cause: str, effect: str) -> tuple[str, str]:
    """Two clauses of which the second was said first, with "a lamp" in the one that now comes first."""
    for noun in dict.fromkeys(re.findall(r"\bthe (\w+)", cause)):
        if first := re.search(rf"\ban? ((?:\w+ )?{noun})\b", effect, re.IGNORECASE):
            effect = f"{effect[: first.start()]}the {noun}{effect[first.end() :]}"
            cause = re.sub(rf"\bthe {noun}\b", first[0].lower(), cause, count=1)
    return cause, effect


def ruled(plan: Plan, clause: str) -> Plan | None:
    """The plan with a rule more, its things among the subjects; None where our rule language does not read it."""
    trial = copy.deepcopy(plan)
    text = _with_names(trial, clause)
    if text is None:
        return None
    named = [name for name in trial.subjects if re.search(rf"\b{re.escape(name)}\b", text)]
    for held in (None, *named[::-1]):
        if held is not None:
            subject = trial.subjects[held]
            trial.subjects[held] = subject.model_copy(update={"moves": "fixed"})
        reading = read(text, Vocabulary(_sketch(trial.subjects, trial.lexicon.library)))
        if isinstance(reading, Reading):
            if not _comes_about(trial, reading):
                return None
            trial.rules.append(text)
            _set_off(trial, reading)
            return trial
        if held is not None:
            trial.subjects[held] = subject
    return None


def _comes_about(plan: Plan, reading: Reading) -> bool:
    """Whether what rules wait for may happen: that a thing passes another one does not where neither does anything."""
    acting = {name for h in plan.happenings for name in (h.who, h.to)}
    for rule in reading.rules:
        condition = rule.when.condition
        if condition is None or isinstance(condition, Touch) or condition.kind == "rest":
            continue
        named = {name for value in vars(condition).values() if isinstance(value, Ref) for name in value.names}
        if named and not named & acting:
            return False
    return True


def _set_off(plan: Plan, reading: Reading) -> None:
    """What a rule waits for comes about: a thing that is to touch another goes there where neither does anything."""
    acting = {name for h in plan.happenings for name in (h.who, h.to)}
    for rule in reading.rules:
        condition = rule.when.condition
        if isinstance(condition, Touch) and len(condition.a.names) == len(condition.b.names) == 1:
            a, b = condition.a.names[0], condition.b.names[0]
            if {a, b} <= set(plan.subjects) and not {a, b} & acting:
                plan.happenings.append(Happening(who=a, does="roll", to=b))


def _with_names(plan: Plan, clause: str) -> str | None:
    """The clause with its things called by their names; None for one that speaks of none. Adds those that are new."""
    words = re.findall(rf"{FIGURE}|[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]", clause.lower())
    found, at, any_thing = list[str](), 0, False
    nouns = plan.lexicon.nouns
    while at < len(words):
        sizes = range(min(LONGEST, len(words) - at), 0, -1)
        length = next((n for n in sizes if tuple(words[at : at + n]) in nouns), 0)
        if not length:
            is_known = words[at] in PRONOUNS and not any_thing and plan.actors
            found.append(plan.actors[0] if is_known else words[at])
            any_thing = any_thing or bool(is_known)
            at += 1
            continue
        qualified = _qualified(plan, found)
        plan.article = "the" if "the" in found[-1 - len(qualified) :] else ""
        name = plan.named(nouns[tuple(words[at : at + length])])
        while found and found[-1] in (*qualified, *ARTICLES):
            found.pop()
        found.append(name)
        any_thing, at = True, at + length
    text = " ".join(found)
    return re.sub(r" ([,.;:])", r"\1", text) if any_thing else None


ARTICLES = ("a", "an", "the", "some", "this", "that")


def _qualified(plan: Plan, found: list[str]) -> list[str]:
    """The words for a colour or a size in front of a noun, which the plan takes up."""
    taken = list[str]()
    for word in reversed(found):
        item = word_of(word)
        if item.kind not in ("colour", "size"):
            break
        plan.take(item)
        taken.append(word)
    return taken


def _sketch(subjects: dict[str, Subject], library: dict[str, Entry]) -> SceneGraph:
    """A scene with things of these names, moved by physics or not, in which rules can be read."""
    objects = []
    for number, subject in enumerate(subjects.values()):
        moves = subject.moves or library[subject.thing].moves
        for name in subject.names:
            body = RigidBody(type="ACTIVE" if moves == "rigid" else "PASSIVE") if moves in ("rigid", "fixed") else None
            objects.append(
                SceneObject(
                    name=name,
                    location=(2.0 * number, 0.0, 0.5),
                    geometry=Primitive(kind="cube", dimensions=(1.0, 1.0, 1.0)),
                    body=body,
                    semantic_class=subject.thing,
                )
            )
    return SceneGraph(name="Sketch", objects=tuple(objects))
