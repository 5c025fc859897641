"""The scene with three buckets, and how often searches get green into them."""

import json

import pytest

from addon.jobs.search.annealing import BATCH
from addon.rewards import judge, read, read_back
from headless.benchmarks.puzzles.buckets import BUCKETS, buckets_scene, distance, target
from headless.benchmarks.puzzles.curve_figure import draw_curves, draw_heatmaps
from headless.benchmarks.puzzles.curves import Sample, curves, load_rewards, points, samples_of, search
from headless.cli import main
from headless.planar import Blueprint, record
from headless.scenes import open_scene


def test_at_first_nothing_reaches_a_bucket():
    scene = buckets_scene()
    trace = record(Blueprint.of(scene), 1000)
    end = trace.position[-1, trace.index("green ball")][[0, 2]] * 6
    assert all(distance(end, name) > 20 for name in BUCKETS)
    assert open_scene("buckets").graph == scene


def test_the_recorded_rewards_say_what_is_wanted():
    rewards, model = load_rewards()
    assert model.startswith("a large model, recorded, prompt reward ")
    scene = buckets_scene()
    for name, text in rewards.items():
        told = read_back(read(text, scene), scene)
        assert f"{name} bucket" in told
        assert f"{target(name)[0]:g}" in told


def test_a_search_is_a_matter_of_its_seed_and_its_samples_have_worths():
    rewards, _ = load_rewards()
    assert search("first", "reward", rewards["first"], 8, 3) == search("first", "reward", rewards["first"], 8, 3)
    found = samples_of("first", rewards["first"], 8, 3)
    assert 8 <= sum(sample.worth >= 0 for sample in found) < 8 + BATCH
    assert all(sample.worth <= 1.0 for sample in found)
    trial = search("first", "binary", rewards["first"], 8, 3)
    assert trial.value in (-1.0, 0.0, 1.0)


def made_twice(*task):
    raise AssertionError(task)


def test_curves_are_kept_and_not_made_twice(tmp_path, monkeypatch):
    rewards = {"first": load_rewards()[0]["first"]}
    trials = curves(rewards, [0], [4], 1, tmp_path)
    assert {(t.kind, t.budget) for t in trials} == {("reward", 4), ("binary", 4)}
    assert all(4 <= t.samples < 4 + BATCH for t in trials)
    monkeypatch.setattr("headless.benchmarks.puzzles.curves.search", made_twice)
    again = curves(rewards, [0], [4], 1, tmp_path)
    assert again == trials
    assert [(p.kind, p.budget, p.share.count) for p in points(again)] == [("reward", 4, 1), ("binary", 4, 1)]


def test_the_figures_are_drawn(tmp_path):
    rewards = {"first": load_rewards()[0]["first"]}
    draw_curves(list(points(curves(rewards, [0], [4], 1, tmp_path / "s"))), tmp_path / "curves.png")
    draw_heatmaps({"first": [Sample(30, 40, 5, 0.5), Sample(200, 250, 5, -1.0)]}, tmp_path / "maps.png")
    assert (tmp_path / "curves.png").stat().st_size > 1000
    assert (tmp_path / "maps.png").stat().st_size > 1000


def test_the_command_tells_both_curves(tmp_path, capsys):
    asked = ["puzzles", "buckets", "--seeds", "1", "--budget", "4", "--out", str(tmp_path), "--json"]
    assert main(asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(p["kind"], p["budget"], p["count"]) for p in told["points"]] == [("reward", 4, 3), ("binary", 4, 3)]
    assert (tmp_path / "heatmaps.png").exists()


@pytest.mark.parametrize("name", list(BUCKETS))
def test_a_ball_that_lies_in_a_bucket_meets_the_reward(name):
    scene = buckets_scene()
    x, y = target(name)
    green = scene.object("green ball").model_copy(update={"location": (x / 6, 0.0, y / 6 + 1.0)})
    objects = tuple(green if o.name == "green ball" else o for o in scene.objects)
    moved = scene.model_copy(update={"objects": objects})
    trace = record(Blueprint.of(moved), 1000)
    assert judge(read(load_rewards()[0][name], moved), trace).held
