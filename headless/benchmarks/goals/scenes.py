"""The scenes that goals share: each with a few numbers by which its runs differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from addon.jobs import RolloutOptions, rollout
from addon.scene_graph import SceneGraph
from addon.trace import Trace

from ...engines import engine_for

Numbers = tuple[float, ...]
"""What makes one run of a scene, see `Scene`."""


@dataclass(frozen=True)
class Scene:
    """A scene whose runs are ``steps`` long and differ by some numbers, each within its bounds.

    In a plane these are x, y and radius of the red ball in pixels; ``fits`` tells whether there is room for it. In
    space they are told by ``build``. ``script`` is a transition script that runs along.
    """

    name: str
    build: Callable[[Numbers], SceneGraph]
    bounds: tuple[tuple[float, float], ...]
    steps: int
    script: str | None = None
    fits: Callable[[SceneGraph], bool] = lambda graph: True

    @property
    def middle(self) -> Numbers:
        """The numbers in the middle of their bounds."""
        return tuple((low + high) / 2 for low, high in self.bounds)

    @property
    def planar(self) -> bool:
        """Whether it is a plane."""
        return self.build(self.middle).world.plane is not None

    def run(self, numbers: Numbers) -> Trace:
        """The trace of one run. Raises EngineError where the engine cannot do it."""
        graph = self.build(numbers)
        if graph.world.plane is not None and self.script is None:
            from ...planar import Blueprint, record

            return record(Blueprint.of(graph), self.steps, "all")
        engine = engine_for(graph)
        try:
            return rollout(engine, self.script, RolloutOptions(steps=self.steps, title=self.name)).trace
        finally:
            engine.close()


def scenes() -> dict[str, Scene]:
    """All scenes by name."""
    from .plane_scenes import PLANE_SCENES
    from .space_scenes import SPACE_SCENES

    return {scene.name: scene for scene in (*PLANE_SCENES, *SPACE_SCENES)}
