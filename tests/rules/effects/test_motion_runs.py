"""What the code of motions does, step by step, without an engine."""

from __future__ import annotations

import math

import pytest

from addon.coder.link import compose
from addon.rules.read import Reading, read
from addon.rules.room import room
from tests.coder.conftest import play

START = {"Door": (2, 0, 0.7), "Lamp": (0, 2, 2), "Counter": (0, -2, 1)}
DT = 1 / 60


def code(at: float, *deeds: str) -> str:
    """Statements of some effects, done once so many seconds after the start."""
    lines = []
    for deed in deeds:
        reading = read(f"When Ball touches Plate, {deed}", room())
        assert isinstance(reading, Reading), reading
        for effect in reading.rules[0].effects:
            lines += [line for name in effect.thing.names for line in effect.python(f'"{name}"')]
    return f'if once("at {at}", now >= {at}):\n' + "".join(f"    {line}\n" for line in lines)


def run(steps: int, *snippets: str):
    """Poses of everything that is written: ``{(name, field): [(frame, value), …]}``."""
    return play(compose(["rule"] * len(snippets), snippets), room(), [], steps)


def path(steps: int, *snippets: str, name: str = "Door"):
    """Places by frame."""
    return dict(run(steps, *snippets)[name, "location"])


def turns(steps: int, *snippets: str, name: str = "Door"):
    """Quaternions by frame."""
    return dict(run(steps, *snippets)[name, "rotation_quaternion"])


def last(places):
    return places[max(places)]


def angle(quaternion) -> float:
    """Degrees about z."""
    w, _, _, z = quaternion
    return math.degrees(2 * math.atan2(z, w))


@pytest.mark.parametrize(
    ("deed", "end", "frames"),
    [
        ("raise Door by 50 cm over 1 second", (2, 0, 1.2), 60),
        ("Door slides 1 m to the left at 2 m/s", (1, 0, 0.7), 30),
        ("move Door by (1, 2, 3) in 0.5 s", (3, 2, 3.7), 30),
        ("move Door to x = -1 over 0.5 s", (-1, 0, 0.7), 30),
        ("move Door to x = -1 at 6 m/s", (-1, 0, 0.7), 30),
        ("raise Door to a height of 2 m over 0.5 s", (2, 0, 2), 30),
        ("Door flies to the place of Counter in 0.5 s", (0, -2, 1), 30),
        ("Door moves onto Plate within 0.5 s", (-2, 0, 0.76), 30),
        ("move Door to 1 m above Plate within 0.5 s", (-2, 0, 1.06), 30),
        ("Door moves 1 m towards Counter within 0.5 s", None, 30),
        ("Door rises by its own height within 0.5 s", (2, 0, 2.1), 30),
        ("open Door", (2, 0, 2.1), 30),
        ("open Door by 30 cm over 0.5 s", (2, 0, 1.0), 30),
        ("open Door halfway", (2, 0, 1.4), 30),
        ("slide Door open to the left", (1.8, 0, 0.7), 30),
        ("close Door", (2, 0, -0.7), 30),
    ],
)
def test_a_motion_ends_at_its_place_in_time(deed, end, frames):
    places = path(90, code(0.1, deed))
    assert max(places) == 7 + frames - 1
    if end is None:
        assert math.dist(last(places), START["Door"]) == pytest.approx(1)
    else:
        assert last(places) == pytest.approx(end, abs=1e-5)


def test_a_motion_is_even_unless_it_is_smooth():
    even, smooth = (path(70, code(0, f"raise Door by 1 m over 1 s{how}")) for how in ("", ", smoothly"))
    assert even[15][2] - 0.7 == pytest.approx(0.25)
    assert smooth[15][2] - 0.7 == pytest.approx(3 * 0.25**2 - 2 * 0.25**3)
    assert last(even) == pytest.approx(last(smooth))


def test_a_later_motion_takes_the_place_of_an_earlier_one():
    places = path(200, code(0, "Door moves back and forth between x = 2 and x = 3"), code(1, "raise Door by 1 m"))
    assert places[119][2] == pytest.approx(1.7 - 1 / 60)
    assert max(places) == 120
    assert places[120][0] == pytest.approx(places[60][0])


def test_what_is_open_stays_when_it_is_opened_again_and_closes_to_where_it_was():
    opened = path(200, code(0, "open Door"), code(1, "open Door"), code(2, "close Door"), code(2.8, "close Door"))
    assert max(z for _, _, z in opened.values()) == pytest.approx(2.1)
    assert last(opened) == pytest.approx(START["Door"])


