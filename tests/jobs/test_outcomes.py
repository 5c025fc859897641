import dataclasses

import numpy as np
import pytest

from addon.coder import Understood
from addon.jobs.outcomes import MOST_FRAMES, RuleOutcome, outcomes
from addon.rules import Reading, read
from addon.rules.room import room
from addon.trace import ContactColumns, Event, Trace, TraceMeta


def trace(fired=(), frames=61):
    """A run of the room in which nothing moves; ``fired`` are (frame, rule)."""
    scene = room()
    count, shape = len(scene.objects), (frames, len(scene.objects), 3)
    place = np.array([o.location for o in scene.objects], dtype=float)
    events = [Event(uid="RuleFired", frame=f, time=f / 60, parameters={"rule": n}) for f, n in fired]
    return Trace(
        meta=TraceMeta(fps=60, substeps=10, seed=0, steps=frames - 1, engine="test", scene=scene),
        bodies=tuple(o.name for o in scene.objects),
        present=np.ones((frames, count), dtype=bool),
        position=np.broadcast_to(place, shape).copy(),
        quaternion=np.tile([1.0, 0, 0, 0], (frames, count, 1)),
        scale=np.ones(shape),
        velocity=np.zeros(shape),
        angular_velocity=np.zeros(shape),
        volume=np.ones((frames, count)),
        contacts=ContactColumns.empty(),
        events=events,
    )


def understood(*texts, way="words"):
    found = [read(text, room()) for text in texts]
    assert all(isinstance(one, Reading) for one in found)
    return tuple(Understood(n, r.text, r.sentence, way, r.rules) for n, r in enumerate(found, 1))


OPEN = "When Ball touches Plate, open Door"


def test_a_rule_that_acted_tells_its_frames():
    (one,) = outcomes(trace([(7, 1), (30, 1)]), [OPEN], understood(OPEN))
    assert (one.number, one.text, one.fired, one.frames, one.why) == (1, OPEN, 2, (7, 30), "")
    assert one.understood == "once Ball touches Plate → Door opens within 0.5 s"
    assert one.line(60) == "at frames 7 (0.12 s), 30 (0.50 s)"


def test_frames_belong_to_their_rule():
    texts = [OPEN, "After 1 s, turn on Lamp"]
    one, two = outcomes(trace([(60, 2)]), texts, understood(*texts))
    assert (one.fired, two.frames) == (0, (60,))
    assert two.line(60) == "at frame 60 (1.00 s)"


def test_many_frames_are_counted_and_cut():
    fired = [(n, 1) for n in range(1, MOST_FRAMES + 50)]
    (one,) = outcomes(trace(fired), [OPEN], understood(OPEN))
    assert one.fired == MOST_FRAMES + 49
    assert len(one.frames) == MOST_FRAMES
    assert one.line(60).endswith(f"and {one.fired - 3} more")


@pytest.mark.parametrize(
    ("text", "near"),
    [
        (OPEN, "did not touch"),
        ("When Ball is above 3 m, open Door", "1.5"),
        ("When Ball is faster than 3 m/s, open Door", "0"),
        ("When Counter.count reaches 3, open Door", "count"),
        ("When Ball touches Plate and Box touches Door, open Door", "Box"),
        ("When Lamp is on, open Door", "Lamp"),
        ("When Ball is within 1 m of Door, open Door", "m"),
        ("When Box has fallen over, open Door", "Box"),
    ],
)
def test_a_rule_that_did_not_act_tells_how_near_it_came(text, near):
    (one,) = outcomes(trace(), [text], understood(text))
    assert one.fired == 0
    assert near in one.why, one.why
    assert one.line(60) == f"never: {one.why}"


def test_a_rule_whose_delay_outlasts_the_run_does_not_say_that_nothing_touched():
    met = Event(uid="CollisionStart", frame=30, time=0.5, parameters={"a_id": "Plate", "b_id": "Ball"})
    run, text = trace(), f"2 s after Ball touches Plate, {OPEN.split(', ')[1]}"
    (one,) = outcomes(dataclasses.replace(run, events=[met]), [text], understood(text))
    touched = "Ball and Plate touched at 0.50 s (frame 31), but that is not all that the rule waits for"
    assert one.line(60, 1) == f"never: {touched}"


def test_what_only_a_script_says_has_no_reading():
    (one,) = outcomes(trace([(3, 1)]), ["anything"], ())
    assert (one.way, one.understood, one.fired) == ("script", "", 1)
    (silent,) = outcomes(trace(), ["anything"], ())
    assert silent.line(60) == "the script never told that it acted"


def test_free_code_is_marked():
    free = Understood(1, "make it nice", "", "free code")
    (one,) = outcomes(trace(), ["make it nice"], (free,))
    assert (one.way, one.understood, one.why) == ("free code", "", "")


def test_an_outcome_is_plain_data():
    (one,) = outcomes(trace([(7, 1)]), [OPEN], understood(OPEN))
    assert RuleOutcome(**one.model_dump()) == one
    assert one.model_dump(mode="json")["frames"] == [7]
