"""How often a run calls the script's process, the contact detector and Blender: counts, so that no change loses speed
unseen; and that steps that are left out make no difference in a real engine."""

import pytest

from addon.coder import CodingRequest
from addon.coder.rule_coder import RuleCoder
from addon.jobs import RolloutOptions, rollout
from headless.bench.step import SCRIPT, readings, scene
from headless.benchmarks.physibench.generate import SEED, generate

STEPS = 300


@pytest.fixture
def counted(monkeypatch):
    """Counts calls of the detector and of Blender's step; gives what a script's run of the bench's scene comes to."""
    from addon.engine.blender import BlenderEngine
    from addon.geometry.contacts import ContactDetector

    counts = {"detector": 0, "frames": 0, "writes": 0}

    def counting(cls, name, what, number=lambda *args: 1):
        method = getattr(cls, name)

        def wrapped(self, *args):
            counts[what] += number(*args)
            return method(self, *args)

        monkeypatch.setattr(cls, name, wrapped)

    counting(ContactDetector, "update_all", "detector")
    counting(BlenderEngine, "step", "frames")
    counting(BlenderEngine, "apply", "writes", len)

    def run(script, graph, **options):
        counts.update(dict.fromkeys(counts, 0))
        engine = BlenderEngine.from_graph(graph)
        try:
            return rollout(engine, script, RolloutOptions(steps=STEPS, **options)), dict(counts)
        finally:
            engine.close()

    return run


def test_a_run_by_readings_calls_its_script_when_something_happens(counted):
    graph = scene(20)
    done, counts = counted(readings(graph), graph)
    assert done.problem is None
    assert 10 < done.calls <= 80
    assert counts["frames"] == STEPS
    assert counts["detector"] <= 90
    assert counts["writes"] <= 70


def test_a_run_without_a_script_finds_contacts_some_hundred_frames_at_once(counted):
    done, counts = counted(None, scene(20))
    assert (done.calls, counts["writes"]) == (0, 0)
    assert counts["detector"] == -(-(STEPS + 1) // 256)


def test_a_free_script_is_called_once_a_step(counted):
    done, counts = counted(SCRIPT, scene(5))
    assert done.calls == STEPS
    assert counts["detector"] == STEPS + 1


@pytest.mark.parametrize("number", range(4))
def test_leaving_steps_out_makes_no_difference(counted, number):
    machine = generate(number + 1, SEED)[number]
    request = CodingRequest(graph=machine.graph, scene_text="", rules=machine.graph.rules)
    script = RuleCoder("template").write(request).script
    some, _ = counted(script, machine.graph)
    every, _ = counted(script, machine.graph, every_step=True)
    assert every.calls == STEPS
    assert some.calls < STEPS / 2
    assert some.trace.sha256() == every.trace.sha256()
