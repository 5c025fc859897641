"""The plan of a rule's code: one comment, written before the code, that says in plain words what the rule waits for.

A small model that must first say "exactly one of the two" then writes ``!=``; asked for the code at once it writes
``or``. The grammar holds it to the code that goes with its plan.
"""

from __future__ import annotations

import re

from .phrases import Phrases

ONE_TIME = "one time"
LATER = "one time, later"
EACH = "each time"
WHILE = "as long as it lasts"
COUNT = "after a number of times"
BOTH = "both, in any order"
EITHER = "one of them is enough"
EXACTLY_ONE = "exactly one of the two"
WITHOUT = "the one without the other"
FORWARD = "first this, later that"
BACKWARD = "this, if that came earlier"
AT = "at a time"
EVERY = "again and again in time"
STATE = "a state"
HEIGHT = "a height"

_SIGNS = (
    (r" and not ", WITHOUT),
    (r" != ", EXACTLY_ONE),
    (r" or ", EITHER),
    (r" and ", BOTH),
    (r"touch_count\(", COUNT),
    (r"new_touch\(", EACH),
    (r"touching\(", WHILE),
    (r"every\(", EVERY),
    (r"now >=", AT),
    (r"location\.z", HEIGHT),
    (r"touched\(.*delay=", LATER),
    (r"touched\(", ONE_TIME),
)
_ORDER = re.compile(r"in_order\(\"([^\"]*)\", \"([^\"]*)\", \"([^\"]*)\", \"([^\"]*)\"")


def plan_of(code: str, rule: str) -> str:
    """The plan that goes with a rule and its code, by the code's first line."""
    line = code.splitlines()[0]
    if found := _ORDER.search(line):
        said = Phrases(list(dict.fromkeys(found.groups()))).mentions(rule)[0]
        forward = found[1] in said and found[3] in said and said.index(found[1]) < said.index(found[3])
        return FORWARD if forward else BACKWARD
    return next((plan for sign, plan in _SIGNS if re.search(sign, line)), STATE)


def planned(code: str, rule: str) -> str:
    """The code with its plan in front."""
    return f"# {plan_of(code, rule)}\n{code}"
