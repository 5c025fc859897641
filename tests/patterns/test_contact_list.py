import numpy as np
import pytest

from addon.patterns.contact_list import contact_list
from tests.patterns.builder import FPS, GRAVITY, Body, Touch, ball, build, floor, path


def only(trace):
    (found,) = contact_list(trace)
    return found


def bounce(speed, restitution, slip=0.0, mass=2.0, frames=60, contact=30):
    """A ball comes down on the floor at a frame and goes up again, under gravity."""
    t = (np.arange(frames) - contact) / FPS
    before = -speed * t - GRAVITY / 2 * t**2
    after = restitution * speed * t - GRAVITY / 2 * t**2
    height = 0.5 + np.where(t <= 0, before, after)
    way = np.column_stack([slip * t, np.zeros(frames), height])
    touch = Touch("Ball", "Floor", contact, contact, normal=(0.0, 0.0, -1.0), point=(0.0, 0.0, 0.0))
    return build([ball("Ball", way, mass=mass), floor()], [touch])


@pytest.mark.parametrize(("speed", "restitution", "slip"), [(4.0, 0.5, 0.0), (4.0, 1.0, 3.0), (8.0, 0.0, -2.0)])
def test_a_bounce(speed, restitution, slip):
    found = only(bounce(speed, restitution, slip))
    assert (found.a, found.b, found.start, found.end) == ("Ball", "Floor", 30, 30)
    assert found.normal_speed == pytest.approx(speed, abs=1.6 * GRAVITY / FPS)
    assert found.tangential_speed == pytest.approx(abs(slip))
    assert found.impulse == pytest.approx(2.0 * speed * (1 + restitution), rel=0.02)


def test_the_body_with_fewer_contacts_gives_the_impulse():
    """A light ball lies on the floor when a heavy one hits it from the side: the heavy one's momentum counts."""
    hit = [
        ball("Heavy", path((-2.0, 0.0, 0.5), (20, (3.0, 0, 0)), (20, (2.0, 0, 0))), mass=4.0),
        ball("Light", path((0.0, 0.0, 0.5), (20, (0, 0, 0)), (20, (4.0, 0, 0)))),
        floor(),
    ]
    touches = [
        Touch("Heavy", "Light", 20, 20, normal=(1.0, 0.0, 0.0)),
        Touch("Light", "Floor", 0, 40, normal=(0.0, 0.0, -1.0)),
    ]
    trace = build(hit, touches, gravity=(0.0, 0.0, 0.0))
    found = {(i.a, i.b): i for i in contact_list(trace)}
    assert found["Heavy", "Light"].impulse == pytest.approx(4.0)
    rest = found["Light", "Floor"]
    assert (rest.normal_speed, rest.tangential_speed, rest.impulse) == (None, None, None)


def test_what_no_force_moves_has_no_impulse():
    pusher = Body("Pusher", path((0, 0, 0.5), (30, (1, 0, 0))), kinematic=True)
    trace = build([pusher, floor()], [Touch("Pusher", "Floor", 5, 9)])
    found = only(trace)
    assert found.impulse is None
    assert found.tangential_speed == pytest.approx(1.0)


def test_depth_is_the_greatest_overlap():
    trace = bounce(4.0, 0.5)
    trace.contacts.distance[:] = -0.02
    assert only(trace).depth == pytest.approx(0.02)
    trace.contacts.distance[:] = 0.004
    assert only(trace).depth == 0.0
