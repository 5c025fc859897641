import ast
import inspect
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from addon.coder import CoderError
from addon.rules import Reading, read
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject
from addon.trace import ContactColumns, Event, Trace, TraceError, TraceMeta
from headless.benchmarks.physibench.free import FreeRule, load_tasks
from headless.benchmarks.physibench.free.evaluate import evaluate, run_rule
from headless.benchmarks.physibench.free.facts import BUILTINS, VOCABULARY, Facts, holds
from headless.benchmarks.physibench.free.report import line, table
from headless.benchmarks.physibench.free.results import FreeRow, row_of, summarise
from headless.cli import main

TASKS = load_tasks()
TO_DO = [task for task in TASKS if task.rule.want == "do"]
SAYABLE = [task for task in TO_DO if task.rule.plain]
TO_REFUSE = [task for task in TASKS if task.rule.want == "refuse"]


def named(names):
    return [task for task in TASKS if task.name in names]


# The files.


def test_there_are_enough_rules():
    assert len(TO_DO) >= 100
    assert len(TO_REFUSE) >= 50
    assert len({(task.part, task.rule.scene) for task in TASKS}) >= 40
    assert len({task.name for task in TASKS}) == len(TASKS)
    assert len({task.rule.text for task in TASKS}) == len(TASKS)


def test_every_scene_has_rules():
    from headless.benchmarks.physibench.free.tasks import FOLDER

    there = {(path.parent.name, path.stem) for path in (FOLDER / "scenes").glob("*/*.json")}
    assert there == {(task.part, task.rule.scene) for task in TASKS}


def test_every_script_compiles_and_every_check_is_an_expression():
    for task in TO_DO:
        compile(task.rule.script, task.name, "exec")
        ast.parse(task.rule.check, mode="eval")


def misnamed(check, graph):
    """Names in a check that neither the vocabulary nor the scene has."""
    tree = ast.parse(check, mode="eval")
    own = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own |= {a.arg for n in ast.walk(tree) if isinstance(n, ast.Lambda) for a in n.args.args}
    known = {*own, *VOCABULARY, *BUILTINS, "never"}
    yield from (n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id not in known)
    keys = {key for o in graph.objects for key in o.properties}
    looks = {look for o in graph.objects for look in o.looks}
    for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)):
        if call.func.id not in VOCABULARY:
            continue
        parameters = list(inspect.signature(getattr(Facts, call.func.id)).parameters)[1:]
        for parameter, value in zip(parameters, call.args, strict=False):
            if not (isinstance(value, ast.Constant) and isinstance(value.value, str)):
                continue
            there = {"key": keys, "field": looks}.get(parameter, graph.names)
            if value.value not in there:
                yield f"{parameter} '{value.value}'"


def test_every_check_names_what_there_is():
    assert {task.name: bad for task in TO_DO if (bad := list(misnamed(task.rule.check, task.graph)))} == {}


def test_a_check_of_what_is_not_there_is_found():
    graph = TO_DO[0].graph
    found = misnamed("z('Nowhere', 1) > hight and prop('Cue Ball','nokey',2)", graph)
    assert sorted(found) == ["hight", "key 'nokey'", "name 'Nowhere'"]


@pytest.mark.parametrize(
    "fields",
    [
        {"want": "do"},
        {"want": "do", "check": "True"},
        {"want": "do", "script": "pass"},
        {"want": "refuse"},
        {"want": "maybe", "why": "x"},
        {"want": "refuse", "why": "x", "steps": 0},
        {"want": "refuse", "why": "x", "plain": "x"},
        {"want": "do", "check": "True", "script": "pass", "plain": " "},
        {"want": "refuse", "why": "x", "chekc": "True"},
    ],
)
def test_a_rule_without_its_parts_is_refused(fields):
    with pytest.raises(ValidationError):
        FreeRule(scene="s", text="t", **fields)


def test_a_count_is_spread_over_all():
    assert [t.name for t in load_tasks(count=len(TASKS) + 5)] == [t.name for t in TASKS]
    few = load_tasks(count=10)
    assert len(few) == 10
    assert {t.part for t in few} == {"a", "b", "c"}
    assert {t.rule.want for t in few} == {"do", "refuse"}
    assert {t.part for t in load_tasks(["b"], 7)} == {"b"}


# What the language can say.


