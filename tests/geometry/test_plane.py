import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.geometry.plane import Disc, Path, PlaneBody, Polygon, TouchRule, nearest, plane_contacts

FPS = 60.0
FALL = 9.81 / FPS**2
RULE = TouchRule(touch=0.005, hysteresis=0.005)
SQUARE = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]]) / 2


def at(x, y, angle=0.0):
    return Path(np.array([[x, y]], dtype=float), np.array([angle]))


def ball(radius=0.5):
    return (Disc(np.zeros(2), radius),)


def box(width, height):
    return (Polygon(SQUARE * np.array([width, height])),)


@pytest.mark.parametrize(
    ("a", "a_path", "b", "b_path", "distance", "point", "normal"),
    [
        (ball(), at(0, 0), ball(1.0), at(3, 0), 1.5, (1.25, 0), (1, 0)),
        (ball(), at(0, 0), ball(1.0), at(0, -1), -0.5, (0, -0.25), (0, -1)),
        (box(2, 2), at(0, 0), ball(), at(2, 0), 0.5, (1.25, 0), (1, 0)),
        (ball(), at(2, 0), box(2, 2), at(0, 0), 0.5, (1.25, 0), (-1, 0)),
        (box(2, 2), at(0, 0), ball(), at(0.9, 0), -0.6, (0.7, 0), (1, 0)),
        (box(2, 2), at(0, 0), ball(), at(2, 2), math.sqrt(2) - 0.5, None, (0.5**0.5, 0.5**0.5)),
        (box(2, 2), at(0, 0, math.pi / 4), ball(), at(0, 3), 3 - math.sqrt(2) - 0.5, None, (0, 1)),
        (box(2, 2), at(0, 0), box(2, 2), at(3, 0), 1.0, None, (1, 0)),
        (box(2, 2), at(0, 0), box(2, 2), at(1.9, 0.3), -0.1, None, (1, 0)),
        (box(2, 2), at(0, 0), box(2, 2), at(3, 3), math.sqrt(2), (1.5, 1.5), (0.5**0.5, 0.5**0.5)),
        (box(2, 2), at(0, 0), box(2, 2), at(0, 2.5, math.pi / 4), 1.5 - math.sqrt(2), None, (0, 1)),
        ((*ball(), Disc(np.array([4.0, 0.0]), 0.5)), at(0, 0), ball(), at(4, 2), 1.0, (4, 1), (0, 1)),
    ],
)
def test_known_distances(a, a_path, b, b_path, distance, point, normal):
    found = nearest(a, a_path, b, b_path)
    assert found.distance == pytest.approx(distance)
    assert found.normal[0] == pytest.approx(normal, abs=1e-9)
    if point is not None:
        assert found.point[0] == pytest.approx(point, abs=1e-9)


def convex(points):
    """The polygon of points on an ellipse, counterclockwise."""
    angles = np.sort(np.array(points))
    return np.column_stack([1.5 * np.cos(angles), 0.8 * np.sin(angles)])


polygons = st.lists(st.integers(0, 11), min_size=3, max_size=7, unique=True).map(
    lambda k: Polygon(convex(np.array(k) * math.pi / 6))
)
shapes = polygons | st.floats(0.2, 1.5).map(lambda r: Disc(np.array([0.3, -0.2]), r))
coordinates = st.floats(-4, 4)
paths = st.builds(at, coordinates, coordinates, st.floats(-7, 7))


