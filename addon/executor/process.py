"""The script worker's process as its host sees it: started, asked under a time limit, ended.

Needs the standard library alone, so that a run without a scene graph starts in a tenth of a second.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from .affinity import CoreFollower
from .budgets import Budgets
from .channel import open_channel
from .errors import ScriptError, at, writable

WORKER = Path(__file__).with_name("worker")
SYSTEM_NAMES = ("SYSTEMROOT",) if os.name == "nt" else ()
"""Without this variable Windows does not find its own libraries."""


MEMORY_HELD = {"RLIMIT_AS", "Job Object"}
"""Layers under which the system itself refuses memory beyond ``memory_mb``."""


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
            env={"PYTHONHASHSEED": "0", **{name: os.environ[name] for name in SYSTEM_NAMES if name in os.environ}},
            cwd="/" if os.name == "posix" else None,
            bufsize=0,
        )
        self._channel = open_channel(self.process, budgets.answer_bytes)
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
        self._channel.close()

    def start(self, message: bytes) -> tuple[str, ...]:
        """Send the first message; gives the names of the layers that confine the script. Raises ScriptError."""
        layers = tuple(str(name) for name in self.ask(message, "wall_seconds_start").get("layers", ()))
        if not MEMORY_HELD & set(layers) and self._channel.limit_memory(self.budgets.memory_mb):
            layers += ("memory watched by the host",)
        return (*layers, "commit validator")

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
            answer = json.loads(self._channel.exchange(body, deadline))
        except EOFError:
            raise self._died() from None
        except MemoryError:
            raise ScriptError("limit", f"the script needs more than {self.budgets.memory_mb} MB (memory_mb)") from None
        except OverflowError:
            limit = f"{self.budgets.answer_bytes} bytes (answer_bytes)"
            raise ScriptError("worker", f"the script worker sent more than one answer of at most {limit}") from None
        except (UnicodeDecodeError, ValueError, RecursionError):
            raise ScriptError("worker", "the script worker sent an answer that cannot be read") from None
        if not isinstance(answer, dict):
            raise ScriptError("worker", "the script worker sent an answer of an unknown form")
        return answer

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
