"""The verbs of claims about a run, by the kind of `evidence` that they are held against."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of claim: its verbs, how many bodies it is about, and whether it happens at one time (``is_event``).

    ``turned``: the verb is in the passive voice, and the second body does it. ``is_last``: of the bodies after the verb
    the last one is meant. ``denies``: the words themselves say no.
    """

    name: str
    words: re.Pattern[str]
    bodies: int = 2
    is_event: bool = True
    turned: bool = False
    is_last: bool = False
    denies: bool = False


def _verbs(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


_UNSOLVED = _verbs(
    r"(?:is|was) not (?:solved|completed?|successful)",
    r"(?:is|was)n't solved",
    r"(?:task|attempt|run|goal) fails",
    r"fails? to solve",
    r"remains? unsolved",
    r"(?:is|was) (?:left )?unsolved",
    r"does not solve",
)
_SOLVED = _verbs(
    r"(?:is|was) (?:then )?solved",
    r"solv(?:es|ing|ed) the (?:task|puzzle)",
    r"(?:task|goal|puzzle) (?:is|was) (?:then )?(?:completed?|achieved|met)",
    r"(?:task|attempt) succeeds",
)
_RESTS_ON = _verbs(
    r"(?:com(?:es|ing)|is|lies|stays|stops|settl(?:es|ing)) (?:to )?(?:rest(?:s|ing)?|lie|still|stop)? ?"
    r"(?:on|upon|atop|on top of)",
    r"(?:stand|rest|sitt?)(?:s|ing)? on",
    r"carried by",
    r"supported by",
    r"land(?:s|ed|ing)? on",
    r"ends? up on",
    r"settles (?:on|onto)",
)
_LEAVES = _verbs(
    r"(?:falls?|rolls?|slides?|drops?|tumbles?|slips?|knocked|comes?|flies) off(?: of)?",
    r"leaves",
    r"no longer (?:carried|supported) by",
    r"los(?:es|ing) the support of",
    r"(?:parts|departs) from",
)
_INTO = _verbs(
    r"(?:falls?|drops?|rolls?|slides?|crash(?:es)?|flies|bumps?|runs?|slams?|swings?|moves?) (?:down )?"
    r"(?:in|on|against|up )to",
    r"(?:falls?|drops?) on",
    r"against",
)
_HITS = _verbs(
    r"hit(?:s|ting)?",
    r"str(?:ikes?|iking|uck)",
    r"collid(?:es?|ed|ing) with",
    r"knock(?:s|ing|ed)? (?:over|into|down|against|away)?",
    r"(?:push|kick)(?:es|s|ing|ed)?",
    r"bump(?:s|ed|ing)? into",
    r"lands? in",
)
_TOUCHES = _verbs(
    r"touch(?:es|ed|ing)?",
    r"meets?",
    r"met",
    r"reach(?:es|ed|ing)?",
    r"(?:comes? into |makes? |in )contacts? with",
    r"contacts",
    r"wedged between",
    r"stuck (?:between|against)",
)
_TOUCHED = _verbs(r"(?:is|gets|are) (?:first |then |last )?(?:touched|met|reached|contacted)(?: \w+)? by")
_HIT = _verbs(r"(?:hit|struck|knocked|pushed|kicked|bumped)(?: \w+)? by")
_TIPS = _verbs(
    r"tip(?:s|ped|ping)? over",
    r"toppl(?:es?|ed|ing)",
    r"falls? over",
    r"fall one after another",
    r"tips",
    r"knocked over",
)
_ALONG = _verbs(r"(?:rolls?|slid(?:es?|ing)) (?:\S+ (?:m|units) )?(?:over|along|across|down|on)")
_NEARER = _verbs(
    r"(?:comes|gets) (?:\S+ (?:m|units) )?(?:nearer|closer) to",
    r"moves? (?:towards?|closer to)",
    r"approach(?:es|ing)?",
)
_ON = _verbs(
    r"(?:go(?:es)?|turn(?:s|ed)?|switch(?:es|ed)?|comes) on",
    r"light(?:s)? up",
    r"is (?:lit|switched on|turned on|activated)",
    r"shines",
)
_OFF = _verbs(r"go(?:es)? (?:off|dark|out)", r"(?:turn|switch)(?:s|es|ed)? off", r"is (?:switched|turned) off")
_LET_GO = _verbs(r"(?:is|gets) (?:let go|released|dropped)", r"comes loose")
_ALL_REST = _verbs(
    r"nothing (?:else )?moves?",
    r"everything (?:comes to rest|stops|is still|rests|settles|has stopped)",
    r"all (?:bodies|objects|things) (?:come to rest|stop|rest)",
)
_FIXED = _verbs(
    r"(?:does not|doesn't|never) moves?(?: at all)?",
    r"is at rest throughout",
    r"stays? (?:still|put|where it is|in place)",
    r"remains? (?:still|stationary|in place)",
)
_STOPS = _verbs(
    r"comes? to (?:a )?(?:rest|stop|halt)", r"stops(?: moving)?(?! \w+ing)", r"settles", r"ends? up at rest"
)
_MOVES = _verbs(
    r"moves|rolls|slides|turns|swings|spins|rotates",
    r"(?:starts|begins) to (?:move|roll|slide)",
    r"sets? in motion",
)
_GOES = _verbs(r"goes (?:north|south|east|west|up|down|left|right|to the)")

KINDS = (
    Kind("unsolved", _UNSOLVED, bodies=0, is_event=False, denies=True),
    Kind("solved", _SOLVED, bodies=0),
    Kind("moves", _verbs(r"passes (?:to the|by)"), bodies=1),
    Kind("touches", _TOUCHED, turned=True),
    Kind("set going", _verbs(r"sets?(?= (?:it|them) in motion)"), bodies=2),
    Kind("ends", _verbs(r"(?:run|simulation|recording) ends"), bodies=0, is_event=False),
    Kind("touches", _verbs(r"is deflected (?:away )?(?:from .*)?by"), is_last=True),
    Kind("rests on", _verbs(r"passes from"), is_last=True),
    Kind("meets", _HIT, turned=True),
    Kind("rests on", _RESTS_ON),
    Kind("leaves", _LEAVES),
    Kind("meets", _INTO),
    Kind("bounces", _verbs(r"(?:bounc(?:es?|ed|ing)|rebounds?|ricochets?) (?:back )?(?:off|from|on)")),
    Kind("meets", _HITS),
    Kind("touches", _TOUCHES),
    Kind(
        "misses", _verbs(r"miss(?:es|ed|ing)?", r"passes (?:over|under|above|below)", r"narrowly avoids?"), denies=True
    ),
    Kind("tips", _TIPS, bodies=1),
    Kind("rolls over", _ALONG),
    Kind("flies", _verbs(r"(?:is|stays) in the air", r"flies", r"is airborne"), bodies=1),
    Kind("nearer", _NEARER),
    Kind("goes on", _ON, bodies=1),
    Kind("goes off", _OFF, bodies=1),
    Kind("is let go", _LET_GO, bodies=1),
    Kind("rises", _verbs(r"rises", r"is (?:raised|lifted)", r"lifts", r"opens"), bodies=1),
    Kind("falls", _verbs(r"falls?|falling|drops|sinks|descends|plummets"), bodies=1),
    Kind("all rest", _ALL_REST, bodies=0, denies=True),
    Kind("above", _verbs(r"(?:gets?|is|is now) (?:above|higher than)", r"ends? up above")),
    Kind("moves", _GOES, bodies=1),
    Kind("is fixed", _FIXED, bodies=1, is_event=False, denies=True),
    Kind(
        "rests", _verbs(r"remains? at rest", r"stood still", r"(?:is|was) (?:at rest|still)"), bodies=1, is_event=False
    ),
    Kind("stops", _STOPS, bodies=1, is_event=False),
    Kind("gets faster", _verbs(r"gets faster", r"speeds up", r"accelerates"), bodies=1),
    Kind("gets slower", _verbs(r"gets slower", r"slows(?: down)?", r"decelerates"), bodies=1),
    Kind("moves", _MOVES, bodies=1),
)
"""Kinds of claims; where two begin at one word, the first is meant."""
