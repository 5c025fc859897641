"""The words of sentences about worlds that are no things and no verbs: one table each."""

from __future__ import annotations

from typing import Any

from ..rules.units import NUMBER_WORDS
from .manifest import Arrangement
from .places import RELATIONS
from .sizes import DIRECTIONS
from .stuffs import DRINKS

DETERMINERS = {"a", "an", "the", "its", "this", "that", "these", "those", "some", "of", "one's", "each", "another"}
KINDS_OF_ARTICLES = {"a": "a", "an": "a", "another": "a", "the": "the", "this": "the", "that": "the"}
ARTICLES = ("a", "an", "the")

CHANGES = ("turn", "turns", "go", "goes", "grow", "grows", "become", "becomes")
"""Verbs behind which a colour says what something becomes."""

CAUSES = ("sends", "lets", "makes", "causes", "sets", "leaves", "keeps")
"""Verbs whose object does what is said behind it."""

STARTS = ("starts", "begins", "start", "begin")
"""Words that say that something begins, and by themselves not what."""

EMPTY = {
    *("is", "are", "be", "being", "has", "had", "can", "will", "been", "gets", "starts", "begins", "there"),
    *("which", "who", "scene", "world", "where", "tied", "fastened", "attached", "fixed", "here", "nearby"),
    *("still", "again", "already", "now", "stands", "standing", "stand", "lies", "lying", "lie", "sits"),
    *("sitting", "sit", "placed", "to", "also", "just", "hangs", "hanging", "hung", "as", "its", "own"),
    *("where", "first", "next", "piece", "itself", "lone", "single", "alone"),
}
"""Words that say nothing by themselves."""

ORDERLY = ("in turn", "one by one", "one after another", "one after the other")
"""Words that say that several do something one after another."""

STATE = "standing-"
"""What is put in front of a word for how something is, so that it is no verb."""

STANDING = ("stands", "stand", "lies", "lie", "sits", "sit")
"""Those of them that say where something is."""

PHRASES = {
    *("in turn", "with a bang", "as usual", "where it is", "where they are"),
    *(
        "one by one",
        "one after another",
        "one after the other",
        "side by side",
        "each other",
        "all of them",
        "they all",
    ),
    *("in all directions", "at once", "at the same time", "back and forth", "to and fro", "up and down", "on its own"),
}
"""Runs of words that say nothing that a plan could hold otherwise."""

IMPERATIVES = {
    *("make", "show", "show me", "create", "build", "let", "put", "place", "add", "set", "draw", "generate", "render"),
    *("i would like", "i would like to see", "i'd like", "i want to see", "could you", "would you", "can you"),
    *("there should be", "there could be", "there would be", "there might be", "there may be", "should be"),
    *("simulate", "animate", "i want", "give me", "imagine", "picture", "model", "we see", "i see", "have", "watch"),
    *("a scene with", "a scene of", "a scene in which", "a scene where", "a world in which", "a world with", "please"),
}
"""Words with which somebody asks for a world; they say nothing of it."""

OBJECTS = ("a", "an", "the", "it", "them", "its", "his", "her", "their")
"""Words with which begins to whom something is done."""

ALSO_VERBS = ("rings", "covers", "pans", "fills", "hammers", "saws", "plants", "trains", "ships")
"""Several things that behind one thing are what it does."""

PARTS = ("half", "most", "some", "many", "few", "several", "third", "quarter")
"""Words in front of "of the" that say that a part of them is meant."""

FOR = {
    *("running shoe", "walking stick", "rolling pin", "moving van", "sailing boat", "sailing ship", "spinning wheel"),
    *("swimming pool", "frying pan", "fishing rod", "sleeping bag", "racing car", "riding boot", "jumping rope"),
    *("watering can", "washing machine", "sewing machine", "dining table", "diving board", "climbing frame"),
}
"""Things called by what they are for, and not by what they do."""

UNEARTHLY = (
    *("in spring", "in the spring", "in summer", "in the summer", "in autumn", "in the autumn", "in the fall"),
    "on the moon",
    "on mars",
    "in zero gravity",
    "zero gravity",
    "without gravity",
    "in space",
    "in outer space",
)
"""Places where things would fall otherwise than here, and seasons."""