def test_rows_know_what_can_be_said(tmp_path):
    assert len(SAYABLE) >= 180
    assert [t for t in TASKS if row_of(t, tmp_path / t.name).sayable] == SAYABLE


@pytest.mark.parametrize("task", SAYABLE, ids=lambda task: task.name)
def test_plain_words_are_read(task):
    found = read(task.rule.plain, task.graph)
    assert isinstance(found, Reading), found.reason
    assert (found.way, found.asides) == ("words", ())


@pytest.mark.slow
@pytest.mark.parametrize("task", SAYABLE, ids=lambda task: task.name)
def test_plain_words_do_the_rule(tmp_path, task):
    plainly = replace(task, rule=task.rule.model_copy(update={"text": task.rule.plain}))
    assert run_rule(plainly, "template", tmp_path) is None
    assert row_of(plainly, tmp_path / task.name).verdict == "right"


# The facts.


def trace(events=()):
    """Ball falls from z = 2 by 0.1 m a step of 0.1 s and lies from 1 s on; Box turns about y by 9 degrees a step
    and has eight times its volume from 1 s on."""
    frames = 21
    body = RigidBody(type="ACTIVE", shape="BOX")
    objects = tuple(
        SceneObject(name=n, geometry=Primitive(kind="cube", dimensions=(1, 1, 1)), body=body, properties={"on": False})
        for n in ("Ball", "Box")
    )
    position = np.zeros((frames, 2, 3))
    position[:, 0, 2] = np.maximum(2 - 0.1 * np.arange(frames), 1)
    half = np.radians(4.5 * np.arange(frames))
    quaternion = np.zeros((frames, 2, 4))
    quaternion[:, 0, 0] = 1
    quaternion[:, 1, 0], quaternion[:, 1, 2] = np.cos(half), np.sin(half)
    velocity = np.zeros((frames, 2, 3))
    velocity[1:11, 0, 2] = -1
    spin = np.zeros((frames, 2, 3))
    spin[1:, 1, 1] = np.radians(90)
    touching = np.array([5, 6, 8, 9, 20], dtype=np.int32)
    none = np.zeros((len(touching), 3))
    pair = np.zeros(len(touching), dtype=np.int32)
    contacts = ContactColumns(touching, pair, pair + 1, none, none, none[:, 0])
    meta = TraceMeta(
        fps=10, substeps=1, seed=0, steps=frames - 1, engine="test", scene=SceneGraph(name="s", objects=objects)
    )
    ones = np.ones((frames, 2))
    scale = np.ones((frames, 2, 3))
    scale[10:, 1] = 1, 2, 4
    return Trace(
        meta, ("Ball", "Box"), ones > 0, position, quaternion, scale, velocity, spin, ones, contacts, list(events)
    )


@pytest.mark.parametrize(
    "check",
    [
        "end == 2",
        "z('Ball', 0) == 2 and abs(z('Ball', 0.5) - 1.5) < 1e-9 and x('Ball', 1) == y('Ball', 1) == 0",
        "abs(moved('Ball', 0, end)[2] + 1) < 1e-9 and abs(path('Ball', 0, 2) - 1) < 1e-9",
        "still('Ball', 1, 2) and not still('Ball', 0, 1) and not still('Box', 0, 1)",
        "speed('Ball', 0.5) == 1 and velocity('Ball', 0.5)[2] == -1 and speed('Ball', 1.5) == 0",
        "abs(spin('Box', 1)[1] - 90) < 1e-9",
        "abs(turned('Box', 0, 1) - 90) < 1e-6 and abs(tilt('Box', 1) - 90) < 1e-6 and tilt('Ball', 1) == 0",
        "abs(distance('Ball', 'Box', 1) - 1) < 1e-9",
        "size('Ball', 0) == size('Ball', 2) == size('Box', 0.9) == 1 and abs(size('Box', 1) - 2) < 1e-9",
        "touch('Ball', 'Box') == 0.5 == touch('Box', 'Ball') and touch('Ball', 'Box', 2) == 0.8",
        "touches('Ball', 'Box') == 3 and touch('Ball', 'Box', 4) == never",
        "apart('Ball', 'Box') == 0.7 and apart('Ball', 'Box', 2) == 1 and apart('Ball', 'Box', 3) == never",
        "touching('Ball', 'Box', 0.6) and not touching('Ball', 'Box', 0.7)",
        "first(lambda t: z('Ball', t) < 1.55) == 0.5 and first(lambda t: z('Ball', t) < 0) == never",
        "always(lambda t: z('Ball', t) > 0.9, 0, end) and not always(lambda t: speed('Ball', t) > 0, 0.5, end)",
        "moves_at('Ball') == 0.1 and moves_at('Ball', 1) == never and turns_at('Box') == 0.1",
        "prop('Ball', 'on', 0.9) == False and prop('Ball', 'on', 1) == True and prop('Box', 'on', end) == False",
        "changes('Ball', 'on') == [1.0] and changes('Box', 'on') == []",
    ],
)
def test_facts(check):
    told = {"object_id": "Ball", "property": "on", "old": False, "new": True}
    assert holds(check, trace([Event(uid="PropertyChanged", frame=10, time=1.0, parameters=told)]))


