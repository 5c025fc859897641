"""The coder without a model: rules in a small controlled English become scripts. A baseline, and the last resort.

A rule is a trigger and effects, in either order. Triggers: ``A touches B`` (hits, reaches, has touched …), also joined
by ``and``, ``or``, ``and then``, ``unless``, ``but not if``, ``either … or …, but not both``; ``A has touched B N
times``; ``each time A touches B``; ``while A touches B``; ``after N seconds``; ``every N seconds``; ``A is above N m``
(below); ``A.key is V``; each with a delay.
Effects, joined by ``and`` and each with a delay if wanted: move, slide, raise, lower; open, close; rotate; turn on and
off, toggle; set, add; launch with a velocity; release, freeze; enable and disable a constraint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..models import OnText
from ..scene_graph import SceneGraph
from .link import compose
from .phrases import SECONDS, TOUCH, VERB, Phrases, UnknownWordsError
from .request import CoderError, CodingRequest, CodingResult

LEAD = r"(?:when|if|once|as soon as)"
PERIOD = r"(?:(?:again )?(?:every|each)|at intervals of) "
WHILE = r"(?:while|(?:for )?as long as) "
BORDER = rf"(?:{LEAD} |after |at |again |every |each |whenever |{WHILE}|{SECONDS} after )"
LATER = rf"(?:{SECONDS} later|after {SECONDS}|{SECONDS} after that)"
UNDERSTOOD = (
    "triggers such as 'When A touches B', 'When A has touched B and C has touched D', 'Each time A touches B', "
    "'After 2 seconds', '2 seconds after A touches B', 'Every 2 seconds', 'When A is above 1 m', 'When A.key is 3'; "
    "effects such as 'open D', 'move D up by 1 m over 2 s', 'rotate D by 90 degrees about z', 'turn on L', "
    "'set L.key to 3', 'add 1 to L.key', 'launch B with velocity (1, 0, 2)', 'release B', 'freeze B', "
    "'disable constraint J'"
)


@dataclass(frozen=True)
class Trigger:
    """A Python condition; ``repeats`` if it is true only in the steps that count; ``delay`` in seconds after it."""

    condition: str
    repeats: bool = False
    delay: float = 0.0

    def code(self, label: str, delay: float) -> str:
        """The condition of an ``if`` that is true in the steps in which an effect happens, ``delay`` later still."""
        delay += self.delay
        if not self.repeats:
            return f'once("{label}", {self.condition}' + (f", {delay:g})" if delay else ")")
        return f'later("{label}", {self.condition}, {delay:g})' if delay else self.condition


class TemplateCoder:
    """Writes scripts by templates, without a language model."""

    name = "template"
    model: str | None = None

    def write(self, request: CodingRequest, on_text: OnText | None = None) -> CodingResult:
        """A script for the rules. Raises CoderError (kind ``rule``) naming the words that are not understood."""
        if not request.rules:
            advice = "give rules, or choose a coder with a language model"
            raise CoderError("rule", "the template coder cannot work towards a goal without rules", advice)
        script = compose(request.rules, [rule_code(rule, request.graph) for rule in request.rules])
        return CodingResult(script, script, 0, 0, None, self.name, None, 0)


def rule_code(rule: str, graph: SceneGraph) -> str:
    """The code of one rule. Raises CoderError."""
    phrases = Phrases([*graph.names, *(c.name for c in graph.constraints)])
    text = phrases.encode(" ".join(rule.split()).rstrip(".!;"))
    try:
        trigger, effects = _sentence(text, phrases)
    except UnknownWordsError as error:
        words = phrases.decode(str(error))
        advice = f"the template coder knows {UNDERSTOOD}. The scene has {', '.join(phrases.names)}"
        raise CoderError("rule", f"rule '{rule}': '{words}' is not understood", advice) from None
    lines, label, delay = [], "", -1.0
    for wait, words, statement in effects:
        if wait != delay:
            label = re.sub(r"[^\w .]", "", phrases.decode(words))[:40]
            lines.append(f"if {trigger.code(label, wait)}:")
            delay = wait
        lines.append("    " + statement)
    return "\n".join(lines) + "\n"


Effects = list[tuple[float, str, str]]
"""Delay in seconds after the trigger, words and statement of each effect."""


def _sentence(text: str, phrases: Phrases) -> tuple[Trigger, Effects]:
    """Trigger and effects of a rule: the first way of cutting it in two of which both halves are understood."""
    problems: list[UnknownWordsError] = []
    for first, second, effects_first in _cuts(text):
        try:
            effects = _effects(first if effects_first else second, phrases)
            return _trigger(second if effects_first else first, phrases), effects
        except UnknownWordsError as error:
            problems.append(error)
    if found := re.fullmatch(r"(.+?),? (?:unless|but not if|except if|except when) ([^,]+)", text, re.IGNORECASE):
        trigger, effects = _sentence(found[1], phrases)
        return replace(trigger, condition=f"({trigger.condition}) and not ({phrases.condition(found[2])})"), effects
    if found := re.fullmatch(r"unless (.+?), (.+)", text, re.IGNORECASE):
        return _sentence(f"{found[2]}, unless {found[1]}", phrases)
    raise min(problems, key=lambda error: len(str(error)), default=UnknownWordsError(text))


def _cuts(text: str) -> Iterator[tuple[str, str, bool]]:
    """Every way to cut a rule before a trigger (effects first) or before a verb (trigger first)."""
    if re.match(VERB, text, re.IGNORECASE):
        for found in re.finditer(rf",? (?={BORDER})", text, re.IGNORECASE):
            yield text[: found.start()], text[found.end() :], True
    for found in re.finditer(rf"[,:]?(?: then)? (?={VERB})", text, re.IGNORECASE):
        yield text[: found.start()], text[found.end() :], False


def _trigger(words: str, phrases: Phrases) -> Trigger:
    """The trigger in some words. Raises UnknownWordsError."""
    words = re.sub(r",? and$", "", words.strip(" ,:"), flags=re.IGNORECASE)
    waits = rf"(.+?),? (?:and )?(?:then )?(?:wait {SECONDS}|{LATER})(?:,? then)?"
    if found := re.fullmatch(waits, words, re.IGNORECASE):
        inner = _trigger(found[1], phrases)
        return replace(inner, delay=inner.delay + _seconds(found.groups()[1:]))
    if found := re.fullmatch(rf"(?:after|at) {SECONDS}|{SECONDS} after the (?:start|beginning)", words, re.IGNORECASE):
        return Trigger(f"now >= {_seconds(found.groups()):g}")
    if found := re.fullmatch(rf"{SECONDS} after (.+)", words, re.IGNORECASE):
        inner = _trigger(found[2], phrases)
        return replace(inner, delay=inner.delay + float(found[1]))
    if found := re.fullmatch(rf"(?:again and again,? )?{PERIOD}{SECONDS}", words, re.IGNORECASE):
        return Trigger(f"every({float(found[1]):g})", repeats=True)
    if found := re.fullmatch(rf"{WHILE}@(\d+) (?:{TOUCH}|is touching) @(\d+)", words, re.IGNORECASE):
        return Trigger(f"touching({phrases.pair(found)})", repeats=True)
    again = rf"(?:each time|every time|whenever)(?: that)? @(\d+) {TOUCH} @(\d+)"
    if found := re.fullmatch(again, words, re.IGNORECASE):
        return Trigger(f"new_touch({phrases.pair(found)})", repeats=True)
    return Trigger(phrases.condition(re.sub(rf"^(?:{LEAD}|after) ", "", words, flags=re.IGNORECASE)))


def _effects(words: str, phrases: Phrases) -> Effects:
    """The effects in some words, in their order; a delay counts from the effect before. Raises UnknownWordsError."""
    found: Effects = []
    delay = 0.0
    borders = [*re.finditer(rf"(?:,? and then|,? and|,? then|,) (?={LATER},? |{VERB})", words, re.IGNORECASE)]
    starts = [0, *(b.end() for b in borders)]
    ends = [*(b.start() for b in borders), len(words)]
    for start, end in zip(starts, ends, strict=True):
        part = words[start:end].strip(" ,")
        if wait := re.fullmatch(rf"{LATER},? (.+)", part, re.IGNORECASE):
            *times, part = wait.groups()
            delay += _seconds(times)
        elif wait := re.fullmatch(rf"(.+?),? {LATER}", part, re.IGNORECASE):
            part, *times = wait.groups()
            delay += _seconds(times)
        found.append((delay, part, phrases.effect(part)))
    return found


def _seconds(groups: Sequence[str | None]) -> float:
    """The one time that was found."""
    return float(next(g for g in groups if g))
