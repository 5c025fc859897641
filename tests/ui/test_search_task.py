"""Finding numbers from the panel: the task, and what its buttons do to a scene."""

import json
from types import SimpleNamespace

import bpy
import numpy as np
import pytest

from addon.coder import choose
from addon.engine.build import build_scene, save_blend
from addon.engine.motions import load_motions
from addon.engine.read import read_scene
from addon.fields import VARIED
from addon.jobs import JobError
from addon.jobs.search import SearchError
from addon.jobs.search.quantities import object_quantities
from addon.models import ChatAnswer, ModelError
from addon.rewards import DslError
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World
from addon.trace import load_trace
from addon.ui import properties
from addon.ui.operators import search
from addon.ui.search_task import SEARCH, find_numbers, numbers_for
from addon.ui.session import SESSION
from addon.ui.tasks import JOB, MOTIONS, OVERLAY, SCENE, SCRIPT, SUMMARY

ASKED = {
    "task": "search",
    "title": "throw",
    "vary": ["Ball.velocity.x=0..8"],
    "own": ["Ball.velocity.x=0..8"],
    "reward": 'AND(EVENT("CollisionStart", {"a_id": "Ball", "b_id": "Plate"}), NEARBY_AT("Ball", 3, 0, 0.2, 1.0))',
    "budget": 30,
    "steps": 40,
    "seed": 0,
    "override": False,
    "start": 1,
    "coder": "template",
    "online": False,
    "served": "",
}


class Told:
    """Keeps what a task tells."""

    def __init__(self):
        self.lines = []

    def __call__(self, **line):
        self.lines.append(line)

    def progress(self, phase, done, total, **more):
        self(phase=phase, done=done, total=total, **more)


def solid(name, size, place, **body):
    geometry = Primitive(kind="sphere" if name == "Ball" else "cube", dimensions=size)
    return SceneObject(name=name, geometry=geometry, location=place, body=RigidBody(**body))


FIXED = {"type": "PASSIVE", "shape": "BOX"}
GRAPH = SceneGraph(
    world=World(fps=60),
    objects=(
        solid("Floor", (14, 6, 0.4), (3, 0, -0.2), **FIXED),
        solid("Ball", (0.4, 0.4, 0.4), (0, 0, 1.0), shape="SPHERE"),
        solid("Plate", (0.8, 1, 0.1), (3, 0, 0.05), **FIXED),
    ),
)


@pytest.fixture
def folder(tmp_path):
    save_blend(GRAPH, tmp_path / SCENE)
    return tmp_path


def test_a_search_tells_the_best_so_far_and_keeps_the_best_run(folder):
    told = Told()
    result = find_numbers(folder, ASKED, told)
    assert json.loads(json.dumps(result)) == json.loads((folder / SUMMARY).read_text()) | {
        key: json.loads(json.dumps(result[key])) for key in ("best", "evaluations", "wanted")
    }
    best = result["best"]
    assert (best["held"], best["value"], best["script"]) == (True, 1.0, None)
    (speed,) = best["values"].values()
    assert best["changes"] == {"Ball": {"velocity": (speed, 0.0, 0.0)}}
    searched = [line for line in told.lines if line.get("phase") == "search"]
    assert [line["done"] for line in searched] == sorted(line["done"] for line in searched)
    assert searched[-1]["best"]["values"] == best["values"]
    assert all(json.dumps(line) for line in told.lines)
    assert result["ok"]
    assert [a["held"] for a in result["assertions"]] == [True]
    assert (folder / OVERLAY).exists()
    assert "Ball" in [motion.name for motion in load_motions(folder / MOTIONS)]
    candidates = (folder / SEARCH / "candidates.jsonl").read_text().splitlines()
    assert len(candidates) == result["evaluations"]
    traces = {json.loads(line)["trace_sha256"] for line in candidates}
    assert load_trace(folder / JOB).sha256() in traces


