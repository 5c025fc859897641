import ast
import re

import pytest

from addon.coder.examples import examples, kind_of, nearest
from addon.coder.link import HELPERS, STEP, compose, compose_read, library, link, pieces
from addon.executor import ScriptError, check

BALL = {"Ball": True, "Crate": True, "Trigger": None, "Pad": None, "Door": None, "Lamp": {"on": False, "n": 0}}


def once_open(condition, delay=""):
    return f'if once("open", {condition}{delay}):\n    objects["Lamp"]["n"] += 1\n'


def test_code_without_helpers_stays_as_it_is():
    assert link("import bpy\nx = 1\n") == "import bpy\nx = 1\n"
    assert link("if x\n") == "if x\n"


def test_a_function_of_the_scripts_own_is_not_replaced():
    code = "def every(n):\n    return n\n\n\nevery(2)\n"
    assert link(code) == code


def test_only_called_helpers_come_along():
    linked = link('if every(2):\n    objects["Lamp"]["on"] = True\n')
    functions = {n.name for n in ast.parse(linked).body if isinstance(n, ast.FunctionDef)}
    assert functions == {"every"}


@pytest.mark.parametrize("name", sorted(library()))
def test_each_helper_passes_the_gate(name):
    arguments = ", ".join(f'"{p}"' for p in library()[name].parameters[: library()[name].minimum])
    check(link(f"{name}({arguments})\n"))


def test_all_examples_pass_the_gate_and_compose():
    rules = [e.rule for e in examples()]
    script = compose(rules, [e.code for e in examples()])
    check(script)
    assert [code for code, _ in pieces(script).values()] == [e.code for e in examples()]


def test_pieces_know_their_lines():
    script = compose(["a", "b"], ['if every(1):\n    objects["A"]["n"] = 1\n', 'objects["B"]["n"] = 2\n'])
    lines = script.splitlines()
    code, span = pieces(script)[2]
    assert code == 'objects["B"]["n"] = 2\n'
    assert [lines[n - 1].strip() for n in span] == ['objects["B"]["n"] = 2']
    assert pieces("if") == {}


def test_a_script_that_could_not_be_read_is_not_one_without_rules(monkeypatch):
    def late(source):
        raise ScriptError("limit", "it takes longer than 5 s")

    monkeypatch.setattr("addon.coder.link.parse", late)
    with pytest.raises(ScriptError, match="takes longer"):
        pieces("x = 1")


def test_and_remembers_touches_in_any_order(scene, play):
    script = compose(["r"], [once_open('touched("Ball", "Pad") and touched("Crate", "Trigger")')])
    touches = [("Trigger", "Crate", 3, 4), ("Ball", "Pad", 9, 9), ("Ball", "Pad", 20, 25)]
    assert play(script, scene(BALL), touches, 30) == {("Lamp", "property.n"): [(9, 1)]}


@pytest.mark.parametrize(
    ("touches", "at"),
    [
        ([("Ball", "Pad", 3, 4), ("Crate", "Trigger", 9, 12)], 9),
        ([("Crate", "Trigger", 3, 20), ("Ball", "Pad", 9, 10)], None),
        ([("Crate", "Trigger", 3, 4), ("Ball", "Pad", 9, 10), ("Trigger", "Crate", 15, 16)], 15),
        ([("Crate", "Trigger", 5, 6), ("Ball", "Pad", 5, 6)], None),
        ([("Ball", "Pad", 3, 4)], None),
    ],
)
def test_an_order_is_one_touch_that_begins_after_another(scene, play, touches, at):
    script = compose(["r"], [once_open('in_order("Ball", "Pad", "Crate", "Trigger")')])
    assert play(script, scene(BALL), touches, 30) == ({} if at is None else {("Lamp", "property.n"): [(at, 1)]})


def test_delays_count_from_the_first_touch(scene, play):
    script = compose(["r"], [once_open('touched("Ball", "Pad")', ", 0.5")])
    assert play(script, scene(BALL), [("Ball", "Pad", 3, 3)], 30) == {("Lamp", "property.n"): [(13, 1)]}


def test_new_touches_are_counted_once_each_even_by_two_rules(scene, play):
    code = 'if new_touch("Ball", "Pad"):\n    objects["Lamp"]["n"] += 1\n'
    third = 'if once("on", touch_count("Pad", "Ball") >= 2):\n    objects["Lamp"]["on"] = True\n'
    played = play(
        compose(["a", "b", "c"], [code, code, third]), scene(BALL), [("Ball", "Pad", 2, 5), ("Ball", "Pad", 8, 9)], 12
    )
    assert played[("Lamp", "property.n")] == [(2, 2), (8, 4)] or played[("Lamp", "property.n")] == [
        (2, 1),
        (2, 2),
        (8, 3),
        (8, 4),
    ]
    assert played[("Lamp", "property.on")] == [(8, True)]


def test_later_acts_for_every_touch(scene, play):
    code = 'if later("n", new_touch("Ball", "Pad"), 0.25):\n    objects["Lamp"]["n"] += 1\n'
    touches = [("Ball", "Pad", 2, 3), ("Ball", "Pad", 5, 6)]
    assert play(compose(["a"], [code]), scene(BALL), touches, 20)[("Lamp", "property.n")] == [(7, 1), (10, 2)]


