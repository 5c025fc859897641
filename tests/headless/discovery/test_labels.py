"""Labels and labelled events, read and refused."""

import json

import pytest

from headless.discovery.errors import DiscoveryError
from headless.discovery.labels import LONGEST, Label, alike, read_examples, read_labels, uid_of
from headless.discovery.matching import Mark

from .scripted import TRACES

LABELS = [Label("BallTurns", "ball turns", "d"), Label("BallStops", "ball stops", "d")]


def test_labels_of_a_file(tmp_path):
    path = tmp_path / "labels.txt"
    path.write_text("# those of today\nball rolls over an edge\n\nlever launch: One end is hit: the other throws.\n")
    assert read_labels(str(path)) == [
        Label("BallRollsOverAnEdge", "ball rolls over an edge", "ball rolls over an edge"),
        Label("LeverLaunch", "lever launch", "One end is hit: the other throws."),
    ]


def test_one_label():
    assert read_labels("ball's 2nd bounce") == [Label("BallS2ndBounce", "ball's 2nd bounce", "ball's 2nd bounce")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no label"),
        ("# nothing", "no label"),
        ("2 balls meet", "does not begin with a word"),
        ("мяч катится", "does not begin with a word"),
        ("x " * LONGEST, "make it shorter"),
        ("ball turns", "'BallTurns' (ball turns) is there already"),
    ],
)
def test_labels_that_cannot_be_used(text, told):
    with pytest.raises(DiscoveryError, match=told.replace("(", r"\(").replace(")", r"\)")):
        read_labels(text, {"BallTurns"})


def test_files_that_cannot_be_used(tmp_path):
    (tmp_path / "twice").write_text("a ball turns\nA ball, turns!\n")
    with pytest.raises(DiscoveryError, match="there already"):
        read_labels(str(tmp_path / "twice"))
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DiscoveryError, match="UTF-8"):
        read_labels(str(tmp_path / "binary"))


def test_uids():
    assert uid_of("mid-air collision, A and B") == "MidAirCollisionAAndB"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ball rolls off an edge", "a ball rolling off the edge", True),
        ("ball rolls off an edge", "ball bounces off a wall", False),
        ("lever launch", "launching lever", True),
        ("", "", False),
    ],
)
def test_labels_alike(one, other, same):
    assert alike(one, other) is same


def examples(tmp_path, *entries):
    path = tmp_path / "examples.json"
    path.write_text(json.dumps(list(entries)))
    return read_examples(path, LABELS, TRACES)


def test_examples_are_read(tmp_path):
    found = examples(
        tmp_path,
        {"trace": "turn 7", "frame": 8},
        {"trace": "turn 7", "frame": 9, "bodies": ["Ball"]},
        {"trace": "turn 10", "frame": 0, "label": "ball stops"},
        {"trace": "turn 10", "frame": 60, "label": "BallStops"},
    )
    assert found == {
        "": {"turn 7": [Mark(8, None), Mark(9, frozenset({"Ball"}))]},
        "BallStops": {"turn 10": [Mark(0, None), Mark(60, None)]},
    }


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (3, "there is no trace '3'"),
        ({"trace": "turn 8", "frame": 1}, "there is no trace 'turn 8'; there are turn 10"),
        ({"trace": "turn 7", "frame": 61}, "frame: 61 is none of 0 to 60"),
        ({"trace": "turn 7", "frame": True}, "frame: True"),
        ({"trace": "turn 7"}, "frame: None"),
        ({"trace": "turn 7", "frame": 1, "bodies": "Ball"}, "bodies: 'Ball' is no list"),
        ({"trace": "turn 7", "frame": 1, "label": "Fly"}, "there is no label 'Fly'"),
        ({"trace": "turn 7", "frame": 1, "label": ["Fly"]}, "there is no label"),
        ({"trace": ["turn 7"], "frame": 1}, "there is no trace"),
        ({"trace": {}, "frame": 1}, "there is no trace"),
        ({"trace": "turn 7", "frame": [1]}, "frame: "),
        ({"trace": "turn 7", "frame": 1, "bodies": [{}]}, "bodies: "),
    ],
)
def test_examples_that_cannot_be_used(tmp_path, entry, told):
    with pytest.raises(DiscoveryError, match=rf"examples.json\[1\].*{told}"):
        examples(tmp_path, {"trace": "turn 7", "frame": 8}, entry)


@pytest.mark.parametrize("words", ["rolls left/right", "moves at 3 m/s", "turns: see notes.txt", "turns"])
def test_words_are_no_files(words):
    (label,) = read_labels(words)
    assert label.text == words.partition(":")[0]


@pytest.mark.parametrize("text", ["", "{}", "[]", "[" * 100_000])
def test_files_of_examples_that_cannot_be_used(tmp_path, text):
    (tmp_path / "examples.json").write_text(text)
    with pytest.raises(DiscoveryError, match=r"examples.json"):
        read_examples(tmp_path / "examples.json", LABELS, TRACES)
