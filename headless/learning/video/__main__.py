"""``python3 -m headless.learning.video``: train the video model."""

from __future__ import annotations

import argparse
import functools
import sys
from pathlib import Path

import torch

from ..training import LearningError
from .model import SIZES
from .trainer import train


def main() -> int:
    """Read the command line and train; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python3 -m headless.learning.video", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="file of clips")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, weights and numbers")
    parser.add_argument("--size", choices=list(SIZES), default="full")
    parser.add_argument("--part", choices=["vae", "dit", "both"], default="both")
    parser.add_argument("--steps", type=int, help="of each part, instead of the size's")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="of both parts together")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--resume", action="store_true", help="go on with the part that is not finished")
    try:
        train(**vars(parser.parse_args()), report=functools.partial(print, flush=True))
    except LearningError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    except torch.OutOfMemoryError:
        print("error: the graphics card has no memory left; free some, or take a smaller --size", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
