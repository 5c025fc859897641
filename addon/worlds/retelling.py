"""Ways to say things, put in words that are read, before a sentence is taken to pieces."""

from __future__ import annotations

import re

from ..scene_graph import COLORS
from .lexicon import Lexicon
from .phrasal import joined
from .relative import unrelated
from .words import PLAIN_BEHIND, PREPOSITIONS, STATE, STUFFS, UNTOLD, stems

_CARRIED = (
    r"\b(?:(?:the|a|strong|gentle|light|sudden) )*(?:wind|breeze|gust|gale|storm|air) "
    r"(?:carries|blows|drives|whirls|sweeps|swirls|moves|stirs up|picks up) (?:(?:the|some|fine|loose|dry|autumn) )*"
)

_WIND = r"(?:(?:the|a|strong|gentle|light|sudden) )*(?:wind|breeze|gust|gale|storm)\b(?: of wind\b)?"

_WINDS = rf"(?<![\w-])(?P<wind>{_WIND})"

_WHAT = r"(?P<what>(?:an?|the) (?:[\w-]+ ){0,2}?[\w-]+)"

_ENDS = r"(?=\s*(?:$|[,.;:!]|\b(?:and|then|while|when|by|in|at|as)\b))"

_BEARING = r"(?:loaded|laden|piled|packed|stacked|heaped|topped|decorated)"

_MADE = "|".join(STUFFS)

_BE = "is|are|gets?|is being|are being"

_DRAWN = "pulled|dragged|towed|hauled|drawn|tugged|winched|hoisted"

_AIR = "wind|breeze|gust|storm"

_NUMBERED = r"(?:an?|the|one|two|three|four|five|six|seven|eight|\d+)"

_TOPPED = rf"(?P<topped>{_NUMBERED} [\w ]+?)"

_TOP = rf"(?P<top>{_NUMBERED} [\w ]+?)"

_WINGS = r"(?:(?:air|aero|paper )?plane|glider|bird|gull|seagull|eagle|hawk|owl|crow|stork|swallow|kite|jet|drone)s?"

_HOLDING = "bowl|basket|box|crate|vase|bucket|pot|jar|barrel|sack|chest|tray|plate|wagon|wheelbarrow"

_ARRANGED = r"(?:pile|stack|row|tower|heap|pyramid|piece|lump|line|chain|series|block|sheet|bucket|glass|kind)\b"

_LATER = "finally|lastly|at last|in the end|afterwards|after that|eventually|subsequently|thereafter|secondly|thirdly"

