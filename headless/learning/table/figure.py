"""Figure 2 with curves of our own: overlap with the true silhouettes, and volume drift, over the frames of a video."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

COLORS = (
    ("true frames, 16", "#777777"), ("true frames, 4", "#aaaaaa"), ("first frame", "#c9a227"), ("ours", "#1f5fbf"),
    ("graph", "#2a9d5c"), ("video", "#c0392b"), ("slots", "#8e44ad"),
)  # fmt: skip
"""Of rows by how their names begin."""
INCHES, DOTS = (9.0, 3.4), 90


def figure(tables: Sequence[dict[str, Any]], path: Path) -> Path:
    """Draw the curves of tables' rows, of one name the first, into a picture; its ending tells the format."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    made, (left, right) = plt.subplots(1, 2, figsize=INCHES, dpi=DOTS, layout="constrained")
    rows: dict[str, dict[str, Any]] = {}
    for row in (row for told in tables for row in told["rows"]):
        rows.setdefault(row["row"], row)
    for name, row in rows.items():
        color = next((one for begin, one in COLORS if name.startswith(begin)), "black")
        dashed = "--" if name.startswith(("true", "first")) else ":" if name.endswith("masks") else "-"
        for axes, figures, scale in ((left, "iou", 1.0), (right, "drift_seen_at", 100.0)):
            points = [(int(frame), scale * value) for frame, value in row[figures].items() if value is not None]
            if points:
                axes.plot(
                    *zip(*points, strict=True), label=name, marker="o", color=color, linestyle=dashed, markersize=3
                )
    for axes, title in ((left, "silhouette IoU with the truth"), (right, "volume drift in %, of all that is seen")):
        axes.set_xscale("log")
        axes.set_xticks((5, 20, 100, 250, 1000), ("5", "20", "100", "250", "1,000"))
        axes.set_xlabel("frame, at 15 a second")
        axes.set_title(title, fontsize=10)
        axes.grid(alpha=0.3)
    left.set_ylim(0, 1)
    right.set_yscale("symlog", linthresh=10)
    right.set_ylim(bottom=0)
    left.legend(fontsize=7, loc="lower left")
    path.parent.mkdir(parents=True, exist_ok=True)
    made.savefig(path)
    plt.close(made)
    return path
