"""What words of conditions say, and which say nothing."""

import pytest

from addon.rules.read import Reading, Refusal, read
from addon.rules.sentence import when_sentence
from addon.rules.vocabulary import Vocabulary
from addon.rules.room import room

ROOM = Vocabulary(room())

SAYS = {
    "Lamp goes on": ["Lamp lights up", "Lamp has been switched on", "the lamp gets lit", "Lamp comes on", "Lamp.on becomes true"],
    "Lamp is on": ["Lamp is lit", "the lamp is switched on", "Lamp.on == true", "the lamp's on property is true"],
    "Lamp is off": ["Lamp is not on", "Lamp isn't lit", "Lamp.on is false"],
    "Lamp goes off": ["Lamp turns off", "Lamp goes dark", "Lamp is no longer on", "Lamp is not lit any more"],
    "Counter.count is 3": ["Counter shows 3", "Counter counts three", "the count of Counter is 3", "Counter's count equals 3"],
    "Counter.count reaches 3": ["Counter.count gets to 3", "the count reaches 3", "Counter has counted to 3"],
    "Counter.count is more than 3": ["Counter.count > 3", "Counter count exceeds 3", "Counter shows more than 3"],
    "Counter.count becomes less than 3": ["the count of Counter drops below 3", "Counter.count gets under 3"],
    "Counter.count is at least 3": ["Counter.count >= 3", "Counter.count is 3 or more", "Counter.count is not below 3"],
    "Ball rises above 1.3 m": ["Ball goes above 1.3 m", "Ball climbs past 1.3 m", "Ball's height grows beyond 130 cm", "Ball gets higher than z = 1.3"],
    "Ball is higher than 1.3 m": ["Ball is above 1.3 m", "Ball.z > 1.3", "the height of Ball is over 1300 mm", "Ball is more than 1.3 m up"],
    "Ball drops below 0.5 m": ["Ball sinks under half a metre", "Ball has fallen to below 50 cm", "Ball gets lower than 0.5 m"],
    "Ball is at most 1.3 m high": ["Ball is not above 1.3 m", "Ball is no higher than 1.3 m"],
    "Ball gets past x = -1": ["Ball has rolled beyond x = -1 m", "Ball crosses the line x = -1", "Ball passes x = -1"],
    "Ball gets to x < -0.5": ["Ball swings leftwards past x = -0.5", "Ball gets to the left of x = -0.5"],
    "Ball is at x > 2": ["Ball.x > 2", "Ball's x exceeds 2 m", "the x position of Ball is more than 2"],
    "Ball reaches z = 1.5": ["Ball reaches a height of 1.5 m", "Ball gets to 1.5 m above the ground"],
    "Ball is to the right of Door": ["Ball is right of the door"],
    "Ball is above Box": ["Ball is over Box", "Ball is directly above the box"],
    "Ball is higher than Box": ["Ball is higher up than Box"],
    "Ball gets inside Box": ["Ball enters Box", "Ball gets into Box"],
    "Ball gets outside of Lamp": ["Ball leaves Lamp", "Ball exits Lamp"],
    "Ball gets beyond Door": ["Ball passes Door", "Ball rolls past the door"],
    "Ball is within 1 m of Door (centre to centre)": ["Ball is at most 1 m away from Door", "Ball is no more than 100 cm from the door"],
    "Ball is closer than 1 m to Door (centre to centre)": ["Ball is less than 1 m away from Door", "the distance between Ball and Door is below 1 m", "Ball's less than 1 m from Door"],
    "Ball gets farther than 2 m from Door (centre to centre)": ["Ball moves more than 2 m away from Door", "the distance from Ball to Door rises above 2 m"],
    "Ball loses contact with Plate": ["Ball has left Plate", "Ball stops touching Plate", "Ball is no longer on Plate", "Ball rolls off Plate", "contact between Ball and Plate ends", "Ball and Plate separate"],
    "Ball hits Floor at more than 3 m/s": ["Ball smashes into Floor with more than 3 m/s", "Floor is hit by Ball harder than 3 m/s", "Ball lands on Floor at over 10.8 km/h"],
    "Ball is faster than 3 m/s": ["Ball moves faster than 3 m/s", "Ball's speed exceeds 3 m/s", "Ball is going at more than 3 m/s", "the velocity of Ball is over 10.8 km/h"],
    "Ball gets slower than 1 m/s": ["Ball slows down to below 1 m/s", "the speed of Ball falls under 1 m/s"],
    "Ball reaches 3 m/s": ["Ball reaches a speed of 3 m/s"],
    "Box is turning faster than 720 degrees per second": ["Box spins faster than 2 turns per second"],
    "Ball comes to rest": ["Ball stops", "Ball has stopped moving", "Ball has settled", "Ball has come to a standstill", "Ball is no longer moving"],
    "Ball is at rest": ["Ball stands still", "Ball is not moving", "Ball is motionless"],
    "Box sets off": ["Box starts to move", "Box begins rolling", "Box has moved"],
    "Ball begins to fall": ["Ball starts falling"],
    "Ball comes to rest and Ball is touching Plate": ["Ball comes to rest on Plate"],
    "Box falls over": ["Box has toppled", "Box tips over", "Box keels over"],
    "Box is upright": ["Box is standing", "Box stands upright"],
    "Box gets tilted by more than 30 degrees": ["Box leans over by more than 30 degrees", "Box tilts more than 30°"],
    "Box gets turned by at least 90 degrees": ["Box has turned by a quarter turn", "Box has rotated 90 degrees"],
    "Crate 1 gets released": ["Crate 1 is let go", "Crate 1 is no longer held"],
    "Hinge gets disconnected": ["Hinge comes off", "Hinge breaks"],
    "rule 2 fires": ["rule 2 has fired", "rule number 2 has acted", "the second rule has been triggered"],
    "Ball is touching Plate for 2 s": ["Ball has been on Plate for 2 s", "Ball rests on Plate for at least 2 seconds"],
    "Ball is not touching Plate for 2 s": ["Ball has not touched Plate for 2 s", "there has been no contact of Ball and Plate for 2 s"],
    "Ball is faster than 2 m/s and Ball is higher than 1 m": ["Ball is faster than 2 m/s and higher than 1 m"],
    "any crate falls over": ["any of the crates topples"],
    "each crate is at rest": ["all crates are at rest", "every crate is still"],
}  # fmt: skip

