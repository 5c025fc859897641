"""Shades of colours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.scene_graph import COLORS
from addon.worlds.library import entries
from addon.worlds.reader import read
from addon.worlds.shades import SHADES, colour_of, rgb_of


@given(st.sampled_from([*COLORS]), st.sampled_from([*SHADES]))
def test_a_shade_lies_between_its_colour_and_what_it_goes_towards(colour, shade):
    towards = COLORS[SHADES[shade][0]]
    for one, plain, other in zip(rgb_of(f"{shade} {colour}"), COLORS[colour], towards, strict=True):
        assert min(plain, other) - 1e-4 <= one <= max(plain, other) + 1e-4


@pytest.mark.parametrize(
    ("words", "colour"),
    [("grey", "gray"), ("dark grey", "dark gray"), ("midnight blue", "dark blue"), ("dark", None), ("very red", None)],
)
def test_the_names_of_colours(words, colour):
    assert colour_of(words) == colour


@pytest.mark.parametrize(
    ("sentence", "colour"),
    [
        ("A dark blue car drives.", "dark blue"),
        ("A light green house.", "light green"),
        ("A midnight blue sofa.", "dark blue"),
        ("A snow white horse runs.", "white"),
        ("A lemon yellow car.", "yellow"),
        ("A forest green car drives.", "dark green"),
        ("The car is dark red.", "dark red"),
    ],
)
def test_shades_are_read_and_are_no_hour(sentence, colour):
    manifest = read(sentence, entries())
    assert [s.parameters.get("colour") for s in manifest.subjects] == [rgb_of(colour)]
    assert manifest.setting.model_dump(exclude_defaults=True, exclude_none=True) == {}
    assert manifest.left_out == ()
