"""Who is meant: one more thing, or one of before; and what is told of it behind its noun."""

import pytest

from addon.scene_graph import COLORS
from addon.worlds.library import entries
from addon.worlds.reader import read


def plan(sentence):
    return read(sentence, entries())


def colours(sentence):
    return [
        next((name for name, rgba in COLORS.items() if rgba[:3] == s.parameters.get("colour")), None)
        for s in plan(sentence).subjects
    ]


@pytest.mark.parametrize(
    "sentence",
    ["A ball hits a ball", "A ball hits another ball", "A red ball hits a ball", "A thick ball hits a thin ball"],
)
def test_a_second_article_speaks_of_one_more(sentence):
    manifest = plan(sentence)
    assert [(s.thing, s.count) for s in manifest.subjects] == [("ball", 1), ("ball", 1)]
    assert [(h.who, h.to) for h in manifest.happenings] == [("Ball", "Ball B")]


def test_one_that_lies_on_another_of_its_kind():
    manifest = plan("A book lies on a book")
    assert [p.of for p in manifest.subject("Book").places] == [("Book B",)]


def test_another_one_that_is_not_named_is_told():
    assert "hits another" in plan("One ball hits another.").left_out


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("A red ball falls. The red ball hits a box.", ["Ball", "Box"]),
        ("A red ball and a blue ball lie on a table. The blue ball hits the red ball.", ["Ball", "Ball B", "Table"]),
        ("A small box and a big box stand in a room. A ball hits the big box.", ["Box", "Box B", "Ball"]),
        ("A ball rolls down a ramp. When the ball hits a box, the box turns red.", ["Ball", "Ramp", "Box"]),
    ],
)
def test_what_is_told_in_front_of_a_noun_says_which_is_meant(sentence, names):
    assert [s.name for s in plan(sentence).subjects] == names


def test_the_one_that_is_meant_acts():
    manifest = plan("A red ball and a blue ball lie on a table. The blue ball hits the red ball.")
    assert [(h.who, h.does, h.to) for h in manifest.happenings] == [("Ball B", "hit", "Ball")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A ball falls onto a box. The ball is red.", ["red", None]),
        ("A ball that is red rolls to a box", ["red", None]),
        ("A ball which is red hits a box that is blue", ["red", "blue"]),
        ("Two balls collide. The balls are green.", ["green"]),
        ("On the box is a red ball", [None, "red"]),
    ],
)
def test_what_is_told_behind_a_noun_is_of_it(sentence, expected):
    assert not plan(sentence).left_out
    assert colours(sentence) == expected


def test_size_and_stuff_behind_a_noun():
    manifest = plan("A ball is big and a box is steel")
    assert manifest.subject("Ball").parameters["radius"] > entries()["ball"].knobs["radius"].default
    assert manifest.subject("Box").stuff == "steel"


@pytest.mark.parametrize("sentence", ["The ball is not red", "Three balls are in a row, the first is red"])
def test_what_is_not_told_of_all_is_left_out(sentence):
    manifest = plan(sentence)
    assert "colour" not in manifest.subjects[0].parameters
    assert any("red" in words for words in manifest.left_out)


@pytest.mark.parametrize(
    ("sentence", "thing", "expected"),
    [("a small hut", "hut", ()), ("a small shelf", "shelf", ()), ("a long shelf", "shelf", ("long",))],
)
def test_a_size_is_told_where_nothing_of_it_can_be_had(sentence, thing, expected):
    manifest = plan(sentence)
    assert manifest.left_out == expected
    assert bool(manifest.subjects[0].parameters) != bool(expected)
    assert manifest.subjects[0].thing == thing


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("A dog chases a cat", "Dog chases Cat"),
        ("A dog follows a cat in a garden at night", "Dog follows Cat"),
        ("A ball rolls down a ramp and a dog follows the ball", "Dog follows Ball"),
    ],
)
def test_what_our_rules_can_do_becomes_one(sentence, rule):
    manifest = plan(sentence)
    assert manifest.rules == (rule,)
    assert not manifest.left_out


def test_a_verb_that_nothing_knows_is_told():
    assert plan("A dog barks at a cat").left_out == ("barks at a cat",)


@pytest.mark.parametrize(
    ("sentence", "does"),
    [
        ("A cup falls over", "tip"),
        ("A blanket falls over a small bookcase", "fall"),
        ("A blanket falls over the big red chair", "fall"),
        ("A cup falls over the edge of the table", "fall"),
    ],
)
def test_falling_over_something_is_no_falling_over(sentence, does):
    manifest = plan(sentence)
    assert [h.does for h in manifest.happenings] == [does]
    assert not manifest.left_out