PRONOUNS = {"it", "they", "them", "he", "she", "him"}
"""Words for the thing, or the things, that were spoken of."""

PACES = {"slowly": 0.6, "gently": 0.6, "softly": 0.6, "quickly": 1.6, "fast": 1.6, "rapidly": 1.6, "swiftly": 1.6}
"""By how much words for a pace make a verb's speed more."""

EDGES = ("off the edge", "over the edge", "from the edge", "off its edge", "over its edge", "off the side")
"""Words behind a verb that say that something comes from what it is on."""

SOURCES = ("from", "off", "out of", "off of")
"""Words behind a verb that say where something comes from."""

STUFFS_GIVEN_OFF = {
    "steam": "steam", "smoke": "smoke", "sparks": "spark", "bubbles": "bubble", "lava": "erupt", "flames": "burn",
}  # fmt: skip
"""What things give off, with the verb of which it is the outcome."""

GIVING = {
    *("rises from", "rise from", "rising from", "comes out of", "come out of", "coming out of", "comes from"),
    *("come from", "coming from", "pours from", "pours out of", "pouring from", "pouring out of", "billows from"),
    *("billows out of", "billowing from", "drifts from", "fly from", "flies from", "flying from", "shoots out of"),
    *("rises out of", "rising out of", "curls from", "curling from", "escapes from", "rise out of"),
    *("shoots from", "flows from", "flows out of", "flowing from", "leap from", "rises up from", "rise up from"),
}
"""Words between what is given off and what gives it off."""

_WET = (*DRINKS, "soup", "cocoa")

CONTENTS = {
    f"{lead} {hot}{what}": what
    for what in _WET
    for lead in ("of", "with", "full of", "filled with")
    for hot in ("", "hot ")
}
"""What vessels hold."""

PASSINGS = {
    **dict.fromkeys(("day passes", "a day passes", "the day passes", "a whole day passes", "day passing"), "day"),
    **dict.fromkeys(
        (
            "a day passing",
            "a whole day goes by",
            "whole day goes by",
            "a day goes by",
            "day goes by",
            "time lapse of a day",
            "day to night",
        ),
        "day",
    ),
    **dict.fromkeys(("from morning to night", "from dawn to dusk", "from sunrise to sunset"), "day"),
    **dict.fromkeys(("the sun sets", "sun sets", "sun goes down", "the sun goes down", "night falls"), "sunset"),
    **dict.fromkeys(("it gets dark", "the sun is setting", "darkness falls", "day turns into night"), "sunset"),
    **dict.fromkeys(("day turns to night", "the light fades", "dusk falls"), "sunset"),
    **dict.fromkeys(("the sun rises", "sun rises", "the sun comes up", "sun comes up", "day breaks"), "sunrise"),
    **dict.fromkeys(("it gets light", "dawn breaks", "the sun is rising", "night turns into day"), "sunrise"),
}
"""Words for the part of a day that passes."""

COUNTS = {word: int(number) for word, number in NUMBER_WORDS.items() if word not in ("half", "dozen")}
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

MATERIALS = {
    **dict.fromkeys(("wooden", "oak", "pine", "timber"), "wood"),
    **dict.fromkeys(("steel", "metal", "iron", "metallic"), "steel"),
    **dict.fromkeys(("brass", "golden", "gold", "copper", "bronze"), "brass"),
    **dict.fromkeys(("stone", "granite", "concrete"), "stone"),
    **dict.fromkeys(("china", "porcelain", "ceramic"), "china"),
    **dict.fromkeys(("woollen", "woolen", "wool", "silk", "silken", "velvet", "linen", "cotton", "fabric"), "cloth"),
    **dict.fromkeys(("paper", "cardboard"), "paper"),
    **{"glass": "glass", "brick": "brick", "rubber": "rubber", "plastic": "plastic", "leather": "leather"},
    **{"straw": "straw", "wax": "wax", "ice": "ice", "icy": "ice", "foam": "foam", "wicker": "straw"},
}
"""Words in front of a noun that say what it is made of, with a stuff that there is."""

