import os
import signal
import sys
import time
from pathlib import Path

import pytest

from headless.benchmarks.physibench import examples
from headless.benchmarks.physibench.evaluate import evaluate
from headless.benchmarks.physibench.results import Row
from headless.evaluation.cluster import run_on_cluster
from headless.evaluation.pool import Lost
from headless.evaluation.results import read_rows

# Ray takes the machine's outer address for loopback unless told that it has none.
os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
ray = pytest.importorskip("ray")
ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])  # The nodes do not have the tests.


@pytest.fixture(scope="module")
def cluster():
    """Two nodes on loopback, each with one processor."""
    from ray.cluster_utils import Cluster

    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    own = {"num_cpus": 1, "node_ip_address": "127.0.0.1", "include_dashboard": False}
    nodes = Cluster(initialize_head=True, head_node_args=own)
    nodes.add_node(num_cpus=1, node_ip_address="127.0.0.1")
    nodes.wait_for_nodes()
    yield nodes
    nodes.shutdown()


def work(task, coder, folder):
    """What a task of these tests does on a node."""
    match task:
        case "node":
            mine, seen = ray.get_runtime_context().get_node_id(), Path(coder)
            (folder / seen.name).write_text(mine)
            seen.write_text(mine)
            end = time.monotonic() + 60.0
            while len({file.read_text() for file in seen.parent.iterdir()} - {""}) < 2 and time.monotonic() < end:
                time.sleep(0.1)  # until the other node, which may start late, has its task
        case "raise":
            raise ValueError("no such machine")
        case "crash":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang":
            time.sleep(600)
    return task


def test_tasks_run_on_both_nodes(cluster, tmp_path):
    seen = tmp_path / "seen"
    seen.mkdir()
    tasks = [("node", str(seen / f"n{k}"), tmp_path) for k in range(4)]
    found = {done.index: done.value for done in run_on_cluster(work, tasks, cluster.address, 120.0)}
    assert [found[k] for k in range(4)] == ["node"] * 4
    assert len({(tmp_path / f"n{k}").read_text() for k in range(4)}) == 2


def test_a_task_that_fails_costs_no_other(cluster, tmp_path):
    tasks = [(name, "", tmp_path) for name in ("raise", "crash", "hang", "well")]
    found = {done.index: done.value for done in run_on_cluster(work, tasks, cluster.address, 15.0)}
    assert found[0] == Lost("ValueError: no such machine")
    assert found[1] == Lost("the process of this task crashed")
    assert found[2] == Lost("stopped after 15 s without an end (timeout)")
    assert found[3] == "well"


def test_an_evaluation_gives_the_same_files_on_a_cluster(cluster, tmp_path):
    machines = [m.model_copy(update={"steps": 60}) for m in examples()[:3]]
    evaluate(machines, "template", tmp_path / "ray", seed=1, cluster=True, address=cluster.address)
    evaluate(machines, "template", tmp_path / "here", seed=1)
    assert not any(row.problem for row in read_rows(tmp_path / "ray", Row))
    for file in ("results.json", "rows.csv", "rows.parquet"):
        assert (tmp_path / "ray" / file).read_bytes() == (tmp_path / "here" / file).read_bytes(), file