def test_a_door_that_is_closed_half_way_goes_back_to_where_it_was():
    places = path(200, code(0, "open Door over 2 s"), code(1, "close Door"))
    assert max(z for _, _, z in places.values()) == pytest.approx(1.4)
    assert last(places) == pytest.approx(START["Door"])


def test_a_door_that_was_moved_elsewhere_opens_from_there():
    places = path(200, code(0, "open Door"), code(1, "move Door to x = 0"), code(2.2, "open Door"))
    assert last(places) == pytest.approx((0, 0, 3.5))


@pytest.mark.parametrize(
    ("deed", "expected"),
    [
        ("rotate Door by 90 degrees about z over 0.5 s", 90),
        ("rotate Door by -90 degrees about z over 0.5 s", -90),
        ("turn Door a quarter turn clockwise as seen from above in 0.5 s", -90),
        ("turn Door by 90 degrees about z at 180 degrees per second", 90),
    ],
)
def test_a_turn_ends_at_its_angle(deed, expected):
    turned = turns(60, code(0, deed))
    assert max(turned) == 30
    assert angle(last(turned)) == pytest.approx(expected, abs=1e-3)


def test_a_turn_of_more_than_half_a_turn_goes_all_the_way():
    turned = turns(130, code(0, "Door makes two full turns about its vertical axis over 2 s"))
    assert angle(turned[15]) == pytest.approx(90, abs=1e-3)
    assert [round(abs(angle(turned[f])) % 360) for f in (30, 60, 90, 120)] == [180, 0, 180, 0]


@pytest.mark.parametrize(
    ("way", "top"), [("to the right", (1, 0)), ("to the left", (-1, 0)), ("forward", (0, 1)), ("backwards", (0, -1))]
)
def test_what_leans_leans_to_the_side_that_was_said(way, top):
    w, x, y, z = last(turns(70, code(0, f"Door leans {way} by 30 degrees")))
    up = (2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y))
    assert up == pytest.approx((top[0] * 0.5, top[1] * 0.5, math.cos(math.radians(30))), abs=1e-5)


@pytest.mark.parametrize("how", ["swings open", "swings"])
def test_what_swings_keeps_its_edge_in_place_and_swings_back(how):
    there = code(0, f"Door {how} by 60 degrees clockwise about its +y edge over 0.5 s")
    back = code(1, "close Door" if how == "swings open" else "Door swings back over 0.5 s")
    written = run(120, there, back)
    places, turned = dict(written["Door", "location"]), dict(written["Door", "rotation_quaternion"])
    for frame in (10, 30, 70):
        a = math.radians(angle(turned[frame]))
        x, y, _ = places[frame]
        assert (x - math.sin(a), y + math.cos(a)) == pytest.approx((2, 1), abs=1e-5)
    assert angle(turned[30]) == pytest.approx(-60, abs=1e-3)
    assert last(places) == pytest.approx(START["Door"], abs=1e-5)
    assert angle(last(turned)) == pytest.approx(0, abs=1e-3)


def test_a_bridge_falls_open_about_its_lower_edge():
    written = run(90, code(0, "Door falls open to the right by 90 degrees about its bottom edge within 1 s"))
    assert last(dict(written["Door", "location"])) == pytest.approx((2.7, 0, 0), abs=1e-5)


def test_back_and_forth_between_two_places_begins_where_it_is():
    places = path(600, code(0, "Door moves back and forth between x = -2 and x = 2 once in 4 s"))
    assert places[120][0] == pytest.approx(-2, abs=1e-3)
    assert max(math.dist(a, b) for a, b in zip(places.values(), list(places.values())[1:], strict=False)) < 0.06
    xs = [x for x, _, _ in places.values()]
    assert (min(xs), max(xs)) == pytest.approx((-2, 2), abs=1e-3)
    assert {(y, z) for _, y, z in places.values()} == {(0, 0.7)}


def test_back_and_forth_from_elsewhere_goes_there_first():
    places = path(600, code(0, "Door moves back and forth between x = -3 and x = -1 once in 4 s"))
    steps = [math.dist(a, b) for a, b in zip([START["Door"], *places.values()], places.values(), strict=False)]
    assert places[60][0] == pytest.approx(-1, abs=1e-3)
    assert places[180][0] == pytest.approx(-3, abs=1e-3)
    assert max(steps) < 0.06


def test_back_and_forth_at_a_speed_keeps_it():
    places = path(300, code(0, "Door moves back and forth between x = 0 and x = 2 at 1 m/s"))
    steps = [math.dist(a, b) for a, b in zip(places.values(), list(places.values())[1:], strict=False)]
    assert max(steps) == pytest.approx(DT, abs=1e-4)