STUFFS = {**MATERIALS, "wood": "wood"}
"""Words that say so behind "of"."""

ARRANGEMENTS: dict[str, Arrangement] = {
    "row of": "row",
    "pile of": "stack",
    "pyramid of": "stack",
    "rows of": "row",
    "line of": "row",
    "chain of": "row",
    "series of": "row",
    "stack of": "stack",
    "tower of": "stack",
}

UNLIKE = ("pyramid of",)
"""Those of them that say another shape than what is made, which is told."""

_SETTINGS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("floor | ground | lane | alley | the floor | the ground | earth | sky | air | in the air | in the sky", {}),
    (
        "garden | in a garden | in the garden | yard | backyard | park | lawn | courtyard | orchard | playground",
        {"where": "garden"},
    ),
    (
        "meadow | field | pasture | grassland | grass | green field | farm | farmyard | village | prairie | savanna",
        {"where": "meadow"},
    ),
    ("forest | wood | woods | jungle | clearing | forest clearing", {"where": "forest"}),
    ("desert | sand dunes | sand dune | dune | dunes", {"where": "desert"}),
    ("beach | shore | seaside | sandy beach", {"where": "beach"}),
    ("hills | countryside | rolling hills", {"where": "hills"}),
    ("mountains | mountain range", {"where": "mountains"}),
    ("snowfield | winter landscape | snowy field", {"where": "snowfield", "weather": "snow"}),
    (
        "room | kitchen | living room | bedroom | indoors | office | attic | study | hall | hallway | "
        "cellar | basement | garage | workshop | classroom | nursery | dining room | bathroom | gym | lobby | shop | "
        "bakery | cafe | restaurant | museum | laboratory | lab | gallery | theatre | library",
        {"where": "room"},
    ),
    ("dark room", {"where": "room", "hour": "night"}),
    (
        "street | city street | road side | road | city | town | cobblestones | cobbles | pavement | sidewalk",
        {"where": "street"},
    ),
    ("studio | empty floor | plain floor", {"where": "studio"}),
    ("sea | ocean | open sea | on the water | on water | waves | calm sea | harbour | harbor | bay", {"where": "sea"}),
    (
        "underwater | under water | under the sea | sea floor | seabed | deep sea | in the deep sea",
        {"where": "underwater"},
    ),
    (
        "night | under the stars | stars | starry sky | at night | midnight | moonlight | moonlit | dark",
        {"hour": "night"},
    ),
    ("evening | sunset | dusk | at sunset", {"hour": "evening"}),
    ("morning | sunrise | dawn", {"hour": "morning"}),
    ("noon | midday | sunny | daylight | sunny day | bright day", {"hour": "day"}),
    (
        "rain | rainy | raining | in the rain | rain falls | it rains | rain is falling | heavy rain",
        {"weather": "rain"},
    ),
    ("snow | snowy | snowing | snow falls | it snows | falling snow | snow is falling", {"weather": "snow"}),
    ("fog | foggy | mist | misty", {"weather": "fog"}),
    ("falling leaves | autumn leaves | leaves drift down", {"weather": "leaves"}),
    (
        "sand blows | blowing sand | sand is blown | sand drifts | sand blowing | sandstorm | dust blows",
        {"weather": "sand"},
    ),
    (
        "wind | windy | breeze | in the wind | in a breeze | by the wind | wind blows | "
        "wind is blowing | in the breeze | gust | gusts | gusty | gust of wind",
        {"wind": 5.0},
    ),
    ("gentle breeze | light breeze | soft breeze | gentle wind | light wind | in a gentle breeze", {"wind": 3.0}),
    ("strong wind | storm | stormy | gale | strong winds | in strong wind", {"wind": 12.0}),
)

