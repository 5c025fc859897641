"""``python3 -m headless.learning.graph --data FILE --out DIR``: train the graph network simulator."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..training import LearningError
from .train import SIZES, train


def main() -> int:
    """Train by what the command line says; 0, or 1 with a message."""
    parser = argparse.ArgumentParser(prog="headless.learning.graph", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="clips of machines")
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoint, weights and numbers")
    parser.add_argument(
        "--size", choices=tuple(SIZES), default="small", help="for tests, two cores, or a graphics card"
    )
    parser.add_argument("--steps", type=int, help="instead of the size's own")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="end earlier after so many")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint")
    parser.add_argument("--classes", action="store_true", help="tell the network what objects are")
    try:
        train(**vars(parser.parse_args()))
    except LearningError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
