import math

import numpy as np
import pytest

from addon.geometry.contacts import ContactDetector
from addon.geometry.evaluated import EvaluatedState
from addon.scene_graph import Constraint, Primitive, RigidBody, SceneGraph, SceneObject, StepState, World

FPS = 60.0


def body(name, shape, size, location=(0, 0, 0), **settings):
    kind = {"BOX": "cube", "MESH": "cube", "CONVEX_HULL": "cube"}.get(shape, shape.lower())
    geometry = Primitive(kind=kind, dimensions=size)
    return SceneObject(name=name, geometry=geometry, location=location, body=RigidBody(shape=shape, **settings))


FLOOR = body("Floor", "BOX", (20, 20, 1), (0, 0, -0.5), type="PASSIVE")


def state(position, quaternion):
    still = np.zeros((len(position), 3))
    return EvaluatedState.of(StepState(1, position, quaternion, still + 1, still, still))


def contacts(objects, paths, world=None, **graph):
    """The pairs that touch at each frame; ``paths`` gives the position of each object at a frame, ``[F, B, 3]``."""
    detector = ContactDetector(SceneGraph(objects=objects, world=world or World(fps=FPS), **graph))
    present, turn = np.ones(len(objects), dtype=bool), np.array([o.rotation for o in objects])
    positions = np.asarray(paths, dtype=float)
    return [{(c.a, c.b) for c in detector.update(state(position, turn), present)} for position in positions]


def touches(objects, paths, **graph):
    """Frames in which objects 0 and 1 touch."""
    return [frame for frame, found in enumerate(contacts(objects, paths, **graph)) if (0, 1) in found]


def pairs(objects, paths, **graph):
    """The pairs that touch at any frame."""
    return set().union(*contacts(objects, paths, **graph))


def path(heights, x=0.0):
    return [[(0, 0, -0.5), (x, 0, h)] for h in heights]


@pytest.mark.parametrize("shape", ["SPHERE", "BOX", "CYLINDER", "CAPSULE", "CONVEX_HULL"])
def test_a_dropped_body_lands_when_it_must(shape):
    size = (0.5, 0.5, 0.5) if shape != "CAPSULE" else (0.5, 0.5, 1.0)
    low = size[2] / 2
    fall = [max(low, low + 2 - 4.905 * (f / FPS) ** 2) for f in range(60)]
    landing = math.sqrt(2 / 4.905) * FPS
    frames = touches((FLOOR, body("Ball", shape, size)), path(fall))
    assert abs(frames[0] - landing) <= 1
    assert frames == list(range(frames[0], 60))


LOWERED = [1.0] * 5 + [1.0 - 0.05 * f for f in range(1, 10)] + [0.53] * 9
"""A door's heights that come to rest 3 cm above the floor, at 3 m/s."""


def test_what_no_physics_moves_stops_of_itself():
    door = body("Door", "BOX", (0.2, 1, 1), type="PASSIVE", kinematic=True)
    assert touches((FLOOR, door), path(LOWERED)) == []
    assert touches((FLOOR, body("Door", "BOX", (0.2, 1, 1), kinematic=True)), path(LOWERED)) != []


def test_what_a_script_set_free_bounces_like_all_that_falls():
    ball = body("Ball", "SPHERE", (0.2, 0.2, 0.2), type="PASSIVE", kinematic=True)
    fall = [2.0] * 3 + [2 - 4.905 * (f / FPS) ** 2 for f in range(1, 38)]
    up = [0.19 + 0.09 * f for f in range(1, 5)]
    assert touches((FLOOR, ball), path([*fall, *up])) == [40]


@pytest.mark.parametrize("kind", ["ACTIVE", "PASSIVE"])
def test_what_a_script_set_free_bounces_though_it_never_falls(kind):
    wall = body("Wall", "BOX", (0.2, 2, 2), (1.1, 0, 1), type="PASSIVE")
    ball = body("Ball", "SPHERE", (0.2, 0.2, 0.2), type=kind, kinematic=True)
    way = [0.0] * 3 + [0.08 * f for f in range(12)] + [0.9 - 0.08 * f for f in range(1, 5)]
    assert touches((wall, ball), [[(1.1, 0, 1), (x, 0, 1)] for x in way]) == [15]


def test_what_a_script_set_free_may_stop_where_it_pushes_another_away():
    other, ball = body("Other", "SPHERE", (0.2, 0.2, 0.2)), body("Ball", "SPHERE", (0.2, 0.2, 0.2), kinematic=True)
    way = [0.0] * 3 + [0.08 * f for f in range(11)] + [0.83] * 4
    rest = [1.03] * 14 + [1.08, 1.16, 1.24, 1.32]
    assert touches((other, ball), [[(a, 0, 1), (b, 0, 1)] for a, b in zip(rest, way, strict=True)]) == [14]


