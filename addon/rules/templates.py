"""What can be said, as sentences with places for names and quantities.

A template is a family's own sentence about the example room, in which each name, quantity, direction, axis and vector is
a place. Filled with what a text names, templates give all readings that the types allow.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from . import conditions, effects
from .conditions.time import Clock, Period
from .lexer import Lattice, plain
from .mentions import Mentions
from .model import Condition, Effect, with_refs
from .modifiers import WAY_NAMES
from .read import Reading, family_words, read
from .reference import Ref
from .room import room
from .units import Quantity
from .vocabulary import Vocabulary

_SPECIAL = re.compile(rf"(?P<way>\b(?:{'|'.join(WAY_NAMES.values())})\b)|\b(?P<axis>[xyz])(?= axis\b)")
_DEFAULT = re.compile(r" within $")


@dataclass(frozen=True)
class Place:
    """A place of a template: ``name``, ``way``, ``axis``, ``vector``, ``key``, or the dimension of a quantity."""

    kind: str


@dataclass(frozen=True)
class Template:
    """A clause with places; ``words`` are those that speak of its ``family``, a module's name; ``example`` is of the room."""

    pieces: tuple[str | Place, ...]
    words: frozenset[str] = field(compare=False)
    family: str = field(compare=False)
    example: Condition | Effect = field(compare=False)

    @property
    def names(self) -> int:
        """How many things it names."""
        return sum(piece == Place("name") for piece in self.pieces)

    @property
    def tells(self) -> frozenset[str]:
        """Kinds of its places that speak for themselves where a text fills them: a vector, or two others than a time."""
        kinds = frozenset(p.kind for p in self.pieces if isinstance(p, Place)) - {"name", "time", "number", "key"}
        return kinds if len(kinds) > 1 or "vector" in kinds else frozenset()

    def says(self, sentence: str) -> bool:
        """Whether a sentence has its words."""
        return all(piece.strip() in sentence for piece in self.pieces if isinstance(piece, str))

    def fits(self, names: Sequence[str], vocabulary: Vocabulary) -> bool:
        """Whether the things of these names can be what it says."""
        rest = iter(names)
        changed = with_refs(self.example, lambda ref: _ref(next(rest, ref.said), vocabulary))
        if isinstance(changed, Condition):
            return changed.problem(vocabulary) is None
        return all(changed.problem(vocabulary, name) is None for name in changed.thing.names or ("",))

    def filled(self, names: Sequence[str], said: Mentions) -> Iterator[tuple[str, frozenset[str]]]:
        """The clause with these names and anything that the text says in its other places, and what it uses of that."""
        rest = iter(names)
        options: list[list[tuple[str, str]]] = []
        for piece in self.pieces:
            if isinstance(piece, str):
                options.append([(piece, "")])
            elif piece.kind == "name":
                options.append([(next(rest), "")])
            else:
                options.append(_values(piece.kind, said))
        for choice in itertools.product(*options):
            used = [mark for _, mark in choice if mark]
            if len(used) == len(set(used)):
                yield "".join(text for text, _ in choice), frozenset(used)


def _ref(said: str, vocabulary: Vocabulary) -> Ref:
    """What is called so in a scene."""
    group = next((ref for _, ref in vocabulary.group_patterns if ref.said == said), None)
    return group or Ref(names=(said,))


def _values(kind: str, said: Mentions) -> list[tuple[str, str]]:
    """What the text has for a place, each with a mark of its own."""
    pools: dict[str, Sequence[str]] = {"way": said.ways, "axis": said.axes, "vector": said.vectors, "key": said.keys}
    if kind in pools:
        return [(text, f"{kind}{n}") for n, text in enumerate(pools[kind])]
    return [(told_with_unit(q), f"q{n}") for n, q in enumerate(said.quantities) if q.dimension == kind]


UNITS = {"time": " s", "length": " m", "angle": " degrees", "speed": " m/s", "rate": " degrees/s", "acceleration": " m/s²", "force": " N", "impulse": " N s", "stiffness": " N/m", "drag": " N s/m", "mass": " kg", "power": " W", "percent": " %", "number": "", "count": " times"}  # fmt: skip


def told_with_unit(quantity: Quantity) -> str:
    """A quantity as canonical sentences write it."""
    return f"{quantity.value:.6g}{UNITS[quantity.dimension]}"


