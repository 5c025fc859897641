"""The frame of a swing has a seat, which is what swings."""

import numpy as np
import pytest

from addon.worlds.fittings import fitted
from addon.worlds.library import entries
from addon.worlds.manifest import Happening, Manifest, Subject
from addon.worlds.places import Place
from addon.worlds.reader import read
from addon.worlds.staging import stage

CAT = Subject(name="Cat", thing="cat", places=(Place(relation="behind", of=("Swing",)),))


def plan(count, *happenings):
    swing = Subject(name="Swing", thing="swing", count=count)
    return Manifest(subjects=(swing, CAT), happenings=happenings)


def test_a_swing_has_a_seat_that_is_held_unless_it_swings():
    still, moving = fitted(plan(1)), fitted(plan(1, Happening(who="Swing", does="swing")))
    assert [s.name for s in still.subjects] == ["Swing", "Seat of Swing", "Cat"]
    assert still.subject("Seat of Swing").moves == "fixed"
    assert moving.subject("Seat of Swing").moves == "rigid"
    assert [h.who for h in moving.happenings] == ["Seat of Swing"]


def test_several_swings_become_one_by_one_and_keep_what_comes_after():
    swings = Happening(who="Swing", does="swing")
    made = fitted(plan(2, swings, Happening(who="Cat", does="jump", after=0)))
    assert [h.who for h in made.happenings] == ["Seat of Swing 1", "Seat of Swing 2", "Cat"]
    assert made.happenings[2].after == 1
    assert made.subject("Cat").places[0].of == ("Swing 1",)


def test_what_is_no_swing_stays_as_it_is():
    manifest = Manifest(subjects=(Subject(name="Ball", thing="ball"),))
    assert fitted(manifest) == manifest


def test_the_seat_hangs_free_of_its_frame():
    staged = stage(read("A swing goes back and forth", entries()), 0)
    assert staged.manifest.left_out == ()
    assert staged.faults == []
    seat, frame = staged.layout.placed["Seat of Swing"], staged.layout.placed["Swing"]
    assert 0.0 < frame.box.high[2] - seat.box.high[2] < 0.15
    assert seat.box.low[2] > 0.2


def test_a_door_stands_in_the_opening_of_its_wall():
    made = stage(read("A red door in a long brick wall opens", entries()), 0)
    door, wall = (made.layout.placed[name] for name in ("Door", "Wall"))
    assert wall.thing.entry.name == "doorway"
    assert door.box.low[2] == pytest.approx(0.0, abs=0.01)
    assert door.box.high[2] < wall.box.high[2]
    assert np.abs(door.box.middle[:2] - wall.box.middle[:2]).max() < 0.01
    assert not any(np.all((h.low + 1e-6 < door.box.high) & (h.high - 1e-6 > door.box.low)) for h in wall.boxes)
    assert made.faults == []
    assert made.manifest.left_out == ()


def test_a_door_by_a_wall_leaves_it_whole():
    made = stage(read("A door stands next to a wall", entries()), 0)
    assert made.layout.placed["Wall"].thing.entry.name == "wall"


@pytest.mark.parametrize(
    ("door", "wall"),
    [
        ({}, {}),
        ({"height": 0.5, "width": 0.3}, {"length": 0.2, "height": 0.1, "thickness": 0.03}),
        ({"height": 3.5, "width": 0.8}, {"length": 12.0, "height": 4.0, "thickness": 0.6}),
        ({"height": 3.2}, {"length": 1.2, "height": 0.6}),
    ],
)
def test_any_door_fits_into_any_wall(door, wall):
    subjects = (
        Subject(name="Door", thing="door", parameters=door, places=(Place(relation="in", of=("Wall",)),)),
        Subject(name="Wall", thing="wall", parameters=wall),
    )
    made = stage(Manifest(subjects=subjects), 0)
    leaf, around = (made.layout.placed[name] for name in ("Door", "Wall"))
    assert made.manifest.left_out == ()
    assert made.faults == []
    assert leaf.box.high[2] < around.box.high[2]
    assert not any(np.all((h.low + 1e-6 < leaf.box.high) & (h.high - 1e-6 > leaf.box.low)) for h in around.boxes)


@pytest.mark.parametrize("sentence", ["Two doors in a brick wall", "A red door in a wall, and a blue door in the wall"])
def test_doors_for_which_there_is_no_opening_are_beside_their_wall_and_that_is_told(sentence):
    once = fitted(read(sentence, entries()))
    last = once.subjects[0] if len(once.subjects) == 2 else once.subjects[-1]
    assert [p.relation for p in last.places] == ["next to"]
    assert f"'{last.name}' in 'Wall': it is next to it" in once.left_out
    assert fitted(once) == once
