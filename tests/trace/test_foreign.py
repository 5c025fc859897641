import copy
import gzip
import json
import math
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addon.geometry.poses import rotation_matrix
from addon.trace import TraceError, contact_intervals
from addon.trace.foreign import (
    ForeignTrace,
    foreign_json,
    from_trace,
    parse_foreign,
    read_foreign,
    read_rollouts,
    to_trace,
)
from addon.trace.foreign.model import Body


def planar(frames=60, **changes):
    """A ball rolls to the right on a bar, in pixels of 1/10 m; a jar of two polygons hangs above."""
    jar = [[[-5, 0], [5, 0], [5, 1], [-5, 1]], [[4, 1], [5, 1], [5, 6], [4, 6]]]
    return {
        "foreign_trace_version": 1,
        "title": "roll",
        "source": "test",
        "dimensions": 2,
        "fps": 60,
        "meters_per_unit": 0.1,
        "bodies": [
            {"id": "ball", "shapes": [{"type": "circle", "radius": 5}], "color": "red", "mass": 2, "tags": ["actor"]},
            {"id": "bar", "shapes": [{"type": "box", "size": [200, 10]}], "motion": "static", "pose": [0, -5, 0]},
            {
                "id": "jar",
                "shapes": [{"type": "polygon", "vertices": p} for p in jar],
                "motion": "static",
                "pose": [0, 40, math.pi / 2],
                "color": [0.5, 0.5, 1],
            },
        ],
        "frames": [{"ball": [k, 5, -k / 5]} for k in range(frames)],
        **changes,
    }


def solid(frames=30, **changes):
    """A box falls onto a slab, y up, quaternions not of length 1."""
    height = [max(3 - 9.81 / 2 * (k / 60) ** 2 * 16, 0.5) for k in range(frames)]
    return {
        "foreign_trace_version": 1,
        "dimensions": 3,
        "fps": 60,
        "up": "y",
        "bodies": [
            {"id": "box", "shapes": [{"type": "box", "size": [1, 1, 2]}]},
            {"id": "slab", "shapes": [{"type": "box", "size": [9, 1, 9]}], "motion": "static",
             "pose": [0, -0.5, 0, 1, 0, 0, 0]},
        ],
        "frames": [{"box": [1, h, 2, 2, 0, 0, 0]} for h in height],
        **changes,
    }  # fmt: skip


def trace_of(record):
    return to_trace(parse_foreign(record, "test"))


def test_a_planar_trace_lies_in_x_and_z():
    trace = trace_of(planar())
    assert trace.meta.planar
    assert trace.meta.engine == "test"
    assert trace.bodies == ("ball", "bar", "jar")
    assert trace.scene.world.gravity == (0.0, 0.0, -9.81)
    assert trace.position[10, 0] == pytest.approx([1.0, 0.0, 0.5])
    assert trace.velocity[10, 0] == pytest.approx([6.0, 0.0, 0.0])
    # It rolls to the right: clockwise seen from -y, which is a turn about +y.
    assert trace.angular_velocity[10, 0] == pytest.approx([0.0, 12.0, 0.0], rel=1e-6)
    assert contact_intervals(trace.contacts) == {(0, 1): [(0, 59)]}
    assert trace.contacts.point[3] == pytest.approx([0.3, 0.0, 0.0], abs=1e-9)
    assert trace.contacts.normal[3] == pytest.approx([0.0, 0.0, -1.0])
    ball, bar, jar = trace.scene.objects
    assert (ball.dimensions, ball.body.mass, ball.body.shape, ball.tags) == ((1.0, 1.0, 1.0), 2.0, "SPHERE", ("actor",))
    assert bar.dimensions[0] == pytest.approx(20.0)
    assert (bar.body.type, jar.body.shape) == ("PASSIVE", "MESH")
    upright = rotation_matrix(np.array(jar.rotation)) @ np.array([0.5, 0.0, 0.6])  # its upper right corner
    assert upright + jar.location == pytest.approx([-0.6, 0.0, 4.5], abs=1e-9)


def test_screen_coordinates_point_down():
    up = trace_of(planar())
    record = planar(up="-y")
    for frame in record["frames"]:
        x, y, angle = frame["ball"]
        frame["ball"] = [x, -y, -angle]
    for body in record["bodies"]:
        for shape in body["shapes"]:
            shape["vertices"] = [[x, -y] for x, y in shape.get("vertices", [])] or None
            if shape["vertices"] is None:
                del shape["vertices"]
        if "pose" in body:
            x, y, angle = body["pose"]
            body["pose"] = [x, -y, -angle]
    down = trace_of(record)
    assert down.position == pytest.approx(up.position)
    assert down.quaternion == pytest.approx(up.quaternion)
    assert contact_intervals(down.contacts) == contact_intervals(up.contacts)


