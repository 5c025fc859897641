"""The one-shot baseline: a script's plain data become a scene; what is no scene is told."""

import math

import pytest

from addon.models import ChatAnswer
from addon.worlds.errors import WorldError
from headless.benchmarks.worlds.one_shot import one_shot

SCRIPT = """
Here it is.
```python
import math

def world():
    ground = {"name": "Ground", "size": [20, 20, 0.2], "at": [0, 0, -0.1], "physics": "passive"}
    ball = {"name": "Ball", "kind": "sphere", "size": [0.4, 0.4, 0.4], "at": [0, 0, 2], "physics": "active",
            "mass": 0.5, "velocity": [1, 0, 0], "spin": [0, 180, 0], "colour": [0.8, 0.1, 0.1]}
    bird = {"name": "Bird", "at": [1, 1, 1], "turn": [0, 0, 90],
            "keys": [{"time": t / 2, "at": [math.cos(t), 1, 1]} for t in range(3)],
            "particles": [{"name": "Dust", "count": 10, "gravity": 0.5}]}
    return {"objects": [ground, ball, bird], "lights": [{"kind": "SUN", "energy": 2}], "wind": [3, 0, 0], "seconds": 2}
```
"""


class Model:
    def __init__(self, text):
        self.text, self.asked = text, []

    def complete(self, request, on_text=None):
        self.asked.append(request)
        return ChatAnswer(self.text, "stop", 0, 0)


def scene(text):
    return one_shot("A ball falls", Model(text), "m")


def test_a_script_becomes_a_scene():
    graph, seconds = scene(SCRIPT)
    assert seconds == 2.0
    ball, bird = graph.object("Ball"), graph.object("Bird")
    assert (ball.dynamic_mass, ball.body.shape) == (0.5, "SPHERE")
    assert ball.velocity == (1.0, 0.0, 0.0)
    assert ball.angular_velocity == pytest.approx((0.0, math.pi, 0.0))
    assert bird.rotation == pytest.approx((math.sqrt(0.5), 0.0, 0.0, math.sqrt(0.5)))
    assert bird.animation.steps == (0, 30, 60)
    assert bird.animation.location[0] == (1.0, 1.0, 1.0)
    assert bird.elements[0].instance == "Dust of Bird"
    assert {o.name for o in graph.objects} >= {"Ground", "Light", "Wind", "Dust of Bird"}


def test_the_model_is_asked_once_and_sees_the_sentence_alone():
    model = Model(SCRIPT)
    one_shot("A ball falls", model, "m")
    assert len(model.asked) == 1
    assert model.asked[0].messages[1].content.strip() == "Sentence: A ball falls"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no script at all!", "the script fails"),
        ("import os\ndef world():\n    return {}", "the script fails"),
        ("def world():\n    return open('x')", "the script fails"),
        ("def world():\n    return {'objects': []}", "gives no scene: objects"),
        ("def world():\n    return {'objects': [{'name': 'A', 'mass': -1}]}", "gives no scene: objects.0.mass"),
        ("def world():\n    return {'objects': [{'name': 'A'}, {'name': 'A'}]}", "there are 2 objects of this name"),
        ("def world():\n    return 3", "gives no scene"),
    ],
)
def test_what_is_no_scene_is_told(text, words):
    with pytest.raises(WorldError, match=words):
        scene(text)
