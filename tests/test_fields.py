"""One table of fields: worker, host and engine say the same of every write."""

import math
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addon import fields
from addon.engine.protocol import WriteRefused
from addon.engine.writes import WriteCheck
from addon.executor import Budgets, ScriptError
from addon.executor.validator import Validator
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, Write

CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))
GRAPH = SceneGraph(objects=(SceneObject(name="Body", geometry=CUBE, body=RigidBody()), SceneObject(name="Empty")))
BODIES = {"Body": True, "Empty": False}

NAMES = [
    *fields.OBJECT,
    *(f"rigid_body.{name}" for name in fields.BODY),
    *("property.on", "property.", "property.cdyn_x", "property." + "ä" * 32, "delete.on", "delete.", "delete.a\nb"),
    *("rigid_body.shape", "modifiers", "", ".", "location.x"),
]
NUMBERS = st.floats() | st.integers(-(10**400), 10**400) | st.sampled_from([0, -0.0, 1e-7, 1e6, -1e6, 1e9, True])
VALUES = (
    NUMBERS
    | st.booleans()
    | st.text(max_size=5)
    | st.none()
    | st.sampled_from(["ACTIVE", "PASSIVE", "\0", "\ud800", "x" * 20_000, [], {}])
    | st.lists(NUMBERS, max_size=5).map(tuple)
    | st.tuples(*[st.floats(-10, 10)] * 3)
    | st.tuples(*[st.floats(-1, 1)] * 4)
)


TARGETS = st.sampled_from(["object", "constraint", "scene"])
OBJECTS = st.sampled_from(["Body", "Empty", "No", ""])
FIELDS = st.sampled_from([*NAMES, "gravity", "enabled"])


@settings(max_examples=400, derandomize=True)
@given(TARGETS, OBJECTS, FIELDS, VALUES)
def test_what_the_host_passes_the_engine_takes(target, name, field, value):
    told = fields.problem_of(target, field, value, has_body=name == "Body")
    sent = list(value) if isinstance(value, tuple) else value
    try:
        Validator(BODIES, {}, Budgets()).writes([(target, name, field, sent)])
    except ScriptError:
        return
    assert told is None
    WriteCheck(GRAPH).check(Write(target, name, field, value))


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("Body", "scale", (-1.0, 1.0, 1.0)),
        ("Body", "scale", (0.0, 1.0, 1.0)),
        ("Body", "rigid_body.mass", -1),
        ("Body", "rigid_body.mass", 10**400),
        ("Empty", "rigid_body.mass", 1.0),
        ("Body", "location", (math.nan, 0.0, 0.0)),
        ("Body", "location", (0.0, 0.0)),
        ("Body", "rotation_quaternion", (0.0, 0.0, 0.0, 0.0)),
        ("Body", "hide_viewport", 1),
        ("Body", "property.x", 2**31),
        ("Body", "property." + "x" * 64, 1),
        ("Body", "name", "x"),
        ("No", "location", (0.0, 0.0, 0.0)),
    ],
)
def test_all_refuse_the_same_in_the_same_words(name, field, value):
    with pytest.raises(WriteRefused) as engine:
        WriteCheck(GRAPH).check(Write("object", name, field, value))
    with pytest.raises(ScriptError) as host:
        Validator(BODIES, {}, Budgets()).writes([["object", name, field, value]])
    problem = str(engine.value).split(": ", 2)[2]
    assert problem in host.value.reason
    assert engine.value.write.field == field


def test_an_empty_may_be_mirrored_and_a_body_may_not():
    assert fields.problem_of("object", "scale", (-1.0, 1.0, 1.0)) is None
    assert "positive" in fields.problem_of("object", "scale", (-1.0, 1.0, 1.0), has_body=True)


def test_the_table_needs_the_standard_library_alone():
    program = f"""
import sys
sys.path.insert(0, {str(Path(fields.__file__).parent)!r})
import fields
print([name for name in ("pydantic", "numpy", "typing") if name in sys.modules])
"""
    command = [sys.executable, "-I", "-S", "-c", program]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_a_constraint_takes_the_fields_that_it_has_alone():
    speed = "constraint", "motor_ang_target_velocity", 2.0
    assert fields.problem_of(*speed) is None
    assert fields.problem_of(*speed, settable={"enabled"}) == "the constraint has no such motor"
    with pytest.raises(ScriptError, match="no such motor"):
        Validator({}, {"Hinge": {"enabled"}}, Budgets()).writes([["constraint", "Hinge", *speed[1:]]])
