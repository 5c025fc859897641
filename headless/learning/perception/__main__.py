"""python3 -m headless.learning.perception --data FILE --out DIR [--size tiny|small|full] …"""

from __future__ import annotations

import argparse
import functools
import signal
import sys
from pathlib import Path
from typing import Any

from ..training import LearningError
from .train import PLANS, train


def main() -> int:
    """Train; 1 if that is not possible."""
    parser = argparse.ArgumentParser(prog="headless.learning.perception", description=train.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="clips, as frames.save_clips writes them")
    parser.add_argument("--out", type=Path, required=True, help="folder for what is written")
    parser.add_argument("--size", choices=list(PLANS), default="full")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="of this start, all in all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint")
    # So that a run that is told to end still writes what it has.
    signal.signal(signal.SIGTERM, _end)
    try:
        train(**vars(parser.parse_args()), report=functools.partial(print, flush=True))
    except LearningError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    return 0


def _end(*_: Any) -> None:
    sys.exit(143)


if __name__ == "__main__":
    sys.exit(main())
