from contextlib import closing

from addon.jobs.search import SearchSpec
from addon.scene_graph.files import write_model
from headless.benchmarks.physibench import example
from headless.evaluation.pool import Pool
from headless.optimise import in_processes
from headless.optimise.processes import try_sent


def test_a_candidate_that_is_lost_tells_why_and_costs_no_other():
    spec = SearchSpec(title="t", source="nowhere.json", vary=("a=0..1",), rewards=("r",), budget=4)
    with in_processes(spec, 2) as evaluate:
        found = dict(evaluate([(0.0,), (1.0,)]))
        again = dict(evaluate([(0.5,)]))
    assert sorted(found) == [0, 1]
    assert all("nowhere.json" in one.problem and one.value is None for one in (*found.values(), *again.values()))


def test_a_scene_that_was_sent_is_tried_as_its_file_is(tmp_path):
    path = tmp_path / "own.json"
    graph = example("projectile").graph
    write_model(path, graph, graph)
    spec = SearchSpec(
        title="t", source=str(path), vary=("Ball.velocity.x=1..4",), rewards=('NEARBY_AT("Ball", 3, 0, 1, 1.0)',),
        budget=4, steps=10,
    )  # fmt: skip
    with in_processes(spec, 1) as evaluate:
        known = dict(evaluate([(2.0,)]))
    content = path.read_bytes()
    path.unlink()
    with closing(Pool(try_sent, 1, 60.0)) as pool:
        (found,) = pool.run([(spec, ("own.json", content), (2.0,))])
    assert found.value == known[0]
    assert found.value.trace_sha256