def test_a_bounce_between_two_frames_is_found():
    """Elastic bounces at 6 m/s: the ball is never near the floor at a frame, but it was between two."""
    speed, radius = 6.0, 0.25
    period = 2 * speed / 9.81
    heights = []
    for f in range(200):
        t = (f + 0.5) / FPS % period
        heights.append(radius + speed * t - 4.905 * t * t)
    truth = [k * period * FPS - 0.5 for k in range(1, int(200 / FPS / period) + 1)]
    frames = touches((FLOOR, body("Ball", "SPHERE", (0.5, 0.5, 0.5))), path(heights))
    starts = [f for f in frames if f - 1 not in frames]
    for moment in truth:
        assert min(abs(s - moment) for s in starts) <= 1.5
    assert len(starts) <= len(truth) + 1


def test_a_bullet_through_a_thin_wall_is_found():
    wall = body("Wall", "BOX", (0.02, 4, 4), type="PASSIVE")
    bullet = body("Bullet", "SPHERE", (0.05, 0.05, 0.05))
    positions = [[(0, 0, 0), (-3.21 + 2.0 * f, 0, 0)] for f in range(4)]
    assert touches((wall, bullet), positions) == [2]


def test_resting_and_rolling_do_not_flicker():
    rng = np.random.default_rng(1)
    ball = body("Ball", "SPHERE", (0.5, 0.5, 0.5))
    jitter = [[(0, 0, -0.5), (0.01 * f, 0, 0.25 + rng.uniform(-0.004, 0.012))] for f in range(300)]
    frames = touches((FLOOR, ball), [[(0, 0, -0.5), (0, 0, 0.25)], *jitter])
    assert frames == list(range(301))


def test_a_stack_touches_pair_by_pair():
    boxes = (body("Low", "BOX", (1, 1, 1), (0, 0, 0.5)), body("High", "BOX", (1, 1, 1), (0, 0, 1.5)), FLOOR)
    scene = SceneGraph(objects=boxes)
    position = np.array([o.location for o in boxes])
    turn = np.tile([1.0, 0, 0, 0], (3, 1))
    found = ContactDetector(scene).update(state(position, turn), np.ones(3, dtype=bool))
    assert [(c.a, c.b) for c in found] == [(0, 1), (0, 2)]
    assert found[0].normal == pytest.approx((0, 0, 1), abs=1e-6)
    assert found[0].distance == pytest.approx(0, abs=1e-6)


def test_half_a_turn_between_two_frames_has_no_middle():
    ball, bar = body("Ball", "SPHERE", (2, 2, 2)), body("Bar", "BOX", (2, 1, 1))
    detector, present = ContactDetector(SceneGraph(objects=(ball, bar))), np.ones(2, dtype=bool)
    turn = np.array([[1.0, 0, 0, 0], [1.0, 0, 0, 0]])
    detector.update(state(np.zeros((2, 3)), turn), present)
    found = detector.update(state(np.array([(0.0, 0, 2), (0, 0, 0)]), turn[:, [1, 2, 0, 3]]), present)
    assert [(c.a, c.b) for c in found] == [(0, 1)]


def test_grazing_pass_is_one_contact():
    """Two spheres pass with a gap of 5 mm at the nearest point, slowly."""
    a, b = body("A", "SPHERE", (1, 1, 1)), body("B", "SPHERE", (1, 1, 1))
    frames = touches((a, b), [[(0, 0, 0), (0.02 * f - 1, 0, 1.005)] for f in range(101)])
    assert frames
    assert frames == list(range(frames[0], frames[-1] + 1))
    assert 50 in frames


def test_excluded_pairs():
    a = body("A", "BOX", (1, 1, 1))
    b = body("B", "BOX", (1, 1, 1))
    hinge = Constraint(name="Hinge", type="HINGE", object1="A", object2="B")
    still = [[(0, 0, 0), (0.9, 0, 0)]] * 3
    assert touches((a, b), still) == [0, 1, 2]
    assert touches((a, b), still, constraints=(hinge,)) == []
    assert touches((a, body("B", "BOX", (1, 1, 1), collections=(3,))), still) == []
    walls = (body("A", "BOX", (1, 1, 1), type="PASSIVE"), body("B", "BOX", (1, 1, 1), type="PASSIVE"))
    assert touches(walls, still) == []


def test_a_scripted_object_without_body_is_felt():
    trigger = SceneObject(name="Zone", geometry=Primitive(kind="cube", dimensions=(1, 1, 1)))
    ball = body("Ball", "SPHERE", (0.2, 0.2, 0.2))
    assert touches((trigger, ball), [[(0, 0, 0), (2, 0, 0)], [(0, 0, 0), (0.4, 0, 0)]]) == [1]


def test_mesh_keeps_its_outer_gap_except_for_spheres():
    floor = body("Floor", "MESH", (20, 20, 1), (0, 0, -0.5), type="PASSIVE")
    high = [[(0, 0, -0.5), (0, 0, 0.29)]]
    assert touches((floor, body("Box", "BOX", (0.5, 0.5, 0.5))), high) == [0]
    assert touches((floor, body("Ball", "SPHERE", (0.5, 0.5, 0.5))), high) == []