def test_what_falls_over_an_edge_falls_from_what_is_named_behind_it():
    happening = plan("A cup falls over the edge of the table").happenings[0]
    assert (happening.who, happening.source) == ("Cup", "Table")


@pytest.mark.parametrize(
    ("sentence", "counts", "told"),
    [
        ("A 30 cm ball drops from 5 meters onto a table.", {"Ball": 1, "Table": 1}, ()),
        ("A 50 kg box and a 2 meter tall robot", {"Box": 1, "Robot": 1}, ("50 kg",)),
        ("A four year old girl runs", {"Girl": 1}, ("four year old",)),
        ("3 balls fall", {"Ball": 3}, ()),
    ],
)
def test_a_number_with_a_unit_is_no_count(sentence, counts, told):
    manifest = plan(sentence)
    assert {s.name: s.count for s in manifest.subjects} == counts
    assert manifest.left_out == told


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Three red and two blue balls fall on the ground", [(3, "red"), (2, "blue")]),
        ("Two red, three green and one blue ball roll down a ramp", [(2, "red"), (3, "green"), (1, "blue"), (1, None)]),
        ("A red, a blue and a yellow balloon rise", [(1, "red"), (1, "blue"), (1, "yellow")]),
        ("A big, red ball rolls", [(1, "red")]),
    ],
)
def test_what_is_told_of_several_with_one_noun(sentence, expected):
    manifest = plan(sentence)
    assert [(s.count, c) for s, c in zip(manifest.subjects, colours(sentence), strict=True)] == expected
    acting = {h.who for h in manifest.happenings}
    assert acting == {s.name for s in manifest.subjects if s.thing in ("ball", "balloon")}
    assert not manifest.left_out


@pytest.mark.parametrize(
    ("sentence", "thing", "told"),
    [
        ("Three balls, red, green and blue, bounce on a trampoline.", "trampoline", "green"),
        ("The traffic light turns red and the truck stops.", "truck", "turns red"),
        ("A black and white cow stands in a meadow", "cow", "black"),
    ],
)
def test_a_colour_is_not_that_of_the_next_thing(sentence, thing, told):
    manifest = plan(sentence)
    assert told in manifest.left_out
    (found,) = [s for s in manifest.subjects if s.thing == thing]
    assert found.parameters.get("colour") in (None, COLORS["white"][:3])


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("A ball almost hits a vase", "almost hits a vase"),
        ("Two cats sit on a sofa; one of them jumps down.", "one of them jumps down"),
        ("There are two boxes and the others fall", "others fall"),
        ("The fan starts and a ball rolls", "starts"),
    ],
)
def test_what_is_not_done_by_all_or_not_done_is_left_out(sentence, words):
    assert words in plan(sentence).left_out


@pytest.mark.parametrize(
    ("sentence", "things"),
    [
        ("First a bell rings, then a ball drops", ["bell", "ball"]),
        ("A flag is raised on a flagpole.", ["flag", "flagpole"]),
        ("A red flag with a white cross hangs on a wall.", ["flag", "wall"]),
    ],
)
def test_what_a_thing_does_is_no_thing_and_what_it_has_no_deed(sentence, things):
    manifest = plan(sentence)
    assert [s.thing for s in manifest.subjects] == things
    assert not [h for h in manifest.happenings if h.who in ("Bell", "Flag", "Wall")]


def test_what_is_unknown_is_not_done_by_who_comes_next():
    manifest = plan("A cat sleeps in a garden and a dog runs")
    assert [h.who for h in manifest.happenings] == ["Dog"]
    assert plan("A windmill turns slowly in a field of tulips.").happenings[0].who == "Windmill"


def test_what_comes_finally_comes_after():
    happenings = plan("A ball falls, then a box falls, and finally a cube falls.").happenings
    assert [h.after for h in happenings] == [None, 0, 1]


@pytest.mark.parametrize(
    ("sentence", "deeds"),
    [
        ("A ball rolls off the table and lands in a bucket.", [("Ball", "fall", "Bucket", "Table")]),
        ("A yellow leaf falls from a tree onto a bench.", [("Leaf", "fall", "Bench", "Tree")]),
        ("A ball falls and lands on a box", [("Ball", "fall", "Box", None)]),
        ("A plane lands on a road", [("Plane", "descend", None, None)]),
    ],
)
def test_where_it_ends_is_not_where_it_begins(sentence, deeds):
    manifest = plan(sentence)
    assert [(h.who, h.does, h.to, h.source) for h in manifest.happenings] == deeds
    assert not any(s.places for s in manifest.subjects)
    assert not manifest.left_out


