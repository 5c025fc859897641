"""A child process of the window: started, listened to and ended without ever being waited for."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

OUTPUT = "output.jsonl"
WORDS = "words.log"
LINES_A_TICK = 200
"""Most lines taken up at once, so that a chatty child does not hold up the window."""

GRACE = 10.0
"""Seconds that a child which listens may take to end by itself: one that has just been started does not listen yet."""

_ending: list[ChildProcess] = []
"""Children that have been told to end and are killed by `reap` if they do not."""


class ChildProcess:
    """One child whose standard output goes to a file that is read as it grows.

    A child that ``listens`` ends, with its own children, when its standard input closes, which happens whatever becomes
    of this process; others are killed.
    """

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        where: Path | None = None,
        listens: bool = True,
    ) -> None:
        """Start it, in the directory ``where``. Raises OSError."""
        self.folder = folder
        self._listens = listens
        self._deadline = 0.0
        self._rest = ""
        options: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            options = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
        with (folder / OUTPUT).open("wb") as output, (folder / WORDS).open("wb") as words:
            self._process = subprocess.Popen(
                list(command),
                bufsize=0,  # Nothing is left to be written once more when the pipe is closed.
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=words,
                env=dict(environment),
                cwd=where,
                **options,
            )
        self._stream = (folder / OUTPUT).open(encoding="utf-8", errors="replace")

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    @property
    def code(self) -> int | None:
        """Its exit code, None while it runs."""
        return self._process.poll()

    def lines(self) -> list[dict[str, Any]]:
        """The lines of JSON since the last call, at most `LINES_A_TICK`; other lines are left out."""
        found: list[dict[str, Any]] = []
        while len(found) < LINES_A_TICK:
            piece = self._stream.readline()
            if not piece:
                break
            self._rest += piece
            if not self._rest.endswith("\n"):
                break
            line, self._rest = self._rest, ""
            found += _parsed(line)
        return found

    def wake(self) -> None:
        """Let one that waits for a line of standard input go on."""
        assert self._process.stdin is not None
        with suppress(OSError), _without_sigpipe():
            self._process.stdin.write(b"\n")

    def last_words(self) -> str:
        """The last line that it wrote to standard error."""
        with suppress(OSError):
            lines = (self.folder / WORDS).read_text(encoding="utf-8", errors="replace").strip().splitlines()
            return lines[-1][:300] if lines else ""
        return ""

    def end(self) -> None:
        """Have it end with its own children; returns at once. `reap` kills it if it does not end by itself."""
        if self._listens and self.running:
            self._deadline = time.monotonic() + GRACE
            _ending.append(self)
        else:
            self.kill()
        self.close()

    def kill(self) -> None:
        """Kill it with its own children."""
        with suppress(OSError):
            if self.running and sys.platform != "win32":
                os.killpg(self._process.pid, signal.SIGKILL)
            elif self.running:
                self._process.kill()

    @property
    def is_late(self) -> bool:
        """Whether it was told to end, and should have ended by now."""
        return bool(self._deadline) and time.monotonic() > self._deadline

    def close(self) -> None:
        """Give back the files and the pipe; the child ends if it still runs."""
        for stream in (self._process.stdin, self._stream):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(0.05)


@contextmanager
def _without_sigpipe() -> Iterator[None]:
    """A pipe that nobody reads any more raises OSError, also where SIGPIPE ends processes, as in some Blenders."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPIPE})
    try:
        yield
    finally:
        if signal.SIGPIPE in signal.sigpending():
            signal.sigwait({signal.SIGPIPE})
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def lines_in(path: Path) -> list[dict[str, Any]]:
    """The lines of JSON that a child has written to its output so far; none if there is no such file."""
    with suppress(OSError):
        whole = path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
        return [value for line in whole if line.endswith("\n") for value in _parsed(line)]
    return []


def _parsed(line: str) -> list[dict[str, Any]]:
    with suppress(ValueError):
        value = json.loads(line)
        return [value] if isinstance(value, dict) else []
    return []


def reap() -> bool:
    """Kill children that should have ended by now; returns whether some are still ending."""
    for child in _ending:
        if child.is_late:
            child.kill()
    _ending[:] = [child for child in _ending if child.running]
    return bool(_ending)
