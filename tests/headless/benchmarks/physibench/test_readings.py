import pytest

from addon.coder import RuleCoder
from headless.benchmarks.physibench.canonical import canonical
from headless.benchmarks.physibench.examples import examples
from headless.benchmarks.physibench.generate import SEED, generate
from headless.benchmarks.physibench.readings import read_one, read_rules

TOUCH = 'if once("it", touched("A", "B")):\n    open_door("D")'
CODER = RuleCoder("template")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TOUCH, 'if once("label", touched("B", "A")):\n    open_door("D")'),
        (TOUCH, '# one time\nif once("it", touched("A", "B")):\n    fires(rule)\n    open_door("D")'),
        ("fires(rule)\nx = 1", "x = 1"),
        ('in_order("A", "B", "C", "D")', 'one_after_other("order", new_touch("B", "A"), new_touch("C", "D"))'),
        ("x == 3", 'reaches("reaches", x, 3)'),
        ("x == 3", "equals(x, 3)"),
        ("x > 1.5", 'passes("passes", x, 1.5)'),
        ('once("it", x > 1.5)', 'once("it", becomes("becomes", x > 1.5))'),
        ('objects["A"].location.z > 1.5', 'compared(1.5, "A", "location", "z") > 0'),
        ('objects["A"].velocity.length < 2', 'compared(2, "A", "velocity", "length") < 0'),
        ('distance("A", "B") < 0.5', 'compared(0.5, "A", "location", "length", "B") <= 0'),
        (
            'math.degrees(objects["A"].angular_velocity.length) > 90',
            'compared(math.radians(90), "A", "angular_velocity", "length") > 0',
        ),
        ('objects["A"].location.z > objects["B"].location.z', 'compared(0, "A", "location", "z", "B") > 0'),
        (
            'if touching("A", "B"):\n    x = 1',
            'so = touching("A", "B")\nif begins("b", so):\n    fires(rule)\nif so:\n    x = 1',
        ),
    ],
)
def test_what_makes_no_difference_is_left_out(one, other):
    assert canonical(one) == canonical(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TOUCH, TOUCH.replace('"D"', '"E"')),
        (TOUCH, TOUCH.replace("))", "), delay=1)")),
        (TOUCH, 'if new_touch("A", "B"):\n    open_door("D")'),
        ('in_order("A", "B", "C", "D")', 'in_order("C", "D", "A", "B")'),
        ('in_order("C", "D", "A", "B")', 'one_after_other("order", new_touch("B", "A"), new_touch("C", "D"))'),
        ("x and y", "x or y"),
        ("x and not y", "y and not x"),
        ("x < 1.5", 'passes("passes", x, 1.5)'),
        ('objects["A"].location.z > 1.5', 'compared(1.5, "A", "location", "z") >= 0'),
        (
            'so = touching("A", "B")\nif begins("b", so):\n    y = 1\nif so:\n    x = 1',
            'if touching("A", "B"):\n    x = 1',
        ),
    ],
)
def test_what_makes_a_difference_stays(one, other):
    assert canonical(one) != canonical(other)


def test_order_makes_no_difference_where_there_is_none():
    assert canonical('in_order("B", "A", "C", "D")') == canonical('in_order("A", "B", "D", "C")')
    assert canonical("x and y") == canonical("y and x")
    assert canonical("x != y") == canonical("y != x")
    assert canonical("glide('D', (0, 0, 1), seconds=2)") == canonical("glide('D', (0, 0, 1), 2)")
    assert canonical("no python at all") == ""


def test_rules_go_through_all_kinds():
    machines = generate(40, SEED, split="train")
    found = list(read_rules(machines, CODER, 28, seed=1))
    assert len(found) == 28
    assert len({r.kind for r in found}) >= 12
    assert [r.rule for r in found] == [r.rule for r in read_rules(machines, CODER, 28, seed=1)]


def readings(machines):
    return [read_one(m, n, CODER) for m in machines for n in range(1, len(m.graph.rules) + 1)]


def told(found):
    return "\n".join(f"{r.rule}\n  {r.got}" for r in found)


def test_every_rule_in_plain_words_is_read_right():
    found = readings(examples())
    assert [r for r in found if not r.right] == [], told(r for r in found if not r.right)


@pytest.mark.parametrize(("split", "share"), [("dev", 0.97), ("train", 0.95)])
def test_rules_are_read_right_or_refused(split, share):
    found = readings(generate(4, SEED, split=split))
    assert [r for r in found if r.outcome == "wrong"] == [], told(r for r in found if r.outcome == "wrong")
    assert sum(r.right for r in found) / len(found) >= share
    assert all(r.got.startswith("# rule") for r in found if r.outcome == "refused")