RETOLD = (
    (r"\b(?:orbit|circle|move|fly) (?:the |a )?camera around\b", "camera orbits around"),
    (r",? (?:after|upon) which\b", ", then"),
    (r",? which (?:then )?(?:makes|lets|causes) (?=(?:the|a|an)\b)", ", then "),
    (r"\bas (?!soon|long|well|if|far)\w+ as\b", "like"),
    (r"\bso (\w+) that\b", r"\1, then"),
    (r",? so that\b", ", then"),
    (rf"{_WINDS} (?:blows|knocks|pushes|throws|tips) (?:over|down) {_WHAT}", r"\g<what> falls over in \g<wind>"),
    (rf"{_WINDS} (?:blows|knocks|pushes|throws|tips) {_WHAT} (?:over|down){_ENDS}", r"\g<what> falls over in \g<wind>"),
    (rf"{_WINDS} (?:blows|knocks|pushes|sweeps) {_WHAT} off (?=(?:an?|the)\b)", r"in \g<wind> \g<what> falls off "),
    (rf"\b(?:is|are|gets?) (?:blown|knocked|tipped) (over|down)(?= by {_WIND}| in {_WIND})", r"falls \1"),
    (rf"\b(?:is|are|gets?) blown (over|down){_ENDS}", r"falls \1"),
    (rf"\bblows? (over|down){_ENDS}", r"falls \1"),
    (r"\b(?:(?:is|are|gets?) blown|blows?) off (?=(?:an?|the)\b)", "falls off "),
    (r"\b(fire|campfire|bonfire|candle|lamp|flame)s? dies out\b", r"\1 goes out"),
    (r"\bdies (?=down|away|off|out)", f"{UNTOLD} dies "),
    (r"\band swing(?= (?:\w+ly|back|to and fro)\b)", "and they swing"),
    (r"\b(is|are|gets?) (?=set (?:on fire|alight|ablaze) by\b)", rf"\1 {UNTOLD} "),
    (r"\b(an?|the) tin (?=roof|bucket|box|cup)", r"\1 metal "),
    (r"\b(?:remains?|stays?) (?=(?:open|closed|shut)\b)", "is "),
    (r"\bgives off (smoke|steam)\b", r"\1s"),
    (r"\blets go of\b", f"{UNTOLD} lets go,"),
    (
        r"(?<=\w )(lets|makes|watches|sees|causes|helps|hears|forces|tells) (?:how )?"
        r"(?=(?:an?|the|two|three|some|it|them|him|her)\b(?: [\w-]+){1,4}? (?!(?:and|then|in|on)\b)\w+)",
        rf"{UNTOLD} \1, ",
    ),
    (
        r",? (?:(?:at the same (?:time|moment)|just|exactly) )?(?<!soon )(?<!long )(?<!far )(?<!well )"
        r"as (?=(?:the|an?)\b)",
        ", while ",
    ),
    (rf"\b(is|are) (?:all |both )?made (?:out )?of ({_MADE})\b", r"\1 \2"),
    (rf"\b(an?|the) ((?:\w+ )?\w+) made (?:out )?of ({_MADE})\b", r"\1 \3 \2"),
    (rf"\b(an?|the) (\w+), which (?:is|are) ({'|'.join((*COLORS, *STUFFS))}),", r"\1 \3 \2"),
    (r"(?<!\bis)(?<!\bare)(?<!\bgets),? followed by\b", ", then"),
    (r"\b(is|are) (?:(?:still|wide|fully) )?(open|closed|shut)\b(?! by)", rf"\1 {STATE}\2"),
    (r"\b(?:on|onto) the (?:roof|top|surface) of\b", "on"),
    (r"\bfrom a height of\b", "from"),
    (r"\b(is|are) wood\b", r"\1 wooden"),
    (rf"\b((?:{_HOLDING})s?) of\b(?! (?:{_MADE})\b)", r"\1 with"),
    (rf"\b(an?|the) (?!{_ARRANGED})(\w+) of ({_MADE})\b", r"\1 \3 \2"),
    (rf",?\s*\b(?:and |then )?(?:{_LATER})\b,?", ", then"),
    (r"(?:^|[,;.])\s*(?:and |then )?(?:next|later(?: on)?|second|third),? (?=(?:an?|the|it|they)\b)", r", then "),
    (r",? (?:until|before) (it|they)\b(?! (?:is|are|gets?)\b)", r", then \1"),
    (
        r"\b(?:when|once|as soon as) (?:the )?(?:first|outermost) (?:one|\w+) "
        r"is (?:pushed|tipped|nudged|hit|toppled)(?: over)?,? (?:they all|all of them|the others|the rest|all) "
        r"(?:fall|topple|tumble|go)(?: over| down)?",
        "they topple one after another",
    ),
    (
        r"\b(hang\w*|hung|suspended|swing\w*|dangl\w*) (?:down )?from (?:a|the) (?:wooden )?(?:cross)?beam\b",
        r"\1 from a beam frame",
    ),
    (
        r",? with (steam|smoke|sparks|bubbles|flames|lava) "
        r"(?:rising|coming|billowing|pouring|curling|drifting|shooting)(?: up| out)? "
        r"(?:from|of|out of) (?:its|the|their) \w+",
        r", \1 rises from it",
    ),
    (rf"\b({_BE}) (\w+ed (?:(?:back|for|side|up|down)wards?|sideways))(?= by\b)", rf"\1 {UNTOLD} \2"),
    (rf"\b({_BE}) (?=(?:{_DRAWN})\b[^,.;]*? by (?:an?|the)\b(?! (?:\w+ )?(?:{_AIR})\b))", rf"\1 {UNTOLD} "),
    (r"\b(hangs?|hung|hanging|is strung|are strung) across\b", rf"{UNTOLD} \1 across"),
    (rf"\b{_TOPPED} (?:is|are) (?:topped|crowned) (?:with|by) {_TOP}{_ENDS}", r"\g<top> stands on \g<topped>"),
    (
        rf"\b{_TOPPED} (?:is|are) covered with (?P<cover>an? [\w ]+?) and set with {_TOP}{_ENDS}",
        rf"\g<top> stand on \g<topped>, {UNTOLD} covered with \g<cover>",
    ),
    (rf"\b{_TOPPED} (?:is|are) (?:set|laid) with {_TOP}{_ENDS}", r"\g<top> stand on \g<topped>"),
    (rf"\b({_WINGS}) (?=glides? (?:over|across|above|through|past|into|along)\b)", rf"\1 {UNTOLD} "),
    (rf", {_BEARING} with ([\w ]+),", r" with \1"),
    (rf"\b{_BEARING} with\b", "with"),
    (_CARRIED + r"(?:sand|dust)\b", "sand blows in the wind"),
    (_CARRIED + r"leaves\b(?! (?:of|on)\b)", "falling leaves in the wind"),
    (r"\b(swing\w*|pendulum\w*) (?:go|move)(?:es|s)? (?:back and forth|to and fro)", r"\1 swing"),
    (r"\bthey all\b", "they"),
    (r"\ball of them\b", "them"),
)
"""Patterns with what stands for them."""


