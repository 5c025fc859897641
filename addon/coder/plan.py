"""The plan of a rule's code: one comment, written before the code, that says in plain words what the rule waits for.

A small model that must first say "exactly one of the two" then writes ``!=``; asked for the code at once it writes
``or``. The grammar holds it to the code that goes with its plan.
"""

from __future__ import annotations

import re

ONE_TIME = "one time"
LATER = "one time, later"
EACH = "each time"
WHILE = "as long as it lasts"
COUNT = "after a number of times"
BOTH = "both, in any order"
EITHER = "one of them is enough"
EXACTLY_ONE = "exactly one of the two"
WITHOUT = "the one without the other"
FIRST = "first {name}, later the other"
AT = "at a time"
EVERY = "again and again in time"
STATE = "a state"
HEIGHT = "a height"

_SIGNS = (
    (r"in_order\(\"([^\"]*)\"", FIRST),
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


def plan_of(code: str) -> str:
    """The plan that goes with a rule's code, by its first line."""
    for sign, plan in _SIGNS:
        if found := re.search(sign, code.splitlines()[0]):
            return plan.format(name=found[1]) if "{name}" in plan else plan
    return STATE


def planned(code: str) -> str:
    """The code with its plan in front."""
    return f"# {plan_of(code)}\n{code}"