def test_a_compound_is_its_children():
    parent = body("Cup", "BOX", (1, 1, 0.1), type="PASSIVE").model_copy(
        update={"rigid_body": RigidBody(type="PASSIVE", shape="COMPOUND")}
    )
    side = body("Side", "BOX", (0.1, 1, 1), (0.5, 0, 0.5), type="PASSIVE").model_copy(update={"parent": "Cup"})
    base = body("Base", "BOX", (1, 1, 0.1), type="PASSIVE").model_copy(update={"parent": "Cup"})
    ball = body("Ball", "SPHERE", (0.2, 0.2, 0.2))
    rest = [(0.5, 0, 0.5), (0, 0, 0)]
    assert touches((parent, ball, side, base), [[(0, 0, 0), (0.36, 0, 0.5), *rest]]) == [0]
    assert touches((parent, ball, side, base), [[(0, 0, 0), (-0.36, 0, 0.5), *rest]]) == []
    assert touches((parent, ball, side, base), [[(5, 0, 0), (5.36, 0, 0.5), *rest]]) == [0]


def test_an_absent_body_touches_nothing_and_its_state_stays():
    boxes = (body("Low", "BOX", (1, 1, 1), (0, 0, 0.5)), body("High", "BOX", (1, 1, 1), (0, 0, 1.5)))
    now = state(np.array([o.location for o in boxes]), np.tile([1.0, 0, 0, 0], (2, 1)))
    detector = ContactDetector(SceneGraph(objects=boxes))
    assert len(detector.update(now, np.array([True, True]))) == 1
    assert len(detector.update(now, np.array([True, False]))) == 0
    assert now.position[1] == pytest.approx((0, 0, 1.5))
    assert now.axes[1] == pytest.approx(np.eye(3))


@pytest.mark.parametrize("restitution", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("phase", [0.0, 0.3, 0.6, 0.9])
@pytest.mark.parametrize("thickness", [0.02, 0.1])
@pytest.mark.parametrize("shape", ["SPHERE", "BOX"])
def test_what_a_thin_plate_stops_does_not_touch_what_is_under_it(shape, thickness, phase, restitution):
    """A ball that falls 2 m at 24 frames a second onto a plate that lies on the floor."""
    fps, radius = 24.0, 0.2
    floor, plate = FLOOR, body("Plate", "BOX", (2, 2, thickness), type="PASSIVE")
    top = thickness + 0.01 + radius
    speed, fall = math.sqrt(2 * 9.81 * 2.0), math.sqrt(2 * 2.0 / 9.81)
    paths = []
    for f in range(30):
        t = (f + phase) / fps
        later = t - fall
        rise = max(0.0, restitution * speed * later - 4.905 * later * later)
        height = top + 2 - 4.905 * t * t if later < 0 else top + rise
        paths.append([(0, 0, -0.5), (0, 0, height), (0, 0, thickness / 2 + 0.01)])
    ball = body("Ball", shape, (2 * radius,) * 3)
    scene = {"world": World(fps=fps)}
    assert pairs((floor, ball, plate), paths, **scene) == {(1, 2)}


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_a_corner_hit_between_two_frames_is_two_contacts(share):
    """The ball comes along the diagonal: it meets the floor at a share of the step, and the wall a little later."""
    wall = body("Wall", "BOX", (1, 20, 20), (0.5, 0, 0), type="PASSIVE")
    speed, radius, step = 12.0, 0.2, 1 / FPS
    first, second = 10 + share, 10 + min(share + 0.15, 0.95)
    paths = []
    for f in range(20):
        z = radius + speed * step * abs(f - first)
        x = -radius - speed * step * abs(f - second)
        paths.append([(0, 0, -0.5), (x, 0, z), (0.5, 0, 0)])
    ball = body("Ball", "SPHERE", (2 * radius,) * 3)
    assert pairs((FLOOR, ball, wall), paths, world=World(fps=FPS, gravity=(0, 0, 0))) == {(0, 1), (1, 2)}


def test_what_rolls_on_a_thin_plate_into_a_wall_touches_both():
    """It turns back between two frames, and never touches the floor under the plate."""
    wall = body("Wall", "BOX", (1, 20, 20), (0.5, 0, 0), type="PASSIVE")
    plate = body("Plate", "BOX", (6, 2, 0.05), (-3, 0, 0.03), type="PASSIVE")
    speed, radius, step = 12.0, 0.2, 1 / FPS
    paths = [
        [(0, 0, -0.5), (-radius - speed * step * abs(f - 6.5), 0, 0.055 + radius), (0.5, 0, 0), (-3, 0, 0.03)]
        for f in range(14)
    ]
    ball = body("Ball", "SPHERE", (2 * radius,) * 3)
    found = pairs((FLOOR, ball, wall, plate), paths)
    assert found == {(1, 2), (1, 3)}