LEADING = re.compile(r"\s*(?P<does>\w+ing\b[^,]*),\s*(?P<rest>(?:an?|the|two|three)\b.+)", re.IGNORECASE)
"""A participle in front of who does it, as in "rolling down the hill, the barrel hits a fence"."""

INSET = re.compile(r"\s*(?P<who>(?:an?|the)\b[^,]+?),\s*(?P<does>\w+ing\b[^,]*),\s*(?P<rest>.+)", re.IGNORECASE)
"""A participle behind who does it, as in "a barrel, rolling down a hill, hits a fence"."""


KEEPS = re.compile(r"\bkeeps (?:on )?(\w+ing)\b", re.IGNORECASE)
"""Going on with something."""

PASSIVE = re.compile(
    r"(?P<who>\b(?:an?|the|two|three|four|five)\b(?: [\w-]+){1,3}?) (?:is|are|gets?|is being|are being) (?P<does>\w+?)"
    r"(?P<over> over| down| go| on| off| up| through)? "
    r"by (?P<by>(?:an?|another|the|two|three)\b (?!(?:\w+ )?(?:wind|breeze|gust|storm)\b)"
    r"(?:[\w-]+)(?: (?!(?:and|then|in|on|onto|into|off|from|which|that|while|so|at|down|to)\b)[\w-]+){0,2})",
    re.IGNORECASE,
)
"""Something done to one thing by another, as in "a box is pushed by a robot"."""

BY_RULE = {"followed": "follows", "chased": "chases"}
"""What is done by somebody that only our rule language knows."""

UNDONE = re.compile(r"\b(?P<be>is|are|gets?|was|were|being) (?P<does>\w+(?:ed|t|n|it))\b", re.IGNORECASE)
"""Something done to a thing, and it is not said by whom."""

ACTED_UPON = ("hits", "strikes", "pushes", "shoves", "knocks", "topples", "touches", "bumps", "lifts", "pours")
"""Verbs that say nothing of who does them where they are said so."""

BEGINS = re.compile(r"(?:,|;|\b(?:and|then|while|but|when|if|once|after|before|as))$", re.IGNORECASE)
"""What is in front of a clause."""

PLACED = re.compile(
    r"(?:an?|the) ((?:\w+ )?\w+) (?:on|in|under|behind|beside|near|above)\b",
    re.IGNORECASE,
)
"""A thing of which it is said where it is."""

GOES_ON = re.compile(r"^(,? and then|,? and|, then) (?!(?:an?|the|it|they|two|three|another)\b)(\w+s)\b", re.IGNORECASE)
"""What goes on of that one thing behind it."""


def retold(text: str) -> str:
    """A text with some ways to say things put in words that are read."""
    for pattern, instead in RETOLD:
        text = re.sub(pattern, instead, text, flags=re.IGNORECASE)
    return joined(text)


def straightened(sentence: str, lexicon: Lexicon) -> str:
    """A sentence with who does something in front of what it does while it does something else."""
    sentence = KEEPS.sub(lambda m: third(m[1], lexicon) or m[0], _denied(unrelated(sentence, lexicon), lexicon))
    if (found := INSET.match(sentence)) and (does := finite(found["does"], lexicon)):
        return f"{found['who']} {does} and {found['rest']}"
    if (found := PASSIVE.search(sentence)) and (active := _active(sentence, found, lexicon)):
        return active
    for found in UNDONE.finditer(sentence):
        if third(found["does"], lexicon) in ACTED_UPON:
            return f"{sentence[: found.end('be')]} {UNTOLD}{sentence[found.end('be') :]}"
    if (found := LEADING.match(sentence)) and (does := finite(found["does"], lexicon)):
        words = found["rest"].split()
        at = next((n for n in range(2, min(len(words), 7)) if _acts(words[n:], lexicon)), None)
        if at is not None:
            return f"{' '.join(words[:at])} {does} and {' '.join(words[at:])}"
    return sentence


