"""``python3 -m headless.learning.slots --data FILE --out DIR --seed K``: trains one seed; a folder for each."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from ..training import LearningError
from .train import train


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(prog="headless.learning.slots", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="clips, as frames writes them")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, weights and dev numbers")
    parser.add_argument("--size", choices=("tiny", "small", "full"), default="full")
    parser.add_argument("--steps", type=int, help="of each network")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="for drawing and both networks")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--resume", action="store_true", help="go on with the part that is unfinished")
    options = vars(parser.parse_args())
    try:
        train(options.pop("data"), options.pop("out"), **options, report=partial(print, flush=True))
    except LearningError as problem:
        sys.exit(f"error: {problem}")


if __name__ == "__main__":
    main()
