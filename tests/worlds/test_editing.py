"""Plans are changed in words: what they name, and nothing else."""

import pytest

from addon.worlds.editing import EditError, edited
from addon.worlds.library import entries
from addon.worlds.reader import read
from addon.worlds.shades import rgb_of

SENTENCE = "A ball rolls into a row of five dominoes in a garden, a flag waves in the wind, a cup stands on a table"


@pytest.fixture(scope="module")
def plan():
    return read(SENTENCE, entries())


def names(lines):
    return {line.partition(":")[0] for line in lines}


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("make the flag red", {"Flag.parameters.colour"}),
        ("make the flag red and the wind stronger", {"Flag.parameters.colour", "setting.wind"}),
        ("make the ball bigger", {"Ball.parameters.radius"}),
        ("the ball rolls faster", {"happenings"}),
        ("use 12 dominoes", {"Domino.count"}),
        ("three more dominoes", {"Domino.count"}),
        ("remove the cup", {"Cup"}),
        ("put the cup next to the flag", {"Cup.places"}),
        ("make it night", {"setting.hour"}),
        ("let it rain", {"setting.weather"}),
        ("no wind", {"setting.wind"}),
        ("add a chair next to the table", {"Chair"}),
        ("the camera orbits", {"view"}),
        ("a bottle falls onto the table", {"Bottle", "happenings"}),
        ("make the ball blue, make it bigger", {"Ball.parameters.colour", "Ball.parameters.radius"}),
    ],
)
def test_what_the_words_name_is_changed_and_nothing_else(plan, text, changed):
    after = edited(plan, text, entries())
    assert names(after.changes) == changed
    assert after.manifest.sentence == plan.sentence


def test_what_goes_takes_along_what_it_did_and_what_stood_by_it(plan):
    after = edited(plan, "remove the table", entries()).manifest
    assert after.subject("Cup").places == ()
    after = edited(plan, "remove the dominoes", entries()).manifest
    assert [h.does for h in after.happenings] == ["wave"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("make the flag sing", "'make the flag sing' is not understood; what can be said"),
        ("make the unicorn red", "not understood"),
        ("make the flag faster", "no speed"),
        ("make the ball steeper", "none of height"),
        ("300 dominoes", "1 to 200 of a kind, not 300"),
        ("", "changes nothing"),
        ("remove everything", "nothing would be left"),
        ("the ball", "changes nothing"),
        ("make the second ball red", "second' in .* is not understood"),
        ("make the ball red 5 seconds after", "'5 seconds' in .* is not understood"),
        ("make the ball red and sing", "sing"),
    ],
)
def test_what_is_not_understood_is_refused_by_its_words(plan, text, words):
    with pytest.raises(EditError, match=words):
        edited(plan, text, entries())


@pytest.fixture(scope="module")
def bears():
    return read("A teddy bear sits on a chair, a car drives on a street", entries())


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("make the bear red", {"Teddy bear.parameters.colour"}),
        ("remove the bear", {"Teddy bear"}),
        ("put the bear next to the car", {"Teddy bear.places"}),
        ("the bear jumps", {"happenings"}),
    ],
)
def test_the_last_word_of_a_name_tells_which_thing_is_meant(bears, text, changed):
    assert names(edited(bears, text, entries()).changes) == changed


def test_it_does_not_where_two_things_end_with_it():
    plan = read("A teddy bear and a bear sit on a lawn", entries())
    after = edited(plan, "make the teddy bear bigger", entries())
    assert names(after.changes) == {"Teddy bear.parameters.height"}
    assert "Teddy bear" not in " ".join(edited(plan, "remove the bear", entries()).changes)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("make the bear sing", "'sing' in"),
        ("make the zebra red", "'the zebra' in .* there is no such thing; there are Teddy bear, Chair, Car"),
        ("make the hen red", "'the hen' in .* there is no such thing; there are Teddy bear, Chair, Car"),
        ("make the car 2 m taller", "'2 m taller' in"),
        ("the car drives to the right", "'to the right' in"),
        ("make the car blue at night", "'at night' in"),
    ],
)
def test_the_phrase_is_named_that_is_not_understood(bears, text, words):
    with pytest.raises(EditError, match=words):
        edited(bears, text, entries())


def test_what_is_as_large_as_it_can_be_is_told(plan):
    largest = entries()["ball"].knobs["radius"].high
    ball = plan.subject("Ball").model_copy(update={"parameters": {"radius": largest}})
    plan = plan.model_copy(update={"subjects": (ball, *plan.subjects[1:])})
    with pytest.raises(EditError, match="as large as it can be already"):
        edited(plan, "make the ball bigger", entries())


CARS = "Three cars drive in a street, a tree stands in the street, a box lies in the street"
TABLE = "A ball and a box lie on a table, a lamp stands next to the table, it rains"
BALLS = "A red ball and a blue ball lie on a table"
DARK_BLUE = rgb_of("dark blue")


def after(sentence, text):
    return edited(read(sentence, entries()), text, entries()).manifest


def colour(manifest, name):
    return manifest.subject(name).parameters.get("colour")


