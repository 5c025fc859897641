"""Compounds in scenes in which something is written: they stay what they are."""

import numpy as np
import pytest

from addon.scene_graph import ForceField, SceneObject

SPACE = {"gravity": (0.0, 0.0, 0.0)}
RUNS = range(4)


@pytest.fixture
def floor(solid):
    return solid("Floor", (0, 0, -0.5), size=(40, 40, 1), type="PASSIVE")


@pytest.fixture
def crate(solid):
    """A crate of two unlike halves: ``crate((0, 0, 1), **fields)``; its lower side is 0.3 m under its middle."""

    def make(location, name="Crate", **fields):
        x, y, z = location
        whole = solid(name, location, shape="COMPOUND", **fields)
        parts = [
            solid(f"{name} foot", (x + 0.1, y, z - 0.2), size=(0.8, 0.8, 0.2), parent=name),
            solid(f"{name} head", (x, y, z + 0.1), size=(1, 1, 0.4), parent=name),
        ]
        return [whole, *parts]

    return make


def test_a_compound_falls_as_it_does_while_something_else_is_pushed(solid, floor, crate, load, steps, write):
    def poses(forces):
        engine = load(floor, *crate((0, 0, 1.3), velocity=(0.4, 0, 0)), solid("Ball", (5, 0, 2), "sphere"))
        found = []
        for frame in range(90):
            if frame in forces:
                write(engine, "Ball", "force", forces[frame])
            found.append(steps(engine, 1).position[1:4].copy())
        return np.array(found)

    alone = poses({})
    assert alone[-1, 0, 2] == pytest.approx(0.3, abs=5e-3)
    for _ in RUNS:
        pushed = poses({f: (0.5 * f, 0, 1) for f in (5, 6, 9, 20, 21, 50, 70)})
        assert pushed == pytest.approx(alone, abs=5e-3)


@pytest.mark.parametrize("field", ["force", "impulse"])
def test_a_compound_that_is_pushed_while_it_turns(crate, load, steps, write, field):
    for _ in RUNS:
        engine = load(*crate((0, 0, 5), mass=2.0, angular_velocity=(0, 0, 2)), **SPACE)
        steps(engine, 20)
        for _ in range(10):
            write(engine, "Crate", field, (3.0, 0, 0))
            steps(engine, 1)
        state = steps(engine, 20)
        assert state.velocity[0] == pytest.approx([1.5 * 10 * (1 / 60 if field == "force" else 1), 0, 0], rel=1e-3)
        assert state.angular_velocity[0] == pytest.approx([0, 0, 2], abs=1e-3)


def test_a_compound_that_is_put_elsewhere_stands_there(floor, crate, load, steps, write):
    for _ in RUNS:
        engine = load(floor, *crate((0, 0, 0.9)))
        steps(engine, 15)
        write(engine, "Crate", "location", (3, 2, 0.8))
        steps(engine, 2)
        write(engine, "Crate", "angular_velocity", (0, 0, 1))
        state = steps(engine, 90)
        assert state.position[1] == pytest.approx([3, 2, 0.3], abs=0.02)
        assert state.position[3] - state.position[1] == pytest.approx([0, 0, 0.1], abs=1e-3)


def test_a_thing_rides_on_a_compound_that_is_moved_as_told(solid, floor, crate, load, steps, write):
    for _ in RUNS:
        lift = crate((0, 0, 0.3), "Lift", type="PASSIVE")
        engine = load(floor, *lift, solid("Box", (0.2, 0, 0.7), size=(0.2, 0.2, 0.2)))
        steps(engine, 20)
        for frame in range(60):
            write(engine, "Lift", "location", (0, 0, 0.3 + 0.01 * frame))
            steps(engine, 1)
        assert steps(engine, 30).position[-1] == pytest.approx([0.2, 0, 1.29], abs=0.01)


def test_a_compound_that_is_held_and_let_go(floor, crate, load, steps, write):
    for _ in RUNS:
        engine = load(floor, *crate((0, 0, 2)))
        steps(engine, 12)
        write(engine, "Crate", "rigid_body.kinematic", True)
        state = steps(engine, 30)
        held = state.position[1, 2]
        assert held == pytest.approx(2 - 9.81 / 2 * 0.2**2, abs=0.03)
        write(engine, "Crate", "rigid_body.kinematic", False)
        steps(engine, 6)
        assert engine.state().position[1, 2] < held - 0.02
        assert steps(engine, 90).position[1, 2] == pytest.approx(0.3, abs=5e-3)


def test_a_compound_in_a_field_whose_source_is_moved(floor, crate, load, steps, write):
    source = SceneObject(name="Fan", location=(5, 5, 0), field=ForceField(type="WIND", strength=0.0, flow=0.0))
    for _ in RUNS:
        engine = load(floor, *crate((0, 0, 1.3)), source)
        for frame in range(60):
            write(engine, "Fan", "location", (5, 5 - 0.01 * frame, 0))
            steps(engine, 1)
        assert steps(engine, 30).position[1] == pytest.approx([0, 0, 0.3], abs=5e-3)


def test_a_compound_meets_what_joins_the_scene(solid, floor, crate, load, steps):
    for _ in RUNS:
        engine = load(floor, *crate((0, 0, 1.3)))
        steps(engine, 12)
        engine.add(solid("Late", (3, 0, 1)))
        assert steps(engine, 90).position[1] == pytest.approx([0, 0, 0.3], abs=5e-3)
