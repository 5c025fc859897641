"""Patterns that are taken out of the library and found again."""

import pytest

from headless.discovery.errors import DiscoveryError
from headless.discovery.rediscover import rediscover, without
from headless.discovery.settings import Settings
from headless.discovery.traces import NamedTrace, held_back

from .scripted import NOTHING, TRACES, TURN, TURNS, Scripted, answer, pattern, turning

MARK = pattern("Mark", (8,))
LIBRARY = (MARK, pattern("Reads", (9,), ("Mark",)), pattern("ReadsThat", (9,), ("Reads",)), pattern("Other", (30,)))
HELD = [NamedTrace(f"held {frame}", turning(frame)) for frame in (7, 8, 30)]
SETTINGS = Settings(budget=1)


def test_what_reads_a_pattern_goes_with_it():
    left, removed = without(LIBRARY, ["Mark"])
    assert [p.uid for p in removed] == ["Mark", "Reads", "ReadsThat"]
    assert [p.uid for p in left] == ["Other"]
    assert [p.uid for p in without(LIBRARY, ["Reads"])[1]] == ["Reads", "ReadsThat"]
    with pytest.raises(DiscoveryError, match="no pattern 'Mork'; there are Mark, Other"):
        without(LIBRARY, ["Mork"])


def test_agreement_with_what_was_removed(tmp_path):
    """The pattern is at frame 8 of each run; the detector finds the turns, of which two are near enough."""
    script = Scripted(answer(TURN))
    told, pending = rediscover(["Mark"], LIBRARY, TRACES, HELD, script.model, SETTINGS, 0, tmp_path)
    assert pending == ()
    (one,) = told.agreement
    assert (one.found, one.expected, one.same) == (3, 3, 2)
    assert one.f1 == pytest.approx(2 / 3, abs=1e-4)
    assert told.removed == ("Mark", "Reads", "ReadsThat")
    assert told.held_back == ("held 7", "held 8", "held 30")
    assert told.discovery.library == ("Other",)
    prompt = "".join(str(m.content) for _, r in script.requests for m in r.messages)
    assert "Pattern: mark" in prompt
    assert "- Other (" in prompt
    assert "Reads" not in prompt


def test_nothing_found_agrees_with_nothing(tmp_path):
    told, _ = rediscover(["Mark"], LIBRARY, TRACES, HELD, Scripted(answer(NOTHING)).model, SETTINGS, 0, tmp_path)
    (one,) = told.agreement
    assert (one.f1, one.problem) == (0.0, "no program could be used")


def test_a_detector_that_fails_on_new_traces_is_told(tmp_path):
    source = TURN + "".join(f"# {k}\n" for k in range(3))
    failing = source.replace(
        "    found, before = [], {}\n", "    1 / (len(trace.frames) - 31)\n    found, before = [], {}\n"
    )
    short = turning(7)
    short = NamedTrace("short", _cut(short, 31))
    told, _ = rediscover(["Mark"], LIBRARY, TRACES, [short], Scripted(answer(failing)).model, SETTINGS, 0, tmp_path)
    assert "ZeroDivisionError" in told.agreement[0].problem


def _cut(trace, frames):
    from tests.patterns.builder import ball, build, floor

    return build([ball("Ball", trace.position[:frames, 0]), floor()])


def test_answers_that_wait(tmp_path):
    told, pending = rediscover(["Mark"], LIBRARY, TRACES, HELD, Scripted(None).model, SETTINGS, 0, tmp_path)
    assert told is None
    assert len(pending) == 1


def test_traces_held_back():
    left, held = held_back(TRACES, 1 / 3, 5)
    assert len(held) == 2
    assert sorted([*left, *held], key=TRACES.index) == TRACES
    assert held == held_back(TRACES, 1 / 3, 5)[1]
    assert any(held != held_back(TRACES, 1 / 3, seed)[1] for seed in range(6))
    for share in (0.0, 0.5, 1.0):
        with pytest.raises(DiscoveryError, match="cannot be held back"):
            held_back(TRACES, share, 5)
    assert len(TURNS) == len(TRACES)
