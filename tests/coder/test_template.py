import ast

import pytest
from addon.coder.template import TemplateCoder, rule_code

from addon.coder import CoderError, CodingRequest

OBJECTS = {
    "Ball": True,
    "Ball 2": True,
    "Switch": None,
    "Pad A": None,
    "Left Gate": None,
    "Lift": None,
    "Lamp": {"on": False},
    "Board": {"hits": 0, "mode": "idle"},
}
BALL = 'touched("Ball", "Switch")'
PAD = 'touched("Ball 2", "Pad A")'
LAMP = 'touched("Lift", "Lamp")'
OPEN = 'open_door("Left Gate")'


@pytest.fixture
def graph(scene):
    return scene(OBJECTS, ["Rope"])


def shown(code):
    """Condition and statements of each if, with the label of once and later left out."""
    found = []
    for node in ast.parse(code).body:
        test = node.test
        if isinstance(test, ast.Call) and test.func.id in ("once", "later"):
            del test.args[0]
        found.append((ast.unparse(test), [ast.unparse(s) for s in node.body]))
    return found


def plain(code):
    return ast.unparse(ast.parse(code))


TRIGGERS = {
    "When Ball touches Switch": f"once({BALL})",
    "if the Ball hits the switch": f"once({BALL})",
    "As soon as Ball collides with Switch": f"once({BALL})",
    "Once Ball has reached Switch": f"once({BALL})",
    "When Ball lands on Switch": f"once({BALL})",
    "When Ball has touched Switch and Ball 2 has touched Pad A": f"once({BALL} and {PAD})",
    "When both Ball touches Switch and Ball 2 touches Pad A": f"once({BALL} and {PAD})",
    "When Ball touches Switch, Ball 2 touches Pad A and Lift touches Lamp": f"once({BALL} and {PAD} and {LAMP})",
    "If Ball touches Switch or Ball 2 touches Pad A": f"once({BALL} or {PAD})",
    "If either Ball touches Switch or Ball 2 touches Pad A, but not both": f"once(({BALL}) != ({PAD}))",
    "When Ball touches Switch unless Ball 2 has touched Pad A": f"once({BALL} and not {PAD})",
    "When Ball touches Switch, but not if Ball 2 has touched Pad A": f"once({BALL} and not {PAD})",
    "When Ball touches Switch and Ball 2 has not touched Pad A": f"once({BALL} and not {PAD})",
    "After 2 seconds": "once(now >= 2)",
    "At 2.5 s": "once(now >= 2.5)",
    "1 second after the start": "once(now >= 1)",
    "2 seconds after Ball touches Switch": f"once({BALL}, 2)",
    "When Ball touches Switch, then 2 seconds later": f"once({BALL}, 2)",
    "When Ball touches Switch, wait 0.5 s, then": f"once({BALL}, 0.5)",
    "When Ball is above 1.5 m": 'once(objects["Ball"].location.z > 1.5)',
    "When Ball falls below 2 metres": 'once(objects["Ball"].location.z < 2)',
    "When Board.hits is 3": 'once(objects["Board"].get("hits") == 3)',
    'When Board.mode equals "ready"': 'once(objects["Board"].get("mode") == "ready")',
    "When Board.hits is at least 3": 'once(objects["Board"].get("hits", 0) >= 3)',
    "When Lamp is on": 'once(objects["Lamp"].get("on") == True)',
    "When Ball has touched Switch 3 times": 'once(touch_count("Ball", "Switch") >= 3)',
    "When Ball has hit Switch twice": 'once(touch_count("Ball", "Switch") >= 2)',
    "When Ball touches Switch for the third time": 'once(touch_count("Ball", "Switch") >= 3)',
    "Each time Ball touches Switch": 'new_touch("Ball", "Switch")',
    "Whenever Ball hits Switch": 'new_touch("Ball", "Switch")',
    "1 second after each time Ball touches Switch": 'later(new_touch("Ball", "Switch"), 1)',
    "Every 2 seconds": "every(2)",
}


@pytest.mark.parametrize("words", TRIGGERS)
def test_triggers(graph, words):
    expected = [(plain(TRIGGERS[words]), [plain(OPEN)])]
    comma = "" if words.endswith("then") else ","
    assert shown(rule_code(f"{words}{comma} open Left Gate.", graph)) == expected
    if not words.endswith(("then", "later")):
        assert shown(rule_code(f"Open Left Gate {words[0].lower()}{words[1:]}", graph)) == expected