@pytest.mark.parametrize(
    "check", ["z('Ball', 3) < 9", "z('Ball', never) < 9", "changes('Ball', 'on')[0] < 9", "prop('Ball', 'no', 1) > 3"]
)
def test_what_never_was_does_not_hold(check):
    assert not holds(check, trace())


def test_a_check_of_a_body_that_is_not_there_is_an_error():
    with pytest.raises(TraceError, match="Nobody"):
        holds("z('Nobody', 1) > 0", trace())


# Verdicts and figures.


def test_the_oracle_is_right_and_nothing_is_not(tmp_path):
    short = sorted(TO_DO, key=lambda task: task.rule.steps)[:2]
    tasks = [*short, TO_REFUSE[0]]
    told = {}
    for coder in ("oracle", "empty"):
        (tmp_path / coder).mkdir()
        for task in tasks:
            assert run_rule(task, coder, tmp_path / coder) is None
        told[coder] = [row_of(task, tmp_path / coder / task.name) for task in tasks]
    assert [row.verdict for row in told["oracle"]] == ["right", "right", "refused"]
    assert [row.verdict for row in told["empty"]] == ["wrong"] * 3
    assert told["oracle"][2].reason == TO_REFUSE[0].rule.why
    assert not list((tmp_path / "oracle").glob(".*"))


class Stub:
    name, model = "stub", None

    def __init__(self, error):
        self.error = error

    def write(self, request, on_text=None):
        raise self.error


@pytest.mark.parametrize(
    ("kind", "verdict"), [("rule", "refused"), ("cannot", "refused"), ("prose", "broken"), ("truncated", "broken")]
)
def test_a_coder_that_says_no_refuses_and_one_that_fails_breaks(tmp_path, monkeypatch, kind, verdict):
    from contextlib import nullcontext

    import headless.benchmarks.physibench.free.evaluate as module

    error = CoderError(kind, "it is so", "do so")
    monkeypatch.setattr(module, "opened", lambda *_: nullcontext(Stub(error)))
    task = TO_DO[0]
    problem = run_rule(task, "stub", tmp_path)
    row = row_of(task, tmp_path / task.name, problem or "")
    assert row.verdict == verdict
    assert "it is so" in row.reason
    assert (problem is None) == (verdict == "refused")


def test_what_was_asked_for_a_refused_rule_counts(tmp_path):
    task = TO_REFUSE[0]
    answers = tmp_path / "answers"
    answers.mkdir()
    for k in range(2):
        kept = {
            "request": {"model": "m", "prompt": "p 1"},
            "answer": {"text": "", "prompt_tokens": 10, "completion_tokens": 2},
        }
        (answers / f"{k}.json").write_text(json.dumps(kept))
    (tmp_path / "result.json").write_text('{"refused": "no"}')
    row = row_of(task, tmp_path)
    assert (row.verdict, row.success, row.reason) == ("refused", True, "no")
    assert (row.requests, row.prompt_tokens, row.completion_tokens, row.model, row.prompt) == (2, 20, 4, "m", "p 1")


def test_a_rule_to_refuse_that_is_done_right_all_the_same_counts():
    row = rows()[4]
    assert row.success
    assert row.model_copy(update={"verdict": "right"}).success
    assert not row.model_copy(update={"verdict": "broken"}).success


