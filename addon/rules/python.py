"""A rule as Python: a few lines for a transition script, in the helpers of ``runtime``."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator

from .conditions.time import Clock
from .expand import singled
from .model import Condition, Effect, Namer, Rule, Step, When, all_refs, plain_effect, with_refs
from .reference import Ref
from .units import told


def python(*rules: Rule) -> str:
    """The code of the rules that one text says; what they remember is kept apart."""
    parts = (one for rule in rules for one in _members(rule))
    return "".join(_code(one, part) for part, one in enumerate(parts))


def _members(rule: Rule) -> Iterator[Rule]:
    """The rule for each thing that ``it`` can be, where that is any of several."""
    bound = next((ref for ref in all_refs(rule) if ref.pronoun and ref.which == "any" and len(ref.names) > 1), None)
    if bound is None:
        yield rule
        return
    for name in bound.names:
        yield with_refs(rule, lambda ref, n=name: Ref(names=(n,)) if set(ref.names) == set(bound.names) else ref)


def _code(rule: Rule, part: int) -> str:
    when, label = rule.when, _labels(part)
    blocks = list(_blocks(rule))
    if when.condition is None and len(blocks) == 1:
        test = f"frame == 1{_guard(when, label)}"
        if when.until is None:
            return _block(test, blocks[0][1])
        return f"began = {test}\n" + _block("began", blocks[0][1]) + _ends(rule, label)
    if when.mode == "while":
        return _while(rule, label)
    waited = singled(when.condition or Clock(seconds=0))
    expression = waited.soonest(label) if when.mode == "once" else waited.python("onset", label)
    first = "" if len(blocks) == 1 else f"so = {expression}\n"
    said = expression if len(blocks) == 1 else "so"
    if when.mode == "each" and when.nth > 1:
        said = f"nth({label('nth')}, {said}, {when.nth})"
        if len(blocks) > 1:
            first, said = f"so = nth({label('nth')}, {expression}, {when.nth})\n", "so"
    kept, guard = _kept_guard(when, label)
    parts = []
    for number, (delay, statements, takes_back) in enumerate(blocks):
        test = _test(when, said, delay, label, takes_back) + (guard or _guard(when, label))
        if number == 0 and when.until is not None:
            first, test = f"{first}began = {test}\n", "began"
        parts.append((delay, _block(test, statements, fires=number == 0)))
    # Where it happens again, what ends an earlier time goes before what begins a later one.
    parts.sort(key=lambda part: -part[0] if when.mode == "each" else 0)
    return first + kept + "".join(text for _, text in parts) + _ends(rule, label)


def _labels(part: int) -> Namer:
    counts: dict[str, Iterator[int]] = {}

    def label(word: str) -> str:
        number = next(counts.setdefault(word, itertools.count(1)))
        return json.dumps(word + (f" {number}" if number > 1 else "") + (f" of {part + 1}" if part else ""))

    return label


def _test(when: When, said: str, delay: float, label: Callable[[str], str], takes_back: bool) -> str:
    if when.mode == "once":
        return f"once({label('it')}, {said}" + (f", delay={told(delay)})" if delay else ")")
    helper = "latest" if takes_back else "later"
    return f"{helper}({label('later')}, {said}, {told(delay)})" if delay else said


def _guard(when: When, label: Namer) -> str:
    return f" and ({singled(when.guard).python('ever', label)})" if when.guard else ""


def _kept_guard(when: When, label: Namer) -> tuple[str, str]:
    """A line that looks at the guard in every step, where it has to be, and what asks for it."""
    if when.guard is None or not (guard := singled(when.guard)).remembers("ever"):
        return "", ""
    return f"also = {guard.python('ever', label)}\n", " and also"


def _blocks(rule: Rule) -> Iterator[tuple[float, list[str], bool]]:
    """The statements of each moment, with the delay after the condition came true, and whether they take back all."""
    delay, undone = rule.when.delay, list[Effect]()
    for step in rule.steps:
        delay += step.wait
        takes_back = bool(step.effects) and all(plain_effect(effect) in undone for effect in step.effects)
        for moment, lines in _moments(step, delay, takes_back):
            yield moment, lines, takes_back
        undone += [plain_effect(back) for effect in step.effects if (back := effect.undone())]


def _moments(step: Step, delay: float, takes_back: bool) -> Iterator[tuple[float, list[str]]]:
    if not step.pause:
        yield delay, [line for effect in step.effects for line in _statements(effect, takes_back)]
        return
    names = list(dict.fromkeys(name for effect in step.effects for name in effect.thing.names))
    for number, name in enumerate(names):
        lines = [
            line
            for effect in step.effects
            if name in effect.thing.names
            for line in effect.python(json.dumps(name, ensure_ascii=False))
        ]
        yield delay + number * step.pause, lines


def _statements(effect: Effect, ends: bool = False) -> list[str]:
    say = effect.ending if ends else effect.python
    return [line for name in effect.thing.names or ("",) for line in say(json.dumps(name, ensure_ascii=False))]


def _block(test: str, lines: list[str], fires: bool = True) -> str:
    body = ["fires(rule)"] * fires + lines
    return f"if {test}:\n" + "".join(f"    {line}\n" for line in body)


def _while(rule: Rule, label: Namer) -> str:
    """What is done in every step, and what is done at the beginning and undone at the end."""
    assert rule.when.condition is not None
    kept, guard = _kept_guard(rule.when, label)
    so = singled(rule.when.condition).python("now", label)
    text = f"{kept}so = {so}{guard or _guard(rule.when, label)}\n"
    always = [line for e in rule.effects if e.continuous for line in _statements(e)]
    held = [e for e in rule.effects if not e.continuous]
    text += _block(f"begins({label('begins')}, so)", [line for e in held for line in _statements(e)])
    if undone := [line for e in held if (u := e.undone()) for line in _statements(u, ends=True)]:
        text += _block(f"ends({label('ends')}, so)", undone, fires=False)
    return text + (_block("so", always, fires=False) if always else "")


def _ends(rule: Rule, label: Namer) -> str:
    """What ends that which goes on until something is so, each time that it has begun."""
    if rule.when.until is None:
        return ""
    lines = [line for effect in rule.effects if (undone := effect.undone()) for line in _statements(undone, ends=True)]
    until: Condition = singled(rule.when.until)
    return (
        _block(f"is_over({label('until')}, began, {until.python('now', label)})", lines, fires=False) if lines else ""
    )