def test_every_period(scene, play):
    code = 'if every(0.5):\n    objects["Lamp"]["n"] += 1\n'
    assert play(compose(["a"], [code]), scene(BALL), [], 40)[("Lamp", "property.n")] == [(11, 1), (21, 2), (31, 3)]


def test_same_name_in_two_rules_does_not_clash(scene, play):
    code = once_open('touched("Ball", "Pad")')
    played = play(compose(["a", "b"], [code, code]), scene(BALL), [("Ball", "Pad", 2, 2)], 4)
    assert played[("Lamp", "property.n")][-1][1] == 2


def test_glide_moves_evenly_and_ends_exactly(scene, play):
    script = compose(["a"], ['if once("m", now >= 0.1):\n    glide("Door", (1, 0, 0.5), 0.2)\n'])
    path = play(script, scene(BALL), [], 20)[("Door", "location")]
    assert [frame for frame, _ in path] == [3, 4, 5, 6]
    assert path[0][1] == pytest.approx((4.25, 0, 1.125))
    assert path[-1][1] == pytest.approx((5, 0, 1.5))


def test_open_and_close_undo_each_other(scene, play):
    code = 'if once("o", now >= 0.1):\n    open_door("Door")\nif once("c", now >= 1):\n    close_door("Door")\n'
    path = [value for _, value in play(compose(["a"], [code]), scene(BALL), [], 40)[("Door", "location")]]
    assert max(z for _, _, z in path) == pytest.approx(3.0)
    assert path[-1] == pytest.approx((4, 0, 1))


def test_turn_ends_at_the_angle(scene, play):
    script = compose(["a"], ['if once("t", now >= 0):\n    turn("Door", 90, "z", 0.5)\n'])
    turned = play(script, scene(BALL), [], 20)[("Door", "rotation_quaternion")][-1][1]
    assert turned == pytest.approx((0.5**0.5, 0, 0, 0.5**0.5), abs=1e-5)


FEW_EFFECTS = [e for e in examples() if e.code.count("\n    ") <= 2]


@pytest.mark.parametrize("example", FEW_EFFECTS, ids=lambda e: e.rule)
def test_an_example_is_nearest_to_its_own_rule(example):
    names = re.findall(r"\"([A-Z][^\"]*)\"", example.code)
    assert nearest(example.rule, names, 3, examples())[-1].code == example.code


def test_examples_side_by_side_wait_for_different_things():
    rule = "Ring Bell at once if Red Ball meets Plate and Marble meets Left Pad."
    shown = nearest(rule, ["Bell", "Red Ball", "Plate", "Marble", "Left Pad"], 5)
    kinds = [kind_of(e.code) for e in shown]
    assert any(" and " in kind for kind in kinds)
    assert len(set(kinds)) >= 4


def test_retrieval_covers_both_parts_of_a_rule():
    rule = "2 seconds after Ball 2 touches Pad A, move Platform right by 3 m over 2 s."
    shown = " ".join(e.code for e in nearest(rule, ["Ball 2", "Pad A", "Platform"], 3))
    assert "delay=" in shown
    assert "glide(" in shown


def test_a_late_time_is_told_to_the_last_digit():
    code = 'if once("it", now >= 12345.678):\n    fires(rule)\n'
    script = compose_read(["After 12345.678 s, do it"], [code])
    assert "wake_at(12345.678)\n" in script
    assert "acting([((1,), ((1, 'it'),))])" in script


def test_rules_that_remember_things_for_each_other_are_over_together():
    resting, leaving = (f'if once("it", {said}):\n    fires(rule)\n' for said in ('at_rest("A")', 'set_off("A")'))
    script = compose_read(["r"] * 3, [resting, 'if once("it", now >= 1):\n    fires(rule)\n', leaving])
    assert "acting([((2,), ((2, 'it'),)), ((1, 3), ((1, 'it'), (3, 'it')))])" in script
    script = compose_read(["r"] * 2, [resting, 'if begins("b", set_off("A")):\n    fires(rule)\n'])
    assert "acting([((1, 2), ())])" in script


@pytest.mark.parametrize("code", ["if now < 3:\n    pass\n", "x = frame % 2\n", "x = now + 1\n"])
def test_code_that_asks_for_the_time_otherwise_is_called_in_every_step(code):
    assert "idle()" not in compose_read(["r"], [code])


def test_rules_with_their_readings_come_first_and_helpers_after_them():
    rules, code = ["When Ball touches Pad, open Door."], ['if once("it", touched("Ball", "Pad")):\n    fires(rule)\n']
    script = compose_read(rules, code, ["once Ball touches Pad → Door opens within 0.5 s"])
    places = [
        script.index(part)
        for part in (
            "objects = bpy.data.objects",
            "# When Ball touches Pad, open Door.\n# Understood as: once Ball touches Pad → Door",
            "def rule_1():",
            HELPERS,
            "def once(",
            STEP,
            "rule_1()\n",
        )
    ]
    places[-1] = script.rindex("rule_1()\n")
    assert places == sorted(places)
    check(script)


def test_free_code_comes_after_the_helpers_that_it_calls():
    script = link('if every(2):\n    objects["Lamp"]["on"] = True\n')
    assert script.index(HELPERS) < script.index("def every(") < script.index(STEP) < script.index("if every(2)")
