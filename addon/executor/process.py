"""The script worker's process as its host sees it: started, asked under a time limit, ended.

Needs the standard library alone, so that a run without a scene graph starts in a tenth of a second.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
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


class WorkerProcess:
    """One script worker. `ask` sends it a message and waits for the answer; every failure is a ScriptError.

    ``printed_left`` is how many characters the script may still print. On Linux a worker ends with the thread that
    started it.
    """

    def __init__(self, source: str, budgets: Budgets, printed_left: int | None = None) -> None:
        self.budgets = budgets
        self._source = source
        self._spent = 0.0
        self.printed_left = budgets.printed_chars_run if printed_left is None else printed_left
        self.process: subprocess.Popen[bytes] | None = subprocess.Popen(
            self.command(),
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

    def command(self) -> list[str]:
        """As with -I, but for one variable: the order of sets must be the same in every process."""
        return [sys.executable, "-s", "-P", "-S", str(WORKER)]

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
        start = time.monotonic()
        seconds, left = getattr(self.budgets, budget), self.budgets.wall_seconds_run - self._spent
        try:
            answer = self._exchange(body, start + min(seconds, left))
        except TimeoutError:
            raise self._too_slow(budget if seconds < left else "wall_seconds_run") from None
        finally:
            self._spent += time.monotonic() - start
        error = answer.get("error")
        if error is not None:
            raise self._script_error(error)
        printed = writable(str(answer.get("printed", "")))[: self.printed_left]
        self.printed_left -= len(printed)
        answer["printed"] = printed
        return answer

    def _too_slow(self, budget: str) -> ScriptError:
        what = {"wall_seconds_start": "start", "wall_seconds_step": "step"}.get(budget, "run")
        return ScriptError(
            "limit", f"the script's {what} took longer than {getattr(self.budgets, budget):g} s ({budget})"
        )

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
                if end > 4 + self.budgets.answer_bytes or len(message) > end:
                    limit = f"{self.budgets.answer_bytes} bytes (answer_bytes)"
                    raise ScriptError("worker", f"the script worker sent more than one answer of at most {limit}")
                if len(message) == end:
                    return message[4:]

    def _died(self) -> ScriptError:
        assert self.process is not None
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(0.2)
        code = self.process.returncode
        if code is None:
            why = "it closed its output"
        elif os.name == "posix" and -code == signal.SIGKILL:
            why = f"it was killed, as systems do when memory runs short (memory_mb: {self.budgets.memory_mb} MB)"
        else:
            why = f"exit code {code}" if code >= 0 else f"signal {-code}, a crash of Python"
        return ScriptError("worker", f"the script worker died: {why}")

    def _script_error(self, error: Any) -> ScriptError:
        fields = error if isinstance(error, dict) else {}
        line = fields.get("line") if isinstance(fields.get("line"), int) else None
        kind = fields.get("kind") if fields.get("kind") in ("failed", "limit", "refused") else "worker"
        return ScriptError(kind, str(fields.get("reason", "unknown error")), line, None, at(self._source, line))  # type: ignore[arg-type]
