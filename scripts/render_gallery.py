"""Render the pictures of the panel's gallery of examples: python scripts/render_gallery.py [NAME...]."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

PICTURES = ROOT / "addon" / "ui" / "pictures"
SIZE = (160, 120)
"""Width and height in pixels."""

SHOWN = 2
"""Which of the pictures of a run is shown: one early in it; of a run without a script the last."""


def render(name: str) -> Path:
    """Run an example under its own script and render one frame of it; returns the picture's path."""
    from addon.engine.blender import BlenderEngine
    from addon.engine.render import render_trace
    from addon.jobs import RolloutOptions, rollout
    from headless.benchmarks.physibench.examples import gallery

    machine = gallery()[name]
    run = rollout(BlenderEngine.from_graph(machine.graph), machine.oracle, RolloutOptions(machine.steps, machine.seed))
    with tempfile.TemporaryDirectory() as folder:
        pictures = render_trace(run.trace, Path(folder))
        shown = Image.open(pictures[SHOWN] if machine.oracle else pictures[-1]).convert("RGB")
        width, height = shown.width, round(shown.width * SIZE[1] / SIZE[0])
        height = min(height, shown.height)
        width = round(height * SIZE[0] / SIZE[1])
        left, top = (shown.width - width) // 2, (shown.height - height) // 2
        picture = shown.crop((left, top, left + width, top + height)).resize(SIZE, Image.Resampling.LANCZOS)
        path = PICTURES / f"{name}.png"
        picture.quantize(64).save(path, optimize=True)
    return path


def main() -> int:
    """Render those that are named, or all."""
    from headless.benchmarks.physibench.examples import gallery

    PICTURES.mkdir(exist_ok=True)
    for name in sys.argv[1:] or gallery():
        path = render(name)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
