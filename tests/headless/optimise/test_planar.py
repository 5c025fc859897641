"""Candidates of planar scenes, tried the fast way, are worth what the general loop says."""

import json

import pytest

from addon.jobs.search import SearchSpec, Trial
from addon.rewards import read
from headless.cli import main
from headless.optimise.planar import detail_for, try_planar
from headless.scenes import open_scene

VARY = ("red ball.location.x=4..252", "red ball.location.y=4..252", "red ball.radius=4..32")
HIT = 'EVENT("CollisionStart", {"a_id": "red ball", "b_id": "lever"})'


def trial(*rewards):
    scene = open_scene("buckets")
    spec = SearchSpec(title="b", source="buckets", vary=VARY, rewards=rewards, budget=1, steps=400)
    return Trial(spec, scene)


@pytest.mark.parametrize(
    "reward",
    [
        HIT,
        'NEARBY_AT("green ball", 130, 10, 1, 0.2)',
        'TOUCHING("red ball", "ground", 1)',
        f'AND({HIT}, EVENT("Airborne", {{"object": "green ball"}}), EVENT("CameToRest", {{"object": "red ball"}}))',
    ],
)
@pytest.mark.parametrize("values", [(30.0, 200.0, 20.0), (200.0, 150.0, 10.0)])
def test_the_fast_way_is_worth_the_same(reward, values):
    made = trial(reward)
    fast, general = try_planar(made, values), made.run(values)
    assert (fast.held, fast.problem) == (general.held, general.problem)
    assert fast.value == pytest.approx(general.value, abs=1e-4)


@pytest.mark.parametrize(
    ("reward", "detail"),
    [
        ('NEARBY_AT("green ball", 130, 10, 1)', "none"),
        ('AND(EVENT("CameToRest"), NEARBY("green ball", "ground", 1))', "none"),
        (HIT, "onsets"),
        ('TOUCHING("red ball", "ground", 1)', "onsets"),
        ('NOT(EVENT("bounce / rebound"))', "all"),
    ],
)
def test_no_more_is_recorded_than_a_reward_reads(reward, detail):
    assert detail_for([read(reward, open_scene("buckets").graph)]) == detail


def test_a_ball_without_room_is_told():
    assert "'red ball' lies in '" in try_planar(trial(HIT), (56.0, 20.0, 12.0)).problem


def test_what_is_made_larger_or_turned_into_another_is_told():
    scene = open_scene("buckets")
    for vary, value in (("red ball.radius=10..200", 200.0), ("lever.turn=-90..90", -60.0)):
        spec = SearchSpec(title="b", source="buckets", vary=(vary,), rewards=(HIT,), budget=1, steps=10)
        assert try_planar(Trial(spec, scene), (value,)).problem


def test_a_larger_ball_is_heavier():
    graph, _ = trial(HIT).changed((30.0, 200.0, 24.0))
    assert graph.object("red ball").body.mass == pytest.approx(0.25 * 3.14159265 * 4.0**2, rel=1e-6)


def test_optimise_finds_an_action_in_a_plane(tmp_path, capfd):
    asked = ["optimise", "buckets", "--reward", HIT, "--budget", "40", "--out", str(tmp_path), "--json"]
    assert main([*asked, *(part for one in VARY for part in ("--vary", one))]) == 0
    result = json.loads(capfd.readouterr().out)
    assert (result["held"], result["engine"]) == (True, "Box2D 2.3.10")
    assert (tmp_path / "best" / "report.html").exists()


def test_the_best_run_is_drawn_when_it_is_asked_for_later(tmp_path, capfd):
    asked = [
        "optimise",
        "buckets",
        "--reward",
        HIT,
        "--budget",
        "8",
        "--out",
        str(tmp_path),
        *(p for v in VARY for p in ("--vary", v)),
    ]
    assert main([*asked, "--json"]) == 0
    before = json.loads(capfd.readouterr().out)
    assert not (tmp_path / "best" / "frames").exists()
    assert main([*asked, "--render", "--json"]) == 0
    assert json.loads(capfd.readouterr().out) == before
    assert 6 <= len(list((tmp_path / "best" / "frames").glob("*.png"))) <= 10
    assert f"best of {before['evaluations']} runs by annealing" in (tmp_path / "best" / "report.html").read_text()


def test_what_is_wanted_is_said_once(tmp_path, capfd):
    both = ["--goal", "red hits green", "--reward", HIT, "--vary", VARY[0], "--out", str(tmp_path / "s")]
    assert main(["optimise", "buckets", *both]) == 2
    assert "not both" in capfd.readouterr().err
    assert not (tmp_path / "s").exists()
