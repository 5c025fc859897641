"""Ending a child process when its window is gone."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

POLL = 0.2
"""Seconds between two looks at a pipe where it cannot be waited for."""


@contextmanager
def ending_with_parent() -> Iterator[None]:
    """End this process and its own children, with exit code 1, when the other end of standard input closes.

    Whatever became of the window, its end of the pipe closes. The thread that waits for that is gone when this is left,
    and reads the descriptor and not `sys.stdin`: a Python that ends while a thread holds that one's lock aborts, and
    some Blenders hang if any thread is left.
    """
    if sys.stdin is None:
        yield
        return
    descriptor, leads = sys.stdin.fileno(), sys.platform != "win32" and os.getpgrp() == os.getpid()
    before = signal.signal(signal.SIGTERM, lambda *_: os._exit(1)) if leads else None
    wait, stop = _pipe_end(descriptor) if sys.platform != "win32" else _polled_end(descriptor)

    def watch() -> None:
        if wait():
            if leads:
                os.killpg(0, signal.SIGTERM)  # This process handles it, and goes on to its own exit.
            os._exit(1)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop()
        thread.join()
        if leads:
            signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


def _pipe_end(descriptor: int) -> tuple[Callable[[], bool], Callable[[], None]]:
    """Waits until a pipe is closed, which gives True, or until it is stopped."""
    wake, waker = os.pipe()

    def wait() -> bool:
        while True:
            ready, _, _ = select.select([descriptor, wake], [], [])
            if wake in ready:
                return False
            with suppress(OSError):
                if os.read(descriptor, 1024):
                    continue
            return True

    def stop() -> None:
        os.write(waker, b"x")

    return wait, stop


def _polled_end(descriptor: int) -> tuple[Callable[[], bool], Callable[[], None]]:
    """The same on Windows, where pipes cannot be waited for together with something else."""
    import _winapi
    import msvcrt

    handle = msvcrt.get_osfhandle(descriptor)
    stopped = threading.Event()

    def wait() -> bool:
        while not stopped.wait(POLL):
            try:
                _winapi.PeekNamedPipe(handle, 0)
            except BrokenPipeError:
                return True
            except OSError:  # No pipe, so there is no window to end with.
                return False
        return False

    return wait, stopped.set
