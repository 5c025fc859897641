"""Write which draws of a series of PhysiBench's published machines passed, and the checksum over all.

    scripts/write_benchmark.py [--series 1|2] [--recheck] [--workers N]
    scripts/write_benchmark.py --goals    # the goals of level 4, whose oracles' numbers are found anew: some minutes

--recheck runs every machine again, which takes half an hour on two cores; it is needed when a stage or the check has
changed. Without it only the checksum is made anew, which is enough when a wording has changed.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from headless.benchmarks.physibench.generate import SERIES, build, digest, find_draws, published_draws  # noqa: E402
from headless.benchmarks.physibench.goals import COUNT as GOALS  # noqa: E402
from headless.benchmarks.physibench.goals import NUMBERS_FILE, find, written  # noqa: E402
from headless.benchmarks.physibench.goals import SEED as GOALS_SEED  # noqa: E402


def main() -> None:
    """Check if asked to, and write the file."""
    parser = argparse.ArgumentParser(description="Write the draws and the checksum of the published machines.")
    parser.add_argument("--series", type=int, choices=list(SERIES), default=1)
    parser.add_argument("--goals", action="store_true")
    parser.add_argument("--recheck", action="store_true")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    if asked.goals:
        NUMBERS_FILE.write_text(written(find(GOALS_SEED, index) for index in range(GOALS)), encoding="utf-8")
        return
    series, number = SERIES[asked.series], asked.series
    checked = find_draws(series.seed, range(series.count), asked.workers, number) if asked.recheck else None
    draws = published_draws(number) if checked is None else checked
    sha = digest(build(series.seed, index, draw, number) for index, draw in draws.items())
    text = json.dumps({"sha256": sha, "draws": list(draws.values())})
    series.draws.write_text(text + "\n", encoding="utf-8")
    print(f"{series.count} machines, {sum(draws.values())} draws thrown out, SHA-256 {sha}")


if __name__ == "__main__":
    main()
