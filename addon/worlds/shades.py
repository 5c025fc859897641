"""Colours by their names, lighter and darker ones among them."""

from __future__ import annotations

from collections.abc import Sequence

from ..scene_graph import COLORS
from ..scene_graph.base import Vec3

SHADES = {
    **dict.fromkeys(("dark", "deep"), ("black", 0.6)),
    **dict.fromkeys(("light", "pale", "pastel"), ("white", 0.55)),
}
"""Words in front of a colour, with what it goes towards and by which share of the way."""

TINTS = {
    **dict.fromkeys(("midnight blue", "navy blue"), "dark blue"),
    **dict.fromkeys(("forest green", "olive green", "moss green", "pine green", "bottle green"), "dark green"),
    **dict.fromkeys(("blood red", "wine red", "ruby red"), "dark red"),
    **dict.fromkeys(("sky blue", "baby blue", "ice blue"), "light blue"),
    **dict.fromkeys(("lime green", "mint green", "sea green"), "light green"),
    **dict.fromkeys(("snow white", "pure white"), "white"),
    **dict.fromkeys(("jet black", "pitch black", "coal black"), "black"),
    **{"violet": "purple", "turquoise": "cyan", "crimson": "dark red", "scarlet": "red", "maroon": "dark red"},
    **{
        "beige": "light brown",
        "tan": "light brown",
        "lilac": "light purple",
        "silver": "light gray",
        "navy": "dark blue",
    },
    **{"lemon yellow": "yellow", "cherry red": "red", "fire red": "red", "grass green": "green", "rose red": "red"},
}
"""Names of colours after what has them."""


def colour_of(words: str) -> str | None:
    """The name of a colour, or of a shade of one, as it is written here; None for other words."""
    words = TINTS.get(words, words)
    *shade, plain = words.split(" ") or [""]
    plain = "gray" if plain == "grey" else plain
    if plain not in COLORS or len(shade) > 1 or (shade and shade[0] not in SHADES):
        return None
    return " ".join([*shade, plain])


def rgb_of(colour: str) -> Vec3:
    """A colour of `colour_of` as red, green and blue from 0 to 1."""
    *shade, plain = colour.split(" ")
    r, g, b = COLORS[plain][:3]
    if not shade:
        return (r, g, b)
    towards, share = SHADES[shade[0]]
    mixed = [round(one + share * (other - one), 4) for one, other in zip((r, g, b), COLORS[towards][:3], strict=True)]
    return (mixed[0], mixed[1], mixed[2])


def name_of(rgb: Sequence[float]) -> str | None:
    """The name of a colour or of a shade of one, where it has one."""
    shades = (f"{shade} {colour}" for shade in SHADES for colour in COLORS)
    return next((name for name in (*COLORS, *shades) if rgb_of(name) == tuple(rgb)), None)
