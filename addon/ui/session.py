"""What the window knows between two drawings, and the one child process that works for it. Nothing here is saved."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .process import ChildProcess

Line = dict[str, Any]


@dataclass
class Work:
    """Something that runs: its child and what to do with what it tells.

    ``on_line`` hears every line; ``on_end`` gets the last ``result``, or None after an error.
    """

    child: ChildProcess
    on_end: Callable[[Line | None], None]
    on_line: Callable[[Line], None] = lambda line: None
    phase: str = "start"
    done: int = 0
    total: int = 0
    begun: float = field(default_factory=time.monotonic)
    result: Line | None = None
    error: str = ""

    def take(self, line: Line) -> None:
        """Take up one line."""
        if "phase" in line:
            if line["phase"] != self.phase:
                self.begun = time.monotonic()
            self.phase, self.done, self.total = line["phase"], line.get("done", 0), line.get("total", 0)
        self.result = line.get("result", self.result)
        self.error = line.get("error", self.error)
        self.on_line(line)

    @property
    def seconds_left(self) -> float | None:
        """Time that the phase still takes, as far as its pace tells."""
        if not (self.done and self.total):
            return None
        return (time.monotonic() - self.begun) * (self.total - self.done) / self.done


@dataclass
class Session:
    """The window's state: what runs, and what there is to show."""

    work: Work | None = None
    server: ChildProcess | None = None
    server_address: str = ""
    message: str = ""
    error: str = ""
    error_line: int = 0
    result: Line | None = None
    result_folder: str = ""
    report: str = ""
    connection: str = ""
    epoch: int = 0
    """Counts undo, redo and loading: what was begun before must not go on after."""

    @property
    def busy(self) -> bool:
        """Whether something runs."""
        return self.work is not None

    def say(self, message: str = "", error: str = "", line: int = 0) -> None:
        """Set what the panel tells."""
        self.message, self.error, self.error_line = message, error, line

    def stop(self) -> bool:
        """End what runs; returns whether there was something."""
        work, self.work = self.work, None
        if work is not None:
            work.child.end()
        return work is not None

    def stop_server(self) -> None:
        """End the local model."""
        server, self.server, self.server_address = self.server, None, ""
        if server is not None:
            server.end()


SESSION = Session()
