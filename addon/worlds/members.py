"""Members of a group that are listed behind it, as in "two boxes, a red one and a blue one": they are the group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .entry import Entry
from .lexicon import Lexicon
from .lexing import word_of
from .shades import colour_of
from .words import MANY, UNTOLD

LEADS = {"a", "an", "one", "another", "the other", *(f"the {nth}" for nth in ("first", "second", "third", "last"))}
"""Words in front of one member."""

MARKS = (",", ":", ";", "–", "—", "(")
"""What is between a group and its members."""

ENDS = (",", ":", ";", ".", ")", "–", "—", "each", "all", "both", "together")
"""What comes behind them."""


@dataclass(frozen=True)
class Group:
    """Several things: the tokens from ``begin`` to ``end``, how many they are where that is said, what is told of them,
    the noun for one and for several, and what of the library they are."""

    begin: int
    end: int
    count: int | None
    told: tuple[str, ...]
    one: str
    several: str
    entry: Entry

    def has(self, entry: Entry, sure: bool) -> bool:
        """Whether something of the library may be one of them; ``sure`` where it is said to be."""
        named = any(name.split()[-1] == self.one for name in entry.names)
        return sure or entry is self.entry or named or entry.family in (self.several, self.one)


@dataclass(frozen=True)
class Member:
    """So many of a group, from the token ``begin`` to ``end``, in words that stand by themselves. ``open`` where its
    noun comes later, as that of "a red" in "a red and a blue one"."""

    begin: int
    end: int
    count: int
    words: str
    open: bool = False


def with_members(text: str, lexicon: Lexicon) -> str:
    """A text with the members of groups in place of these, where they are listed behind them and as many as they have.
    Else the list is marked to be left out."""
    found = re.findall(r"\d+(?:\.\d+)?|[\w'’-]+|[^\w\s]", text)
    words = [word.lower() for word in found]
    for at in range(len(words)):
        if (group := _group(words, at, lexicon)) is None:
            continue
        stop = next((n for n in range(group.end, len(words)) if words[n] in (".", "!", "?")), len(words))
        for mark in (n for n in range(group.end, stop) if words[n] in MARKS):
            members = _members(words, mark + 1, group, lexicon)
            if members and (mark == group.end or members[-1].end == len(words) or words[members[-1].end] in ENDS):
                return with_members(_told(found, group, mark, members), lexicon)
    return text


def _group(words: Sequence[str], begin: int, lexicon: Lexicon) -> Group | None:
    at = begin + (words[begin] in ("a", "an") and words[begin + 1 : begin + 2] != [] and words[begin + 1] in MANY)
    item = word_of(words[at])
    count = int(item.value) if item.kind == "count" and 1 < item.value < 1e6 else None
    at += count is not None
    at += count is not None and words[at : at + 1] == ["of"]
    told = at
    while (length := _adjective(words, at)) and tuple(words[at : at + 1]) not in lexicon.nouns:
        at += length
    for length in (3, 2, 1) if count is not None or at == begin else ():
        noun = tuple(words[at : at + length])
        named = lexicon.nouns.get(noun)
        if named is not None and named.several:
            told_of = tuple(words[told:at])
            return Group(begin, at + length, count, told_of, named.noun, " ".join(noun), named.entry)
    return None


def _adjective(words: Sequence[str], at: int) -> int:
    """How many words here say a colour, a size or a stuff."""
    if len(words) > at + 1 and colour_of(" ".join(words[at : at + 2])) is not None:
        return 2
    return int(at < len(words) and word_of(words[at]).kind in ("colour", "size", "material"))


def _members(words: Sequence[str], at: int, group: Group, lexicon: Lexicon) -> list[Member]:
    """The members that are listed from here on."""
    found, sure = list[Member](), words[at - 1] == ":"
    while (member := _member(words, at, group, lexicon, sure)) is not None:
        found.append(member)
        at = member.end
        while at < len(words) and words[at] in (",", "and"):
            at += 1
    return [] if found and found[-1].open else found


def _member(words: Sequence[str], begin: int, group: Group, lexicon: Lexicon, sure: bool) -> Member | None:
    length = next((n for n in (2, 1) if " ".join(words[begin : begin + n]) in LEADS), 0)
    item = word_of(words[begin]) if begin < len(words) else None
    count = (
        1 if length else int(item.value) if item is not None and item.kind == "count" and 1 <= item.value < 1e6 else 0
    )
    if not count:
        return None
    first = begin + (length or 1)
    first += words[first : first + 1] in (["is"], ["are"])
    at = first
    while (length := _adjective(words, at)) and (tuple(words[at : at + 1]) not in lexicon.nouns or at == first):
        at += length
    told, usual = words[first:at], group.one if count == 1 else group.several
    noun, end = _noun(words, at, group, lexicon, sure)
    if not told and noun in ("", group.one, group.several) and not (sure and noun):
        return None
    lead = "a" if count == 1 else words[begin]
    what = " ".join((lead, *group.told, *told, noun or usual))
    return Member(begin, end, count, what, open=end == at and words[begin] in ("a", "an"))


def _noun(words: Sequence[str], at: int, group: Group, lexicon: Lexicon, sure: bool) -> tuple[str, int]:
    """The noun of a member, "" for that of its group, and where it ends."""
    if words[at : at + 1] in (["one"], ["ones"]):
        return "", at + 1
    for length in (3, 2, 1):
        noun = tuple(words[at : at + length])
        named = lexicon.noun(noun) if len(noun) == length and noun[-1] not in ENDS else None
        if named is not None and group.has(named.entry, sure):
            return " ".join(noun), at + length
    return "", at


def _told(found: Sequence[str], group: Group, mark: int, members: Sequence[Member]) -> str:
    """The tokens of a text again, the members in place of their group, or marked to be left out."""
    between, behind = found[group.end : mark], found[members[-1].end :]
    behind = behind[1:] if behind[:1] == [")"] else behind
    known = group.begin > 0 and found[group.begin - 1].lower() in ("the", "these", "those")
    if group.count in (None, sum(member.count for member in members)) and not known:
        listed = " and ".join(member.words for member in members)
        behind = behind[1:] if behind[:1] in ([","], ["–"], ["—"]) and not between else behind
        made = [*found[: group.begin], listed, *between, *behind]
    else:
        listed = " and ".join(f"{UNTOLD} {' '.join(found[m.begin : m.end])}" for m in members)
        made = [*found[: group.end], *between, ",", listed, ",", *(behind[1:] if behind[:1] == [","] else behind)]
    return re.sub(r" ([,.:;!])", r"\1", " ".join(made))