SAYS_NOTHING = [
    "Ball is higher than 3 s", "Ball is faster than 3 m", "Ball is faster than 3", "Ball is higher than 2", "Ball is within 3 kg of Door",
    "Ball is tilted by more than 3 m", "Ball hits Floor harder than 3 m", "Counter.count is more than 3 m", "Ball is on Plate for 2 m",
    "Ball is almost at rest", "Ball nearly falls over", "Ball is hot", "Ball is twice as fast as Box", "Ball is on Plate for less than 2 s",
    "Ball rises below 2 m", "Ball falls above 2 m", "Ball leaves Plate quickly", "most crates have fallen over", "Ball's speed is 3 m/s",
    "only Crate 1 has fallen over", "Ball is past its best", "Ball moves upwards", "Ball was at rest 2 s ago", "Ball is about to fall",
]  # fmt: skip

ASKS = {
    "Ball is near Door": "how near",
    "Ball comes close to Door": "how near",
    "Ball is far from Door": "how far",
    "Ball hits Floor hard": "how hard",
    "Ball touches Plate gently": "how gently",
    "Ball is fast": "how fast",
    "Box tilts": "by how much",
}

CANNOT = {
    "Ball is on": "Ball has no property that is true or false; it has no properties",
    "Counter.on is true": "Counter has no property 'on'; it has count",
    "Lamp.on is 3": "Lamp.on is false, so it cannot be 3",
    'Counter.count is "three"': 'Counter.count is 0, so it cannot be "three"',
    "Ball hits Lamp at more than 3 m/s": "Lamp has no rigid body, so nothing can touch it",
    "Ball loses contact with Lamp": "Lamp has no rigid body, so nothing can touch it",
    "Hinge falls over": "Hinge is a joint, so how it stands cannot be waited for",
    "Ball is disconnected": "Ball is no joint, so it is neither connected nor disconnected",
    "Lamp is released": "Lamp has no rigid body, so it can be neither held nor released",
    "Ball is open": "Ball is moved by physics, so it is neither open nor closed",
    "Ball is inside Ball": "Ball is named twice",
    "Box has turned by 400 degrees": "up to 180",
    "rule 0 has fired": "counted from 1",
    "Sun is at rest": "rules cannot see where Sun (a light) is",
    "Sun is on": "it has no properties",
}


def condition(text, scene=ROOM):
    found = read(f"When {text}, open Door", scene)
    return when_sentence(found.rules[0].when).removeprefix("once ") if isinstance(found, Reading) else found


@pytest.mark.parametrize(("said", "text"), [(said, text) for said, texts in SAYS.items() for text in (said, *texts)])
def test_words_say_a_condition(said, text):
    found = condition(text)
    assert not isinstance(found, Refusal), str(found)
    assert found == said


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_words_that_say_no_condition_are_refused(text):
    assert isinstance(condition(text), Refusal)


@pytest.mark.parametrize(("text", "asked"), ASKS.items())
def test_what_lacks_a_figure_is_asked_back(text, asked):
    found = condition(text)
    assert isinstance(found, Refusal)
    assert asked in found.reason
    assert "say for instance" in found.reason


@pytest.mark.parametrize(("text", "why"), CANNOT.items())
def test_what_things_cannot_be_is_named(text, why):
    scene = room().model_copy(update={"others": {"Sun": "a light"}})
    found = condition(text, Vocabulary(scene))
    assert isinstance(found, Refusal), found
    assert why in found.reason


def test_what_is_said_of_a_box_needs_one_around_the_origin():
    from addon.scene_graph import Mesh, SceneObject

    corners = tuple((x, y, z) for x in (0.0, 1.0) for y in (0.0, 1.0) for z in (0.0, 1.0))
    faces = ((0, 1, 3, 2), (4, 5, 7, 6), (0, 1, 5, 4))
    tray = SceneObject(name="Tray", geometry=Mesh(vertices=corners, faces=faces))
    scene = room()
    found = condition("Ball is inside Tray", Vocabulary(scene.model_copy(update={"objects": (*scene.objects, tray)})))
    assert "Tray's shape does not lie around its origin" in found.reason


def test_a_counter_of_several_numbers_is_asked_about():
    scene = room()
    objects = tuple(
        o.model_copy(update={"properties": {"a": 1, "b": 2}}) if o.name == "Counter" else o for o in scene.objects
    )
    found = condition("Counter shows 3", Vocabulary(scene.model_copy(update={"objects": objects})))
    assert found.reason == "Counter has several properties that are numbers: say which"
