"""Things are put where they are said to be, on what bears them and through nothing."""

import math
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from addon.worlds.checks import faults
from addon.worlds.layout import Layout, LayoutError, Standing
from addon.worlds.places import RELATIONS, Place
from tests.worlds.made import block, bowl, from_library, ground, sphere


def laid(*standings, seed=0, **size):
    layout = Layout(ground(**size), seed)
    layout.put(standings)
    assert faults(layout, standings) == []
    return layout.placed


def place(relation, *of, **more):
    return (Place(relation=relation, of=of, **more),)


@pytest.mark.parametrize("relation", [r for r in RELATIONS if r not in ("in", "between", "at")])
@pytest.mark.parametrize("seed", range(3))
def test_each_relation_holds(relation, seed):
    laid(
        Standing(from_library("Table", "table")),
        Standing(block("Box"), place(relation, "Table")),
        seed=seed,
    )


def test_on_a_table_is_on_its_board():
    placed = laid(Standing(from_library("Table", "table", height=0.9)), Standing(sphere("Ball"), place("on", "Table")))
    assert placed["Ball"].pose.at[2] == pytest.approx(0.9, abs=0.005)


def test_under_a_table_is_on_the_ground():
    placed = laid(Standing(from_library("Table", "table")), Standing(sphere("Ball"), place("under", "Table")))
    assert placed["Ball"].pose.at[2] == pytest.approx(0.0)


def test_in_a_bowl_is_on_its_bottom():
    placed = laid(Standing(bowl("Bowl")), Standing(sphere("Ball"), place("in", "Bowl")))
    assert placed["Ball"].pose.at[2] == pytest.approx(0.05)


def test_things_on_things_on_things():
    placed = laid(
        Standing(block("C"), place("on", "B")),
        Standing(block("B"), place("on", "A")),
        Standing(block("A", 0.5, 0.5, 0.5)),
    )
    assert placed["C"].pose.at[2] == pytest.approx(0.7)


def test_many_things_on_one_table_do_not_stand_in_each_other():
    cups = [Standing(block(f"Cup {i}", 0.1, 0.1, 0.1), place("on", "Table")) for i in range(8)]
    laid(Standing(from_library("Table", "table")), *cups)


def test_between_is_in_the_middle():
    placed = laid(
        Standing(block("A")),
        Standing(block("B"), place("right of", "A", distance=2.0)),
        Standing(block("C"), place("between", "A", "B")),
    )
    assert placed["C"].box.middle[0] == pytest.approx((placed["A"].box.middle[0] + placed["B"].box.middle[0]) / 2)


@given(st.floats(0.1, 3.0), st.floats(0.0, 360.0))
@example(3.0, 225.0)
@settings(max_examples=25)
def test_a_distance_and_a_bearing_are_kept(distance, bearing):
    placed = laid(
        Standing(sphere("A", 0.05)),
        Standing(sphere("B", 0.05), place("next to", "A", distance=distance, bearing=bearing)),
    )
    dx, dy = (placed["B"].box.middle - placed["A"].box.middle)[:2]
    way = math.radians(bearing)
    assert (dx, dy) == pytest.approx((math.hypot(dx, dy) * math.cos(way), math.hypot(dx, dy) * math.sin(way)), abs=1e-6)
    assert math.hypot(dx, dy) >= distance


def test_a_row_goes_on():
    def domino(i):
        after = place("next to", f"Domino {i - 1}", distance=0.1, bearing=0.0) if i else ()
        return Standing(block(f"Domino {i}", 0.02, 0.1, 0.2), after)

    placed = laid(*map(domino, range(6)))
    xs = [placed[f"Domino {i}"].box.middle[0] for i in range(6)]
    assert [b - a for a, b in pairwise(xs)] == pytest.approx([0.12] * 5)


def test_a_thing_that_faces_another_turns_its_front_to_it():
    placed = laid(
        Standing(block("A")),
        Standing(from_library("Shelf", "shelf"), place("right of", "A", distance=1.0), facing="A"),
    )
    shelf = placed["Shelf"]
    front = shelf.pose.place((0, -1, 0)) - shelf.pose.place((0, 0, 0))
    way = placed["A"].box.middle - shelf.box.middle
    assert front[:2] @ way[:2] / math.hypot(*way[:2]) == pytest.approx(1.0, abs=1e-3)


