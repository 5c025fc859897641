"""Figure 2 with curves of our own: overlap with the true silhouettes, and volume drift, over the frames of a video."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

COLORS = (
    ("true frames", "#cccccc"), ("first frame", "#c9a227"), ("ours", "#1f5fbf"),
    ("graph", "#2a9d5c"), ("video", "#c0392b"), ("slots", "#8e44ad"),
)  # fmt: skip
"""Of rows by how their names begin."""
INCHES, DOTS = (10.5, 3.2), 90


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
        # Rows may lie on the true one, which is drawn first.
        wide = 5.0 if name.startswith("true frames") else 1.5
        dashed = "--" if name.startswith("first") else ":" if name.endswith("masks") else "-"
        for axes, figures, scale in ((left, "iou", 1.0), (right, "drift_at", 100.0)):
            points = [(int(frame), scale * value) for frame, value in row[figures].items() if value is not None]
            if points:
                look: dict[str, Any] = {"color": color, "linestyle": dashed, "linewidth": wide}
                axes.plot(*zip(*points, strict=True), label=name, marker="o", markersize=3, **look)
    for axes, title in ((left, "silhouette IoU with the truth"), (right, "volume drift in %, of clear outlines")):
        axes.set_xscale("log")
        axes.set_xticks((5, 20, 100, 250, 1000), ("5", "20", "100", "250", "1,000"))
        axes.set_xlabel("frame, at 15 a second")
        axes.set_title(title, fontsize=10)
        axes.grid(alpha=0.3)
    left.set_ylim(0, 1)
    right.set_yscale("symlog", linthresh=10)
    right.set_ylim(bottom=0)
    made.legend(*left.get_legend_handles_labels(), fontsize=7, loc="outside right upper")
    path.parent.mkdir(parents=True, exist_ok=True)
    made.savefig(path)
    plt.close(made)
    return path
