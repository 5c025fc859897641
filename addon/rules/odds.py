"""Readings that cannot be meant, however their words were put together."""

from __future__ import annotations

import re

from .conditions.attitude import Attitude
from .conditions.done import Done
from .conditions.logic import And, InOrder, Or, Xor
from .effects.cycle import Lasting
from .effects.pushing import Pushing
from .effects.stop import Stop
from .effects.tie import Look
from .model import Rule, Step, all_refs
from .sentence import sentence
from .units import ORDINALS

_JUST_ONE = re.compile(
    r"\b(?:just|only) (?:one|1|a single one)\b(?:(?! and only)[^;]){0,200}\b(?:enough|needed|required|necessary|suffic\w+|will do|is fine|counts)\b"
    r"|\b(?:needs?|requires?|takes?|wants?|enough|suffic\w+) (?:just |only )?(?:that )?(?:just |only )?(?:one|1)\b",
    re.IGNORECASE,
)
_NOT_BOTH = re.compile(
    r"\b(?:exact\w*|precise\w*|strict\w*|xor|exclusive\w*|and only one|(?:not|never|without|nor)\b[^.;]{0,30}\b(?:both|two|other))\b",
    re.IGNORECASE,
)


_THEN_THING = re.compile(
    r"^(?:when|once|if|after|as soon as)\b[^,;:.]*\band then [^,;:.]*, \w+ (?:it|them)\b", re.IGNORECASE
)
"""``When A hits B and then C, stop it``: C is waited for as well."""

_EACH_FIRST = re.compile(
    r"\b(?:each|every) (?!time\b)[^,;:.]*\b(?:for the|the|its) (?:very )?first time\b", re.IGNORECASE
)
"""``When A hits each pin for the first time``: once for each of them, not once all are hit."""


_NEITHER = re.compile(
    r"(?:\bnot|n['’]t|\bnever)\b[^;.:]*\b(?:and|nor)\b[^;.:]*(?:\bnot|n['’]t|\bnever)\b[^;.:]*\w either\b(?! +\w+ (?:will|is|does|are)\b)",
    re.IGNORECASE,
)
"""``A is not on and B is not on either``: neither of them is."""


_NO_SOONER = re.compile(
    r"(?:\b(?:and|but)|,) +(?:not (?:before|until|till)|no sooner than|only after)\b", re.IGNORECASE
)
"""``A hits B and not before C falls over``: C comes first; in ``but not until A hits B and C falls over`` neither."""

_STILL_SO = re.compile(r"\bstill (?:\w+ )?(?:open|closed|shut)\b", re.IGNORECASE)
"""``A is still open``: a state, whatever has happened before."""

_STOP_THAT = re.compile(
    r"\b(?:spin|turn|rotat|whirl|twirl)\w*\b.*\b(?:stop|cease|quit) (?:that|this|so|doing (?:that|this|so|it))\b",
    re.IGNORECASE,
)
"""``A spins: make it stop that``: the spin ends, not every motion."""

_ONCE_ONLY = re.compile(r", *once *,|\bonce,? (?:when|if|as soon as)\b", re.IGNORECASE)
"""``A looks at B, once, when …``: at that moment alone."""

_POSED_ON = re.compile(
    r"\b(?:upside down|upright|on (?:its|his|her) (?:side|back|head)) (?:up)?on (?!its\b|end\b)", re.IGNORECASE
)
"""``A is upside down on B``: where it is so counts as well."""


_WAY = r"(?:to the )?(?:left|right|up|down|forwards?|backwards?)(?:wards?)?"
_SECONDS = r"[\w.]+ ?(?:s|secs?|seconds?|ms|min|mins|minutes?)\b"

_WAIT_AND = re.compile(
    rf"^(?:after|in) {_SECONDS},? and (?!then\b|\d|(?:an? )?(?:half|quarter|bit)\b|(?:one|two|three|four|five|ten)\b)",
    re.IGNORECASE,
)
"""``After 2 s and once A hits B``: both are waited for, or the time counts from the hit."""

_UNDENIED = r"(?![^,:;.]*(?:\bnot\b|n't\b|\bnever\b|\bno\b|\bstill\b))"

_NEVER_MEANT = re.compile(
    rf"(?<![\w!?])!(?=\w)|\b{_WAY} (?:at|with) [-−][\d.]|\d ?(?-i:Mm)\b"
    r"|\b(?:touch|hit|reach|meet|strik|bump|knock|contact)\w*(?: into| against)? (?:itself|himself|herself|themselves)\b"
    rf"|^(?:when|if|once|as soon as)\b{_UNDENIED}[^,:;.]*\bafter {_SECONDS}(?=,|:| then\b)"
    rf"|\b(?:when|if|once|as soon as)\b{_UNDENIED}[^,:;.]*\bafter {_SECONDS}\.?$",
    re.IGNORECASE,
)
"""A sign that could deny what follows, a speed against its own direction, an odd unit, a thing and itself, and a time that
can be counted from the start or from what happens: ``when A touches B after 5 s``."""

