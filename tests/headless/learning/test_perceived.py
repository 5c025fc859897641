"""Machines run from what was read of a picture: names, bodies, what is put back, and what came true."""

import json
from dataclasses import replace

import numpy as np
import pytest

from addon.perception.classes import CLASSES
from addon.perception.reading import Found, Known
from addon.scene_graph import Constraint, Material, Primitive, RigidBody, SceneGraph, SceneObject, World
from addon.scene_graph.text import COLORS
from headless.benchmarks.physibench.machine import Machine
from headless.learning.perceived.by_rules import as_rules_tell
from headless.learning.perceived.mixed import PARTS, perceived_graph
from headless.learning.perceived.run import Case, outcome_of, run_case
from headless.learning.perception.errors import Truth

RULES = (
    "After 0.1 seconds, release Ball.",
    "When Ball touches Plate, turn on Lamp.",
    "When Lamp goes on, lift Door by 1 m.",
)
LIT = 'COUNT("PropertyChanged", 1, {"object_id": "Lamp", "property": "on", "new": true})'
HIT = 'EVENT("CollisionStart", {"a_id": "Ball", "b_id": "Plate"})'
THERE = 'NEARBY_AT("Ball", 0, 0, 1, 0.05, threshold_strength=0.004)'


def thing(name, kind, color, size, place, body, shape="cube", **fields):
    return SceneObject(
        name=name, location=place, geometry=Primitive(kind=shape, dimensions=size), body=body, semantic_class=kind,
        material=Material(name=color, color=(*COLORS[color], 1.0)), **fields,
    )  # fmt: skip


@pytest.fixture(scope="module")
def machine():
    fixed, held = RigidBody(type="PASSIVE", shape="BOX"), RigidBody(shape="SPHERE", mass=2.0, kinematic=True)
    moved = RigidBody(type="PASSIVE", shape="BOX", kinematic=True)
    graph = SceneGraph(
        name="made",
        world=World(fps=60),
        objects=(
            thing("Floor", "floor", "gray", (4, 4, 0.4), (0, 0, -0.2), fixed),
            thing("Ball", "ball", "red", (0.5, 0.5, 0.5), (0, 0, 1), held, "sphere"),
            thing("Plate", "trigger", "green", (1, 1, 0.1), (0, 0, 0.05), fixed),
            thing("Door", "door", "blue", (0.1, 1, 1), (1.5, 0, 0.5), moved),
            thing("Lamp", "lamp", "yellow", (0.4, 0.4, 0.4), (-1.5, 0, 1.5), None, "sphere", properties={"on": False}),
        ),
        constraints=(Constraint(name="Latch", type="FIXED", object1="Ball", object2="Floor", enabled=False),),
        rules=RULES,
    )
    return Machine(name="made", graph=graph, assertions=(HIT, LIT, THERE), steps=120)


@pytest.fixture(scope="module")
def truth(machine):
    objects = machine.graph.objects
    return Truth(
        kind=np.array([CLASSES.index(o.semantic_class) for o in objects]),
        ball=np.array([o.geometry.kind == "sphere" for o in objects]),
        half=np.array([np.array(o.extents) / 2 for o in objects], np.float32),
        color=np.array([o.material.color[:3] for o in objects], np.float32),
        lit=np.array([o.name != "Lamp" for o in objects]),
        position=np.array([o.location for o in objects], np.float32),
        quaternion=np.array([o.rotation for o in objects], np.float32),
        velocity=np.zeros((len(objects), 3), np.float32),
        pixels=np.full(len(objects), 100),
    )


@pytest.fixture(scope="module")
def read(truth):
    return [
        Found(
            CLASSES[kind], "ball" if ball else "box", color, bool(lit), half, place + 0.1, turn, None, 0.9, 0.9
        )
        for kind, ball, color, lit, half, place, turn in zip(
            truth.kind, truth.ball, truth.color, truth.lit, truth.half, truth.position, truth.quaternion, strict=True
        )
    ]  # fmt: skip


def graph_with(machine, truth, found, *exact):
    return perceived_graph(machine, machine.graph.names, found, truth, exact)


def test_what_was_read_has_the_names_that_rules_use_and_bodies_as_they_tell(machine, truth, read):
    graph = graph_with(machine, truth, read)
    assert graph.names == machine.graph.names
    ball, door = graph.object("Ball").body, graph.object("Door").body
    assert (ball.type, ball.kinematic, ball.mass) == ("ACTIVE", True, 1.0)
    assert (door.type, door.kinematic) == ("PASSIVE", True)
    assert graph.object("Lamp").properties == {"on": False, "confidence": 0.9}
    assert graph.constraints == ()
    assert graph.object("Ball").location[2] == pytest.approx(1.1)


def test_with_all_that_is_true_it_is_the_true_graph(machine, truth, read):
    graph = graph_with(machine, truth, read[:2], *PARTS)
    assert (graph.objects, graph.constraints) == (machine.graph.objects, machine.graph.constraints)


