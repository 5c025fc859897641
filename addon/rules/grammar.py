"""A grammar of English phrases as data, and a parser that finds all readings of a sentence.

A phrase is written as ``{a:thing} (has|have) touch~en {b:thing} [again]``: words stand for themselves, ``touch~`` for
any form of a verb (``~en`` for one of them, ``~fin`` for those that a sentence's verb can have), ``<name>`` for a
phrase of that name, ``{field:name}`` for one whose value is kept, round brackets for a choice and square ones for what
may be left out, ``!after/in`` for any place where the next word is none of these. Several phrases can have one name. The parser is top-down, keeps what it found at each place, and
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

MOST_VALUES = 64
"""Values of one phrase from one place to another that are kept."""

BRACKETS = {"LPAR": "(", "RPAR": ")", "GT": ">", "LT": "<", "GE": ">=", "LE": "<=", "EXCL": "!"}
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


@dataclass(frozen=True)
class Choice:
    """One of several sequences."""

    options: tuple[tuple[Item, ...], ...]


@dataclass(frozen=True)
class Unless:
    """Nothing, where the next word is none of some."""

    texts: frozenset[str]


Item = Word | Part | Choice | Unless


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
    return found[0] if len(found) == 1 else (Choice(tuple(found)),)


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
            found[-1].append(_choice((*map(tuple, inner), *([()] if token == "[" else []))))
        elif token not in ARTICLES:
            found[-1].append(_item(token))
    return [tuple(sequence) for sequence in found]


@cache
def _choice(options: tuple[tuple[Item, ...], ...]) -> Choice:
    """Phrases say the same things again and again; each is kept once."""
    return Choice(options)


@cache
def _item(token: str) -> Item:
    if token[0] == "<":
        return Part(token[1:-1], "")
    if token[0] == "{":
        key, _, name = token[1:-1].partition(":")
        return Part(name or key, key)
    if token[0] == "!" and token[1:2].isalpha():
        return Unless(frozenset(token[1:].split("/")))
    verb, mark, which = token.partition("~")
    if not mark:
        return Word(frozenset({BRACKETS.get(token, token)}))
    if which == "fin":
        return Word(frozenset({*form(verb, "base"), *form(verb, "s"), *form(verb, "past")}))
    if which in ("base", "s", "past", "en", "ing"):
        return Word(frozenset(form(verb, which)))
    return Word(forms(verb))


@dataclass
class Node:
    """Phrases that begin alike, up to here: how they go on, and which of them end here."""

    words: dict[str, dict[Word, Node]] = field(default_factory=dict)
    parts: dict[Part, Node] = field(default_factory=dict)
    choices: dict[Choice, tuple[frozenset[str] | None, Node]] = field(default_factory=dict)
    ends: list[Phrase] = field(default_factory=list)

    def after(self, item: Item) -> Node:
        """Where phrases go on after an item."""
        if isinstance(item, Unless):
            return self.after(Choice(((item,),)))
        if isinstance(item, Part):
            return self.parts.setdefault(item, Node())
        if isinstance(item, Choice):
            if item not in self.choices:
                self.choices[item] = firsts((item,)), Node()
            return self.choices[item][1]
        known = (self.words[text][item] for text in item.texts if item in self.words.get(text, ()))
        node = next(known, None) or Node()
        for text in item.texts:
            self.words.setdefault(text, {})[item] = node
        return node


def firsts(items: tuple[Item, ...]) -> frozenset[str] | None:
    """The words that a sequence can begin with; None if it can begin with a phrase or be empty."""
    if not items or isinstance(items[0], Part | Unless):
        return None
    if isinstance(items[0], Word):
        return items[0].texts
    found: frozenset[str] = frozenset()
    for option in items[0].options:
        own = firsts(option + items[1:])
        if own is None:
            return None
        found |= own
    return found


@dataclass
class Grammar:
    """Phrases by name, those that begin alike in one tree."""

    roots: dict[str, Node] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    classes: list[str] = field(default_factory=list)

    def add(self, name: str, texts: str | Iterable[str], build: Build | None = None, cost: float = 0.0) -> None:
        """More ways to write the phrase of a name: one text, one a line, or several."""
        for text in _lines(texts) if isinstance(texts, str) else texts:
            items = items_of(text)
            self._note(items)
            node = self.roots.setdefault(name, Node())
            for item in items:
                node = node.after(item)
            node.ends.append(Phrase(items, build or _nothing, cost))

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
        if root := self.grammar.roots.get(name):
            for end, cost, value in self._walk(root, start, 0.0, {}):
                if cost < best.get((end, value), float("inf")):
                    best[end, value] = cost
        found = [(end, cost, value) for (end, value), cost in best.items()]
        return found if len(found) <= MOST_VALUES else _cheapest(found)

    def _walk(self, node: Node, start: int, cost: float, fields: Fields) -> Iterable[Found]:
        """All phrases that go on from a place as the tree has it."""
        self.furthest = max(self.furthest, start)
        for phrase in node.ends:
            value = phrase.build(fields)
            if value is not REJECT:
                yield start, cost + phrase.cost, value
        if node.words:
            for end, token in self.lattice.words(start):
                for then in node.words.get(token.value, {}).values():
                    yield from self._walk(then, end, cost + token.cost, fields)
        for part, then in node.parts.items():
            for end, more, value in self.at(part.name, start):
                kept = {**fields, part.key: value} if part.key else fields
                yield from self._walk(then, end, cost + more, kept)
        for choice, (first, then) in node.choices.items():
            if first is None or any(token.value in first for _, token in self.lattice.words(start)):
                for end, more, kept in self._sequence((choice,), 0, start, cost, fields):
                    yield from self._walk(then, end, more, kept)

    def _sequence(
        self, items: tuple[Item, ...], place: int, start: int, cost: float, fields: Fields
    ) -> Iterable[tuple[int, float, Fields]]:
        if place == len(items):
            yield start, cost, fields
            return
        item = items[place]
        if isinstance(item, Word):
            for end, token in self.lattice.words(start):
                if token.value in item.texts:
                    yield from self._sequence(items, place + 1, end, cost + token.cost, fields)
        elif isinstance(item, Part):
            for end, more, value in self.at(item.name, start):
                kept = {**fields, item.key: value} if item.key else fields
                yield from self._sequence(items, place + 1, end, cost + more, kept)
        elif isinstance(item, Unless):
            if not any(token.value in item.texts for _, token in self.lattice.words(start)):
                yield from self._sequence(items, place + 1, start, cost, fields)
        else:
            rest = items[place + 1 :]
            for option in item.options:
                yield from self._sequence(option + rest, 0, start, cost, fields)


def _cheapest(found: list[Found]) -> list[Found]:
    """The cheapest of what a phrase can be up to each of its ends: every part of a long row can mean two things."""
    by_end: dict[int, list[Found]] = {}
    for one in found:
        by_end.setdefault(one[0], []).append(one)
    return [one for same in by_end.values() for one in sorted(same, key=lambda found: found[1])[:MOST_VALUES]]


def edge(token: Token) -> Any:
    """The value of a token."""
    return token.value
