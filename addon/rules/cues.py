"""Words that turn, limit or order what a rule means, and what plain sentences have for them."""

from __future__ import annotations

import re

TIMES_UNSAID = frozenset([0.5, 1.0])
"""Seconds that something takes where nobody says how long."""

EASED = re.compile(
    r"\b(?:eas(?:e|es|ed|ing)(?= (?:in|out|off|into|away)\b|[,.;]|$)|smooth\w*|(?:slow|soft|smooth) (?:start|finish|end|stop|in|out)\b)"
)
"""Words for a motion that begins and ends slowly."""
SLOW, SLOWLY = 2.0, re.compile(r"\b(?:slow(?:ly)?|gent(?:ly|le)|soft(?:ly)?|unhurried(?:ly)?)\b", re.IGNORECASE)
"""Seconds that what is done slowly takes, and words for that."""

TWICE = frozenset(["same", "each", "both", "likewise", "again", "equally"])
"""Words by which what is said once can be meant twice."""

NOT = re.compile(
    r"\b(?:not|no|never|unless|without|neither|nor|none|nothing|nobody|except|excepting|save (?:where|when|if|for)|fails?|failed|untouched|(?:forbid|prohibit|disallow|ban|dodg|avoid|evad|prevent|refus|den|spar)(?:s|es|ing|ed|ned|ning|e|y|ies|ied|ding)?|forbade|forbidden|miss(?:es|ed|ing)?|lest)\b|n't\b"
)
NO_DENIAL = re.compile(
    r"(?:^|[.;:!] *|, (?:but |and )?)(?:please |so |just |we |you |but )*(?:do|will|must|should|shall|may|can) not (?:[^.;:]{2,80}?)\b(?:until|till|before|unless)\b"
    r"|\b(?:would|do|does|is|are|will|can|could|should) not (?:you|it|we|they|he|that)\b(?=\s*(?:[?!.]|$))"
    r"|\bno (?:delay|wait|waiting|pause|hurry|rush|fuss|difference|problem|worries|doubt|surprise\w*)\b|\bnot a (?:moment|second) (?:sooner|earlier|later)\b"
    r"|\bno (?:longer|more|less|sooner|later|hold|holding|matter)\b|\bnot (?:longer|again|before|earlier|sooner|later|both|any ?more|wait|until|forget|rush|matter)\b"
    r"|\bnever again\b|\bnot (?:to )?(?:be )?(?:held|hold|frozen|repeat\w*)\b|\bor not\b"
    r"|\b(?:do|does|is|are|must|should|need|has|have) not (?:\w+ ){0,3}(?:any ?more|any longer|both|more)\b"
    r"|\b(?:do|does|did) not (?:mind|care|bother me|matter|fear|panic)\b|\bno (?:break|breaks|gaps?|interruptions?|wait|kidding|joke|more and no less)\b"
    r"|\bnot (?:only|just|least|too (?:long|late|soon|bad)|bad)\b|\bwhy not\b|\bnever mind\b|\bnone other than\b|\bno sooner\b"
    r"|\bnothing (?:but|special|fancy|else|more|sideways|extra|happens?(?: \w+){0,2} (?:until|till|before))\b"
    r"|\bno (?:big deal|exceptions?|ifs|questions?|sweat|need|ado|excuses?|further ado|time to lose|stopping|slacking)\b"
    r"|\bwithout (?:to )?(?:further |any |more )?(?:ado|fail|fuss|questions?|delay|hesitation|pause|exceptions?|end|stop\w*|ceas\w+|interruption|an? (?:break|stop|pause))\b"
    r"|\bnever (?:let(?:ting|s)? go|tak(?:e|es|ing) (?:its|his|her|their|the) eyes? off)\b"
    r"|\b(?:do|need|must|should|can) not (?:hesitate|be shy|dawdle|delay|hang about|linger|dally|wait|worry|bother|miss|skip)\b"
)
DENIED = re.compile(r"\b(?:not|no|never|neither|unless)\b")
LACK = re.compile(
    r"\b(?:released|off|stops|disabled|loses|outside|falls|disconnected|is 0|(?:becomes|reaches) 0|but not both|false|rest|moving|closed|farther|less than|at most|upright|none)\b"
)
"""What plain sentences have where a text denies something."""
EACH = re.compile(
    r"\b(?:whenever|every(?: (?:single )?time)?|each (?:\w+ ){0,3}(?:time|touch|hit|contact|bump|instance|occasion)|always(?! (?:look|watch|fac|point|follow|keep|stay)\w*)|any ?time|(?:as )?often as|again and again|everytime|repeatedly|anew|per(?! (?:second|sec|s|minute|min|step|frame)\b))\b"
)
AGAIN = re.compile(
    r"\b(?:again|per|each|every|at all times|intervals?|repeat\w*|more than once|an?(?: full| whole)? (?:second|sec|minute)|another)\b|/ ?[\d.]* ?s\b"
)
"""What else can be said of what happens each time, or every few seconds."""
AS_ALWAYS = re.compile(r"\b(?:as|like) (?:always|ever)\b")
AT_TIME = re.compile(
    r"\bat (?:t ?= ?|time )?\d+(?:\.\d+)? ?(?:s|secs?|seconds?)\b(?! (?:intervals?|steps?|per|each|a))"
)
RANGE = re.compile(r"\b([^\W\d_]+?)s? (\d{1,4}) ?(?:to|through|till|until|[-–]) ?(\d{1,4})\b", re.IGNORECASE)
TURNS = re.compile(
    r"\b(?:every|per|each)(?: (?:single|full|whole|complete|other))?(?: [\w.]+)?(?: and a half)? ?"
    r"(?:s|sec|secs|seconds?|cycles?|laps?|turns?|rounds?|ways?|sides?|directions?|swings?|revolutions?|period)\b"
)
"""How often a motion turns round, which is no happening each time."""
EVERY = re.compile(r"(?:^|[;→] |after )(?:each time|every)\b")
WHILE = re.compile(
    r"\b(?:while|whilst|(?:as|so|for as) long|during(?! (?:the |a |about )?(?:[\d.]+|half|quarter|one|two|three|first|next|second))|throughout|whole time|entire time|whole duration|entire duration|all the time|all that time|all time|constantly|continuously|non-?stop|keep(?:s|ing)?|kept|stay\w*|remains?|remained|continuous|for (?:the )?(?:whole |entire |full |exactly )?(?:duration|that long|contact))\b"
)
WAITING = re.compile(
    r"\b(?:wait\w*|stand by|hold on|hang on|hold (?:\w+ ){0,3}off|look out|watch|hold back|hold fire|be patient) (?:\w+ ){0,2}?(?:until|till)\b"
)
"""``Wait until``, which says no more than ``when``."""
LET_GO = re.compile(r"\b(?:until|till|then|let(?:s|ting)? go|free|releas\w*|drop\w*)\b")
OR_MORE = re.compile(
    r"\bor (?:more|above|over|greater|higher|better|longer|further|faster|beyond|up|less|below|lower|fewer|under|slower|nearer|closer)\b"
)
"""A bound that is met as well, which joins nothing: ``at 60 or more``."""
MAYBE = re.compile(r"\bor (?:maybe|perhaps|even|else)\b")
OR = re.compile(
    r"\b(?:or|xor|(?:just|only|exactly) one|one,? (?:and|but) (?:not both|only one),? of|1 of (?:2|them|the two)|either|whichever|whoever|one of|any of|enough|suffices)\b"
)
IN_ORDER = re.compile(
    r"\b(?:in (?:this|that|the given|the right|correct) (?:order|sequence)|that order|first(?:ly)?\b.{3,80}\b(?:then|later|after|afterwards|next|second(?:ly)?)"
    r"|beforehand|previously|already|secondly|sequence)\b"
)
NEXT = re.compile(
    r"\b(?:then|later|after|afterwards?|before|next|followed by|subsequent(?:ly)?|thereafter|succe+ded|preceded|prior|preceding)\b"
)
ANY_ORDER = re.compile(
    r"\b(?:any|no matter (?:the|which|what|in which)|whatever|whichever|either) (?:order|sequence)\b|\border (?:does not|is not)\b"
)
ORDER = re.compile(
    r"\b(?:then|after|before|later|earlier|subsequent|following|succeeded|preceded|thereafter|behind|1st|2nd|first(?:ly)?|second(?:ly)?|next|already|previously|afterwards|order|sequence|beforehand|followed|prior|subsequently)\b"
)
BACKWARDS = re.compile(
    r"\b(?:after|subsequent to|following|before|already|earlier|previously|followed|preceded|prior|beforehand|until)\b"
)
AS_LISTED = re.compile(r"\b(?:this|that) (?:order|sequence)\b|\bfirst(?:ly)?\b")
ONLY_ONE = re.compile(
    r"\b(?:not both|(?:only|exact|exactly|just|precisely) 1 of|1 of (?:2|the two|them)|(?:only|exact|exactly|just|precisely) one(?! (?:second|minute|metre|meter|time|cm|m)\b)|one(?:,? and one)? only|both (?:being |are )?excluded|xor|one but not|but not (?:the other|if both))\b"
)
ONE_OF_TWO = re.compile(r"\b(?:(?:just|only|exactly|exact|precisely) )?(?:1|one) of (?:the |these )?2\b", re.IGNORECASE)
UNTIL = re.compile(r"\b(?:until|till)\b")
CUES = {
    r"\b(?:is|becomes) false\b": r"false|\bnot\b|n't\b|\bno\b|\boff\b|without|never|neither|nor\b|none|unless|un\w{3}|until|out\b|reset|clear|toggl|stop|end|ceas|longer|except|disabl|silenc|clos|nobody|before\b",
    r"\bloses contact": r"\b(?:leav\w*|left|los\w+|apart|separat\w*|part(?:s|ed)?|no longer|any ?more|lifts? off|off|lets? go of|away from|stops? touch\w*|ends?|loose|no more)\b",
    r"\btoggles\b": r"toggl|flip|opposite|other (?:state|way)|invert|revers|chang|switch(?:es)? (?:state|between|over)|on.{0,20}off|off.{0,20}on|true.{0,20}false",
    r"\b(?:turns|goes|is|gone) off\b": r"off|out|away\b|zero|\bnot\b|n't\b|silent|quiet|over\b|unless|neither|nor\b|extinguish|dark|activ|disabl|shut|stop|kill|douse|false|down|quench|cut|no longer|dead",
    r"\b(?:turns|goes|is|gone) on\b": r"\bon\b|lit\b|light|activ|start|run|enabl|true|glow|shin|burn|power|work|going|illumin|ignit|bright|kindl|up\b|alight|fire|live|go\b|operati|energi|motion|switch",
    r"\bsinks\b": r"down|lower|sink|drop|descend|fall|dip|subsid|let|[-−–] ?[\d.]",
    r"\brises [\d.]": r"up|rais|ris|lift|hoist|elevat|high|climb|heav|ascend|jack|z\b|vertical|\(0",
    r"\bcloses\b": r"clos|shut|seal|down|back",
    r"\bis held\b": r"^(?!.*\b(?:no longer|any ?more|any longer|let)\b).*\b(?:hold\w*|held|freez\w*|froz\w*|fix\w*|keep\w*|kept|stop\w*|lock\w*|pin\w*|stay\w*|suspend\w*|arrest\w*|still|retain\w*|hung|hangs?|stuck|put)\b",
    r"\bis released\b": r"releas|free|let|go\b|drop|unfreez|\boff\b.{0,30}(?:goes|comes|hold)|retention|loses (?:its|his|her) grip|unlock|froz|fall|hold|held|loose|physic|gravity|unleash|liberat|detach|unpin|set\b|wait|stay",
    r"\bdisabled\b": r"disabl|remov|off|break|broke|open|loose|releas|undo|discon|detach|cut|let|unlock|gone|dissol|snap|sever|unhook|inactiv|deactiv|free|end|drop|unpin|out of (?:work|action|use|order|service)|not (?:\w+ ){0,2}(?:active|needed|valid|working|in force|hold)|no longer|stop\w* (?:to )?work\w*",
    r"\benabled\b": r"enabl|on\b|connect|attach|activ|fasten|close|join|lock|hook|pin",
    r"for the 2nd time": r"\b(?:twice|2nd|second (?:time|touch|hit|contact|bump|collision|bounce|one|such)|(?:two|2) (?:\w+ ){0,3}(?:times?|touch\w*|hits?|contacts?|bumps?|collisions?|bounces?))\b|# ?2|x ?2\b|\b2 ?x\b|(?:no\.?|number) (?:2|two)\b|\bsecond\b(?! (?:before|after|later|in|into|from|long))|\bagain\b",
    r"(?:is|gets|got) (?:above|below|inside|outside|behind|beyond|in front) ": r"\b(?:above|over|top|higher|below|under|underneath|beneath|lower|inside|in|into|within|enter\w*|out|outside|behind|beyond|past|front)\b",
}  # fmt: skip
"""Parts of plain sentences, and what a text has to hold of which it can be that and not another of the same family."""

