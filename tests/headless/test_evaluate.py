from headless.physibench import BUNDLED_SEED, evaluate, generate


def test_more_machines_than_a_process_may_do(tmp_path, monkeypatch):
    monkeypatch.setattr(evaluate, "JOBS_A_PROCESS", 1)
    machines = [m.model_copy(update={"steps": 5}) for m in generate(3, BUNDLED_SEED)]
    done = dict(evaluate._run_all(machines, "empty", tmp_path, 1))
    assert done == dict.fromkeys(m.name for m in machines)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(done)
