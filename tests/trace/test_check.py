import json
import warnings

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addon.patterns.annotation import annotate
from addon.trace import Event, TraceError, load_trace, save_trace
from tests.patterns.builder import Touch, ball, build, floor, path

HIT = {"a_id": "Ball", "b_id": "Other", "normal_speed": 1.0, "normal": [1.0, 0.0, 0.0], "point": [0.0, 0.0, 0.0]}


def good():
    rolls = path((0, 0, 0.5), (30, (2, 0, 0)), (30, (0.5, 0, 0)))
    bodies = (floor(), ball("Ball", rolls), ball("Other", path((2, 0, 0.5), (30, (0, 0, 0)), (30, (1, 0, 0)))))
    touches = [
        Touch("Floor", "Ball", 0, 60),
        Touch("Floor", "Other", 0, 60),
        Touch("Ball", "Other", 30, 31, normal=(1, 0, 0), point=(1.5, 0, 0.5)),
    ]
    trace = build(bodies, touches)
    trace.events = [Event(uid="CollisionStart", frame=30, time=0.5, parameters=HIT)]
    return trace


def arrays(change):
    def broken(folder):
        with np.load(folder / "trace.npz") as stored:
            kept = dict(stored)
        change(kept)
        np.savez(folder / "trace.npz", **kept)

    return broken


def record(change):
    def broken(folder):
        data = json.loads((folder / "trace.json").read_text())
        change(data)
        (folder / "trace.json").write_text(json.dumps(data))

    return broken


def put(name, place, value):
    def change(kept):
        kept[name][place] = value

    return arrays(change)


def vanish(kept):
    kept["present"][10:, 1] = False


def floats(kept):
    kept["contact_a"] = kept["contact_a"].astype(float)


def numbers(kept):
    kept["present"] = kept["present"].astype(float)


BROKEN = {
    "with itself": put("contact_a", 0, 1),
    "is of the bodies 9": put("contact_a", 0, 9),
    "the bodies -1 and": put("contact_a", 0, -1),
    "the lower one comes first": arrays(
        lambda kept: kept.update(contact_a=kept["contact_b"], contact_b=kept["contact_a"])
    ),
    "whole numbers": arrays(floats),
    "true and false": arrays(numbers),
    "contact 0 is at frame 77": put("contact_frame", 0, 77),
    "contact 0 is at frame -1": put("contact_frame", 0, -1),
    "'position' of 'Ball' is no number": put("position", (3, 1, 0), np.nan),
    "'velocity' of 'Ball' is greater": put("velocity", (3, 1, 0), np.inf),
    "'quaternion' of 'Other' has not the length 1 at frame 3": put("quaternion", (3, 2), 0.0),
    "greater than 1e.12": put("position", (3, 1, 0), 1e13),
    "which is not there at frame 10": arrays(vanish),
    "contact 0 has a normal": put("contact_normal", 0, 0.0),
    "contact 1 has a point": put("contact_point", 1, np.nan),
    "stands twice": record(lambda d: d.update(bodies=["Floor", "Ball", "Ball"])),
    "'Cube' is no object": record(lambda d: d.update(bodies=["Floor", "Ball", "Cube"])),
    r"event 0 \('CollisionStart'\) is at frame 61": record(lambda d: d["events"][0].update(frame=61)),
    "is at frame -1": record(lambda d: d["events"][0].update(frame=-1)),
    "parameters: Input should be": record(lambda d: d["events"][0].update(parameters=[1])),
    "needs the parameter 'a_id', a text": record(lambda d: d["events"][0]["parameters"].update(a_id=1)),
    "'Cone', which is no body": record(lambda d: d["events"][0]["parameters"].update(a_id="Cone")),
    "'fast', no speed": record(lambda d: d["events"][0]["parameters"].update(normal_speed="fast")),
    "'normal' needs three": record(lambda d: d["events"][0]["parameters"].update(normal="up")),
    "fps: Input should be greater": record(lambda d: d["meta"].update(fps=0)),
    "fps: Input should be greater than": record(lambda d: d["meta"].update(fps=-60)),
    "fps: ": record(lambda d: d["meta"].update(fps=float("nan"))),
    "fps: Input should be less": record(lambda d: d["meta"].update(fps=1e308)),
    "steps: Input should be greater": record(lambda d: d["meta"].update(steps=-1)),
    "gravity is": record(lambda d: d["meta"]["scene"]["world"].update(gravity=[0, 0, -1e300])),
    "gravity is 1e-300": record(lambda d: d["meta"]["scene"]["world"].update(gravity=[0, 0, -1e-300])),
}


@pytest.mark.parametrize("told", BROKEN)
def test_what_no_run_can_have_is_refused(tmp_path, told):
    save_trace(good(), tmp_path)
    load_trace(tmp_path)
    BROKEN[told](tmp_path)
    with pytest.raises(TraceError, match=told) as refused:
        load_trace(tmp_path)
    assert "For further information" not in str(refused.value)
    assert len(str(refused.value)) < 400


VALUES = st.sampled_from([np.nan, np.inf, -np.inf, 0.0, -1.0, 1e-300, 1e11, 1e13, 1e300, 3.0])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_spoiled_entry_is_refused_or_annotated(tmp_path, data):
    trace = good()
    name = data.draw(st.sampled_from(sorted(trace.arrays())))
    array = trace.arrays()[name]
    place = np.unravel_index(data.draw(st.integers(0, array.size - 1)), array.shape)
    value = data.draw(VALUES)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        array[place] = np.nan_to_num(value).clip(-99, 99) if array.dtype.kind == "i" else value
        save_trace(trace, tmp_path)
        try:
            again = load_trace(tmp_path)
        except TraceError:
            return
        annotate(again)
