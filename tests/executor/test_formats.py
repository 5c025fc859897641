import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addon.executor.worker.formats import percent_sizes, spec_sizes

FIELDS = st.builds(
    "%{}{}{}{}".format,
    st.sampled_from(["", "-", "+", " ", "0", "#"]),
    st.sampled_from(["", "*", "7", "60"]),
    st.sampled_from(["", ".", ".3", ".*"]),
    st.sampled_from(["d", "f", "s", "r", "x", "ld"]),
)
PIECES = st.lists(FIELDS | st.sampled_from(["%%", " of 250 ", "***", "100", "a(b"]), max_size=6)


@settings(max_examples=300, derandomize=True)
@given(PIECES)
def test_sizes_are_those_that_a_field_asks_for(pieces):
    """Every star takes one value, in order: each gets a number of its own."""
    text, values, wanted = "".join(pieces), [], []
    for piece in pieces:
        if piece[0] != "%" or piece == "%%":
            continue
        head = piece[1:].lstrip("-+ 0#").rstrip("dfsrxl")
        for part in head.split("."):
            if part == "*":
                wanted.append(20 + len(values))
                values.append(20 + len(values))
            elif part:
                wanted.append(int(part))
        values.append(1)
    text % tuple(values)
    assert percent_sizes(text, tuple(values)) == wanted


@pytest.mark.parametrize(
    ("text", "values", "sizes"),
    [
        ("Frame %d of 250", 3, []),
        ("%(a)s is %(b)250d", {"a": 1, "b": 2}, [250]),
        ("%(a(b)c)9d", {"a(b)c": 1}, [9]),
        ("%(a", {}, []),
        ("%", 1, []),
        ("%.", 1, []),
        ("%*", 5000, [5000]),
        ("%99999999999d", 1, [101]),
        ("%*d %d", (-5000, 1, 2), [5000]),
    ],
)
def test_sizes_of_single_texts(text, values, sizes):
    assert percent_sizes(text, values) == sizes


def test_sizes_of_f_strings():
    assert spec_sizes(">12.3f") == [12, 3]
    assert spec_sizes("0>99999") == [0, 101]
    assert spec_sizes(",") == []
