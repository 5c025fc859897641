"""The critic finds what is wrong, each kind by what breaks it alone."""

from dataclasses import replace

import numpy as np
import pytest

from addon.engine.blender import BlenderEngine
from addon.jobs.rollout import RolloutOptions, rollout
from addon.metrics import measure
from addon.worlds.critic import criticise, mended
from addon.worlds.manifest import Happening, Manifest, Setting, Subject
from addon.worlds.places import Place
from addon.worlds.staging import FPS, stage

BALL = Subject(name="Ball", thing="ball")


def ran(manifest):
    """What is staged of a plan, its trace and its figures."""
    staged = stage(manifest, 0)
    steps = RolloutOptions(steps=round(manifest.seconds * FPS))
    trace = rollout(BlenderEngine.from_graph(staged.graph), None, steps).trace
    return staged, trace, measure(trace, staged.assertions)


def broken(staged, trace, metrics):
    return {check.kind for check in criticise(staged, trace, metrics) if not check.met}


@pytest.fixture(scope="module")
def still():
    flag = Subject(name="Flag", thing="flag")
    waves = (Happening(who="Flag", does="wave"),)
    crate = Subject(name="Crate", thing="crate")
    return ran(Manifest(subjects=(crate, flag), happenings=waves, setting=Setting(wind=5.0), seconds=2.0))


def test_a_sound_world_breaks_nothing(still):
    assert broken(*still) == set()


def test_what_is_too_fast_leaves_the_world():
    away = Happening(who="Ball", does="roll", amount=50.0)
    staged, trace, metrics = ran(Manifest(subjects=(BALL,), happenings=(away,), seconds=1.0))
    faster = replace(trace, velocity=trace.velocity * 1.9, position=trace.position * 1.9)
    found = (staged, faster, metrics)
    assert broken(*found) >= {"speed", "stays"}
    told = next(check.text for check in criticise(*found) if check.kind == "speed")
    assert told.startswith("'Ball' is the fastest, at 9")
    assert told.endswith("m/s (60 m/s at most)")


def test_what_creeps_does_not_rest(still):
    staged, trace, metrics = still
    position = trace.position.copy()
    position[:, trace.index("Crate"), 0] += np.linspace(0.0, 0.1, len(position))
    assert broken(staged, replace(trace, position=position), metrics) == {"rest"}


def test_what_starts_in_the_air_falls_and_is_not_held():
    table = Subject(name="Table", thing="table", lift=0.5)
    ball = BALL.model_copy(update={"places": (Place(relation="on", of=("Table",)),)})
    staged, trace, metrics = ran(Manifest(subjects=(table, ball), seconds=1.0))
    checks = criticise(staged, trace, metrics)
    assert {check.kind for check in checks if not check.met} == set()
    assert mended(staged.manifest, checks) is None
    fallen = trace.position[0, :, 2] - trace.position[-1, :, 2]
    assert [round(float(fallen[trace.index(name)]), 1) for name in ("Table", "Ball")] == [0.5, 0.5]


def test_what_is_held_is_told():
    held = BALL.model_copy(update={"lift": 1.0, "moves": "fixed"})
    checks = criticise(*ran(Manifest(subjects=(held,), seconds=0.1)))
    assert [(c.subject, c.met) for c in checks if c.kind == "held"] == [("Ball", True)]


def test_what_does_not_happen_is_missed():
    bottle = Subject(name="Bottle", thing="bottle")
    slow = Happening(who="Ball", does="roll", to="Bottle", amount=0.01)
    staged, trace, metrics = ran(Manifest(subjects=(BALL, bottle), happenings=(slow,), seconds=0.5))
    assert broken(staged, trace, metrics) == {"event", "motion"}


def test_cloth_that_is_pulled_out_is_found(still):
    staged, trace, metrics = still
    pulled = replace(trace, deformed=replace(trace.deformed, stretch=trace.deformed.stretch * 2.0))
    assert broken(staged, pulled, metrics) == {"stretch"}


def test_bodies_in_each_other_are_found(still):
    staged, trace, metrics = still
    contacts = replace(trace.contacts, distance=np.full_like(trace.contacts.distance, -0.1))
    assert broken(staged, replace(trace, contacts=contacts), metrics) == {"penetration"}


def test_energy_from_nowhere_is_found(still):
    staged, trace, metrics = still
    assert broken(staged, trace, metrics.model_copy(update={"gains_energy": True, "gained_energy": 50.0})) == {"energy"}


def test_more_is_asked_of_what_did_not_suffice_as_far_as_it_can_be():
    slope = Subject(name="Ramp", thing="ramp", parameters={"height": 1.9})
    roll = Happening(who="Ball", does="roll", to="Ramp")
    manifest = Manifest(subjects=(BALL, slope), happenings=(roll,))
    staged, trace, metrics = ran(manifest.model_copy(update={"seconds": 0.1}))
    checks = criticise(staged, trace, metrics)
    missed = [replace(check, met=False) if check.kind == "event" else check for check in checks]
    changed = mended(manifest, missed)
    assert changed.subject("Ramp").parameters["height"] == 2.0
    assert changed.happenings[0].amount > 2.5
    assert mended(manifest, [replace(check, met=True) for check in checks]) is None
