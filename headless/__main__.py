"""python -m headless <command>."""

import os
import signal
import sys
from threading import Timer
from types import FrameType


def _main() -> int:
    if sys.argv[1:2] == ["execute"]:  # tens of scripts a second need a start without the other commands' packages
        from headless.execute import main as execute

        return execute(sys.argv[2:])
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop)
    try:
        from headless.cli import main
    except KeyboardInterrupt:
        print("error: stopped before anything began", file=sys.stderr)
        return 1
    code = main()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done
    return code


def _stop(number: int, frame: FrameType | None) -> None:
    """End the command, but not inside Blender: while it loads the process would crash, its callbacks drop errors."""
    if _inside_blender(frame):
        Timer(0.1, signal.raise_signal, (number,)).start()
    else:
        signal.default_int_handler(number, frame)


def _inside_blender(frame: FrameType | None) -> bool:
    while frame is not None:
        code = frame.f_code
        if code.co_name == "_find_and_load" and frame.f_locals.get("name") == "bpy":
            return True
        if os.path.join("site-packages", "bpy", "") in code.co_filename:
            return True
        frame = frame.f_back
    return False


if __name__ == "__main__":
    sys.exit(_main())
