"""A script's open numbers found on Blender, from the command line."""

import json

import pytest

from addon.executor.tuning import open_numbers
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World, save_scene_graph
from headless.cli import main

SHOT = """\
import bpy
want('EVENT("CollisionStart", {"a_id": "Ball", "b_id": "Target"})')
want('NEARBY_AT("Ball", 4.0, 0.0, 0.25, 1.0, threshold_strength=0.03)')
if frame == 1:
    bpy.data.objects["Ball"].velocity = (tune(2.0, 1.0, 9.0), 0, 3)
"""


@pytest.fixture
def arguments(tmp_path):
    def solid(name, size, place, **body):
        geometry = Primitive(kind="sphere" if name == "Ball" else "cube", dimensions=size)
        return SceneObject(name=name, geometry=geometry, location=place, body=RigidBody(**body))

    fixed = {"type": "PASSIVE", "shape": "BOX"}
    ball = {"shape": "SPHERE", "linear_damping": 0.3, "angular_damping": 0.5}
    graph = SceneGraph(
        world=World(fps=60),
        objects=(
            solid("Floor", (14, 6, 0.4), (3, 0, -0.2), **fixed),
            solid("Ball", (0.5, 0.5, 0.5), (0, 0, 0.25), **ball),
            solid("Target", (1.6, 1, 0.02), (4, 0, 0.01), **fixed),
        ),
    )
    save_scene_graph(graph, tmp_path / "scene.json")

    def give(script, *more):
        (tmp_path / "shot.py").write_text(script, encoding="utf-8")
        asked = ["run", str(tmp_path / "scene.json"), "--coder", f"script:{tmp_path / 'shot.py'}", "--steps", "240"]
        return [*asked, "--out", str(tmp_path / "out"), "--json", *more]

    return give


def test_numbers_are_found_and_kept(arguments, tmp_path, capsys):
    assert main(arguments(SHOT, "--fit", "40")) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["fitted"]["held"]
    assert told["fitted"]["runs"] <= 40
    (number,) = told["fitted"]["numbers"]
    assert (number["line"], number["before"], number["low"], number["high"]) == (5, 2.0, 1.0, 9.0)
    kept = (tmp_path / "out" / "fitted.py").read_text(encoding="utf-8")
    assert open_numbers(kept)[0].value == pytest.approx(number["value"], rel=1e-5)


def test_without_open_numbers_there_is_nothing_to_find(arguments, capsys):
    assert main(arguments(SHOT.replace("tune(2.0, 1.0, 9.0)", "2.0"), "--fit", "5")) == 2
    assert "no number of it is open" in "".join(capsys.readouterr())


def test_without_being_asked_for_the_numbers_stay(arguments, capsys):
    assert main(arguments(SHOT)) == 0
    assert json.loads(capsys.readouterr().out)["fitted"] is None


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (SHOT.replace("tune(2.0, 1.0, 9.0)", "tune(2.0)"), "open without bounds"),
        ("\n".join(line for line in SHOT.splitlines() if "want" not in line), "does not say what it wants"),
        (SHOT.replace("CollisionStart", "CollisionStrat"), "cannot be used"),
        (SHOT.replace('"Target"', '"Nowhere"'), "cannot be used"),
    ],
)
def test_what_cannot_be_fitted_is_told_with_the_reason(arguments, capsys, script, words):
    assert main(arguments(script, "--fit", "5")) == 2
    streams = capsys.readouterr()
    assert words in streams.out + streams.err
