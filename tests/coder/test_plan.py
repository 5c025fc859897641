import pytest
from addon.coder.plan import kind_of, plan_of, planned

from addon.coder.examples import example_library

A, B = 'touched("Red Ball", "Pad")', 'touched("Cup", "Mat")'
PLANS = {
    f'once("it", {A})': ("once: Red Ball touches Pad", "touch"),
    f'once("it", {A}, delay=1.5)': ("later, once: 1.5 s after Red Ball touches Pad", "touch, delayed"),
    'new_touch("Red Ball", "Pad")': ("each time: Red Ball touches Pad", "each touch"),
    'later("it", new_touch("Red Ball", "Pad"), 1)': (
        "later, each time: 1 s after Red Ball touches Pad",
        "each touch, later",
    ),
    'touching("Red Ball", "Pad")': ("as long as: Red Ball touches Pad", "while touching"),
    'once("it", touch_count("Red Ball", "Pad") >= 3)': (
        "number of times: Red Ball has touched Pad 3 times",
        "number of touches",
    ),
    f'once("it", {A} and {B})': ("both: Red Ball touches Pad and Cup touches Mat", "and"),
    f'once("it", {A} or {B})': ("one of them is enough: Red Ball touches Pad or Cup touches Mat", "or"),
    f'once("it", {A} != {B})': ("exactly one: Red Ball touches Pad or Cup touches Mat", "either, not both"),
    f'once("it", {A} and not {B})': ("without: Red Ball touches Pad and Cup has not touched Mat", "and not"),
    'once("it", in_order("Red Ball", "Pad", "Cup", "Mat"))': (
        "in order: first Red Ball touches Pad, then Cup touches Mat",
        "order",
    ),
    'once("it", now >= 2)': ("time: at 2 s", "time"),
    "every(0.5)": ("again and again: every 0.5 s", "period"),
    'once("it", objects["Lamp"]["on"])': ("state: Lamp is on", "state"),
    'once("it", not objects["Lamp"]["on"])': ("state: Lamp is off", "state"),
    'once("it", objects["Gong"]["loud"])': ("state: Gong.loud is true", "state"),
    'once("it", objects["Board"]["score"] >= 3)': ("state: Board.score is at least 3", "state"),
    'once("it", objects["Key"]["mode"] == "armed")': ("state: Key.mode is armed", "state"),
    'once("it", objects["Cup"].location.z < 0.4)': ("height: Cup is below 0.4 m", "height"),
}


@pytest.mark.parametrize("test", PLANS)
def test_a_plan_says_in_words_what_code_waits_for(test):
    code = f'if {test}:\n    open_door("Door")\n'
    assert (plan_of(code), kind_of(code)) == PLANS[test]
    assert planned(code) == f"# {PLANS[test][0]}\n{code}"


def test_every_example_has_a_plan_that_is_no_python():
    for example in example_library():
        plan = plan_of(example.code)
        assert ": " in plan
        assert not set(plan) & set('"()[]='), plan