def test_all_of_a_list_act():
    manifest = plan("A red ball, a green ball and a blue ball fall onto a table")
    assert [h.who for h in manifest.happenings] == ["Ball", "Ball B", "Ball C"]


def test_who_is_named_by_what_is_unknown_does_not_go_on():
    manifest = plan("A car drives along a road, stops at the traffic light, waits for two seconds and drives on.")
    assert {h.who for h in manifest.happenings} == {"Car"}
    assert "stops at the traffic light" in manifest.left_out


def test_what_is_sent_flying_flies():
    manifest = plan("A cup falls over, and a gust knocks over a vase and sends a straw hat flying.")
    assert ("Straw hat", "fly") in [(h.who, h.does) for h in manifest.happenings]


def test_windows_of_a_house_are_told():
    manifest = plan("A house with 3 windows stands next to a tree.")
    assert [s.thing for s in manifest.subjects] == ["house", "broadleaf tree"]
    assert "window of House" in manifest.left_out


def told(sentence):
    found = read(sentence, entries())
    places = {s.name: [(p.relation, *p.of) for p in s.places] for s in found.subjects}
    return places, [(h.who, h.does, h.to, h.after) for h in found.happenings], found.left_out


@pytest.mark.parametrize("link", [", which", " that"])
def test_a_clause_about_what_was_named_last_speaks_of_it(link):
    _, happens, left = told(f"A ball hits a lamp{link} goes out")
    assert happens == [("Ball", "hit", "Lamp", None), ("Lamp", "go out", None, 0 if "," in link else None)]
    assert left == ()


def test_behind_a_clause_about_another_thing_who_acted_goes_on():
    _, happens, _ = told("A robot pushes a cart that rolls down a hill, then tips over")
    assert [h[:2] for h in happens] == [("Robot", "push"), ("Cart", "roll"), ("Robot", "tip")]


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("A lamp stands on a table and in front of it a pond", {"Pond": [("in front of", "Table")]}),
        ("A house, behind it a tree", {"House": [], "Tree": [("behind", "House")]}),
        ("A house. Behind the house is a lamp", {"House": [], "Lamp": [("behind", "House")]}),
        ("A box falls onto a table, and on it a cup", {"Box": [], "Cup": [("on", "Table")]}),
        (
            "A table with a lamp on it and a chair behind it",
            {"Lamp": [("on", "Table")], "Chair": [("behind", "Table")]},
        ),
        ("A cake with candles stands on a table", {"Cake": [("on", "Table")], "Candle": [("on", "Cake")]}),
        (
            "A truck, loaded with barrels, drives over a bridge",
            {"Truck": [("on", "Bridge")], "Barrel": [("on", "Truck")]},
        ),
    ],
)
def test_it_is_told_of_the_right_thing_where_it_is(sentence, places):
    found, _, left = told(sentence)
    assert {name: found[name] for name in places} == places
    assert left == ()


def test_who_is_put_beside_something_in_passing_does_not_act():
    _, happens, _ = told("A house, behind it a tree, burns")
    assert [h[:2] for h in happens] == [("House", "burn")]


def test_why_something_happens_is_left_out_and_it_happens():
    _, happens, left = told("A candle burns because the wind stopped")
    assert [h[:2] for h in happens] == [("Candle", "burn")]
    assert left == ("because the wind stopped",)


def test_capital_letters_tell_things_of_a_kind_apart():
    found = read("Ball A is red, ball B is green; ball A rolls into ball B", entries())
    assert [s.name for s in found.subjects] == ["Ball A", "Ball B"]
    first, second = (s.parameters["colour"] for s in found.subjects)
    assert first[0] > first[1]
    assert second[1] > second[0]
    assert [(h.who, h.to) for h in found.happenings] == [("Ball A", "Ball B")]
    assert found.left_out == ()


def test_a_capital_letter_that_is_an_article_is_one():
    found = read("In the garden A cup stands on A table", entries())
    assert [s.name for s in found.subjects] == ["Cup", "Table"]


def test_what_one_thing_is_said_to_be_the_one_before_is_not():
    cup, plate = read("The cup is red, the plate is green", entries()).subjects
    assert cup.parameters["colour"] != plate.parameters["colour"]


def test_what_something_does_before_it_does_more_comes_first():
    _, happens, left = told("A cup spins before it falls over")
    assert [h[1:] for h in happens] == [("turn", None, None), ("tip", None, 0)]
    assert left == ()
    assert told("A ball falls before the box falls")[1] == []