_SAID_AND_LOST = (
    (rf"\b(?:in|within|inside|during|over) the (?:first|last|initial) {_SECONDS}", r"\bthe start\b|\bevery\b"),
    (r"\bafter the (?:start|beginning)\b|\binto the run\b", r"\bthe start\b|\bevery\b"),
    (r"\band (?:then )?back(?: again)?\b(?! and forth| up\b| down\b)", r"\bback\b|\bstart\b|\bcloses\b|\bturns? on\b|\bon again\b"),
    (rf"\b{_WAY} and {_WAY}\b", r"back and forth|either way|velocity|(?:left|right|up|down|forward|backwards|rises|sinks)\b.*\b(?:left|right|up|down|forward|backwards|rises|sinks)\b"),
    (r"\bit hangs\b|\bhangs? (?:there|still|in the air)\b|\bair it hangs?\b", r"\bheld\b|\breleased\b|\bat rest\b"),
    (r"\bsets? (?:[\w ]{1,20} )?off\b", r"^(?!.*\b(?:turns off|becomes false)\b)"),
)  # fmt: skip
"""What a text says, and what its sentence has if that is not lost."""

_ONE_TIME = re.compile(r"(?<!at )\b(?:once|one time|a single time)[.!]*$", re.IGNORECASE)
"""``A circles B once``: what goes on without end is no one time."""

_THEN = re.compile(r"\b(?:then|after that|afterwards|next)\b", re.IGNORECASE)

_NTH = rf"(?:{'|'.join(word for word, value in ORDINALS.items() if value > 1)}|\d+(?:nd|rd|th))"


def is_lost(text: str, rule: Rule) -> bool:
    """Whether a part of the text is not in the rule, or an ordinal stands before what is one thing."""
    said = sentence(rule)
    if _ONE_TIME.search(text) and any(isinstance(effect, Lasting) for effect in rule.effects):
        return True
    if _THEN.search(text) and any(_are_joined(step) for step in rule.steps):
        return True
    if any(re.search(words, text, re.IGNORECASE) and not re.search(kept, said) for words, kept in _SAID_AND_LOST):
        return True
    names = {name for ref in all_refs(rule) if len(ref.names) == 1 for name in ref.names if not re.search(r"\d", name)}
    of_one = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    nth = of_one and re.search(rf"\b{_NTH} (?:{of_one})\b(?!['’])", text, re.IGNORECASE)
    return bool(nth) and not re.search(r"\d(?:nd|rd|th) time", said)


def _are_joined(step: Step) -> bool:
    """Whether a thing is pushed in two ways from one moment on."""
    pushed = [(name, e.how) for e in step.effects if isinstance(e, Pushing) for name in e.thing.names]
    return len(set(pushed)) < len(pushed)


def _is_unordered(rule: Rule, text: str) -> bool:
    condition = rule.when.condition
    if not isinstance(condition, And) or not any(part.is_event for part in condition.parts):
        return False
    later = _NO_SOONER.search(text)
    rest = "" if later is None else text[later.end() :].lower()
    return later is not None and not all(any(name.lower() in rest for name in ref.names) for ref in all_refs(condition))


def _is_mistaken(rule: Rule, text: str) -> bool:
    """Whether a part of it is another than its words say."""
    condition = rule.when.condition
    parts = condition.parts if isinstance(condition, And) else (condition,)
    if any(isinstance(part, Done) and part.begins for part in parts) and _STILL_SO.search(text):
        return True
    if len(parts) == 1 and isinstance(condition, Attitude) and _POSED_ON.search(text):
        return True
    if any(isinstance(effect, Stop) for effect in rule.effects) and _STOP_THAT.search(text):
        return True
    return any(isinstance(effect, Look) for effect in rule.effects) and _ONCE_ONLY.search(text) is not None


def is_at_odds(text: str, rule: Rule) -> bool:
    """Whether a reading cannot be meant, however its words were put together: 'just one is needed' is no 'not both'."""
    if _NEVER_MEANT.search(text) or _is_unordered(rule, text) or _is_mistaken(rule, text):
        return True
    if rule.when.delay and rule.when.condition is not None and _WAIT_AND.search(text):
        return True
    if _THEN_THING.search(text) and not isinstance(rule.when.condition, InOrder):
        return True
    if rule.when.mode == "once" and _EACH_FIRST.search(text):
        return True
    if isinstance(rule.when.condition, Or) and _NEITHER.search(text):
        return True
    one_only = isinstance(rule.when.condition, Xor)
    return one_only and _JUST_ONE.search(text) is not None and _NOT_BOTH.search(text) is None
