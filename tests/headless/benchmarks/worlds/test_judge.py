"""Each check of the benchmark can be met and can fail, on worlds that ran."""

import ast
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from addon.coder.choose import open_coder
from addon.jobs.world import WorldJob, WorldSpec, run_world
from addon.trace import load_trace
from addon.worlds.library import entries
from addon.worlds.reader import read
from headless.benchmarks.worlds.case import CASES, Case, load_cases
from headless.benchmarks.worlds.evidence import Evidence, says
from headless.benchmarks.worlds.judge import _reversals, judge
from headless.benchmarks.worlds.physical import geometry_score, physical, richness

WORLDS = {
    "chain": "A red ball rolls down a ramp and topples a row of five dominoes in a garden in the fog",
    "room": "A mug on a table, a crate under the table, a pendulum swings, a chair to the left of the table",
    "fire": "A burning stump at night, the camera orbits",
    "spill": "A cup of milk spills on a table, a snowman melts, a lamp flickers",
    "wind": "A flag waves in the wind, a duck bobs, a vase falls over",
}


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    made = {}
    for name, sentence in WORLDS.items():
        path = tmp_path_factory.mktemp(name) / "w"
        with open_coder("template") as coder:
            plan = lambda text: read(text, entries()).model_copy(update={"seconds": 4.0})  # noqa: E731
            result = run_world(WorldJob(WorldSpec(sentence=sentence), plan, coder, path))
        made[name] = Evidence(load_trace(path / "rounds" / str(result.best) / "run"), ("a song",))
    return made


CHECKS = [
    ("chain", {"check": "present", "thing": ["domino"], "least": 5, "most": 5}, True),
    ("chain", {"check": "present", "thing": ["dominoes"], "least": 6}, False),
    ("chain", {"check": "present", "thing": ["ball", "sphere"], "colour": "red"}, True),
    ("chain", {"check": "present", "thing": ["ball"], "colour": "blue"}, False),
    ("chain", {"check": "present", "thing": ["ball"], "longest": [5.0, 9.0]}, False),
    ("chain", {"check": "in a row", "thing": ["domino"]}, True),
    ("chain", {"check": "in a row", "thing": ["domino"], "least": 9}, False),
    ("chain", {"check": "moves", "thing": ["ball"], "least": 0.3, "way": "down"}, True),
    ("chain", {"check": "moves", "thing": ["ball"], "least": 0.3, "way": "up"}, False),
    ("chain", {"check": "turns", "thing": ["domino"], "degrees": 45, "over": True, "least": 4}, True),
    ("chain", {"check": "turns", "thing": ["ramp"], "degrees": 5}, False),
    ("chain", {"check": "turns", "thing": ["ball"], "degrees": 360, "in_all": True}, True),
    ("chain", {"check": "touches", "thing": ["ball"], "other": ["domino"]}, True),
    ("chain", {"check": "touches", "thing": ["domino"], "other": ["domino"], "times": 3}, True),
    ("chain", {"check": "touches", "thing": ["ball"], "other": ["domino"], "times": 99}, False),
    ("chain", {"check": "in order", "moments": [{"thing": ["ball"]}, {"thing": ["ball"], "other": ["domino"]}]}, True),
    ("chain", {"check": "in order", "moments": [{"thing": ["ball"], "other": ["domino"]}, {"thing": ["ball"]}]}, False),
    ("chain", {"check": "foggy"}, True),
    ("chain", {"check": "ground", "words": ["lawn", "grass"]}, True),
    ("chain", {"check": "ground", "words": ["ice"], "colour": "purple"}, False),
    ("chain", {"check": "in view", "thing": ["ball"]}, True),
    ("chain", {"check": "in view", "thing": ["cat"]}, False),
    ("chain", {"check": "told", "words": ["song"]}, True),
    ("chain", {"check": "told", "words": ["smell"]}, False),
    ("chain", {"check": "hour", "is": "night"}, False),
    ("room", {"check": "related", "thing": ["mug"], "relation": "on", "other": ["table"]}, True),
    ("room", {"check": "related", "thing": ["table"], "relation": "on", "other": ["mug"]}, False),
    ("room", {"check": "related", "thing": ["crate"], "relation": "under", "other": ["table"]}, True),
    ("room", {"check": "related", "thing": ["chair"], "relation": "left of", "other": ["table"]}, True),
    ("room", {"check": "related", "thing": ["chair"], "relation": "right of", "other": ["table"]}, False),
    ("room", {"check": "related", "thing": ["table"], "relation": "on", "other": ["ground"]}, True),
    ("room", {"check": "swings", "thing": ["pendulum"], "times": 3}, True),
    ("room", {"check": "swings", "thing": ["chair"]}, False),
    ("room", {"check": "still", "thing": ["chair"]}, True),
    ("room", {"check": "still", "thing": ["pendulum"]}, False),
    ("room", {"check": "foggy"}, False),
    ("fire", {"check": "particles", "thing": ["flame", "fire"], "way": "up"}, True),
    ("fire", {"check": "particles", "thing": ["flame"], "way": "down"}, False),
    ("fire", {"check": "particles", "thing": ["snow"]}, False),
    ("fire", {"check": "light changes", "times": 3}, True),
    ("fire", {"check": "lit", "thing": ["stump"]}, True),
    ("fire", {"check": "hour", "is": "night"}, True),
    ("fire", {"check": "camera moves"}, True),
    ("spill", {"check": "liquid"}, True),
    ("spill", {"check": "resized", "thing": ["snowman"], "factor": 0.5}, True),
    ("spill", {"check": "resized", "thing": ["table"], "factor": 0.5}, False),
    ("spill", {"check": "turns", "thing": ["cup"], "degrees": 60, "over": True}, True),
    ("spill", {"check": "camera moves"}, False),
    ("wind", {"check": "deforms", "thing": ["flag"]}, True),
    ("wind", {"check": "deforms", "thing": ["vase"]}, False),
    ("wind", {"check": "swings", "thing": ["duck"]}, True),
    ("wind", {"check": "liquid"}, False),
    ("wind", {"check": "light changes"}, False),
    ("wind", {"check": "lit", "thing": ["vase"]}, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "check", "met"), CHECKS, ids=lambda v: str(v.get("check")) if isinstance(v, dict) else None
)
def test_a_check_is_met_or_fails(worlds, name, check, met):
    case = Case.model_validate(
        {"name": "x", "level": 1, "subject": "x", "sentence": "x", "checks": [check, {"check": "foggy"}]}
    )
    verdict = judge(case, worlds[name])[0]
    assert verdict.met is met, verdict.found