@pytest.mark.parametrize(
    ("sentence", "name", "places"),
    [
        ("A zorb pours into a lake while birds fly above it", "Bird", [("above", "Lake")]),
        ("A zorb kicks a ball into a goal", "Ball", []),
        ("Put a ball into a box", "Ball", [("in", "Box")]),
        ("Under a big old tree stands a dog", "Dog", [("under", "Tree")]),
    ],
)
def test_where_what_is_not_known_goes_nothing_is_put(sentence, name, places):
    assert told(sentence)[0][name] == places


@pytest.mark.parametrize("sentence", ["An oak sways in the wind", "A tall pine bends in a strong wind"])
def test_a_tree_that_is_called_by_its_wood_does_what_trees_do(sentence):
    _, happens, left = told(sentence)
    assert [h[1] for h in happens] == ["sway"]
    assert left == ()


def test_what_may_be_one_of_several_is_told():
    assert told("Ball A rolls into ball B; the ball falls")[2] == ("which ball is meant (it is one more)",)
    assert told("A red ball and a blue ball roll. The balls fall")[2] == ("which ball is meant (it is one more)",)
    assert told("A ball rolls; the ball falls")[2] == ()


def test_what_something_bears_does_not_end_a_list():
    places, _, left = told("A cake topped with candles, a plate and a cup stand on a table")
    assert {name: places[name] for name in ("Cake", "Candle", "Plate", "Cup")} == {
        "Cake": [("on", "Table")],
        "Candle": [("on", "Cake")],
        "Plate": [("on", "Table")],
        "Cup": [("on", "Table")],
    }
    assert left == ()


@pytest.mark.parametrize(
    ("sentence", "name", "parameters"),
    [
        ("A 30 cm ball rolls.", "Ball", {"radius": 0.15}),
        ("Two 10 cm cubes stand on a table.", "Cube", {"size": 0.1}),
        ("A tree 5 m tall stands in a garden.", "Tree", {"height": 5.0}),
        ("A 10-meter tall tower stands on a hill.", "Tower", {"height": 10.0}),
        ("The tower is 10 m high.", "Tower", {"height": 10.0}),
        ("A ball falls off a 2 m high wall.", "Wall", {"height": 2.0}),
    ],
)
def test_a_length_is_how_large_a_thing_is(sentence, name, parameters):
    manifest = plan(sentence)
    assert manifest.subject(name).parameters == parameters
    assert manifest.left_out == ()


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("A 500 m ball rolls.", "500 m"),
        ("A chair stands 2 m left of a table.", "2 m"),
        ("A car drives 5 m.", "5 m"),
        ("The lamp is 2 m high.", "2 m high"),
        ("A ball hangs 2 m above a table.", "2 m"),
    ],
)
def test_a_length_that_cannot_be_is_told(sentence, told):
    assert plan(sentence).left_out == (told,)


@pytest.mark.parametrize(
    ("sentence", "amounts"),
    [
        ("A ball falls from 2 m.", [2.0]),
        ("A ball drops from a height of 3 m onto a table.", [3.0]),
        ("A frog jumps 50 cm high.", [0.5]),
        ("Two balls and a cup drop from 2 m, and a box falls.", [2.0, 2.0, None]),
    ],
)
def test_a_length_behind_a_verb_is_how_high_it_goes(sentence, amounts):
    manifest = plan(sentence)
    assert [h.amount for h in manifest.happenings] == amounts
    assert manifest.left_out == ()


@pytest.mark.parametrize(
    ("sentence", "deed"),
    [
        ("A red ball and a blue ball lie on a table. The blue one falls.", ("Ball B", "fall", None)),
        ("A big box and a small box stand in a room. A ball hits the big one.", ("Ball", "hit", "Box")),
        ("A wooden chair and a steel chair stand in a room. The wooden one falls over.", ("Chair", "tip", None)),
    ],
)
def test_one_of_those_that_were_named_is_meant(sentence, deed):
    manifest = plan(sentence)
    assert [(h.who, h.does, h.to) for h in manifest.happenings] == [deed]
    assert manifest.left_out == ()


def test_one_of_which_it_is_not_known_which_does_nothing():
    manifest = plan("Two balls roll. The green one falls.")
    assert [h.does for h in manifest.happenings] == ["roll"]
    assert manifest.left_out == ("green one falls",)


def test_one_more_of_the_same_kind():
    manifest = plan("A white rabbit and a brown one sit under a tree.")
    assert colours("A white rabbit and a brown one sit under a tree.")[:2] == ["white", "brown"]
    assert [p.of for name in ("Rabbit", "Rabbit B") for p in manifest.subject(name).places] == [("Tree",), ("Tree",)]
