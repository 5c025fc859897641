"""A stack stays one, a seesaw is met at its end, and a stove bears what stands on it."""

from itertools import pairwise

import pytest

from addon.worlds.library import entries
from addon.worlds.manifest import Happening, Manifest, Subject
from addon.worlds.reader import read
from addon.worlds.staging import stage


def staged(sentence):
    return stage(read(sentence, entries()), 0)


def gaps(made, name):
    boxes = [made.layout.placed[one].box for one in made.manifest.subject(name).names]
    return [float(b.low[2] - a.high[2]) for a, b in pairwise(boxes)]


@pytest.mark.parametrize(
    "sentence", ["A stack of five boxes falls", "A stack of five boxes falls on a drum", "A stack of 4 crates drops"]
)
def test_a_stack_that_falls_is_not_spread_in_the_air(sentence):
    made = staged(sentence)
    assert max(gaps(made, made.manifest.subjects[0].name)) < 0.02


@pytest.mark.parametrize(
    "sentence",
    [
        "A wrecking ball swings into a stack of ten boxes, and the top box falls on a drum",
        "A wrecking ball swings and hits a stack of five boxes",
        "A ball rolls into a stack of four boxes and the boxes fall on a drum",
    ],
)
def test_a_stack_that_something_comes_at_stands(sentence):
    made = staged(sentence)
    assert max(gaps(made, "Box")) < 0.02
    assert made.layout.placed["Box 1"].box.low[2] < 0.02
    assert made.faults == []


def test_a_thing_that_is_swung_by_somebody_is_not_swung_into():
    assert read("A man swings a hammer", entries()).happenings == ()


def test_what_is_swung_into_is_within_reach():
    made = staged("A wrecking ball swings into a wall")
    ball, wall = made.layout.placed["Wrecking ball"].box, made.layout.placed["Wall"].box
    assert float(wall.low[0] - ball.high[0]) < 0.2
    assert any('"a_id": "Wrecking ball", "b_id": "Wall"' in text for text in made.assertions)


@pytest.mark.parametrize(
    ("sentence", "faller", "flung"),
    [
        ("A stone falls onto a seesaw and flings a ball into the air", "Stone", "Ball"),
        ("A crate falls on a seesaw and launches a bucket", "Crate", "Bucket"),
    ],
)
def test_a_seesaw_is_met_at_one_end_and_flings_from_the_other(sentence, faller, flung):
    made = staged(sentence)
    placed = made.layout.placed
    seesaw = placed["Seesaw"].box
    assert placed[faller].box.middle[0] < seesaw.middle[0] - 0.3 * seesaw.half[0]
    assert placed[flung].box.middle[0] > seesaw.middle[0] + 0.3 * seesaw.half[0]
    assert placed[flung].box.low[2] > 0.5
    assert flung not in made.acted.velocities
    met = f"When {faller} touches Seesaw rotor, "
    assert any(rule.startswith(f"{met}launch {flung}") for rule in made.graph.rules)
    assert any(rule.startswith(f"{met}turn Seesaw rotor by -") for rule in made.graph.rules)
    assert made.faults == []


@pytest.mark.parametrize("sentence", ["A kettle stands on a stove", "Two kettles stand on a stove"])
def test_what_is_on_a_stove_is_on_a_hob(sentence):
    made = staged(sentence)
    stove = made.layout.placed["Stove"]
    hobs = [stove.pose.place(a.at) for name, a in stove.thing.form.anchors.items() if name.startswith("hob")]
    for name in made.manifest.subjects[0].names:
        at = made.layout.placed[name].pose.at
        assert min(abs(hob[0] - at[0]) + abs(hob[1] - at[1]) for hob in hobs) < 0.1


@pytest.mark.parametrize(
    ("thing", "does", "words"),
    [
        ("chair", "wave", "'A' is to wave, but it is no cloth"),
        ("castle", "roll", "'A' is to roll, but physics does not move it"),
    ],
)
def test_what_a_thing_of_its_make_cannot_do_is_refused(thing, does, words):
    manifest = Manifest(subjects=(Subject(name="A", thing=thing),), happenings=(Happening(who="A", does=does),))
    with pytest.raises(ValueError, match=words):
        stage(manifest, 0)
