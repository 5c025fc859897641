"""The words of sentences about worlds that are no things and no verbs: one table each."""

from __future__ import annotations

from typing import Any

from .manifest import Arrangement
from .places import RELATIONS

DETERMINERS = {"a", "an", "the", "its", "their", "this", "that", "these", "those", "some", "of", "one's", "each"}
EMPTY = {
    *("is", "are", "be", "being", "there", "which", "who", "scene", "world", "where"),
    *("stands", "standing", "stand", "lies", "lying", "lie", "sits", "sitting", "sit", "placed"),
}
"""Words that say nothing by themselves."""

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
COUNTS = {word: number + 1 for number, word in enumerate(_NUMBERS)}
MANY = {"several": 4, "many": 12, "few": 3, "couple": 2, "dozen": 12, "pair": 2}

SIZING = ("radius", "size", "height", "width", "depth", "length", "diameter")
"""Parameters that a size makes larger."""

SIZES = {
    **dict.fromkeys(("big", "large"), (1.6, SIZING)),
    **dict.fromkeys(("small", "little"), (0.6, SIZING)),
    **{"huge": (2.5, SIZING), "giant": (3.0, SIZING), "tiny": (0.4, SIZING)},
    **{"tall": (1.5, ("height",)), "long": (1.5, ("length",)), "wide": (1.5, ("width",)), "low": (0.6, ("height",))},
}
"""By how much a size makes which parameters larger."""

ARRANGEMENTS: dict[str, Arrangement] = {
    "row of": "row",
    "rows of": "row",
    "line of": "row",
    "chain of": "row",
    "series of": "row",
    "stack of": "stack",
    "tower of": "stack",
}

SETTINGS: dict[str, dict[str, Any]] = {
    **{word: {"where": "garden"} for word in ("garden", "in a garden", "in the garden", "yard", "park")},
    **{word: {"where": "meadow"} for word in ("meadow", "field", "pasture", "grassland")},
    **{word: {"where": "forest"} for word in ("forest", "wood", "woods", "jungle")},
    **{word: {"where": "desert"} for word in ("desert", "sand dunes", "dunes")},
    **{word: {"where": "beach"} for word in ("beach", "shore", "seaside")},
    **{word: {"where": "hills"} for word in ("hills", "countryside")},
    **{word: {"where": "mountains"} for word in ("mountains", "mountain range")},
    **{word: {"where": "snowfield", "weather": "snow"} for word in ("snowfield", "winter landscape")},
    **{word: {"where": "room"} for word in ("room", "kitchen", "living room", "bedroom", "indoors", "office")},
    **{word: {"where": "street"} for word in ("street", "city street", "road side")},
    **{word: {"where": "studio"} for word in ("studio", "empty floor")},
    **{word: {"hour": "night"} for word in ("night", "at night", "midnight", "moonlight", "moonlit")},
    **{word: {"hour": "evening"} for word in ("evening", "sunset", "dusk", "at sunset")},
    **{word: {"hour": "morning"} for word in ("morning", "sunrise", "dawn")},
    **{word: {"hour": "day"} for word in ("noon", "midday", "sunny", "daylight", "sunny day")},
    **{word: {"weather": "rain"} for word in ("rain", "rainy", "raining", "in the rain", "rain falls", "it rains")},
    **{word: {"weather": "snow"} for word in ("snow", "snowy", "snowing", "snow falls", "it snows", "falling snow")},
    **{word: {"weather": "fog"} for word in ("fog", "foggy", "mist", "misty")},
    **{word: {"weather": "leaves"} for word in ("falling leaves", "leaves fall", "autumn leaves")},
    **{word: {"wind": 5.0} for word in ("wind", "windy", "breeze", "in the wind", "in a breeze")},
    **{word: {"wind": 12.0} for word in ("strong wind", "storm", "stormy", "gale")},
}
"""Words for where, when and in which weather it is."""

VIEWS = {
    "camera orbits": "orbit",
    "camera circles": "orbit",
    "camera flies around": "orbit",
    "camera approaches": "approach",
    "camera zooms in": "approach",
    "camera rises": "rise",
}

PREPOSITIONS = {word: name for name, kind in RELATIONS.items() for word in kind.words}
"""The relations that prepositions say."""

TOWARDS = ("down", "into", "onto", "towards", "toward", "to", "against", "at")
"""Words behind a verb that say where it goes, or what it meets."""

TURNING = {
    *("not", "no", "never", "without", "nothing", "neither", "nor", "don't", "doesn't", "isn't", "aren't", "won't"),
    *("off", "from", "away", "out", "through", "across", "over", "past", "up"),
    *("after", "before", "until", "unless", "if", "when", "then"),
    *("leaning", "leans", "lean", "hanging", "hangs", "hang"),
}
"""Words without which a sentence would mean something else, and which nothing here stands for."""

_IRREGULAR = {"leaves": ("leaf", "leave"), "dominoes": ("domino",), "knives": ("knife",), "dice": ("die",)}


def plural_of(word: str) -> tuple[str, ...]:
    """How a noun is said of several."""
    special = tuple(many for many, ones in _IRREGULAR.items() if word in ones)
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return (*special, word[:-1] + "ies")
    if word.endswith(("s", "x", "ch", "sh")):
        return (*special, word + "es")
    return (*special, word + "s", *((word + "es",) if word.endswith("o") else ()))


def stems(word: str) -> tuple[str, ...]:
    """The plain forms that a verb's form may be of."""
    found = [word]
    if word.endswith("ies"):
        found.append(word[:-3] + "y")
    for ending in ("s", "es", "ed", "ing", "d"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            found += [stem, stem + "e"]
            if len(stem) > 2 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    irregular = {"fell": "fall", "fallen": "fall", "flew": "fly", "flown": "fly", "struck": "strike", "swung": "swing"}
    return tuple(dict.fromkeys((*found, *([irregular[word]] if word in irregular else []))))