NOT_AT_ONCE = re.compile(
    r"\b(?:(?:do|does|will|would|should|shall|must|is|are)(?: not|n't)\b([^.;:,]{0,40}?)|not )"
    r"\b(?:at once|immediately|instantly|just yet|right (?:away|then|now)|straight ?away)\b",
    re.IGNORECASE,
)
"""What a delay says."""

NOT_FIRST = re.compile(
    r"\b(?:not|nothing|no \w+) (?:on|at|with|for|by|upon)? ?(?:the )?(?:very )?first(?: (?:\w+ ){0,2}?(?:time|touch|contact|hit|one))?\b"
    r"|\bfirst (?:time|touch|contact|hit|one)[^.;,]{0,20}\b(?:nothing|no effect|not count)\b",
    re.IGNORECASE,
)
"""What the second time says."""

NUMBERED = re.compile(r"(?:^|(?<=[^,\d\s]\s))\(?[1-9]\)\s")
"""Numbers of a list."""

OF_TWO = re.compile(
    r"\bone (?:thing |event )?(?:sets|setting|set|triggers|triggering|causes|causing|starts) (?:off )?(?:the )?other\b"
    r"|\b(?:the )?other (?:order|way (?:a)?round)\b|\beach other\b|\bone after (?:the )?other\b",
    re.IGNORECASE,
)
"""``The other`` of the two that a rule is about, which no sentence need say."""

