"""The words of edits: one table each."""

from __future__ import annotations

from .. import lexing
from ..sizes import DIRECTIONS
from ..words import SIZING

SAYABLE = (
    "'make the flag red', 'make the ball bigger', 'make the wind stronger', 'put the cup on the table', "
    "'add a chair next to the table', 'remove the tree', 'use 12 dominoes', 'make it night', 'the ball rolls faster'"
)

Shape = tuple[float, tuple[str, ...]]

SHAPES: dict[str, Shape] = {
    **dict.fromkeys(("bigger", "larger"), (1.3, SIZING)),
    **dict.fromkeys(("smaller", "tinier"), (1 / 1.3, SIZING)),
    **dict.fromkeys(("taller", "higher"), (1.3, ("height",))),
    **dict.fromkeys(("shorter", "lower"), (1 / 1.3, ("height", "length"))),
    "longer": (1.3, ("length",)),
    "wider": (1.3, ("width",)),
    "thicker": (1.3, ("thickness", "width")),
    "steeper": (1.3, ("height",)),
}
"""By how much a comparison makes which parameters larger."""

EQUALS = {"big": SIZING, "large": SIZING, "steep": ("height",), **DIRECTIONS}
"""Which parameters are meant behind "twice as"."""

STRENGTHS = {"stronger": 1.6, "more": 1.6, "weaker": 1 / 1.6, "less": 1 / 1.6, "gentler": 1 / 1.6}
SPEEDS = {"faster": 1.5, "quicker": 1.5, "slower": 1 / 1.5}

DEGREES = {
    **dict.fromkeys(("a bit", "a little", "a little bit", "slightly", "somewhat"), 0.36),
    **dict.fromkeys(("much", "a lot", "far", "a good deal"), 1.8),
}
"""Words in front of a comparison, with the power to which its factor is taken."""

TIMES = {"twice": 2.0, "half": 0.5}

BREAKS = tuple(word for word in lexing.BREAKS if word != "while")
"""Words between the clauses of an edit."""

POLITE = ("please", "kindly", "thanks", "now", "also", "just")
"""Words that ask for nothing."""

REMOVE = ("get rid of", "take away", "remove", "delete", "erase", "without", "no")
MAKE = ("make", "let", "colour", "color", "paint", "turn", "render")
BE = ("should be", "shall be", "is", "are", "be", "become", "becomes")
USE = ("let there be", "there are", "there be", "use", "make", "have", "show", "with")
PUT = ("put", "move", "place")
REPLACE = ("replace", "swap", "exchange", "change", "turn")
INTO = ("with", "by", "for", "into", "to")
LEADS = {*REMOVE, *MAKE, *USE, *PUT, *REPLACE, "add", "switch", "take", "stop"}
"""Words with which an edit begins."""

EXCEPT = ("but not", "and not", "except for", "except", "apart from", "other than", "besides")
EVERYTHING = ("everything", "all things", "all the things", "all of the things")
FLOOR = tuple(
    f"{on} the {what}" for on in ("on", "onto", "down on", "to", "down to") for what in ("floor", "ground", "earth")
)

PICKING = {
    *("first", "second", "third", "fourth", "fifth", "sixth", "last", "middle", "other", "others", "next", "single"),
    *("some", "few", "several", "many", "most", "any", "half", "outer", "leftmost", "rightmost", "lone", "only"),
}
"""Words that pick some of several out."""

LIGHTS = ("flicker", "blink", "light up", "go out")
"""What the light of a thing does."""

ABOUT = {
    *("make", "let", "set", "have", "change", "use", "turn", "happen", "it", "is", "be", "should", "there", "with"),
    *("a", "an", "the", "in", "at", "on", "to", "into", "time", "weather", "scene", "world", "setting"),
}
"""Words around those for a setting that say nothing by themselves."""

BRIGHT = ("sunny", "sunny day", "bright day", "clear", "clear weather", "clear sky", "sunshine")
WET = ("rain", "snow", "fog")
"""Weather in which it is not sunny."""
