import pytest

from headless.benchmarks.patterns.recipes import Recipe
from headless.benchmarks.patterns.scenes import OWN_SCENES
from headless.benchmarks.physibench.machine import Machine


@pytest.mark.parametrize("scene", OWN_SCENES.values(), ids=OWN_SCENES)
def test_scenes_differ_by_their_numbers(scene):
    low, high = zip(*scene.bounds, strict=True)
    graph = scene.build(scene.middle)
    assert graph.name == scene.name
    assert not scene.planar
    texts = {one.model_dump_json() for one in (graph, scene.build(low), scene.build(high))}
    assert len(texts) == 3


def test_a_drawn_machine_is_drawn_again(monkeypatch):
    drawn: list[Machine] = []
    monkeypatch.setattr("headless.benchmarks.patterns.recipes._on_blender", lambda graph, *_: drawn.append(graph))
    for seed in (1, 1, 2):
        Recipe(name="a", kind="stages", of="seesaw", seed=seed).trace()
    assert drawn[0] == drawn[1] != drawn[2]


def test_only_puzzles_are_planar():
    assert not Recipe(name="a", kind="stages", of="seesaw").planar
    assert Recipe(name="a", kind="puzzle", of="00:000").planar
