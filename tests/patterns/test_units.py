import pytest

from addon.patterns import library
from addon.patterns.annotation import annotate
from addon.patterns.units import Unit
from addon.scene_graph import Plane, World

from .builder import Touch, ball, build, fall, floor, path


@pytest.mark.parametrize(
    ("plane", "metres", "length", "speed"),
    [
        (None, 0.25, "0.25 m", "0.25 m/s"),
        (None, 123.4, "123 m", "123 m/s"),
        (None, 99.7, "100 m", "100 m/s"),
        (None, 99.4, "99 m", "99 m/s"),
        (Plane(), 0.5, "3 units", "3 units/s"),
        (Plane(), 30.7, "184 units", "184 units/s"),
        (Plane(meters_per_unit=1.0), 0.123, "0.12 units", "0.12 units/s"),
    ],
)
def test_lengths_and_speeds_in_words(plane, metres, length, speed):
    unit = Unit.of(World(plane=plane))
    assert (unit.length(metres), unit.speed(metres)) == (length, speed)


def told(plane):
    """The descriptions of a run in which a ball rolls, falls from a step, bounces and passes another one closely."""
    way = [*path((0, 0, 0.5), (40, (3, 0, 0)))[:-1], *fall((2, 0, 0.5), (3, 0, 0), 40)]
    way += [*fall(way[-1], (3, 0, 3), 20)[1:]]
    bodies = [ball("Green", way), ball("Blue", (5, 0, -0.6)), floor()]
    found = annotate(build(bodies, [Touch("Floor", "Green", 0, 40), Touch("Floor", "Green", 80, 81)], plane=plane))
    return [a.description for a in found.activations]


def test_planes_speak_in_units_and_space_in_metres():
    flat, space = " ".join(told(Plane())), " ".join(told(None))
    assert " units/s" in flat
    assert not any(word in flat for word in (" m ", " m.", " m/s"))
    assert " m/s" in space
    assert "unit" not in space


def test_no_description_of_the_library_has_metres_of_its_own():
    """Numbers of parameters are in m and m/s, with the unit at the end of what they mean."""
    for pattern in library():
        for parameter in pattern.parameters.values():
            if parameter.kind == "number":
                assert parameter.text.rsplit(", ", 1)[1] in ("m", "m/s", "s", "J", "degrees"), pattern.uid
