"""Rules put together of the examples of all families: the sentence of each is read back to the same rule."""

from hypothesis import given, settings
from hypothesis import strategies as st

from addon.coder.link import compose
from addon.executor import check
from addon.rules import Reading, Vocabulary, read, sentence
from addon.rules.conditions.logic import And, InOrder, Not, Or
from addon.rules.conditions.time import Clock, Period
from addon.rules.model import Rule, Step, When
from addon.rules.problems import problem_of
from addon.rules.python import python
from addon.rules.read import meaning
from addon.rules.room import room
from addon.rules.templates import examples

ROOM = Vocabulary(room())


def parts():
    """Conditions and effects of the examples, by what sort of condition they are."""
    events, states, effects = {}, {}, {}
    for text, _ in examples():
        found = read(text, ROOM)
        for rule in found.rules if isinstance(found, Reading) else ():
            condition = rule.when.condition
            if condition is not None and not isinstance(condition, Clock | Period | And | Or | Not | InOrder):
                (events if condition.is_event else states)[condition.sentence()] = condition
            for effect in rule.effects:
                if effect.thing.names and not effect.thing.pronoun:
                    effects[effect.sentence()] = effect
    return list(events.values()), list(states.values()), list(effects.values())


EVENTS, STATES, EFFECTS = parts()
events, states = st.sampled_from(EVENTS), st.sampled_from(STATES)
either = events | states
pairs = st.tuples(either, either).filter(lambda p: p[0] != p[1])
composed = (
    either
    | pairs.map(lambda p: And(parts=p))
    | pairs.map(lambda p: Or(parts=p))
    | st.tuples(events, events).filter(lambda p: p[0] != p[1]).map(lambda p: InOrder(first=p[0], then=p[1]))
    | st.tuples(events, events).filter(lambda p: p[0] != p[1]).map(lambda p: And(parts=(p[0], Not(part=p[1]))))
)
steps = st.lists(st.sampled_from(EFFECTS), min_size=1, max_size=2, unique_by=lambda e: e.thing.names).map(
    lambda found: Step(effects=tuple(found))
)


@st.composite
def rules(draw):
    mode = draw(st.sampled_from(["once", "once", "each"]))
    delay = draw(st.sampled_from([0.0, 0.0, 1.5, 2.0]))
    return Rule(when=When(condition=draw(composed), mode=mode, delay=delay), steps=(draw(steps),))


@given(rules())
@settings(max_examples=60, derandomize=True)
def test_a_sentence_is_read_back_as_its_rule(rule):
    if problem_of(rule, ROOM) is None:
        found = read(sentence(rule), ROOM)
        assert isinstance(found, Reading), str(found)
        (again,) = found.rules
        assert meaning(again) == meaning(rule), f"{sentence(rule)}\n  = {found.sentence}"
        check(compose([sentence(again)], [python(again)]))


def test_there_are_many_conditions_and_effects_to_compose():
    assert min(len(EVENTS), len(STATES), len(EFFECTS)) >= 8
