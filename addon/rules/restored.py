"""What a sentence leaves out because it was said just before, put back: ``A is slower than 1 m/s and is on B``."""

from __future__ import annotations

import re
from collections.abc import Iterator

_IS = r"is|are|has|was|isn't|hasn't"
_DOES = (
    r"touches|hits|strikes|meets|reaches|crosses|enters|leaves|does not|doesn't|comes to|gets|stays|stands|lies|sits"
    r"|(?:stops|falls|drops|rises|goes|rolls|topples|lands|flies|slows|sinks|bumps|bounces|passes)"
    r"(?=\s*(?:[,:?]|->|$|(?:moving|rolling|over|below|above|past|under|inside|into|in|out|onto|to|against|beyond|within|less|more|down|up)\b))"
)
"""Verbs of what happens; behind those of the second line a name would be that of something that is acted on."""
_STATES = (
    "going|moving|travelling|rolling|flying|falling|spinning|turning|touching|lying|standing|sitting|hanging|tilted|leaning"
    "|faster|slower|quicker|nearer|closer|farther|further|higher|lower|above|below|inside|outside|within|not|still|on|off|in"
)
_AND = re.compile(
    rf"\b(?P<joint>and then|and after (?:that|this)|and afterwards|and later|and|but|while)\s+(?:(?P<still>also|still|yet)\s+)?(?:(?P<verb>{_IS})|(?P<does>{_DOES})|(?P<state>{_STATES}))\b(?=\s*\S)",
    re.IGNORECASE,
)
_WAITS = re.compile(
    r"\b(?:when(?:ever)?|if|once|as soon as|while|as long as|(?:each|every) time|until|in case|after)\b|\?|->|=(?!=)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?:when(?:ever)?|if|once|as soon as|while|as long as|(?:each|every) time)\b[^,;:.?]*", re.IGNORECASE
)
"""What is waited for, told first; ``and`` with a verb in it cannot lead to more that is done."""
_BY = re.compile(r"\b(?:is|are|was|were|be|been|being|gets|got|get)\b[^,;:]*\bby\s+(?!\d)", re.IGNORECASE)
MOST = 3


def restored(told: str) -> Iterator[str]:
    """Ways to say a text with ``it`` where the subject is left out of a second part of a condition."""
    if not _WAITS.search(told):
        return
    for match in list(_AND.finditer(told))[:MOST]:
        if _BY.search(told, 0, match.start()):
            # Of 'A is hit by B and falls over' the subject is A, and 'it' would be what is named first: the one that hits.
            continue
        first = _FIRST.match(told)
        if match["does"] and (first is None or match.start() >= first.end()):
            continue
        joint = "and" if match["joint"].lower() == "but" else match["joint"]
        verb = match["verb"] or match["does"] or f"is {match['state']}"
        yield f"{told[: match.start()]}{joint} it {verb}{told[match.end() :]}"
