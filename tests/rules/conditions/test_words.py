"""What words of conditions say, and which say nothing."""

import tomllib
from pathlib import Path

import pytest

from addon.rules.read import Reading, Refusal, read
from addon.rules.room import room
from addon.rules.sentence import when_sentence
from addon.rules.vocabulary import Vocabulary

ROOM = Vocabulary(room())

WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def condition(text, scene=ROOM):
    found = read(f"When {text}, open Door", scene)
    return when_sentence(found.rules[0].when).removeprefix("once ") if isinstance(found, Reading) else found


@pytest.mark.parametrize(
    ("said", "text"), [(said, text) for said, texts in WORDS["says"].items() for text in (said, *texts)]
)
def test_words_say_a_condition(said, text):
    found = condition(text)
    assert not isinstance(found, Refusal), str(found)
    assert found == said


@pytest.mark.parametrize("text", WORDS["nothing"]["texts"])
def test_words_that_say_no_condition_are_refused(text):
    assert isinstance(condition(text), Refusal)


@pytest.mark.parametrize(("text", "asked"), WORDS["asks"].items())
def test_what_lacks_a_figure_is_asked_back(text, asked):
    found = condition(text)
    assert isinstance(found, Refusal)
    assert asked in found.reason
    assert "say for instance" in found.reason


@pytest.mark.parametrize(("text", "why"), WORDS["cannot"].items())
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
