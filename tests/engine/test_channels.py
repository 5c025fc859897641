"""From the world's poses to channels, without Blender."""

import numpy as np
import pytest

from addon.engine.channels import Surroundings, matrices, motions_of, shows
from addon.engine.motions import load_motions, save_motions
from addon.geometry.poses import from_rotation_vector
from addon.scene_graph import SceneGraph, SceneObject, World
from addon.trace import ContactColumns, Event, Trace, TraceMeta

FRAMES = 5


def line(count=FRAMES, step=(1.0, 0.0, 0.0)):
    return np.arange(count)[:, None] * np.array(step)


def trace_of(objects, position, quaternion, present=None, events=(), scale=None):
    graph = SceneGraph(name="s", world=World(), objects=tuple(objects), constraints=())
    frames, bodies = position.shape[:2]
    still = np.zeros((frames, bodies, 3))
    meta = TraceMeta(fps=24, substeps=10, seed=0, steps=frames - 1, engine="test", scene=graph)
    names = tuple(o.name for o in objects)
    present = np.ones((frames, bodies), dtype=bool) if present is None else present
    scale = np.ones((frames, bodies, 3)) if scale is None else scale
    volume = np.ones((frames, bodies))
    return Trace(
        meta, names, present, position, quaternion, scale, still, still, volume, ContactColumns.empty(), list(events)
    )


def test_only_what_changes_becomes_motion(tmp_path):
    position = np.zeros((FRAMES, 3, 3))
    position[:, 1] = line()
    quaternion = np.tile([1.0, 0, 0, 0], (FRAMES, 3, 1))
    quaternion[2:, 1] *= -1
    present = np.ones((FRAMES, 3), dtype=bool)
    present[3:, 2] = False
    position[3:, 2] = np.nan
    objects = [SceneObject(name=n, properties={"on": False, "text": "a"}) for n in ("Floor", "Ball", "Gone")]
    events = [
        Event(
            uid="PropertyChanged", frame=2, time=0, parameters={"object_id": "Floor", "property": p, "old": 0, "new": v}
        )
        for p, v in (("on", True), ("text", "b"))
    ]
    motions = motions_of(trace_of(objects, position, quaternion, present, events), {})
    assert [(m.name, m.rotation is None, m.present is None, m.properties) for m in motions] == [
        ("Floor", True, True, {"on": [(0, False), (2, True)]}),
        ("Ball", True, True, {}),
        ("Gone", True, False, {}),
    ]
    save_motions(motions, tmp_path / "m.npz")
    again = load_motions(tmp_path / "m.npz")
    assert [(m.name, m.properties) for m in again] == [(m.name, m.properties) for m in motions]
    ball = next(m for m in again if m.name == "Ball")
    assert np.array_equal(ball.location, line())
    assert ball.rotation is None


POSES = line(), from_rotation_vector(line(step=(0.3, 0.2, 0.1))), 1 + line(step=(0.1, 0, 0.2))
"""Positions, rotations and scales of a body over the frames."""

REST = np.zeros((1, 3)), np.array([[1.0, 0, 0, 0]]), np.ones((1, 3))
SHEAR = np.array([[1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1.0]])


def motion_of(poses, above=None, shown=None, rest=REST, present=None, unreliable=False):
    """The motion of one body, None if it needs none; it is shown at the origin unless told otherwise."""
    everywhere = np.tile(np.eye(4), (FRAMES, 1, 1))
    above = everywhere if above is None else np.broadcast_to(above, everywhere.shape)
    position, quaternion, scale = (values[:, None] for values in poses)
    trace = trace_of([SceneObject(name="Body")], position, quaternion, present, scale=scale)
    around = Surroundings(above, everywhere if shown is None else shown, rest, unreliable)
    return next(iter(motions_of(trace, {"Body": around})), None)


def still(values, row=0):
    return np.repeat(values[row : row + 1], FRAMES, axis=0)


def world(motion, above=None):
    """Where keys put a body."""
    own = [still(rest) if keys is None else keys for keys, rest in zip(channels(motion), REST, strict=True)]
    return matrices(own) if above is None or motion.unparented else above @ matrices(own)


def channels(motion):
    return motion.location, motion.rotation, motion.scale


def test_what_is_shown_right_gets_no_keys():
    assert motion_of(POSES, shown=matrices(POSES)) is None
    assert motion_of(POSES, above=SHEAR, shown=matrices(POSES)) is None
    sheared = SHEAR @ matrices(POSES)
    assert not shows(sheared, POSES).any()


