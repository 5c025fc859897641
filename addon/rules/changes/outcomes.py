"""What can come of a wish: the rules that change, in each of the ways in which it can be meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..model import Effect, Rule
from ..read import Reading, meaning, possible
from ..reference import Ref
from ..structure.effects import Doing
from ..vocabulary import Vocabulary
from .amounts import with_effect
from .edits import asked, does_the_same, merged, same_object, takes_back, with_more, without
from .places import (
    Place,
    Row,
    effect_at,
    effect_in,
    is_kin,
    listed,
    meant,
    narrowed,
    places,
    same_thing,
)
from .requests import Add, AddThing, Edit, Remove, Request, Retell, Target
from .times import After, Later
from .wholes import Whole


@dataclass(frozen=True)
class Outcome:
    """Rows with their new rules: none for a row that goes, and the number of all rows for a new one.

    ``text`` says the rules of the one row, where they were said as a whole.
    """

    rows: tuple[tuple[int, tuple[Rule, ...]], ...]
    text: str = ""


Made = tuple[Place, Rule]
Found = tuple[list[Outcome], list[str]]
"""Outcomes of which one is meant, and why others are none."""


def outcomes(request: Request, rows: Sequence[Row], selected: int | None, scene: Vocabulary) -> Found:
    """All outcomes of a request that the scene allows; more than one if it can mean several things."""
    return _Outcomes(rows, selected, scene).of(request)


class _Outcomes:
    def __init__(self, rows: Sequence[Row], selected: int | None, scene: Vocabulary) -> None:
        self.rows, self.selected, self.scene = rows, selected, scene
        self.problems: list[str] = []

    def of(self, request: Request) -> Found:
        if isinstance(request, Edit):
            found = self._edited(request)
        elif isinstance(request, Retell):
            found = self._retold(request)
        elif isinstance(request, Whole):
            found = self._whole(request)
        elif isinstance(request, Add):
            found = self._added(request.doing)
        elif isinstance(request, AddThing):
            found = self._with_thing(request.thing)
        elif isinstance(request, Remove):
            found = self._removed(request)
        else:
            found = []
        return found, self.problems

    def _edited(self, request: Edit) -> list[Outcome]:
        named = places(self.rows, request.target, self.scene)
        if not named:
            self.problems.append(no_such(request.target, self.rows))
        of_effect = not request.target.points and not request.target.number and not request.target.every
        made = [
            (place, rule)
            for place in named
            if (rule := self._allowed(asked(*self._narrowed(place, request.target), request.asks, of_effect)))
            is not None
        ]
        made += [(place, rule) for place in named for rule in self._after(request, place, of_effect)]
        if named and not made:
            self.problems.append("nothing of it can be changed so")
        return self._every(made) if request.target.every else self._one(made, request.target)

    def _after(self, request: Edit, place: Place, of_effect: bool) -> Iterator[Rule]:
        """``5 s later`` of what follows something else: that can be counted from now or from what it follows."""
        later = request.asks[0]
        if of_effect and place.step and len(request.asks) == 1 and isinstance(later, Later) and not later.about:
            found = self._allowed(asked(*self._narrowed(place, request.target), (After(later.seconds),), of_effect))
            yield from [found] if found is not None else []

    def _every(self, made: Iterable[Made]) -> list[Outcome]:
        """All rules changed together, where each changes in one way."""
        by_row: dict[tuple[int, int], dict[str, Rule]] = {}
        for place, rule in made:
            by_row.setdefault((place.row, place.rule), {})[meaning(rule)] = rule
        if not by_row or any(len(ways) > 1 for ways in by_row.values()):
            return []
        rows: dict[int, list[Rule]] = {}
        for (row, number), ways in by_row.items():
            rules = rows.setdefault(row, list(self.rows[row].rules))
            rules[number] = next(iter(ways.values()))
        return [Outcome(tuple((row, tuple(rules)) for row, rules in rows.items()))]

    def _one(self, made: Sequence[Made], target: Target) -> list[Outcome]:
        """One outcome for each way; of what points, those of the selected rule if there are any."""
        unsaid = target.points or target.word or (target.effect is not None and target.effect.thing.pronoun)
        here = [one for one in made if one[0].row == self.selected]
        found = here if unsaid and here else made
        return list(dict.fromkeys(self._outcome(place, rule) for place, rule in found))

    def _narrowed(self, place: Place, target: Target) -> tuple[Rule, Place]:
        """The rule in which what is said of some of several things is said of them alone."""
        thing = target.thing or (target.effect.thing if target.effect is not None else None)
        acted = effect_at(self.rows, place).thing.names
        if thing is None or not set(thing.names) & set(acted):
            return self._rule(place), place
        return narrowed(self._rule(place), place, thing.names)

    def _outcome(self, place: Place, rule: Rule) -> Outcome:
        rules = list(self.rows[place.row].rules)
        rules[place.rule] = rule
        return Outcome(((place.row, tuple(rules)),))

    def _rule(self, place: Place) -> Rule:
        return self.rows[place.row].rules[place.rule]

    def _allowed(self, rule: Rule | None) -> Rule | None:
        """The rule with its pronouns resolved, if the scene allows it."""
        if rule is None:
            return None
        found = possible(rule, self.scene)
        if isinstance(found, Reading):
            return found.rules[0]
        self.problems.append(found.reason)
        return None

    def _retold(self, request: Retell) -> list[Outcome]:
        """What is done told anew: the places where it is done already, or with ``instead`` what is done in its stead."""
        doing = request.doing
        if len(doing.steps) != 1 or len(doing.steps[0].effects) != 1 or doing.steps[0].pause:
            return []
        wait, said = doing.steps[0].wait, doing.steps[0].effects[0]
        every = places(self.rows, Target(effect=request.of) if request.of else Target(), self.scene)
        same = [p for p in every if is_kin(effect_at(self.rows, p), said, self.scene)]
        if not same and request.instead:
            same = [
                p for p in every if said.thing.pronoun or same_thing(effect_at(self.rows, p).thing, said.thing)
            ] or every
        if not same:
            return self._added(doing) if wait else self._nowhere()
        made = []
        for place in same:
            rule, at = self._narrowed(place, Target(effect=said))
            old = effect_in(rule, at)
            new = merged(old, meant(said, old.thing, self.scene)) or (said if request.instead else None)
            rule = with_effect(rule, at.step, at.effect, new) if new is not None else rule
            whole = After(wait).on(rule, at.step, at.effect) if wait else rule
            if (rule_now := self._allowed(whole)) is not None and meaning(rule_now) != meaning(self._rule(place)):
                made.append((place, rule_now))
        if not made:
            self.problems.append("it is so already")
        return self._one(made, Target(effect=said))

    def _nowhere(self) -> list[Outcome]:
        self.problems.append("no rule does that; say 'also' before it to have it done as well, or when it is done")
        return []

    def _whole(self, request: Whole) -> list[Outcome]:
        """A rule said as a whole: in place of the one that does the same, else, or ``also``, a new one."""
        new = Outcome(((len(self.rows), request.rules),), request.text)
        if request.also or len(request.rules) != 1:
            return [new]
        rule = request.rules[0]
        same = [row for row, one in enumerate(self.rows) if len(one.rules) == 1 and does_the_same(one.rules[0], rule)]
        return [Outcome(((row, (rule,)),), request.text) for row in same] or [new]

    def _added(self, doing: Doing) -> list[Outcome]:
        """More that is done by a rule: one that does the opposite, else that does something to the same things."""
        ways: tuple[Callable[[Rule, Effect, Vocabulary], bool], ...] = (takes_back, same_object, lambda *_: True)
        said = doing.steps[0].effects[0]
        made = [
            (Place(row, number, 0, 0), done)
            for row, one in enumerate(self.rows)
            for number, rule in enumerate(one.rules)
            if (done := self._allowed(with_more(rule, doing, self.scene))) is not None
        ]
        for way in ways:
            fitting = [one for one in made if way(self._rule(one[0]), said, self.scene)]
            if fitting:
                return self._one(fitting, Target())
        return []

    def _with_thing(self, thing: Ref) -> list[Outcome]:
        made = []
        for place in places(self.rows, Target(), self.scene):
            effect = effect_at(self.rows, place)
            if set(thing.names) & set(effect.thing.names) or not effect.thing.names:
                continue
            names = tuple(dict.fromkeys((*effect.thing.names, *thing.names)))
            new = effect.model_copy(update={"thing": listed(names)})
            rule = self._allowed(with_effect(self._rule(place), place.step, place.effect, new))
            if rule is not None:
                made.append((place, rule))
        return self._one(made, Target())

    def _removed(self, request: Remove) -> list[Outcome]:
        target = request.target
        if target.every:
            return [Outcome(tuple((row, ()) for row in range(len(self.rows))))]
        if request.whole:
            number = len(self.rows) if target.number == -1 else target.number
            return [Outcome(((number - 1, ()),))] if 1 <= number <= len(self.rows) else self._none(target)
        if target.points:
            only = self.selected if self.selected is not None else 0 if len(self.rows) == 1 else None
            return [Outcome(((row, ()),)) for row in (range(len(self.rows)) if only is None else [only])]
        named = places(self.rows, target, self.scene)
        if target.effect is not None:
            named = [p for p in named if self.selected in (None, p.row)] or named
        acted = [
            p
            for p in named
            if target.thing is None or set(target.thing.names) & set(effect_at(self.rows, p).thing.names)
        ]
        if not acted:
            return self._none(target)
        by_row: dict[int, list[Place]] = {}
        for place in acted:
            by_row.setdefault(place.row, []).append(place)
        found = []
        for row, gone in by_row.items():
            names = target.thing.names if target.thing is not None else None
            if (rules := self._without(row, gone, names)) is not None:
                found.append(Outcome(((row, rules),)))
        return found

    def _without(self, row: int, gone: Iterable[Place], names: Sequence[str] | None) -> tuple[Rule, ...] | None:
        left = []
        for number, rule in enumerate(self.rows[row].rules):
            places_in = {(p.step, p.effect) for p in gone if p.rule == number}
            if not places_in:
                left.append(rule)
                continue
            rest = without(rule, places_in, names)
            if rest is not None:
                if (allowed := self._allowed(rest)) is None:
                    return None
                left.append(allowed)
        return tuple(left)

    def _none(self, target: Target) -> list[Outcome]:
        self.problems.append(no_such(target, self.rows))
        return []


def no_such(target: Target, rows: Sequence[Row]) -> str:
    """Why there is nothing that a target can be."""
    if target.number:
        return f"there is no rule {target.number}; there are {len(rows)}"
    if target.thing is not None:
        return f"no rule does anything to {target.thing}"
    return "no rule does that"
