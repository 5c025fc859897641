from headless.physibench import BUNDLED_SEED, evaluate, generate


def test_more_machines_than_a_process_may_do(tmp_path, monkeypatch):
    monkeypatch.setattr(evaluate, "JOBS_A_PROCESS", 1)
    machines = [m.model_copy(update={"steps": 5}) for m in generate(3, BUNDLED_SEED)]
    done = dict(evaluate._run_all(machines, "empty", tmp_path, 1))
    assert done == dict.fromkeys(m.name for m in machines)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(done)


def test_a_machine_that_cannot_be_run_does_not_end_the_evaluation(tmp_path):
    good, bad = (m.model_copy(update={"steps": 5}) for m in generate(2, BUNDLED_SEED))
    rules = ("When Elephant hits Door, open Door.",)
    bad = bad.model_copy(update={"graph": bad.graph.model_copy(update={"rules": rules})})
    done = dict(evaluate._run_all([bad, good], "empty", tmp_path, 1))
    assert "Elephant" in done[bad.name]
    assert done[good.name] is None
