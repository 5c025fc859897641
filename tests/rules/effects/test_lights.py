"""What is said of light, colour, texts and shapes."""

import numpy as np
import pytest

from addon.coder.link import compose, link
from addon.executor import ScriptSession
from addon.executor.plain import run_plain
from addon.rules.colours import NAMED
from addon.rules.python import python
from addon.rules.room import room
from addon.rules.vocabulary import Vocabulary
from addon.scene_graph import Light, Material, Primitive, SceneGraph, SceneObject, StepState
from tests.rules.effects.reading import code, effect, refused, rules

SAID = {
    "turn on Bulb": 'shine("Bulb")',
    "Bulb lights up": 'shine("Bulb")',
    "switch Bulb off": 'shine("Bulb", 0)',
    "Bulb goes out": 'shine("Bulb", 0)',
    "Box glows": 'shine("Box")',
    "Box lights up": 'shine("Box")',
    "Box stops glowing": 'shine("Box", 0)',
    "Bulb shines green": 'shine("Bulb", 1, color=(0.05, 0.6, 0.1))',
    "turn on Bulb in red": 'shine("Bulb", 1, color=(0.8, 0.05, 0.05))',
    "dim Bulb to 20 % within 2 s": 'shine("Bulb", 0.2, seconds=2)',
    "the brightness of Bulb drops to 50 %": 'shine("Bulb", 0.5)',
    "Bulb glows red at 30 %": 'shine("Bulb", 0.3, color=(0.8, 0.05, 0.05))',
    "turn Bulb on with a power of 200 watts": 'shine_with("Bulb", 200)',
    "turn Bulb on in red with 50 W": 'shine_with("Bulb", 50, color=(0.8, 0.05, 0.05))',
    "set Bulb to 0.5 kW": 'shine_with("Bulb", 500)',
    "Bulb stops flashing": 'stop_blinking("Bulb")',
    "fade Bulb out within 3 s": 'shine("Bulb", 0, seconds=3)',
    "Bulb fades in": 'shine("Bulb", 1, seconds=1)',
    "double the energy of Bulb": 'brighten("Bulb", 2)',
    "Bulb becomes half as bright within 1 s": 'brighten("Bulb", 0.5, 1)',
    "toggle Lamp": 'shine("Lamp", 0 if objects["Lamp"]["on"] else 1)',
    "toggle Bulb": 'shine("Bulb", 0 if shining("Bulb") else 1)',
    "Bulb blinks every 0.4 s": 'blink("Bulb", 0.4)',
    "Lamp flashes twice a second": 'blink("Lamp", 0.5)',
    "Box turns blue": 'recolor("Box", (0.05, 0.15, 0.8))',
    "paint Box dark green": 'recolor("Box", (0.025, 0.3, 0.05))',
    "the ball becomes light red over 2 s": 'recolor("Ball", (0.9, 0.525, 0.525), 2)',
    "change the color of Box to (1, 0.5, 0)": 'recolor("Box", (1, 0.5, 0))',
    "change Box's colour to '#ffffff'": 'recolor("Box", (1, 1, 1))',
    "Bulb turns red": 'recolor("Bulb", (0.8, 0.05, 0.05))',
    "Box takes its own colour again": 'recolor("Box", None)',
    'Sign reads "Open"': 'show_text("Sign", "Open")',
    "write 'Goal!' on Sign": 'show_text("Sign", "Goal!")',
    "set the shape key Squashed of Blob to 1 within 0.5 s": 'fade("Blob", "Squashed", 1, 0.5)',
    "Blob.Squashed goes to 50 %": 'fade("Blob", "Squashed", 0.5)',
    "Blob morphs into Squashed": 'fade("Blob", "Squashed", 1)',
}


@pytest.mark.parametrize(("words", "lines"), SAID.items())
def test_looks_are_said_in_many_words(words, lines):
    assert code(words) == lines


@pytest.mark.parametrize(
    ("words", "lines"),
    {
        "Bulb is on for 2 s": 'shine("Bulb", 0)',
        "Box turns red for 2 s": 'recolor("Box", None)',
        "Lamp blinks for 2 s": 'shine_as_before("Lamp")',
        "Box glows red for 2 s": 'shine_as_before("Box")',
        "dim Bulb to 20 % for 2 s": 'shine_as_before("Bulb")',
        "the shape key Squashed of Blob goes to 1 for 2 s": 'restore("Blob", "Squashed")',
    }.items(),
)
def test_what_is_so_for_a_time_is_undone_at_its_end(words, lines):
    assert code(words).splitlines()[1:] == [lines]


