"""Scripts that failed."""

import pytest

from tests.jobs.why.runs import asked, ball, fixed, floor, lamp, plan, proved

RULE = "When Ball touches Plate, turn Lamp on"
OBJECTS = floor(), ball(), fixed("Plate", (0, 0, 0.03), (1, 1, 0.06)), lamp()


def failed(script, rules=(RULE,)):
    """The plan of a script and the causes of its failure."""
    made = plan(*OBJECTS, rules=rules, script=script)
    return made, next(one for one in asked(made)[1] if one.rule is None and one.object is None).causes


@pytest.mark.parametrize(
    ("script", "kind", "told"),
    [
        (
            "if frame > 5:\n    x = bpy.data.objects['Bal'].location\n",
            "failed",
            "The script failed at frame 6 (0.10 s) (line 2: x = bpy.data.objects['Bal'].location): KeyError: there is "
            "no object 'Bal'; did you mean 'Ball'?",
        ),
        ("if frame > 5\n    x = 1\n", "syntax", "The script was not run (line 1: if frame > 5): not valid Python"),
        ("import os\n", "refused", "The script was not run (line 1: import os): "),
        ("while True:\n    pass\n", "limit", "What a script may take is a setting: its budgets."),
        ("bpy.data.objects['Ball'].location = (1, 2, float('nan'))\n", "failed", "location"),
    ],
)
def test_a_failure_tells_where_and_what_mends_it(script, kind, told):
    made, (cause,) = failed(script)
    assert cause.kind == f"script {kind}"
    assert told in cause.text
    (anew,) = cause.mends
    assert proved(made, anew)
    assert proved(made, anew, rule=1)


def test_what_lacks_a_body_gets_one():
    made, (cause,) = failed("x = bpy.data.objects['Lamp'].rigid_body.mass\n", rules=())
    assert "Lamp has no rigid body." in cause.text
    (mend,) = cause.mends
    assert proved(made, mend)


def test_without_rules_that_are_read_nothing_is_written_anew():
    _, (cause,) = failed("x = 1 / 0\n", rules=["frobnicate the gizmo"])
    assert "division" in cause.text
    assert cause.mends == ()


def test_a_script_that_ran_has_no_cause():
    assert asked(plan(*OBJECTS, rules=[RULE]))[1] == ()