UNSAID: frozenset[str] = frozenset([
    "otherwise", "else", "instead", "except", "excepting", "half", "swap", "swaps", "almost", "nearly", "barely",
    "halfway", "partly", "slightly", "roughly", "maybe", "perhaps", "gently", "slowly", "softly", "quickly",
    "randomly", "random", "ajar", "crack", "slit", "partway", "partially", "somewhat", "twice-as", "opposite", "other", "others", "rest", "remaining", "nearest", "next-to",
    "last", "previous", "gradually", "alternately", "alternating", "respectively", "vice", "versa",
])  # fmt: skip
"""Words that mean something and that a plain sentence has to hold if the text does."""

STANDS_FOR: frozenset[str] = frozenset([
    "it", "its", "itself", "that", "this", "those", "these", "they", "them", "their", "both", "each", "one",
    "ones", "other", "same", "he", "she", "him", "her", "there", "which", "who", "does", "too", "also", "so",
    "and", "then", "&", "+", ",",
])  # fmt: skip
"""Words by which a thing is meant that was named before."""

ALIKE = {
    "nearer": r"\bcloser\b", "fewer": r"\bless\b", "left": r"\b(?:loses contact|gets outside|outside|(?:is|reaches) 0)\b", "leaves": r"\b(?:loses contact|gets outside|outside)\b",
    "spinning": r"\b(?:turns|spins|turning)\b", "raised": r"\brises\b", "lowered": r"\bsinks\b", "lap": r"\bcircles\b", "fro": r"back and forth", "halved": r"\b0\.5\b", "halve": r"\b0\.5\b", "halves": r"\b0\.5\b", "drops": r"goes down by", "climbs": r"goes up by", "climb": r"goes up by|more than|at least", "beyond": r"more than|above|past",
    "adds": r"goes up by", "reset": r"\bbecomes\b|back to its start", "shines": r"\bis o(?:n|ff)\b", **dict.fromkeys(("slowly", "slow", "gently", "gentle", "softly", "soft"), r"within [2-9]"), "opens": r"\bopens?\b", "closes": r"\bcloses?\b", "sway": r"back and forth", "sways": r"back and forth", "else": r"\bno \w+ (?:touch|fall)",
}  # fmt: skip
"""Words of families, and what plain sentences of others have for them."""