def test_a_lamp_with_a_switch_has_it_set_whatever_it_is_called():
    torch = SceneObject(name="Torch", geometry=Primitive(kind="cube", dimensions=(1, 1, 1)), properties={"lit": False})
    scene = Vocabulary(room().model_copy(update={"objects": (*room().objects, torch)}))
    assert code("turn on Torch", scene) == 'shine("Torch")\nobjects["Torch"]["lit"] = True'
    assert effect("turn on Torch", scene).sentence() == "Torch turns on"


def test_that_a_light_is_on_can_be_waited_for():
    (rule,) = rules("Once Bulb is off, open Door")
    assert 'not seen("Bulb", "light") != 0' in python(rule)
    (rule,) = rules("As long as Bulb is on, Lamp is on")
    assert 'seen("Bulb", "light") != 0' in python(rule)


@pytest.mark.parametrize(
    ("words", "why"),
    {
        "turn on Box": "to let it give light, say 'Box glows'",
        "Hinge glows": "is a joint",
        'Box reads "x"': "Box has no property",
        "set the shape key Squashed of Box to 1": "has no shape key 'Squashed'",
        "set the shape key Squashed of Blob to 7": "goes from 0 to 1",
        "Bulb blinks every 0 s": "longer than 0 s",
        "Box turns": "",
        "Box turns (2, 0, 0)": "",
        "dim Bulb": "a share in % or to a power",
        "Box glows with 20 W": "without a power in W",
        "set Bulb to 9000000000000 kW": "at most 1e+12 W",
        "Bulb shines with 50 W at 20 %": "",
    }.items(),
)
def test_what_cannot_be_seen_is_refused(words, why):
    assert why in refused(f"When Ball touches Plate, {words}")


def test_a_surface_that_nodes_colour_is_refused_by_name():
    material = Material(fixed=("color", "emission_color", "emission_strength"))
    wood = SceneObject(name="Wood", geometry=Primitive(kind="cube", dimensions=(1, 1, 1)), material=material)
    scene = Vocabulary(room().model_copy(update={"objects": (*room().objects, wood)}))
    assert "nodes of Wood's material set its colour" in refused("When Ball touches Plate, Wood turns red", scene)
    assert "nodes of Wood's material set what it emits" in refused("When Ball touches Plate, Wood glows", scene)


def each_step(script, bulb, steps):
    """What is seen of a light after each step of a script, in a run of 10 steps a second without physics."""
    nothing = np.zeros((1, 3))
    state = StepState(1, nothing, np.array([[1.0, 0, 0, 0]]), np.ones((1, 3)), nothing, nothing)
    seen = dict(bulb.looks) | {f"property.{key}": value for key, value in bulb.properties.items()}
    with ScriptSession(script, SceneGraph(objects=(bulb,), world={"fps": 10.0})) as session:
        for state.frame in range(1, steps + 1):
            seen |= {write.field: write.value for write in session.step(state).writes}
            yield dict(seen)


def played(text, look, steps, start=0.0):
    """The values of a look of Bulb, a light, under rules."""
    bulb = SceneObject(name="Bulb", light=Light(energy=start), properties={"on": False, "count": 0})
    vocabulary = Vocabulary(SceneGraph(objects=(bulb,), world={"fps": 10.0}))
    texts = text.split(". ")
    found = [rule for one in texts for rule in rules(one, vocabulary)]
    script = compose(texts, [python(rule) for rule in found])
    return [seen[look] for seen in each_step(script, bulb, steps)]


def test_a_light_that_was_dark_burns_when_it_is_turned_on():
    assert played("At 0.2 s, turn on Bulb", "light.energy", 4) == [0, 0, 100, 100]
    assert played("At 0.2 s, turn on Bulb", "light.energy", 4, start=40.0) == [40, 40, 40, 40]
    assert played("At 0.2 s, turn off Bulb", "light.energy", 4, start=40.0) == [40, 40, 0, 0]


def test_a_light_fades_evenly():
    found = played("At 0.1 s, fade Bulb out within 0.4 s", "light.energy", 6, start=40.0)
    assert found == pytest.approx([40, 30, 20, 10, 0, 0])


def test_a_light_blinks_half_of_each_period():
    found = played("Bulb blinks every 0.4 s", "light.energy", 9)
    assert found == [100, 100, 0, 0, 100, 100, 0, 0, 100]


def test_a_light_is_dimmed_to_a_part_of_what_it_was():
    found = played("At 0 s, dim Bulb to 25 %", "light.energy", 2, start=40.0)
    assert found == [10, 10]


