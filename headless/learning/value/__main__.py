"""python3 -m headless.learning.value --data rollouts.npz --out FOLDER"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from functools import partial
from pathlib import Path
from typing import get_args

from ..training import Budget, LearningError, Size
from .train import train


def main() -> int:
    """The command; a training that is told to end keeps a checkpoint first."""
    parser = argparse.ArgumentParser(description="Train value networks on reward programs.")
    parser.add_argument("--data", type=Path, required=True, help="rollouts (.npz)")
    parser.add_argument("--out", type=Path, required=True, help="folder for weights, choices and figures")
    parser.add_argument("--size", choices=get_args(Size), default="full")
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in the folder")
    parser.add_argument("--goal", help="train for this goal alone")
    parser.add_argument("--rewarded", action="store_true", help="learn only from the rows that rewards judged")
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        figures = train(
            args.data, args.out, size=args.size, budget=Budget(args.steps, args.seconds), seed=args.seed,
            device=args.device, resume=args.resume, only=args.goal, rewarded=args.rewarded,
            report=partial(print, flush=True),
        )  # fmt: skip
    except LearningError as problem:
        print(problem, file=sys.stderr)
        return 2
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