def test_parts_are_put_back_by_themselves(machine, truth, read):
    few = read[:2]
    assert graph_with(machine, truth, few).names == ("Floor", "Ball", "Lamp")
    assert graph_with(machine, truth, few, "objects").names == machine.graph.names
    assert graph_with(machine, truth, few, "poses").object("Ball").location == (0, 0, 1)
    bodies = graph_with(machine, truth, few, "bodies")
    assert bodies.object("Ball").body == machine.graph.object("Ball").body
    assert [one.name for one in bodies.constraints] == ["Latch"]


def test_what_was_invented_is_there_under_a_name_of_its_own(machine, truth, read):
    invented = replace(read[1], position=np.array([1.0, 1.5, 3.0]))
    assert graph_with(machine, truth, [*read, invented]).names[-1] == "Red Ball 2"
    assert graph_with(machine, truth, [*read, invented], "objects").names == machine.graph.names


def test_rules_tell_who_moves_what():
    free = RigidBody(shape="BOX")
    graph = SceneGraph(
        objects=tuple(thing(n, "crate", "red", (1, 1, 1), (2 * k, 0, 0), free) for k, n in enumerate("ABCD")),
        rules=(
            "After 1 s, launch A with velocity (1, 0, 0).",
            "After 1 s, release B.",
            "After 1 s, lift C by 1 m.",
            "zorb D",
        ),
    )
    told = {one.name: (one.body.type, one.body.kinematic) for one in as_rules_tell(graph).objects}
    assert told == {"A": ("ACTIVE", False), "B": ("ACTIVE", True), "C": ("PASSIVE", True), "D": ("ACTIVE", False)}


def test_a_machine_runs_from_what_was_read(machine, truth, read):
    graphs = {"read": (), "true": PARTS}
    seen, true = run_case(Case(machine, machine.graph.names, read, truth, graphs))
    assert (true.success, true.held) == (True, 3)
    assert (seen.success, seen.happened, seen.held, seen.places_missed) == (False, True, 2, 1)
    assert seen.digest == true.digest != ""


def test_what_speaks_of_things_that_were_not_found_is_left_out_and_told(machine, truth, read):
    found = [one for one in read if one.kind != "trigger"]
    outcome = outcome_of(machine, "read", graph_with(machine, truth, found))
    assert (outcome.absent, outcome.refused, outcome.held) == (1, (RULES[1],), 0)
    assert (outcome.success, outcome.happened) == (False, False)


def test_what_perception_costs_is_told_by_a_command(tmp_path, capsys, monkeypatch, machine):
    pytest.importorskip("torch", reason="the group 'learn' is not installed")
    from headless.cli import learning, main
    from headless.learning.frames import save_clips

    monkeypatch.setattr(learning, "generate", lambda *a, **k: [machine])
    save_clips([clip_of(machine)], tmp_path / "clips_000.npz")
    asked = ["learning", "perceived", "--data", str(tmp_path), "--only-read", "--json", "--out", str(tmp_path / "out")]
    assert main(asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["machines"] == 1
    assert told["figures"]["true"]["success"]["mean"] == 1.0
    assert len((tmp_path / "out" / "rows.jsonl").read_text().splitlines()) == 2
    assert main(asked) == 0
    assert json.loads(capsys.readouterr().out) == told
    (tmp_path / "out" / "rows.jsonl").write_text("nothing\n")
    assert main(asked) == 2
    assert "holds no results" in capsys.readouterr().err
    monkeypatch.setattr(learning, "generate", lambda *a, **k: [])
    assert main(asked[:-2]) == 2
    assert "not of a machine of this benchmark" in capsys.readouterr().err


def clip_of(machine):
    from headless.learning.frames import Clip

    objects = machine.graph.objects
    return Clip(
        machine.name, "test", 7, machine.graph.names,
        np.array([o.geometry.kind == "sphere" for o in objects], np.uint8),
        np.array([np.array(o.extents) / 2 for o in objects], np.float32),
        np.array([o.material.color[:3] for o in objects], np.float32),
        np.array([CLASSES.index(o.semantic_class) for o in objects]), np.zeros(len(objects), bool),
        np.array([[o.location for o in objects]], np.float32), np.array([[o.rotation for o in objects]], np.float32),
        np.array([[o.name != "Lamp" for o in objects]]),
    )  # fmt: skip


def test_a_joint_that_was_told_has_the_name_that_rules_call_it_by(machine, truth, read):
    joint = Constraint(name="joint", type="FIXED", object1="a", object2="b", location=(0, 0, 1))
    ball, floor = read[1], read[0]
    told = [
        replace(floor, known=Known("b", RigidBody(type="PASSIVE", shape="BOX"))),
        replace(ball, known=Known("a", RigidBody(shape="SPHERE", mass=7.0), (joint,))),
        *read[2:],
    ]
    names = [one.name for one in machine.graph.objects]
    graph = perceived_graph(machine, names, told, truth)
    assert [(c.name, c.object1, c.object2, c.location) for c in graph.constraints] == [
        ("Latch", "Ball", "Floor", (0, 0, 1))
    ]
    assert graph.object("Ball").body.mass == 7.0
    assert perceived_graph(machine, names, told[1:], truth).constraints == ()
