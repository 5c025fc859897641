"""Conditions on bodies that Blender's physics moves."""

import math
import re

import numpy as np
import pytest

from addon.coder.link import compose
from addon.engine.blender import BlenderEngine
from addon.jobs.rollout import RolloutOptions, rollout
from addon.rules.python import python
from addon.rules.read import Reading, read
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World

G = 9.81
FPS = 60


@pytest.fixture(scope="module")
def falls():
    """A sphere falls 2 m onto the floor, another rolls off a table, a third tips a domino over.

    Gives the trace and the seconds at which each of some rules acted.
    """
    plain = {"linear_damping": 0.0, "angular_damping": 0.0}

    def solid(name, location, size, kind="cube", **body):
        shape = "SPHERE" if kind == "sphere" else "BOX"
        velocity = body.pop("velocity", (0, 0, 0))
        return SceneObject(
            name=name,
            location=location,
            velocity=velocity,
            geometry=Primitive(kind=kind, dimensions=size),
            body=RigidBody(shape=shape, **{**plain, **body}),
        )

    graph = SceneGraph(
        world=World(fps=FPS),
        objects=(
            solid("Floor", (0, 0, -0.2), (20, 6, 0.4), type="PASSIVE"),
            solid("Ball", (0, 0, 2.25), (0.5, 0.5, 0.5), "sphere"),
            solid("Table", (-6, 0, 0.5), (1, 1, 1), type="PASSIVE"),
            solid("Roller", (-6, 0, 1.15), (0.3, 0.3, 0.3), "sphere", velocity=(1.5, 0, 0)),
            solid("Domino", (5, 0, 0.5), (0.1, 0.5, 1)),
            SceneObject(name="Lamp", properties={"on": False}, geometry=Primitive(kind="cube", dimensions=(1, 1, 1))),
            solid("Kugel", (3.5, 0, 0.8), (0.3, 0.3, 0.3), "sphere", velocity=(4, 0, 1), mass=2.0),
        ),
    )
    texts = RULES.values()
    readings = [read(f"{text}, turn on Lamp", graph) for text in texts]
    for reading in readings:
        assert isinstance(reading, Reading), str(reading)
    codes = [python(rule) for reading in readings for rule in reading.rules]
    engine = BlenderEngine.from_graph(graph)
    done = rollout(engine, compose(list(texts), codes), RolloutOptions(steps=4 * FPS))
    engine.close()
    assert done.problem is None, done.problem
    fired = {key: [] for key in RULES}
    for event in done.trace.events:
        if event.uid == "RuleFired":
            fired[list(RULES)[event.parameters["rule"] - 1]].append((event.frame - 1) / FPS)
    return done.trace, fired


RULES = {
    "fast": "When Ball is faster than 3 m/s",
    "below": "When Ball drops below 1.25 m",
    "hard": "Whenever Ball hits Floor at more than 5 m/s",
    "soft": "Whenever Roller hits Floor at less than 5 m/s",
    "leaves": "Whenever Roller rolls off Table",
    "rest": "When Domino has come to rest",
    "over": "When Domino falls over",
    "near": "When Kugel gets within 0.6 m of Domino",
    "past": "When Kugel gets past x = 4",
    "falling": "When Ball starts to fall",
}


def touching(trace, a, b):
    """First and last frames of each contact of two bodies."""
    from addon.trace import contact_intervals

    pair = tuple(sorted((trace.index(a), trace.index(b))))
    return contact_intervals(trace.contacts)[pair]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ball is faster than 50 m/s", r"Ball's speed was nearest at 6\.\d+ m/s \(frame 3\d\)"),
        ("Ball gets lower than 0.1 m", r"Ball's height was nearest at 0\.2\d* m \(frame \d+\)"),
        (
            "Kugel gets within 1 cm of Table",
            r"the distance of Kugel and Table was nearest at \d+\.\d\d m \(frame \d+\)",
        ),
        (
            "Domino is tilted by more than 120 degrees",
            r"Domino's tilt was nearest at 9\d(\.\d+)? degrees \(frame \d+\)",
        ),
        ("Ball hits Floor at more than 9 m/s", r"the hardest hit of Ball on Floor was at 6\.\d\d m/s \(frame 3\d\)"),
        ("Ball leaves Domino", "Ball and Domino never touched"),
        ("Ball comes to rest", r"Ball still moved at 0\.\d\d m/s \(frame 240\)"),
        ("Lamp is off", "Lamp.on was true in the end"),
        ("Ball enters Table", r"the centres of Ball and Table came within \d+\.\d\d m \(frame \d+\)"),
        ("Ball has been on Table for 1 s", r"Ball and Table did not touch.*"),
    ],
)
def test_a_rule_that_did_not_act_tells_how_near_a_run_came(falls, text, told):
    trace, _ = falls
    found = read(f"When {text}, turn on Lamp", trace.scene)
    assert isinstance(found, Reading), str(found)
    assert re.fullmatch(told, found.rules[0].when.condition.nearest(trace))


def test_hits_and_partings_are_those_of_the_trace(falls):
    trace, fired = falls
    ((first, _),) = touching(trace, "Ball", "Floor")
    assert trace.velocity[first - 1, trace.index("Ball"), 2] < -5
    assert fired["hard"] == pytest.approx([first / FPS])
    first, _ = touching(trace, "Roller", "Floor")[0]
    assert np.linalg.norm(trace.velocity[first - 1, trace.index("Roller")]) < 5
    assert fired["soft"][0] == pytest.approx(first / FPS)
    assert fired["leaves"] == pytest.approx([(last + 1) / FPS for _, last in touching(trace, "Roller", "Table")])


def test_a_domino_falls_over_and_comes_to_rest(falls):
    trace, fired = falls
    _, x, y, _ = trace.quaternion[:, trace.index("Domino")].T
    tilt = np.degrees(np.arccos(np.clip(1 - 2 * (x * x + y * y), -1, 1)))
    assert fired["over"] == pytest.approx([int(np.argmax(tilt > 60)) / FPS])
    gaps = np.linalg.norm(trace.position[:, trace.index("Kugel")] - trace.position[:, trace.index("Domino")], axis=1)
    assert fired["near"] == pytest.approx([int(np.argmax(gaps < 0.6)) / FPS], abs=1 / FPS)
    still = fired["rest"][0]
    assert still > fired["over"][0]
    place = trace.position[round(still * FPS) :, trace.index("Domino")]
    assert np.ptp(place[: FPS // 4], axis=0).max() < 0.01


def test_a_fall_follows_its_closed_forms(falls):
    _, fired = falls
    assert fired["fast"] == pytest.approx([3 / G], abs=2 / FPS)
    assert fired["below"] == pytest.approx([math.sqrt(2 / G)], abs=2 / FPS)
    assert fired["falling"] == pytest.approx([0.1 / G], abs=2 / FPS)
    assert fired["past"] == pytest.approx([0.5 / 4], abs=2 / FPS)
