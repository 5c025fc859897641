"""Every example of a family is read to that family, and its sentence reads back to the same rule."""

import pytest

from addon.rules.effects import gravity, hold, joint, launch, spin
from addon.rules.effects import property as properties
from addon.rules.sentence import sentence
from tests.rules.effects.reading import rules

KINDS = (
    properties.SetProperty, properties.AddProperty, properties.MultiplyProperty, properties.Toggle,
    launch.Launch, launch.LaunchTowards, launch.Speed, launch.ScaleVelocity, launch.Jump,
    hold.Hold, hold.Release, joint.Joint, gravity.Gravity, gravity.ScaleGravity, spin.Spin, spin.StopSpin,
)  # fmt: skip
EXAMPLES = [(kind, text) for kind in KINDS for text in kind.examples]


@pytest.mark.parametrize(("kind", "text"), EXAMPLES, ids=[text for _, text in EXAMPLES])
def test_an_example_is_read_to_its_kind_and_its_sentence_back_to_the_same(kind, text):
    (rule,) = rules(text)
    assert any(isinstance(effect, kind) for effect in rule.effects)
    (again,) = rules(sentence(rule))
    assert sentence(again).partition("→")[2] == sentence(rule).partition("→")[2]
    assert [e.model_dump(exclude={"thing": {"said"}}) for e in again.effects] == [
        e.model_dump(exclude={"thing": {"said"}}) for e in rule.effects
    ]
