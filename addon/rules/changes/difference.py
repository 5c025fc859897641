"""What is different about a rule, in a sentence: ``Door opens within 3 s instead of 0.5 s``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from ..model import Effect, Rule, Step
from ..sentence import sentence, when_sentence
from ..units import told

UNITS = frozenset(["s", "m", "cm", "N", "W", "%", "m/s", "m/s²", "degrees", "degrees/s", "times"])


def difference(before: Sequence[Rule], after: Sequence[Rule]) -> str:
    """What is different between what a text said and says, of which one is empty for what is new or gone."""
    if not before:
        return f"new: {'; '.join(map(sentence, after))}"
    if not after:
        return f"no longer: {'; '.join(map(sentence, before))}"
    if len(before) != len(after):
        return f"{'; '.join(map(sentence, after))} instead of {'; '.join(map(sentence, before))}"
    parts = [part for one, other in zip(before, after, strict=True) if one != other for part in _of_rule(one, other)]
    return "; ".join(parts)


def _of_rule(before: Rule, after: Rule) -> Iterator[str]:
    old, new = when_sentence(before.when), when_sentence(after.when)
    if old != new:
        yield f"{new} instead of {old}"
    if before.when.until != after.when.until:
        end = after.when.until
        yield f"until {end.sentence()}" if end else "no longer with an end"
    yield from _of_effects(_clauses(before), _clauses(after))


@dataclass(frozen=True)
class _Clause:
    """An effect with when it is done after what is before it; ``ends`` if it takes back what its rule did."""

    wait: str
    told: str
    things: tuple[str, ...]
    ends: bool = field(compare=False)

    def __str__(self) -> str:
        return f"{self.wait} {self.told}".strip()


def _clauses(rule: Rule) -> list[_Clause]:
    backs = [effect.undone() for effect in rule.effects]
    return [
        _Clause(_wait(step) if n == 0 else "", _told(step, effect), effect.thing.names, effect in backs)
        for step in rule.steps
        for n, effect in enumerate(step.effects)
    ]


def _wait(step: Step) -> str:
    return f"{told(step.wait)} s later" if step.wait else ""


def _told(step: Step, effect: Effect) -> str:
    pause = f", one after the other with {told(step.pause)} s between" if step.pause else ""
    return effect.sentence() + pause


def _of_effects(before: list[_Clause], after: list[_Clause]) -> Iterator[str]:
    matched = SequenceMatcher(a=before, b=after, autojunk=False)
    begun = [c for c in before if not c.ends] != [c for c in after if not c.ends]
    for kind, a, b, c, d in matched.get_opcodes():
        if kind == "equal":
            continue
        both = min(b - a, d - c)
        for old, new in zip(before[a : a + both], after[c : c + both], strict=True):
            if not (begun and old.ends and new.ends and old.wait == new.wait):
                yield _changed(old, new)
        yield from (f"also: {one}" for one in after[c + both : d])
        yield from (f"no longer: {one}" for one in before[a + both : b])


def _changed(before: _Clause, after: _Clause) -> str:
    if before.told == after.told:
        return f"{after.told} {after.wait or 'at once'} instead of {before.wait or 'at once'}"
    clause = _instead(before.told.split(), after.told.split(), whole=before.things != after.things)
    return clause if before.wait == after.wait else f"{after.wait or 'at once'} {clause}"


def _instead(before: list[str], after: list[str], whole: bool) -> str:
    """The new clause, and what stood where it differs; all of the old one if ``whole`` or little is the same."""
    start = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    same = 0
    while same < min(len(before), len(after)) - start and before[-1 - same] == after[-1 - same]:
        same += 1
    if same and before[len(before) - same] in UNITS:
        same -= 1
    old = before[start : len(before) - same]
    whole = whole or not start or not old
    return f"{' '.join(after)} instead of {' '.join(before if whole else old)}"
