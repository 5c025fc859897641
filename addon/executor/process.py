"""The script worker's process as its host sees it: started, asked under a time limit, ended.

Needs the standard library alone, so that a run without a scene graph starts in a tenth of a second.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from .affinity import CoreFollower
from .budgets import Budgets
from .errors import ScriptError, at, writable

WORKER = Path(__file__).with_name("worker")
LARGEST_ANSWER = 64 << 20


class WorkerProcess:
    """One script worker. `ask` sends it a message and waits for the answer; every failure is a ScriptError."""

    def __init__(self, source: str, budgets: Budgets) -> None:
        self.budgets = budgets
        self._source = source
        self._spent = 0.0
        self.process: subprocess.Popen[bytes] | None = subprocess.Popen(
            # As with -I, but for the one variable: the order of sets must be the same in every process.
            [sys.executable, "-s", "-P", "-S", str(WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONHASHSEED": "0"},
            cwd="/" if os.name == "posix" else None,
            bufsize=0,
        )
        assert self.process.stdin is not None
        os.set_blocking(self.process.stdin.fileno(), False)
        self._follower = CoreFollower(self.process.pid)

    def close(self) -> None:
        """Kill the worker and wait for its end."""
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def ask(self, body: bytes, budget: str = "wall_seconds_step") -> dict[str, Any]:
        """The answer to a message, within the seconds that ``budget`` names; ``printed`` is there and capped.

        Raises ScriptError: the script's own, a limit that was met, or the worker's end.
        """
        if self.process is None:
            raise ScriptError("worker", "the script session has ended")
        if self._spent > self.budgets.wall_seconds_run:
            raise ScriptError(
                "limit", f"all steps took longer than {self.budgets.wall_seconds_run:g} s (wall_seconds_run)"
            )
        start = time.monotonic()
        try:
            answer = self._exchange(body, start + getattr(self.budgets, budget))
        except TimeoutError:
            what = f"took longer than {getattr(self.budgets, budget):g} s ({budget})"
            raise ScriptError("limit", f"the script's {'start' if 'start' in budget else 'step'} {what}") from None
        finally:
            self._spent += time.monotonic() - start
        error = answer.get("error")
        if error is not None:
            raise self._script_error(error)
        answer["printed"] = writable(str(answer.get("printed", "")))[: self.budgets.printed_chars_run]
        return answer

    def _exchange(self, body: bytes, deadline: float) -> dict[str, Any]:
        self._follower.follow()
        try:
            self._send(struct.pack("<I", len(body)) + body, deadline)
            answer = json.loads(self._receive(deadline))
        except (BrokenPipeError, ConnectionError):
            raise self._died() from None
        except (UnicodeDecodeError, ValueError, RecursionError):
            raise ScriptError("worker", "the script worker sent an answer that cannot be read") from None
        if not isinstance(answer, dict):
            raise ScriptError("worker", "the script worker sent an answer of an unknown form")
        return answer

    def _send(self, message: bytes, deadline: float) -> None:
        """Write a message before the deadline, also to a worker that does not read."""
        assert self.process is not None
        assert self.process.stdin is not None
        file = self.process.stdin.fileno()
        left = memoryview(message)
        while left:
            try:
                left = left[os.write(file, left) :]
            except BlockingIOError:
                if not select.select([], [file], [], max(deadline - time.monotonic(), 0))[1]:
                    raise TimeoutError from None

    def _receive(self, deadline: float) -> bytes:
        """The body of one answer before the deadline, also from a worker that hangs, is stopped or dies."""
        assert self.process is not None
        assert self.process.stdout is not None
        file = self.process.stdout.fileno()
        message = b""
        while True:
            if not select.select([file], [], [], max(deadline - time.monotonic(), 0))[0]:
                raise TimeoutError
            part = os.read(file, 1 << 20)
            if not part:
                raise self._died()
            message = message + part if message else part
            if len(message) >= 4:
                end = 4 + int.from_bytes(message[:4], "little")
                if end > LARGEST_ANSWER or len(message) > end:
                    raise ScriptError("worker", "the script worker sent more than it may")
                if len(message) == end:
                    return message[4:]

    def _died(self) -> ScriptError:
        assert self.process is not None
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(0.5)
        return ScriptError(
            "worker",
            f"the script worker died (exit code {self.process.returncode}), as it does when memory_mb "
            f"({self.budgets.memory_mb} MB) is exceeded",
        )

    def _script_error(self, error: Any) -> ScriptError:
        fields = error if isinstance(error, dict) else {}
        line = fields.get("line") if isinstance(fields.get("line"), int) else None
        kind = fields.get("kind") if fields.get("kind") in ("failed", "limit") else "worker"
        return ScriptError(kind, str(fields.get("reason", "unknown error")), line, None, at(self._source, line))  # type: ignore[arg-type]
