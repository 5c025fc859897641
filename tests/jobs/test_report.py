import numpy as np

from addon.jobs.report import ReportData, write_report
from addon.jobs.spec import JobResult
from addon.metrics import measure
from addon.scene_graph import Mesh, Primitive, RigidBody, SceneGraph, SceneObject
from addon.trace import ContactColumns, Trace, TraceMeta

CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))


def still_trace(geometry=CUBE, frames=3):
    body = SceneObject(name="Body", geometry=geometry, body=RigidBody())
    zeros = np.zeros((frames, 1, 3))
    meta = TraceMeta(fps=24, substeps=10, seed=0, steps=frames - 1, engine="test", scene=SceneGraph(objects=(body,)))
    return Trace(
        meta=meta,
        bodies=("Body",),
        present=np.ones((frames, 1), dtype=bool),
        position=zeros,
        quaternion=np.tile([1.0, 0, 0, 0], (frames, 1, 1)),
        scale=np.ones((frames, 1, 3)),
        velocity=zeros,
        angular_velocity=zeros,
        volume=np.ones((frames, 1)),
        contacts=ContactColumns.empty(),
        events=[],
    )


def page(folder, printed, geometry=CUBE):
    trace = still_trace(geometry)
    metrics = measure(trace)
    result = JobResult(
        title="Still",
        ok=True,
        coder="none",
        model=None,
        prompt_version=None,
        seed=0,
        steps=2,
        engine="test",
        trace_sha256=trace.sha256(),
        scripts=[],
        repairs=0,
        requests=0,
        prompt_tokens=0,
        completion_tokens=0,
        metrics=metrics,
    )
    plain = result.model_dump(mode="json", exclude={"metrics"})
    return write_report(folder, ReportData(result=plain, trace=trace, metrics=metrics, printed=printed)).read_text()


def test_what_a_script_printed_is_shown_as_text(tmp_path):
    shown = page(tmp_path, "step 1\n<script>alert(1)</script>\n")
    assert "<h2>Printed</h2>" in shown
    assert "step 1\n&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script>alert" not in shown


def test_a_silent_script_has_no_such_part(tmp_path):
    assert "<h2>Printed</h2>" not in page(tmp_path, "")


def test_the_numbers_of_a_large_mesh_are_left_out(tmp_path):
    def comb(teeth):
        points = [(float(i), 0.1234567 * (i % 2), float(i % 3)) for i in range(teeth)]
        return Mesh(vertices=tuple(points), faces=tuple((i, i + 1, i + 2) for i in range(teeth - 2)))

    assert "0.1234567" in page(tmp_path, "", comb(10))
    large = page(tmp_path, "", comb(5000))
    assert "0.1234567" not in large
    assert "Body" in large
