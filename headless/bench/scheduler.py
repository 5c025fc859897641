"""Many runs on many machines, simulated: how busy the cores are, how long it takes and what is done twice.

A head gives batches of runs to cores, one after the other. A core starts a process for each batch and does its runs in
turn; a run that crashes is given up. When a node goes down, the batches that its cores were at begin anew elsewhere,
and it comes back after a while.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from addon.scene_graph import FloatArray

DAY = 86400.0

MEASURED: tuple[float, ...] = (
    3.34, 1.85, 1.87, 3.73, 2.95, 3.21, 3.42, 1.37, 1.29, 1.87,
    1.49, 1.4, 2.56, 2.35, 1.42, 1.14, 3.35, 3.18, 3.66, 3.05,
)  # fmt: skip
"""Seconds of a core that runs of the first machines of PhysiBench took, 1,000 steps each, with the script's process,
measures and saving, on a core that others used too."""


FEWEST_BEGUN, MOST_BEGUN = 10_000, 20
"""Batches that are begun before a plan counts as endless: so many, and for each batch of the plan so many more."""


@dataclass(frozen=True)
class Plan:
    """What is to be done, and on what. Seconds unless told otherwise.

    The head needs ``dispatch`` for each batch, and a process ``start`` until it does its first run. A share of
    ``crash`` of all runs crashes at the end. A node goes down every ``node_days`` of its time up, on average and
    without memory, never if that is 0, and is away for ``repair``.
    """

    runs: int
    nodes: int
    cores: int
    batch: int
    dispatch: float = 0.005
    start: float = 2.5
    crash: float = 1e-4
    node_days: float = 30.0
    repair: float = 900.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Raise ValueError, naming the field, for what no cluster can have."""
        for name in ("runs", "nodes", "cores", "batch"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}, and must be 1 at least")
        for name in ("dispatch", "start", "node_days", "repair"):
            if not 0.0 <= getattr(self, name) < np.inf:
                raise ValueError(f"{name} is {getattr(self, name)}, and must be 0 or a positive number")
        if not 0.0 <= self.crash < 1.0:
            raise ValueError(f"crash is {self.crash}, and must be a share from 0 to below 1")


@dataclass(frozen=True)
class Schedule:
    """How a plan went. Seconds are of cores, but for ``makespan``, which is by the clock.

    ``useful`` went into results; ``crashed`` into runs that crashed; ``overhead`` into starts of processes, and
    into waiting for the head while there was work; ``lost`` into batches that a node took down with it; ``down`` are
    cores of nodes that were away, and ``idle`` those that found no work left. Together they are all cores' makespan.
    """

    makespan: float
    useful: float
    crashed: float
    overhead: float
    lost: float
    down: float
    idle: float
    given_up: int
    node_failures: int

    @property
    def utilisation(self) -> float:
        """The share of all cores' time that went into results."""
        return self.useful / sum((self.useful, self.crashed, self.overhead, self.lost, self.down, self.idle))

    def as_dict(self) -> dict[str, float | int]:
        """Plain data for ``--json``."""
        return {**asdict(self), "utilisation": self.utilisation}


def simulate(plan: Plan, seconds: Sequence[float] = MEASURED) -> Schedule:
    """The plan from its first batch to its last; each run takes one of ``seconds``, drawn by the seed.

    Raises ValueError if there are no seconds, or some that no run can take, or if nodes go down so often that there
    would be no end.
    """
    if not len(seconds) or not all(0.0 < each < np.inf for each in seconds):
        raise ValueError("seconds of runs must be given, and each must be a positive number")
    cluster = _Cluster(plan, _Work.drawn(plan, seconds))
    return cluster.go()


@dataclass(frozen=True)
class _Work:
    """Seconds ``[batches]`` that go into results and into crashes, and the runs that are given up."""

    useful: FloatArray
    crashed: FloatArray
    given_up: int

    @classmethod
    def drawn(cls, plan: Plan, seconds: Sequence[float]) -> _Work:
        rng = np.random.default_rng([plan.seed, 0])
        each = rng.choice(np.asarray(seconds, dtype=np.float64), plan.runs)
        given_up = rng.random(plan.runs) < plan.crash
        firsts = np.arange(0, plan.runs, plan.batch)
        return cls(
            np.add.reduceat(np.where(given_up, 0.0, each), firsts),
            np.add.reduceat(np.where(given_up, each, 0.0), firsts),
            int(given_up.sum()),
        )


