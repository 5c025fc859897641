"""Messages to a process and its answers, under a time limit and, where the system does not hold it, one of memory.

A message is a length (4 bytes, little endian) and a body.
"""

from __future__ import annotations

import contextlib
import os
import select
import struct
import sys
import threading
import time
from collections.abc import Callable

from .deadline import Deadline
from .launch import Launched
from .memory import memory_of

POLL_SECONDS = 0.02
"""Time between two looks at a process' memory, or at the clock where the pipes cannot be waited for."""


class Channel:
    """One exchange at a time, on pipes that can be waited for (POSIX)."""

    def __init__(self, process: Launched, most_bytes: int) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process = process
        self._to, self._from = process.stdin.fileno(), process.stdout.fileno()
        self._most = most_bytes
        self._memory: int | None = None
        self._looked = 0.0
        self._prepare()

    def limit_memory(self, megabytes: int) -> bool:
        """Look at the process' memory from now on; False if this system does not tell it."""
        if memory_of(self._process.pid) is None:
            return False
        self._memory = megabytes << 20
        return True

    def exchange(self, body: bytes, deadline: Deadline) -> bytes:
        """Send a message and give the body of the answer.

        Raises TimeoutError, MemoryError (over the limit), EOFError (the process ended or closed its pipes) or
        OverflowError (more than one answer of the length that is allowed).
        """
        try:
            self._send(struct.pack("<I", len(body)) + body, deadline)
            return self._answer(lambda: self._read(deadline))
        except OSError as error:
            if isinstance(error, TimeoutError):
                raise
            raise EOFError from None

    def rest(self, deadline: Deadline) -> bytes:
        """The body of an answer that is still to come, in the time up to ``deadline``. Raises as `exchange`."""
        return self._answer(lambda: self._read(deadline))

    def close(self) -> None:
        """Close the pipes."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _prepare(self) -> None:
        os.set_blocking(self._to, False)
        self._writable, self._readable = select.poll(), select.poll()
        self._writable.register(self._to, select.POLLOUT)
        self._readable.register(self._from, select.POLLIN)

    def _send(self, message: bytes, deadline: Deadline) -> None:
        left = memoryview(message)
        while left:
            try:
                left = left[os.write(self._to, left) :]
            except BlockingIOError:
                self._wait(self._writable, deadline)

    def _read(self, deadline: Deadline) -> bytes:
        self._wait(self._readable, deadline)
        return os.read(self._from, 1 << 20)

    def _wait(self, pipe: select.poll, deadline: Deadline) -> None:
        while True:
            self._check_memory()
            left = deadline.left()
            if pipe.poll(1000 * (left if self._memory is None else min(left, POLL_SECONDS))):
                return
            if not left:
                raise TimeoutError

    def _check_memory(self) -> None:
        if self._memory is None or time.monotonic() - self._looked < POLL_SECONDS:
            return
        self._looked = time.monotonic()
        if (memory_of(self._process.pid) or 0) > self._memory:
            raise MemoryError

    def _answer(self, read: Callable[[], bytes]) -> bytes:
        message = b""
        while True:
            part = read()
            if not part:
                raise EOFError
            message = message + part if message else part
            if len(message) >= 4:
                end = 4 + int.from_bytes(message[:4], "little")
                if end > 4 + self._most or len(message) > end:
                    raise OverflowError
                if len(message) == end:
                    return message[4:]


class WatchedChannel(Channel):
    """The same on pipes that can only block (Windows): a thread watches clock and memory, and kills the process."""

    _deadline: Deadline | None = None

    def exchange(self, body: bytes, deadline: Deadline) -> bytes:
        """As in `Channel`; the process is dead after TimeoutError and MemoryError."""
        self._deadline = deadline
        try:
            return super().exchange(body, deadline)
        except EOFError:
            if self._reason is not None:
                raise self._reason from None
            raise
        finally:
            self._deadline = None

    def close(self) -> None:
        """Close the pipes and end the watch."""
        self._closed.set()
        self._watch.join()
        super().close()

    def _prepare(self) -> None:
        self._reason: Exception | None = None
        self._closed = threading.Event()
        self._watch = threading.Thread(target=self._watch_over, daemon=True)
        self._watch.start()

    def _send(self, message: bytes, deadline: Deadline) -> None:
        left = memoryview(message)
        while left:
            left = left[os.write(self._to, left) :]

    def _read(self, deadline: Deadline) -> bytes:
        return os.read(self._from, 1 << 20)

    def _watch_over(self) -> None:
        while not self._closed.wait(POLL_SECONDS):
            try:
                if (deadline := self._deadline) is not None and not deadline.left():
                    raise TimeoutError
                self._check_memory()
            except (TimeoutError, MemoryError) as error:
                self._reason = error
                with contextlib.suppress(OSError):
                    self._process.kill()
                return


def open_channel(process: Launched, most_bytes: int) -> Channel:
    """The channel that this system allows."""
    return (WatchedChannel if sys.platform == "win32" else Channel)(process, most_bytes)
