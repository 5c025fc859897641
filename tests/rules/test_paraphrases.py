"""Rules in words of somebody who has seen neither the code nor the benchmark: read to what they mean, or refused."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from addon.rules import Reading, Vocabulary, read
from addon.rules.python import python
from addon.scene_graph import Constraint, Primitive, RigidBody, SceneGraph, SceneObject
from headless.benchmarks.physibench import rules
from headless.benchmarks.physibench.canonical import canonical

LEAST_READ = {"trigger": 0.43, "effect": 0.62}
"""What share of the wordings is at least read."""

CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))
FIXED = RigidBody(type="PASSIVE", shape="BOX")
FREE = RigidBody(type="ACTIVE", shape="BOX")


def thing(name, body=None, **properties):
    return SceneObject(name=name, geometry=CUBE, body=body, properties=properties)


SCENE = SceneGraph(
    objects=(
        thing("Ball", FREE),
        thing("Red Marble", FREE),
        thing("Crate", FREE.model_copy(update={"kinematic": True})),
        thing("Pad", FIXED),
        thing("Left Button", FIXED),
        thing("Gate", FIXED.model_copy(update={"kinematic": True})),
        thing("Lamp", on=False),
        thing("Tally", count=0),
    ),
    constraints=(Constraint(name="Hook", type="HINGE", object1="Crate", object2="Pad"),),
)
ONE, OTHER = ("Ball", "Pad"), ("Red Marble", "Left Button")
TRIGGERS = {
    "touch": rules.touches(*ONE),
    "touch_delay": rules.touches(*ONE, 1.5),
    "start": rules.at_time(2),
    "every": rules.every(0.5),
    "both": rules.both(ONE, OTHER),
    "either": rules.either(ONE, OTHER),
    "one_of": rules.one_of(ONE, OTHER),
    "unless": rules.unless(ONE, OTHER),
    "in_order": rules.in_order(ONE, OTHER),
    "times": rules.touched_times(*ONE, 3),
    "each": rules.each_touch(*ONE),
    "while": rules.while_touching(*ONE),
    "on": rules.is_on("Lamp"),
    "on_delay": rules.is_on("Lamp", 1.5),
    "reaches": rules.reaches("Tally", "count", 3),
    "below": rules.below("Ball", 0.7),
    "above": rules.above("Ball", 1.3),
}
EFFECTS = {
    "turn_on": rules.turn_on("Lamp"),
    "toggle": rules.toggle("Lamp"),
    "add": rules.add("Tally", "count", 2),
    "set": rules.put("Tally", "count", 5),
    "open": rules.open_door("Gate"),
    "close": rules.close_door("Gate"),
    "move": rules.move("Gate", "right", 1.2, 2),
    "rotate": rules.rotate("Gate", 40, "y", 0.5),
    "launch": rules.launch("Ball", (3, 0, 1)),
    "release": rules.release("Crate"),
    "unhook": rules.unhook("Hook"),
}
DEED, WAITED = rules.launch("Red Marble", (2, 0, 0)), rules.touches("Red Marble", "Left Button")


@cache
def wordings():
    return tomllib.loads(Path(__file__).with_name("paraphrases.toml").read_text(encoding="utf-8"))


def said():
    """All rules: part of the rule that is reworded, its kind, the text, the code."""
    for kind, texts in wordings()["trigger"].items():
        rule = rules.Rule("", TRIGGERS[kind], (DEED,))
        for text in texts:
            yield (
                "trigger",
                kind,
                text.format(**rule.trigger.words, do="launch Red Marble with velocity (2, 0, 0)"),
                rule.code,
            )
    for kind, texts in wordings()["effect"].items():
        rule = rules.Rule("", WAITED, (EFFECTS[kind],))
        for text in texts:
            deed = text.format(**rule.effects[0].words)
            yield "effect", kind, f"When Red Marble touches Left Button, {deed}", rule.code


@pytest.mark.slow
def test_no_wording_is_read_as_something_else_and_most_are_read():
    vocabulary, count, right, wrong = Vocabulary(SCENE), {}, {}, []
    for part, kind, text, code in said():
        found = read(text[0].upper() + text[1:] + ".", vocabulary)
        count[part] = count.get(part, 0) + 1
        if isinstance(found, Reading):
            same = canonical(python(*found.rules)) == canonical(code)
            right[part] = right.get(part, 0) + same
            wrong += [] if same else [f"{kind}: {text} = {found.sentence}"]
    assert wrong == []
    assert count == {"trigger": 170, "effect": 110}
    for part, least in LEAST_READ.items():
        assert right[part] / count[part] >= least, (part, right, count)
