"""When conditions come true, of things that move as a test says."""

import math

import pytest

from addon.rules.room import room
from tests.rules.acted import fired_at, played

ROOM = room()
STEP = 1 / 60


def bounce(stage, t):
    """Ball at 2 m, down to 1 m and up again in each second."""
    stage.put("Ball", -2, 0, 1 + 2 * abs(t % 1 - 0.5))


def slide(stage, t):
    """Ball goes right at 1 m/s for 2 s."""
    stage.put("Ball", -2 + min(t, 2), 0, 0.3)


def land(stage, t):
    """Ball comes down at 0.5 m/s, lies on Plate from 1 s to 2 s, goes up at 1 m/s."""
    stage.put("Ball", -2, 0, 1 - t / 2 if t < 1 else max(0.5, t - 1.5))
    stage.touch("Ball", *(["Plate"] if 1 <= round(t, 6) < 2 else []))


def blink(stage, t):
    """Lamp is on from 0.5 s to 1 s and from 2 s to 2.5 s; Counter counts half seconds."""
    stage.things["Lamp"]["on"] = 0.5 <= round(t, 6) < 1 or 2 <= round(t, 6) < 2.5
    stage.things["Counter"]["count"] = int(round(t, 6) * 2)


def tip(stage, t):
    """Box tips at 45 degrees a second up to 1.5 s, and back."""
    stage.tip("Box", 45 * min(t, 3 - t))


def topple(stage, t):
    """The crates fall over one after the other, every half second."""
    for n in (1, 2, 3):
        stage.tip(f"Crate {n}", 90 if t > n / 2 - 1e-6 else 0)


def both(*acts):
    def act(stage, t):
        for one in acts:
            one(stage, t)

    return act


MOMENTS = [
    ("Whenever Ball rises above 1.5 m", bounce, [0.75, 1.75, 2.75]),
    ("Whenever Ball is higher than 1.5 m", bounce, [0, 0.75, 1.75, 2.75]),
    ("When Ball rises above 1.5 m", bounce, [0.75]),
    ("Each time Ball drops below 1.5 m", bounce, [0.25, 1.25, 2.25]),
    ("The second time Ball drops below 1.5 m", bounce, [1.25]),
    ("Every second time Ball drops below 1.2 m", bounce, [1.4]),
    ("When Ball reaches a height of 1.2 m", bounce, [0.4]),
    ("When Ball gets past x = -1", slide, [1]),
    ("When Ball gets past x = -3", slide, []),
    ("When Ball's x is at least -0.5", slide, [1.5]),
    ("When Ball has come to rest", slide, [2.25]),
    ("When Ball is at rest", slide, [2.25]),
    ("When Ball starts to move", slide, [0.01]),
    ("When Ball gets slower than 0.5 m/s", slide, [2]),
    ("When Ball is faster than 0.5 m/s", slide, [0.01]),
    ("When Ball gets faster than 2 m/s", slide, []),
    ("When Ball is within 1 m of Counter", lambda s, t: s.put("Ball", -2 + t, -2, 1), [1]),
    ("When Ball gets farther than 1 m from Counter", lambda s, t: s.put("Ball", t, -2, 1), [1]),
    ("When Ball enters Box", lambda s, t: s.put("Ball", 2 + t, 1, 0.3), [0.7]),
    ("When Ball leaves Lamp", lambda s, t: s.put("Ball", t, 2, 2), [0.2]),
    ("When Ball is above Plate", lambda s, t: s.put("Ball", -3 + t, 0, 2), [0.5]),
    ("When Ball is below Plate", lambda s, t: s.put("Ball", -3 + t, 0, 2), []),
    ("When Ball gets beyond Door", lambda s, t: s.put("Ball", 1 + t, 0, 1), [1]),
    ("When Ball is to the right of Door", lambda s, t: s.put("Ball", 1 + t, 0, 1), [1]),
    ("When Ball is higher than Box", lambda s, t: s.put("Ball", 0, 0, t), [0.3]),
    ("When Box has fallen over", tip, [4 / 3]),
    ("When Box is tilted by more than 20 degrees", tip, [20 / 45]),
    ("Whenever Box is upright again", tip, [3 - 30 / 45]),
    ("When Box has turned by 45 degrees", tip, [1]),
    ("When Ball leaves Plate", land, [2]),
    ("When Ball hits Plate at more than 0.4 m/s", land, [1]),
    ("When Ball hits Plate at more than 0.6 m/s", land, []),
    ("When Ball hits Plate at less than 0.6 m/s", land, [1]),
    ("When Ball has been on Plate for 0.5 s", land, [1.5]),
    ("0.5 s after the last contact of Ball and Plate", land, [2.5]),
    ("If Ball has not touched Plate for 0.75 s", land, [0.75]),
    ("When Ball touches Plate and Ball is at rest", land, [1.25]),
    ("When Ball comes to rest on Plate", land, [1.25]),
    ("Whenever Ball touches Plate or Ball leaves Plate", land, [1, 2]),
    ("First Ball touches Plate and then Ball leaves Plate", land, [2]),
    ("Whenever Lamp goes on", blink, [0.5, 2]),
    ("Whenever Lamp goes off", blink, [1, 2.5]),
    ("The second time Lamp goes on", blink, [2]),
    ("2 s after Lamp goes on", blink, [2.5]),
    ("Once Lamp has been on for 0.25 s", blink, [0.75]),
    ("When Counter counts 3", blink, [1.5]),
    ("When Counter.count reaches 4", blink, [2]),
    ("When Counter.count is more than 2", blink, [1.5]),
    ("When Counter.count is between 2 and 4", blink, [1]),
    ("When Ball leaves Plate and Lamp is on", both(land, blink), [2]),
    ("When Ball touches Plate and Lamp is on", both(land, blink), []),
    ("When all crates have fallen over", topple, [1.5]),
    ("When any crate falls over", topple, [0.5]),
    ("Whenever any crate falls over", topple, [0.5, 1, 1.5]),
    ("When none of the crates is upright", topple, [1.5]),
    ("Once neither Crate 1 nor Crate 2 is upright any more", topple, [1]),
    ("When Door is open", lambda s, t: s.put("Door", 2, 0, 0.7 + min(t, 1)), [1]),
    ("When Door has closed", lambda s, t: s.put("Door", 2, 0, 0.7 + max(0, min(t, 2 - t))), [2]),
    ("When Crate 1 has been released", lambda s, t: setattr(s.things["Crate 1"].rigid_body, "kinematic", t < 1), [1]),
    ("When Ball is released", lambda s, t: None, []),
    ("When Ball starts to fall", lambda s, t: s.put("Ball", 0, 0, 5 - 5 * max(t - 1, 0) ** 2), [1.02]),
]


