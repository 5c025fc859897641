"""The camera has what acts well in view, and follows it where it leaves the view."""

import numpy as np
import pytest

from addon.engine.blender import BlenderEngine
from addon.jobs.rollout import RolloutOptions, rollout
from addon.worlds.following import following
from addon.worlds.manifest import Happening, Manifest, Setting, Subject
from addon.worlds.places import Place
from addon.worlds.shot import FILLED, SEEN, corners, eye_of, height_of
from addon.worlds.staging import FPS, stage

BALL = Subject(name="Ball", thing="ball")
HOUSE = Subject(name="House", thing="house")
EYE = eye_of()


def seen(staged, name, at):
    """Where the corners of a thing are in the picture."""
    return EYE.seen(corners(staged.layout.placed[name].box), np.array(at))


def test_the_nearest_place_has_all_points_in_the_picture_and_a_nearer_one_has_not():
    points = np.random.default_rng(0).uniform(-2.0, 2.0, (40, 3))
    at = EYE.fit(points)
    assert np.abs(EYE.seen(points, at)).max() == pytest.approx(FILLED)
    assert np.abs(EYE.seen(points, at + 0.1 * EYE.ahead)).max() > FILLED


def test_what_is_behind_is_not_seen():
    assert np.abs(EYE.seen(-EYE.ahead[None], np.zeros(3))).min() > 1.0


def test_a_small_thing_that_acts_is_not_lost_beside_a_large_one():
    by = BALL.model_copy(update={"places": (Place(relation="in front of", of=("House",)),)})
    roll = (Happening(who="Ball", does="roll"),)
    acts, rests = stage(Manifest(subjects=(HOUSE, by), happenings=roll), 0), stage(Manifest(subjects=(HOUSE, by)), 0)
    heights = [
        height_of(EYE, corners(s.layout.placed["Ball"].box), np.array(s.graph.camera.location)) for s in (acts, rests)
    ]
    assert heights[0] > 1.2 * heights[1]
    for staged in (acts, rests):
        at = staged.graph.camera.location
        assert np.abs(seen(staged, "Ball", at)).max() <= 1.0
        middle = corners(staged.layout.placed["House"].box).mean(axis=0)
        assert np.abs(EYE.seen(middle, np.array(at))).max() <= 1.0


@pytest.mark.parametrize("thing", ["die", "ball", "chair", "house"])
def test_a_thing_alone_fills_the_picture(thing):
    staged = stage(Manifest(subjects=(Subject(name="One", thing=thing),)), 0)
    corner = corners(staged.layout.placed["One"].box)
    assert height_of(EYE, corner, np.array(staged.graph.camera.location)) >= SEEN


def ran(manifest):
    staged = stage(manifest, 0)
    steps = RolloutOptions(steps=round(manifest.seconds * FPS))
    trace = rollout(BlenderEngine.from_graph(staged.graph), None, steps).trace
    return staged, trace, following(staged.manifest, staged.graph.camera, staged.layout.ground, trace)


def test_a_camera_follows_what_rolls_away():
    roll = (Happening(who="Ball", does="roll", amount=6.0),)
    staged, trace, camera = ran(Manifest(subjects=(BALL,), happenings=roll, seconds=3.0))
    place = trace.position[:, trace.index("Ball")]
    assert np.abs(EYE.seen(place[-1:], np.array(staged.graph.camera.location))).max() > 1.0
    steps, way = np.array(camera.path.steps), np.array(camera.path.location)
    for step, at in zip(steps, way, strict=True):
        assert np.abs(EYE.seen(place[step : step + 1], at)).max() <= 1.0
    turns = np.abs(np.diff(way, n=2, axis=0)).max()
    assert turns < 0.1 * np.abs(np.diff(way, axis=0)).max() + 0.05
    assert set(camera.path.rotation) == {camera.rotation}
    assert (steps[0], steps[-1]) == (0, len(place) - 1)


def test_a_camera_stands_still_where_all_stays_in_view():
    staged, _, camera = ran(Manifest(subjects=(BALL,), seconds=0.5))
    assert camera == staged.graph.camera
    assert camera.path is None


def test_a_camera_stands_farther_off_for_what_others_knock_over():
    """The last domino of a row falls beyond where it stood, and is seen whole."""
    row = Subject(name="Domino", thing="domino", count=7, arrangement="row")
    topple = (Happening(who="Ball", does="topple", to="Domino"),)
    staged, trace, camera = ran(Manifest(subjects=(BALL, row), happenings=topple, seconds=4.0))
    ends = trace.position[-1, [trace.index(f"Domino {i + 1}") for i in range(7)]]
    assert camera.path is None
    assert camera.rotation == staged.graph.camera.rotation
    assert np.abs(EYE.seen(ends, np.array(camera.location))).max() <= 0.9


def test_a_camera_stays_with_the_others_where_one_goes_too_far_off():
    """One of two balls that go apart is still seen in the end, and not the ground between them."""
    balls = (BALL, Subject(name="Other", thing="ball", places=(Place(relation="next to", of=("Ball",)),)))
    does = (Happening(who="Ball", does="roll", amount=9.0), Happening(who="Other", does="bounce"))
    _, trace, camera = ran(Manifest(subjects=balls, happenings=does, seconds=5.0))
    for step in range(0, len(trace.position), 20):
        at = np.array(camera.location)
        if camera.path is not None:
            at = np.array(camera.path.location)[np.searchsorted(camera.path.steps, step)]
        assert np.abs(EYE.seen(trace.position[step : step + 1, trace.index("Other")], at)).max() <= 1.0


def test_a_camera_that_is_told_how_to_go_does_so():
    roll = (Happening(who="Ball", does="roll", amount=6.0),)
    staged, _, camera = ran(Manifest(subjects=(BALL,), happenings=roll, view="orbit", seconds=1.0))
    assert camera == staged.graph.camera
    assert camera.path is not None


def test_nothing_tall_that_is_strewn_stands_between_the_camera_and_what_is_named():
    for seed in (12, 13, 14):
        staged = stage(Manifest(subjects=(BALL, HOUSE), setting=Setting(where="forest")), seed)
        eye = np.array(staged.graph.camera.location)
        for strewn in staged.strewn:
            if strewn.box.half[2] < 0.45:
                continue
            for placed in staged.layout.placed.values():
                way = eye[:2] + np.linspace(0.0, 1.0, 200)[:, None] * (placed.box.middle[:2] - eye[:2])
                away = np.linalg.norm(way - strewn.box.middle[:2], axis=1)
                assert away.min() > max(strewn.box.half[:2])
