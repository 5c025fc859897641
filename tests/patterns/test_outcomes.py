import pytest

from addon.patterns import Observation
from addon.patterns.naming import spoken_names
from addon.patterns.outcomes import outcomes
from addon.trace import Event
from tests.patterns.builder import Body, Touch, ball, build, floor, path


def run(*events, rules=(), bodies=None, touches=()):
    trace = build(
        bodies or [floor(), ball("Ball", path((0, 0, 2), (60, (0, 0, -1)))), Body("Lamp", (5, 0, 0.5))], touches
    )
    trace.meta.scene = trace.scene.model_copy(update={"rules": rules})
    trace.events = [Event(uid=uid, frame=frame, time=frame / 60, parameters=p) for uid, frame, p in events]
    return [(a.uid, a.frame, a.description) for a in outcomes(Observation(trace), spoken_names(trace.scene.objects))]


@pytest.mark.parametrize(
    ("key", "new", "told"),
    [
        ("on", True, "The lamp goes on."),
        ("on", False, "The lamp goes off."),
        ("count", 2, "The count of the lamp becomes 2."),
        ("rigid_body.kinematic", False, "The lamp is let go."),
        ("mood", None, "The lamp loses its mood."),
        ("size", (1.0, 2.5), "The size of the lamp becomes (1, 2.5)."),
    ],
)
def test_properties_that_change(key, new, told):
    change = {"object_id": "Lamp", "property": key, "old": None, "new": new}
    assert run(("PropertyChanged", 5, change)) == [("PropertyChanged", 5, told)]


def test_what_is_no_object_has_its_article_too():
    loose = {"object_id": "Latch", "property": "constraint.enabled", "old": True, "new": False}
    world = {"object_id": "", "property": "gravity", "old": (0, 0, -9.81), "new": (0, 0, 0)}
    found = run(("PropertyChanged", 5, loose), ("PropertyChanged", 6, world))
    assert [text for *_, text in found] == ["The latch comes loose.", "The gravity of the world becomes (0, 0, 0)."]


def test_a_lamp_that_goes_on_and_shines_does_one_thing():
    on = {"object_id": "Lamp", "property": "on", "old": False, "new": True}
    shine = {"object_id": "Lamp", "look": "material.emission_strength", "old": 0, "new": 5}
    red = {"object_id": "Ball", "look": "material.color", "old": (0, 0, 0, 1), "new": (1, 0, 0, 1)}
    found = run(
        ("PropertyChanged", 5, on), ("LookChanged", 5, shine), ("LookChanged", 5, red), ("LookChanged", 9, shine)
    )
    assert [text for *_, text in found] == ["The lamp goes on.", "The ball turns red.", "The lamp shines."]


def test_collisions_that_rules_name_and_no_others():
    touches = [Touch("Ball", "Floor", 30, 40), Touch("Ball", "Lamp", 0, 5), Touch("Ball", "Lamp", 20, 25)]
    assert run(rules=("When Ball hits Lamp, stop.", "Floor")) == []
    assert run(rules=("When Ball hits Lamp, stop.", "Floor"), touches=touches) == [
        ("CollisionStart", 20, "The ball meets the lamp.")
    ]


def test_the_way_of_a_door_is_an_outcome_and_of_what_always_moves_none():
    door = Body(
        "Door", path((0, 0, 1), (20, (0, 0, 0)), (30, (0, 0, 2)), (10, (0, 0, 0))), type="PASSIVE", kinematic=True
    )
    belt = Body("Belt", path((3, 0, 1), (60, (1, 0, 0))), type="PASSIVE", kinematic=True)
    held = Body("Held", path((6, 0, 1), (20, (0, 0, 0)), (40, (1, 0, 0))))
    assert run(bodies=[floor(), door, belt, held]) == [("Moved", 21, "The door rises by 1 m.")]


def test_how_a_run_ends():
    assert run(("TaskComplete", 60, {"success": True}))[0][2] == "The run ends."
    assert "failed" in run(("TaskComplete", 60, {"success": False}))[0][2]
    assert run(("TaskComplete", 60, {}))[0][2] == "The run ends."
    assert run(("RuleFired", 3, {"rule": 2})) == [("RuleFired", 3, "Rule 2 acts.")]