@dataclass
class _Core:
    """A core; ``batch`` is what it is at, since ``asked`` (waiting for the head) and ``begun`` (at work)."""

    node: int
    batch: int | None = None
    asked: float = 0.0
    begun: float = 0.0
    turn: int = 0  # tells the end of what it is at from that of what a node took down


class _Cluster:
    def __init__(self, plan: Plan, work: _Work) -> None:
        self.plan, self.work = plan, work
        self.rng = np.random.default_rng([plan.seed, 1])
        self.cores = [_Core(node) for node in range(plan.nodes) for _ in range(plan.cores)]
        self.waiting = deque(range(len(work.useful)))
        self.left = len(work.useful)
        self.free = deque(range(len(self.cores)))
        self.events: list[tuple[float, int, str, int, int]] = []
        self.count = self.begun = 0
        self.head_free = 0.0
        self.overhead = self.lost = self.down = 0.0
        self.failures = 0
        self.away: dict[int, float] = {}

    def go(self) -> Schedule:
        for node in range(self.plan.nodes if self.plan.node_days else 0):
            self._fail_later(node, 0.0)
        self._give(0.0)
        now = 0.0
        while self.left:
            now, _, kind, number, turn = heapq.heappop(self.events)
            {"end": self._end, "fail": self._fail, "back": self._back}[kind](now, number, turn)
            self._give(now)
        self.down += sum(self.plan.cores * (now - since) for since in self.away.values())
        useful, crashed = float(self.work.useful.sum()), float(self.work.crashed.sum())
        spent = useful + crashed + self.overhead + self.lost + self.down
        idle = len(self.cores) * now - spent
        return Schedule(
            now, useful, crashed, self.overhead, self.lost, self.down, idle, self.work.given_up, self.failures
        )

    def _later(self, when: float, kind: str, number: int, turn: int = 0) -> None:
        self.count += 1
        heapq.heappush(self.events, (when, self.count, kind, number, turn))

    def _give(self, now: float) -> None:
        """Give free cores what waits."""
        while self.free and self.waiting:
            number = self.free.popleft()
            core, batch = self.cores[number], self.waiting.popleft()
            self.head_free = max(self.head_free, now) + self.plan.dispatch
            core.batch, core.asked, core.begun = batch, now, self.head_free + self.plan.start
            core.turn += 1
            end = core.begun + self.work.useful[batch] + self.work.crashed[batch]
            self._later(float(end), "end", number, core.turn)
            self.begun += 1
            if self.begun > FEWEST_BEGUN + MOST_BEGUN * len(self.work.useful):
                raise ValueError(self._endless(float(end) - now))

    def _endless(self, seconds: float) -> str:
        up, count = self.plan.node_days * DAY, len(self.work.useful)
        return (
            f"there would be no end: a node goes down every {up:.3g} s, and a batch of {self.plan.batch} takes about "
            f"{seconds:.3g} s; {self.begun} were begun, and {count - self.left} of {count} are done. "
            "Let nodes stay up longer, or batches be smaller"
        )

    def _end(self, now: float, number: int, turn: int) -> None:
        core = self.cores[number]
        if core.turn != turn or core.batch is None:
            return
        self.overhead += core.begun - core.asked
        self.left -= 1
        core.batch = None
        self.free.append(number)

    def _fail_later(self, node: int, now: float) -> None:
        self._later(now + self.rng.exponential(self.plan.node_days * DAY), "fail", node)

    def _fail(self, now: float, node: int, turn: int) -> None:
        self.failures += 1
        self.away[node] = now
        first = node * self.plan.cores
        for number in range(first, first + self.plan.cores):
            core = self.cores[number]
            if core.batch is not None:
                self.lost += now - core.asked
                self.waiting.appendleft(core.batch)
                core.batch = None
        self.free = deque(number for number in self.free if self.cores[number].node != node)
        self._later(now + self.plan.repair, "back", node)

    def _back(self, now: float, node: int, turn: int) -> None:
        self.down += self.plan.cores * (now - self.away.pop(node))
        first = node * self.plan.cores
        self.free.extend(range(first, first + self.plan.cores))
        self._fail_later(node, now)