def _denied(sentence: str, lexicon: Lexicon) -> str:
    """A sentence in which what is said not to be done is one clause: "cannot roll and bounce" as "cannot roll or
    bounce"."""
    words, denied = sentence.split(), False
    for at, word in enumerate(words[:-1]):
        plain = (words[at + 1].lower().strip(",."),) in lexicon.said
        if word.lower() == "and" and denied and plain:
            words[at] = "or"
        else:
            denied = denied and word.lower() != "and" and (plain or word[-1] not in ",;:")
            denied = denied or word.lower().endswith(("n't", "n’t")) or word.lower() in PLAIN_BEHIND
    return " ".join(words)


def _active(sentence: str, found: re.Match[str], lexicon: Lexicon) -> str | None:
    """What is done to something by somebody, said of who does it, also where it is said in between where that something
    is: "the vase on the table is hit by a ball". What cannot be said so is marked to be left out; None for verbs that
    nothing here knows."""
    breaks = re.finditer(r"[,;]|\band\b|\bthen\b", sentence[: found.start()])
    before = sentence[: found.start()].rstrip()
    apart = bool(before) and not BEGINS.search(before)
    start = max((one.end() for one in breaks), default=0) if apart else found.start()
    whole, does = sentence[start : found.end("who")].strip(), _finite_past(found["does"], lexicon)
    head = PLACED.match(whole) if apart else None
    if does is None and not apart and not found["over"] and lexicon.verb([found["does"].lower()]) is None:
        return None
    if does is None or (apart and head is None) or (found["over"] or " over") not in (" over", " down"):
        what = sentence[found.end("who") :].strip().split(" ", 1)[1]
        return f"{sentence[: found.end('who')]} {UNTOLD} {what}"
    whom, rest = f"the {head[1]}" if head else whole, GOES_ON.sub(r"\1 it \2", sentence[found.end() :])
    told = f"{found['by']} {does} {whom}{found['over'] or ''}"
    return f"{sentence[:start]} {f'{whole}, ' if head else ''}{told}{rest}".strip()


def finite(does: str, lexicon: Lexicon) -> str | None:
    """What a participle and the words behind it say, of somebody in front of them; None for what is no verb, and for a
    participle that only tells of which kind the thing behind it is."""
    words = does.split()
    found = lexicon.verb([word.lower() for word in words])
    behind = " ".join(words[1:3]).lower()
    ways = (*PREPOSITIONS, *lexicon.ways, "along", "past", "through", "across", "over", "from", "off", "out")
    if found is None or not (len(words) == 1 or any(re.match(rf"{way}\b", behind) for way in ways if way)):
        return None
    participle = words[0].lower()
    name = next((s for s in stems(participle) if s != participle and lexicon.verb([s]) is not None), None)
    return None if name is None else " ".join([f"{name}s", *words[1:]])


def _finite_past(does: str, lexicon: Lexicon) -> str | None:
    """What somebody does by whom something "is pushed"; None for what is not done to others."""
    if does.lower() in BY_RULE:
        return BY_RULE[does.lower()]
    plain = _plain(does, lexicon)
    found = lexicon.said[(plain,)] if plain is not None else None
    return third(does, lexicon) if found is not None and (found.to == "must" or found.sends) else None


def _plain(does: str, lexicon: Lexicon) -> str | None:
    """The plain form of a verb that there is."""
    known = [stem for stem in stems(does.lower()) if (stem,) in lexicon.said]
    return next((stem for stem in known if stem != does.lower()), next(iter(known), None))


def third(does: str, lexicon: Lexicon) -> str | None:
    """What somebody does who does it now."""
    plain = _plain(does, lexicon)
    return plain and (f"{plain}es" if plain.endswith(("s", "sh", "ch", "x")) else f"{plain}s")


def _acts(words: list[str], lexicon: Lexicon) -> bool:
    """Whether a verb comes next that says what somebody does."""
    return lexicon.verb([word.lower().strip(",.") for word in words]) is not None and words[0].endswith(("s", "ed"))
