#!/usr/bin/env python3
"""Make docs/panel.webp, the animated picture of the panel, from the pictures that scripts/test_gui.sh keeps.

.venv/bin/python scripts/write_pictures.py [runs/gui/trixie]
"""

import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "panel.webp"
SIZE = (1120, 700)
SHOWN = {"02_examples": 2000, "03_rule": 2000, "04_script": 2500, "05_running": 2000, "06_applied": 2500}
PLAYED = "07_playing_*.png"
PLAYED_MS = 160
"""Names of the pictures, and how long each is shown, in milliseconds; those of the playing timeline come last."""


def main() -> None:
    """Put them one after the other."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "runs" / "gui" / "trixie"
    played = sorted(folder.glob(PLAYED))
    files = [*(folder / f"{name}.png" for name in SHOWN), *played]
    missing = [file.name for file in files if not file.exists()]
    if missing or not played:
        print(f"{folder} lacks {', '.join(missing) or PLAYED}: run scripts/test_gui.sh first", file=sys.stderr)
        raise SystemExit(2)
    pictures = [Image.open(file).convert("RGB").resize(SIZE, Image.Resampling.LANCZOS) for file in files]
    times = [*SHOWN.values(), *(PLAYED_MS for _ in played)]
    pictures[0].save(TARGET, save_all=True, append_images=pictures[1:], duration=times, loop=0, quality=70, method=6)
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size / 1e6:.1f} MB, {len(files)} pictures")


if __name__ == "__main__":
    main()
