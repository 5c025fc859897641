"""The templates: 25 ideas, each drawn in many ways."""

from random import Random

import pytest

from headless.benchmarks.puzzles.scene import SIZE
from headless.benchmarks.puzzles.templates import TEMPLATES
from headless.benchmarks.puzzles.templates.parts import mirrored


def test_there_are_25_with_an_idea_each():
    assert [t.number for t in TEMPLATES] == list(range(25))
    assert len({t.name for t in TEMPLATES}) == len({t.idea for t in TEMPLATES}) == 25
    assert all(t.idea.endswith(".") and "\n" not in t.idea for t in TEMPLATES)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_draws_differ_and_come_from_their_seed(template):
    drawn = [template.draw(Random(seed)) for seed in range(8)]
    assert len(set(drawn)) == 8
    assert drawn == [template.draw(Random(seed)) for seed in range(8)]
    for things in drawn:
        assert sorted(t.role for t in things if t.role) == ["goal_object", "goal_target"]
        assert next(t for t in things if t.role == "goal_object").dynamic
        assert all(0 <= t.x <= SIZE and 0 <= t.y <= SIZE for t in things if t.role or t.dynamic)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_a_mirror_image_of_a_mirror_image_is_the_scene(template):
    things = template.draw(Random(0))
    twice = mirrored(mirrored(things))
    assert [t.polygons for t in twice] == [t.polygons for t in things]
    assert [(t.x, t.angle) for t in twice] == [(pytest.approx(t.x), t.angle) for t in things]
