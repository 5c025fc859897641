import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from addon.jobs.search import SearchSpec
from addon.scene_graph.files import write_model
from headless.benchmarks.physibench import example, examples
from headless.benchmarks.physibench.evaluate import evaluate
from headless.benchmarks.physibench.results import Row
from headless.evaluation.cluster import run_on_cluster
from headless.evaluation.pool import Lost
from headless.evaluation.results import read_rows
from headless.optimise import in_processes, on_cluster

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
        case "wait":
            Path(coder).write_text(f"{ray.get_runtime_context().get_node_id()} {os.getpid()}")
            end = time.monotonic() + 240.0
            while not (Path(coder).parent / "go").exists() and time.monotonic() < end:
                time.sleep(0.1)
        case "raise":
            raise ValueError("no such machine")
        case "crash":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang":
            time.sleep(600)
    return task


def on_nodes(cluster, tasks, timeout):
    """What each task gave, by its number."""
    with run_on_cluster(work, tasks, cluster.address, timeout) as results:
        return {done.index: done.value for done in results}


def test_tasks_run_on_both_nodes(cluster, tmp_path):
    seen = tmp_path / "seen"
    seen.mkdir()
    tasks = [("node", str(seen / f"n{k}"), tmp_path) for k in range(4)]
    found = on_nodes(cluster, tasks, 120.0)
    assert [found[k] for k in range(4)] == ["node"] * 4
    assert len({(tmp_path / f"n{k}").read_text() for k in range(4)}) == 2


def test_a_task_that_fails_costs_no_other(cluster, tmp_path):
    tasks = [(name, "", tmp_path) for name in ("raise", "crash", "hang", "well")]
    found = on_nodes(cluster, tasks, 15.0)
    assert found[0] == Lost("ValueError: no such machine")
    assert found[1] == Lost("the process of this task crashed")
    assert found[2] == Lost("stopped after 15 s without an end (timeout)")
    assert found[3] == "well"


@pytest.mark.slow
def test_what_a_lost_node_took_down_is_tried_again(cluster, tmp_path, capfd):
    second = cluster.add_node(num_cpus=1, node_ip_address="127.0.0.1")
    cluster.wait_for_nodes()
    places = [tmp_path / f"n{k}" for k in range(4)]
    tasks = [("wait", str(place), tmp_path) for place in places]
    done = {}
    driver = threading.Thread(target=lambda: done.update(on_nodes(cluster, tasks, 300.0)))
    driver.start()
    end = time.monotonic() + 240.0  # the first process of a node takes a minute on loopback
    # Nodes of one machine share what is unpacked of the program, and one that goes down takes it away.
    while sum(place.exists() for place in places) < 3:
        assert time.monotonic() < end, "not all nodes have a task"
        time.sleep(0.1)
    under_way = [place for place in places if place.exists() and second.node_id in place.read_text()]
    assert under_way
    processes = [int(place.read_text().split()[1]) for place in under_way]
    cluster.remove_node(second, allow_graceful=False)
    for process in processes:
        os.kill(process, signal.SIGKILL)
    (tmp_path / "go").touch()
    driver.join(120.0)
    assert done == dict.fromkeys(range(4), "wait")
    assert "raylet" not in "".join(capfd.readouterr())
    assert all(second.node_id not in place.read_text() for place in under_way)


@pytest.mark.slow
def test_a_search_comes_to_the_same_end_on_a_cluster(cluster, tmp_path):
    scene = tmp_path / "own.json"
    graph = example("projectile").graph
    write_model(scene, graph, graph)
    spec = SearchSpec(
        title="t", source=str(scene), vary=("Ball.velocity.x=1..4",), rewards=('NEARBY_AT("Ball", 3, 0, 1, 1.0)',),
        budget=4, steps=30,
    )  # fmt: skip
    tried = [(1.0,), (2.5,), (4.0,)]
    with on_cluster(spec, cluster.address) as evaluate_there, in_processes(spec, 1) as evaluate_here:
        there, here = dict(evaluate_there(tried)), dict(evaluate_here(tried))
    assert there == here
    assert all(outcome.trace_sha256 for outcome in here.values())


def test_an_evaluation_gives_the_same_files_on_a_cluster(cluster, tmp_path):
    machines = [m.model_copy(update={"steps": 60}) for m in examples()[:3]]
    evaluate(machines, "template", tmp_path / "ray", seed=1, cluster=True, address=cluster.address)
    evaluate(machines, "template", tmp_path / "here", seed=1)
    assert not any(row.problem for row in read_rows(tmp_path / "ray", Row))
    for file in ("results.json", "rows.csv", "rows.parquet"):
        assert (tmp_path / "ray" / file).read_bytes() == (tmp_path / "here" / file).read_bytes(), file
