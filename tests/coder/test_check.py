import pytest
from addon.coder.check import doubt_of, error_of

from addon.coder.examples import examples

OBJECTS = {"Ball": True, "Ball 2": True, "Left Pad": None, "Door": None, "Lamp": {"on": False}}


@pytest.fixture
def graph(scene):
    return scene(OBJECTS, ["Hinge"])


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("if x\n    y", "line 1 is not Python"),
        ("if oncee('a', now > 1):\n    open_door('Door')", "nothing called 'oncee'"),
        ("if touched('Bal', 'Door'):\n    open_door('Door')", "no object 'Bal', but there is 'Ball'"),
        ("objects['Gate'].location.z = 1", "no object 'Gate'; there are Ball, Ball 2"),
        ("bpy.data.objects['Gate'].location.z = 1", "no object 'Gate'"),
        ("if once('a'):\n    open_door('Door')", "the call is once(name, condition, delay=0.0), not once('a')"),
        ("if once('a', now > 1, after=2):\n    open_door('Door')", "the call is once("),
        ("objects['Ball']['rigid_body.kinematic'] = False", "no custom property: write objects['Ball'].rigid_body.kin"),
    ],
)
def test_what_cannot_run(graph, code, words):
    assert words in error_of(code, graph)


@pytest.mark.parametrize(
    "code",
    [
        "objects['Hinge'].rigid_body_constraint.enabled = False",
        "for name in ['Ball', 'Door']:\n    objects[name].location.z += 1",
        "best = max(o.location.z for o in objects)\nstate['best'] = best",
        "def up(a):\n    glide(a, (0, 0, 1), seconds=2)\nup('Door')",
    ],
)
def test_what_can_run(graph, code):
    assert error_of(code, graph) is None


@pytest.mark.parametrize(
    ("rule", "code", "words"),
    [
        (
            "When Ball touches Left Pad, open Door.",
            "if once('a', touched('Ball', 'Left Pad')):\n    pass",
            "changes nothing",
        ),
        (
            "2 seconds after Ball touches Left Pad, open Door.",
            "if once('a', touched('Ball', 'Left Pad')):\n    open_door('Door')",
            "the rule says 2",
        ),
        (
            "When Ball 2 touches Left Pad, open Door.",
            "if once('a', touched('Ball', 'Left Pad')):\n    open_door('Door')",
            "the rule names 'Ball 2'",
        ),
        (
            "When Ball touches Left Pad, open Door.",
            "if new_touch('Ball', 'Left Pad'):\n    open_door('Door')",
            "if once(\"it\", touched('Ball', 'Left Pad')):",
        ),
        (
            "Each time Ball touches Left Pad, open Door.",
            "if once('a', touched('Ball', 'Left Pad')):\n    open_door('Door')",
            "'Each' means again and again",
        ),
        (
            "When Ball touches Left Pad, move Door forward by 1 m.",
            "if once('a', touched('Ball', 'Left Pad')):\n    glide('Door', (1, 0, 0))",
            "the direction is +y",
        ),
        (
            "When Ball touches Left Pad, lower Door by 1 m.",
            "if once('a', touched('Ball', 'Left Pad')):\n    glide('Door', (0, 0, 1))",
            "the direction is -z",
        ),
    ],
)
def test_what_seems_not_to_follow_the_rule(graph, rule, code, words):
    assert words in doubt_of(code, rule, graph)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("When Ball touches Left Pad, open Door.", "if once('a', touched('Ball', 'Left Pad')):\n    open_door('Door')"),
        (
            "When Ball touches Left Pad, move Door left by 1.50 m.",
            "if once('a', touched('Ball', 'Left Pad')):\n    glide('Door', (-1.5, 0, 0))",
        ),
        ("While Ball touches Left Pad, light Lamp.", "objects['Lamp']['on'] = touching('Ball', 'Left Pad')"),
    ],
)
def test_what_follows_the_rule(graph, rule, code):
    assert doubt_of(code, rule, graph) is None


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.rule)
def test_the_worked_examples_raise_no_doubt(graph, example):
    assert doubt_of(example.code, example.rule, graph) is None
