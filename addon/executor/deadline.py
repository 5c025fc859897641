"""How long a process may work at an answer."""

from __future__ import annotations

import sys
import time

WAITING = 10
"""An answer may take so many times its seconds of computing by the clock on the wall: a system that has more to do than
it has cores must not end a script that kept its limits."""


class Deadline:
    """The end of the ``seconds`` of computing that a process has for what it is asked when this is made.

    Counted is the processor time of the process where the system tells it (Linux), else the time on the clock.
    """

    def __init__(self, pid: int, seconds: float) -> None:
        self._pid, self._seconds = pid, seconds
        self._asked, self._computed = time.monotonic(), computed(pid)

    def used(self) -> float:
        """Seconds that count so far."""
        if self._computed is not None and (now := computed(self._pid)) is not None:
            return now - self._computed
        return time.monotonic() - self._asked

    def left(self) -> float:
        """Seconds in which the end cannot come yet; 0 when it has come."""
        waited = WAITING * self._seconds - (time.monotonic() - self._asked)
        return max(min(self._seconds - self.used(), waited), 0.0)


def computed(pid: int) -> float | None:
    """Seconds of processor time that a process has had, None where the system does not tell."""
    if sys.platform != "linux":
        return None
    try:
        return time.clock_gettime(~pid << 3 | 2)  # The clock of a process' processor time, as clock_getcpuclockid(3).
    except OSError:
        return None
