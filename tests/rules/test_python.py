"""The code of each mode of a rule, played to made-up motions."""

import pytest

from addon.rules import Reading, read
from addon.rules.python import python
from addon.rules.room import room
from tests.rules.acted import fired_at

ROOM = room()


def touches(*spans, name="Ball", other="Plate"):
    """Makes two things touch in some spans of time."""

    def act(stage, time):
        stage.touch(name, *([other] if any(a <= time < b for a, b in spans) else []))

    return act


def together(*acts):
    def act(stage, time):
        for one in acts:
            one(stage, time)

    return act


def heights(*points):
    """Puts Ball at heights from some times on."""

    def act(stage, time):
        stage.put("Ball", -2, 0, next(z for t, z in reversed(points) if time >= t - 1e-9))

    return act


TWICE = touches((0.5, 0.8), (1.5, 1.8))
THRICE = touches((0.5, 0.6), (1.0, 1.1), (1.5, 1.6))
AGAIN = heights((0, 1.5), (0.5, 2.5), (1.0, 1.5), (1.5, 2.5))
BOTH = together(touches((0.5, 0.6)), touches((1.0, 1.1), name="Box", other="Floor"))
OTHER_WAY = together(touches((1.0, 1.1)), touches((0.5, 0.6), name="Box", other="Floor"))
ONE = touches((0.5, 0.6))


def near(times):
    return [pytest.approx(t, abs=0.02) for t in times]


@pytest.mark.parametrize(
    ("rule", "act", "times"),
    [
        ("When Ball touches Plate, open Door", TWICE, [0.5]),
        ("Whenever Ball touches Plate, open Door", TWICE, [0.5, 1.5]),
        ("0.4 s after Ball touches Plate, open Door", TWICE, [0.9]),
        ("0.4 s after each time Ball touches Plate, open Door", TWICE, [0.9, 1.9]),
        ("When Ball touches Plate for the second time, open Door", TWICE, [1.5]),
        ("When Ball has touched Plate 3 times, open Door", TWICE, []),
        ("Every second time Ball touches Plate, open Door", THRICE, [1.0]),
        ("After 1 s, open Door", ONE, [1.0]),
        ("Every 1 s, open Door", ONE, [1, 2, 3]),
        ("At the start, open Door", ONE, [0]),
        ("While Ball touches Plate, turn on Lamp", TWICE, [0.5, 1.5]),
        ("When Ball stops touching Plate, open Door", TWICE, [0.8]),
        ("When Ball is above 2 m, open Door", AGAIN, [0.5]),
        ("Whenever Ball is above 2 m, open Door", AGAIN, [0.5, 1.5]),
        ("When Ball touches Plate and Box touches Floor, open Door", BOTH, [1.0]),
        ("When Ball touches Plate and Box touches Floor, open Door", OTHER_WAY, [1.0]),
        ("When Ball touches Plate or Box touches Floor, open Door", BOTH, [0.5]),
        ("When Ball has touched Plate and then Box touches Floor, open Door", BOTH, [1.0]),
        ("When Ball has touched Plate and then Box touches Floor, open Door", OTHER_WAY, []),
        ("When Ball touches Plate, open Door, unless Box has touched Floor", BOTH, [0.5]),
        ("When Ball touches Plate, open Door, unless Box has touched Floor", OTHER_WAY, []),
        ("When either Ball touches Plate or Box touches Floor, but not both, open Door", BOTH, [0.5]),
        ("When Ball touches Plate, if Lamp is on, open Door", ONE, []),
        ("When Ball touches Plate, if Lamp is off, open Door", ONE, [0.5]),
        ("When Ball touches Plate, open Door, wait 1 s and close it", ONE, [0.5]),
        ("When any crate touches Floor, open Door", touches((0.7, 0.9), name="Crate 2", other="Floor"), [0.7]),
        ("When all crates touch Floor, open Door", touches((0.7, 0.9), name="Crate 2", other="Floor"), []),
    ],
)
def test_when_a_rule_acts(rule, act, times):
    assert fired_at(rule, ROOM, act) == near(times)


def code(text):
    found = read(text, ROOM)
    assert isinstance(found, Reading), str(found)
    return python(*found.rules)


def test_what_holds_while_something_is_so_is_undone_at_its_end():
    text = code("While Ball touches Plate, turn on Lamp")
    assert text.index('shine("Lamp")') < text.index("ends(") < text.index('shine_no_more("Lamp", 0)')


def test_several_things_one_after_the_other_have_a_moment_each():
    text = code("When Ball touches Plate, release the crates one after the other, 0.5 s apart")
    assert [text.count(f'"Crate {n}"') for n in (1, 2, 3)] == [1, 1, 1]
    assert "delay=0.5" in text
    assert "delay=1)" in text


def test_labels_of_one_rule_differ():
    text = code("When Ball touches Plate, open Door, wait 1 s, close it, wait 1 s and open it")
    labels = [line.split('once("')[1].split('"')[0] for line in text.splitlines() if 'once("' in line]
    assert len(labels) == len(set(labels)) == 3


def test_labels_of_the_rules_of_one_text_differ():
    text = code("When Ball touches Plate, turn on Lamp. At 2 s raise Door by 1 m.")
    labels = [line.split('once("')[1].split('"')[0] for line in text.splitlines() if 'once("' in line]
    assert len(labels) == len(set(labels)) == 2


@pytest.mark.parametrize("name", ['a"b', "a\\b", "a\nb", "a' + 'b", "{x}", "é球", "\u2028x"])
def test_names_of_any_characters_are_literals(name):
    import ast

    from addon.rules.conditions.touch import Touch
    from addon.rules.effects.hold import Hold
    from addon.rules.model import Rule, Step, When
    from addon.rules.reference import Ref

    thing = Ref(names=(name,))
    text = python(
        Rule(when=When(condition=Touch(a=thing, b=Ref(names=("B",)))), steps=(Step(effects=(Hold(thing=thing),)),))
    )
    constants = [n.value for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Constant)]
    assert constants.count(name) == 2


def test_what_is_done_from_the_start_waits_between_its_steps():
    code = python(*read("Door moves 3 m to the right over 4 s, then Door returns to its start within 2 s", ROOM).rules)
    assert 'glide("Door", (3, 0, 0), 4)' in code
    assert 'once("it 2", so, delay=4)' in code
