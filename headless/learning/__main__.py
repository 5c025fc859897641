"""``python -m headless.learning NETWORK --data … --out …``: training where nothing but this folder can run.

The same as ``python -m headless learning train``, which needs the project's environment; ``draw`` and ``rollouts`` in
place of a network draw pictures for several trainings, and predict videos.
"""

from __future__ import annotations

import argparse
import signal
import sys
from functools import partial
from pathlib import Path
from typing import Any

from .errors import LearningError, needing_torch
from .networks import NETWORKS, extras, trainer


def main() -> int:
    """Read the command line and train, draw or predict; the exit code."""
    # What is told to end still writes what it has.
    signal.signal(signal.SIGTERM, _end)
    options = vars(_parser().parse_args())
    command, report = options.pop("command"), partial(print, flush=True)
    try:
        with needing_torch():
            if command == "draw":
                _draw(**options)
            elif command == "rollouts":
                _rollouts(**options, report=report)
            else:
                more = extras(command, start=options.pop("start"), drawn=options.pop("drawn"))
                trainer(command)(**options, **more, report=report)
    except LearningError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m headless.learning", description="Train a network.")
    commands = parser.add_subparsers(dest="command", required=True)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--data", type=Path, required=True, help="clips; for value networks rollouts")
    shared.add_argument("--device", default="auto", help="auto, cpu or cuda")
    for network in NETWORKS:
        one = commands.add_parser(network, parents=[shared])
        one.add_argument("--out", type=Path, required=True, help="folder for checkpoint, weights and numbers")
        one.add_argument("--size", choices=("tiny", "small", "full"), default="full")
        one.add_argument("--steps", type=int)
        one.add_argument("--seconds", type=float, default=float("inf"))
        one.add_argument("--seed", type=int, default=0)
        one.add_argument("--resume", action="store_true", help="go on from the checkpoint")
        one.add_argument("--from", dest="start", type=Path, help="weights to begin with")
        one.add_argument("--drawn", type=Path, help="folder of pictures that trainings share")
    draw = commands.add_parser("draw", parents=[shared])
    draw.add_argument("--out", type=Path, required=True, help="folder of pictures, for --drawn")
    rollouts = commands.add_parser("rollouts", parents=[shared])
    rollouts.add_argument("network", choices=("video", "slots"))
    rollouts.add_argument("--weights", type=Path, required=True)
    rollouts.add_argument("--out", type=Path, required=True, help="file of predicted videos")
    rollouts.add_argument("--split", choices=("train", "dev", "test"), default="test")
    rollouts.add_argument("--last", type=int, default=1000, help="last frame")
    rollouts.add_argument("--every", type=int, default=20, help="of later frames each so many-th is kept")
    rollouts.add_argument("--count", type=int, help="machines, instead of all")
    rollouts.add_argument("--seed", type=int, default=0)
    rollouts.add_argument("--euler", type=int, help="steps from noise to frames, instead of the model's own")
    rollouts.add_argument("--megabytes", type=float, default=15.0, help="colours are rounded until it is no larger")
    return parser


def _draw(data: Path, out: Path, device: str) -> None:
    from .frames import load_clips
    from .frames.drawn import draw_all
    from .training import device_of

    clips = [clip for clip in load_clips(data) if clip.split != "test"]
    print(f"drew {len(clips)} clips in {draw_all(clips, device_of(device), out):.0f} s", flush=True)


def _rollouts(network: str, weights: Path, data: Path, out: Path, megabytes: float, **options: Any) -> None:
    from .rollouts import predict, save_rollouts

    rounded = save_rollouts(predict(network, weights, data, **options), out, megabytes)
    options["report"](f"{out}: {out.stat().st_size / 1e6:.1f} MB, colours rounded to {rounded} of 255")


def _end(*_: Any) -> None:
    sys.exit(143)


if __name__ == "__main__":
    sys.exit(main())
