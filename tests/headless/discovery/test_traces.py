"""Sets of traces: from folders, from puzzles, from machines."""

import pytest

from addon.executor import call_message
from addon.patterns.library import library
from addon.patterns.source import FUNCTION
from addon.patterns.view import trace_view
from addon.trace import save_trace
from headless.discovery.errors import DiscoveryError
from headless.discovery.trace_set import TraceSet
from headless.discovery.traces import NamedTrace, read_traces

from .scripted import TRACES, turning

pytest.importorskip("Box2D")


def test_runs_of_puzzles():
    found = read_traces("puzzles:7", 3)
    words = ["solution", "near_miss", "random_3", "random_4", "random_5"]
    assert [named.name.split("_", 3)[3] for named in found] == [*words, *words[:2]]
    assert len({named.name[:9] for named in found}) == 2, "each puzzle is of another template"
    done = [e.parameters["success"] for named in found for e in named.trace.events if e.uid == "TaskComplete"]
    assert done[:2] == done[5:] == [True, False]
    again, other = read_traces("puzzles:7", 3), read_traces("puzzles:7", 4)
    assert [named.trace.sha256() for named in found] == [named.trace.sha256() for named in again]
    assert [named.name for named in found] != [named.name for named in other]


def test_folders_of_traces(tmp_path):
    for k, named in enumerate(TRACES[:4]):
        save_trace(named.trace, tmp_path / "runs" / ("deep" if k else ".") / str(k))
    found = read_traces(str(tmp_path / "runs"), 0)
    assert [named.name for named in found] == ["runs/0", "runs/deep/1", "runs/deep/2", "runs/deep/3"]
    assert found[1].trace.sha256() == TRACES[1].trace.sha256()
    assert len(read_traces(f"{tmp_path / 'runs'}, puzzles:1", 0)) == 5


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nowhere", "'nowhere' holds no traces; give a folder"),
        ("", "holds no traces"),
        ("puzzles:", "holds no traces"),
        ("puzzles:0", "between 1 and 1000"),
        ("puzzles:2", "there are 2 traces in puzzles:2; give 4 to"),
        ("puzzles:2,puzzles:2", "two traces of puzzles:2,puzzles:2 are called 'puzzle_"),
    ],
)
def test_what_is_no_set_of_traces(text, told):
    with pytest.raises(DiscoveryError, match=told):
        read_traces(text, 0)


def test_an_empty_folder(tmp_path):
    with pytest.raises(DiscoveryError, match="there are 0 traces"):
        read_traces(str(tmp_path), 0)


def test_runs_of_machines():
    pytest.importorskip("bpy")
    (first, *_) = found = read_traces("machines:1,puzzles:3", 0)
    assert first.name.startswith("physibench_")
    assert first.trace.scene.world.plane is None
    assert len(found) == 4


def test_a_sample_of_a_trace_is_short_and_has_what_moves_first():
    sample = TraceSet([NamedTrace("a", turning(7))], (), 10).sample
    ball, floor = sample.splitlines()
    assert ball.startswith('object {"id": "Ball"')
    assert floor.startswith('object {"id": "Floor"')
    long = TraceSet(read_traces("puzzles:4", 0), (), 10).sample.splitlines()
    assert 4 < len(long) <= 8
    assert max(map(len, long)) <= 607
    assert any(line.startswith("event {") for line in long)


def test_a_message_to_the_sandbox_is_that_of_the_whole_view():
    traces = TraceSet(read_traces("puzzles:4", 0), library(), 10)
    for requires in ((), ("Bounce", "Support")):
        expected = [call_message(FUNCTION, {"trace": trace_view(o, requires)}) for o in traces.observations]
        assert traces.messages(requires) == expected
