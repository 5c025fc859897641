"""Figure 2 with curves of our own: overlap with the true silhouettes, and volume drift, over the frames of a video."""

from __future__ import annotations

from pathlib import Path
from typing import Any

COLORS = ("#777777", "#bbbbbb", "#1f5fbf", "#2a9d5c", "#c0392b", "#e08e0b")
INCHES, DOTS = (9.0, 3.4), 90


def figure(told: dict[str, Any], path: Path) -> Path:
    """Draw the curves of a table's rows into a picture; its ending tells the format."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    made, (left, right) = plt.subplots(1, 2, figsize=INCHES, dpi=DOTS, layout="constrained")
    for number, row in enumerate(told["rows"]):
        look = {"color": COLORS[number % len(COLORS)], "linewidth": 1.6, "marker": "o", "markersize": 3}
        look["linestyle"] = ("-", "--")[number < 2]
        for axes, name, scale in ((left, "iou", 1.0), (right, "drift_at", 100.0)):
            points = [(int(frame), scale * value) for frame, value in row[name].items() if value is not None]
            axes.plot(*zip(*points, strict=True), label=row["row"], **look) if points else None
    for axes, title in ((left, "silhouette IoU with the truth"), (right, "volume drift in %, of what is measured")):
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
