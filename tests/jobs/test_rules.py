import pytest

from addon.jobs.rules import RuleError, check_names, split_rules
from addon.scene_graph import SceneGraph, SceneObject

SCENE = SceneGraph(objects=(SceneObject(name="Ball", properties={"Hits": 0}), SceneObject(name="Left Door")))


def test_rules_are_lines_or_sentences():
    text = "1. When Ball hits Trigger, open Door.\n\n- After 1.5 s, stop. Then wait\n# a note\n"
    assert split_rules(text) == ("When Ball hits Trigger, open Door.", "After 1.5 s, stop.", "Then wait")


@pytest.mark.parametrize(
    "rule",
    [
        "If Ball moves, open Left Door",
        "when the ball moves, open the Door",
        "Everything stays still",
        "Both Balls AND the Left Door move along X",
        "add 1 to Ball.Hits",
        "open 'left door'",
    ],
)
def test_known_names_pass(rule):
    check_names((rule,), SCENE)


@pytest.mark.parametrize(
    ("rule", "hint"),
    [
        ("If the Bal moves, wait", "did you mean 'Ball'"),
        ("open 'gate'", "the scene has Ball, Left Door"),
        ("When Ball hits Trigger, open Left Door", "'Trigger', which is not in the scene"),
    ],
)
def test_unknown_names_are_refused(rule, hint):
    with pytest.raises(RuleError, match=hint):
        check_names((rule,), SCENE)