def test_the_same_seed_gives_the_same_layout():
    def poses(seed):
        things = [Standing(block(f"Box {i}")) for i in range(6)]
        return [p.pose for p in laid(*things, Standing(block("Near"), place("near", "Box 0")), seed=seed).values()]

    assert poses(1) == poses(1)
    assert poses(1) != poses(2)


@pytest.mark.parametrize(
    ("standings", "words"),
    [
        ([Standing(block("A"), place("on", "B")), Standing(block("B"), place("on", "A"))], "in a circle: A, B"),
        ([Standing(block("A"), place("on", "Moon"))], "'A' is placed by 'Moon', and there is no such thing"),
        ([Standing(block("A", 30.0))], "'A' cannot be put anywhere: it would stand beyond the ground"),
        (
            [
                Standing(block("A")),
                Standing(block("B"), (*place("left of", "A"), *place("right of", "A"))),
            ],
            "it would not be right of A",
        ),
        (
            [
                Standing(bowl("Bowl")),
                Standing(block("Big", 0.9, 0.9, 0.3), place("in", "Bowl")),
                Standing(block("Other", 0.9, 0.9, 0.3), place("in", "Bowl")),
            ],
            "'Big' is in the way",
        ),
    ],
)
def test_what_cannot_be_had_is_refused_by_name(standings, words):
    with pytest.raises(LayoutError) as error:
        Layout(ground()).put(standings)
    assert words in str(error.value)


def test_faults_are_found():
    standings = [Standing(block("A")), Standing(block("B"), place("on", "A")), Standing(block("C"))]
    layout = Layout(ground())
    layout.put(standings)
    x, y, _ = layout.placed["A"].pose.at

    def found(name, *at):
        before = layout.placed[name]
        layout.placed[name] = type(before)(before.thing, type(before.pose)(at))
        faulty = {f.check for f in faults(layout, standings) if f.thing in (name, "A")}
        layout.placed[name] = before
        return faulty

    assert found("C", x + 0.05, y, 0.05) == {"collision", "support"}
    assert found("B", x + 2.0, y, 1.0) == {"support", "relation"}
    assert found("B", 5.0, 0.0, 0.0) == {"bounds", "relation"}


def test_what_is_beside_a_thing_on_a_table_stands_there_too():
    cake, glass = from_library("Cake", "cake"), from_library("Glass", "drinking glass")
    placed = laid(
        Standing(from_library("Table", "table", height=0.9)),
        Standing(cake, place("on", "Table")),
        Standing(glass, place("left of", "Cake", distance=0.1)),
        Standing(from_library("Chair", "chair"), place("next to", "Cake")),
    )
    assert placed["Glass"].pose.at[2] == pytest.approx(0.9, abs=0.005)
    assert placed["Chair"].pose.at[2] < 0.01


def test_what_is_on_cloth_stands_on_what_that_lies_on():
    cloth = from_library("Cloth", "tablecloth")
    placed = laid(
        Standing(from_library("Table", "table", height=0.9, width=1.6)),
        Standing(cloth, place("on", "Table"), lift=0.04),
        Standing(from_library("Cake", "cake"), place("on", "Cloth")),
    )
    assert placed["Cake"].pose.at[2] == pytest.approx(0.9, abs=0.005)


def test_what_hangs_ends_beneath_the_beam():
    beam = from_library("Beam", "hanging frame", height=2.0)
    placed = laid(Standing(beam, yaw=90.0), Standing(from_library("Bell", "bell"), place("hanging from", "Beam")))
    assert placed["Bell"].box.high[2] == pytest.approx(2.0, abs=0.01)


def test_a_thing_stands_on_the_hull_that_bodies_meet():
    candles = from_library("Cake", "cake", candles=8)
    placed = laid(Standing(candles), Standing(block("Box", 0.05, 0.05, 0.05), place("on", "Cake")))
    assert placed["Box"].box.low[2] == pytest.approx(candles.met.high[2], abs=0.01)


def test_of_two_places_the_one_that_leaves_less_open_says_where():
    table, cake, cup = block("Table", 4, 2, 0.8), block("Cake", 0.3, 0.3, 0.2), block("Cup", 0.1, 0.1, 0.1)
    both = (*place("on", "Table"), *place("left of", "Cake", distance=0.2))
    placed = laid(Standing(table), Standing(cake, place("on", "Table")), Standing(cup, both))
    gap = placed["Cake"].box.low[0] - placed["Cup"].box.high[0]
    assert gap == pytest.approx(0.2, abs=0.02)
    assert placed["Cup"].box.low[2] == pytest.approx(0.8, abs=0.02)
