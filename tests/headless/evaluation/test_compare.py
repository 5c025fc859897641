import json

import numpy as np
import pytest
from typer.testing import CliRunner

from addon.scene_graph import Primitive, SceneGraph, SceneObject, StepState
from addon.trace import Recorder, TraceMeta, save_trace
from headless.cli import app
from headless.evaluation.compare import agree_until, compare

SCENE = SceneGraph(objects=(SceneObject(name="Ball", geometry=Primitive(kind="sphere", dimensions=(1, 1, 1))),))


def fall(heights):
    recorder = Recorder(SCENE, len(heights) - 1)
    for frame, height in enumerate(heights):
        still = np.zeros((1, 3))
        state = StepState(frame + 1, np.array([[0, 0, height]]), np.array([[1.0, 0, 0, 0]]), still + 1, still, still)
        recorder.record(frame, state, np.ones(1), np.ones(1, dtype=bool))
    return recorder.finish(
        TraceMeta(fps=24, substeps=10, seed=0, steps=len(heights) - 1, engine="test", scene=SCENE), []
    )


@pytest.mark.parametrize(
    ("other", "last"),
    [([3, 2, 1], 2), ([3, 2, 1 + 1e-8], 2), ([3, 2, 1.001], 1), ([3.5, 2, 1], -1), ([3, 2], 1)],
)
def test_traces_agree_until_they_part(other, last):
    assert agree_until(fall([3.0, 2.0, 1.0]), fall([float(h) for h in other])) == last


def test_the_command_compares_shared_machines(tmp_path):
    for folder, heights in (("a", [3.0, 2.0]), ("b", [3.0, 2.5])):
        for machine in ("ramp_1_000", f"only_in_{folder}"):
            (tmp_path / folder / machine).mkdir(parents=True)
            save_trace(fall(heights), tmp_path / folder / machine)
    result = CliRunner().invoke(app, ["physibench", "compare", str(tmp_path / "a"), str(tmp_path / "b"), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == [
        {"machine": "ramp_1_000", "frames": 2, "same_trace": False, "agree_until": 0, "same_outcome": True}
    ]
    assert compare(tmp_path / "a", tmp_path / "a")[0].same_trace
