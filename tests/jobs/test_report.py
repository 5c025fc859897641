import base64

import numpy as np

from addon.jobs.report import PICTURES, ReportData, add_pictures, write_report
from addon.jobs.spec import JobResult
from addon.metrics import measure
from addon.patterns.moments import Moment
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


RESULT = JobResult(
    title="Still",
    ok=True,
    coder="none",
    model=None,
    prompt_version=None,
    seed=0,
    steps=2,
    engine="test",
    trace_sha256="",
    scripts=[],
    repairs=0,
    requests=0,
    prompt_tokens=0,
    completion_tokens=0,
    metrics=measure(still_trace()),
)


def page(folder, printed, geometry=CUBE):
    trace = still_trace(geometry)
    plain = RESULT.model_dump(mode="json", exclude={"metrics"})
    return write_report(folder, ReportData(plain, trace, RESULT.metrics, printed=printed)).read_text()


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


def test_a_report_begins_with_what_happened_in_sentences(tmp_path):
    shown = page(tmp_path, "")
    body = shown[shown.index("<body>") :]
    assert '<p class="lead">Nothing happens that is worth telling.</p>' in body[: body.index("<h2>")]


def test_pictures_are_put_into_the_page_with_what_happens_then(tmp_path):
    shown = page(tmp_path, "")
    assert PICTURES in shown
    assert "<h2>Pictures</h2>" not in shown
    frame = tmp_path / "frame_000002.png"
    frame.write_bytes(b"a picture")
    told = [Moment(2, 2, "Body <rests>.", 1.0, ())]
    add_pictures(tmp_path, [frame], told, 24, start=101)
    shown = (tmp_path / "report.html").read_text()
    assert PICTURES not in shown
    assert "<figcaption>Frame 103, 0.08 s. Body &lt;rests&gt;.</figcaption>" in shown
    assert base64.b64encode(b"a picture").decode() in shown


def test_assertions_are_told_in_words_with_frames_of_the_timeline(tmp_path):
    trace = still_trace(frames=61)
    metrics = measure(trace, ('NEARBY_AT("Body", 9, 0, 0, 1.0)',))
    plain = RESULT.model_copy(update={"metrics": metrics}).model_dump(mode="json", exclude={"metrics"})
    shown = write_report(tmp_path, ReportData(plain, trace, metrics, start=101)).read_text()
    assert "0 of 1 hold." in shown
    assert "At the end, Body is within" in shown
    assert "(frame 161)" in shown
    assert shown.index("<h2>Assertions</h2>") < shown.index("<h2>Rules</h2>")