def test_three_dimensions_with_y_up():
    trace = trace_of(solid())
    assert trace.position[0, 0] == pytest.approx([1.0, -2.0, 3.0])
    long_axis = rotation_matrix(trace.quaternion[0, 0]) @ np.array([0.0, 0.0, 1.0])
    assert long_axis == pytest.approx([0.0, -1.0, 0.0])
    (intervals,) = contact_intervals(trace.contacts).values()
    landed = int(np.argmax(trace.position[:, 0, 2] <= 0.5))
    assert intervals[0][0] in (landed - 1, landed)
    assert intervals[-1][1] == 29
    assert any(e.uid == "CollisionStart" for e in trace.events)


def test_contacts_and_labels_of_the_file_are_taken_over():
    interval = {"a": "bar", "b": "ball", "start": 5, "end": 9}
    label = {"uid": "TaskComplete", "frame": 30, "parameters": {"success": True}}
    trace = trace_of(planar(contacts=[interval], events=[label]))
    assert contact_intervals(trace.contacts) == {(0, 1): [(5, 9)]}
    assert trace.contacts.point[0] == pytest.approx([0.5, 0.0, 0.0], abs=1e-9)
    assert [(e.uid, e.frame) for e in trace.events] == [
        ("CollisionStart", 5),
        ("CollisionEnd", 10),
        ("TaskComplete", 30),
    ]
    rows = {"points": [[0, 0]] * 5, "normals": [[0, 1]] * 5, "distances": [-1] * 5}
    trace = trace_of(planar(contacts=[{**interval, **rows}]))
    assert trace.contacts.normal[0] == pytest.approx([0.0, 0.0, -1.0])
    assert trace.contacts.distance == pytest.approx([-0.1] * 5)


def test_a_body_may_come_and_go():
    record = planar()
    for k in (0, 1, 40):
        record["frames"][k]["ball"] = None
    trace = trace_of(record)
    assert (~trace.present[:, 0]).nonzero()[0].tolist() == [0, 1, 40]
    assert np.isnan(trace.position[40, 0]).all()
    assert contact_intervals(trace.contacts)[0, 1] == [(2, 39), (41, 59)]


def edited(**paths):
    """The planar record with values replaced; ``a__0__b`` is the value at a, 0, b."""
    record = copy.deepcopy(planar())
    for path, value in paths.items():
        *way, last = [int(p) if p.isdigit() else p for p in path.split("__")]
        place = record
        for step in way:
            place = place[step]
        if value is None:
            del place[last]
        else:
            place[last] = value
    return record