@pytest.mark.parametrize(
    ("text", "start", "found"),
    [
        ("At 0.1 s, dim Bulb to 20 % for 0.2 s", 40.0, [40, 8, 8, 40, 40]),
        ("At 0.1 s, Bulb blinks every 0.2 s for 0.4 s", 40.0, [40, 40, 0, 40, 0, 40, 40]),
        ("At 0.1 s, Bulb blinks 2 times with a period of 0.2 s", 0.0, [0, 100, 0, 100, 0, 0, 0]),
        ("At 0.1 s, dim Bulb to 50 %", -50.0, [-50, -25, -25]),
        ("At 0.1 s, turn off Bulb. At 0.2 s, turn on Bulb", -50.0, [-50, 0, -50, -50]),
        ("At 0.1 s, Bulb blinks every 0.2 s. At 0.3 s, double the brightness of Bulb", 40.0, [40, 40, 0, 80, 0, 80, 0]),
        ("At 0 s, dim Bulb to 50 %. At 0.1 s, Bulb blinks every 0.2 s", 40.0, [20, 20, 0, 20, 0]),
        ("At 0.1 s, Bulb blinks every 0.2 s. At 0.4 s, Bulb stops blinking", 40.0, [40, 40, 0, 40, 40, 40]),
        ("At 0 s, turn Bulb on. At 0.2 s, Bulb stops blinking", 0.0, [100, 100, 100, 100]),
        ("At 0.1 s, Bulb shines with 50 W within 0.2 s", 0.0, [0, 25, 50, 50]),
        ("Every 0.2 s, dim Bulb to 20 % for 0.3 s", 40.0, [40, 40, 8, 8, 8, 8, 8, 8]),
        ("Every 0.3 s, dim Bulb to 20 % for 0.3 s", 40.0, [40, 40, 40, 8, 8, 8, 8, 8]),
        ("Every 0.4 s, dim Bulb to 20 % for 0.2 s", 40.0, [40, 40, 40, 40, 8, 8, 40, 40, 8]),
        (
            "At 0.1 s, dim Bulb to 20 % for 0.3 s. At 0.3 s, dim Bulb to 50 % for 0.3 s",
            40.0,
            [40, 8, 8, 20, 20, 20, 40],
        ),
        (
            "At 0.1 s, dim Bulb to 20 % for 0.3 s. At 0.3 s, Bulb blinks every 0.2 s for 0.4 s",
            40.0,
            [40, 8, 8, 8, 0, 8, 0, 40],
        ),
        ("At 0.1 s, Bulb blinks every 0.2 s for 0.4 s. At 0.3 s, dim Bulb to 50 %", 40.0, [40, 40, 0, 20, 20, 20, 20]),
        ("At 0.1 s, turn Bulb on for 0.3 s. At 0.3 s, turn Bulb on for 0.3 s", 0.0, [0, 100, 100, 100, 100, 100, 0]),
        ("At 0.1 s, Bulb shines with 20 W. At 0.2 s, dim Bulb to 50 %", 0.0, [0, 20, 10]),
        ("At 0.1 s, Bulb shines with 500 W. At 0.2 s, turn off Bulb. At 0.3 s, turn on Bulb", 40.0, [40, 500, 0, 500]),
        ("At 0.1 s, Bulb shines with 10 W for 0.1 s. At 0.3 s, dim Bulb to 50 %", 40.0, [40, 10, 40, 20]),
        ("At 0.1 s, double the brightness of Bulb for 0.3 s. At 0.2 s, dim Bulb to 50 %", 40.0, [40, 80, 20, 20, 20]),
        ("At 0.1 s, Bulb blinks 2 times with a period of 0.2 s", 40.0, [40, 0, 40, 0, 40, 40]),
        ("At 0.1 s, turn Bulb on. At 0.2 s, dim Bulb to 20 % for 0.2 s", 0.0, [0, 100, 20, 20, 100]),
        ("At 0.1 s, dim Bulb to 20 %. At 0.3 s, Bulb shines as before", 40.0, [40, 8, 8, 40]),
        ("At 0.1 s, Bulb shines with 50 W for 0.2 s", 40.0, [40, 50, 50, 40]),
    ],
)
def test_brightness_goes_on_from_what_it_was(text, start, found):
    assert played(text, "light.energy", len(found), start=start) == pytest.approx(found)


WHILE = "As long as Bulb.count is {}, {}. As long as Bulb.count is {}, {}. At 0.2 s, set Bulb.count to 1. At 0.4 s, set Bulb.count to 2"


@pytest.mark.parametrize(
    ("first", "second", "look", "found"),
    [
        ((1, "turn on Bulb"), (0, "turn on Bulb"), "light.energy", [100, 100, 100, 100, 0]),
        ((0, "turn on Bulb"), (1, "turn on Bulb"), "light.energy", [100, 100, 100, 100, 0]),
        ((1, "Bulb glows green"), (0, "Bulb glows red"), "light.color", ["red", "red", "green", "green", "white"]),
        ((0, "Bulb glows red"), (1, "Bulb glows green"), "light.color", ["red", "red", "green", "green", "white"]),
        ((0, "dim Bulb to 20 %"), (1, "dim Bulb to 50 %"), "light.energy", [20, 20, 50, 50, 0]),
        ((1, "dim Bulb to 50 %"), (0, "dim Bulb to 20 %"), "light.energy", [20, 20, 50, 50, 0]),
    ],
)
def test_one_rule_takes_over_from_another_in_any_order(first, second, look, found):
    told = {"red": NAMED["red"], "green": NAMED["green"], "white": (1.0, 1.0, 1.0)}
    seen = played(WHILE.format(*first, *second), look, 6)
    wanted = [told.get(one, one) for one in found]
    assert [seen[i] for i in (0, 1, 3, 4, 5)] == [pytest.approx(one) for one in wanted]


