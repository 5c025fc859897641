"""Words that limit how a rule can be read: nothing is meant to turn, to be lacking or to come in an order without one.

They never say which reading is meant where several are left, and count for nothing if no reading is left.
"""

from __future__ import annotations

import re

NUMBER_WORDS = {
    "half": "0.5", "twice": "2", "two": "2", "three": "3", "third": "3", "four": "4", "fourth": "4",
    "five": "5", "fifth": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
}  # fmt: skip

DIRECTIONS = {
    "up": "+z", "upward": "+z", "upwards": "+z", "raise": "+z", "lift": "+z", "hoist": "+z", "elevate": "+z",
    "down": "-z", "downward": "-z", "downwards": "-z", "lower": "-z", "right": "+x", "rightward": "+x",
    "rightwards": "+x", "left": "-x", "leftward": "-x", "leftwards": "-x", "forward": "+y", "forwards": "+y",
    "back": "-y", "backward": "-y", "backwards": "-y",
}  # fmt: skip
"""Words of directions, and the axis that each means."""

IDIOMS = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\bno (?:matter|longer|sooner|later|less|more|further)\b|\bnot (?:until|only|just)\b|\bhow often\b", " "),
        (r"\bfor the first time\b|\bduring (?=\d)|\b(?:doesn't|does not|not) matter\b(?: which (?:\w+ )?first)?", " "),
        (r"\b(?:any|either|whatever|whichever) (?:order|sequence)\b", " "),
        (r"\b(?:regardless|irrespective) of (?:\w+ )?(?:order|sequence)\b", " "),
        (r"\border is (?:not (?:important|relevant)|irrelevant|unimportant)\b", " "),
        (r"\bother way(?: a?round)? (?:doesn't|does not) count\b", " in order "),
        (r"\bonly (?=(?:after|as soon|if|on|once|upon|when)\b)", " "),
        (r"\bafter both\b", " once both "),
        (r"\bover and over\b", " repeatedly "),
        (r"\b(?:met(?:re|er)s?|m) per (?:s|second)\b", " "),
        (r"\byet to\b", " not "),
        (r"\bsave (?=if|when|where)", " unless "),
        (r"\bto the exclusion of\b", " exclusive or "),
        (r"\bearlier of\b", " either "),
        (r"\bbefore(?=\s+(?:@\d+ )?ever\b)", " unless "),
        (r"n't\b", " not"),
    )
]
"""Turns of phrase in small letters, and words of the lists below that they mean, or nothing of the kind."""

NEGATIONS = {"not", "no", "never", "unless", "except", "without", "nor", "neither", "nothing", "none", "untouched"}
EARLY = {"earlier", "already", "previously", "beforehand"}
ORDERED = EARLY - {"already"} | {"afterwards", "before", "order", "sequence", "followed", "preceded", "subsequently"}
ORDERS = ORDERED | {"then", "after", "later", "first", "next", "already", "thereafter"}
ONLY = {"exactly", "only", "just", "single", "alone", "precisely", "xor", "exclusive", "exclusively"}
TOGETHER = {"both", "two", "together"}
CHOICES = {"or", "either", "xor"}
BOTH = {"and", "both", "all", "also", "too", "well", "together", "plus", "with", "besides", "alongside", "additionally"}
ENOUGH = CHOICES | {
    "one", "any", "whichever", "enough", "first", "alternatively", "least", "else", "suffices", "sooner",
}  # fmt: skip
"""Words of what is lacking, of orders (with `ORDERED` the order counts), of the only one (or of both `TOGETHER`, if
that is denied), and of what is enough; with a choice, not both are meant."""

OFTEN = {"each", "every", "whenever", "always", "often", "repeatedly"}
AGAIN = OFTEN | {"any", "again", "per", "anew", "fresh", "new", "repeated"}
PERIODS = {
    "each", "every", "again", "per", "repeat", "repeatedly", "repeating", "repeats", "periodically",
    "periodic", "regular", "regularly", "whenever", "keep", "tick",
} | {word + ending for word in ("interval", "period", "rhythm", "cycle", "loop") for ending in ("", "s")}  # fmt: skip
THROUGHOUT = {"while", "during", "throughout", "long"}
LASTING = THROUGHOUT | {"rests", "stays", "remains", "lasts", "keeps", "always", "continuously", "constantly", "keep"}
MOMENTS = re.compile(
    r"\b(?:each|every|any|all) (?:\w+ )?(?:moment|instant|frame|step|tick)s?\b"
    r"|\b(?:all|whole|entire) (?:the )?(?:time|while)\b",
    re.IGNORECASE,
)
DELAYS = {
    "after",
    "later",
    "wait",
    "waiting",
    "delay",
    "delayed",
    "pause",
    "past",
    "then",
    "in",
    "lag",
    "following",
    "since",
    "elapsed",
}
LASTED = re.compile(r"\b(?:for|let) \d", re.IGNORECASE)
"""Words of what happens at each touch (with `OFTEN` no more than once is out of the question), again and again in time,
as long as a touch lasts (with `THROUGHOUT` nothing else; also with `MOMENTS`), or later (also if it `LASTED`)."""