def rows():
    def row(number, want, verdict, way="", **marks):
        name = f"free_a_{number:03d}"
        return FreeRow(
            task=name, part="a", scene="s", text=name, want=want, verdict=verdict, way=way, requests=1,
            **{"sayable": False, **marks},
        )  # fmt: skip

    return [
        row(1, "do", "right", "words", sayable=True),
        row(2, "do", "wrong", "words"),
        row(3, "do", "refused", sayable=True),
        row(4, "do", "broken", "free code"),
        row(5, "refuse", "refused"),
        row(6, "refuse", "wrong", "model"),
    ]


def test_figures():
    found = summarise(rows()[::-1], "c", 7)
    assert found.success.mean == pytest.approx(2 / 6, abs=1e-5)
    assert found.silently_wrong.mean == pytest.approx(2 / 6, abs=1e-5)
    assert {k: s.mean for k, s in found.to_do.items()} == dict.fromkeys(("right", "refused", "wrong", "broken"), 0.25)
    assert {k: s.mean for k, s in found.sayable.items()} == {"right": 0.5, "refused": 0.5, "wrong": 0, "broken": 0}
    assert {k: s.mean for k, s in found.must_refuse.items()} == {
        "refused": 0.5,
        "right": 0,
        "wrong": 0.5,
        "broken": 0,
    }
    assert {k: (s["right"].mean, s["silent"].mean) for k, s in found.by_way.items()} == {
        "words": (0.5, 0.5),
        "model": (0, 1),
        "free code": (0, 0),
    }
    assert found.by_way["words"]["share"].mean == pytest.approx(2 / 6, abs=1e-5)
    assert [row.task for row in found.wrong] == ["free_a_002", "free_a_006"]
    assert [row.task for row in found.broken] == ["free_a_004"]
    assert found.requests == 6
    assert found == summarise(rows(), "c", 7)
    assert ("rules to do", "right", "25.0 % (0.0 to 75.0)", "4") in table(found)
    assert ("of these, sayable", "right", "50.0 % (0.0 to 100.0)", "2") in table(found)


def test_an_evaluation_from_the_command_line(tmp_path, capfd):
    arguments = ["physibench", "evaluate", "--split", "free-a", "--coder", "oracle", "--count", "1", "--json"]
    assert main([*arguments, "--out", str(tmp_path / "e")]) == 0
    printed = capfd.readouterr()
    figures = json.loads(printed.out)
    assert figures["rules"] == 1
    assert figures["success"]["mean"] == 1
    assert (tmp_path / "e" / "report.html").exists()
    assert main([*arguments, "--out", str(tmp_path / "e")]) == 2
    assert main([*arguments, "--out", str(tmp_path / "e"), "--resume"]) == 0


@pytest.mark.parametrize("more", [["--examples"], ["--machines", "x"], ["--coder", "other"], ["--coder", "nobody"]])
def test_what_free_rules_cannot_be_combined_with(tmp_path, more):
    assert main(["physibench", "evaluate", "--split", "free", "--out", str(tmp_path / "e"), *more]) == 2
    assert not (tmp_path / "e").exists()


def test_a_wrong_rule_is_told_with_its_reading():
    row = rows()[1].model_copy(update={"reading": "always Ball moves"})
    assert line(row) == "free_a_002: 'free_a_002' was taken for: always Ball moves"
    assert "to be refused" in line(rows()[5])
    assert line(rows()[2].model_copy(update={"reason": "why"})).endswith("was refused: why")


RECORDED = Path(__file__).with_name("recorded")
"""Answers of a large model to the prompts of all rules that words do not settle, which saw nothing but these."""

REPLAYED = (
    "free_c_048",
    "free_c_049",
    "free_a_007",
    "free_a_085",
    "free_a_110",
    "free_b_031",
    "free_b_043",
    "free_b_170",
    "free_b_176",
)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    return shutil.copytree(RECORDED, tmp_path_factory.mktemp("paste") / "recorded")


@pytest.mark.parametrize("name", REPLAYED)
def test_a_large_model_recorded(tmp_path, recorded, name):
    task = next(task for task in TASKS if task.name == name)
    problem = run_rule(task, f"paste:{recorded}", tmp_path)
    assert problem is None
    assert row_of(task, tmp_path / name).way in ("", "free code", "words")


@pytest.mark.slow
def test_a_large_model_recorded_does_or_refuses_nearly_all(tmp_path, recorded):
    found = evaluate(load_tasks(("a", "b")), f"paste:{recorded}", tmp_path, seed=7, workers=2)
    assert found.success.mean >= 0.95
