import pytest
from addon.coder.template import TemplateCoder

from headless.benchmarks.physibench.generate import SEED, generate
from headless.benchmarks.physibench.readings import canonical, read_rules

TOUCH = 'if once("it", touched("A", "B")):\n    open_door("D")'


@pytest.mark.parametrize(
    "other",
    [
        'if once("label", touched("B", "A")):\n    open_door("D")',
        '# one time\nif once("it", touched("A", "B")):\n    open_door("D")',
    ],
)
def test_what_makes_no_difference_is_left_out(other):
    assert canonical(TOUCH) == canonical(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TOUCH, TOUCH.replace('"D"', '"E"')),
        (TOUCH, TOUCH.replace("))", "), delay=1)")),
        (TOUCH, 'if new_touch("A", "B"):\n    open_door("D")'),
        ('in_order("A", "B", "C", "D")', 'in_order("C", "D", "A", "B")'),
        ("x and y", "x or y"),
        ("x and not y", "y and not x"),
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
    found = list(read_rules(machines, TemplateCoder(), 28, seed=1))
    assert len(found) == 28
    assert len({r.kind for r in found}) >= 12
    assert [r.rule for r in found] == [r.rule for r in read_rules(machines, TemplateCoder(), 28, seed=1)]
    assert any(r.right for r in found)
    assert any(r.got.startswith("# ") and not r.right for r in found)
