"""What prompts are told of planar objects: shapes that are neither balls nor upright boxes by their corners."""

import math

import numpy as np

from addon.geometry.plane import Disc, Polygon, plane_geometry
from addon.scene_graph import Constraint, Plane, RigidBody, SceneGraph, SceneObject, Text, World, one_line, scene_text


def line(pieces, angle=0.0, at=(10.0, 0.0, 5.0), unit=0.5):
    geometry, shape = plane_geometry(pieces, 4.0)
    turn = (math.cos(angle / 2), 0.0, -math.sin(angle / 2), 0.0)
    obj = SceneObject(name="Thing", geometry=geometry, location=at, rotation=turn, body=RigidBody(shape=shape))
    world = World(plane=Plane(size=(256, 256), meters_per_unit=unit))
    return scene_text(SceneGraph(world=world, objects=(obj,))).splitlines()[-1]


def corners(*points):
    return Polygon(np.array(points, dtype=float))


def test_a_ball_and_a_box_have_a_size():
    assert "of radius 4, moves, at (20, 10)" in line((Disc(np.zeros(2), 2.0),))
    box = (corners((-2, -1), (2, -1), (2, 1), (-2, 1)),)
    assert "8 wide, 4 high, moves, at (20, 10)" in line(box)
    assert "8 wide, 4 high, moves, at (20, 10), turned by 30°" in line(box, math.radians(30))


def test_a_wedge_has_its_corners_where_they_are():
    wedge = (corners((0, 0), (4, 0), (0, 2)),)
    assert "mesh (4, 4, 2) m, corners (20, 10) (28, 10) (20, 14), moves" in line(wedge)
    assert "corners (20, 10) (20, 18) (16, 10), moves, at (20, 10), turned by 90°" in line(wedge, math.radians(90))


def test_a_compound_has_its_pieces():
    fan = (Disc(np.array([1.0, 0.5]), 0.7), corners((-1, 0), (0, 0), (0, 1)))
    assert "in 2 pieces: circle of radius 1.4 about (22, 11); corners (18, 10) (20, 10) (20, 12), moves" in line(fan)


def test_each_object_and_joint_stays_one_line_whatever_its_name():
    geometry, _ = plane_geometry((Disc(np.zeros(2), 2.0),), 4.0)
    odd = "a\n# b\x1b[31m\u202e"
    bodies = [SceneObject(name=name, geometry=geometry, body=RigidBody()) for name in (odd, "c")]
    joint = Constraint(name="j\n", type="FIXED", object1=odd, object2="c", location=(0, 0, 0))
    text = scene_text(SceneGraph(objects=tuple(bodies), constraints=(joint,)))
    assert text.count(r"a\n# b\x1b[31m\u202e") == 2
    assert all(line.isprintable() for line in text.splitlines())
    assert len(text.splitlines()) == 6
    assert text == "".join(one_line(line) + "\n" for line in text.splitlines())


def test_a_text_objects_words_are_escaped_once():
    sign = SceneObject(name="Sign", text=Text(body="it's\n§ on"))
    assert """text "it's\\n§ on",""" in scene_text(SceneGraph(objects=(sign,)))
