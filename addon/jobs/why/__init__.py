"""Why a rule did not act, an object flew away or a script failed: causes in words, from what a run recorded, with what
mends them. A family of causes says nothing where the run does not show that it is one."""

from __future__ import annotations

from .case import Case, case_of
from .cause import Answer, Cause
from .falls import why_fell
from .flights import Flight, flights
from .mends import Mend, Plan
from .overlaps import why_pushed_apart
from .pushes import why_heavier, why_pushed
from .scripts import why_failed
from .waiting import why_not

__all__ = ["Answer", "Case", "Cause", "Mend", "Plan", "answers", "case_of"]

MOST_OBJECTS = 5
"""Objects that flew away, at most, of which causes are told."""

OF_FLIGHTS = (why_pushed_apart, why_pushed, why_heavier, why_fell)
"""The families of causes of a flight, the likeliest first: of a later one is asked where no earlier one knows."""


def answers(case: Case) -> tuple[Answer, ...]:
    """All that a run gives causes for: its script, its rules, its objects."""
    failed = tuple(why_failed(case))
    found = [Answer(told="the script failed", causes=failed)] if failed else []
    found += [
        Answer(told=f"rule {one.number} never acted", rule=one.number, text=one.text, causes=causes)
        for one in case.outcomes
        if not one.fired and (causes := why_not(case, one.number))
    ]
    flown = [(flight, why) for flight in flights(case) if (why := _of_flight(case, flight))]
    found += [
        Answer(told=flight.told(case), object=flight.name, causes=tuple(why)) for flight, why in flown[:MOST_OBJECTS]
    ]
    return tuple(found)


def _of_flight(case: Case, flight: Flight) -> list[Cause]:
    return next((causes for family in OF_FLIGHTS if (causes := family(case, flight))), [])
