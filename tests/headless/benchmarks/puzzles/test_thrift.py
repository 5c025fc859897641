"""Thrift's binary protocol comes back as it was written, and what is none is told."""

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headless.benchmarks.puzzles.thrift import ThriftError, read_struct
from tests.headless.benchmarks.puzzles.thrift_files import written

PLAIN = st.one_of(st.booleans(), st.integers(-(2**31), 2**31 - 1), st.floats(allow_nan=False), st.text())
RECORDS = st.recursive(
    st.dictionaries(st.integers(1, 2**15 - 1), PLAIN, max_size=4),
    lambda inner: st.dictionaries(st.integers(1, 99), st.one_of(inner, st.lists(inner, max_size=3)), max_size=3),
    max_leaves=8,
)


@given(RECORDS)
def test_what_was_written_is_read(record):
    assert read_struct(written(record)) == record


@given(RECORDS, st.data())
def test_what_is_cut_off_is_told(record, data):
    whole = written(record)
    with pytest.raises(ThriftError):
        read_struct(whole[: data.draw(st.integers(0, len(whole) - 1))])


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_told(data):
    with suppress(ThriftError):
        assert isinstance(read_struct(data), dict)


def test_maps_sets_and_small_numbers():
    fields = struct.pack(">bhbbi", 13, 1, 8, 3, 1) + struct.pack(">ib", 7, -2)
    fields += struct.pack(">bhbi", 14, 2, 6, 2) + struct.pack(">hh", 1, -1) + struct.pack(">bhq", 10, 3, 2**40) + b"\0"
    assert read_struct(fields) == {1: {7: -2}, 2: [1, -1], 3: 2**40}


def test_nothing_nests_without_end():
    with pytest.raises(ThriftError, match="nested"):
        read_struct(struct.pack(">bh", 12, 1) * 100)


def test_a_length_beyond_the_file_is_told():
    with pytest.raises(ThriftError, match="2000000000 values"):
        read_struct(struct.pack(">bhi", 11, 1, 2_000_000_000))