IN_A_ROW: dict[str, Arrangement] = {
    **dict.fromkeys(
        ("in a row", "in a line", "in a straight line", "in a long line", "in line", "in a queue", "lined up"), "row"
    ),
    **dict.fromkeys(("in a stack", "in a pile", "in a tower", "on top of each other", "stacked", "piled up"), "stack"),
}
"""How things stand, said behind them."""

LIQUIDS = {*_WET, "liquid", "contents"}
"""What is in a vessel: what it does, the vessel does."""

SETTINGS = {word: meaning for words, meaning in _SETTINGS for word in words.split(" | ")}
"""Words for where, when and in which weather it is."""

TELLING = ("rain", "snow", "night", "midnight", "evening", "morning", "fog", "mist", "storm", "wind", "wood", "dark")
"""Those of them that in front of a noun may tell of which kind it is."""

WITHIN = ("in", "at", "on", "through", "during", "under", "by", "into", "before", "after")
"""Words behind which they do not."""

VIEWS = {
    "camera orbits": "orbit",
    "camera circles": "orbit",
    "camera flies around": "orbit",
    "camera moves around": "orbit",
    "camera orbits around": "orbit",
    "camera circles around": "orbit",
    "camera goes around": "orbit",
    "orbiting camera": "orbit",
    "orbit camera": "orbit",
    "orbit camera around": "orbit",
    "camera moves closer": "approach",
    "camera moves in": "approach",
    "camera zooms in on": "approach",
    "camera moves towards": "approach",
    "camera moves up": "rise",
    "camera approaches": "approach",
    "camera zooms in": "approach",
    "camera rises": "rise",
}

PREPOSITIONS = {word: name for name, kind in RELATIONS.items() for word in kind.words}
"""The relations that prepositions say."""

UNITS = {
    *("mm", "cm", "m", "km", "inch", "inches", "foot", "feet", "ft", "kg", "kilo", "kilos", "g", "gram", "grams"),
    *("meter", "meters", "metre", "metres", "centimeter", "centimeters", "centimetre", "centimetres", "kilograms"),
    *("ton", "tons", "tonne", "tonnes", "litre", "litres", "liter", "liters", "year", "years", "month", "months"),
    *("day", "days", "hour", "hours", "minute", "minutes", "second", "seconds", "degree", "degrees", "percent"),
    *("legged", "wheeled", "sided", "storey", "story", "pointed", "armed", "legs"),
}
MEASURED = {"old", "heavy", "away", "apart", "later", *DIRECTIONS}
"""Words behind a number that make it no count, and those that may follow."""

REASONS = ("because", "although", "though")
"""Words behind which it is told why something happens."""

UNTOLD = "untold-here"
"""A word in front of what is told to be left out, and that is not told itself."""

LIKENESS = ("like", "than")
"""Those of the words below that go with one thing behind them."""

DENYING_THINGS = ("no", "without", "nothing", "neither", "nor")
"""Words in front of what is not there, or of who does not do what is said next."""

DENYING_DEEDS = (
    *("not", "never", "cannot", "cant", "dont", "doesnt", "didnt", "isnt", "arent", "wont", "couldnt", "wouldnt"),
    *("shouldnt", "n't"),
)
"""Words in front of what is not done, besides all that end in "n't"."""

TURNING = {
    *DENYING_THINGS,
    *DENYING_DEEDS,
    *("could", "might", "may", "should", "would", "ought", "rarely", "seldom", "scarcely"),
    *("off", "from", "away", "out", "through", "across", "over", "past", "up"),
    *("after", "before", "until", "unless", "if", "when", "once", "whenever"),
    *("none", "instead", "leaning", "leans", "lean", "like", "than", "camera", "whose", UNTOLD),
    *("almost", "nearly", "barely", "hardly", "other", "others"),
    *REASONS,
}
"""Words without which a sentence would mean something else, and which nothing here stands for. All words that end in
"n't" are such."""

PLAIN_BEHIND = ("cannot", "cant", "dont", "could", "might", "may", "should", "would", "ought", "to", "not")
"""Words behind which the plain forms of verbs stand, and that turn all of them, besides those that end in "n't"."""

