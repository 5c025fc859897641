from addon.coder.link import compose
from addon.ui.operators.script import first_rule, line_in


def test_a_script_is_shown_from_its_rules_on():
    script = compose(["Open Door."], ['if once("it", now >= 1):\n    open_door("Door")\n'])
    assert script.splitlines()[first_rule(script) - 1] == "# Open Door."
    assert first_rule("import bpy\n") == 1


def test_the_line_of_a_problem_is_found():
    assert line_in("line 12: os is not allowed") == 12
    assert line_in("nothing") == 0
