"""Runs of one scene with one set of numbers after the other, without making the scene anew for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..engine.protocol import Engine
from ..scene_graph import SceneGraph


class Restart:
    """Gives engines one after the other, and keeps the last one, to be started again for the next."""

    def __init__(self) -> None:
        self._last: Engine | None = None

    @contextmanager
    def engine(self, graph: SceneGraph, make: Callable[[], Engine]) -> Iterator[Engine]:
        """An engine for a graph in its initial state, which stays open unless the context fails.

        It is the last one started again with the graph's numbers, or what ``make`` gives. Raises as that.
        """
        last, self._last = self._last, None
        engine = None if last is None else last.again(graph)
        if engine is None:
            if last is not None:
                last.close()
            engine = make()
        try:
            yield engine
        except BaseException:
            engine.close()
            raise
        self._last = engine

    def close(self) -> None:
        """Give up the scene that is kept."""
        if self._last is not None:
            self._last.close()
            self._last = None
