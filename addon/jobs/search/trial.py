"""One candidate: the scene with other numbers, run and judged."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean

from ...engine.protocol import Engine, EngineError
from ...rewards import DslError, Node, judge, read
from ...scene_graph import SceneGraph
from ...trace import Trace
from ..restart import Restart
from ..rollout import RolloutOptions, rollout
from ..scenes import Scene
from .errors import SearchError
from .open_numbers import Space, Values, applied, changes, open_space
from .spec import Outcome, SearchSpec

SHOWN = 200
"""Characters of a reward that an error shows, at most."""


def read_rewards(texts: Sequence[str], graph: SceneGraph) -> tuple[Node, ...]:
    """Rewards as they are written. Raises SearchError without any, DslError for one that cannot be used, and says how
    rewards look."""
    if not texts:
        raise SearchError("nothing is wanted: say what is with --reward EXPRESSION; see docs/rewards.md")
    return tuple(_reward(text, graph) for text in texts)


def _reward(text: str, graph: SceneGraph) -> Node:
    try:
        return read(text, graph)
    except DslError as error:
        reason = str(error).splitlines()[0]
        shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        raise DslError(f"the reward '{shown}' cannot be used: {reason}. How they look: docs/rewards.md") from None


class Trial:
    """What a search tries candidates with. Raises as `open_space` and `read_rewards` do."""

    def __init__(self, spec: SearchSpec, scene: Scene) -> None:
        self.spec, self.scene = spec, scene
        self.space: Space = open_space(spec.vary, scene.graph, spec.script)
        self.rewards = read_rewards(spec.rewards, scene.graph)
        self._restart = Restart()

    def changed(self, values: Values) -> tuple[SceneGraph, str | None]:
        """The scene and the script with these values."""
        return applied(self.space.named(values), self.scene.graph, self.spec.script)

    def engine(self, values: Values) -> Engine:
        """An engine with these values in the scene. Raises EngineError or SceneFileError."""
        graph, _ = self.changed(values)
        return self.scene.make_changed(graph, changes([number.name for number in self.space.numbers], graph))

    def run(self, values: Values) -> Outcome:
        """Run with these values and judge the run; what cannot be run is a problem of this candidate alone."""
        graph, script = self.changed(values)
        options = RolloutOptions(self.spec.steps, self.spec.seed, title=self.spec.title, stop_on_failure=True)
        try:
            with self._restart.engine(graph, lambda: self.engine(values)) as engine:
                run = rollout(engine, script, options)
        except EngineError as error:
            return Outcome(problem=str(error))
        if run.problem is not None:
            return Outcome(problem=run.problem.text())
        return self.judged(run.trace)

    def judged(self, trace: Trace) -> Outcome:
        """What a run is worth."""
        verdicts = [judge(reward, trace) for reward in self.rewards]
        value = fmean(float(one.held) if self.spec.binary else one.value for one in verdicts)
        if not math.isfinite(value):
            return Outcome(problem="the reward is worth no number")
        return Outcome(value=value, held=all(one.held for one in verdicts), trace_sha256=trace.sha256())
