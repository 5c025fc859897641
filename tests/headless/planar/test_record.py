"""A run that is recorded fast is the run of the general loop."""

import numpy as np
import pytest

from addon.jobs.rollout import RolloutOptions, rollout
from headless.planar import Blueprint, PlanarEngine, record
from tests.headless.planar.scenes import FLOOR, ball, scene

PILE = scene(
    FLOOR,
    ball("Low", at=(0, 0, 0.5), body={"restitution": 0.1}),
    ball("High", at=(0.3, 0, 3), velocity=(1, 0, 0), angular_velocity=(0, 3, 0), body={"restitution": 0.6}),
    ball("Cart", at=(-8, 0, 0.5), body={"kinematic": True}),
    ball("Zone", at=(2, 0, 0.5), radius=1.0).model_copy(update={"rigid_body": None}),
)
ARRAYS = ("present", "position", "quaternion", "scale", "velocity", "angular_velocity", "volume")


@pytest.fixture(scope="module")
def general():
    return rollout(PlanarEngine(PILE), None, RolloutOptions(steps=600)).trace


def test_with_all_contacts_it_is_the_same_trace(general):
    fast = record(Blueprint.of(PILE), 600, "all")
    for name in ARRAYS:
        np.testing.assert_allclose(getattr(fast, name), getattr(general, name), atol=1e-5, err_msg=name)
    np.testing.assert_array_equal(fast.contacts.frame, general.contacts.frame)
    np.testing.assert_allclose(fast.contacts.point, general.contacts.point)
    np.testing.assert_allclose(fast.contacts.impulse, general.contacts.impulse)
    assert fast.events == general.events


def test_with_onsets_alone_it_has_the_same_events(general):
    fast = record(Blueprint.of(PILE), 600, "onsets")
    assert [e.uid for e in fast.events].count("CollisionStart") > 3
    assert fast.events == general.events


def test_without_contacts_it_has_the_same_poses(general):
    fast = record(Blueprint.of(PILE), 600, "none")
    np.testing.assert_allclose(fast.position, general.position, atol=1e-5)
    assert [e.uid for e in fast.events] == ["TaskComplete"]
