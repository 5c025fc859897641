"""Nouns that the library has nothing for are found where things are named."""

import pytest

from addon.worlds.library import entries
from addon.worlds.unanswered import unanswered


@pytest.mark.parametrize(
    ("sentence", "nouns"),
    [
        ("A ball rolls down a ramp and topples a row of dominoes", []),
        ("A red zorb falls onto a table", ["zorb"]),
        ("Two zorbs stand next to a gronk", ["zorb", "gronk"]),
        ("A ball hits the shiny zorb", ["shiny zorb"]),
        ("A zorb rolls, then the zorb hits a box", ["zorb"]),
        ("A ball rolls zorbily", []),
        ("A zorb chair stands in a garden", []),
    ],
)
def test_nouns_without_an_entry(sentence, nouns):
    assert unanswered(sentence, entries()) == nouns
