import pytest
from jinja2 import UndefinedError

from addon.coder.examples import examples
from addon.coder.link import library
from addon.models import PROMPTS, render, version
from addon.patterns.library import library as patterns
from addon.worlds.verbs import verbs
from headless.discovery.asking import view_words

VALUES = {
    "pattern_detector/system": {
        "view": view_words(),
        "library": patterns(),
        "language": ["functions: abs", "math: pi"],
        "sample": "object Ball",
        "ticks": "5,000,000",
        "costs": [(10, 0.46), (25, 0.64)],
    },
    "pattern_detector/user": {
        "label": "L1",
        "description": "D1",
        "programs": [{"source": "S1", "fitness": None}],
        "failure": {"source": "S2", "problem": "P1"},
        "angle": "A1",
        "runs": 40,
    },
    "pattern_detector/angles": {},
    "picture_reading/system": {"colours": ["red"], "dim": "30 %", "moving": True},
    "picture_reading/user": {
        "eye": "[E]",
        "right": "[R]",
        "up": "[U]",
        "forward": "[F]",
        "x": "1.25",
        "y": "-3.5",
        "z": "9.75",
        "from_x": "- 1.25",
        "from_y": "+ 3.5",
        "moving": True,
    },
    "picture_reading/repair": {"problem": "P1"},
    "pattern_labels/system": {"view": view_words(), "few": 3, "many": 7},
    "pattern_labels/user": {"library": patterns(), "count": 5, "thoughts": "T1"},
    "puzzle_action/system": {"size": "256", "seconds": "16.7", "held": "3"},
    "puzzle_action/user": {"scene": "a plane", "actions": [(1, {"x": 32, "y": 32, "r": 8})]},
    "puzzle_action/feedback": {
        "number": 3,
        "pictures": True,
        "told": "- 0.1 a falls",
        "summary": "it fell",
        "tried": [3],
        "left": 11,
    },
    "puzzle_action/summary": {"action": {"x": 32, "y": 32, "r": 8}, "told": "- 0.1 a falls"},
    "puzzle_action/mend": {"problem": "There is no action."},
    "questions/system": {},
    "questions/user": {
        "scene": "a plane",
        "rules": ["When Ball falls, open Door"],
        "first": True,
        "seconds": "2.5",
        "end": "16.7",
        "pictures": False,
        "raw": False,
        "shown": "0.02 s bounce",
        "questions": [("Which?", "a name")],
    },
    "run_summary/system": {"most": "8"},
    "run_summary/user": {"is_cut": False, "is_raw": True, "rules": ["R1"], "record": "0.1 s it falls"},
    "reward/system": {"guide": "- EVENT(uid): the event occurs"},
    "reward/user": {"scene": "- Ball: sphere", "goal": "Ball falls"},
    "reward/doubt": {"problem": "the goal says 'never', which the reward leaves out"},
    "reward/repair": {"problem": "there is no event 'Fall'"},
    "world_plan/system": {
        "colours": ["red"],
        "most": 9,
        "stuffs": ["wood"],
        "arrangements": ["row"],
        "relations": ["on"],
        "lands": ["room"],
        "hours": ["day"],
        "passings": ["day"],
        "weathers": ["rain"],
        "views": ["still"],
        "verbs": list(verbs().values()),
        "families": ["toys: ball"],
        "rules": ["When Ball touches Plate, open Door"],
        "near": ["ball (rigid): radius (0.1 to 1 m)"],
    },
    "world_plan/user": {"sentence": "A ball rolls"},
    "world_script/system": {"kinds": ["cube"]},
    "world_script/user": {"sentence": "A ball rolls"},
    "world_plan/repair": {"problem": "it holds no JSON object"},
    "world_plan/seen": {"problem": "P1"},
    "world_thing/system": {
        "function": "make_it",
        "smallest": "0.02",
        "largest": "31",
        "most_parts": "63",
        "most_faces": "49999",
        "stuffs": ["wood"],
        "helpers": ["- box(width)"],
    },
    "world_thing/user": {"noun": "zorb", "sentence": "A zorb rolls"},
    "world_thing/which": {"nouns": ["zorb"], "sentence": "A zorb rolls"},
    "world_thing/repair": {"problem": "P1"},
    "world_thing/look": {"noun": "zorb", "about": "a ball"},
    "world_look/system": {},
    "world_look/user": {"sentence": "A zorb rolls", "seconds": "7", "left_out": ["quickly"]},
    "world_look/repair": {"problem": "P1"},
    "world_rating/system": {},
    "world_rating/user": {"sentence": "A zorb rolls"},
    "goal_script/system": {"fit": "F1"},
    "goal_plan/system": {"lines": ["L1", "L2"]},
    "goal_plan/user": {"movers": ["M1"], "others": ["O1"], "goal": "G1"},
    "goal_plan/repair": {"problem": "P1"},
    "goal_script/user": {"scene_text": "S1", "dt": "0.05", "goal": "G1"},
    "goal_script/repair": {"problem": "P1"},
    "rule_reading/system": {},
    "rule_reading/user": {"rule": "R1", "things": "Lamp (on false)"},
    "transition_script/system": {"reference": "REF", "helpers": list(library().values()), "examples": examples()},
    "transition_script/user": {"scene_text": "S1", "dt": "0.05", "rules": ["R1", "R2"], "goal": "G1"},
    "transition_script/whole": {},
    "transition_script/repair": {"problem": "P1"},
}


def test_every_prompt_file_is_known():
    found = {str(p.relative_to(PROMPTS).with_suffix("").as_posix()) for p in PROMPTS.glob("*/*.j2")}
    assert found == set(VALUES)


@pytest.mark.parametrize("name", VALUES)
def test_each_prompt_renders_with_all_that_it_is_given(name):
    text = render(*name.split("/"), **VALUES[name])
    assert "{{" not in text
    assert "{%" not in text
    for value in VALUES[name].values():
        for word in value if isinstance(value, list) else [value]:
            if isinstance(word, str):
                assert word in text


@pytest.mark.parametrize("name", [name for name in VALUES if VALUES[name]])
def test_a_forgotten_value_is_an_error(name):
    first = sorted(VALUES[name])[0]
    with pytest.raises(UndefinedError):
        render(*name.split("/"), **{k: v for k, v in VALUES[name].items() if k != first})


@pytest.mark.parametrize("task", sorted({name.split("/")[0] for name in VALUES}))
def test_each_prompt_has_a_version(task):
    assert version(task).split()[0] == task
    assert version(task).split()[1].isdigit()
