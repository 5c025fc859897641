import json
import re
import shutil

import pytest

from addon.patterns.annotation import load_annotation
from addon.patterns.library.discovered import discovered_patterns
from addon.patterns.moments import outcome_moments
from addon.patterns.tokens import estimate_tokens, trace_json
from addon.patterns.words import moment_time
from addon.trace import load_trace
from headless.cli import main

OUTPUTS = {"annotation.json", "annotation.html", "annotation.txt"}


@pytest.fixture(scope="module")
def job(tmp_path_factory):
    """A finished job: dominoes fall, 400 steps on Blender."""
    folder = tmp_path_factory.mktemp("jobs") / "domino"
    assert main(["run", "domino", "--coder", "template", "--steps", "400", "--out", str(folder)]) == 0
    return folder


def test_a_job_is_annotated_in_its_folder(job, tmp_path, capfd):
    folder = tmp_path / "job"
    shutil.copytree(job, folder)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    capfd.readouterr()
    assert main(["annotate", str(folder), "--events", "all"]) == 0
    told = capfd.readouterr().out.splitlines()
    found = load_annotation(folder)
    assert found.trace_sha256 == load_trace(folder).sha256()
    assert len(told) == len(found.activations) + len(found.outcomes) + 1
    assert {p.name for p in folder.iterdir()} == before.keys() | OUTPUTS
    assert {name: (folder / name).read_bytes() for name in before} == before


def test_the_annotation_as_json_and_elsewhere(job, tmp_path, capfd):
    (job / "frames").mkdir(exist_ok=True)
    (job / "frames" / "frame_000000.png").write_bytes(b"picture")
    capfd.readouterr()
    outputs = []
    for name in ("a", "b"):
        assert main(["annotate", str(job / "trace.json"), "--json", "-o", str(tmp_path / name)]) == 0
        printed = capfd.readouterr().out
        assert json.loads(printed) == json.loads((tmp_path / name / "annotation.json").read_text())
        outputs.append({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()})
    assert outputs[0] == outputs[1]
    assert outputs[0].keys() == OUTPUTS
    assert b"cGljdHVyZQ==" in outputs[0]["annotation.html"]


def test_the_text_for_prompts_is_short_and_can_be_checked(job, tmp_path):
    assert main(["annotate", str(job), "-o", str(tmp_path), "--events", "all"]) == 0
    text = (tmp_path / "annotation.txt").read_text()
    found, trace = load_annotation(tmp_path), load_trace(job)
    assert len(found.activations) >= 5
    assert estimate_tokens(text) * 50 <= estimate_tokens(trace_json(trace))
    labels = {column.label for column in found.patterns}
    head, *lines = text.splitlines()
    assert all(name in head for name in trace.bodies)
    outcomes = [f"{moment_time(found, m)} {m.text}" for m in outcome_moments(found)]
    assert outcomes
    assert set(outcomes) <= set(lines)
    for line in lines:
        if line in outcomes:
            continue
        first, last, rest = re.fullmatch(r"(\d+\.\d\d)(?: to (\d+\.\d\d))? s (.*)", line).groups()
        label = max((label for label in labels if rest.startswith(label)), key=len)
        times = re.fullmatch(r".* (\d+) times(?:: .*)?", rest)
        own = [a for a in found.activations if found.labels[a.uid] == label]
        assert any(f"{a.frame / found.fps:.2f}" == first for a in own), line
        assert last is None or any(f"{a.end / found.fps:.2f}" == last for a in own if a.end is not None) or times, line
        assert times is None or int(times.group(1)) <= len(own), line


def test_what_matters_is_told_in_few_lines_with_every_outcome(job, tmp_path, capfd):
    capfd.readouterr()
    assert main(["annotate", str(job), "-o", str(tmp_path)]) == 0
    told = capfd.readouterr().out
    assert 5 <= len(told.splitlines()) <= 16
    prompt = (tmp_path / "annotation.txt").read_text()
    assert len(prompt.splitlines()) == len(told.splitlines())
    for outcome in load_annotation(tmp_path).outcomes:
        assert outcome.description.rstrip(".").lower() in told.lower()
    assert main(["annotate", str(job), "-o", str(tmp_path), "--events", "4"]) == 0
    assert len(capfd.readouterr().out.splitlines()) == 5


def test_what_was_looked_for_is_counted_though_nothing_was_found(job, tmp_path, capfd):
    capfd.readouterr()
    assert main(["annotate", str(job), "-o", str(tmp_path), "--discovered"]) == 0
    told = capfd.readouterr().err
    found = load_annotation(tmp_path)
    uids = {pattern.uid for pattern in discovered_patterns()}
    theirs = sum(a.uid in uids for a in found.activations)
    assert f"{len(uids)} discovered patterns were looked for; {theirs} of the events are theirs" in told
    assert f"{len(found.activations)} events and {len(found.outcomes)} outcomes" in told