NOT_THERE = ("instead", "like", "than", "leaning", "leans", "lean", "whose", UNTOLD, *REASONS)
"""Those of them, besides those that deny, of which the things behind them need not be there."""

PICKING_OF = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "last", "rest", "highest", "lowest", "topmost"),
    *("leftmost", "rightmost", "outermost", "uppermost", "nearest", "closest", "biggest", "smallest"),
)
"""Words in front of "of" that tell one of several from the others."""

PICKING = (
    *(*PICKING_OF, "top", "bottom", "middle", "upper", "lower", "front", "rear", "outer", "inner", "next", "left"),
    *("right", "central", "remaining"),
)
"""Words in front of a noun that do so."""

DOUBTED = ("until", "unless", "if", "before")
"""Words of what is left out behind which the things need not be there."""

ALONG, GOING = ("across", "along", "over"), ("roll", "slide", "drive", "bounce")
"""Prepositions for what something goes along, and verbs that they stand behind: it is on it."""

VESSELS = ("vessels", "containers", "kitchen")
"""Families of what something can be in."""

WITH_PARTS = ("turn", "wave", "rock", "open", "close", "grow")
"""Verbs of which "its" part says no more than that it does so."""

CONDITIONAL = ("if", "unless", "until", "before", "when", "once", "whenever", "after")
"""Words that make what the clause says hang on something."""

_PAST = {
    "fell": "fall", "fallen": "fall", "flew": "fly", "flown": "fly", "struck": "strike", "swung": "swing",
    "blown": "blow", "shone": "shine", "caught": "catch", "lit": "light", "rose": "rise", "went": "go",
    "drove": "drive", "thrown": "throw", "met": "meet",
    "ran": "run", "swam": "swim", "grew": "grow", "spun": "spin", "sank": "sink", "shook": "shake",
}  # fmt: skip
_IRREGULAR = {
    "leaves": ("leaf", "leave"), "dominoes": ("domino",), "knives": ("knife",), "dice": ("die",), "feet": ("foot",),
    "children": ("child",), "people": ("person",), "mice": ("mouse",), "geese": ("goose",), "oxen": ("ox",),
    "teeth": ("tooth",), "cacti": ("cactus",), "lice": ("louse",),
}  # fmt: skip
_COMPOUNDED = [item for item in _IRREGULAR.items() if item[0] in ("children", "people", "mice", "geese")]
"""Those of them that other nouns end in, as in "grandchildren"."""


def denies(word: str) -> bool:
    """Whether a word says that what comes next is not done."""
    return word in DENYING_DEEDS or word.endswith(("n't", "n’t"))


def is_for(words: str) -> bool:
    """Whether a participle with a noun says what the thing is for."""
    return words in FOR or any(stem in FOR for stem in stems(words))


def plural_of(word: str) -> tuple[str, ...]:
    """How a noun is said of several."""
    special = tuple(many for many, ones in _IRREGULAR.items() if word in ones)
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return (*special, word[:-1] + "ies")
    if word.endswith(("s", "x", "ch", "sh")):
        return (*special, word + "es")
    if word.endswith(("f", "fe")):
        special = (*special, word.removesuffix("e")[:-1] + "ves")
    if word.endswith("man"):
        special = (*special, word[:-3] + "men")
    for many, (one, *_) in _COMPOUNDED:
        if word.endswith(one) and word != one:
            special = (*special, word.removesuffix(one) + many)
    return (*special, word + "s", *((word + "es",) if word.endswith("o") else ()))


def stems(word: str) -> tuple[str, ...]:
    """The plain forms that a verb's form may be of."""
    found = [word, *_IRREGULAR.get(word, ())]
    if word.endswith("men"):
        found.append(word[:-3] + "man")
    if word.endswith("ves"):
        found += [word[:-3] + "f", word[:-3] + "fe"]
    if word.endswith("ies"):
        found.append(word[:-3] + "y")
    for ending in ("s", "es", "ed", "ing", "d"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            found += [stem, stem + "e"]
            if len(stem) > 2 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return tuple(dict.fromkeys((*found, *([_PAST[word]] if word in _PAST else []))))
