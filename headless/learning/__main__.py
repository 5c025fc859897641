"""``python -m headless.learning NETWORK --data … --out …``: training where nothing but this folder can run.

The same as ``python -m headless learning train``, which needs the project's environment.
"""

from __future__ import annotations

import argparse
import signal
import sys
from functools import partial
from pathlib import Path
from typing import Any

from .errors import LearningError
from .networks import NETWORKS, trainer


def main() -> int:
    """Read the command line and train; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m headless.learning", description="Train a network.")
    parser.add_argument("network", choices=NETWORKS)
    parser.add_argument("--data", type=Path, required=True, help="clips; for value networks rollouts")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint, weights and numbers")
    parser.add_argument("--size", choices=("tiny", "small", "full"), default="full")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint")
    # What is told to end still writes what it has.
    signal.signal(signal.SIGTERM, _end)
    options = vars(parser.parse_args())
    try:
        trainer(options.pop("network"))(**options, report=partial(print, flush=True))
    except LearningError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    return 0


def _end(*_: Any) -> None:
    sys.exit(143)


if __name__ == "__main__":
    sys.exit(main())
