"""What is said of things and deeds and cannot be held to, taken out of a sentence to be told: "at least", "each", and
participles between commas."""

from __future__ import annotations

import re

from .lexicon import Lexicon
from .lexing import word_of
from .retelling import INSET, finite, third
from .words import UNITS

_COMPARED = re.compile(
    r"(?P<told>\b(?:(?:no|not) )?(?:more|fewer|less) than|\bat (?:least|most)|\bup to|^\s*(?:over|nearly|almost|under))"
    r" (?P<number>[\w.]+) (?=(?P<next>[\w-]+))",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:when|if|once|until|as soon as|after)\b", re.IGNORECASE)
_BOTH = re.compile(r"\bboth (?=(?:an?|the) (?P<one>(?:[\w-]+ ){1,3}?)and )", re.IGNORECASE)
_EACH = re.compile(
    r"\beach(?! other)(?: of(?: (?:the|these|those|its))?(?: [\w-]+){1,2}| (?!of\b|into\b|onto\b|on\b|in\b)[\w-]+)?",
    re.IGNORECASE,
)
_AMID = re.compile(r"(?<=\w), (?P<does>(?!during\b)\w+ing\b[^,;.]*)(?:, ?(?=\w)|(?=[.!]?\s*$))", re.IGNORECASE)
_DONE_TO = re.compile(r"(?P<does>\w+ing)(?P<whom>(?: over| down)? (?:an?|the)(?: [\w-]+){1,2})", re.IGNORECASE)
_SPILLED = re.compile(r", (?P<does>spilling\b[^,;.]*)", re.IGNORECASE)
_PARTS = r"(?:its|his|her|their) (?:[\w-]+ )?(?:wheels?|horns?|hat|cap)\b"
_OWNED = re.compile(rf"(?:,| with) (?P<does>{_PARTS} \w+ing\b)| (?:on|with|by) {_PARTS}", re.IGNORECASE)


def without_hedges(text: str, lexicon: Lexicon) -> tuple[str, list[str]]:
    """A text without these, and those that are told of it."""
    told = [] if re.search(r"\beach\b", text, re.IGNORECASE) is None else [m[0] for m in _EACH.finditer(text)]

    def compared(found: re.Match[str]) -> str:
        unit = found["next"].lower() in UNITS or _CONDITION.search(text[: found.start()])
        if unit or word_of(found["number"].lower()).kind != "count":
            return found[0]
        told.append(found["told"].strip().lower())
        return f"{found['number']} "

    def both(found: re.Match[str]) -> str:
        words = found["one"].lower().split()
        several = any((named := lexicon.nouns.get((word,))) is not None and named.several for word in words)
        return found[0] if several else ""

    def cut(found: re.Match[str]) -> str:
        told.append(found[0].strip(" ,"))
        return " " if text[found.end() :].strip() else ""

    sentences = re.split(r"(?<=[.!?;])(?= )", _BOTH.sub(both, _COMPARED.sub(compared, text)))
    kept = [one if _is_read(one, lexicon) else _without_participles(one, lexicon, told) for one in sentences]
    text = "".join(kept)
    return _OWNED.sub(cut, _SPILLED.sub(cut, text)), told


def _without_participles(sentence: str, lexicon: Lexicon, told: list[str]) -> str:
    """A sentence without the participles between its commas: what one does to something is said as one more deed."""

    def taken(found: re.Match[str]) -> str:
        before, behind = sentence[: found.start()], sentence[found.end() :]
        first, *others = found["does"].lower().split()
        if first not in ("making", "letting") and lexicon.verb([first]) is None and (first,) in lexicon.nouns:
            return found[0]
        if others and (named := lexicon.nouns.get((others[0],))) is not None and named.several:
            return found[0]
        done = _DONE_TO.fullmatch(found["does"].strip())
        verb = lexicon.verb([first])
        last = not re.search(r"\w", behind)
        if done and verb is not None and verb[1].to == "must" and _acts(before, lexicon) and (last or _goes_on(behind)):
            return f" and {third(done['does'], lexicon)}{done['whom']}{'' if last else ' '}"
        if last:
            return found[0]
        told.append(found["does"].strip())
        return " "

    return _AMID.sub(taken, sentence)


def _acts(text: str, lexicon: Lexicon) -> bool:
    """Whether somebody does something in a text behind an article and a noun."""
    return any(lexicon.verb([word]) is not None and word.endswith("s") for word in text.lower().split()[2:])


def _goes_on(text: str) -> bool:
    return re.match(r"(?:and|then|but|while)\b", text, re.IGNORECASE) is not None


def _is_read(sentence: str, lexicon: Lexicon) -> bool:
    """Whether a participle between commas is said right behind who does it, in words that can be read."""
    found = INSET.match(sentence)
    if found is None:
        return False
    return not _acts(found["who"], lexicon) and finite(found["does"], lexicon) is not None