def test_every_kind_of_check_is_tried():
    kinds = {check.check for case in load_cases() for check in case.checks}
    assert kinds <= {check["check"] for _, check, _ in CHECKS}


@pytest.mark.parametrize("name", WORLDS)
def test_worlds_that_run_well_are_physically_sound(worlds, name):
    assert [v for v in physical(worlds[name]) if not v.met] == []
    assert 0.5 < geometry_score(worlds[name]) <= 1.0
    assert 0.0 < richness(worlds[name]) < 1.0


def test_what_turns_back_is_counted():
    assert _reversals([0, 1, 2, 3, 4]) == 0
    assert _reversals([0, 1, 0, 1, 0]) == 3
    assert _reversals([0, 0, 0]) == 0


@pytest.mark.parametrize(
    ("text", "phrase", "same"),
    [
        ("Dominoes.003", "domino", True),
        ("BowlingPin 2", "bowling pins", True),
        ("Leaves", "leaf", True),
        ("Carpet", "car", False),
        ("Cart", "car", False),
    ],
)
def test_words_are_words_of_their_own(text, phrase, same):
    assert says(text, [phrase]) is same


def test_the_cases_are_many_and_of_three_levels():
    cases = load_cases()
    assert len(cases) >= 60
    assert {case.level for case in cases} == {1, 2, 3}
    assert len({case.name for case in cases}) == len({case.sentence for case in cases}) == len(cases)


def test_no_maker_of_worlds_sees_the_checks():
    root = CASES.parents[3]
    for path in (root / "addon").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom | ast.Import):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
                assert not any(name.startswith("headless") for name in names), path
    sentences = [case.sentence for case in TypeAdapter(tuple[Case, ...]).validate_python(load_cases())]
    told = "\n".join(p.read_text(encoding="utf-8") for p in Path(root / "prompts").rglob("*") if p.is_file())
    assert not any(sentence in told for sentence in sentences)
