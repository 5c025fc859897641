"""What can be said, as sentences with places for names and quantities: the grammar that small models are held to.

A template is a family's own sentence about the example room, in which each name and each quantity is a place. Filled
with what a rule's text names, the sentences are all readings that the types allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from . import conditions, effects
from .conditions.time import Clock, Period
from .lexer import Lattice, plain
from .model import Condition, Effect, Rule, all_refs, with_refs
from .read import Reading, problem_of, read
from .reference import Ref
from .room import room
from .units import Quantity
from .vocabulary import Vocabulary


@dataclass(frozen=True)
class Place:
    """A place of a template: for a name, or for a quantity of a dimension."""

    kind: str


Piece = str | Place


@dataclass(frozen=True)
class Template:
    """A clause with places; ``example`` is what it says of the room."""

    pieces: tuple[Piece, ...]
    example: Condition | Effect

    @property
    def places(self) -> tuple[str, ...]:
        """The kinds of its places."""
        return tuple(p.kind for p in self.pieces if isinstance(p, Place))

    def filled(self, values: Sequence[str]) -> str:
        """The clause with texts in its places."""
        rest = iter(values)
        return "".join(next(rest) if isinstance(piece, Place) else piece for piece in self.pieces)


@cache
def examples() -> tuple[str, ...]:
    """The example rules of all families."""
    found: dict[str, None] = {}
    for family in (*conditions.FAMILIES, *effects.FAMILIES):
        for thing in vars(family).values():
            if isinstance(thing, type) and issubclass(thing, Condition | Effect) and thing.__module__ == family.__name__:
                found.update(dict.fromkeys(getattr(thing, "examples", ())))
    return tuple(found)


@cache
def templates() -> tuple[tuple[Template, ...], tuple[Template, ...]]:
    """Templates of all single conditions, and of all effects."""
    vocabulary = Vocabulary(room())
    waits: dict[tuple[Piece, ...], Template] = {}
    does: dict[tuple[Piece, ...], Template] = {}
    for text in examples():
        found = read(text, vocabulary)
        for rule in found.rules if isinstance(found, Reading) else ():
            for condition in _leaves(rule.when.condition):
                template = _template(condition.sentence(), condition, vocabulary)
                waits.setdefault(template.pieces, template)
            for effect in rule.effects:
                template = _template(effect.sentence(), effect, vocabulary)
                does.setdefault(template.pieces, template)
    return tuple(waits.values()), tuple(does.values())


def _leaves(condition: Condition | None) -> Iterable[Condition]:
    """The conditions that are over no others."""
    if condition is None or isinstance(condition, Clock | Period):
        return
    inner = getattr(condition, "inner", None)
    if inner is None:
        yield condition
    else:
        for part in inner():
            yield from _leaves(part)


def _template(sentence: str, example: Condition | Effect, vocabulary: Vocabulary) -> Template:
    lattice = Lattice(plain(sentence, vocabulary), vocabulary)
    pieces: list[Piece] = []
    place, text = 0, lattice.text
    while place < len(text):
        token = _placed(lattice, place)
        if token is None:
            pieces.append(text[place])
            place += 1
        else:
            end, kind, gap = token
            pieces += [Place(kind), gap]
            place = end
    return Template(_merged(pieces), example)


def _placed(lattice: Lattice, start: int) -> tuple[int, str, str] | None:
    """A name or quantity that begins at a place: the place after it, its kind and the blanks behind it."""
    if start and lattice.text[start - 1].isalnum():
        return None
    best: tuple[int, str, str] | None = None
    for end, token in lattice.own(start):
        kind = "name" if token.kind == "name" and token.cost == 0 else _dimension(token.value)
        if kind and (best is None or end > best[0]):
            said = lattice.text[start:end]
            best = end, kind, said[len(said.rstrip()) :]
    return best


def _dimension(value: object) -> str:
    return value.dimension if isinstance(value, Quantity) else ""


def _merged(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and found and isinstance(found[-1], str):
            found[-1] += piece
        elif piece:
            found.append(piece)
    return tuple(found)


def fits(template: Template, names: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether things of these names, in the template's order, can be what it says."""
    refs = iter(names)
    filled = with_refs(template.example, lambda ref: Ref(names=(next(refs, ""),)))
    if isinstance(filled, Condition):
        return filled.problem(vocabulary) is None
    return all(filled.problem(vocabulary, name) is None for name in filled.thing.names)


__all__ = ["Place", "Rule", "Template", "all_refs", "examples", "fits", "problem_of", "templates", "Mapping"]