OFF = NEGATIONS | {"off", "out", "dark", "false", "stops", "stopped", "unlit", "inactive"}
HIGH = {
    "above", "over", "higher", "rises", "climbs", "more", "exceeds", "passes", "up", "exceed", "beyond", "past",
    "surpasses", "ascends", "greater", "tops", "passing", "excess",
}  # fmt: skip
LOW = {
    "below", "under", "lower", "less", "falls", "drops", "sinks", "beneath", "down", "underneath", "descends",
    "descending", "dips", "smaller", "falling", "sinking",
}  # fmt: skip
LEAST, MOST = {"least", "minimum"}, {"most", "maximum"}
MORE, LESS = {"above", "over", "more", "exceeds", "greater", "beyond"}, {"below", "under", "less", "fewer", "smaller"}
ANOTHER = {"one", "another", "increment", "extra"}
"""Words of what is off, of heights, of comparisons, and of one more."""

TURNS = {
    "turn", "turns", "rotate", "rotates", "rotation", "spin", "swing", "tilt", "pivot", "twist", "swivel", "revolve",
    "roll", "tip", "degree", "degrees",
}  # fmt: skip
DOORS = {
    "open", "opens", "opened", "opening", "close", "closes", "closed", "closing", "shut", "shuts", "unlock", "lock",
    "bar", "unbar", "seal", "unseal", "unlatch",
}  # fmt: skip
RELEASES = {
    "release", "released", "free", "freely", "drop", "let", "go", "loose", "loosen", "fall", "stop", "hold", "holding",
    "held", "keep", "freeze", "unfreeze", "fix", "fixed", "detach", "unhook", "untie", "unpin", "unlock", "unclamp",
    "unlatch", "unfasten", "unleash", "start", "allow", "gravity", "dynamic",
}  # fmt: skip
"""Words of what turns, opens or closes, and of bodies let go or held."""

CONDITIONS = {"when", "whenever", "if", "once", "as", "after", "while", "since"}
"""First words of rules that begin with what they wait for."""

PREPOSITIONS = {"at", "during", "for", "from", "on", "throughout", "upon", "with"}
"""First words before what is waited for, if its name follows in the same breath."""

SUBJECTS = CONDITIONS | {"before", "or", "until", "unless", "without", "provided", "time", "that", "moment", "upon"}
"""Words before a thing that is waited for."""

VERBS = re.compile(
    r"(?:had|have|hit|hitting|met|struck|ran|bumped|collided|reached|touched|(?![a-z]*wards)[a-z]*[a-rt-z]s)$"
)
NO_VERBS = {"afterwards", "always", "as", "besides", "its", "perhaps", "plus", "this", "thus", "times", "versus"}
"""What can be the verb of a thing that is waited for, right after its name, and what only looks like one."""

OPENINGS = SUBJECTS | {
    "a", "again", "all", "always", "an", "another", "any", "anytime", "as", "assuming", "at", "because", "behind",
    "both", "by", "collision", "collisions", "contact", "contacts", "count", "counting", "during", "each", "either",
    "every", "everything", "exactly", "first", "following", "for", "from", "given", "granted", "had", "half", "has",
    "having", "in", "instead", "it", "its", "just", "never", "next", "no", "not", "nothing", "now", "of", "often", "on",
    "one", "only", "over", "past", "per", "provided", "providing", "rather", "repeat", "rule", "second", "should", "so",
    "some", "something", "soon", "step", "supposing", "that", "the", "then", "there", "these", "they", "this", "those",
    "throughout", "till", "to", "together", "twice", "two", "under", "wait", "waiting", "watch", "what", "whatever",
    "where", "wherever", "whether", "whichever", "whoever", "with", "within",
}  # fmt: skip
"""First words that are no command: a rule with another, and no name before it, begins with what it does."""
