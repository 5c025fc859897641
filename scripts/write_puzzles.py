#!/usr/bin/env python3
"""Make docs/puzzles.webp: the first published task of each template of the puzzles, with a ball that solves it.

.venv/bin/python scripts/write_puzzles.py
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "puzzles.webp"

sys.path.insert(0, str(ROOT))

from headless.benchmarks.puzzles.files import load_tasks  # noqa: E402
from headless.benchmarks.puzzles.pictures import montage, picture, save  # noqa: E402


def main() -> None:
    """Draw them in five rows of five."""
    save(montage([picture(task, task.solution) for task in load_tasks(count=1)]), TARGET)
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
