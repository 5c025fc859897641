"""The closed loop of engine and script worker: S_t → script → writes → engine step → S_{t+1}.

Code as Dynamics, Section III-C (Eq. 3): the script sees the state before step k, its writes are applied
after it returned without error, then the engine steps and the new state becomes frame k of the trace.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ..engine.protocol import ContactsError, Engine, EngineError, WriteRefused
from ..executor import Budgets, ScriptError, ScriptSession, StepResult
from ..fields import PUSHES, look
from ..scene_graph import SceneGraph, Write
from ..trace import Event, Recorder, Trace, TraceMeta, collision_events, without_gaps
from .snapshot import DiscreteState
from .touches import Touches
from .watch import Watch

Recode = Callable[[SceneGraph, ScriptError | None], str]
"""Gives the next script for the scene as it is now; the error is that of the script before, if it failed."""

FAILURES_A_RUN = 3
"""A run that re-codes while it goes on gives up on scripts after this many failures."""


@dataclass(frozen=True)
class Rollout:
    """A recorded run. ``problem`` is the error that ended the last script, if one did, and ``scripts`` all that ran.

    ``layers`` names what confined the last script's process; ``warnings`` tell what of the scripts hardly does what was
    meant; ``driven`` are the frames at the ends of steps in which scripts moved or pushed something, and ``calls`` the
    number of steps in which a script was called; ``refused`` tells that none was let run at all.
    """

    trace: Trace
    printed: str
    scripts: tuple[str, ...]
    problem: ScriptError | None = None
    problem_frame: int | None = None
    layers: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    driven: tuple[int, ...] = ()
    calls: int = 0
    refused: bool = False


@dataclass
class RolloutOptions:
    """How to run: number of steps, seed of the scripts' random numbers and the budgets they must keep.

    ``recode`` with ``recode_every`` asks for a new script from the current S_t every so many steps, and after
    a failure. Without it a failed script is not replaced: the run ends there if ``stop_on_failure``, else
    the engine goes on alone. ``keep_vertices`` records all vertices of what physics deforms.
    """

    steps: int = 1000
    seed: int = 0
    budgets: Budgets = field(default_factory=Budgets)
    title: str = ""
    recode: Recode | None = None
    recode_every: int | None = None
    stop_on_failure: bool = False
    keep_vertices: bool = False
    every_step: bool = False
    progress: Callable[[int, int], None] | None = None


def is_driving(write: Write) -> bool:
    """Whether a write moves or pushes something, or changes what moves it: work that no law keeps account of."""
    if write.target != "object":
        return True
    return look(write.field) is None and not write.field.startswith(("property.", "delete.", "hide_"))


def rollout(engine: Engine, script: str | None, options: RolloutOptions) -> Rollout:
    """Run a scene for ``options.steps`` steps under a transition script (None: the engine alone) and record it.

    A script that is refused, fails or exceeds its budget leaves its step unapplied and is reported in the result.
    Where the engine cannot go on after a script has written, the run ends there with that as the script's problem.
    Raises EngineError if the engine itself cannot go on.
    """
    run = _Run(engine, options)
    try:
        run.begin(script)
        for frame in range(1, options.steps + 1):
            if not run.step(frame):
                break
        return run.finish()
    finally:
        run.close()


class _Run:
    def __init__(self, engine: Engine, options: RolloutOptions) -> None:
        self.engine = engine
        self.options = options
        self.recorder = Recorder(engine.graph, options.steps, engine.deforming(), options.keep_vertices)
        self.touches = Touches(engine, self.recorder)
        self.watch = Watch(engine.graph)
        self.index = {name: i for i, name in enumerate(engine.graph.names)}
        self.driven: list[int] = []
        self.discrete = DiscreteState(engine.graph)
        self.session: ScriptSession | None = None
        self.scripts: list[str] = []
        self.printed: list[tuple[int, str]] = []
        self.events: list[Event] = []
        self.layers: tuple[str, ...] = ()
        self.warnings: dict[str, None] = {}
        self.failures = 0
        self.calls = 0
        self.refused = False
        self.first_write: int | None = None
        self.problem: ScriptError | None = None
        self.problem_frame: int | None = None
        self.frames = 0

    def begin(self, script: str | None) -> None:
        self._observe(0)
        if script is not None:
            self._start(script, 1)

    def step(self, frame: int) -> bool:
        """Do one step; False ends the run early."""
        due = self.options.recode_every and frame > 1 and (frame - 1) % self.options.recode_every == 0
        if due and self.options.recode is not None and self.failures < FAILURES_A_RUN:
            self._start(self.options.recode(self._graph_now(), None), frame)
        try:
            result = self._applied(frame)
            if self.problem is not None and self.options.stop_on_failure:
                return False
            if result.writes and self.first_write is None:
                self.first_write = frame
            self.engine.step()
            self._observe(frame)
        except EngineError as error:
            return self._end(error, frame)
        self._record(result, frame)
        if self.options.progress is not None:
            self.options.progress(frame, self.options.steps)
        return True

    def _end(self, error: EngineError, frame: int) -> bool:
        """End the run early where the engine cannot go on with what a script wrote; raise the error if none did."""
        if isinstance(error, ContactsError):
            frame = error.frame
            self._cut(frame)
        if self.first_write is None or self.first_write > frame:
            raise error
        reason = f"the engine cannot go on with what the script wrote: {error}"
        self.problem, self.problem_frame = ScriptError("failed", reason), frame
        return False

    def _cut(self, frame: int) -> None:
        """Forget a frame whose contacts cannot be found, and what was done since."""
        self.recorder.cut(frame)
        self.events = [event for event in self.events if event.frame < frame]
        self.driven = [driven for driven in self.driven if driven < frame]
        self.printed = [(at, text) for at, text in self.printed if at <= frame]
        self.frames = min(self.frames, frame - 1)

    def _observe(self, frame: int) -> None:
        """Read the state after step ``frame`` and record it. Raises EngineError."""
        state, present = self.engine.state(), self.engine.present()
        self.recorder.record(frame, state, self.engine.mesh_volumes(), present, self.engine.points())
        self.touches.add(frame, state, present)
        self.state = state
        self.frames = frame

    def _start(self, script: str, frame: int) -> None:
        """Replace the running script; a refused one is a failure at this frame."""
        self.close()
        self.refused = self.refused or not self.scripts
        self.scripts.append(script)
        try:
            seed = self.options.seed + frame - 1
            options = self.options
            graph, budgets = self._graph_now(), options.budgets
            self.session = ScriptSession(script, graph, budgets=budgets, seed=seed, steps=options.steps)
            self.layers, self.refused = self.session.layers, False
            self.warnings.update(dict.fromkeys(self.session.warnings))
        except ScriptError as error:
            self._fail(error, frame)

    def _applied(self, frame: int) -> StepResult:
        """What the script did in this step, applied; writes that the engine refuses are a failure of the script."""
        while (result := self._script_step(frame)).writes:
            try:
                self.engine.apply(result.writes)
                return result
            except EngineError as error:
                assert self.session is not None
                write = error.write if isinstance(error, WriteRefused) else None
                self._fail(self.session.refusal(str(error), write), frame)
        return result

    def _script_step(self, frame: int) -> StepResult:
        if self.session is None or self.watch.is_idle(frame, self.touches):
            return StepResult([])
        if self.session.reads_contacts:
            self.state.contacts = self.touches.now()
        self.calls += 1
        try:
            result = self.session.step(self.state)
        except ScriptError as error:
            self._fail(error, frame)
            return self._script_step(frame)
        if result.waits is not None and not self.options.every_step:
            self.watch.wait(result.waits, self.touches)
        if result.printed:
            self.printed.append((frame, result.printed))
        return result

    def _record(self, result: StepResult, frame: int) -> None:
        """Keep what the script did in a step: the rules that acted, then what changed."""
        dt = self.engine.graph.world.dt
        self.events += [
            Event(uid="RuleFired", frame=frame, time=frame * dt, parameters={"rule": rule}) for rule in result.fired
        ]
        self.events += self.discrete.apply(result.writes, frame, dt)
        for write in result.writes:
            if write.target == "object" and write.field in PUSHES:
                seconds = 1.0 if write.field == "force" else dt * self.engine.graph.world.time_scale
                self.recorder.push(frame, self.index[write.name], np.array(write.value) / seconds)
        if any(is_driving(write) for write in result.writes):
            self.driven.append(frame)

    def _fail(self, error: ScriptError, frame: int) -> None:
        """Keep the error; ask for another script where that is wanted and failures are few."""
        self.close()
        self.failures += 1
        if self.options.recode is None or self.failures >= FAILURES_A_RUN:
            self.problem, self.problem_frame = error, frame
            return
        self._start(self.options.recode(self._graph_now(), error), frame)

    def _graph_now(self) -> SceneGraph:
        return self.discrete.graph(self.state)

    def finish(self) -> Rollout:
        try:
            self.touches.find()
        except ContactsError as error:
            self._end(error, error.frame)
        graph = self.engine.graph
        meta = TraceMeta(
            title=self.options.title or graph.name,
            velocities=self.engine.velocity_scheme,
            contacts=self.engine.contact_scheme,
            fps=graph.world.fps,
            substeps=graph.world.substeps,
            seed=self.options.seed,
            steps=self.frames,
            engine=self.engine.build,
            script_sha256=tuple(hashlib.sha256(s.encode()).hexdigest() for s in self.scripts),
            scene=graph,
        )
        done_at, ran_through = self.engine.done_at, self.problem is None and self.frames == self.options.steps
        end = self.frames if done_at is None else done_at
        complete = Event(
            uid="TaskComplete",
            frame=end,
            time=end * graph.world.dt,
            parameters={"success": done_at is not None if self.engine.has_task else ran_through},
        )
        trace = self.recorder.finish(meta, self.events)
        trace.contacts = without_gaps(trace.contacts, trace.present, meta)
        events = sorted(
            [*trace.events, *collision_events(trace), complete], key=lambda e: (e.frame, e.uid != "TaskComplete")
        )
        trace.events = events
        printed, limit = "".join(text for _, text in self.printed), self.options.budgets.printed_chars_run
        if len(printed) >= limit:
            printed += f"\n… cut: a script prints at most {limit} characters in a run (printed_chars_run)\n"
        return Rollout(
            trace,
            printed,
            tuple(self.scripts),
            self.problem,
            self.problem_frame,
            self.layers,
            tuple(self.warnings),
            tuple(self.driven),
            self.calls,
            self.refused,
        )

    def close(self) -> None:
        if self.session is not None:
            self.session.close()
            self.session = None
            self.watch.end()
