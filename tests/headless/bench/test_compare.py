"""The same scene in other engines, and what is told where one is missing."""

import importlib
import json

import pytest

from addon.scene_graph import RigidBody, SceneGraph
from headless.bench.reference import NotInstalledError, in_mujoco, pybullet
from headless.bench.step import body
from headless.cli import main


def falling(kind="sphere"):
    floor = body("Floor", "cube", (4, 4, 1), (0, 0, -0.5), RigidBody(type="PASSIVE", shape="BOX"))
    return SceneGraph(objects=(floor, body("Ball", kind, (0.5, 0.5, 0.5), (0, 0, 2), RigidBody(linear_damping=0.0))))


@pytest.mark.parametrize("load", [in_mujoco, pybullet])
def test_a_ball_falls_and_lies_on_the_floor(load):
    if load is pybullet:
        pytest.importorskip("pybullet")
    graph = falling()
    loaded = load(graph)
    assert loaded.height() == pytest.approx(2.0)
    for _ in range(5):
        loaded.step()
    time = 5 * graph.world.dt
    assert loaded.height() == pytest.approx(2.0 - 9.81 / 2 * time**2, abs=0.01)
    for _ in range(200):
        loaded.step()
    assert loaded.height() == pytest.approx(0.25, abs=0.01)
    loaded.close()


def test_other_shapes_are_refused():
    with pytest.raises(ValueError, match="'Ball' is neither a box nor a sphere"):
        in_mujoco(falling("cone"))


def test_what_is_not_installed_is_told(monkeypatch, capfd):
    real = importlib.import_module

    def missing(name, package=None):
        if name == "pybullet":
            raise ImportError(name)
        return real(name, package)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(NotInstalledError, match="--group compare"):
        pybullet(falling())
    assert main(["bench", "compare", "--bodies", "5", "--steps", "10", "--rounds", "1", "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert [speed["name"].split()[0] for speed in found["speeds"]] == ["Blender,", "Blender,", "MuJoCo"]
    assert all(speed["steps_per_second"] > 0 for speed in found["speeds"])
    assert "--group compare" in found["missing"][0]
