"""Discovered patterns: detectors as files, run in the sandbox when they are asked for."""

import hashlib
import json
from importlib import import_module

import pytest

from addon.executor import ScriptError
from addon.patterns import Observation, library
from addon.patterns.annotation import annotate
from addon.patterns.library import detect
from addon.patterns.library.discovered import FOLDER, Discovered, discovered_patterns, save_discovered
from addon.patterns.reference import patterns_document
from addon.rewards import vocabulary
from tests.patterns.builder import Touch, ball, build, floor, path

SOURCE = """def find_pattern(trace):
    "What lands."
    return [
        {"time": e.time, "description": "lands", "parameters": {"object": e.parameters["object"]}}
        for e in trace.events if e.uid == "Support"
    ]
"""


def told(source=SOURCE, **changes):
    fields = {
        "uid": "Lands",
        "label": "body lands on something",
        "description": "A body lands.",
        "parameters": {"object": {"kind": "body", "text": "what lands"}},
        "requires": ("Support",),
        "source_sha256": hashlib.sha256(source.encode()).hexdigest(),
        "lineage": {"seed": 0},
    }
    return Discovered.model_validate(fields | changes)


def resting():
    return build([ball("Ball", path((0, 0, 0.5), (120, (0, 0, 0)))), floor()], [Touch("Floor", "Ball", 0, 120)])


def test_a_saved_detector_is_a_pattern(tmp_path):
    assert save_discovered(told(), SOURCE, tmp_path) == tmp_path / "Lands.py"
    (pattern,) = discovered_patterns(tmp_path)
    assert (pattern.uid, pattern.label, pattern.requires) == ("Lands", "body lands on something", ("Support",))
    assert pattern.parameters["object"].kind == "body"
    found = annotate(resting(), more=(pattern,)).activations
    supports = [a for a in found if a.uid == "Support"]
    assert supports
    lands = [(a.frame, a.parameters) for a in found if a.uid == "Lands"]
    assert lands == [(a.frame, {"object": a.parameters["object"]}) for a in supports]


def test_a_source_is_not_looked_at_before_it_is_needed(tmp_path):
    source = "import os\ndef find_pattern(trace):\n    return []\n"
    save_discovered(told(source, requires=()), source, tmp_path)
    (pattern,) = discovered_patterns(tmp_path)
    with pytest.raises(ScriptError, match="refused"):
        detect(pattern, Observation(resting()))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: (folder / "Lands.py").write_text(SOURCE + "#"), "is not about the source beside it"),
        (lambda folder: (folder / "Lands.py").unlink(), "cannot be read"),
        (lambda folder: (folder / "Lands.json").write_text("{}"), "cannot be read"),
        (lambda folder: (folder / "Lands.json").rename(folder / "Other.json"), "cannot be read"),
    ],
)
def test_files_that_do_not_fit_are_refused(tmp_path, spoil, words):
    save_discovered(told(), SOURCE, tmp_path)
    spoil(tmp_path)
    with pytest.raises(ValueError, match=words):
        discovered_patterns(tmp_path)


def test_all_renderings_have_what_was_discovered(tmp_path, monkeypatch):
    save_discovered(told(), SOURCE, tmp_path)
    patterns = discovered_patterns(tmp_path)
    monkeypatch.setattr("addon.patterns.reference.discovered_patterns", lambda: patterns)
    document = patterns_document()
    assert "### Discovered patterns" in document
    assert "`Lands` | body lands on something | A body lands. | `object`: what lands | `Support`" in document
    monkeypatch.setattr(import_module("addon.patterns.library"), "discovered_patterns", lambda: patterns)
    known = vocabulary.standard_vocabulary.__wrapped__()
    assert known.kind("body lands on something").uid == "Lands"


def test_the_shipped_ones_can_be_read_and_have_names_of_their_own():
    shipped = discovered_patterns()
    assert {p.uid for p in shipped} == {file.stem for file in FOLDER.glob("*.json")}
    assert {file.stem for file in FOLDER.glob("[A-Z]*.py")} == {p.uid for p in shipped}
    uids = [p.uid for p in (*library(), *shipped)]
    assert len(set(uids)) == len(uids)
    for file in FOLDER.glob("*.json"):
        assert json.loads(file.read_text())["lineage"]["programs"]
