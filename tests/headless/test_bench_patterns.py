import json

import numpy as np
import pytest

from addon.trace import Event, collision_events, contact_intervals
from headless.bench import patterns
from headless.bench.patterns import exponent, peak_bytes, piles, repeated, trace_bytes
from headless.cli import main
from tests.patterns.examples import trace


def touching(frames):
    """Two bodies that touch at some of ten frames."""
    found = trace(np.arange(60.0).reshape(10, 2, 3), "AB")
    n = len(frames)
    columns = found.contacts
    columns.frame = np.array(frames, dtype=np.int32)
    columns.a, columns.b = np.zeros(n, dtype=np.int32), np.ones(n, dtype=np.int32)
    columns.point, columns.normal, columns.distance = np.zeros((n, 3)), np.tile([0.0, 0, 1], (n, 1)), np.zeros(n)
    done = Event(uid="TaskComplete", frame=9, time=9 / 60, parameters={"success": True})
    found.events = [*collision_events(found), done]
    return found


def test_a_repeated_trace_repeats_poses_contacts_and_events():
    once = touching([2, 3, 6])
    thrice = repeated(once, 3)
    assert len(thrice.position) == len(thrice.frames) == thrice.meta.steps + 1 == 30
    assert (thrice.position[10:20] == once.position).all()
    assert contact_intervals(thrice.contacts) == {(0, 1): [(2, 3), (6, 6), (12, 13), (16, 16), (22, 23), (26, 26)]}
    ours = [(e.uid, e.frame) for e in thrice.events]
    assert ours == [(e.uid, e.frame) for e in collision_events(thrice)] + [("TaskComplete", 29)]
    assert [e.time for e in thrice.events] == pytest.approx([e.frame / 60 for e in thrice.events])
    assert trace_bytes(thrice) == 3 * trace_bytes(once)
    assert once.contacts.frame.tolist() == [2, 3, 6]


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_the_exponent_of_a_power_law(power):
    assert exponent([(n, 3 * n**power) for n in (8, 16, 64)]) == pytest.approx(power)


def test_the_peak_counts_what_is_held_at_a_time():
    def work():
        for _ in range(5):
            np.zeros(1_000_000, dtype=np.uint8)

    assert 1_000_000 <= peak_bytes(work) < 1_500_000


def test_contacts_of_the_piles_grow_with_the_bodies():
    assert [len(piles(count).objects) for count in (8, 128)] == [8, 128]
    few, many = (patterns._cost(patterns._simulated(piles(count)), 1) for count in (9, 33))
    assert (few.bodies, many.bodies, few.frames) == (9, 33, 250)
    assert 0.8 < (many.contacts / 32) / (few.contacts / 8) < 1.25


def test_the_command_tells_all_figures(monkeypatch, capfd):
    monkeypatch.setattr(patterns, "FRAMES", (250, 500))
    monkeypatch.setattr(patterns, "BODIES", (4, 8))
    monkeypatch.setattr(patterns, "RUNS", 3)
    assert main(["bench", "patterns", "--bodies", "5", "--steps", "20", "--rounds", "1", "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert [cost["frames"] for cost in told["frames"]] == [250, 500]
    assert [cost["bodies"] for cost in told["over_bodies"]] == [4, 8]
    assert told["activations"] > 0
    assert told["whole_of_bare_loop"] > told["whole_of_rollout"] > 0
    assert told["peak_of_trace"] > 0
