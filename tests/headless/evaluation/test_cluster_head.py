"""What becomes of a run whose cluster's head goes away; something that listens stands in for it, and for Ray a stub."""

import socket
import sys
from contextlib import closing
from types import ModuleType, SimpleNamespace

import pytest

from addon.jobs import JobError
from headless.evaluation import cluster
from headless.evaluation.cluster import Cluster


class Ray:
    """Ends its tasks in turn, one a call; keeps what it was asked for."""

    exceptions = SimpleNamespace(RayTaskError=OSError, NodeDiedError=OSError, ObjectLostError=OSError, RayError=OSError)

    def __init__(self, head):
        self.address = "{}:{}".format(*head.getsockname())
        self.asked = []

    def get_runtime_context(self):
        return SimpleNamespace(gcs_address=self.address)

    def remote(self, **options):
        return lambda called: SimpleNamespace(remote=lambda function, *arguments: (function, arguments))

    def cluster_resources(self):
        self.asked.append("resources")
        return {"CPU": 1}

    def wait(self, refs, timeout):
        return refs[:1], refs[1:]

    def get(self, ref):
        function, arguments = ref
        return function(*arguments)

    def cancel(self, ref, force):
        self.asked.append("cancel")

    def shutdown(self):
        self.asked.append("shutdown")


@pytest.fixture
def head():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture
def ray(head, monkeypatch):
    stub = Ray(head)
    monkeypatch.setattr(cluster, "_connect", lambda address: stub)
    monkeypatch.setattr(cluster, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(cluster, "HEAD_SECONDS", 0.05)
    return stub


def test_what_came_before_the_head_went_away_is_given_and_the_rest_told(ray, head):
    found = []
    with closing(Cluster(str, "any", 60.0)) as nodes:
        results = nodes.run([(1,), (2,), (3,)])
        found += [next(results).value, next(results).value]
        head.close()
        with pytest.raises(JobError, match=rf"{ray.address}, has not answered for 0.05 s. What is done is kept"):
            next(results)
    assert found == ["1", "2"]
    assert ray.asked[-1] == "shutdown"
    assert "cancel" not in ray.asked


def test_a_head_that_comes_back_in_time_is_waited_for(ray, head, monkeypatch):
    answers = iter([True, False, False, True, True])
    monkeypatch.setattr(cluster, "_answers", lambda address: next(answers))
    monkeypatch.setattr(cluster, "HEAD_SECONDS", 60.0)
    with closing(Cluster(str, "any", 60.0)) as nodes:
        assert [done.value for done in nodes.run([(1,), (2,), (3,)])] == ["1", "2", "3"]


def test_ray_prints_nothing_of_other_nodes(monkeypatch, capfd):
    for name in ("RAY_USAGE_STATS_ENABLED", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO"):
        monkeypatch.setenv(name, "0")
    worker = ModuleType("ray._private.worker")
    vars(worker)["print_to_stdstream"] = lambda data, ignore_prefix: print(data)
    monkeypatch.setitem(sys.modules, worker.__name__, worker)
    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace(init=lambda **options: None))
    cluster._connect("any")
    worker.print_to_stdstream({"lines": ["the log of a lost node"]}, ignore_prefix=False)
    assert capfd.readouterr().out == ""
