"""The planar scene that the document shows runs."""

import re
from pathlib import Path

from addon.scene_graph import parse_scene_graph
from headless.planar import Blueprint, record

DOCUMENT = Path(__file__).parents[3] / "docs" / "puzzles.md"


def test_the_scene_of_the_document_runs():
    (example,) = re.findall(r"```json\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    trace = record(Blueprint.of(parse_scene_graph(example)), 300)
    assert trace.bodies == ("ground", "green ball")
    assert abs(trace.position[-1, 1, 2] - 1.0) < 0.02