TIMES = [k / 60 for k in range(60)]


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ([], "foreign_trace_version is None"),
        (edited(foreign_trace_version=2), "foreign_trace_version is 2, this program reads 1"),
        (edited(bodies__0__id="bar"), r"bodies\[1\] \('bar'\): there is a body 'bar' already"),
        (edited(bodies__0__shapes__0__radius=-1), r"bodies\[0\].shapes\[0\].circle.radius: .*greater than 0"),
        (edited(bodies__0__shapes__0__radius=math.nan), r"radius: .*finite"),
        (edited(bodies__1__pose=None), r"bodies\[1\] \('bar'\): a static body needs a pose"),
        (edited(bodies__1__pose=[0, 1]), r"bodies\[1\].*pose has 3 numbers, here are 2"),
        (edited(bodies__0__shapes__0={"type": "sphere", "radius": 1}), "sphere does not belong into 2 dimensions"),
        (edited(bodies__0__color="rde"), "there is no colour 'rde'"),
        (edited(bodies__2__shapes__0__vertices=[[0, 0], [2, 0], [1, 0.5], [0, 2]]), r"shapes\[0\]: .*not convex"),
        (edited(bodies__2__shapes__0__vertices=[[0, 2], [1, -2], [-2, 1], [2, 1], [-1, -2]]), "not convex"),
        (edited(bodies__2__shapes__0__vertices=[[0, 0], [1, 1], [2, 2]]), "encloses no area"),
        (edited(frames__17__ball=[1, math.inf, 0]), r"frames\[17\].ball\[1\]: .*finite"),
        (edited(frames__17__ball=[1, 2]), r"frames\[17\].ball: a pose has 3 numbers, here are 2"),
        (edited(frames__17={}), r"frames\[17\]: 'ball' has no pose; write null"),
        (edited(frames__17__bal=[1, 2, 3]), r"frames\[17\]: 'bal' is no body; did you mean 'ball'"),
        (edited(frames__17__bar=[1, 2, 3]), r"frames\[17\]: 'bar' is static"),
        (edited(frames=[]), "frames: .*at least 1"),
        (planar(times=TIMES[:-1]), "59 times for 60 frames"),
        (planar(times=[*TIMES[:20], *TIMES[21:], 1.0]), r"times\[20\]: .*1 frames are missing"),
        (planar(times=[*TIMES[:20], 0.1, *TIMES[21:]]), r"times\[20\]: 0.1 s does not come after"),
        (planar(times=[*TIMES[:20], 0.34, *TIMES[21:]]), "equally spaced"),
        (planar(contacts=[{"a": "ball", "b": "br", "start": 0, "end": 1}]), r"contacts\[0\]: 'br' is no body"),
        (planar(contacts=[{"a": "ball", "b": "ball", "start": 0, "end": 1}]), "cannot touch itself"),
        (planar(contacts=[{"a": "ball", "b": "bar", "start": 3, "end": 99}]), "within 0 and 59"),
        (planar(contacts=[{"a": "ball", "b": "bar", "start": 3, "end": 4, "points": [[0, 0]]}]), "1 entries for 2"),
        (planar(events=[{"uid": "x", "frame": 99}]), r"events\[0\]: frame 99 comes after the last, 59"),
        (planar(gravity=[0, 0, -9.81]), "gravity: 3 numbers, 2 are needed"),
        (planar(up="z"), "no axis that can point up in 2 dimensions"),
        (planar(touch=2, release=1), "release: 1 is less than touch"),
        (planar(colour="red"), "colour: .*not permitted"),
        (solid(frames=2) | {"frames": [{"box": [0, 0, 0, 0, 0, 0, 0]}]}, r"frames\[0\].box: the quaternion is zero"),
        (solid(contacts=[{"a": "box", "b": "slab", "start": 0, "end": 1}]), "need points, normals and distances"),
    ],
)
def test_what_does_not_fit_is_told(record, words):
    with pytest.raises(TraceError, match=words):
        trace_of(record)


def touching(**changes):
    """A contact of ball and bar at the frames 0 and 1."""
    places = {"points": [[0, 0]] * 2, "normals": [[0, -1]] * 2, "distances": [0, 0]}
    return [{"a": "ball", "b": "bar", "start": 0, "end": 1, **places, **changes}]


LATE = [{"ball": None}, *({"ball": [k, 5, 0]} for k in range(3))]


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (planar(frames=2) | {"frames": [{"ball": [0, 5, 0]}, {"ball": [1e14, 5, 0]}]}, "'position' of 'ball'.*frame 1"),
        (planar(frames=2) | {"frames": [{"ball": [0, 5, 0]}, {"ball": [1e99, 5, 0]}]}, r"frames\[1\]\.ball\[0\]"),
        (planar(gravity=[0, -1e12]), "gravity is 1e\\+11 m/s²; it must be 0 or between"),
        (planar(meters_per_unit=1e-9), "meters_per_unit"),
        (planar(fps=1e9), "fps"),
        (planar(contacts=touching(normals=[[0, -3]] * 2)), "contact 0 has a normal of the length 3, not 1"),
        (planar(contacts=touching()) | {"frames": LATE}, "contact 0 is of 'ball', which is not there at frame 0"),
        (planar(events=[{"uid": "CollisionStart", "frame": 5}]), "'CollisionStart'.* needs the parameter 'a_id'"),
    ],
)
def test_what_no_run_can_have_is_told_with_the_file(tmp_path, record, words):
    path = tmp_path / "t.json"
    path.write_text(json.dumps(record))
    with pytest.raises(TraceError, match=rf"t\.json: .*{words}"):
        read_foreign(path)


def test_a_rollout_that_no_run_can_have_is_named(tmp_path):
    path = tmp_path / "file.json"
    path.write_text(json.dumps(broken(lambda r, d: d["meta"]["physics"].update(gravity_px_s2=-1e13))))
    with pytest.raises(TraceError, match=r"rollout r0: no run can have.*gravity"):
        list(read_rollouts(path))


def test_a_flat_hull_and_a_body_that_never_comes_are_refused():
    flat = {"type": "hull", "vertices": [[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]]}
    record = solid()
    record["bodies"][0]["shapes"] = [flat]
    with pytest.raises(TraceError, match="body 'box': its hull is flat"):
        trace_of(record)
    with pytest.raises(TraceError, match="'box' is not there in any frame"):
        trace_of(solid() | {"frames": [{"box": None}]})


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100000, b'{"a": NaN}'])
def test_what_is_no_json_is_refused(tmp_path, content):
    (tmp_path / "t.json").write_bytes(content)
    with pytest.raises(TraceError, match=r"t\.json"):
        read_foreign(tmp_path / "t.json")
    with pytest.raises(TraceError, match=r"t\.json"):
        list(read_rollouts(tmp_path / "t.json"))


