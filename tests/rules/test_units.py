import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.rules.templates import UNITS
from addon.rules.units import DIMENSIONS, number, quantities_at, told


def whole(text):
    """What a whole text can be: values by dimension."""
    return {q.dimension: q.value for end, q in quantities_at(text, 0) if end == len(text)}


@pytest.mark.parametrize(
    ("text", "dimension", "value"),
    [
        ("500 ms", "time", 0.5),
        ("0.5s", "time", 0.5),
        ("2 seconds", "time", 2),
        ("1 sec", "time", 1),
        ("2 min", "time", 120),
        ("half a second", "time", 0.5),
        ("a second", "time", 1),
        ("a quarter of a second", "time", 0.25),
        ("two seconds", "time", 2),
        ("one and a half seconds", "time", 1.5),
        ("1,5 s", "time", 1.5),
        ("twenty-five milliseconds", "time", 0.025),
        ("50 cm", "length", 0.5),
        ("5mm", "length", 0.005),
        ("1.2 m", "length", 1.2),
        ("2 km", "length", 2000),
        ("half a metre", "length", 0.5),
        ("10 inches", "length", 0.254),
        ("3 feet", "length", 0.9144),
        ("2-metre", "length", 2),
        ("½ m", "length", 0.5),
        ("90 degrees", "angle", 90),
        ("90°", "angle", 90),
        ("-45 deg", "angle", -45),
        ("two full turns", "angle", 720),
        ("a quarter turn", "angle", 90),
        ("three quarter of a second", "time", 0.75),
        ("two third of a metre", "length", 2 / 3),
        ("an eighth of a second", "time", 0.125),
        ("3 rad", "angle", 171.887339),
        ("3 m/s", "speed", 3),
        ("18 km/h", "speed", 5),
        ("50 cm/s", "speed", 0.5),
        ("2 metres per second", "speed", 2),
        ("90 degrees per second", "rate", 90),
        ("30 rpm", "rate", 180),
        ("1 rad/s", "rate", 57.295780),
        ("1.6 m/s²", "acceleration", 1.6),
        ("5 N", "force", 5),
        ("2 kN", "force", 2000),
        ("3 kg", "mass", 3),
        ("30 g", "mass", 0.03),
        ("50 %", "percent", 50),
        ("50 percent", "percent", 50),
        ("3 times", "count", 3),
        ("twice", "count", 2),
        ("once", "count", 1),
        ("7", "number", 7),
        ("−2.5", "number", -2.5),
        ("three", "number", 3),
    ],
)
def test_a_quantity_is_kept_in_one_unit(text, dimension, value):
    assert whole(text)[dimension] == pytest.approx(value)
    assert dimension == "number" or "number" not in whole(text)


@pytest.mark.parametrize("text", ["3 s", "3 m", "3 cm", "3 m/s", "3 degrees", "3 N", "3 kg", "3 %"])
def test_what_has_a_unit_is_nothing_else(text):
    assert len(whole(text)) == 1


@pytest.mark.parametrize("text", ["3 mph2", "3 metronomes", "3 sx", "3 parsecs", "3 °F"])
def test_an_unknown_unit_is_no_unit(text):
    assert whole(text) == {}


def test_a_speed_is_no_length():
    assert "length" not in {q.dimension for _, q in quantities_at("3 m/s", 0)}
    assert "length" not in {q.dimension for _, q in quantities_at("3 metres per second", 0)}
    assert "angle" not in {q.dimension for _, q in quantities_at("90 degrees per second", 0)}


@given(st.decimals(min_value=-1000, max_value=1000, places=3))
def test_figures_are_read_back(value):
    assert number(f"{value}") == pytest.approx(float(value))
    assert number(told(float(value))) == pytest.approx(float(value), rel=1e-5, abs=1e-9)


def test_every_dimension_can_be_told_in_an_example():
    assert set(UNITS) | {"number"} == set(DIMENSIONS)