def test_only_channels_that_differ_from_the_objects_own_get_keys():
    motion = motion_of((still(POSES[0], 3), POSES[1], still(POSES[2])))
    assert [keys is not None for keys in channels(motion)] == [True, True, False]
    assert np.ptp(motion.location, axis=0).max() == 0


def test_all_channels_get_keys_where_something_animates_the_object():
    motion = motion_of((POSES[0], still(POSES[1]), still(POSES[2])), rest=None)
    assert all(keys is not None for keys in channels(motion))


def test_an_object_that_lags_gets_keys_at_its_own_place():
    above = matrices(POSES)
    poses = POSES[0], POSES[1], POSES[2]
    motion = motion_of(poses, above=above, shown=np.roll(above, 1, axis=0))
    assert world(motion, above) == pytest.approx(matrices(POSES))
    assert all(keys is not None for keys in channels(motion))


@pytest.mark.parametrize(
    ("above", "freed"),
    [
        (np.eye(4), False),
        (matrices((np.ones((1, 3)), POSES[1][3:4], np.full((1, 3), 2.0)))[0], False),
        (matrices((np.ones((1, 3)), POSES[1][3:4], -np.ones((1, 3))))[0], False),
        (np.diag([1, 1, 3, 1.0]), True),
        (SHEAR, True),
        (np.diag([1, 1, 0, 1.0]), True),
    ],
)
def test_keys_end_in_the_world_whatever_is_above(above, freed):
    motion = motion_of(POSES, above=above)
    assert motion.unparented == freed
    assert world(motion, above) == pytest.approx(matrices(POSES), abs=1e-9)


def test_what_blender_evaluates_too_early_is_freed():
    assert motion_of(POSES, shown=matrices(POSES), unreliable=True).unparented
    here = still(POSES[0]), still(POSES[1]), still(POSES[2])
    assert motion_of(here, shown=matrices(here), unreliable=True) is None


def test_signs_of_a_mirrored_object_stay():
    mirrored = POSES[0], POSES[1], POSES[2] * [1, -1, 1]
    motion = motion_of(mirrored, rest=(*REST[:2], np.array([[1.0, -1.0, 1.0]])))
    assert np.array_equal(np.sign(motion.scale), np.tile([1, -1, 1], (FRAMES, 1)))
    assert world(motion) == pytest.approx(matrices(mirrored))


def test_frames_without_an_object_or_a_size_hold_the_pose_before():
    position, quaternion, scale = (values.copy() for values in POSES)
    scale[2], quaternion[2] = 0.0, np.nan
    motion = motion_of((position, quaternion, scale))
    assert np.array_equal(motion.rotation[2], motion.rotation[1])
    assert np.array_equal(motion.scale[2], [0, 0, 0])
    present = np.array([[True], [True], [False], [True], [True]])
    position[2] = quaternion[2] = scale[2] = np.nan
    motion = motion_of((position, quaternion, scale), present=present)
    assert all(np.array_equal(keys[2], keys[1]) for keys in channels(motion))
    elsewhere = matrices(POSES)
    elsewhere[2, 0, 3] += 7
    motion = motion_of((position, quaternion, scale), shown=elsewhere, present=present)
    assert (channels(motion), motion.present.tolist()) == ((None, None, None), [True, True, False, True, True])


def test_motions_are_read_as_they_were_written(tmp_path):
    motion = motion_of(POSES, above=SHEAR)
    save_motions([motion], tmp_path / "m.npz")
    (again,) = load_motions(tmp_path / "m.npz")
    assert (again.name, again.unparented) == ("Body", True)
    assert all(np.array_equal(a, b) for a, b in zip(channels(again), channels(motion), strict=True))


def test_what_scripts_hid_is_in_the_motions():
    def hid(name, path, new):
        parameters = {"object_id": name, "property": path, "old": not new, "new": new}
        return Event(uid="PropertyChanged", frame=2, time=2 / 24, parameters=parameters)

    still = np.zeros((FRAMES, 1, 3)), np.tile([1.0, 0, 0, 0], (FRAMES, 1, 1))
    events = [hid("Box", "hide_render", True), hid("Lamp", "hide_viewport", False)]
    trace = trace_of([SceneObject(name="Box")], *still, events=events)
    found = {motion.name: motion.hidden for motion in motions_of(trace, {})}
    assert found == {"Box": {"hide_render": [(2, True)]}, "Lamp": {"hide_viewport": [(2, False)]}}
