"""python -m headless <command>."""

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
    return main()


def _stop(number: int, frame: FrameType | None) -> None:
    """End the command, but not while Blender is loaded: in the middle of that the process would crash."""
    blender = sys.modules.get("bpy")
    if getattr(getattr(blender, "__spec__", None), "_initializing", False):
        Timer(0.1, signal.raise_signal, (number,)).start()
    else:
        signal.default_int_handler(number, frame)


if __name__ == "__main__":
    sys.exit(_main())
