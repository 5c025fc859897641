"""Open numbers of a script and its own wishes: found, given other values, refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addon.executor import ScriptError
from addon.executor.plain import run_plain
from addon.executor.tuning import MOST, open_numbers, wants, with_numbers

SOURCE = (
    "import bpy\n"
    "# Grüße: tune(9, 9, 9) in a remark\n"
    'ball = bpy.data.objects["Bäll"]; ball.velocity = (tune(-2.5, -4, 4), 0, tune(value=1, low=0, high=3))\n'
    "want('EVENT(\"CollisionStart\")')\n"
    "x = tune(\n    3,\n    1, 8)\n"
    "want('NOT(EVENT(\"TaskComplete\"))')\n"
)


def test_numbers_are_found_in_the_order_of_the_text():
    found = open_numbers(SOURCE)
    assert [(n.value, n.low, n.high, n.line) for n in found] == [(-2.5, -4, 4, 3), (1, 0, 3, 3), (3, 1, 8, 5)]
    assert wants(SOURCE) == ('EVENT("CollisionStart")', 'NOT(EVENT("TaskComplete"))')
    assert open_numbers("x = 1\n") == ()


def test_other_values_leave_the_rest_of_the_text_alone():
    other = with_numbers(SOURCE, (1.25, 2.0, 7.5))
    assert other == (
        SOURCE.replace("tune(-2.5,", "tune(1.25,").replace("value=1,", "value=2,").replace("    3,\n", "    7.5,\n")
    )
    assert with_numbers(other, (-2.5, 1.0, 3.0)) == SOURCE


def test_numbers_are_written_out_to_the_last_digit():
    source = "y = tune(1234567.0, 1234567, 1234568)"
    assert with_numbers(source, (1234567.25,)) == source.replace("(1234567.0", "(1234567.25")
    assert with_numbers("\ufeffx = tune(1, 0, 2)", (1.5,)) == "x = tune(1.5, 0, 2)"


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.floats(-9, 9), st.floats(0.01, 5), st.floats(0, 1)), min_size=1, max_size=MOST),
    st.text(alphabet="aé日 #\t", max_size=8),
)
def test_values_go_through_the_text(bounds, remark):
    lines = []
    for low, width, share in bounds:
        low = float(f"{low:.6g}")
        lines.append((float(f"{low + share * width:.6g}"), low - 1.0, low + width + 1.0))
    source = "\r\n".join(f"'{remark}'; x{k} = tune({v!r}, {a!r}, {b!r})" for k, (v, a, b) in enumerate(lines))
    assert [(n.value, n.low, n.high) for n in open_numbers(source)] == lines
    middle = [float(f"{(a + b) / 2:.6g}") for _, a, b in lines]
    assert [n.value for n in open_numbers(with_numbers(source, middle))] == middle


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("x = 1\ny = tune(4.0)", 2, "open without bounds"),
        ("t = tune\ny = t(4.0, 1.0, 8.0)", 1, "only to be called"),
        ("x = 1\ndef tune(a, b, c):\n    return 0\ny = tune(4.0, 1.0, 8.0)", 2, "needs another name"),
        ("y = tune(4.0, 1.0)", 1, "tune(4.0, 1.0, 8.0)"),
        ("y = tune()", 1, "open without bounds"),
        ("a = 1\ny = tune(4.0, a, 8.0)", 2, "open without bounds"),
        ("y = tune(4.0, 1.0, 8.0, 9.0)", 1, "open without bounds"),
        ("y = tune(4.0, low=1.0, most=8.0)", 1, "open without bounds"),
        ("y = tune(*[4.0, 1.0, 8.0])", 1, "open without bounds"),
        ("y = tune(4.0, 8.0, 1.0)", 1, "wrong way round"),
        ("y = tune(4.0, 5.0, 8.0)", 1, "not between 5 and 8"),
        ("y = tune(True, 0, 2)", 1, "open without bounds"),
        ("y = tune('4', 0, 2)", 1, "open without bounds"),
        ("y = tune(1, 0, 1e400)", 1, "open without bounds"),
        ("\n".join(["y = tune(1, 0, 2)"] * (MOST + 1)), MOST + 1, f"more than {MOST}"),
    ],
)
def test_numbers_that_cannot_be_found_are_refused(source, line, words):
    with pytest.raises(ScriptError) as caught:
        open_numbers(source)
    assert caught.value.kind == "refused"
    assert caught.value.line == line
    assert words in caught.value.text()


@pytest.mark.parametrize("source", ["want()", "want(1)", "w = 'x'\nwant(w)", "want('a', 'b')", "want(f'{1}')"])
def test_wishes_must_be_written_out(source):
    with pytest.raises(ScriptError, match="one text"):
        wants(source)


def test_a_script_runs_with_the_numbers_as_they_stand():
    run = run_plain("want('x')\nprint(tune(4.0, 1, 8) + 1)", [{"name": "A"}], 1)
    assert (run.error, run.printed) == (None, ["5.0\n"])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("tune(4.0)", "missing"),
        ("tune('a', 1, 2)", "three numbers"),
        ("tune(9, 1, 2)", "not between"),
        ("want(3)", "needs a text"),
        ("tune(True, 0, 2)", "three numbers"),
    ],
)
def test_a_script_that_uses_them_wrongly_is_told(line, words):
    run = run_plain(line, [{"name": "A"}], 1)
    assert run.error is not None
    assert (run.error.line, words in run.error.text()) == (1, True)
