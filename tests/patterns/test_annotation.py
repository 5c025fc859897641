import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from addon.patterns.annotation import load_annotation, save_annotation
from addon.trace import TraceError
from tests.patterns.examples import BALL, EXAMPLE, annotation

STEPS = 30
activations = st.lists(
    st.tuples(st.sampled_from(["bounce", "rest", "ricochet"]), st.integers(0, STEPS), st.integers(0, STEPS)).map(
        lambda o: (o[0], min(o[1:]), max(o[1:]), {"object": "Ball"})
    ),
    max_size=20,
)


@given(activations)
def test_the_matrix_is_one_where_an_activation_lasts(found):
    expected = np.zeros((STEPS + 1, 3), dtype=bool)
    for uid, start, end, _ in found:
        expected[start : end + 1, ["bounce", "rest", "ricochet"].index(uid)] = True
    matrix = annotation(*found, steps=STEPS).matrix()
    assert matrix.dtype == np.bool_
    assert matrix.has_canonical_format
    assert (matrix.toarray() == expected).all()


def test_the_list_form_and_intervals():
    assert EXAMPLE.listing() == [
        ("bounce / rebound", 12, BALL),
        ("bounce / rebound", 30, {**BALL, "speed": 0.5}),
        ("global rest state", 40, {}),
    ]
    assert EXAMPLE.intervals("rest") == [(40, 60)]
    assert EXAMPLE.intervals("ricochet") == []


@settings(max_examples=20)
@given(activations)
def test_the_file_keeps_everything(tmp_path_factory, found):
    folder = tmp_path_factory.mktemp("annotation")
    first = annotation(*found, steps=STEPS)
    path = save_annotation(first, folder / "new")
    assert load_annotation(folder / "new") == first
    assert [p.name for p in path.parent.iterdir()] == ["annotation.json"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"annotation_version": 9}, "annotation_version is 9, this program reads 2"),
        ({"steps": 50}, "'rest' lasts from frame 40 to 60: activations must be in order, between the frames 0 and 50"),
        ({"patterns": []}, "the library does not have"),
        ({"fps": 0}, "fps: Input should be greater than 0"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_files_that_do_not_fit_are_refused(tmp_path, change, words):
    path = save_annotation(EXAMPLE, tmp_path)
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(TraceError, match=words):
        load_annotation(tmp_path)


@pytest.mark.parametrize("content", [b"", b"[1]", b"\xff", b"{"])
def test_broken_and_missing_files_are_refused(tmp_path, content):
    with pytest.raises(TraceError, match="cannot be read"):
        load_annotation(tmp_path)
    (tmp_path / "annotation.json").write_bytes(content)
    with pytest.raises(TraceError, match=r"annotation\.json"):
        load_annotation(tmp_path)


def test_an_activation_cannot_end_before_it_starts():
    with pytest.raises(ValidationError, match="from frame 5 to 4"):
        annotation(("bounce", 5, 4, {}))