def test_up_and_down_goes_either_way_of_where_it_is():
    zs = [z for _, _, z in path(300, code(0, "Door moves up and down by 0.5 m once in 2 s")).values()]
    assert (min(zs), max(zs)) == pytest.approx((0.2, 1.2), abs=1e-3)


def test_an_orbit_keeps_distance_and_height():
    places = path(400, code(0, "Lamp circles Counter once in 6 s"), name="Lamp")
    assert all(math.dist(p[:2], START["Counter"][:2]) == pytest.approx(4, abs=1e-5) for p in places.values())
    assert places[90] == pytest.approx((-4, -2, 2), abs=1e-4)
    assert places[360] == pytest.approx(START["Lamp"], abs=1e-4)


def test_an_orbit_can_have_a_radius_a_speed_and_a_sense():
    places = path(200, code(0, "Lamp orbits Counter clockwise at a distance of 2 m at 3.14159265 m/s"), name="Lamp")
    assert places[60] == pytest.approx((2, -2, 2), abs=1e-3)


def test_what_follows_and_looks_goes_by_what_moves():
    follow = code(0, "Lamp stays 2 m above Door", "Counter keeps looking at Door", "Door moves 2 m forward over 1 s")
    written = run(70, follow)
    assert dict(written["Lamp", "location"])[30] == pytest.approx((2, 1, 2.7), abs=1e-5)
    w, x, y, z = last(dict(written["Counter", "rotation_quaternion"]))
    front = (-2 * (x * y - w * z), -(1 - 2 * (x * x + z * z)), -2 * (y * z + w * x))
    way = [a - b for a, b in zip((2, 2, 0.7), START["Counter"], strict=True)]
    assert front == pytest.approx([v / math.hypot(*way) for v in way], abs=1e-5)


def test_what_follows_at_a_distance_keeps_its_side():
    places = path(10, code(0, "Lamp follows Counter at a distance of 1 m"), name="Lamp")
    assert math.dist(last(places), START["Counter"]) == pytest.approx(1)
    assert last(places)[1] > START["Counter"][1]


def test_a_spin_goes_on():
    turned = turns(400, code(0, "Door keeps rotating about z, a full turn every 2 s"))
    assert [round(angle(turned[f])) for f in (30, 150, 270, 390)] == [90] * 4


def test_stop_ends_every_motion_of_a_thing():
    written = run(200, code(0, "Door moves 5 m up over 2 s", "Door keeps rotating about z"), code(1, "stop Door"))
    assert max(frame for frame, _ in written["Door", "location"]) == 60
    assert max(frame for frame, _ in written["Door", "rotation_quaternion"]) == 60


@pytest.mark.parametrize("where", ["put back to its start", "back in its starting place"])
def test_a_body_goes_home_at_once_and_at_rest(where):
    written = run(80, code(0, "put Ball at (1, 2, 3)"), code(1, f"Ball is {where}"))
    assert written["Ball", "location"] == [(1, (1, 2, 3)), (61, (-2, 0, 1.5))]
    assert written["Ball", "velocity"] == [(1, (0, 0, 0)), (61, (0, 0, 0))]


def test_what_a_rule_moves_goes_home_over_a_time_with_its_attitude():
    away = code(0, "move Door to x = 0 in 0.5 s", "rotate Door by 90 degrees about x in 0.5 s")
    written = run(120, away, code(1, "Door returns to its start within 0.5 s"))
    assert last(dict(written["Door", "location"])) == pytest.approx(START["Door"], abs=1e-5)
    assert last(dict(written["Door", "rotation_quaternion"])) == pytest.approx((1, 0, 0, 0), abs=1e-5)
    assert dict(written["Door", "location"])[75][0] == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("deed", "place"),
    [
        ("teleport Ball to (0, 0, 3)", (0, 0, 3)),
        ("put Ball at x = 1", (1, 0, 1.5)),
        ("put Ball on top of Box", (3, 1, 0.85)),
        ("place Ball 2 m above Floor", (0, 0, 2)),
        ("put Ball 1 m to the left of Box", (2, 1, 0.3)),
        ("put Ball at the place of Counter", (0, -2, 1)),
    ],
)
def test_a_body_is_put_at_a_place_at_rest(deed, place):
    written = run(3, code(0, deed))
    assert written["Ball", "location"] == [(1, pytest.approx(place, abs=1e-5))]
    assert written["Ball", "velocity"] == [(1, (0, 0, 0))]
    assert written["Ball", "angular_velocity"] == [(1, (0, 0, 0))]


def test_a_body_can_keep_its_velocity():
    assert ("Ball", "velocity") not in run(3, code(0, "put Ball at (0, 0, 3) keeping its velocity"))
