import ast
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.coder.link import library
from headless.benchmarks.physibench import rules

SPLITS = ("train", "dev", "test")
PAIRS = (("Red Ball", "Plate"), ("Marble", "Left Pad"))
TRIGGERS = [
    rules.touches("Red Ball", "Plate"),
    rules.touches("Red Ball", "Plate", delay=1.5),
    rules.at_time(1),
    rules.every(2),
    rules.both(*PAIRS),
    rules.either(*PAIRS),
    rules.one_of(*PAIRS),
    rules.unless(*PAIRS),
    rules.in_order(*PAIRS),
    rules.touched_times("Red Ball", "Plate", 3),
    rules.each_touch("Red Ball", "Plate"),
    rules.while_touching("Red Ball", "Plate"),
    rules.is_on("Lamp"),
    rules.is_on("Lamp", delay=0.5),
    rules.reaches("Board", "count", 3),
    rules.below("Marble", 0.5),
    rules.above("Marble", 1.5),
    rules.faster("Marble", 2.5),
    rules.comes_to_rest("Marble"),
    rules.tilted("Door", 45),
    rules.near("Red Ball", "Plate", 0.75),
    rules.each_on("Lamp"),
]
EFFECTS = [
    rules.turn_on("Lamp"),
    rules.toggle("Lamp"),
    rules.add("Board", "count", 2),
    rules.put("Board", "count", 4),
    rules.open_door("Door"),
    rules.close_door("Door"),
    rules.move("Door", "back", 1.1, 0.4),
    rules.rotate("Door", -90, "z", 0.5),
    rules.launch("Marble", (2.5, 0, 4)),
    rules.release("Marble"),
    rules.unhook("Hook"),
    rules.attract("Plate", "Marble", 8),
    rules.tie("Hook", "Marble", 40),
    rules.blow("Marble", 4),
    rules.push_for("Marble", 6, 0.5),
    rules.orbit("Door", "Plate", 2),
    rules.blink_for("Lamp", 0.4, 1.2),
    rules.release_in_turn(("Marble", "Red Ball", "Door"), 0.4),
    rules.move_then("Door", "up", 1.2, 0.5, "right", 0.8, 0.7),
]
NAMES = ("Red Ball", "Plate", "Marble", "Left Pad", "Lamp", "Board", "Door", "Hook")
KINDS = [(part, kind) for part, kinds in rules.wordings().items() for kind in kinds]


def test_every_kind_of_wording_has_a_rule():
    assert {t.kind for t in TRIGGERS} == set(rules.wordings()["trigger"])
    assert {e.kind for e in EFFECTS} == set(rules.wordings()["effect"])


@pytest.mark.parametrize(("part", "kind"), KINDS)
def test_splits_share_no_wording_and_every_kind_has_six(part, kind):
    told = rules.wordings()[part][kind]
    assert set(told["plain"]) < set(told["train"])
    words = [text.lower() for split in SPLITS for text in told[split]]
    assert len(words) == len(set(words)) >= 6
    assert all(text.count("{do}") == (part == "trigger") for text in words)


@given(st.sampled_from(TRIGGERS), st.lists(st.sampled_from(EFFECTS), min_size=1, max_size=2), st.sampled_from(SPLITS))
def test_a_sentence_has_the_names_and_numbers_of_its_code(trigger, effects, split):
    for seed in range(5):
        rule = rules.rule(random.Random(seed), trigger, *effects, split=split)
        assert rule.text[0].isupper() or rule.text[0].isdigit()
        assert rule.text.endswith(".")
        assert "{" not in rule.text
        said = {name for name in NAMES if name in rule.text}
        assert said == {name for name in NAMES if f'"{name}"' in rule.code}
        if trigger.delay:
            assert f"{trigger.delay:g}" in rule.text
        bare = rule.text
        for name in NAMES:
            bare = bare.replace(name, "")
        assert not re.findall(r"(?<=\s)[A-Z]\w+", bare), rule.text


@pytest.mark.parametrize("trigger", TRIGGERS, ids=lambda t: t.kind)
def test_code_calls_only_helpers_of_the_library(trigger):
    tree = ast.parse(rules.Rule("", trigger, (EFFECTS[4],)).code)
    called = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert called <= set(library()) & set(rules.oracle_helpers())
    assert ("once" in called) != trigger.repeats


def test_only_kinds_with_a_wording_take_a_delay():
    with pytest.raises(KeyError):
        rules.rule(random.Random(0), rules.both(*PAIRS).after(1.0), EFFECTS[0])