def surface(piece, path, count=400):
    """Points of the outline in the world."""
    if isinstance(piece, Disc):
        angle = np.linspace(0, 2 * np.pi, count)
        return path.place(piece.center + piece.radius * np.column_stack([np.cos(angle), np.sin(angle)]))[0]
    share = np.linspace(0, 1, count // 4)[:, None, None]
    edges = piece.vertices + share * (np.roll(piece.vertices, -1, axis=0) - piece.vertices)
    return path.place(edges.reshape(-1, 2))[0]


@given(shapes, paths, shapes, paths)
def test_distances_are_those_of_the_outlines(a, a_path, b, b_path):
    found = nearest((a,), a_path, (b,), b_path)
    back = nearest((b,), b_path, (a,), a_path)
    assert back.distance == pytest.approx(found.distance, abs=1e-9)
    assert np.linalg.norm(found.normal, axis=1) == pytest.approx(1.0)
    sampled = np.linalg.norm(surface(a, a_path)[:, None] - surface(b, b_path)[None], axis=2).min()
    if found.distance[0] > 0:
        assert found.distance[0] <= sampled + 1e-9
        assert found.distance[0] == pytest.approx(sampled, abs=0.05)
    else:
        # Moved apart by the overlap along the normal, they just touch.
        away = Path(b_path.position - found.distance[:, None] * found.normal, b_path.angle)
        assert nearest((a,), a_path, (b,), away).distance[0] == pytest.approx(0.0, abs=0.02)


def moving(pieces, position, angle=0.0, **settings):
    position = np.asarray(position, dtype=float)
    path = Path(position, np.broadcast_to(np.asarray(angle, dtype=float), len(position)))
    settings = {"present": np.ones(len(position), dtype=bool), "moving": True, **settings}
    return PlaneBody(pieces, path, **settings)


def fixed(pieces, x, y, frames, angle=0.0):
    return PlaneBody(pieces, at(x, y, angle), np.ones(frames, dtype=bool), False)


def frames_of(*bodies, rule=RULE, fall=FALL):
    return plane_contacts(bodies, rule, fall).frame.tolist()


def bouncing(height, restitution, frames):
    """Heights of the lowest point of a ball dropped from rest, and the times of its impacts."""
    t = np.arange(frames) / FPS
    begin, speed, times = -math.sqrt(2 * height / 9.81), math.sqrt(2 * height * 9.81), []
    heights = np.zeros(frames)
    while begin < t[-1]:
        flight = (t - begin) * (speed - 9.81 * (t - begin) / 2)
        heights = np.where(t >= begin, flight, heights)
        begin += 2 * speed / 9.81
        speed *= restitution
        times.append(begin)
        if speed < 0.3:
            break
    return np.where(t >= begin, 0.0, heights), times


@pytest.mark.parametrize("height", [0.5, 1.0, 1.37, 3.0])
def test_a_bouncing_ball_touches_when_it_must(height):
    heights, times = bouncing(height, 0.6, 240)
    drop = moving(ball(), np.column_stack([np.zeros(240), heights + 0.5]))
    found = plane_contacts([drop, fixed(box(9, 1), 0, -0.5, 240)], RULE, FALL)
    starts = [f for f in found.frame.tolist() if f - 1 not in found.frame]
    impacts = [t * FPS for t in times if t * FPS < 239]
    assert len(impacts) >= 3
    for impact in impacts[:3]:
        assert any(abs(start - impact) <= 1.0 for start in starts), (impact, starts)
    assert all(any(abs(start - impact) <= 1.0 for impact in [t * FPS for t in times]) for start in starts)
    assert found.normal == pytest.approx(np.tile([0.0, -1.0], (len(found.frame), 1)), abs=1e-6)


def test_a_sliding_box_touches_all_the_way():
    slide = moving(box(1, 1), np.column_stack([np.linspace(0, 2, 60), np.full(60, 0.5)]))
    found = plane_contacts([slide, fixed(box(9, 1), 0, -0.5, 60)], RULE, FALL)
    assert found.frame.tolist() == list(range(60))
    assert np.abs(found.distance).max() < 1e-9


def test_a_ball_that_rolls_over_an_edge_lets_go_there():
    x = np.linspace(-3, 3, 121)
    drop = np.where(x > 0, -9.81 / 2 * (x / 3.0) ** 2, 0.0)
    roll = moving(ball(), np.column_stack([x, 0.5 + drop]), -x / 0.5)
    frames = frames_of(roll, fixed(box(4, 1), -2, -0.5, 121))
    assert frames == list(range(frames[-1] + 1))
    assert 60 <= frames[-1] <= 65


@pytest.mark.parametrize("speed", [20.0, 60.0, 200.0])
@pytest.mark.parametrize("width", [0.02, 0.2])
def test_a_fast_ball_that_passes_a_thin_wall_meets_it(speed, width):
    x = -3.33 + np.arange(30) * speed / FPS
    shot = moving(ball(0.1), np.column_stack([x, np.zeros(30)]))
    found = plane_contacts([shot, fixed(box(width, 4), 0, 0, 30)], RULE, FALL)
    meeting = (3.33 - 0.1 - width / 2) / speed * FPS
    assert abs(found.frame[0] - meeting) <= 1.0
    assert frames_of(shot, fixed(box(width, 4), 0, 5, 30)) == []


def test_a_ball_thrown_back_within_a_step_met_the_wall():
    x = np.concatenate([np.arange(10) * -0.4 + 4.13, np.arange(10) * 0.4 + 0.83])
    assert x.min() - 0.3 > 0.1  # it never touches at a frame
    shot = moving(ball(0.3), np.column_stack([x, np.zeros(20)]))
    assert frames_of(shot, fixed(box(0.4, 4), 0, 0, 20)) == [9]
    assert frames_of(shot, fixed(box(0.4, 4), 0, 4, 20)) == []


@pytest.mark.parametrize(("hysteresis", "starts"), [(0.0, 11), (0.005, 1)])
def test_flicker_is_held_by_hysteresis(hysteresis, starts):
    gap = np.tile([0.0, 0.004, 0.0049, 0.0052, 0.007, 0.003], 10)
    rest = moving(box(1, 1), np.column_stack([np.zeros(60), 0.5 + gap]))
    frames = frames_of(rest, fixed(box(9, 1), 0, -0.5, 60), rule=TouchRule(0.005, hysteresis))
    assert sum(f - 1 not in frames for f in frames) == starts


def test_at_the_limit_of_the_resolution_the_motion_decides():
    """Positions are rounded to 1 mm about the limit: a body at rest touches, one that falls for a step does not."""
    rule = TouchRule(touch=0.01, resolution=0.001)
    noise = np.array([-4e-4, 4e-4, -4e-4, 4e-4, 0.0, -4e-4, 4e-4, 0.0, 4e-4, -4e-4])
    floor = fixed(box(9, 1), 0, -0.5, 40)
    rest = moving(box(1, 1), np.column_stack([np.zeros(40), 0.51 + np.tile(noise, 4)]))
    assert frames_of(rest, floor, rule=rule) == list(range(40))
    dropped = np.concatenate([[0.5098], np.full(19, 0.5102), np.full(20, 0.5102 - FALL)])
    falls = moving(box(1, 1), np.column_stack([np.zeros(40), dropped]))
    assert frames_of(falls, floor, rule=rule) == [k for k in range(40) if k != 19]


def test_skins_add_up():
    a = moving(ball(), np.column_stack([np.zeros(5), np.full(5, 1.03)]), skin=0.02)
    for skin, frames in ((0.0, []), (0.02, list(range(5)))):
        b = PlaneBody(ball(), at(0, 0), np.ones(5, dtype=bool), False, skin)
        assert frames_of(a, b, rule=TouchRule(0.0)) == frames


def test_absent_bodies_touch_nothing():
    present = np.arange(10) >= 4
    position = np.where(present[:, None], np.array([0.0, 0.5]), np.nan)
    later = PlaneBody(box(1, 1), Path(position, np.where(present, 0.0, np.nan)), present, True)
    assert frames_of(later, fixed(box(9, 1), 0, -0.5, 10)) == [4, 5, 6, 7, 8, 9]


def test_bodies_that_never_move_are_left_out():
    assert frames_of(fixed(ball(), 0, 0, 5), fixed(ball(), 0.5, 0, 5)) == []