def test_numbers_that_are_used_give_the_same_run_again(folder):
    """The scene with the numbers in it is that of the best run: nothing but them makes the difference."""
    from addon.engine.start_values import write_start

    best = find_numbers(folder, ASKED, Told())["best"]
    scene = build_scene(GRAPH)
    write_start(scene, best["changes"])
    kept = load_trace(folder / JOB).scene
    assert read_scene(scene).objects == kept.objects


def test_the_numbers_of_a_script_come_with_the_script(folder):
    (folder / SCRIPT).write_text(
        'import bpy\nif frame == 1:\n    bpy.data.objects["Ball"].velocity = (tune(1, 0, 8), 0, 0)\n'
    )
    best = find_numbers(folder, {**ASKED, "vary": []}, Told())["best"]
    assert best["held"]
    assert f"tune({best['values']['script.1']:g}" in best["script"]
    assert best["changes"] == {}


BALLS, PLATES = "Ball.velocity.x=0..12", "Plate.velocity.z=0..3"


def test_a_plain_wish_opens_its_numbers_and_needs_no_model(folder):
    told = Told()
    asked = {**ASKED, "vary": [BALLS], "own": [], "reward": "Ball lies on Plate at the end", "budget": 60}
    found = find_numbers(folder, asked, told)
    assert found["best"]["held"]
    assert list(found["best"]["values"]) == ["Ball.velocity.x"]
    assert [line["opened"] for line in told.lines if "opened" in line] == [[BALLS]]
    assert found["wanted"]["goal"] == "Ball lies on Plate at the end"


@pytest.mark.parametrize(
    ("own", "reward", "open_then"),
    [
        ([], "Ball hits Plate", [BALLS]),
        ([PLATES], "Ball lies on Plate", [PLATES]),
        ([PLATES], 'EVENT("CollisionStart")', [BALLS, PLATES]),
    ],
)
def test_what_one_plain_wish_opened_is_not_for_another(own, reward, open_then):
    request = {"vary": [BALLS, *own], "own": own, "reward": reward}
    assert numbers_for(request, GRAPH, None) == open_then


def test_a_plain_wish_of_another_thing_opens_its_own_numbers():
    crash = solid("Crash", (0.4, 0.4, 0.4), (1, 1, 1.0), shape="SPHERE")
    graph = GRAPH.model_copy(update={"objects": (*GRAPH.objects, crash)})
    found = numbers_for({"vary": [BALLS], "own": [], "reward": "Crash hits Plate"}, graph, None)
    assert {text.split(".")[0] for text in found} == {"Crash"}


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"vary": []}, SearchError),
        ({"vary": ["Ball.velocity.x=3..1"]}, SearchError),
        ({"reward": "EVENT(make it hit"}, DslError),
        ({"vary": ["Plate.body.friction=0.1..0.2"], "budget": 4, "steps": 5}, JobError),
    ],
)
def test_what_makes_no_sense_is_told(folder, more, error):
    with pytest.raises(error):
        find_numbers(folder, {**ASKED, **more}, Told())


def test_the_list_of_numbers_is_that_of_the_search():
    assert set(VARIED) == set(object_quantities(World()))


def test_open_numbers_are_written_as_a_search_takes_them():
    ball = SimpleNamespace(name="Ball.001")
    lows = float(np.float32(0.1))
    rows = [
        SimpleNamespace(object=ball, number="velocity.x", low=lows, high=5.0),
        SimpleNamespace(object=None, number="radius", low=0.0, high=5.0),
    ]
    assert search.varied(rows) == ["Ball.001.velocity.x=0.1..5"]


@pytest.fixture
def panel():
    """A scene with the extension's settings and the buttons of searches."""
    scene = build_scene(GRAPH)
    properties.register()
    for cls in search.CLASSES:
        bpy.utils.register_class(cls)
    yield scene
    for cls in reversed(search.CLASSES):
        bpy.utils.unregister_class(cls)
    properties.unregister()
    SESSION.forget()