@cache
def examples() -> tuple[tuple[str, str], ...]:
    """The example rules of all families, each with the module of its family."""
    found: dict[str, str] = {}
    for family in (*conditions.FAMILIES, *effects.FAMILIES):
        for thing in vars(family).values():
            if isinstance(thing, type) and issubclass(thing, Condition | Effect):
                for text in getattr(thing, "examples", ()):
                    found.setdefault(text, thing.__module__)
    return tuple(found.items())


@cache
def _owners() -> dict[type, str]:
    """The module of the family that says each kind of condition or effect."""
    found: dict[type, str] = {}
    for family in (*conditions.FAMILIES, *effects.FAMILIES):
        for thing in vars(family).values():
            is_kind = isinstance(thing, type) and issubclass(thing, Condition | Effect)
            if is_kind and (thing.__module__ == family.__name__ or thing not in found):
                found[thing] = family.__name__
    return found


@cache
def templates() -> tuple[tuple[Template, ...], tuple[Template, ...]]:
    """Templates of all single conditions, and of all effects."""
    vocabulary = Vocabulary(room())
    waits: dict[Template, None] = {}
    does: dict[Template, None] = {}
    for text, _ in examples():
        found = read(text, vocabulary)
        for rule in found.rules if isinstance(found, Reading) else ():
            for condition in _leaves(rule.when.condition):
                waits.update(dict.fromkeys(_templates(condition.sentence(), condition, vocabulary)))
                waits.update(dict.fromkeys(_templates(condition.negated(), condition, vocabulary)))
            for effect in rule.effects:
                does.update(dict.fromkeys(_templates(effect.sentence(), effect, vocabulary)))
    return tuple(waits), tuple(does)


def _leaves(condition: Condition | None) -> Iterable[Condition]:
    """The conditions that are over no others."""
    if condition is None or isinstance(condition, Clock | Period):
        return
    inner = condition.inner()
    if not inner:
        yield condition
    for part in inner:
        yield from _leaves(part)


def _templates(sentence: str, said: Condition | Effect, vocabulary: Vocabulary) -> Iterator[Template]:
    """The template of a clause, and the one without the time that need not be said."""
    pieces = _pieces(sentence, vocabulary)
    family = family_of(said)
    words = evidence(family) | frozenset(getattr(said, "cues", ()))
    yield Template(pieces, words, family, said)
    if len(pieces) > 2 and pieces[-1] == Place("time") and isinstance(pieces[-2], str) and _DEFAULT.search(pieces[-2]):
        yield Template((*pieces[:-2], _DEFAULT.sub("", pieces[-2])), words, family, said)


def _pieces(sentence: str, vocabulary: Vocabulary) -> tuple[str | Place, ...]:
    lattice = Lattice(plain(sentence, vocabulary), vocabulary)
    found: list[str | Place] = []
    place, text = 0, lattice.text
    while place < len(text):
        end, kind = _placed(lattice, place)
        if kind:
            found.append(Place(kind))
            end = place + len(text[place:end].rstrip())
        if not kind:
            if found and isinstance(found[-1], str):
                found[-1] += text[place]
            else:
                found.append(text[place])
            end = place + 1
        place = end
    return tuple(found)


def _placed(lattice: Lattice, start: int) -> tuple[int, str]:
    """The place that begins somewhere in a sentence, if any, with its end."""
    if start and lattice.text[start - 1].isalnum():
        return start, ""
    if special := _SPECIAL.match(lattice.text, start):
        return special.end(), special.lastgroup or ""
    best = start, ""
    for end, token in lattice.own(start):
        kind = {"name": "name", "vector": "vector"}.get(token.kind, "") if token.cost == 0 else ""
        if isinstance(token.value, Quantity) and lattice.text[start].isdigit():
            kind = token.value.dimension
        if kind and end > best[0]:
            best = end, kind
    return best


def family_of(said: Condition | Effect) -> str:
    """The module of the family that says a condition or an effect."""
    return _owners().get(type(said), type(said).__module__)


@cache
def _spread() -> Counter[str]:
    """In how many families each word stands."""
    return Counter(word for words in family_words().values() for word in words)


COMMON = 9
"""A word of so many families speaks of none of them."""


@cache
def evidence(module: str) -> frozenset[str]:
    """The words that speak of a family."""
    words = family_words().get(module, frozenset())
    return frozenset(w for w in words if _spread()[w] < COMMON and len(w) > 1)
