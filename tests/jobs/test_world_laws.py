"""The laws that a run keeps to, each met by a run of Blender and broken by what is changed in its trace."""

from dataclasses import replace

import numpy as np
import pytest

from addon.engine.blender import BlenderEngine
from addon.jobs.rollout import RolloutOptions, rollout
from addon.metrics import measure
from addon.scene_graph import RigidBody
from addon.worlds.critic import criticise, mended
from addon.worlds.laws import fallen, free_spans, laws, undriven
from addon.worlds.manifest import Happening, Manifest, Setting, Subject
from addon.worlds.places import Place
from addon.worlds.staging import FPS, stage

BALL = Subject(name="Ball", thing="ball", lift=1.5)
CRATE = Subject(name="Crate", thing="crate")


def ran(manifest):
    """What is staged of a plan, and its trace."""
    staged = stage(manifest, 0)
    steps = RolloutOptions(steps=round(manifest.seconds * FPS))
    return staged, rollout(BlenderEngine.from_graph(staged.graph), None, steps).trace


def found(trace):
    return {check.kind: check for check in laws(trace, measure(trace))}


def broken(staged, trace):
    return {check.kind for check in criticise(staged, trace, measure(trace, staged.assertions)) if not check.met}


@pytest.fixture(scope="module")
def fall():
    return ran(Manifest(subjects=(BALL,), happenings=(Happening(who="Ball", does="fall"),), seconds=3.0))


@pytest.fixture(scope="module")
def pillow():
    falls = (Happening(who="Pillow", does="fall"),)
    return ran(
        Manifest(subjects=(Subject(name="Pillow", thing="pillow", moves="soft"),), happenings=falls, seconds=1.0)
    )


def moved(trace, name, by):
    """The trace with a body elsewhere in each frame."""
    position = trace.position.copy()
    position[:, trace.index(name)] += by
    velocity = np.gradient(position, axis=0) * FPS
    return replace(trace, position=position, velocity=velocity)


def test_a_run_of_physics_keeps_all_laws(fall):
    checks = found(fall[1])
    assert {"finite", "sinking", "fall", "energy"} <= set(checks)
    assert all(check.met and check.physical and check.stage == "dynamics" for check in checks.values())
    assert checks["fall"].text == "'Ball' falls with 9.81 m/s²"


def test_numbers_that_are_none_are_found(fall):
    position = fall[1].position.copy()
    position[5, fall[1].index("Ball")] = np.nan
    assert not found(replace(fall[1], position=position))["finite"].met


@pytest.mark.parametrize(("share", "met"), [(1.0, True), (1.02, True), (1.05, False), (0.5, False)])
def test_what_falls_faster_or_slower_than_gravity_has_it_is_found(fall, share, met):
    trace = fall[1]
    (start, end), *_ = free_spans(trace, trace.index("Ball"))
    heights = trace.position[:, trace.index("Ball"), 2].copy()
    heights[start:end] = heights[start] + share * (heights[start:end] - heights[start])
    position = trace.position.copy()
    position[:, trace.index("Ball"), 2] = heights
    check = found(replace(trace, position=position))["fall"]
    assert check.met == met
    assert check.subject == "Ball"


@pytest.mark.parametrize("damping", [0.0, 0.04, 0.5])
def test_drag_is_taken_off(damping):
    body, speed, height, heights = RigidBody(linear_damping=damping), 3.0, 10.0, []
    for _ in range(6000):
        heights.append(height)
        speed = (speed - 9.81 / 6000) * (1.0 - damping) ** (1 / 6000)
        height += speed / 6000
    assert fallen(np.array(heights), 6000.0, body) == pytest.approx(9.81, rel=1e-3)


def test_what_is_held_or_touched_does_not_fall_freely(fall):
    trace = fall[1]
    spans = list(free_spans(trace, trace.index("Ball")))
    assert spans[0][0] <= 3
    touch = next(e.frame for e in trace.events if e.uid == "CollisionStart")
    assert spans[0][1] <= touch
    what = {"object_id": "Ball", "property": "rigid_body.kinematic", "new": True}
    change = trace.events[0].model_copy(update={"uid": "PropertyChanged", "frame": 1, "parameters": what})
    held = [change, *trace.events]
    assert list(free_spans(replace(trace, events=held), trace.index("Ball"))) == []


def test_a_body_that_stays_in_another_is_found_and_one_that_hits_it_is_not(fall):
    contacts = fall[1].contacts
    deep = np.where(contacts.frame > 60, -0.02, contacts.distance)
    check = found(replace(fall[1], contacts=replace(contacts, distance=deep)))["sinking"]
    assert not check.met
    assert "'Ground' is sunk by more than 0.01 m into 'Ball'" in check.text
    short = np.where((contacts.frame > 60) & (contacts.frame < 70), -0.02, contacts.distance)
    assert found(replace(fall[1], contacts=replace(contacts, distance=short)))["sinking"].met


