"""Table I of Code as Dynamics with our own row."""

from __future__ import annotations

from ...evaluation.statistics import percent
from .results import Results

PUBLISHED_SUCCESS = 88.5
"""Logic success in % of the paper's own method."""

PUBLISHED = (("Video-LDM", 45.2, 12.0), ("Slot-Dynamics", 18.5, 34.1), ("NS-WM", 0.0, PUBLISHED_SUCCESS))
"""Method, volume drift and logic success in %, as the paper gives them, on a benchmark that it did not publish."""

HEAD = ("method", "model", "machines", "volume drift", "logic success, 95 % interval")

WITHOUT_MODEL = {
    "template": "none (a baseline)",
    "chance": "none (readings by chance)",
    "other": "none (the scripts of other machines)",
    "oracle": "none (the machines' own scripts)",
    "empty": "none (no script)",
}


def table_one(results: Results) -> list[tuple[str, str, str, str, str]]:
    """Rows of method, model, machines, volume drift and logic success: the published ones, marked so, then ours."""
    rows = [
        (f"{name} (as published)", "–", "500, unpublished", f"{drift:.1f} %", f"{success:.1f} %")
        for name, drift, success in PUBLISHED
    ]
    model = results.model or WITHOUT_MODEL.get(results.coder, "–")
    drift = "–" if results.volume_drift is None else f"{results.volume_drift:.1f} %"
    return [*rows, (f"ours: {results.coder}", model, results.which, drift, percent(results.logic_success))]
