#!/usr/bin/env python3
"""Make the film strips of docs/worlds/: the worlds of these sentences, by words alone, six frames each.

.venv/bin/python scripts/write_strips.py [NAME ...]
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "worlds"
MADE = ROOT / "runs" / "strips"
SIZE, FRAMES, ACROSS = (400, 225), 6, 3

SENTENCES = {
    "chain": "A red ball rolls down a ramp and topples a row of seven dominoes in a garden",
    "flag": "A flag waves in a strong wind on a beach",
    "spill": "An orange rolls into a cup of milk on a table; the cup spills",
    "swings": "Two swings go back and forth in a park, a dog runs past",
    "stump": "A stump burns at night, the camera orbits",
    "blanket": "A blue blanket falls over an armchair in a room",
}


def main() -> int:
    """Make each world that is asked for, and its strip."""
    names = sys.argv[1:] or list(SENTENCES)
    if unknown := [name for name in names if name not in SENTENCES]:
        print(f"there is no strip '{unknown[0]}'; there are {', '.join(SENTENCES)}", file=sys.stderr)
        return 2
    TARGET.mkdir(exist_ok=True)
    for name in names:
        command = [sys.executable, "-m", "headless", "world", SENTENCES[name], "--out", str(MADE / name), "--render"]
        subprocess.run(command, cwd=ROOT, check=False)  # a world that misses a check has a strip, too
        pictures = sorted((MADE / name / "frames").glob("*.png"))
        strip(pictures).save(TARGET / f"{name}.webp", quality=75, method=6)
        print(f"{name}: {len(pictures)} frames")
    return 0


def strip(files: list[Path]) -> Image.Image:
    """Evenly chosen pictures, three in a row."""
    chosen = [files[round(i * (len(files) - 1) / (FRAMES - 1))] for i in range(FRAMES)]
    sheet = Image.new("RGB", (ACROSS * SIZE[0], FRAMES // ACROSS * SIZE[1]))
    for number, file in enumerate(chosen):
        picture = Image.open(file).convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)
        sheet.paste(picture, (number % ACROSS * SIZE[0], number // ACROSS * SIZE[1]))
    return sheet


if __name__ == "__main__":
    sys.exit(main())
