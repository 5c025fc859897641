"""What is said of custom properties."""

import pytest

from addon.rules.effects.property import AddProperty, MultiplyProperty, SetProperty, Toggle
from addon.rules.room import room
from addon.rules.vocabulary import Vocabulary
from addon.scene_graph import SceneObject
from tests.rules.effects.reading import code, effect, refused, rules


@pytest.fixture(scope="module")
def board():
    graph = room()
    more = (
        SceneObject(name="Board", properties={"hits": 5, "score": 2.5, "mode": "idle"}),
        SceneObject(name="Torch", properties={"lit": False}),
        SceneObject(name="Siren", properties={"on": False}),
    )
    others = {"Light": "light", "Camera": "camera"}
    return Vocabulary(graph.model_copy(update={"objects": (*graph.objects, *more), "others": others}))


@pytest.mark.parametrize(
    "words",
    [
        "turn on Lamp",
        "switch Lamp on",
        "put the lamp on",
        "Lamp on",
        "Lamp lights up",
        "the lamp goes on",
        "light Lamp",
        "activate Lamp",
        "let Lamp go on",
        "make Lamp come on",
        "set Lamp to on",
        "get Lamp switched on",
        "make Lamp.on true",
        "set Lamp.on to true",
        "Lamp.on = true",
        "Lamp is turned on",
        "Lamp shall be on",
        "keep Lamp on",
        "set the on of Lamp to yes",
    ],
)
def test_something_is_turned_on(words):
    found = effect(words)
    assert (found.kind, found.key, found.part) == ("shine", "on", 1)
    assert found.undone().part == 0
    assert code(words) == 'shine("Lamp")'


def test_what_is_no_lamp_has_its_property_set_alone(board):
    found = effect("turn on Siren", board)
    assert (found.kind, found.key, found.value) == ("set", "on", True)
    assert found.undone().value is False
    assert code("turn on Siren", board) == 'objects["Siren"]["on"] = True'
    assert isinstance(effect("toggle Siren", board), Toggle)


@pytest.mark.parametrize(
    "words", ["turn Lamp off", "Lamp goes out", "the lamp goes off", "extinguish Lamp", "Lamp off", "Lamp is not on"]
)
def test_something_is_turned_off(words):
    assert (effect(words).kind, effect(words).part) == ("shine", 0)


@pytest.mark.parametrize(
    "words",
    [
        "toggle Lamp",
        "flip Lamp.on",
        "reverse Lamp",
        "invert the state of Lamp",
        "change Lamp from on to off or vice versa",
        "turn Lamp off if it is on, and on if it is off",
        "set Lamp to the opposite of its current on/off state",
    ],
)
def test_something_is_toggled(words):
    assert effect(words).kind == "switch_light"


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("add 5 to Counter.count", 5),
        ("add 5 to Counter", 5),
        ("increase Counter's count by 5", 5),
        ("count Counter.count up 5", 5),
        ("give Counter.count an extra 5", 5),
        ("put 5 more on Counter.count", 5),
        ("Counter goes up by 5", 5),
        ("Counter.count += 5", 5),
        ("the count of Counter grows by 5", 5),
        ("Counter counts one up", 1),
        ("increment Counter", 1),
        ("Counter loses 2 points", -2),
        ("subtract 2 from Counter", -2),
        ("decrease the count of Counter by 1.5", -1.5),
        ("one gets added to Counter's count", 1),
    ],
)
def test_a_number_goes_up_and_down(words, amount):
    found = effect(words)
    assert isinstance(found, AddProperty)
    assert (found.key, found.amount) == ("count", amount)
    assert found.continuous


@pytest.mark.parametrize(
    ("words", "key", "value"),
    [
        ("set Board.hits to 3", "hits", 3),
        ("the hits of Board become 3", "hits", 3),
        ("Board's score is set to minus 1.5", "score", -1.5),
        ("assign the value 7 to Board.hits", "hits", 7),
        ("hits becomes 3", "hits", 3),
        ('set Board.mode to "Armed now"', "mode", "Armed now"),
        ("Board's mode becomes Ready", "mode", "Ready"),
        ("reset Board.hits", "hits", 5),
    ],
)
def test_a_property_is_set(words, key, value, board):
    found = effect(words, board)
    assert isinstance(found, SetProperty)
    assert (found.thing.names, found.key, found.value) == (("Board",), key, value)


def test_the_only_property_of_its_kind_is_meant(board):
    assert effect("turn on Torch", board).key == "lit"
    assert effect("Torch is lit", board).value is True
    assert effect("Torch goes out", board).sentence() == "Torch's lit becomes false"
    assert isinstance(effect("double Board.score", board), MultiplyProperty)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("turn on Door", "Door has no property 'on'"),
        ("turn on Light", "Light is a light; what it shows cannot be changed by rules yet"),
        ("add 1 to Board", "Board has the properties 'hits' and 'score'; say which"),
        ("set Lamp.hits to 1", "Lamp has no property 'hits'; it has 'on'"),
        ("set Board.hits to true", "property 'hits' of Board is a number"),
        ('set Board.hits to "many"', "property 'hits' of Board is a number"),
        ("on becomes true", "Lamp and Siren have a property 'on'; say whose is meant"),
        ("Siren goes off", "it can mean"),
        ("turn on Lamp and turn off Lamp", "cannot be done at once"),
    ],
)
def test_what_a_property_cannot_be_is_told(words, why, board):
    assert why in refused(f"When Ball touches Plate, {words}", board)


@pytest.mark.parametrize(
    "words",
    [
        "set Counter.count to 3 m",
        "add 5 kg to Counter",
        "set Counter.speed to 3",
        "do not turn on Lamp",
        "turn Lamp on brightly",
        "set Counter.count to 1 and 2",
        "set Counter.count to 50 %",
        "turn on the lamp of Box",
    ],
)
def test_units_negations_and_words_left_over_are_refused(words):
    assert refused(f"When Ball touches Plate, {words}")


def test_what_is_on_as_long_as_something_is_so_goes_off_again():
    (rule,) = rules("As long as Ball touches Plate, Lamp is on")
    assert rule.when.mode == "while"
    assert "happens once" in refused("As long as Ball touches Plate, set Counter to 3")