def things(manifest):
    return {s.name: s.count for s in manifest.subjects}


@pytest.mark.parametrize(
    ("sentence", "text", "left"),
    [
        (TABLE, "remove everything except the ball", {"Ball": 1}),
        (TABLE, "remove everything but the ball and the table", {"Ball": 1, "Table": 1}),
        (TABLE, "remove the ball and the lamp", {"Box": 1, "Table": 1}),
        (TABLE, "take the ball away", {"Box": 1, "Table": 1, "Lamp": 1}),
        (CARS, "remove one car", {"Car": 2, "Tree": 1, "Box": 1}),
        (CARS, "remove two of the cars", {"Car": 1, "Tree": 1, "Box": 1}),
        (CARS, "remove three cars", {"Tree": 1, "Box": 1}),
        (CARS, "two fewer cars and remove the tree", {"Car": 1, "Box": 1}),
        (CARS, "remove the tree and one car", {"Car": 2, "Box": 1}),
        (BALLS, "remove the red ball", {"Ball B": 1, "Table": 1}),
        (BALLS, "remove ball B", {"Ball": 1, "Table": 1}),
        (SENTENCE, "use a dozen dominoes", {"Ball": 1, "Domino": 12, "Flag": 1, "Cup": 1, "Table": 1}),
    ],
)
def test_what_is_to_go_goes_and_no_more(sentence, text, left):
    assert things(after(sentence, text)) == left


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (CARS, "make one car red"),
        (CARS, "make two of the cars blue"),
        (CARS, "make the first car bigger"),
        (CARS, "make the car red"),
        (CARS, "make some cars red"),
        (CARS, "make both cars red"),
        (CARS, "let the first car hit the tree"),
        (CARS, "let the car hit the tree"),
        (CARS, "put the box on the cars"),
        (CARS, "remove the two cars"),
        (CARS, "remove the car"),
        (SENTENCE, "let a ball hit the first domino"),
        (SENTENCE, "let a ball hit the domino"),
    ],
)
def test_a_part_of_a_group_is_not_all_of_it(sentence, text):
    with pytest.raises(EditError, match="cannot be told apart"):
        after(sentence, text)


@pytest.mark.parametrize("text", ["make the cars red", "make all cars red", "make the three cars red"])
def test_all_of_a_group_is_meant_where_all_are_named(text):
    assert colour(after(CARS, text), "Car") == (0.8, 0.05, 0.05)


def test_one_of_several_is_told_by_its_colour_or_letter():
    assert colour(after(BALLS, "make the blue ball green"), "Ball B") == (0.05, 0.6, 0.1)
    assert colour(after(BALLS, "make ball A green"), "Ball") == (0.05, 0.6, 0.1)
    with pytest.raises(EditError, match="there are Ball, Ball B; say which one"):
        after(BALLS, "make the ball green")
    with pytest.raises(EditError, match="'the green ball' in"):
        after(BALLS, "let the green ball fall")


@pytest.mark.parametrize(
    ("text", "painted"),
    [
        ("make both the ball and the box yellow", {"Ball", "Box"}),
        ("make the ball and the lamp yellow, but not the box", {"Ball", "Lamp"}),
        ("make everything yellow", {"Ball", "Box", "Table", "Lamp"}),
        ("make everything yellow except the box", {"Ball", "Table", "Lamp"}),
        ("move the ball next to the lamp and make it yellow", {"Ball"}),
        ("add a chair next to the lamp and make it yellow", {"Chair"}),
        ("make the ball yellow and the box", None),
        ("make the ball and the dog yellow", None),
        ("make the box green and yellow", None),
        ("the table is yellow", {"Table"}),
        ("now make the ball yellow too, please", {"Ball"}),
    ],
)
def test_those_that_are_named_get_the_colour(text, painted):
    if painted is None:
        with pytest.raises(EditError):
            after(TABLE, text)
        return
    found = after(TABLE, text)
    assert {s.name for s in found.subjects if colour(found, s.name) == (0.9, 0.8, 0.1)} == painted


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("make the cars dark blue", DARK_BLUE),
        ("make the cars a dark blue", DARK_BLUE),
        ("make the cars light blue", rgb_of("light blue")),
    ],
)
def test_shades_are_colours_of_their_own(text, value):
    assert colour(after(CARS, text), "Car") == value


@pytest.mark.parametrize(
    ("text", "radius"),
    [
        ("make the ball bigger", 0.156),
        ("make the ball a bit bigger", 0.1319),
        ("make the ball much bigger", 0.1924),
        ("make the ball twice as big", 0.24),
        ("make the ball half as big", 0.06),
        ("make the ball red and bigger", 0.156),
        ("make the ball bigger and red", 0.156),
        ("make the ball red, bigger", 0.156),
    ],
)
def test_how_much_larger_is_heard(text, radius):
    found = after(TABLE, text)
    assert found.subject("Ball").parameters["radius"] == radius
    assert (colour(found, "Ball") is not None) == ("red" in text)


def test_what_cannot_be_so_many_times_as_large_is_told():
    with pytest.raises(EditError, match="cannot be 100 times as large: its radius is from"):
        after(TABLE, "make the ball 100 times as big")


