"""Engines one after the other, on a stand-in for Blender."""

import pytest

from addon.jobs.restart import Restart
from addon.scene_graph import SceneGraph


class Scene:
    """An engine that starts again with a graph of the same name; ``log`` tells what was made, started and closed."""

    def __init__(self, graph, log, how="made"):
        self.graph, self.log = graph, log
        log.append(f"{how} {graph.name}")

    def again(self, graph):
        return Scene(graph, self.log, "again") if graph.name == self.graph.name else None

    def close(self):
        self.log.append(f"closed {self.graph.name}")


@pytest.fixture
def log():
    return []


@pytest.fixture
def use(log):
    restart = Restart()

    def run(name):
        graph = SceneGraph(name=name)
        with restart.engine(graph, lambda: Scene(graph, log)) as engine:
            assert engine.graph is graph
            if name == "bad":
                raise RuntimeError("it broke")

    return run


def test_the_last_scene_starts_again_where_it_can(use, log):
    for name in ("a", "a", "b", "b", "a"):
        use(name)
    assert log == ["made a", "again a", "closed a", "made b", "again b", "closed b", "made a"]


def test_a_scene_that_failed_is_closed_and_not_used_again(use, log):
    for _ in range(2):
        with pytest.raises(RuntimeError, match="it broke"):
            use("bad")
    assert log == ["made bad", "closed bad"] * 2


def test_the_scene_that_is_kept_is_given_up_once(log):
    restart, graph = Restart(), SceneGraph()
    with restart.engine(graph, lambda: Scene(graph, log)):
        pass
    restart.close()
    restart.close()
    with restart.engine(graph, lambda: Scene(graph, log)):
        pass
    assert log == ["made scene", "closed scene", "made scene"]


def test_what_cannot_be_made_leaves_nothing(log):
    restart = Restart()

    def refuse():
        raise RuntimeError("no scene")

    with pytest.raises(RuntimeError, match="no scene"), restart.engine(SceneGraph(), refuse):
        pass
    graph = SceneGraph()
    with restart.engine(graph, lambda: Scene(graph, log)):
        pass
    assert log == ["made scene"]
