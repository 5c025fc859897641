"""What is poured or smokes, made ready to be solved; and the critic's look at volumes, with fluids that were not."""

from dataclasses import replace

import numpy as np
import pytest

from addon.engine.blender import BlenderEngine
from addon.engine.fluid_bakes import Bake, FluidError, save_bake
from addon.jobs.rollout import RolloutOptions, rollout
from addon.jobs.world import WorldJob, WorldSpec, run_world
from addon.metrics import measure
from addon.scene_graph import FluidDomain, FluidEffector, FluidFlow, Particles, world_bounds
from addon.worlds.critic import criticise
from addon.worlds.fluids import domain_of, with_fluids
from addon.worlds.library import entries
from addon.worlds.reader import read
from addon.worlds.staging import stage

SPILL = "A cup of coffee spills onto a table"
TANK = domain_of("Drops of Cup")
STEPS = 60


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CDYN_FLUID_DIR", str(tmp_path / "fluids"))


def staged(sentence):
    return stage(read(sentence, entries()), 0)


def test_what_spills_is_a_liquid_in_a_box_on_the_table():
    graph = with_fluids(staged(SPILL)).graph
    domain, source = graph.object(TANK), graph.object("Source of Drops of Cup")
    assert domain.element(FluidDomain).domain_type == "LIQUID"
    assert not any(o.element(Particles) for o in graph.objects)
    assert world_bounds(domain)[0][2] == pytest.approx(world_bounds(graph.object("Table"))[1][2], abs=1e-3)
    flow = source.element(FluidFlow)
    first, last = flow.switches[1][0], flow.switches[2][0]
    assert (flow.flow_type, flow.flow_behavior) == ("LIQUID", "INFLOW")
    assert 3 <= last - first <= 90
    low, high = world_bounds(domain)
    assert (low < world_bounds(source)[0]).all()
    assert (high > world_bounds(source)[1]).all()


def test_what_a_liquid_is_poured_into_stops_it():
    graph = with_fluids(staged("A pitcher pours water into a bowl")).graph
    stops = [o.name for o in graph.objects if o.element(FluidEffector) is not None]
    assert "Bowl" in stops
    assert "Pitcher" not in stops


def test_smoke_is_a_gas_and_flames_stay_particles():
    graph = with_fluids(staged("A campfire burns")).graph
    domain = next(o.element(FluidDomain) for o in graph.objects if o.element(FluidDomain) is not None)
    assert domain.domain_type == "GAS"
    assert any(o.name.startswith("Flames") and o.element(Particles) for o in graph.objects)
    assert not any(o.name.startswith("Smoke") and o.element(Particles) for o in graph.objects)


def test_a_world_without_fluids_is_given_back():
    world = staged("A ball falls onto a table")
    assert with_fluids(world) is world


def poured(volume):
    """A spill of which a cube of so many m³ was solved at each step, by a function of the step."""
    world = with_fluids(staged(SPILL))
    corners = np.array([(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)], dtype=np.float32)
    quads = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))
    faces = np.array([t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))], dtype=np.int32)
    sizes = [volume(step) ** (1 / 3) for step in range(STEPS * 4 + 1)]
    counts = np.array([[8, 12]] * len(sizes))
    save_bake(
        "ab", Bake(np.concatenate([corners * size for size in sizes]), np.concatenate([faces] * len(sizes)), counts)
    )
    objects = [
        o.model_copy(update={"elements": (o.element(FluidDomain).model_copy(update={"bake": "ab"}),)})
        if o.name == TANK
        else o
        for o in world.graph.objects
    ]
    return replace(world, graph=world.graph.model_copy(update={"objects": tuple(objects)}))


@pytest.mark.parametrize(("volume", "met"), [(lambda k: 4e-4, True), (lambda k: 4e-4 * (1 + k / 60), False)])
def test_the_critic_holds_the_volume_of_a_liquid_against_its_tolerance(volume, met):
    world = poured(volume)
    trace = rollout(BlenderEngine.from_graph(world.graph), None, RolloutOptions(steps=STEPS * 4)).trace
    found = {c.kind: c for c in criticise(world, trace, measure(trace, ()))}
    assert found["volume"].met is met
    assert "50% are allowed" in found["volume"].text
    assert found["fluid"].met
    assert measure(trace, ()).volume_drift_by_body[TANK] == 0.0


def test_a_bake_that_fails_leaves_the_earlier_stages(tmp_path):
    def solve(world, steps):
        raise FluidError("the disk is full")

    folder = tmp_path / "w"
    spec = WorldSpec(sentence=SPILL, solve=True)
    with pytest.raises(FluidError, match="the disk is full"):
        run_world(WorldJob(spec, lambda text: read(text, entries()), None, folder, solve=solve))
    assert (folder / "manifest.json").exists()
    assert (folder / "rounds" / "1" / "scene.json").exists()
    assert not (folder / "result.json").exists()
    result = run_world(WorldJob(spec, lambda text: read(text, entries()), None, folder))
    assert any(check["kind"] == "particles" for check in result.checks)