@pytest.mark.parametrize(
    ("text", "steps", "dim"),
    [
        ("Each time Bulb.count becomes 1, dim Bulb to 20 % until Bulb.count is 2. Every 0.4 s, set Bulb.count to 1. Every 0.6 s, set Bulb.count to 2", 9, [5, 6]),
        ("At 0.3 s, dim Bulb to 20 % until Bulb.count is 1. At 0.1 s, set Bulb.count to 1. At 0.2 s, set Bulb.count to 0. At 0.5 s, set Bulb.count to 1", 8, [3, 4, 5]),
        ("At 0.2 s, dim Bulb to 20 % until 0.1 s", 4, []),
    ],
)  # fmt: skip
def test_what_goes_on_until_something_is_so_ends_each_time_after_it_began(text, steps, dim):
    seen = played(text, "light.energy", steps, start=40.0)
    assert [i for i, value in enumerate(seen) if value != 40.0] == dim


def test_a_property_that_says_on_is_as_before_too():
    seen = played("At 0.1 s, Bulb glows red for 0.1 s", "property.on", 4)
    assert seen == [False, True, False, False]


def test_a_color_for_a_time_ends_as_it_was():
    assert played("At 0.1 s, Bulb glows red for 0.2 s", "light.color", 5, start=40.0)[-1] == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("words", "why"),
    {
        "Box turns red and blue": "",
        "Box turns red blue": "",
        "Box fades out": "gives no light that could fade",
        "Bulb blinks every 0.01 s": "a step lasts",
        "Bulb flashes twice every 0.5 s": "",
    }.items(),
)
def test_what_would_be_half_done_is_refused(words, why):
    assert why in refused(f"At 1 s, {words}")


@pytest.mark.parametrize(
    ("words", "lines"),
    {
        "Bulb blinks slowly": 'blink("Bulb", 2)',
        "Bulb blinks once every 0.5 s": 'blink("Bulb", 0.5)',
        "Bulb flashes once": 'blink("Bulb", 1, 1)',
        "blink Bulb 3 times": 'blink("Bulb", 1, 3)',
        "Box turns bright red": 'recolor("Box", (1, 0.0625, 0.0625))',
        "turn Bulb towards Box": 'face_once("Bulb", "Box", "-Z")',
    }.items(),
)
def test_small_words_count(words, lines):
    assert code(words) == lines


def test_plain_objects_show_what_scripts_make_of_them():
    source = (
        "import bpy\ncube = bpy.data.objects['Cube']\ncube.color.r = 0.5\n"
        "cube.active_material.node_tree.nodes['Principled BSDF'].inputs['Emission Strength'].default_value = 2\n"
        "cube.data.materials[0].diffuse_color = (1, 0, 0, 1)\ncube['v'] = [1, 2]\nprint(cube.color[0], cube['v'][1])\n"
    )
    run = run_plain(source, [{"name": "Cube"}], 1)
    assert run.error is None
    assert run.objects[0].values["looks"] == {
        "color": (0.5, 1.0, 1.0, 1.0),
        "material.color": (1.0, 0.0, 0.0, 1.0),
        "material.emission_color": (1.0, 1.0, 1.0, 1.0),
        "material.emission_strength": 2.0,
    }
    assert (run.printed, run.objects[0].values["props"]) == (["0.5 2\n"], {"v": (1, 2)})


def test_a_script_of_one_piece_takes_back_what_it_did_last():
    text = (
        'if frame == 1:\n    shine("Bulb")\nif frame == 2:\n    shine("Bulb", 0.2, color=(1, 0, 0))\n'
        'if frame == 3:\n    shine_as_before("Bulb")\nif frame == 4:\n    shine_as_before("Bulb")\n'
        'if frame == 5:\n    fade("Bulb", "light", 50)\nif frame == 6:\n    restore("Bulb", "light")\n'
    )
    bulb = SceneObject(name="Bulb", light=Light(energy=0.0))
    seen = [(one["light.energy"], tuple(one["light.color"])) for one in each_step(link(text), bulb, 6)]
    white, red = (1.0, 1.0, 1.0), (1.0, 0.0, 0.0)
    assert seen == [(100, white), (20, red), (100, white), (0, white), (50, white), (0, white)]
