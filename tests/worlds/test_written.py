"""Code of things is run in the worker, and what it gives is checked before anything is made of it."""

import numpy as np
import pytest

from addon.worlds.entry import LibraryError
from addon.worlds.written import ThingError, entry_from, helper_names

from .code import APART, ZORB, of_box


def test_code_makes_an_entry_with_a_size_and_a_colour():
    entry = entry_from(ZORB, "zorb")
    form = entry.make()
    assert (entry.name, entry.family, entry.moves, entry.shape) == ("zorb", "written", "rigid", "COMPOUND")
    assert form.low[2] == pytest.approx(0.0)
    assert float((form.high - form.low).max()) == pytest.approx(entry.knobs["size"].default)
    larger = entry.make(size=1.2, colour=(0.0, 0.0, 1.0))
    assert float((larger.high - larger.low).max()) == pytest.approx(1.2)
    assert larger.parts[0].color == (0.0, 0.0, 1.0)
    assert larger.parts[1].color is None
    assert larger.anchors["top"].at[2] == pytest.approx(float(larger.high[2]), abs=0.03)
    with pytest.raises(LibraryError, match=r"0\.3 to 1\.2 m"):
        entry.make(size=5.0)


def test_the_same_code_gives_the_same_mesh():
    one, other = (entry_from(ZORB, "zorb").make() for _ in range(2))
    for a, b in zip(one.parts, other.parts, strict=True):
        assert a.solid.faces == b.solid.faces
        assert np.array_equal(a.solid.vertices, b.solid.vertices)


def test_what_is_painted_keeps_its_own_colours_unless_another_is_asked_for():
    code = ZORB.replace('dict(grip, stuff="rubber")', 'dict(grip, stuff="rubber", colour=[0, 1, 0], painted=True)')
    entry = entry_from(code, "zorb")
    assert [part.color for part in entry.make().parts] == [(0.8, 0.1, 0.1), (0.0, 1.0, 0.0)]
    assert [part.color for part in entry.make(colour=(0.0, 0.0, 1.0)).parts] == [(0.0, 0.0, 1.0)] * 2


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (APART, "not in one piece: part 2"),
        (of_box("dict(box(1, 1, 1), faces=[f[::-1] for f in box(1, 1, 1)['faces']])"), "inside out"),
        (of_box("dict(box(1, 1, 1), faces=box(1, 1, 1)['faces'][1:])"), "not closed"),
        (of_box("box(3, 1, 1)"), "3.000 m long"),
        (of_box(longest=[0.001, 2]), "longest.0"),
        (of_box(moves="flies"), "moves"),
        (of_box(anchors={"axle": {"at": [0, 0, 0]}}), "anchors.axle"),
        (of_box("stretched(box(1, 1, 1), 1e308)"), "parts.0.vertices.0"),
        (of_box(part={"stuf": "wood"}), "parts.0.stuf"),
        (of_box().replace("'wood'", "'cheese'"), "'cheese'"),
        (of_box("dict(vertices=[(float('nan'), 0, 0)], faces=[[0, 1, 2]])"), "finite number"),
        (of_box("dict(vertices=[(0, 0, 0)], faces=[[0, 7, -9]])"), "not there"),
        (of_box("dict(vertices=[], faces=[])"), "no part has a vertex"),
        (of_box("joined([ball(1, 160) for i in range(4)])"), "at most 50000"),
        (of_box(anchors={"top": {"at": [0, 0, 9]}}), "lies outside"),
        ("def make_thing():\n    return 5", "make_thing"),
        ("def make_a_thing():\n    return 5", "make_thing"),
        ("def make_thing(:", "not valid Python"),
        ("def box(a):\n    pass\ndef make_thing():\n    pass", "'box' is there already"),
        ("import os\ndef make_thing():\n    return os.listdir('/')", "refused"),
        ("def make_thing():\n    return open('/etc/passwd').read()", "open"),
        ("def make_thing():\n    while True:\n        pass", "ticks_step"),
        ("def make_thing():\n    return [0] * 10**9", "collection_items"),
    ],
)
def test_what_cannot_be_taken_is_told(code, words):
    with pytest.raises(ThingError) as error:
        entry_from(code, "thing")
    assert words in str(error.value)
    assert "worked out" not in str(error.value)


EMPTY_PART = ZORB.replace(
    '        ],\n        "anchors',
    "            {'vertices': [], 'faces': [], 'stuff': 'wood'},\n        ],\n        \"anchors",
)


@pytest.mark.parametrize("code", [EMPTY_PART, of_box("{'vertices': [(0, 0, 0)] * 3, 'faces': [(0, 1, 10**30)]}")])
def test_a_mesh_that_cannot_be_worked_out_is_told(code):
    with pytest.raises(ThingError):
        entry_from(code, "thing")


def test_cloth_alone_may_be_an_open_sheet():
    assert entry_from(of_box("sheet(1, 1)", moves="cloth"), "scarf").moves == "cloth"
    with pytest.raises(ThingError, match="not closed"):
        entry_from(of_box("sheet(1, 1)"), "scarf")


def test_code_can_call_all_helpers():
    assert {"box", "lathe", "tube", "moved", "joined"} <= helper_names()
