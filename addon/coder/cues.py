"""Words that limit how a rule can be read: nothing is meant to turn, to be lacking or to come in an order without one.

They never say which reading is meant where several are left, and count for nothing if no reading is left.
"""

from __future__ import annotations

NUMBER_WORDS = {
    "half": "0.5", "twice": "2", "two": "2", "three": "3", "third": "3", "four": "4", "fourth": "4",
    "five": "5", "fifth": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
}  # fmt: skip

DIRECTIONS = {
    "up": "+z", "raise": "+z", "lift": "+z", "down": "-z", "lower": "-z", "right": "+x", "left": "-x",
    "forward": "+y", "forwards": "+y", "back": "-y", "backward": "-y", "backwards": "-y",
}  # fmt: skip
"""Words of directions, and the axis that each means."""

NEGATIONS = {"not", "no", "never", "unless", "except", "without", "nor", "neither"}
EARLY = {"earlier", "already"}
ORDERED = {"afterwards", "before", "earlier", "order", "sequence", "followed"}
ORDERS = ORDERED | {"then", "after", "later", "first", "next", "already"}
ONLY = {"exactly", "only", "just", "single", "alone", "both", "two"}
CHOICES = {"or", "either"}
BOTH = {"and", "both", "all", "also", "too", "well", "together", "plus"}
ENOUGH = CHOICES | {"one", "any", "whichever", "enough", "first", "alternatively", "least", "else"}
"""Words of what is lacking, of orders (with `ORDERED` the order counts), of the only one, and of what is enough; with a
choice, not both are meant."""

OFTEN = {"each", "every", "whenever", "always", "often", "repeatedly"}
AGAIN = OFTEN | {"any", "again", "per"}
PERIODS = {"each", "every", "again", "per", "over", "repeat", "repeatedly", "periodically", "regularly"} | {
    word + ending for word in ("interval", "period", "rhythm", "cycle") for ending in ("", "s")
}
THROUGHOUT = {"while", "during", "throughout", "long"}
LASTING = THROUGHOUT | {"all", "every", "rests", "stays", "remains", "lasts", "keeps", "always"}
DELAYS = {"after", "later", "wait", "waiting", "delay", "delayed", "pause", "past", "then", "in"}
"""Words of what happens at each touch (with `OFTEN` no more than once is out of the question), again and again in time,
as long as a touch lasts (with `THROUGHOUT` nothing else), or later."""

OFF = NEGATIONS | {"off", "out", "dark", "false", "stops", "stopped"}
HIGH = {"above", "over", "higher", "rises", "climbs", "more", "exceeds", "passes", "up"}
LOW = {"below", "under", "lower", "less", "falls", "drops", "sinks", "beneath", "down"}
LEAST, MOST = {"least", "minimum"}, {"most", "maximum"}
MORE, LESS = {"above", "over", "more", "exceeds", "greater"}, {"below", "under", "less", "fewer"}
ANOTHER = {"one", "another", "increment"}
"""Words of what is off, of heights, of comparisons, and of one more."""

TURNS = {"turn", "turns", "rotate", "rotates", "spin", "swing", "tilt", "pivot", "twist", "swivel", "degree", "degrees"}
DOORS = {"open", "opens", "opened", "close", "closes", "closed", "shut", "shuts", "unlock", "lock", "bar", "unbar"}
RELEASES = {
    "release", "free", "drop", "let", "go", "loose", "loosen", "fall", "stop", "hold", "holding", "keep", "freeze",
    "fix", "fixed", "detach", "unhook", "untie", "start",
}  # fmt: skip
"""Words of what turns, opens or closes, and of bodies let go or held."""

CONDITIONS = {"when", "whenever", "if", "once", "as", "after", "while", "since"}
"""First words of rules that begin with what they wait for."""

PREPOSITIONS = {"at", "during", "for", "from", "on", "throughout", "upon", "with"}
"""First words before what is waited for, if its name follows in the same breath."""

SUBJECTS = CONDITIONS | {"before", "or", "until", "unless", "without", "provided", "time", "that", "moment", "upon"}
"""Words before a thing that is waited for."""

OPENINGS = SUBJECTS | {
    "a", "again", "all", "always", "an", "any", "as", "assuming", "at", "both", "by", "during", "each", "either",
    "every", "exactly", "first", "for", "from", "given", "in", "just", "no", "not", "on", "one", "only", "repeat",
    "should", "so", "supposing", "the", "then", "there", "this", "throughout", "to", "two", "wait", "with",
}  # fmt: skip
"""First words that are no command: a rule with another, and no name before it, begins with what it does."""