length = st.floats(0.1, 5)
number = st.floats(-20, 20)
flat_shapes = st.one_of(
    length.map(lambda r: {"type": "circle", "radius": r}),
    st.tuples(length, length).map(lambda s: {"type": "box", "size": s}),
    length.map(lambda r: {"type": "polygon", "vertices": [[-r, 0], [r, -r], [2 * r, r], [0, 3 * r]]}),
)
solid_shapes = st.one_of(
    length.map(lambda r: {"type": "sphere", "radius": r}),
    st.tuples(length, length, length).map(lambda s: {"type": "box", "size": s}),
    st.builds(lambda k, r, h: {"type": k, "radius": r, "length": max(h, 2 * r)},
              st.sampled_from(["cylinder", "cone", "capsule"]), length, length),
    length.map(lambda r: {"type": "hull", "vertices": [[0, 0, 0], [r, 0, 0], [0, r, 0], [0, 0, 2 * r], [r, r, r]]}),
)  # fmt: skip


@st.composite
def records(draw):
    flat = draw(st.booleans())
    frames = draw(st.integers(1, 6))
    count = draw(st.integers(1, 3))
    turn = st.tuples(number, number, number, number).filter(lambda q: np.linalg.norm(q) > 0.1)
    pose = st.tuples(number, number, number) if flat else st.tuples(st.tuples(number, number, number), turn).map(
        lambda p: (*p[0], *p[1])
    )  # fmt: skip
    bodies, poses = [], {}
    for index in range(count):
        motion = draw(st.sampled_from(["dynamic", "kinematic", "static"]))
        body = {"id": f"body {index}", "motion": motion, "shapes": [draw(flat_shapes if flat else solid_shapes)]}
        body["mass"] = draw(length)
        if motion == "static":
            body["pose"] = draw(pose)
        else:
            poses[body["id"]] = draw(st.lists(pose, min_size=frames, max_size=frames))
        bodies.append(body)
    return {
        "foreign_trace_version": 1,
        "title": "made",
        "source": "hypothesis",
        "dimensions": 2 if flat else 3,
        "fps": draw(st.sampled_from([24, 60, 100])),
        "bodies": bodies,
        "frames": [{name: own[k] for name, own in poses.items()} for k in range(frames)],
        "events": [{"uid": "Label", "frame": frames - 1, "parameters": {"n": 1}}],
    }


@settings(max_examples=60)
@given(records())
def test_export_and_import_give_the_same_trace(record):
    trace = trace_of(record)
    exported = from_trace(trace)
    again = to_trace(parse_foreign(json.loads(foreign_json(exported)), "again"))
    assert again.bodies == trace.bodies
    arrays = again.arrays()
    sides = np.sign(np.sum(trace.quaternion * again.quaternion, axis=2, keepdims=True))
    arrays["quaternion"] = again.quaternion * sides  # both signs are the same rotation
    for name, array in trace.arrays().items():
        if not name.startswith("contact_"):
            np.testing.assert_allclose(arrays[name], array, rtol=1e-6, atol=1e-6, err_msg=name)
    assert contact_intervals(again.contacts) == contact_intervals(trace.contacts)
    assert again.contacts.point == pytest.approx(trace.contacts.point, abs=1e-9)
    assert again.events == trace.events
    for one, other in zip(trace.scene.objects, again.scene.objects, strict=True):
        assert other.dimensions == pytest.approx(one.dimensions, rel=1e-6)
        assert (other.body.type, other.body.kinematic) == (one.body.type, one.body.kinematic)


def test_a_body_that_is_not_enabled_is_exported_as_one_that_forces_do_not_move():
    trace = trace_of(planar())
    ball, *others = trace.scene.objects
    off = ball.model_copy(update={"rigid_body": ball.rigid_body.model_copy(update={"enabled": False})})
    trace.meta.scene = trace.scene.model_copy(update={"objects": (off, *others)})
    assert [b.motion for b in from_trace(trace).bodies] == ["kinematic", "static", "static"]


def test_export_refuses_a_size_that_changes():
    trace = trace_of(planar())
    trace.scale[30:, 0] = 1.5
    with pytest.raises(TraceError, match="'ball' changes its size at frame 30"):
        from_trace(trace)


