"""Clauses about where things are, as "a table on which a cat sleeps", put as clauses of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon import Lexicon
from .words import COUNTS, DETERMINERS, SETTINGS, STANDING, UNTOLD

WHICH = re.compile(
    r"(?P<before>.*?),? *\b(?:(?P<where>on|onto|in|into|inside|under|beneath|below|behind|beside|near|next to|by"
    r"|above|over|around|in front of|from|out of) (?:which|whom)|(?:of|with|to|through|for|at|against|between|among"
    r"|past|across|along|towards?|off|off of|without|about) (?:which|whom)|where)\b *(?P<behind>.*)",
    re.IGNORECASE | re.DOTALL,
)
"""What begins such a clause. Those of the second kind are told."""

DETERMINED = r"\b(?:an?|the|some|two|three|four|five|six|seven|eight|nine|ten|\d+)\b"

HEAD = re.compile(
    rf"(?:\b(?:an?|the) (?:[\w-]+ )?[\w-]+ of (?={DETERMINED}))?{DETERMINED}(?: (?!{DETERMINED})[\w-]+)+$",
    re.IGNORECASE,
)
"""The last thing that is named in front of it."""

PART = re.compile(
    r"^(?:an?|the) (?:[\w-]+ )?(?:pile|stack|row|tower|heap|pyramid|line|chain|pair|bunch) of ", re.IGNORECASE
)

COUNTED = re.compile(rf"^{DETERMINED} ", re.IGNORECASE)

THERE = re.compile(r"(?:^|\b)there (?:is|are|stands?|lies?)\s*$", re.IGNORECASE)

MARK = re.compile(r",|;|\b(?:and|while|then|but|until|when|as)\b", re.IGNORECASE)


def unrelated(sentence: str, lexicon: Lexicon) -> str:
    """A sentence with what is said of where something is said by itself; what is not understood so is marked to be
    left out."""
    found = WHICH.fullmatch(sentence)
    head = HEAD.search(found["before"].rstrip()) if found is not None else None
    if found is None:
        return sentence
    if head is None and not _is_place(found["before"].rstrip()):
        return sentence
    if found["where"] is None and re.match(r"(?:it|they)\b", found["behind"], re.IGNORECASE):
        return sentence  # "stays where it is"
    before = found["before"].rstrip()
    if found["where"] is None:
        said = sentence[found.end("before") :].strip(" ,")
        if not said.lower().startswith("where") or not _is_place(before):
            return f"{before} {UNTOLD} {said}"
        return f"{before}, while {found['behind']}"
    parts = _parts(found["behind"], lexicon)
    if head is None or parts is None:
        return f"{before} {UNTOLD} {found['where']} which {found['behind']}"
    clause, rest = parts
    whole, lead = head[0], before[: head.start()].rstrip()
    again = _again(whole)
    where = "above" if found["where"].lower() == "over" else found["where"]
    if (lead and not THERE.search(lead)) or not rest:
        joined = rest if MARK.match(rest.strip()) or not rest else f", {rest}"
        return f"{before} while {clause} {where} {again} {joined}".strip()
    if MARK.match(rest) or THERE.search(lead):
        return _in_a_row(before, clause, where, whole, again, rest)
    return f"{f'{lead} ' if lead else ''}{clause} {where} {whole}, {again} {rest}"


def _in_a_row(before: str, clause: str, where: str, whole: str, again: str, rest: str) -> str:
    """The same where nothing else is done by the thing, or several others do something there."""
    goes_on = re.match(r"and (?=(?:an?|the|two|three|some)\b)", rest, re.IGNORECASE)
    if goes_on is not None and before == whole and MARK.search(rest[goes_on.end() :]) is None:
        return f"{clause} {where} {whole} {rest.rstrip('.! ')} {where} {again}"
    return f"{before} while {clause} {where} {again} {rest}"


def _again(whole: str) -> str:
    """A thing, named once more."""
    return f"the {COUNTED.sub('', PART.sub('', whole))}"


def _is_place(before: str) -> bool:
    """Whether a place that is a whole world is named last, as a park."""
    return before.lower().split()[-1:] != [] and before.lower().split()[-1] in SETTINGS


def _parts(behind: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """A clause with who acts first, and what is said behind it of what was named before; None where no verb is."""
    words = behind.split()
    low = [word.lower().strip(",.") for word in words]
    verb = _verb_at(low, lexicon)
    if verb is None:
        return None
    for at in range(verb + 1, len(words) + 1):
        if words[at - 1].endswith((",", ";")) or at == len(words) or MARK.fullmatch(low[at]):
            rest = " ".join(words[at:])
            return " ".join(words[:at]).rstrip(",;. "), rest
        if _is_finite(low, at, verb, lexicon):
            return " ".join(words[:at]).rstrip(",; "), " ".join(words[at:])
    return None


def _verb_at(low: Sequence[str], lexicon: Lexicon) -> int | None:
    """Where the verb is behind the thing that is named first."""
    for at in range(min(4, len(low))):
        for length in (3, 2, 1):
            end = at + length
            if end < len(low) and lexicon.noun(tuple(low[at:end])) is not None:
                return end
    return None


def _acts(rest: Sequence[str], lexicon: Lexicon) -> bool:
    return rest[0] in (*STANDING, "is", "are") or lexicon.verb(rest) is not None


def _is_finite(low: Sequence[str], at: int, verb: int, lexicon: Lexicon) -> bool:
    """Whether what was named before does what comes next."""
    word, before = low[at], low[at - 1]
    if before in DETERMINERS or before in COUNTS or word.endswith("ing"):
        return False
    near = at == verb + 1 and low[verb] not in ("is", "are")
    stands_free = near or lexicon.noun((before,)) is not None or before.endswith("ly")
    return stands_free and (word in ("is", "are") or (_acts(low[at:], lexicon) and (near or word.endswith("s"))))
