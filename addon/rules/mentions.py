"""What a text names, without its grammar: things in their order, quantities, directions, and the other words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lexer import Lattice, Token, plain
from .modifiers import WAY_NAMES, WAYS
from .reference import Ref
from .units import ORDINALS, Quantity
from .vocabulary import Vocabulary

ORDINAL_FIGURES = re.compile(r"(\d+)(?:st|nd|rd|th)\b|#\s?(\d+)\b|\bx\s?(\d+)\b|\b(\d+)\s?x\b")
"""Numbers of times as figures: ``2nd``, ``#2``, ``x2``, ``2x``."""


@dataclass(frozen=True)
class Mentions:
    """Of one text: ``names`` in their order, one after the other not twice; ``quantities`` with a unit or in figures;
    ``ways`` as canonical sentences call them; ``axes``; ``vectors``; ``keys`` of properties; ``counts``, numbers of times;
    ``words`` that are none of these."""

    names: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    ways: tuple[str, ...]
    axes: tuple[str, ...]
    vectors: tuple[str, ...]
    keys: tuple[str, ...]
    counts: tuple[int, ...]
    words: tuple[str, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of places that it can fill."""
        found = {q.dimension for q in self.quantities}
        pools = {"way": self.ways, "axis": self.axes, "vector": self.vectors}
        return frozenset(found | {kind for kind, pool in pools.items() if pool})


def mentions(text: str, vocabulary: Vocabulary) -> Mentions:
    """What a text names; the longest name at each place, written as it is if there is one."""
    told = plain(text, vocabulary)
    numbered = [int(next(filter(None, m.groups()))) for m in ORDINAL_FIGURES.finditer(told)]
    lattice = Lattice(ORDINAL_FIGURES.sub(" ", told), vocabulary)
    found: list[Token] = []
    words: list[str] = []
    place = 0
    while place < len(lattice.text):
        end, token = best_token(lattice, place)
        if token is None:
            place = max(end, place + 1)
            continue
        if token.kind in ("word", "key", "shape_key"):
            words.append(str(token.value).lower())
        if token.kind != "word":
            found.append(token)
        place = end
    return _sorted(found, words, numbered)


def best_token(lattice: Lattice, start: int) -> tuple[int, Token | None]:
    """The token that a reader without grammar sees: names before quantities before words, the longest of a kind."""
    own = [(e, t) for e, t in lattice.own(start) if e > start]
    rank = {"vector": 0, "name": 1, "group": 2, "quantity": 3, "key": 4, "shape_key": 4, "text": 5, "word": 6}
    if not own:
        return lattice.skip(start + 1), None
    if re.match(r"both\b", lattice.text[start:], re.IGNORECASE):
        own = [(e, t) for e, t in own if t.kind != "group"]
    return min(own, key=lambda found: (rank.get(found[1].kind, 7), _bare(found[1]), -found[0], found[1].cost))


def _bare(token: Token) -> bool:
    return isinstance(token.value, Quantity) and token.value.dimension == "number"


def _sorted(tokens: list[Token], words: list[str], numbered: list[int]) -> Mentions:
    names: list[str] = []
    for token in tokens:
        if isinstance(token.value, Ref):
            said = token.value.said if len(token.value.names) > 1 else token.value.name
            if said and (not names or names[-1] != said):
                names.append(said)
    quantities = [t.value for t in tokens if isinstance(t.value, Quantity)]
    counts = [int(q.value) for q in quantities if q.dimension == "count"]
    counts += [ORDINALS[w] for w in words if w in ORDINALS and w != "first" and w != "second"]
    counts += [n for n in numbered if n > 1]
    counts += [2] if "second" in words else []
    ways = [WAY_NAMES[WAYS[w]] for w in words if w in WAYS]
    vectors = [f"({', '.join(f'{n:g}' for n in t.value)})" for t in tokens if t.kind == "vector"]
    speeds = [q for q in quantities if q.dimension == "speed"]
    if len(ways) == len(speeds) > 1:
        parts = [[q.value * v for v in WAYS[w]] for q, w in zip(speeds, [w for w in words if w in WAYS], strict=True)]
        vectors.append(f"({', '.join(f'{sum(axis):g}' for axis in zip(*parts, strict=True))})")
        quantities, ways = [q for q in quantities if q.dimension != "speed"], []
    return Mentions(
        names=tuple(names),
        quantities=tuple(q for q in quantities if q.dimension != "count"),
        ways=tuple(dict.fromkeys(ways)),
        axes=tuple(dict.fromkeys(w[0] for w in words if re.fullmatch(r"[xyz](?:-axis)?", w))),
        vectors=tuple(vectors),
        keys=tuple(dict.fromkeys(t.value for t in tokens if t.kind in ("key", "shape_key"))),
        counts=tuple(counts),
        words=tuple(words),
    )
