"""A child process of the window: started, listened to and ended without ever being waited for."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

OUTPUT = "output.jsonl"
WORDS = "words.log"
LINES_A_TICK = 200
"""Most lines taken up at once, so that a chatty child does not hold up the window."""


class ChildProcess:
    """One child whose standard output goes to a file that is read as it grows.

    The child is to end when its standard input closes, which happens whatever becomes of this process.
    """

    def __init__(
        self, command: Sequence[str], folder: Path, environment: Mapping[str, str], where: Path | None = None
    ) -> None:
        """Start it, in the directory ``where``. Raises OSError."""
        self.folder = folder
        self._rest = ""
        options: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            options = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
        with (folder / OUTPUT).open("wb") as output, (folder / WORDS).open("wb") as words:
            self._process = subprocess.Popen(
                list(command),
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
            with suppress(ValueError):
                value = json.loads(line)
                if isinstance(value, dict):
                    found.append(value)
        return found

    def last_words(self) -> str:
        """The last line that it wrote to standard error."""
        with suppress(OSError):
            lines = (self.folder / WORDS).read_text(encoding="utf-8", errors="replace").strip().splitlines()
            return lines[-1][:300] if lines else ""
        return ""

    def end(self) -> None:
        """Kill it with its own children; returns at once."""
        with suppress(OSError):
            if self.running and sys.platform != "win32":
                os.killpg(self._process.pid, signal.SIGKILL)
            elif self.running:
                self._process.kill()
        self.close()

    def close(self) -> None:
        """Give back the files and the pipe; the child ends if it still runs."""
        for stream in (self._process.stdin, self._stream):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(0.05)