def test_energy_that_comes_from_nowhere_is_found_beside_what_is_driven():
    car = Subject(name="Car", thing="car")
    drives = (Happening(who="Car", does="drive"),)
    away = CRATE.model_copy(update={"places": (Place(relation="near", of=("Car",), distance=3.0, bearing=90.0),)})
    _, trace = ran(Manifest(subjects=(car, away), happenings=drives, seconds=2.0))
    trace = moved(trace, "Car", np.linspace(0.0, -2.0, len(trace.position))[:, None] * np.array([1.0, 0.0, 0.0]))
    crate = trace.index("Crate")
    assert undriven(trace) == [[crate]]
    assert found(trace)["energy"].met
    rising = np.linspace(0.0, 1.0, len(trace.position))[:, None] * np.array([0.0, 0.0, 1.0])
    check = found(moved(trace, "Crate", rising))["energy"]
    assert not check.met
    assert check.subject == "Crate"


def test_what_touches_what_moves_as_told_is_driven():
    _, trace = ran(Manifest(subjects=(CRATE,), seconds=1.0))
    assert undriven(trace) == [[trace.index("Crate")]]
    rising = np.linspace(0.0, 1.0, len(trace.position))[:, None] * np.array([0.0, 0.0, 1.0])
    assert undriven(moved(moved(trace, "Ground", rising), "Crate", rising)) == []


def test_a_soft_body_keeps_its_volume(pillow):
    check = found(pillow[1])["volume"]
    assert check.met
    assert check.subject == "Pillow"


@pytest.mark.parametrize(
    ("share", "words"), [(-0.9, "is turned inside out"), (0.1, "keeps at least 10% of its volume")]
)
def test_a_soft_body_that_is_turned_or_crushed_is_found(pillow, share, words):
    trace = pillow[1]
    volume = trace.deformed.volume.copy()
    volume[10] = share * volume[0]
    check = found(replace(trace, deformed=replace(trace.deformed, volume=volume)))["volume"]
    assert not check.met
    assert words in check.text


def test_a_cloth_that_is_blown_away_leaves_the_world():
    flag = Subject(name="Flag", thing="flag")
    waves = (Happening(who="Flag", does="wave"),)
    staged, trace = ran(Manifest(subjects=(flag,), happenings=waves, setting=Setting(wind=5.0), seconds=1.0))
    assert "stays" not in broken(staged, trace)
    centre = trace.deformed.centre.copy()
    centre[-1] += 100.0
    assert "stays" in broken(staged, replace(trace, deformed=replace(trace.deformed, centre=centre)))


def test_what_is_to_come_to_rest_does_or_the_run_gets_longer():
    roll, rest = Happening(who="Ball", does="roll"), Happening(who="Ball", does="rest")
    ball = Subject(name="Ball", thing="ball")
    manifest = Manifest(subjects=(ball,), happenings=(roll, rest), seconds=1.0)
    staged, trace = ran(manifest)
    assert "comes to rest" in broken(staged, trace)
    checks = criticise(staged, trace, measure(trace, staged.assertions))
    assert mended(manifest, checks).seconds == 1.5
    staged, trace = ran(Manifest(subjects=(CRATE,), happenings=(Happening(who="Crate", does="rest"),), seconds=1.0))
    assert broken(staged, trace) == set()


def _is_hit(event):
    return {event.parameters["a_id"], event.parameters["b_id"]} == {"Ball", "Box"}


def test_what_comes_after_something_does_not_begin_before_it():
    crate = CRATE.model_copy(update={"name": "Box"})
    ball = Subject(name="Ball", thing="ball")
    hits = Happening(who="Ball", does="roll", to="Box")
    later = Happening(who="Crate", does="fall", after=0)
    manifest = Manifest(subjects=(ball, crate, CRATE), happenings=(hits, later), seconds=4.0)
    staged, trace = ran(manifest)  # without the script that would hold the crate
    assert "order" in broken(staged, trace)
    touch = next(e.frame for e in trace.events if e.uid == "CollisionStart" and _is_hit(e))
    j, position = trace.index("Crate"), trace.position.copy()
    position[:, j] = position[0, j]
    position[touch + 1 :, j, 2] -= 0.5
    still = np.broadcast_to(trace.quaternion[:1], trace.quaternion.shape)
    waited = replace(trace, position=position, quaternion=still)
    checks = criticise(staged, waited, measure(trace, staged.assertions))
    check = next(c for c in checks if c.kind == "order")
    assert check.met
    assert check.stage == "dynamics"
    assert not check.physical
