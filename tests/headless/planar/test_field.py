"""What is told of bodies that leave a plane's field."""

from addon.jobs.field import left_field
from addon.scene_graph import Plane
from headless.planar import Blueprint, record
from tests.headless.planar.scenes import FLOOR, ball, scene


def test_what_leaves_the_field_is_told_once_with_its_frame():
    graph = scene(
        FLOOR,
        ball("Stays", at=(5, 0, 0.5)),
        ball("Flies", at=(15, 0, 5), velocity=(10, 0, 0)),
        ball("Away", at=(-1, 0, 5)),
        plane=Plane(size=(20, 10), meters_per_unit=1.0),
    )
    told = left_field(record(Blueprint.of(graph), 60, "none"))
    assert told == (
        "Flies is outside of the field of 20 by 10 units at frame 31 (0.52 s)",
        "Away is outside of the field of 20 by 10 units from the start",
    )


def test_a_plane_without_a_size_has_no_outside():
    assert left_field(record(Blueprint.of(scene(FLOOR, ball(at=(500, 0, 5)))), 10, "none")) == ()
