from addon.jobs.search import SearchSpec
from headless.optimise import in_processes


def test_a_candidate_that_is_lost_tells_why_and_costs_no_other():
    spec = SearchSpec(title="t", source="nowhere.json", vary=("a=0..1",), rewards=("r",), budget=4)
    with in_processes(spec, 2) as evaluate:
        found = dict(evaluate([(0.0,), (1.0,)]))
        again = dict(evaluate([(0.5,)]))
    assert sorted(found) == [0, 1]
    assert all("nowhere.json" in one.problem and one.value is None for one in (*found.values(), *again.values()))
