"""What is laid out stands by itself before anything happens."""

import json

import pytest

from addon.jobs.settling import alone, settle, standing
from addon.jobs.world import WorldJob, WorldSpec, run_world
from addon.worlds.critic import mended
from addon.worlds.library import entries
from addon.worlds.manifest import Happening, Manifest, Setting, Subject
from addon.worlds.places import Place
from addon.worlds.reader import read
from addon.worlds.staging import stage
from addon.worlds.verdict import Check

BALL = Subject(name="Ball", thing="ball")
CRATES = Subject(name="Crate", thing="crate", count=3, arrangement="stack")
FALLEN = Check("settle", "Ball", False, "", True, "layout")


def toppling(staged, name):
    """What is staged, with a thing put half beyond what bears it."""
    placed = staged.layout.placed[name]
    x, y, z = placed.pose.at
    away = type(placed)(placed.thing, type(placed.pose)((x + 0.7 * float(placed.thing.size[0]), y, z), placed.pose.yaw))
    staged.layout.placed[name] = away
    return staged


def test_a_stack_stands():
    checks = settle(stage(Manifest(subjects=(CRATES,)), 0))
    assert [check.subject for check in checks] == ["Crate 1", "Crate 2", "Crate 3"]
    assert all(check.met and check.kind == "settle" and check.stage == "layout" for check in checks)


@pytest.mark.parametrize("bearer", ["counter", "bench", "table", "stool", "stump", "platform", "book"])
@pytest.mark.parametrize("thing", ["drinking glass", "apple", "plate", "die"])
def test_what_stands_on_things_neither_jumps_nor_sinks(bearer, thing):
    on = (Place(relation="on", of=("Bearer",)),)
    plan = Manifest(
        subjects=(Subject(name="Bearer", thing=bearer, moves="fixed"), Subject(name="Thing", thing=thing, places=on))
    )
    assert [check.text for check in settle(stage(plan, 0)) if not check.met] == []


def test_what_is_put_beyond_an_edge_is_found():
    missed = [check for check in settle(toppling(stage(Manifest(subjects=(CRATES,)), 0), "Crate 3")) if not check.met]
    assert "Crate 3" in {check.subject for check in missed}
    assert "left alone, 'Crate 3' moves by" in next(c.text for c in missed if c.subject == "Crate 3")
    assert all(check.physical for check in missed)


def test_what_is_to_fall_roll_or_hang_is_not_in_it():
    ramp = Subject(name="Ramp", thing="ramp")
    on = Place(relation="on", of=("Ramp",), anchor="top")
    low = Subject(name="Low", thing="ball", places=(on,))
    high = Subject(name="High", thing="ball", lift=1.0)
    roll = Happening(who="Low", does="roll", to="Ramp")
    staged = stage(Manifest(subjects=(ramp, low, high), happenings=(roll,)), 0)
    assert standing(staged) == []
    assert settle(staged) == []


def test_what_does_nothing_and_rolls_down_a_ramp_is_found():
    ramp = Subject(name="Ramp", thing="ramp")
    low = Subject(name="Low", thing="ball", places=(Place(relation="on", of=("Ramp",), anchor="top"),))
    assert [check.subject for check in settle(stage(Manifest(subjects=(ramp, low)), 0)) if not check.met] == ["Low"]


def test_what_stands_on_what_is_to_fall_is_not_in_it():
    crate = Subject(name="Crate", thing="crate", lift=1.0)
    mug = Subject(name="Mug", thing="mug", places=(Place(relation="on", of=("Crate",)),))
    assert standing(stage(Manifest(subjects=(crate, mug)), 0)) == []


def test_nothing_happens_in_it():
    roll = Happening(who="Ball", does="roll", amount=5.0)
    wind = Setting(wind=10.0)
    crate = Subject(name="Crate", thing="crate")
    staged = stage(Manifest(subjects=(BALL, crate), happenings=(roll,), setting=wind), 0)
    graph = alone(staged)
    assert not any(any(obj.velocity) or obj.field is not None or obj.elements for obj in graph.objects)
    assert all(check.met for check in settle(staged))


@pytest.mark.parametrize(
    ("manifest", "checks", "moves"),
    [
        (Manifest(subjects=(BALL,)), [FALLEN], "fixed"),
        (
            Manifest(subjects=(BALL,), happenings=(Happening(who="Ball", does="roll"),)),
            [FALLEN, Check("motion", "Ball", True, "", False, "dynamics")],
            None,
        ),
        (Manifest(subjects=(BALL,), rules=("When Ball touches Ground, hide Ball",)), [FALLEN], None),
    ],
)
def test_only_what_does_nothing_is_held(manifest, checks, moves):
    found = mended(manifest, checks) or manifest
    assert found.subject("Ball").moves == moves


def test_a_world_keeps_what_its_settle_run_found(tmp_path):
    sentence = "A mug and a teapot stand on a table"
    spec = WorldSpec(sentence=sentence)
    run_world(WorldJob(spec, lambda text: read(text, entries()), None, tmp_path / "w"))
    kept = json.loads((tmp_path / "w/rounds/1/critic.json").read_text())["checks"]
    assert {c["subject"] for c in kept if c["kind"] == "settle" and c["met"]} == {"Mug", "Teapot", "Table"}
    assert "left alone, &#39;Mug&#39; moves by" in (tmp_path / "w/report.html").read_text()


def test_what_acts_is_not_held_where_it_does_not_stay():
    ball = Subject(name="Ball", thing="ball", places=(Place(relation="on", of=("Ramp",)),))
    plan = Manifest(
        subjects=(Subject(name="Ramp", thing="ramp"), ball), happenings=(Happening(who="Ball", does="roll"),)
    )
    assert mended(plan, [FALLEN]) is None


def test_what_is_held_is_told(tmp_path, monkeypatch):
    fallen, tried = Check("settle", "Mug", False, "left alone, 'Mug' moves", True, "layout"), []

    def restless(staged):
        tried.append(staged.graph.object("Mug").dynamic_mass > 0.0)
        return [fallen] if tried[-1] else []

    monkeypatch.setattr("addon.jobs.world.settle", restless)
    spec = WorldSpec(sentence="A mug on a table")
    result = run_world(WorldJob(spec, lambda text: read(text, entries()), None, tmp_path / "w"))
    assert tried == [True, False]
    assert [c["text"] for c in result.checks if c["kind"] == "held"] == ["left alone, 'Mug' moves: it is held"]
    assert result.rounds == 1


@pytest.mark.parametrize(("thing", "knobs"), [("car", {"length": 0.2}), ("chair", {}), ("crate", {}), ("bread", {})])
def test_what_stands_at_an_edge_stands_there(thing, knobs):
    """With what bears it to both sides of its middle; a car that is parked along the edge, with all four wheels."""
    edge = (Place(relation="at the edge of", of=("Table",)),)
    subjects = (Subject(name="Table", thing="table"), Subject(name="Thing", thing=thing, parameters=knobs, places=edge))
    assert all(check.met for check in settle(stage(Manifest(subjects=subjects), 0)))
