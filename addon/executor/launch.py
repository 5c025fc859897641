"""Starting script workers: on Linux as forks of a process that has loaded what a worker needs, elsewhere one by one.

Needs the standard library alone.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from io import FileIO
from pathlib import Path
from typing import IO

WORKER = Path(__file__).with_name("worker")
COMMAND = (sys.executable, "-s", "-P", "-S", str(WORKER))
"""As with -I, but for one variable: the order of sets must be the same in every process."""

SYSTEM_NAMES = ("SYSTEMROOT",) if os.name == "nt" else ()
"""Without this variable Windows does not find its own libraries."""

ENVIRONMENT = {"PYTHONHASHSEED": "0", **{name: os.environ[name] for name in SYSTEM_NAMES if name in os.environ}}

ANSWER_SECONDS = 30.0
"""Longest time that the process which forks workers may take to answer, its start included."""


def started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """A process of its own, with pipes for its input and output."""
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
        cwd="/" if os.name == "posix" else None,
        bufsize=0,
    )


class ForkedWorker:
    """A fork of the template, with what `subprocess.Popen` has."""

    def __init__(self, template: Template, pid: int, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self.pid, self.stdin, self.stdout = pid, stdin, stdout
        self.returncode: int | None = None
        self._template = template
        self._handle = os.pidfd_open(pid)
        self._ended = select.poll()
        self._ended.register(self._handle, select.POLLIN)

    def poll(self) -> int | None:
        """The return code of an ended worker, else None."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0.0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The return code, at the end of the worker. Raises subprocess.TimeoutExpired after so many seconds."""
        if self.returncode is None:
            if not self._ended.poll(None if timeout is None else 1000 * timeout):
                raise subprocess.TimeoutExpired("worker", timeout or 0.0)
            self.returncode = self._template.status(self.pid)
            os.close(self._handle)
        return self.returncode

    def kill(self) -> None:
        """Kill the worker."""
        self.send_signal(signal.SIGKILL)

    def send_signal(self, number: int) -> None:
        """Send a signal to the worker unless it has ended."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, number)


class Template:
    """The process that workers are forked from. Raises OSError where it cannot be started or does not answer."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(ANSWER_SECONDS)
        with theirs:
            self._process = subprocess.Popen(
                [*COMMAND, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=ENVIRONMENT,
                cwd="/",
                pass_fds=(theirs.fileno(),),
            )

    def fork(self) -> ForkedWorker:
        """A new worker."""
        (to_read, to_write), (from_read, from_write) = os.pipe(), os.pipe()
        stdin, stdout = FileIO(to_write, "w"), FileIO(from_read, "r")
        try:
            return ForkedWorker(self, self._ask(b"F", [to_read, from_write]), stdin, stdout)
        except BaseException:
            stdin.close()
            stdout.close()
            raise
        finally:
            os.close(to_read)
            os.close(from_write)

    def status(self, pid: int) -> int:
        """The return code of a worker that has ended; without a template it was killed with it."""
        try:
            return os.waitstatus_to_exitcode(self._ask(b"W" + struct.pack("<q", pid), []))
        except OSError:
            return -signal.SIGKILL

    def _ask(self, request: bytes, pipes: list[int]) -> int:
        with self._lock:
            socket.send_fds(self._control, [request], pipes)
            answer = self._control.recv(8)
        if not answer:
            raise ConnectionResetError("the process that forks workers has ended")
        return int.from_bytes(answer, "little")

    def close(self) -> None:
        """End the process, and its workers with it; a fork of the host only lets go of it."""
        self._control.close()
        if self.owner == os.getpid():
            self._process.kill()
            self._process.wait()


Launched = subprocess.Popen[bytes] | ForkedWorker

_LOCK = threading.Lock()
_template: Template | None = None
_can_fork = sys.platform == "linux" and hasattr(os, "pidfd_open")


def launch() -> Launched:
    """A new worker."""
    global _can_fork
    with _LOCK:
        if _can_fork:
            with contextlib.suppress(OSError):
                return _forked()
            with contextlib.suppress(OSError):  # Somebody may have killed the process.
                return _forked()
            _can_fork = False
    return started(COMMAND)


def _forked() -> ForkedWorker:
    global _template
    if _template is None:
        _template = Template()
    try:
        return _template.fork()
    except BaseException:
        _close()
        raise


def _close() -> None:
    global _template
    template, _template = _template, None
    if template is not None:
        template.close()


def _forget() -> None:
    """In a fork of this process: the workers of the one are not those of the other, and a thread may hold the lock."""
    global _LOCK
    _LOCK = threading.Lock()
    _close()


atexit.register(_close)
with contextlib.suppress(AttributeError):
    os.register_at_fork(after_in_child=_forget)
