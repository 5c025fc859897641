"""Entries besides those of the library are there within their context alone."""

import pytest

from addon.worlds.entry import LibraryError
from addon.worlds.library import entries, entry_of, including
from addon.worlds.written import entry_from

from ..code import ZORB


def test_entries_are_there_within_the_context_alone():
    zorb = entry_from(ZORB, "zorb")
    with including({"zorb": zorb}):
        with including({"other": zorb}):
            assert {"zorb", "other", "ball"} <= set(entries())
        assert entry_of("zorb") is zorb
        assert "other" not in entries()
    with pytest.raises(LibraryError, match="no 'zorb'"):
        entry_of("zorb")
