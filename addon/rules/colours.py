"""Colours by their names, in words and numbers."""

from __future__ import annotations

from ..scene_graph import COLORS
from .grammar import REJECT, Fields, Grammar
from .units import told

Colour = tuple[float, float, float]
"""Linear red, green and blue, each 0 to 1."""

NAMED: dict[str, Colour] = {
    **COLORS,
    "grey": COLORS["gray"],
    "violet": (0.35, 0.1, 0.8),
    "magenta": (0.8, 0.03, 0.6),
    "turquoise": (0.05, 0.7, 0.6),
    "gold": (0.85, 0.55, 0.08),
    "golden": (0.85, 0.55, 0.08),
    "silver": (0.6, 0.6, 0.62),
    "lime": (0.35, 0.9, 0.05),
    "navy": (0.01, 0.02, 0.2),
    "teal": (0.01, 0.25, 0.25),
    "maroon": (0.22, 0.01, 0.02),
    "beige": (0.85, 0.78, 0.6),
    "crimson": (0.6, 0.01, 0.05),
    "scarlet": (0.85, 0.03, 0.01),
}
"""What colours are called."""

SHADES = {"dark": 0.0, "deep": 0.0, "light": 1.0, "pale": 1.0}
"""Words before a colour, with the grey that is half of it then."""

BRIGHT = ("bright", "vivid", "brilliant")
"""Words before a colour that is as strong as can be."""


def told_colour(colour: Colour) -> str:
    """A colour in words that are read again: by its name, else by its numbers."""
    shaded = {
        f"{shade} {name}".strip(): _shade(c, shade)
        for shade in ("", "dark", "light", "bright")
        for name, c in NAMED.items()
    }
    return next((name for name, c in shaded.items() if c == colour), f"({', '.join(told(c) for c in colour)})")


def _shade(colour: Colour, word: str) -> Colour:
    if word in BRIGHT:
        red, green, blue = (round(c / max(colour, default=1.0), 4) if any(colour) else c for c in colour)
        return red, green, blue
    if word not in SHADES:
        return colour
    red, green, blue = (round((c + SHADES[word]) / 2, 4) for c in colour)
    return red, green, blue


def _named(f: Fields, word: str) -> object:
    name = f["w"].lower()
    return _shade(NAMED[name], word) if name in NAMED else REJECT


def _numbers(f: Fields) -> object:
    return tuple(f["v"]) if all(0 <= c <= 1 for c in f["v"]) else REJECT


def _hex(f: Fields) -> object:
    """``"#ff8000"``, whose numbers are those of screens."""
    text = f["t"].strip().lstrip("#")
    if len(text) != 6 or any(c not in "0123456789abcdefABCDEF" for c in text):
        return REJECT
    parts = [int(text[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    return tuple(round(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4, 4) for c in parts)


def add(g: Grammar) -> None:
    """Ways to say a colour, as ``shade``."""
    g.add("shade", ["{w:spelled}", "(completely|all|fully|pure) {w:spelled}"], lambda f: _named(f, ""))
    for word in (*SHADES, *BRIGHT):
        g.add("shade", f"{word} {{w:spelled}}", lambda f, w=word: _named(f, w))
    g.add("shade", "{v:vector}", _numbers)
    g.add("shade", "{t:text}", _hex)
