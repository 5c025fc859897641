"""The script worker's process as its host sees it: started, asked under a time limit, ended.

Needs the standard library alone, so that a run without a scene graph starts in a tenth of a second.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Collection, Mapping
from typing import Any

from .affinity import CoreFollower
from .budgets import Budgets
from .channel import open_channel
from .deadline import Deadline
from .errors import Kind, ScriptError, at, writable
from .hints import SPLIT_UP, TOO_MUCH
from .job import line_message, load_message
from .launch import Launched, launch

MEMORY_HELD = {"RLIMIT_AS", "Job Object"}
"""Layers under which the system itself refuses memory beyond ``memory_mb``."""

LAST_WORDS_SECONDS = 0.2
"""How long a worker has, at the end of its time, to say where its script is."""


class WorkerProcess:
    """One script worker. `ask` sends it a message and waits for the answer; every failure is a ScriptError.

    A worker that does not answer as it should is ended.

    ``printed_left`` is how many characters the script may still print. On Linux a worker ends with its host.
    """

    def __init__(self, budgets: Budgets, printed_left: int | None = None) -> None:
        self.budgets = budgets
        self._source = ""
        self._spent = 0.0
        self.printed_left = budgets.printed_chars_run if printed_left is None else printed_left
        self.process: Launched | None = self.launch()
        self._channel = open_channel(self.process, budgets.answer_bytes)
        self._follower = CoreFollower(self.process.pid)

    def launch(self) -> Launched:
        """The process, which has been told nothing yet."""
        return launch()

    def close(self) -> None:
        """Kill the worker and wait for its end."""
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        process.wait()
        self._channel.close()

    def is_alive(self) -> bool:
        """Whether the process runs still."""
        return self.process is not None and self.process.poll() is None

    def start(self, message: bytes) -> tuple[str, ...]:
        """Send the first message; gives the names of the layers that confine the script. Raises ScriptError."""
        layers = tuple(str(name) for name in self.ask(message, "seconds_start").get("layers", ()))
        if not MEMORY_HELD & set(layers) and self._channel.limit_memory(self.budgets.memory_mb):
            layers += ("memory watched by the host",)
        return (*layers, "commit validator")

    def load(
        self, source: str, attributes: Collection[str] = (), checkpoint: Mapping[str, Any] | None = None
    ) -> tuple[str, ...]:
        """Have the script checked and compiled; gives the warnings about it. Raises ScriptError."""
        message = load_message(source, attributes, checkpoint)
        return warning_texts(self.read_script(source, message, "seconds_start"))

    def read_script(self, source: str, message: bytes, budget: str = "seconds_step") -> dict[str, Any]:
        """The answer to a message with a script to parse. Raises ScriptError, also for one that ended the process."""
        self._source = source
        try:
            return self.ask(message, budget)
        except ScriptError:
            if self.process is None:
                raise ScriptError("refused", TOO_MUCH, suggestion=SPLIT_UP) from None
            raise

    def line_of(self, target: str, name: str, field: str) -> int | None:
        """The line of the script that made a write of the last step, or None."""
        with contextlib.suppress(ScriptError):
            line = self.ask(line_message(target, name, field)).get("line")
            return line if isinstance(line, int) else None
        return None

    def ask(self, body: bytes, budget: str = "seconds_step") -> dict[str, Any]:
        """The answer to a message, within the seconds that ``budget`` names; ``printed`` is there and capped.

        Raises ScriptError: the script's own, a limit that was met, or the worker's end.
        """
        if self.process is None:
            raise ScriptError("worker", "the script session has ended")
        seconds, left = getattr(self.budgets, budget), self.budgets.seconds_run - self._spent
        deadline = Deadline(self.process.pid, min(seconds, left))
        try:
            answer = self._exchange(body, deadline)
        except TimeoutError:
            raise self._too_slow(budget if seconds < left else "seconds_run") from None
        except ScriptError:
            self.close()
            raise
        finally:
            self._spent += deadline.used()
        if "offences" in answer:
            raise self._script_error(answer["offences"])
        printed = writable(str(answer.get("printed", "")))[: self.printed_left]
        self.printed_left -= len(printed)
        answer["printed"] = printed
        return answer

    def _too_slow(self, budget: str) -> ScriptError:
        what = {"seconds_start": "start", "seconds_step": "step"}.get(budget, "run")
        reason = f"the script's {what} took longer than {getattr(self.budgets, budget):g} s ({budget})"
        line = self._line_now()
        if line is None:
            self.close()  # Nobody knows which question its next answer would be for.
        return ScriptError("limit", reason, line, None, at(self._source, line))

    def _line_now(self) -> int | None:
        """Where the script is, if the worker still stops at it and answers."""
        if self.process is None or not hasattr(signal, "SIGUSR1"):
            return None
        with contextlib.suppress(OSError, EOFError, MemoryError, OverflowError, ValueError, RecursionError):
            self.process.send_signal(signal.SIGUSR1)
            answer = json.loads(self._channel.rest(Deadline(self.process.pid, LAST_WORDS_SECONDS)))
            return self._script_error(answer["offences"]).line if isinstance(answer, dict) else None
        return None

    def _exchange(self, body: bytes, deadline: Deadline) -> dict[str, Any]:
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

    def _script_error(self, offences: Any) -> ScriptError:
        """The error of all offences that a worker found."""
        errors = [self._offence(item) for item in offences] if isinstance(offences, list) else []
        if not errors:
            return ScriptError("worker", "the script worker sent an answer of an unknown form")
        errors[0].others = tuple(errors[1:])
        return errors[0]

    def _offence(self, item: Any) -> ScriptError:
        fields = item if isinstance(item, dict) else {}
        line, column = (fields.get(name) if isinstance(fields.get(name), int) else None for name in ("line", "column"))
        kinds: tuple[Kind, ...] = ("syntax", "refused", "failed", "limit")
        kind: Kind = next((k for k in kinds if k == fields.get("kind")), "worker")
        reason, suggestion = str(fields.get("reason", "unknown error")), str(fields.get("suggestion", ""))
        return ScriptError(kind, reason, line, column, at(self._source, line), suggestion)


def warning_texts(answer: Mapping[str, Any]) -> tuple[str, ...]:
    """The warnings of an answer, each with its line in front."""
    try:
        return tuple(writable(f"line {int(line)}: {text}") for line, text in answer.get("warnings", ()))
    except (TypeError, ValueError):
        raise ScriptError("worker", "the script worker sent an answer of an unknown form") from None
