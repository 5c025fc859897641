"""A grammar of English phrases as data, and a parser that finds all readings of a sentence.

A phrase is written as ``{a:thing} (has|have) touch~en {b:thing} [again]``: words stand for themselves, ``touch~`` for
any form of a verb (``~en`` for one of them, ``~fin`` for those that a sentence's verb can have), ``<name>`` for a
phrase of that name, ``{field:name}`` for one whose value is kept, round brackets for a choice and square ones for what
may be left out. Several phrases can have one name. The parser is top-down, keeps what it found at each place, and
gives every way to read the words with a cost: of two readings the cheaper one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .lexer import Lattice, Token
from .words import form, forms

Fields = dict[str, Any]
Build = Callable[[Fields], Any]
Found = tuple[int, float, Any]
"""Where a phrase ends, its cost and its value."""

REJECT = object()
"""What a phrase gives that is none after all."""

BRACKETS = {"LPAR": "(", "RPAR": ")", "GT": ">", "LT": "<", "GE": ">=", "LE": "<="}
"""How brackets and signs of the sentence are written in a phrase, where they mean something else."""

ARTICLES = frozenset({"the", "a", "an"})
"""Words that a sentence may have or not wherever a phrase has them."""

_ITEM = re.compile(r"\s*(\{[^}]*\}|<[^>]*>|->|[()|\[\],;:.]|[^\s()|\[\]{}<>,;:]+)")


@dataclass(frozen=True)
class Word:
    """One of some words or marks."""

    texts: frozenset[str]


@dataclass(frozen=True)
class Part:
    """A phrase of a name; its value is kept under ``key`` unless that is empty."""

    name: str
    key: str


@dataclass(frozen=True, eq=False)
class Choice:
    """One of several sequences: those that begin with a word by that word, and the others."""

    options: tuple[tuple[Item, ...], ...]
    by_word: Mapping[str, tuple[tuple[Item, ...], ...]]
    others: tuple[tuple[Item, ...], ...]


def choice(options: Iterable[tuple[Item, ...]]) -> Choice:
    """A choice of some sequences."""
    by_word: dict[str, list[tuple[Item, ...]]] = {}
    others = []
    options = tuple(options)
    for option in options:
        if option and isinstance(option[0], Word):
            for word in option[0].texts:
                by_word.setdefault(word, []).append(option)
        else:
            others.append(option)
    return Choice(options, {word: tuple(found) for word, found in by_word.items()}, tuple(others))


Item = Word | Part | Choice
_Rest = tuple[tuple[Item, ...], "_Rest"] | None
_Read = tuple[int, float, Fields]


@dataclass(frozen=True)
class Phrase:
    """A way to write something: its items, what it means, and what it costs."""

    items: tuple[Item, ...]
    build: Build
    cost: float


def _nothing(fields: Fields) -> Any:
    return None


def items_of(text: str) -> tuple[Item, ...]:
    """A phrase's text as items. Raises ValueError for one that is not well-formed."""
    tokens = _ITEM.findall(text)[::-1]
    found = _options(tokens)
    if tokens:
        raise ValueError(f"'{tokens[-1]}' is too many in '{text}'")
    return found[0] if len(found) == 1 else (choice(found),)


def _lines(texts: str) -> list[str]:
    return [line.strip() for line in texts.splitlines() if line.strip()] or [""]


def _options(tokens: list[str]) -> list[tuple[Item, ...]]:
    found: list[list[Item]] = [[]]
    while tokens and tokens[-1] not in ")]":
        token = tokens.pop()
        if token == "|":
            found.append([])
        elif token in "([":
            inner = _options(tokens)
            if not tokens or tokens.pop() not in ")]":
                raise ValueError(f"no end of '{token}'")
            found[-1].append(choice([*map(tuple, inner), *([()] if token == "[" else [])]))
        elif token not in ARTICLES:
            found[-1].append(_item(token))
    return [tuple(sequence) for sequence in found]


@cache
def _item(token: str) -> Item:
    if token[0] == "<":
        return Part(token[1:-1], "")
    if token[0] == "{":
        key, _, name = token[1:-1].partition(":")
        return Part(name or key, key)
    verb, mark, which = token.partition("~")
    if not mark:
        return Word(frozenset({BRACKETS.get(token, token)}))
    if which == "fin":
        return Word(frozenset({*form(verb, "base"), *form(verb, "s"), *form(verb, "past")}))
    if which in ("base", "s", "past", "en", "ing"):
        return Word(frozenset(form(verb, which)))
    return Word(forms(verb))