def test_the_edit_of_the_guide_is_understood():
    found = after(
        "A ball rolls down a ramp and topples a row of dominoes", "make the ball red and bigger, use 12 dominoes"
    )
    assert (colour(found, "Ball"), found.subject("Ball").parameters["radius"]) == ((0.8, 0.05, 0.05), 0.156)
    assert found.subject("Domino").count == 12


@pytest.mark.parametrize(
    ("text", "hour", "weather"),
    [
        ("make it a sunny morning", "morning", "clear"),
        ("make it sunny", "day", "clear"),
        ("no rain, please", "day", "clear"),
        ("make it a foggy night", "night", "fog"),
        ("make it a beach and a rainy night", "night", "rain"),
    ],
)
def test_hour_and_weather_are_all_that_is_said(text, hour, weather):
    setting = after(TABLE, text).setting
    assert (setting.hour, setting.weather) == (hour, weather)


@pytest.mark.parametrize("text", ["make it a sunny night", "make it snow and foggy", "no snow", "weaker wind"])
def test_weather_that_cannot_be_is_refused(text):
    with pytest.raises(EditError):
        after(TABLE, text)


def test_what_is_put_on_the_floor_leaves_the_table():
    for text in ("put the ball on the floor", "put the ball next to the lamp, then put it on the ground"):
        assert after(TABLE, text).subject("Ball").places == ()
    with pytest.raises(EditError, match="'Table' is on the ground already"):
        after(TABLE, "put the table on the floor")


@pytest.mark.parametrize(
    "text",
    [
        "put the ball on the ball",
        "put the ball under the ball",
        "put the ball on the box and the box on the ball",
        "put the table on the ball",
    ],
)
def test_nothing_is_placed_by_itself(text):
    with pytest.raises(EditError, match=r"by itself|by each other"):
        after(TABLE, text)


def test_things_are_made_of_what_is_said():
    for text in ("make the ball wooden", "make the ball of wood", "make the ball out of wood"):
        assert after(TABLE, text).subject("Ball").stuff == "wood"
    with pytest.raises(EditError, match="is soft"):
        after(SENTENCE, "make the flag wooden")


def test_what_drives_drives_faster():
    (usual,) = after(CARS, "make the cars twice as fast").happenings
    (faster,) = after(CARS, "the cars drive faster").happenings
    assert faster.amount == pytest.approx(0.75 * usual.amount, rel=1e-3)
    with pytest.raises(EditError, match="'Car' does not fly"):
        after(CARS, "the cars fly faster")


def test_what_waited_for_what_goes_waits_for_what_that_waited_for():
    found = after("A ball hits a box, then the box falls, then a lamp goes out, a flag waves", "remove the flag")
    assert [(h.does, h.after) for h in found.happenings] == [("hit", None), ("fall", 0), ("go out", 1)]
    found = after("A ball hits a box, then a cup falls, then a lamp goes out", "remove the cup")
    assert [(h.does, h.after) for h in found.happenings] == [("hit", None), ("go out", 0)]


@pytest.mark.parametrize(
    "text",
    [
        "stop the ball",
        "don't make the ball red",
        "make the ball red again",
        "let the ball fall again",
        "make the box dark",
        "the lamp falls onto the ball and the box",
        "make it red",
        "remove the ball from the table",
        "make the ball bigger than the box",
        "make the red ball blue",
    ],
)
def test_no_word_is_lost_in_silence(text):
    with pytest.raises(EditError, match="is not understood"):
        after(TABLE, text)


def test_a_thing_stands_in_for_another_one_where_that_was_and_does_what_that_did():
    plan = read("A ball lies on a table, a hammer hits the ball", entries())
    plan = plan.model_copy(update={"rules": ("When Ball touches Table, stop Ball",)})
    found = edited(plan, "replace the ball with a big red box", entries()).manifest
    box = found.subject("Box")
    assert [p.of for p in box.places] == [("Table",)]
    assert box.parameters["colour"] == (0.8, 0.05, 0.05)
    assert [(h.who, h.to) for h in found.happenings] == [("Hammer", "Box")]
    assert found.rules == ("When Box touches Table, stop Box",)
    assert things(after(CARS, "replace the cars with trucks")) == {"Truck": 3, "Tree": 1, "Box": 1}
    with pytest.raises(EditError, match="kayak"):
        after(TABLE, "replace the ball with a kayak")
    with pytest.raises(EditError, match="not understood"):
        after(TABLE, "replace the ball with the box")


def test_lights_are_switched():
    for text in ("turn the lamp off", "turn off the lamp", "switch the lamp off"):
        assert [(h.who, h.does) for h in after(TABLE, text).happenings] == [("Lamp", "go out")]
    assert [h.does for h in after(TABLE, "turn on the lamp").happenings] == ["light up"]
    with pytest.raises(EditError, match="'Ball' has no light"):
        after(TABLE, "turn the ball off")
    with pytest.raises(EditError, match="'Lamp' is to flicker"):
        after("A lamp flickers", "turn the lamp off")