def test_numbers_are_opened_and_left(panel):
    bpy.context.view_layer.objects.active = panel.objects["Ball"]
    assert not bpy.ops.cdyn.find_numbers.poll()
    bpy.ops.cdyn.add_open()
    (one,) = panel.cdyn.open_numbers
    assert (one.object, one.number) == (panel.objects["Ball"], "velocity.x")
    assert not bpy.ops.cdyn.find_numbers.poll()
    panel.cdyn.wanted = ASKED["reward"]
    assert bpy.ops.cdyn.find_numbers.poll()
    bpy.ops.cdyn.remove_open(index=0)
    assert not panel.cdyn.open_numbers


def test_numbers_that_a_wish_opened_go_with_it_and_the_users_stay(panel, monkeypatch):
    asked = []

    def start_task(context, folder, request, end, hear, place):
        asked.append(request)
        hear({"opened": request["own"] + opened})
        return True

    monkeypatch.setattr(search, "start_task", start_task)
    monkeypatch.setattr(search, "new_folder", lambda title: None)
    monkeypatch.setattr(search, "copy_scene", lambda folder: None)
    monkeypatch.setattr(search, "chosen_coder", lambda context: "template")
    settings = panel.cdyn

    def search_for(wish):
        settings.wanted = wish
        assert search.request_search(bpy.context)
        return search.varied(settings.open_numbers)

    mine = settings.open_numbers.add()
    mine.object, mine.high = panel.objects["Plate"], 3.0
    opened = ["Ball.velocity.x=0..12", "Ball.velocity.y=-2..2"]
    assert search_for("Ball hits Plate") == ["Plate.velocity.x=0..3", *opened]
    settings.open_numbers[1].high = 9.0
    opened = ["Floor.velocity.x=0..1"]
    assert search_for("Floor hits Plate") == ["Plate.velocity.x=0..3", "Ball.velocity.x=0..9", *opened]
    assert asked[-1]["vary"] == [*asked[-1]["own"], "Ball.velocity.y=-2..2"]
    search_for("Floor hits Plate")
    assert asked[-1]["vary"] == asked[-1]["own"]


def test_the_best_numbers_are_put_into_the_scene(panel):
    assert not bpy.ops.cdyn.use_numbers.poll()
    text = bpy.data.texts.new("script")
    panel.cdyn.script = text
    changes = {"Ball": {"velocity": [3.0, 0.0, 0.0], "location": [0.0, 0.0, 2.0]}, "Gone": {"location": [0, 0, 0]}}
    SESSION.best[panel.session_uid] = {"values": {}, "value": 1.0, "held": True, "changes": changes, "script": "x = 1"}
    assert bpy.ops.cdyn.use_numbers() == {"FINISHED"}
    ball = read_scene(panel).object("Ball")
    assert (ball.velocity, ball.location) == ((3, 0, 0), (0, 0, 2))
    assert text.as_string() == "x = 1"
    assert "Gone" in SESSION.message


def test_words_become_a_reward_that_is_told_before_the_search(folder, monkeypatch):
    class Said:
        def complete(self, request, on_text=None):
            return ChatAnswer(ASKED["reward"], "stop", 0, 0)

    monkeypatch.setattr(choose, "OpenAIChat", lambda *args, **options: Said())
    told = Told()
    words = {"reward": "Ball hits Plate and lies there at the end", "coder": "local", "served": "http://127.0.0.1:1/v1"}
    result = find_numbers(folder, ASKED | words, told)
    assert result["best"]["held"]
    assert result["wanted"]["goal"] == words["reward"]
    wanted = next(k for k, line in enumerate(told.lines) if "wanted" in line)
    assert told.lines[wanted]["wanted"].startswith("At least once, Ball begins to touch Plate")
    assert not any(line.get("best") for line in told.lines[:wanted])


def test_words_without_a_model_are_told(folder):
    with pytest.raises(ModelError, match="no model is chosen"):
        find_numbers(folder, ASKED | {"reward": "Ball hits Plate hard"}, Told())
    with pytest.raises(ModelError, match=r"^.{,500}$"):
        find_numbers(folder, ASKED | {"reward": "Ball hits Plate " * 2000}, Told())
    with pytest.raises(DslError, match="there is no event"):
        find_numbers(folder, ASKED | {"reward": 'EVENT("Hit")'}, Told())