@dataclass
class Grammar:
    """Phrases by name."""

    phrases: dict[str, list[Phrase]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    classes: list[str] = field(default_factory=list)
    _by_word: dict[str, dict[str, list[Phrase]]] = field(default_factory=dict)

    def add(self, name: str, texts: str | Iterable[str], build: Build | None = None, cost: float = 0.0) -> None:
        """More ways to write the phrase of a name: one text, one a line, or several."""
        for text in _lines(texts) if isinstance(texts, str) else texts:
            items = items_of(text)
            phrase = Phrase(items, build or _nothing, cost)
            self._note(items)
            if items and isinstance(items[0], Word):
                for word in items[0].texts:
                    self._by_word.setdefault(name, {}).setdefault(word, []).append(phrase)
            else:
                self.phrases.setdefault(name, []).append(phrase)

    def fitting(self, name: str, words: Iterable[str]) -> Iterable[Phrase]:
        """The phrases of a name that can begin with one of some words."""
        yield from self.phrases.get(name, ())
        if first := self._by_word.get(name):
            for word in words:
                yield from first.get(word, ())

    def value(self, name: str, values: Mapping[str, Any]) -> None:
        """Ways to write single values."""
        for text, value in values.items():
            self.add(name, text, lambda fields, value=value: value)

    def _note(self, items: Iterable[Item]) -> None:
        for item in items:
            if isinstance(item, Word):
                self.words |= item.texts
            elif isinstance(item, Choice):
                for option in item.options:
                    self._note(option)


class Parser:
    """Finds what the words of one sentence can be."""

    def __init__(self, grammar: Grammar, lattice: Lattice) -> None:
        self.grammar, self.lattice = grammar, lattice
        self._found: dict[tuple[str, int], list[Found]] = {}
        self.furthest = 0
        """How far any phrase got."""

    def readings(self, name: str) -> list[tuple[float, Any]]:
        """All values of the whole sentence as a phrase of this name, the cheapest first, each once."""
        whole = [(cost, value) for end, cost, value in self.at(name, 0) if self.lattice.is_end(end)]
        return sorted(whole, key=lambda found: found[0])

    def at(self, name: str, start: int) -> list[Found]:
        """What a phrase of this name can be that begins at a place."""
        key = name, start
        if key not in self._found:
            self._found[key] = []  # A phrase that begins with itself finds nothing.
            self._found[key] = self._look(name, start)
        return self._found[key]

    def _look(self, name: str, start: int) -> list[Found]:
        best: dict[tuple[int, Any], float] = {}
        for end, token in self.lattice.edges(start):
            if token.kind == name:
                best[end, token.value] = min(token.cost, best.get((end, token.value), token.cost))
        for phrase in self.grammar.fitting(name, self.lattice.firsts(start)):
            found: list[_Read] = []
            self._walk(phrase.items, None, start, 0.0, {}, found)
            for end, cost, fields in found:
                value = phrase.build(fields)
                total = cost + phrase.cost
                if value is not REJECT and total < best.get((end, value), float("inf")):
                    best[end, value] = total
        return [(end, cost, value) for (end, value), cost in best.items()]

    def _walk(
        self, items: tuple[Item, ...], after: _Rest, start: int, cost: float, fields: Fields, out: list[_Read]
    ) -> None:
        """Go on with some items and what comes after them; ``out`` gets every way to the end."""
        while not items:
            if after is None:
                self.furthest = max(self.furthest, start)
                out.append((start, cost, fields))
                return
            items, after = after
        item, rest = items[0], items[1:]
        if isinstance(item, Word):
            for end, token in self.lattice.words(start):
                if token.value in item.texts:
                    self._walk(rest, after, end, cost + token.cost, fields, out)
        elif isinstance(item, Part):
            for end, more, value in self.at(item.name, start):
                kept = {**fields, item.key: value} if item.key else fields
                self._walk(rest, after, end, cost + more, kept, out)
        else:
            following = (rest, after) if rest else after
            for word in self.lattice.firsts(start):
                for option in item.by_word.get(word, ()):
                    self._walk(option, following, start, cost, fields, out)
            for option in item.others:
                self._walk(option, following, start, cost, fields, out)


def edge(token: Token) -> Any:
    """The value of a token."""
    return token.value
