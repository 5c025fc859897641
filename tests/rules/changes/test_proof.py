"""Changed structures as texts: what is read of one is what was changed, and nothing else."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from addon.rules import Reading, read
from addon.rules.changes.amounts import QUALITIES, More, Opposite
from addon.rules.changes.phrases import phrases
from addon.rules.changes.proof import Reader, same, spoken
from addon.rules.changes.times import After, Later, Often
from addon.rules.problems import problem_of
from addon.rules.read import grammar, possible
from tests.rules.test_composed import ROOM, rules

asks = (
    st.builds(More, quality=st.sampled_from(sorted(QUALITIES)), factor=st.sampled_from([0.25, 0.5, 1.5, 2.0, 3.0]))
    | st.builds(Later, seconds=st.sampled_from([-0.5, 0.5, 1.0, 2.0]), about=st.booleans())
    | st.builds(After, seconds=st.sampled_from([0.0, 0.3, 4.0]))
    | st.sampled_from([Opposite(), Often("once"), Often("each"), Often("each", 3), Often("once", 2, alone=True)])
)


@given(rules(), asks)
@settings(max_examples=50, derandomize=True)
def test_a_changed_rule_is_read_as_it_was_changed(rule, ask):
    assume(problem_of(rule, ROOM) is None)
    effect = 0 if len(rule.steps[0].effects) == 1 or isinstance(ask, More | Opposite) else None
    changed = ask.on(rule, 0, effect)
    found = possible(changed, ROOM) if changed is not None else None
    assume(isinstance(found, Reading))
    text = Reader(ROOM).text_of(found.rules, ROOM)
    assert text is None or same(read(text, ROOM), found.rules)


@given(rules())
@settings(max_examples=30, derandomize=True)
def test_most_rules_can_be_said(rule):
    assume(problem_of(rule, ROOM) is None)
    assert Reader(ROOM).text_of([rule], ROOM) == spoken(rule)


def test_phrases_of_changes_leave_those_of_rules_alone():
    own = {name for name in phrases().roots if name.startswith("wish/")}
    assert set(phrases().roots) - own == set(grammar().roots)
    assert len(own) > 10