LEFT_RIGHT = {
    "left": ("left", "-x"), "leftward": ("left",), "leftwards": ("left",), "right": ("right", "+x"), "rightward": ("right",),
    "rightwards": ("right",), "forward": ("forward",), "forwards": ("forward",), "backward": ("backwards",), "backwards": ("backwards",),
    "upward": ("up", "rises", "jumps"), "upwards": ("up", "rises", "jumps"), "downward": ("down", "sinks"), "downwards": ("down", "sinks"),
}  # fmt: skip
"""Words of directions that are nothing else, and what plain sentences have for them."""


WAYS_SAID = {
    "to the left": (0, -1, r"left"), "to the right": (0, 1, r"right|\\d ?(?:m|cm|mm|m/s) ?(?:->|→)"), "forward": (1, 1, r"forward|ahead|onward|to the front"), "backwards": (1, -1, r"back"),
}  # fmt: skip
"""Directions of plain sentences: the axis, its sign, and words for it."""

TO_RIGHT = re.compile(r"\b(?:to|the) right\b|m/s right|\d right")

SAYS_NOTHING: frozenset[str] = frozenset([
    "obviously", "clearly", "evidently", "apparently", "honestly", "frankly", "hopefully", "ideally", "preferably",
    "certainly", "surely", "definitely", "absolutely", "totally", "literally", "truly", "indeed", "duly",
    "accordingly", "consequently", "promptly", "forthwith", "straightaway", "directly", "automatically", "properly",
    "nicely", "neatly", "cleanly", "happily", "gladly", "merrily", "dutifully", "obediently", "successfully",
    "eventually", "ultimately", "specifically", "explicitly", "namely", "incidentally", "essentially",
    "effectively", "importantly", "crucially", "luckily", "fortunately", "unfortunately", "sadly", "admittedly",
    "presumably", "mercifully", "thankfully", "understandably", "apologies", "honest", "frank", "obvious",
    "evident", "aforementioned", "aforesaid", "abovementioned", "mentioned", "named", "given", "designated",
    "specified", "indicated", "relevant", "respective", "question", "usual", "necessary", "required", "desired",
    "intended", "requisite", "appropriate", "proper", "correct", "actual", "mere", "own", "commencement",
    "commencing", "commence", "commences", "commenced", "occurrence", "occurrences", "occur", "occurs", "occurred",
    "occurring", "incident", "circumstance", "circumstances", "scenario", "situation", "requirement",
    "requirements", "precondition", "prerequisite", "criterion", "criteria", "outcome", "response", "reaction",
    "action", "actions", "operation", "procedure", "process", "task", "business", "trick", "magic", "show", "party",
    "stage", "story", "stuff", "guy", "fellow", "chap", "buddy", "pal", "folks", "gang", "lads", "lad", "mate",
    "transpires", "transpired", "arises", "arisen", "arose", "ensuing", "prompts", "prompted", "prompting",
    "causes", "caused", "causing", "cause", "leads", "led", "leading", "brings", "brought", "bringing", "bring",
    "permits", "permitted", "permit", "allows", "allowed", "allow", "grants", "granted", "grant", "bestowed",
    "bestow", "bestows", "imparts", "endowed", "endow", "furnished", "furnish", "subjected", "undergoes", "undergo",
    "undergone", "experiences", "experience", "experienced", "receives", "receive", "received", "receiving",
    "acquires", "acquire", "acquired", "obtains", "obtain", "obtained", "attains", "attain", "attained", "assumes",
    "assume", "assumed", "adopts", "adopt", "adopted", "dealt", "tells", "told", "telling", "tell", "says", "ask",
    "asks", "asked", "asking", "wish", "wishes", "wished", "hope", "hopes", "hoped", "expect", "expects",
    "expected", "plan", "planned", "suggest", "remember", "forget", "forgotten", "recall", "noted", "note", "notes",
    "notice", "noticed", "nothing's", "idea", "reason", "reasons", "purpose", "sake", "honour", "honor", "pleasure",
    "game", "somebody", "someone", "delight", "joy", "glory", "luck", "surprise", "drama", "fuss", "bother", "trouble", "worry", "worries", "scheduled", "schedule", "slated", "envisaged", "foreseen",
])  # fmt: skip
"""Words of manners, opinion and happening that add nothing to what is waited for or done."""

OPINIONS: frozenset[str] = frozenset([
    "fiddly", "pesky", "silly", "trusty", "humble", "precious", "beloved", "naughty", "stubborn", "lazy", "noble",
    "famous", "faithful", "patient", "brave", "cheeky", "clever", "sweet", "sad", "happy", "lonely", "bored",
    "sleepy", "mighty", "glorious", "gorgeous", "beautiful", "pretty", "ugly", "tiny", "wee", "shiny", "annoying",
    "blasted", "bloody", "damn", "darn", "infernal", "wretched", "nasty", "funny", "cute", "adorable", "awesome",
    "old", "good", "great", "grand", "nice", "fine", "lovely", "dear", "poor", "little",
])  # fmt: skip
"""What somebody thinks of a thing, which says nothing right before its name."""
