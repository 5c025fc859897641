import pytest
from addon.jobs.rules import RuleError, check_names, split_rules

from addon.scene_graph import Constraint, Primitive, RigidBody, SceneGraph, SceneObject

CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))
SCENE = SceneGraph(
    objects=(
        SceneObject(name="Ball", properties={"Hits": 0}, geometry=CUBE, body=RigidBody()),
        SceneObject(name="Left Door"),
        SceneObject(name="Kugel-1 «é»"),
        SceneObject(name="Box.001"),
    ),
    constraints=(Constraint(name="Hinge", type="HINGE", object1="Ball"),),
)
OTHERS = {"Light": "light", "Camera": "camera", "Ball": "curve"}


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
        "When Kugel-1 «é» moves, open Left Door",
        "When 'Kugel-1 «é»' moves, open the Door",
        "move Box.001 up; Disable Hinge",
        "When Ball touches Box, Open the Door",
        "When Ball doesn't touch Box for 2 s, it's over",
        "the Ball's speed is 3",
        "NEVER open Left Door",
        "Rule: Open Left Door (When Ball moves)",
        "when the ball moves, the élan is kept",
    ],
)
def test_known_names_pass(rule):
    check_names((rule,), SCENE, OTHERS)


@pytest.mark.parametrize("amount", ["5 N", "5N", "2.5 Nm", "10 J", "3 Hz", "20 °C", "300 K", "1,5 Newton", "100 Pa"])
def test_units_are_no_names(amount):
    check_names((f"When Ball moves, push it with {amount} along X",), SCENE)


@pytest.mark.parametrize(
    "rule",
    [
        "Wenn der Ball die Tür berührt, öffne das Tor",
        "Öffne die Tür nach 2 Sekunden",
        "Quand Ball touche la Porte, ouvre la Fenêtre",
        "Cuando Ball toca la Puerta, abre la Ventana",
        "Als Ball de Deur raakt, open de Poort",
    ],
)
def test_capitals_of_other_languages_are_no_names(rule):
    check_names((rule,), SCENE)


@pytest.mark.parametrize(
    ("rule", "hint"),
    [
        ("If the Bal moves, wait", "did you mean 'Ball'"),
        ("open 'gate'", "the scene has Ball, Left Door"),
        ("When Ball hits Trigger, open Left Door", "'Trigger', which is not in the scene"),
        ("When Ball hits Tür, open Left Door", "'Tür', which is not in the scene"),
        ("release 3 Elephants", "'Elephants', which is not in the scene"),
        ("Wenn der Ball 'Tür' berührt", "'Tür', which is not in the scene"),
    ],
)
def test_unknown_names_are_refused(rule, hint):
    with pytest.raises(RuleError, match=hint):
        check_names((rule,), SCENE)


@pytest.mark.parametrize(
    ("rule", "kind"),
    [("turn on Light", "light"), ("When Ball moves, turn on 'Light'", "light"), ("move Camera up", "camera")],
)
def test_what_is_there_but_out_of_reach_is_told_as_such(rule, kind):
    with pytest.raises(RuleError, match=f"is a {kind}: .* not of that yet"):
        check_names((rule,), SCENE, OTHERS)


def test_a_small_letter_is_not_a_light():
    check_names(("when the ball moves, the light goes on",), SCENE, OTHERS)


def test_a_long_list_of_names_is_cut():
    many = SceneGraph(objects=tuple(SceneObject(name=f"Brick {n}") for n in range(300)))
    with pytest.raises(RuleError, match=r"Brick 0, .* and 288 more$"):
        check_names(("When Elephant moves, wait",), many)
