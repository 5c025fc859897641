"""What is said of being seen and of sizes, and what becomes of it in Blender."""

import pytest

from addon.rules.effects.size import Resize
from addon.rules.effects.visibility import Hide, Show
from tests.rules.effects.reading import code, effect, refused, rules
from tests.rules.effects.test_run import run, solid, space  # noqa: F401


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("hide Lamp", Hide),
        ("Lamp disappears", Hide),
        ("make Lamp vanish", Hide),
        ("Lamp becomes invisible", Hide),
        ("take Lamp out of sight", Hide),
        ("show Lamp", Show),
        ("Lamp appears", Show),
        ("make Lamp visible", Show),
        ("Lamp is no longer hidden", Show),
    ],
)
def test_what_is_seen(words, kind):
    assert type(effect(words)) is kind


@pytest.mark.parametrize(
    ("words", "factor", "what", "over"),
    [
        ("make Lamp twice as big", 2, "size", 0),
        ("Lamp becomes three times as large within 2 s", 3, "size", 2),
        ("Lamp shrinks to half its size over 1 s", 0.5, "size", 1),
        ("scale Lamp by 1.5", 1.5, "size", 0),
        ("Lamp grows to 200 % of its size", 2, "size", 0),
        ("double the size of Lamp", 2, "size", 0),
        ("Lamp doubles in size within 500 ms", 2, "size", 0.5),
        ("the width of Lamp is halved", 0.5, "width", 0),
        ("make Lamp half as tall", 0.5, "height", 0),
        ("multiply the depth of Lamp by 4", 4, "depth", 0),
    ],
)
def test_sizes(words, factor, what, over):
    found = effect(words)
    assert isinstance(found, Resize)
    assert (found.factor, found.what, found.over) == (factor, what, over)


def test_a_counter_that_grows_counts():
    assert effect("Counter grows by 2").kind == "add"


def test_for_a_time():
    (rule,) = rules("When Ball touches Plate, Lamp disappears for 2 s")
    assert [type(e) for e in rule.effects] == [Hide, Show]
    (rule,) = rules("As long as Ball touches Plate, Lamp is twice as big")
    assert rule.effects[0].undone().factor == 0.5
    assert code("hide Lamp") == 'hide("Lamp")'


@pytest.mark.parametrize(
    "words",
    [
        "Lamp grows",
        "shrink Lamp by 2",
        "make Lamp bigger",
        "Lamp grows to half its size",
        "scale Lamp by 0",
        "hide Hinge",
    ],
)
def test_what_says_no_size_is_refused(words):
    assert refused(f"When Ball touches Plate, {words}")


def test_in_a_run(run):  # noqa: F811
    graph = space(solid("A", (0, 0, 0)), solid("B", (3, 0, 0), type="PASSIVE"), gravity=(0, 0, 0))
    texts = (
        "After 0.5 s, hide A",
        "After 1 s, show A",
        "After 0.5 s, double the size of A",
        "After 0.5 s, B shrinks to half its size over 1 s",
    )
    trace = run(graph, 120, *texts)
    hidden = [(e.frame, e.parameters["new"]) for e in trace.events if e.parameters.get("property") == "hide_render"]
    assert hidden == [(31, True), (61, False)]
    assert trace.scale[[30, 31, -1], 0, 0] == pytest.approx([1, 2, 2])
    assert trace.scale[[30, 60, -1], 1, 2] == pytest.approx([1, 0.75, 0.5], abs=0.01)
