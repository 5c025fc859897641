"""What an interrupt of the user's does: it ends the command, and is known to have been asked for.

Compiled code that calls back into Python may drop a KeyboardInterrupt or turn it into an error of its own, so an error
that comes after an interrupt is taken for the stop that the user wanted.
"""

from __future__ import annotations

import os
import signal
from types import FrameType

STOPPED = "stopped; what was finished is kept"
"""What is told where the user stops a command, with exit code 1."""


class Stop(KeyboardInterrupt):
    """A KeyboardInterrupt of a class of its own: where one of that class itself has gone through code that was made of
    a text, as that of dataclasses is, Python ends by a signal in place of its exit code, even if it was caught."""


class Interrupt:
    """The handler of SIGINT and SIGTERM; ``asked`` tells whether one came."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Raise Stop, but not inside Blender: while it loads the process would crash."""
        self.asked = True
        if _inside_blender(frame):
            from threading import Timer  # which takes long to import, and has been by then

            Timer(0.1, signal.raise_signal, (number,)).start()
        else:
            raise Stop

    def install(self) -> None:
        """Handle interrupts, unless they are ignored or handled by somebody else."""
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self)
        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, self)  # what ends a command otherwise ends it as an interrupt does

    def end(self) -> None:
        """Ignore interrupts from now on, for all is done."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _inside_blender(frame: FrameType | None) -> bool:
    while frame is not None:
        code = frame.f_code
        if code.co_name == "_find_and_load" and frame.f_locals.get("name") == "bpy":
            return True
        if os.path.join("site-packages", "bpy", "") in code.co_filename:
            return True
        frame = frame.f_back
    return False


interrupt = Interrupt()
