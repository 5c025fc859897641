"""What the window knows between two drawings, and the one child process that works for it. Nothing here is saved."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .process import ChildProcess

Line = dict[str, Any]

WRITING = ("start", "scene", "model", "script")
"""Phases until a script is written."""


@dataclass
class Work:
    """Something that runs: its child and what to do with what it tells.

    ``on_line`` hears every line; ``on_end`` gets the last ``result``, or None after an error.
    """

    child: ChildProcess
    on_end: Callable[[Line | None], None]
    on_line: Callable[[Line], None] = lambda line: None
    place: str = "run"
    """The panel that tells of it."""

    stays: bool = False
    """Whether the child stays for more once it has told a result."""

    phase: str = "start"
    round: int = 0
    """Which try it is, of what is tried several times; 0 for all else."""

    done: int = 0
    total: int = 0
    begun: float = field(default_factory=time.monotonic)
    """When the phase began."""

    started: float = field(default_factory=time.monotonic)
    first: int = 0
    """The frame of the timeline at which a run begins."""

    expected: float = 0.0
    """Seconds that all of it takes, about, as far as a model is asked; 0.0 where that is not known."""

    about: int = 0
    """What was last shown of that, see `seconds_about`."""

    result: Line | None = None
    error: str = ""
    kind: str = ""
    """The kind that the error tells of itself, or the name of its class."""

    def take(self, line: Line) -> None:
        """Take up one line."""
        if "phase" in line:
            if line["phase"] != self.phase:
                self.begun = time.monotonic()
            self.phase, self.done, self.total = line["phase"], line.get("done", 0), line.get("total", 0)
            self.round = line.get("round", 0)
        self.result = line.get("result", self.result)
        self.error, self.kind = line.get("error", self.error), line.get("kind", self.kind)
        self.on_line(line)

    @property
    def is_done(self) -> bool:
        """Whether a child that stays has told how it came out."""
        return self.stays and (self.result is not None or bool(self.error))

    @property
    def seconds_left(self) -> float | None:
        """Time that the phase still takes, as far as its pace tells."""
        if not (self.done and self.total):
            return None
        return (time.monotonic() - self.begun) * (self.total - self.done) / self.done

    @property
    def seconds_about(self) -> int:
        """Time that writing still takes, about: to the next five seconds; 0 once it is over or is not known."""
        left = self.expected - (time.monotonic() - self.started) if self.phase in WRITING else 0.0
        return 5 * math.ceil(left / 5) if left > 0 else 0


@dataclass(frozen=True)
class Fix:
    """A button that mends something: an operator, and the name of the object that it is for."""

    operator: str
    name: str = ""


@dataclass(frozen=True)
class Failed:
    """A run that is not on the timeline, for its script failed: what is known of it, and its folder's name."""

    summary: Line
    run: str


@dataclass(frozen=True)
class Asked:
    """Which of several changes of the rules of a scene, as they were then, is meant by what was said."""

    said: str
    rules: tuple[str, ...]
    choices: tuple[Line, ...]


@dataclass
class Findings:
    """What the last *Write* or *Run* of a scene told of it: notes and warnings, and bodies that the script misses."""

    notes: list[Line] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    bodiless: list[str] = field(default_factory=list)


@dataclass
class Session:
    """The window's state: what runs, and what there is to tell. Scenes are known by their ``session_uid``."""

    work: Work | None = None
    server: ChildProcess | None = None
    server_address: str = ""
    pace: float = 1.0
    """How many times as long as assumed it took when the local model was asked last, see `model_task.seconds_for`."""

    helper: ChildProcess | None = None
    """The process that answers one request after the other, see `work.ask`."""

    message: str = ""
    error: str = ""
    error_line: int = 0
    problem: str = ""
    """What is wrong with the script, in English, for the coder that is to mend it."""

    fixes: tuple[Fix, ...] = ()
    scene: int = 0
    """The scene that message and error are about; 0 for all."""

    of_rules: bool = False
    """Whether the error is that rules are refused, which is over once all are understood."""

    place: str = "run"
    """The panel that tells them."""

    failed: dict[int, Failed] = field(default_factory=dict)
    findings: dict[int, Findings] = field(default_factory=dict)
    best: dict[int, Line] = field(default_factory=dict)
    """The best numbers that a search has found for a scene, with what they change in it."""

    wanted: dict[int, str] = field(default_factory=dict)
    """What a search in a scene looks for, read back in English."""

    seen: dict[int, Line] = field(default_factory=dict)
    """What a picture of a scene showed of it when that was last tried."""

    asked: dict[int, Asked] = field(default_factory=dict)
    """What is asked about changes of a scene's rules."""

    report: str = ""
    """The report of an evaluation."""

    connection: str = ""
    prompt: str = ""
    """The prompt that was last put on the clipboard."""

    epoch: int = 0
    """Counts undo, redo and loading: what was begun before must not go on after."""

    @property
    def busy(self) -> bool:
        """Whether something runs."""
        return self.work is not None

    def say(
        self,
        message: str = "",
        error: str = "",
        line: int = 0,
        scene: int = 0,
        fixes: tuple[Fix, ...] = (),
        place: str = "run",
        problem: str = "",
        of_rules: bool = False,
    ) -> None:
        """Set what a panel tells."""
        self.message, self.error, self.error_line, self.scene, self.fixes = message, error, line, scene, fixes
        self.place, self.problem, self.of_rules = place, problem, of_rules

    def concerns(self, scene: int, place: str = "run") -> bool:
        """Whether what is told is about a scene, and to be told by a panel."""
        return self.scene in (0, scene) and self.place == place

    def find(self, scene: int, told: Line) -> None:
        """Keep what a task found of a scene."""
        self.findings[scene] = Findings(told.get("notes", []), told.get("warnings", []), told.get("bodiless", []))

    def forget(self) -> None:
        """Forget all scenes, as when another file is opened."""
        self.best.clear()
        self.wanted.clear()
        self.asked.clear()
        self.restore()

    def restore(self) -> None:
        """Forget what was told of another state, as when undo brings back what was before."""
        self.failed.clear()
        self.findings.clear()
        self.seen.clear()
        self.report = ""
        if not self.busy:
            self.say()

    def stop(self) -> bool:
        """End what runs; returns whether there was something."""
        work, self.work = self.work, None
        if work is not None:
            work.child.end()
            self.helper = None if work.stays else self.helper
        return work is not None

    def stop_helper(self) -> None:
        """End the process that answers requests."""
        helper, self.helper = self.helper, None
        if helper is not None:
            helper.end()

    def stop_server(self) -> None:
        """End the local model."""
        server, self.server, self.server_address = self.server, None, ""
        if server is not None:
            server.end()


SESSION = Session()