EFFECTS = {
    "open Left Gate": OPEN,
    "close the left gate": 'close_door("Left Gate")',
    "move Left Gate up by 1.5 m over 2 s": 'glide("Left Gate", (0, 0, 1.5), 2)',
    "slide Left Gate to the left by 1 m in 2 seconds": 'glide("Left Gate", (-1, 0, 0), 2)',
    "push Left Gate back 0.5 metres": 'glide("Left Gate", (0, -0.5, 0))',
    "lower Lift by 2 m over 1 s": 'glide("Lift", (0, 0, -2), 1)',
    "lift Left Gate by 2 m": 'glide("Left Gate", (0, 0, 2))',
    "move Lift by (1, -0.5, 0) over 3 s": 'glide("Lift", (1, -0.5, 0), 3)',
    "rotate Left Gate by -90 degrees about the x axis over 2 s": 'turn("Left Gate", -90, "x", 2)',
    "turn on Lamp": 'objects["Lamp"]["on"] = True',
    "switch Lamp off": 'objects["Lamp"]["on"] = False',
    "toggle Lamp": 'objects["Lamp"]["on"] = not objects["Lamp"].get("on")',
    "set Lamp.on to false": 'objects["Lamp"]["on"] = False',
    'set Board.mode to "ready"': 'objects["Board"]["mode"] = "ready"',
    "set Board.hits to -2.5": 'objects["Board"]["hits"] = -2.5',
    "add 2 to Board.hits": 'objects["Board"]["hits"] = objects["Board"].get("hits", 0) + 2',
    "increase Board.hits by 2": 'objects["Board"]["hits"] = objects["Board"].get("hits", 0) + 2',
    "launch Ball 2 with velocity (1, 0, -2)": 'objects["Ball 2"].velocity = (1, 0, -2)',
    "give Ball the velocity (1, 0, 2) m/s": 'objects["Ball"].velocity = (1, 0, 2)',
    "release Ball": 'objects["Ball"].rigid_body.kinematic = False',
    "let go of Ball": 'objects["Ball"].rigid_body.kinematic = False',
    "freeze Ball": 'objects["Ball"].rigid_body.kinematic = True',
    "disable constraint Rope": 'objects["Rope"].rigid_body_constraint.enabled = False',
    "switch on the constraint Rope": 'objects["Rope"].rigid_body_constraint.enabled = True',
}


@pytest.mark.parametrize("words", EFFECTS)
def test_effects(graph, words):
    expected = [(plain(f"once({BALL})"), [plain(EFFECTS[words])])]
    assert shown(rule_code(f"When Ball touches Switch, {words}.", graph)) == expected
    assert shown(rule_code(f"{words[0].upper()}{words[1:]} when Ball touches Switch.", graph)) == expected


def test_several_effects_with_delays_of_their_own(graph):
    rule = (
        "When Ball touches Switch, open Left Gate, turn on Lamp and release Ball 2, and then 2 s later close Left Gate."
    )
    assert shown(rule_code(rule, graph)) == [
        (
            plain(f"once({BALL})"),
            [
                plain(OPEN),
                plain('objects["Lamp"]["on"] = True'),
                plain('objects["Ball 2"].rigid_body.kinematic = False'),
            ],
        ),
        (plain(f"once({BALL}, 2)"), [plain('close_door("Left Gate")')]),
    ]


def test_an_exception_may_end_or_begin_the_sentence(graph):
    expected = [(plain(f"once(({BALL}) and not ({PAD}))"), [plain(OPEN)])]
    assert (
        shown(rule_code("When Ball touches Switch, open Left Gate, unless Ball 2 has touched Pad A.", graph))
        == expected
    )
    assert (
        shown(rule_code("Unless Ball 2 has touched Pad A, open Left Gate when Ball touches Switch.", graph)) == expected
    )


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("When Boll touches Switch, open Left Gate.", "'Boll touches Switch' is not understood"),
        ("When Ball eats Switch, open Left Gate.", "'Ball eats Switch' is not understood"),
        ("When Ball touches Switch, open Right Gate.", "'open Right Gate' is not understood"),
        ("When Ball touches Switch, paint Left Gate.", "paint Left Gate' is not understood"),
        ("Everything stays still.", "'Everything stays still' is not understood"),
    ],
)
def test_what_is_not_understood_is_named(graph, rule, words):
    with pytest.raises(CoderError) as caught:
        rule_code(rule, graph)
    assert words in caught.value.reason
    assert "When A touches B" in caught.value.advice
    assert "Left Gate" in caught.value.advice


def test_scripts_do_what_the_rules_say(graph, play):
    rules = (
        "When Ball touches Switch, then 0.5 s later open Left Gate.",
        "Each time Ball touches Switch, add 1 to Board.hits.",
        "When Board.hits is 2, disable constraint Rope and launch Ball with velocity (1, 0, 3).",
    )
    result = TemplateCoder().write(CodingRequest(graph, "", rules))
    played = play(result.script, graph, [("Ball", "Switch", 5, 6), ("Switch", "Ball", 10, 11)], 40)
    gate = played.pop(("Left Gate", "location"))
    assert (gate[0][0], gate[-1][1]) == (15, pytest.approx((4, 0, 3)))
    assert played == {
        ("Board", "property.hits"): [(5, 1), (10, 2)],
        ("Rope", "enabled"): [(10, False)],
        ("Ball", "velocity"): [(10, (1, 0, 3))],
    }
    assert (result.coder, result.model, result.requests) == ("template", None, 0)


def test_a_goal_alone_is_beyond_it(graph):
    with pytest.raises(CoderError, match="goal"):
        TemplateCoder().write(CodingRequest(graph, "", goal="make it rain"))
