#!/usr/bin/env python3
"""Make docs/panel.webp, the moving picture of the panel, from the pictures that scripts/test_gui.sh keeps.

.venv/bin/python scripts/write_pictures.py [runs/gui/trixie]
"""

import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "panel.webp"
SIZE = (1120, 630)
SHOWN = {
    "60_default": 1500,
    "60_examples": 2000,
    "61_door": 1500,
    "61_door_*": 120,
    "62_wish": 2500,
    "63_changed": 2500,
    "63_slower_*": 120,
}
"""Pictures of the first two tasks of tests/gui/tasks.md by their names or patterns of these, and how many
milliseconds each is shown."""

LAST = 1500
"""Milliseconds for which the last one stays."""


def main() -> None:
    """Put them one after the other."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "runs" / "gui" / "trixie"
    found = {name: sorted(folder.glob(f"{name}.png")) for name in SHOWN}
    missing = [name for name, files in found.items() if not files]
    if missing:
        print(f"{folder} lacks {', '.join(missing)}: run scripts/test_gui.sh first", file=sys.stderr)
        raise SystemExit(2)
    files = [file for name in SHOWN for file in found[name]]
    pictures = [Image.open(file).convert("RGB").resize(SIZE, Image.Resampling.LANCZOS) for file in files]
    times = [SHOWN[name] for name in SHOWN for _ in found[name]]
    times[-1] = LAST
    pictures[0].save(TARGET, save_all=True, append_images=pictures[1:], duration=times, loop=0, quality=70, method=6)
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size / 1e6:.1f} MB, {len(files)} pictures")


if __name__ == "__main__":
    main()
