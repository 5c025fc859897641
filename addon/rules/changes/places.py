"""Which of the rules, and which of the things that they do, a wish speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..lexer import Lattice, Token
from ..model import Effect, Rule, all_refs
from ..reference import Ref
from ..templates import evidence, family_of
from ..vocabulary import Vocabulary
from .requests import Target

STEM = 4
"""Letters that forms of a verb have in common: ``blinks``, ``blinking``."""

KIN = (
    frozenset({"launch", "launch_towards", "jump", "impulse", "scale_velocity"}),
    frozenset({"push", "push_towards", "accelerate"}),
    frozenset({"glide", "glide_to", "glide_by", "glide_towards"}),
    frozenset({"open", "swing_open"}),
    frozenset({"turn", "swing", "tilt"}),
    frozenset({"circle", "orbit"}),
)
"""Kinds of effects that the same verbs say."""


@dataclass(frozen=True)
class Row:
    """A rule's text with what it says; none where it is not understood."""

    text: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Place:
    """An effect of a rule of a row."""

    row: int
    rule: int
    step: int
    effect: int


class WithDeeds(Lattice):
    """A lattice in which words of what the rules do are tokens of the kind ``deed``."""

    def __init__(self, text: str, vocabulary: Vocabulary, rows: Sequence[Row]) -> None:
        super().__init__(text, vocabulary)
        self._deeds = {stem for row in rows for rule in row.rules for e in rule.effects for stem in stems(e, row)}

    def own(self, start: int) -> list[tuple[int, Token]]:
        """See `Lattice.own`."""
        found = super().own(start)
        word = re.compile(r"[A-Za-z]{3,}").match(self.text, start)
        if found and word and (stem := word[0].lower()[:STEM]) in self._deeds:
            found.append((self.skip(word.end()), Token("deed", stem)))
        return found


def stems(effect: Effect, row: Row) -> frozenset[str]:
    """The beginnings of the words of a rule's text, and of an effect's own sentence, that speak of the effect.

    The text speaks of one effect of a family alone.
    """
    family = family_of(effect)
    alone = sum(family_of(other) == family for rule in row.rules for other in rule.effects) == 1
    names = {word for name in effect.thing.names for word in name.lower().split()}
    told = set(re.findall(r"[a-z]{3,}", f"{effect.sentence()} {row.text if alone else ''}".lower())) - names
    own = {word[:STEM] for word in evidence(family)}
    return frozenset(word[:STEM] for word in told if word[:STEM] in own)


def places(rows: Sequence[Row], target: Target, scene: Vocabulary) -> list[Place]:
    """All effects that a target can be; of a thing that nothing is done to, those of the rules that speak of it."""
    everywhere = list(_everywhere(rows))
    if target.points or target.every:
        return everywhere
    if target.number:
        number = len(rows) if target.number == -1 else target.number
        return [place for place in everywhere if place.row == number - 1]
    if target.thing is not None:
        names = set(target.thing.names)
        acted = [p for p in everywhere if names & set(effect_at(rows, p).thing.names)]
        return acted or [p for p in everywhere if names & _names(rows[p.row].rules[p.rule])]
    if target.word:
        return [p for p in everywhere if target.word in stems(effect_at(rows, p), rows[p.row])]
    return [p for p in everywhere if target.effect and is_kin(effect_at(rows, p), target.effect, scene)]


def _everywhere(rows: Sequence[Row]) -> Iterator[Place]:
    for row, one in enumerate(rows):
        for number, rule in enumerate(one.rules):
            for step, done in enumerate(rule.steps):
                yield from (Place(row, number, step, n) for n in range(len(done.effects)))


def effect_at(rows: Sequence[Row], place: Place) -> Effect:
    """The effect of a place."""
    return effect_in(rows[place.row].rules[place.rule], place)


def effect_in(rule: Rule, place: Place) -> Effect:
    """The effect of a place of a rule."""
    return rule.steps[place.step].effects[place.effect]


def narrowed(rule: Rule, place: Place, names: Sequence[str]) -> tuple[Rule, Place]:
    """The rule with an effect on several things told apart: on the rest of them, and on those of these names."""
    step = rule.steps[place.step]
    effect = step.effects[place.effect]
    rest = tuple(name for name in effect.thing.names if name not in names)
    own = tuple(name for name in effect.thing.names if name in names)
    if not rest or not own:
        return rule, place
    parts = tuple(effect.model_copy(update={"thing": listed(part)}) for part in (rest, own))
    effects = (*step.effects[: place.effect], *parts, *step.effects[place.effect + 1 :])
    steps = (*rule.steps[: place.step], step.model_copy(update={"effects": effects}), *rule.steps[place.step + 1 :])
    return rule.model_copy(update={"steps": steps}), replace(place, effect=place.effect + 1)


def listed(names: Sequence[str]) -> Ref:
    """Things by their names, all of them."""
    return Ref(names=tuple(names), which="all" if len(names) > 1 else "one")


def _names(rule: Rule) -> set[str]:
    return {name for ref in all_refs(rule) for name in ref.names}


def is_kin(effect: Effect, said: Effect, scene: Vocabulary) -> bool:
    """Whether an effect is what a clause speaks of, whatever else that says of it."""
    said = meant(said, effect.thing, scene)
    return same_thing(effect.thing, said.thing) and same_kind(effect, said) and not is_opposite(effect, said)


def meant(said: Effect, thing: Ref, scene: Vocabulary) -> Effect:
    """What a clause says, of a thing where it has a pronoun, as the scene settles it."""
    whole = said.model_copy(update={"thing": thing}) if said.thing.pronoun or not said.thing.names else said
    possible = all(whole.problem(scene, name) is None for name in whole.thing.names or ("",))
    return whole.settled(scene) if possible else whole


def same_thing(thing: Ref, said: Ref) -> bool:
    """Whether the things are meant, or some of several are; a pronoun can be any."""
    return said.pronoun or not said.names or set(said.names) <= set(thing.names)


def same_kind(effect: Effect, said: Effect) -> bool:
    """Whether two effects are of one kind, or of kinds that the same verbs say."""
    return effect.kind == said.kind or any({effect.kind, said.kind} <= kin for kin in KIN)


def is_opposite(effect: Effect, said: Effect) -> bool:
    """Whether two effects of one kind switch something, one on and the other off."""
    for name in ("value", "on", "part"):
        one, other = getattr(effect, name, None), getattr(said, name, None)
        if isinstance(one, bool) and isinstance(other, bool) and one != other:
            return True
        if name == "part" and isinstance(one, float) and isinstance(other, float) and (one > 0) != (other > 0):
            return True
    return False