def phyre(rollouts=2, packed=True):
    """Rollouts in the layout of PHYRE's files: a ball falls 10 px onto a bar beside a jar that stands still."""
    fall = [max(30 - 58.8 / 2 * (k / 60) ** 2, 10.03) for k in range(80)]
    jar = [[[-5, 0], [5, 0], [5, 1], [-5, 1]], [[4, 1], [5, 1], [5, 6], [4, 6]]]
    rollout = {
        "dt": 1 / 60,
        "solved": True,
        "phyre_stop_step": 70,
        "task_id": "1:2",
        "bodies": [
            {"id": 0, "shape": "bar", "color": "black", "dynamic": False, "pos": [128, 2.5], "angle": 0.0,
             "polygons": [[[128, 2.5], [-128, 2.5], [-128, -2.5], [128, -2.5]]]},
            {"id": 7, "shape": "ball", "color": "red", "role": "action_ball", "dynamic": True, "pos": [50, 30],
             "angle": 0.0, "radius": 5.0, "mass": 0.5},
            {"id": 9, "shape": "jar", "color": "odd", "role": "goal_object", "dynamic": True, "pos": [90, 5.05],
             "angle": 0.0, "polygons": jar, "mass": 1.0},
        ],
        "frame_bodies": [7, 9],
        "frames": [[[50.0, round(y, 3), 0.0], [90.0, 5.05, 0.0]] for y in fall],
        "contacts": [{"a": 0, "b": 7, "steps": [[1, 2]], "known_until": 70}],
    }  # fmt: skip
    record = {
        "meta": {"physics": {"px_per_m": 6, "gravity_px_s2": 58.8}},
        "rollouts": [{**copy.deepcopy(rollout), "id": f"r{i}"} for i in range(rollouts)],
    }
    return record


@pytest.mark.parametrize("pack", [gzip.compress, bytes])
def test_rollouts_of_phyre(tmp_path, pack):
    path = tmp_path / "file"
    path.write_bytes(pack(json.dumps(phyre()).encode()))
    traces = dict(read_rollouts(path))
    assert list(traces) == ["r0", "r1"]
    trace = traces["r0"]
    assert trace.bodies == ("black bar 0", "red ball 7", "odd jar 9")
    assert trace.scene.world.gravity == pytest.approx((0.0, 0.0, -9.8))
    assert [o.tags for o in trace.scene.objects] == [(), ("actor",), ("goal_object",)]
    assert trace.position[0, 1] == pytest.approx([50 / 6, 0.0, 5.0])
    intervals = contact_intervals(trace.contacts)
    assert intervals[0, 2] == [(0, 79)]  # within the skin
    assert abs(intervals[0, 1][0][0] - 60 * math.sqrt(2 * 20 / 58.8)) <= 1
    done = trace.events[-1] if trace.events[-1].uid == "TaskComplete" else trace.events[-2]
    assert (done.frame, done.parameters) == (70, {"success": True})


def broken(change):
    record = phyre(1)
    change(record["rollouts"][0], record)
    return record


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda r, d: d.pop("meta"), "holds no rollouts"),
        (lambda r, d: r.pop("dt"), "rollout r0: 'dt' is missing"),
        (lambda r, d: r["bodies"][0].pop("pos"), "rollout r0: 'pos' is missing"),
        (lambda r, d: r["bodies"][1].update(id=0), "rollout r0: the id 0 is there twice"),
        (lambda r, d: r.update(frame_bodies=[7, 8]), "names the body 8"),
        (lambda r, d: r["frames"][12].pop(), "frame 12 has 1 poses for 2 moving bodies"),
        (lambda r, d: r["frames"][12][0].pop(), r"rollout r0: frames\[12\].red ball 7: a pose has 3 numbers"),
        (lambda r, d: r["frames"][12][0].__setitem__(0, math.nan), r"frames\[12\].*finite"),
        (lambda r, d: r.update(id="../x"), "no name for a folder"),
        (lambda r, d: r.update(dt=0), "rollout r0: "),
        (lambda r, d: d.update(rollouts=[3]), "rollout 0: "),
    ],
)
def test_broken_rollouts_are_told(tmp_path, change, words):
    path = tmp_path / "file.json"
    path.write_text(json.dumps(broken(change)))
    with pytest.raises(TraceError, match=words):
        list(read_rollouts(path))


def test_the_example_of_the_document():
    text = (Path(__file__).parents[2] / "docs" / "foreign_traces.md").read_text()
    (example,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    assert contact_intervals(trace_of(json.loads(example)).contacts) == {(0, 1): [(0, 2)]}
    for name in (*ForeignTrace.model_fields, *Body.model_fields):
        assert f"`{name}`" in text or f'"{name}"' in text, name
