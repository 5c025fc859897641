"""Reading a rule in the room of examples."""

from __future__ import annotations

from functools import cache

from addon.rules.model import Effect, Rule
from addon.rules.read import Reading, Refusal, read
from addon.rules.room import room
from addon.rules.vocabulary import Vocabulary


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary(room())


def rules(text, scene=None) -> tuple[Rule, ...]:
    """The rules that a text says."""
    found = read(text, scene or vocabulary())
    assert isinstance(found, Reading), str(found)
    return found.rules


def effects(text, scene=None) -> list[Effect]:
    """What is done, of a clause that stands after a condition."""
    return [e for rule in rules(f"When Ball touches Plate, {text}", scene) for e in rule.effects]


def effect(text, scene=None) -> Effect:
    """The one thing that is done."""
    (found,) = effects(text, scene)
    return found


def refused(text, scene=None) -> str:
    """Why a rule is refused."""
    found = read(text, scene or vocabulary())
    assert isinstance(found, Refusal), found.sentence
    return found.reason


def code(text, scene=None) -> str:
    """The code of what is done, one statement a line."""
    return "\n".join(line for e in effects(text, scene) for n in e.thing.names or ("",) for line in e.python(f'"{n}"'))