def test_a_summary_with_what_its_claims_are_worth(job, tmp_path, capfd):
    capfd.readouterr()
    assert main(["annotate", str(job), "-o", str(tmp_path), "--summary"]) == 0
    told = capfd.readouterr()
    assert told.out.count(". ") >= 4
    assert re.search(r"\d+ true, 0 false, \d+ that could not be checked", " ".join(told.err.split()))
    assert main(["annotate", str(job), "-o", str(tmp_path), "--summary", "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert found["summary"] == told.out.strip()
    assert found["true"] + found["unclear"] == len(found["claims"])
    assert found["false"] == 0 < len(found["claims"])


def test_a_summary_by_a_model_is_asked_for_through_files(job, tmp_path, capfd):
    arguments = [
        "annotate",
        str(job),
        "-o",
        str(tmp_path / "out"),
        "--summary",
        "--coder",
        f"paste:{tmp_path / 'asked'}",
    ]
    assert main(arguments) == 2
    (prompt,) = (tmp_path / "asked").glob("prompt*")
    assert "one paragraph" in prompt.read_text()
    answer = prompt.with_name(prompt.name.replace("prompt", "answer"))
    answer.write_text("The first domino tips over. The lamp rolls off the floor.")
    capfd.readouterr()
    assert main(arguments) == 0
    told = capfd.readouterr()
    assert told.out == "The first domino tips over. The lamp rolls off the floor.\n"


@pytest.mark.parametrize("options", [["--events", "0"], ["--events", "many"], ["--coder", "local"]])
def test_options_that_make_no_sense_are_refused(job, tmp_path, options):
    assert main(["annotate", str(job), "-o", str(tmp_path / "out"), *options]) == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [None, b"{}", b'{"meta": {"trace_version": 1}}'])
def test_what_is_no_trace_is_refused(tmp_path, capfd, content):
    if content is not None:
        (tmp_path / "trace.json").write_bytes(content)
    assert main(["annotate", str(tmp_path)]) == 2
    told = capfd.readouterr().err
    assert ("of a world" if content is None else "trace.") in " ".join(told.replace("│", " ").split())
    assert "Traceback" not in told
    assert not OUTPUTS & {p.name for p in tmp_path.iterdir()}


def test_a_folder_that_cannot_be_made_is_a_failure(job, tmp_path, capfd):
    (tmp_path / "file").write_text("in the way")
    assert main(["annotate", str(job), "-o", str(tmp_path / "file")]) == 1
    assert "file" in capfd.readouterr().err


DETECTOR = """
def find_pattern(trace):
    "A body is faster than 0.1 m/s for the first time."
    for frame in trace.frames:
        for o in frame.objects:
            if sum(v * v for v in o.velocity) > 0.01:
                return [{"time": frame.time, "description": "fast", "parameters": {"object": o.id}}]
    return []
"""

SAME = """
def find_pattern(trace):
    return [{"time": e.time, "description": "same", "parameters": {}} for e in trace.events if e.uid == "first_fast"]
"""


def test_a_detector_of_the_users(job, tmp_path, capfd):
    (tmp_path / "first_fast.py").write_text(DETECTOR)
    (tmp_path / "same.py").write_text(SAME)
    options = ["--detector", str(tmp_path / "first_fast.py"), "--detector", str(tmp_path / "same.py")]
    assert main(["annotate", str(job), "-o", str(tmp_path / "out"), *options]) == 0
    found = load_annotation(tmp_path / "out")
    first, same = (next(a for a in found.activations if a.uid == uid) for uid in ("first_fast", "same"))
    assert first.frame == same.frame > 0
    assert "Fast" in capfd.readouterr().out
    assert next(p.requires for p in found.patterns if p.uid == "same") == ("first_fast",)


@pytest.mark.parametrize(
    ("name", "source", "code", "words"),
    [
        ("own.py", "import os\n", 2, "import os"),
        ("own.py", "def find_pattern(trace):\n    return 1 / 0\n", 1, "line 2"),
        ("own.py", "x = 1\n", 1, "no function 'find_pattern'"),
        ("Bounce.py", DETECTOR, 2, "Bounce"),
        ("own.py", b"\xff\xfe", 2, "UTF-8"),
        ("own.py", None, 2, "No such file"),
    ],
)
def test_a_detector_that_cannot_be_used_leaves_nothing(job, tmp_path, capfd, name, source, code, words):
    if source is not None:
        (tmp_path / name).write_bytes(source if isinstance(source, bytes) else source.encode())
    folder = tmp_path / "out"
    assert main(["annotate", str(job), "-o", str(folder), "--detector", str(tmp_path / name)]) == code
    told = re.sub(r"[│\s]+", " ", capfd.readouterr().err)
    assert words in told
    assert "Traceback" not in told
    assert not folder.exists()