@pytest.mark.parametrize(("text", "act", "moments"), MOMENTS, ids=[text for text, _, _ in MOMENTS])
def test_a_rule_acts_when_its_condition_comes_true(text, act, moments):
    assert fired_at(f"{text}, open Door", ROOM, act) == pytest.approx(moments, abs=2.1 * STEP)


def test_a_guard_is_looked_at_in_every_step():
    rule = "Whenever Ball touches Plate, open Door, if Lamp has been off for 0.2 s"
    late = both(land, lambda stage, t: stage.things["Lamp"].update(on=t < 0.5))
    assert fired_at(rule, ROOM, late) == pytest.approx([1], abs=STEP)
    assert fired_at(rule, ROOM, both(land, lambda stage, t: stage.things["Lamp"].update(on=t < 0.9))) == []


def test_a_rule_hears_of_another_rule_in_the_same_step():
    first = 'if once("it", objects["Lamp"]["on"]):\n    fires(rule)\n'
    second = 'rule = 2\nif once("it", times_fired(1) > 0, delay=0.5):\n    fires(rule)\n'
    assert played(f"rule = 1\n{first}{second}", ROOM, blink) == pytest.approx([0.5, 1], abs=STEP)


def test_sums_of_small_parts_reach_their_total():
    def fill(stage, t):
        if not stage.first:
            stage.things["Counter"]["count"] += 0.1

    assert len(fired_at("When Counter.count is 1, open Door", ROOM, fill)) == 1
    assert fired_at("When Counter.count reaches 1, open Door", ROOM, fill)[0] == pytest.approx(10 * STEP, abs=STEP / 2)


@pytest.mark.parametrize("lying", [(1, 0, 0, 0), (math.sqrt(0.5), math.sqrt(0.5), 0, 0)])
def test_what_stands_at_the_start_is_upright_whichever_axis_points_up(lying):
    box = next(o for o in ROOM.objects if o.name == "Box").model_copy(update={"rotation": lying})
    scene = ROOM.model_copy(update={"objects": tuple(box if o.name == "Box" else o for o in ROOM.objects)})
    assert fired_at("When Box is upright, open Door", scene, lambda stage, t: None) == [0]
    assert fired_at("When Box falls over, open Door", scene, lambda stage, t: None) == []
