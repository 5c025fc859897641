import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.rewards import DslError, explain, holds, parse, validate
from addon.scene_graph import Material, Primitive, SceneGraph, SceneObject
from addon.trace import ContactColumns, Event, Trace, TraceMeta


def mesh(name, color, location=(0, 0, 0)):
    geometry = Primitive(kind="sphere", dimensions=(1, 1, 1))
    return SceneObject(name=name, geometry=geometry, location=location, material=Material(color=color))


SCENE = SceneGraph(objects=(mesh("Ball", (1, 0, 0, 1)), mesh("Trigger", (0, 0.6, 0.1, 1), (9, 0, 0))))


def event(uid, frame, **parameters):
    return Event(uid=uid, frame=frame, time=frame / 10, parameters=parameters)


EVENTS = [
    event("CollisionStart", 10, a_id="Ball", b_id="Trigger"),
    event("CollisionEnd", 12, a_id="Ball", b_id="Trigger"),
    event("PropertyChanged", 20, object_id="Trigger", property="on", old=False, new=True),
    event("CollisionStart", 30, a_id="Ball", b_id="Trigger"),
]


@pytest.fixture(scope="module")
def trace():
    shape = (41, 2)
    position = np.zeros((*shape, 3))
    position[:, 0, 0] = np.linspace(0, 8, 41)
    position[:, 1, 0] = 9
    return Trace(
        meta=TraceMeta(fps=10, substeps=1, seed=0, steps=40, engine="test", scene=SCENE),
        bodies=("Ball", "Trigger"),
        present=np.ones(shape, dtype=bool),
        position=position,
        quaternion=np.tile([1.0, 0, 0, 0], (*shape, 1)),
        scale=np.ones((*shape, 3)),
        velocity=np.zeros((*shape, 3)),
        angular_velocity=np.zeros((*shape, 3)),
        volume=np.ones(shape),
        contacts=ContactColumns.empty(),
        events=EVENTS,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('EVENT("CollisionStart")', True),
        ('EVENT("collisionstart", {"a_id": "ball"})', True),
        ('EVENT("CollisionStart", {"a_id": "Trigger", "b_id": "Ball"})', True),
        ('EVENT("CollisionStart", {"a_id": "Ball", "b_id": "Ball"})', False),
        ('EVENT("PropertyChanged", {"object_id": "Trigger", "new": true})', True),
        ('EVENT("PropertyChanged", {"new": 1})', False),
        ('COUNT("CollisionStart", 2)', True),
        ('GT("CollisionStart", 2)', False),
        ('GT("CollisionStart", 1, {"a_id": "Ball"})', True),
        ('LT("CollisionStart", 3)', True),
        ('AFTER("PropertyChanged", "CollisionStart")', True),
        ('AFTER("CollisionStart", "PropertyChanged", min_delta=0.9, max_delta=1.1)', True),
        ('AFTER("PropertyChanged", "CollisionStart", 1.5)', False),
        ('WITHIN("CollisionEnd", "CollisionStart", 0.2)', True),
        ('WITHIN("CollisionEnd", "CollisionStart", 0.1)', False),
        ('AND(EVENT("CollisionEnd"), NOT(EVENT("TaskComplete")),)  # a comment', True),
        ('OR(EVENT("TaskComplete"), EVENT("CollisionEnd"))', True),
        ('NEARBY_AT("Ball", 8, 0, 0, 1.0)', True),
        ('NEARBY_AT("Ball", 8, 0, 0, 0.5, threshold_strength=0.1)', False),
        ('NEARBY_AT(OBJECT_ID("red", "sphere"), 4, 0, 0.5)', True),
        ('NEARBY_AT("Ball", x=8, y=0, z=5, t=1.0)', False),
    ],
)
def test_values(trace, text, expected):
    assert holds(parse(text), trace) is expected
    assert explain(parse(text), trace).startswith("held" if expected else "FAILED")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('EVENTS("a")', ["line 1, column 1", "did you mean EVENT?"]),
        ('AND(\n  EVENT("a"),\n  FOO("b"))', ["line 3, column 3"]),
        ('EVENT("a"', ["line 1"]),
        ('AND("a")', ["column 5", "expression is needed"]),
        ("NOT()", ["NOT takes one expression"]),
        ('COUNT("a")', ["needs count"]),
        ('COUNT("a", "b")', ["needs a number"]),
        ('EVENT("a", params={"b": 1}, colour=3)', ["'colour' does not fit"]),
        ('NEARBY_AT("Ball", 1, 2)', ["needs t"]),
    ],
)
def test_errors_name_the_place(text, words):
    with pytest.raises(DslError) as caught:
        parse(text)
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('EVENT("ColisionStart")', "did you mean 'collisionstart'"),
        ('EVENT("CollisionStart", {"a_id": "Bal"})', "did you mean 'ball'"),
        ('NEARBY_AT("Triger", 0, 0, 0, 1.0)', "did you mean 'Trigger'"),
        ('NEARBY_AT(OBJECT_ID("any", "sphere"), 0, 0, 0, 1.0)', "it fits Ball, Trigger"),
    ],
)
def test_unknown_names_are_refused(text, words):
    with pytest.raises(DslError, match=words):
        validate(parse(text), SCENE)


@given(st.text(max_size=60))
def test_garbage_raises_only_dsl_errors(text):
    try:
        parse(text)
    except DslError:
        return


leaves = st.sampled_from(
    ['EVENT("CollisionEnd")', 'EVENT("TaskComplete")', 'GT("CollisionStart", 1)', 'LT("CollisionStart", 1)']
)


@given(leaves, leaves)
def test_de_morgan(trace, a, b):
    assert holds(parse(f"NOT(AND({a}, {b}))"), trace) == holds(parse(f"OR(NOT({a}), NOT({b}))"), trace)
    assert holds(parse(f"NOT(OR({a}, {b}))"), trace) == holds(parse(f"AND(NOT({a}), NOT({b}))"), trace)
