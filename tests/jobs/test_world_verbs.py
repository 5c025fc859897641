"""What verbs say happens in the run: one short world a verb."""

import numpy as np
import pytest

from addon.coder.choose import open_coder
from addon.jobs.world import WorldJob, WorldSpec, run_world
from addon.trace import load_trace
from addon.worlds.library import entries
from addon.worlds.manifest import Happening, Manifest, Subject
from addon.worlds.reader import read


def world(sentence, path, seconds=4.0, **changes):
    def plan(text):
        return read(text, entries()).model_copy(update={"seconds": seconds, **changes})

    with open_coder("template") as coder:
        result = run_world(WorldJob(WorldSpec(sentence=sentence), plan, coder, path))
    return result, load_trace(path / "rounds" / str(result.best) / "run")


SENTENCES = [
    "A reed sways in the wind",
    "A burning stump",
    "Steam rises from a cup of coffee",
    "A cup of coffee spills on a table",
    "A jug pours water into a glass",
    "A fountain sprays water",
    "Sand blows over a dune in the desert",
    "A wrecking ball swings and hits a stack of five crates",
    "Two balls collide",
    "A ball bounces",
    "A vase falls off a shelf",
    "A vase falls over",
    "A child throws a ball at a tower of bricks",
    "A rubber duck bobs",
    "A balloon rises",
    "A car drives",
    "A dog runs to a cat",
    "A butterfly flies around a flower",
    "A windmill turns",
    "A snowman melts",
    "A jellyfish swims",
    "A lamp flickers",
    "A candle goes out",
    "A door opens",
    "A pillow falls onto a bed",
    "When the ball hits the box, the lamp turns on",
    "A ball rolls into a block, then a balloon rises",
    "After 1 second, a ball falls into a bucket",
    "The sun sets behind a castle",
    "Six dominoes topple one after another",
    "A balloon lifts a teddy bear",
    "Two swings go back and forth",
    "A kettle steams on a stove and a cat jumps onto a chair",
    "Three bushes stand on a lawn while a butterfly flies around them",
    "A coin sinks in a glass of water",
    "A stone falls onto a seesaw and flings a ball into the air",
    "A bird flies",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_is_said_is_shown(sentence, tmp_path):
    result, _ = world(sentence, tmp_path / "w")
    assert [check["text"] for check in result.checks if not check["met"]] == []
    assert result.failures == []
    assert result.left_out == ()


def test_what_a_seesaw_flings_waits_until_it_is_met(tmp_path):
    result, trace = world("A stone falls onto a seesaw and flings a ball into the air", tmp_path / "w")
    (order,) = [check for check in result.checks if check["kind"] == "order"]
    assert order["met"]
    met = next(e.frame for e in trace.events if e.uid == "CollisionStart" and "Stone" in e.parameters.values())
    high = trace.position[:, trace.index("Ball"), 2]
    assert np.ptp(high[:met]) < 0.01
    assert high.max() > high[0] + 0.8


def test_what_a_thing_of_its_make_cannot_do_is_told_with_the_plan(tmp_path):
    told = []
    waves = (Happening(who="Chair", does="wave"),)
    plan = Manifest(sentence="A chair waves", subjects=(Subject(name="Chair", thing="chair"),), happenings=waves)
    with open_coder("template") as coder:
        job = WorldJob(
            WorldSpec(sentence="A chair waves"), lambda text: plan, coder, tmp_path / "w", on_plan=told.append
        )
        run_world(job)
    assert told[0].happenings == ()
    assert any("it is no cloth" in text for text in told[0].left_out)


def test_a_pendulum_keeps_its_period(tmp_path):
    _, trace = world("A pendulum swings", tmp_path / "w", seconds=8.0)
    name = "Pendulum"
    place = trace.position[:, trace.index(name)]
    hinge = np.array(trace.scene.constraints[0].location)
    long, mass = float(np.linalg.norm(hinge - place[0])), 1.0
    x, _, z = trace.scene.object(name).dimensions
    moment = mass * (x * x + z * z) / 12 + mass * long**2
    swing = float(np.arcsin(np.abs(place[:, 0]).max() / long))
    period = 2 * np.pi * np.sqrt(moment / (mass * 9.81 * long)) * (1 + swing**2 / 16)
    rising = np.flatnonzero((place[:-1, 0] < 0) & (place[1:, 0] >= 0))
    assert np.diff(rising).mean() / 60 == pytest.approx(period, rel=0.03)


def test_what_waits_for_a_time_begins_then(tmp_path):
    _, trace = world("After 2 seconds, a ball falls into a bucket", tmp_path / "w")
    height = trace.position[:, trace.index("Ball"), 2]
    assert np.ptp(height[:118]) < 1e-3
    assert height[150] < height[0] - 0.2


def test_what_waits_for_a_touch_begins_behind_it(tmp_path):
    _, trace = world("A ball rolls into a block, then a balloon rises", tmp_path / "w")
    pair = {trace.index("Ball"), trace.index("Block")}
    touched = next(
        f for f, a, b in zip(trace.contacts.frame, trace.contacts.a, trace.contacts.b, strict=True) if {a, b} == pair
    )
    height = trace.position[:, trace.index("Balloon"), 2]
    assert np.ptp(height[:touched]) < 1e-6
    assert height[-1] > height[0] + 0.5


def test_the_sun_goes_down_and_its_light_with_it(tmp_path):
    _, trace = world("The sun sets behind a castle", tmp_path / "w")
    course = trace.scene.sky.course
    assert course.elevation[0] > 0.3 > 0.0 > course.elevation[-1]
    energies = [
        e.parameters["new"] for e in trace.events if e.uid == "LookChanged" and e.parameters["object_id"] == "Sunlight"
    ]
    assert energies[-1] == pytest.approx(0.0, abs=1e-6)


def test_a_plant_is_bent_more_the_higher_it_is(tmp_path):
    _, trace = world("A reed sways in the wind", tmp_path / "w")
    deformed = trace.deformed
    j = deformed.index("Reed")
    top = np.abs(deformed.high[:, j, :2] - deformed.high[0, j, :2]).max()
    assert top > 0.005
    assert np.abs(deformed.low[:, j, 2] - deformed.low[0, j, 2]).max() < 0.01
