"""Every example of a family is read to that family, and its sentence reads back to the same rule."""

import pytest

from addon.rules.conditions.attitude import Attitude
from addon.rules.conditions.done import Done, Fired
from addon.rules.conditions.impact import Impact
from addon.rules.conditions.lasting import Lasting
from addon.rules.conditions.near import Beside, Near
from addon.rules.conditions.parted import Parted
from addon.rules.conditions.position import Position
from addon.rules.conditions.properties import Property
from addon.rules.conditions.rest import Rest
from addon.rules.conditions.speed import Speed
from addon.rules.model import canonical
from addon.rules.read import Reading, read
from addon.rules.room import room
from addon.rules.vocabulary import Vocabulary

KINDS = (Attitude, Done, Fired, Impact, Lasting, Beside, Near, Parted, Position, Property, Rest, Speed)
EXAMPLES = [(kind, text) for kind in KINDS for text in kind.examples]
ROOM = Vocabulary(room())


@pytest.mark.parametrize(("kind", "text"), EXAMPLES, ids=[text for _, text in EXAMPLES])
def test_an_example_is_read_to_its_kind_and_its_sentence_back_to_the_same(kind, text):
    found = read(text, ROOM)
    assert isinstance(found, Reading), str(found)
    (rule,) = found.rules
    assert isinstance(rule.when.condition, kind)
    again = read(found.sentence, ROOM)
    assert isinstance(again, Reading), str(again)
    assert canonical(again.rules) == canonical(found.rules)
