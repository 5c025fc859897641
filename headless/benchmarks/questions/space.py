"""Questions about runs of machines."""

from __future__ import annotations

from .facts import Facts
from .model import Template
from .plane_whole import closest, farthest, fastest, first_met
from .slots import movable
from .space_answers import (
    do_touch,
    first_rule,
    floor_share,
    how_many_toppled,
    lamps,
    last_rule,
    lit_at,
    lit_without,
    meetings,
    met_without,
    moved_far,
    order_of,
    pair_will_meet,
    removable,
    rests_on,
    rule_numbers,
    rule_will_act,
    rules_that_act,
    times_hit,
    toppled,
    toppling,
    triples,
    what_set_off,
    why_dark,
    will_be_lit,
)


def _about_rules(facts: Facts) -> int:
    return len(facts.rules)


LAMP, BODY, PAIR = {"lamp": lamps}, {"a": movable}, {"pair": meetings}

TEMPLATES: tuple[Template, ...] = (
    Template(id="S1", kind="rule", text="Which rule acts first?", answer=first_rule),
    Template(id="S2", kind="rule", text="Of the rules that act, which is the last to begin?", answer=last_rule),
    Template(
        id="S3", kind="count", text="How many of the rules act at least once?", answer=rules_that_act, most=_about_rules
    ),
    Template(
        id="S4",
        kind="names",
        text="Rule {rule} acted: the meeting of which two objects set it off?",
        answer=what_set_off,
        slots={"rule": rule_numbers},
    ),
    Template(
        id="S5",
        kind="rule",
        text="{lamp} stayed dark, although the same machine, set as it was meant, lights it. Which rule is the first "
        "that acts there and did not act here?",
        answer=why_dark,
        slots=LAMP,
    ),
    Template(
        id="S6",
        kind="yes/no",
        text="If {gone} had not been there, with all else the same, would {lamp} have gone on?",
        answer=lit_without,
        slots={**LAMP, "gone": removable},
        tries=2,
    ),
    Template(
        id="S7",
        kind="yes/no",
        text="If {gone} had not been there, with all else the same, would {pair[0]} have touched {pair[1]}?",
        answer=met_without,
        slots={**PAIR, "gone": removable},
        tries=2,
    ),
    Template(
        id="S8",
        kind="count",
        text="How many times does {pair[0]} hit {pair[1]}? Touches less than a tenth of a second apart are one.",
        answer=times_hit,
        slots=PAIR,
        most=lambda facts: 10,
    ),
    Template(id="S9", kind="name", text="What does {a} lie on at the end?", answer=rests_on, slots=BODY),
    Template(
        id="S10", kind="name", text="Which object that can move reaches the greatest speed at any time?", answer=fastest
    ),
    Template(id="S11", kind="name", text="Which object that can move goes the longest way in all?", answer=farthest),
    Template(
        id="S12",
        kind="order",
        text="In which order do {triple[0]}, {triple[1]} and {triple[2]} begin to move?",
        answer=order_of,
        slots={"triple": triples},
    ),
    Template(
        id="S13", kind="seconds", text="How many seconds after the start does {lamp} go on?", answer=lit_at, slots=LAMP
    ),
    Template(
        id="S14",
        kind="count",
        text="How many of the objects that can move end more than 0.5 m from where they began?",
        answer=moved_far,
        most=lambda facts: len(facts.movable),
    ),
    Template(id="S15", kind="yes/no", text="Does {pair[0]} touch {pair[1]} at any time?", answer=do_touch, slots=PAIR),
    Template(
        id="S16",
        kind="name",
        text="Which object does {a}, which touches nothing at the start, touch first?",
        answer=first_met,
        slots=BODY,
    ),
    Template(
        id="S17",
        kind="percentage",
        text="In what percentage of the frames does {a} touch the floor?",
        answer=floor_share,
        slots=BODY,
    ),
    Template(
        id="S18",
        kind="yes/no",
        text="Has {a} toppled at the end, that is, is it tilted by more than 45°?",
        answer=toppled,
        slots={"a": toppling},
    ),
    Template(
        id="S19",
        kind="count",
        text="How many of the dominoes and blocks that can move have toppled at the end, that is, are tilted by more "
        "than 45°?",
        answer=how_many_toppled,
        most=lambda facts: len(facts.of_class("domino", "block")),
    ),
    Template(
        id="S20",
        kind="name",
        text="Which object, walls and floor left out, is nearest to {a} at the start, measured between the places that "
        "the scene gives?",
        answer=closest,
        slots=BODY,
    ),
    Template(
        id="S21",
        kind="yes/no",
        part="first",
        text="After the part that is shown, will {lamp} go on?",
        answer=will_be_lit,
        slots=LAMP,
    ),
    Template(
        id="S22",
        kind="yes/no",
        part="first",
        text="After the part that is shown, will {pair[0]} and {pair[1]} touch each other?",
        answer=pair_will_meet,
        slots=PAIR,
    ),
    Template(
        id="S23",
        kind="yes/no",
        part="first",
        text="After the part that is shown, will rule {rule}, which has not acted so far, act?",
        answer=rule_will_act,
        slots={"rule": rule_numbers},
    ),
)
