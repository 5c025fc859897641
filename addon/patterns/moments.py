"""A run told by its moments: what is implied by another event is not told twice, and what happens again is told once.

`moments` folds all events of an annotation into moments, a sentence each; `salient` chooses what is told within a
budget: all outcomes, then the moments with the greatest weights (`salience`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .annotation import Annotation, span
from .model import Activation
from .naming import begun, respelled
from .outcomes import CAUSES, MET, MOVED
from .salience import bodies_of

EVENTS = 15
"""Lines of a timeline, unless told."""

OUTCOME_SHARE = 2 / 3
"""Share of the lines that outcomes take at most; where there are more, those nearest in time are told in one line."""

CONTACT = (
    "StationaryTargetSuccess",
    "MovingTargetSuccess",
    "TransientGoalContact",
    "HitsStationary",
    "ActorRicochet",
    "FirstActorTargetImpact",
    "HighEnergyImpact",
    "Bounce",
    "LastActorInfluence",
    "FirstTargetContact",
    "FirstActorContact",
    "StackFormed",
    "BriefTap",
    "Support",
)
"""What one contact of two bodies may be, the most telling first: it implies those after it."""

ALONE = frozenset({"SpeedChange", "Airborne", "GoalwardBurst", "CellPath", "CellTransition"})
"""What a body does by itself; a contact that tells why implies it."""

FAINT = frozenset({"VerticalOrderFlip"})
"""What goes without saying of a body of which anything else is told in that moment, and is told only if it is heavy."""

IMPLIES: Mapping[str, frozenset[str]] = {
    "TipOver": frozenset({"PivotedSweep", "SpeedChange", "LoseSupport", "SupportHandoff", "VerticalOrderFlip"}),
    "FreeFlightApproach": frozenset({"Airborne", "SpeedChange", "GoalwardBurst", "CellPath", "CellTransition"}),
    "LoseSupport": frozenset({"Airborne", "SpeedChange", "CellPath", "CellTransition", "PivotedSweep"}),
    "SupportHandoff": frozenset({"LoseSupport", "Support", "SpeedChange", "CellTransition"}),
    "GoalConvergence": frozenset({"GoalClosingRun", "GoalwardBurst", "CellPath"}),
    "GoalwardBurst": frozenset({"SpeedChange"}),
    "InducedMotion": frozenset({"SpeedChange"}),
    "OpposingMotion": frozenset({"SpeedChange", "PivotedSweep", "InducedMotion"}),
    "SideSwap": frozenset({"GoalAxisAlignment"}),
    "SlidingToRolling": frozenset({"SpeedChange"}),
    "RollingOver": frozenset({"SpeedChange"}),
    "SlidingContact": frozenset({"SpeedChange"}),
    "PivotedSweep": frozenset({"SpeedChange", "VerticalOrderFlip"}),
    "CellPath": frozenset({"CellTransition"}),
    "Airborne": frozenset({"SpeedChange"}),
}
"""What else a kind of event implies of the same ``object``, from its moment on and while it lasts."""

ORDER = {uid: i for i, uid in enumerate(dict.fromkeys(("TipOver", *CONTACT[:-1], *IMPLIES, *CONTACT)))}
"""Which of several events of a moment is told: the first of these, others last."""

LEANING = frozenset({"Support", "StackFormed", "OpposingMotion", "PivotedSweep", "InducedMotion", "Wedged", "BriefTap"})
"""What bodies of a row that falls do to each other, and is told by its fall."""

UNTOLD = frozenset({"CellTransition"})
"""What says nothing to a reader who does not see the grid."""

LEAST = 6.0
"""Bits below which a moment is not told, but for the `FEWEST` heaviest: once a minute and body happens all the time."""

FEWEST = 3

SAID: Mapping[str, str] = {
    "HitsStationary": "{object} hits {other} at {speed} and sets it in motion.",
    "FirstActorTargetImpact": "{object} meets the target, {other}.",
    "LastActorInfluence": "{object} meets {other} for the last time.",
    "LoseSupport": "{object} falls off {support}.",
    "SupportHandoff": "{object} passes from {source} to {target}.",
}
"""How kinds of events are told otherwise than their detectors do; ``speed`` is as in their description."""

AGAIN = 3
"""So many moments of one kind and the same bodies are told as one; of bounces two are enough."""

CHANGES = {"SpeedChange": "changes of its speed"}
"""What several events of a kind are together that are not all alike, where that is more than ``such events``."""

_NUMBER = re.compile(r"\d[\d.]*(?:e[+-]?\d+)?")
_OPENING = re.compile(r"(?:The|Rule|Nothing|A|An) ")
_AMOUNT = re.compile(rf"{_NUMBER.pattern} (?:m|units)/s(?![\w²])")


@dataclass(frozen=True)
class Moment:
    """What is told in one sentence: frames from ``frame`` to ``end``, and the events that it stands for."""

    frame: int
    end: int
    text: str
    weight: float
    members: tuple[Activation, ...]
    is_outcome: bool = False

    @property
    def lead(self) -> Activation:
        """The event that is told."""
        return self.members[0]


def how_many(text: str) -> int | None:
    """How many moments a text asks for; None for ``all``. Raises ValueError."""
    if text == "all":
        return None
    if not text.isdecimal() or int(text) < 1:
        raise ValueError(f"'{text}' is neither a whole number from 1 on nor all")
    return int(text)


def salient(annotation: Annotation, most: int | None = EVENTS) -> list[Moment]:
    """At most so many moments in order of time, all outcomes among them; all moments for None."""
    ordinary, results = moments(annotation), outcome_moments(annotation)
    if most is not None:
        results = _at_most(annotation, _together(annotation, results), max(1, int(most * OUTCOME_SHARE)))
        first = sorted(ordinary, key=lambda m: (not _is_rest(annotation, m), -m.weight, m.frame))
        heaviest = first[: max(most - len(results), 0)]
        ordinary = [m for i, m in enumerate(heaviest) if _is_told(annotation, m, i)]
    # Of what comes at one frame, the contact is the cause.
    return sorted((*ordinary, *results), key=lambda m: (m.frame, m.is_outcome, m.lead.uid not in CONTACT))


def _is_rest(annotation: Annotation, moment: Moment) -> bool:
    """Whether nothing ever moves; that is told before all else."""
    is_whole = moment.frame <= annotation.moment_frames and moment.end >= annotation.steps
    return moment.lead.uid == "GlobalRest" and is_whole


def _is_told(annotation: Annotation, moment: Moment, place: int) -> bool:
    """Whether a moment is told that has this place among the heaviest."""
    return (place < FEWEST and moment.lead.uid not in FAINT) or moment.weight >= LEAST or not annotation.weights


def moments(annotation: Annotation) -> list[Moment]:
    """What patterns found, folded, in order of time; what an outcome tells already is left out."""
    found = _chains(annotation, _folded(annotation))
    met = [(a.frame, set(bodies_of(a, annotation.bodies))) for a in annotation.outcomes if a.uid == MET]
    slack = annotation.moment_frames
    told = [
        m
        for m in found
        if not _is_of_way(annotation, m)
        and (
            m.lead.uid not in CONTACT
            or m.lead.uid == "HitsStationary"
            or not any(abs(m.frame - at) <= slack and pair == set(_bodies(annotation, m.lead)) for at, pair in met)
        )
    ]
    return sorted(_repeated(annotation, told), key=lambda m: m.frame)


def _is_of_way(annotation: Annotation, moment: Moment) -> bool:
    """Whether a moment tells how a body moves that is told to be moved by a script at that time."""
    slack = annotation.moment_frames
    return moment.lead.uid in ALONE and any(
        a.uid == MOVED
        and a.parameters["object"] == moment.lead.parameters.get("object")
        and a.frame - slack <= moment.frame <= span(a)[1] + slack
        for a in annotation.outcomes
    )


def outcome_moments(annotation: Annotation) -> list[Moment]:
    """A moment for each outcome, but one for those that come again and again."""
    groups: dict[tuple[str, ...], list[Activation]] = {}
    for a in annotation.outcomes:
        groups.setdefault(_subject(a), []).append(a)
    found = []
    for group in groups.values():
        first, last = group[0], group[-1]
        is_same = len({a.description for a in group}) == 1
        if len(group) < (2 if is_same else AGAIN):
            found += [Moment(*span(a), a.description, 0.0, (a,), True) for a in group]
            continue
        text, until = first.description.rstrip("."), f"{last.frame / annotation.fps:.2f} s"
        if len(group) == 2:
            text += f", and again at {until}."
        elif is_same:
            text += f", and {len(group) - 1} more times until {until}."
        else:
            ending = went_on(annotation, last.description)
            text += f", the first of {len(group)} changes, and at {until}, in the end, {ending}"
        found.append(Moment(first.frame, span(last)[1], text, 0.0, tuple(group), True))
    place = {id(a): n for n, a in enumerate(annotation.outcomes)}
    return sorted(found, key=lambda m: (m.frame, place[id(m.lead)]))


def _subject(a: Activation) -> tuple[str, ...]:
    """What an outcome is an outcome of: the rule, the property of the object, the pair."""
    p = a.parameters
    if a.uid == MET:
        return a.uid, *sorted((str(p["a_id"]), str(p["b_id"])))
    return a.uid, *(str(p.get(key)) for key in ("rule", "object_id", "property", "look", "object") if key in p)


def _bodies(annotation: Annotation, a: Activation) -> tuple[str, ...]:
    return bodies_of(a, annotation.bodies)


def _folded(annotation: Annotation) -> list[Moment]:
    """A moment for each event that no other of the same moment implies."""
    acts = annotation.activations
    weights = annotation.weights or (0.0,) * len(acts)
    frames = [a.frame for a in acts]
    own = [_bodies(annotation, a) for a in acts]
    slack = annotation.moment_frames
    gone: set[int] = set()
    found = []
    gone.update(i for i, a in enumerate(acts) if a.uid in UNTOLD)
    for i in sorted(range(len(acts)), key=lambda i: (ORDER.get(acts[i].uid, len(ORDER)), frames[i])):
        if i in gone:
            continue
        until = span(acts[i])[1] if acts[i].uid in IMPLIES else frames[i]
        near = range(bisect_left(frames, frames[i] - slack), bisect_right(frames, until + slack))
        implied = [k for k in near if k != i and k not in gone and _implies(acts[i], acts[k], own[i], own[k])]
        gone.update((i, *implied))
        members = (acts[i], *(acts[k] for k in implied))
        weight = max(weights[k] for k in (i, *implied))
        text = sentence(annotation, acts[i])
        found.append(Moment(*span(acts[i]), text, weight, members))
    return found


def _implies(lead: Activation, other: Activation, own: Sequence[str], others: Sequence[str]) -> bool:
    """Whether an event of the same moment says nothing that ``lead`` does not."""
    doer = other.parameters.get("object")
    if other.uid in FAINT and lead.uid not in FAINT and lead.uid in ORDER:
        return not set(own).isdisjoint(others)
    if lead.uid in CONTACT:
        if other.uid in CONTACT:
            return CONTACT.index(other.uid) >= CONTACT.index(lead.uid) and set(others) <= set(own)
        return other.uid in ALONE and doer in own
    if lead.uid == "TipOver" and other.uid == "HitsStationary":
        return set(others) == set(own)
    return other.uid in IMPLIES.get(lead.uid, ()) and doer == lead.parameters.get("object")


def sentence(annotation: Annotation, a: Activation) -> str:
    """An event as a sentence with what bodies are called."""
    bodies, text = _bodies(annotation, a), a.description
    if a.uid in SAID:
        amount = _AMOUNT.search(text)
        words = {**a.parameters, "speed": amount[0] if amount else None}
        template = SAID[a.uid]
        if all(words.get(key) is not None for key in re.findall(r"{(\w+)}", template)):
            text = template.format(**words)
    return respelled(text, annotation.spoken, bodies)


def _called(annotation: Annotation, name: object) -> str:
    return annotation.spoken.get(str(name), str(name))


def _chains(annotation: Annotation, found: Iterable[Moment]) -> list[Moment]:
    """With bodies that tip each other over told as one row."""
    rest, rows = [], list[list[Moment]]()
    for m in sorted(found, key=lambda m: m.frame):
        if m.lead.uid != "TipOver":
            rest.append(m)
            continue
        row = next((r for r in rows if any(m.lead.parameters["by"] == t.lead.parameters["object"] for t in r)), None)
        if row is None:
            rows.append([m])
        else:
            row.append(m)
    for row in rows:
        if len(row) < AGAIN:
            rest += row
            continue
        first, last = row[0].lead.parameters, row[-1].lead.parameters
        one, by, end = (_called(annotation, name) for name in (first["object"], first["by"], last["object"]))
        text = f"{by} tips over {one}, and {len(row) - 1} more fall one after another, {end} last."
        own = {name for m in row for name in _bodies(annotation, m.lead)}
        fall = replace(_joined(row, begun(text, annotation.bodies)), end=max(row[-1].end, row[-1].frame))
        rest = [m for m in rest if not _is_of_row(annotation, m, fall, own)]
        rest.append(fall)
    return rest


def _is_of_row(annotation: Annotation, moment: Moment, fall: Moment, own: set[str]) -> bool:
    """Whether a moment tells how bodies of a row that falls lean on each other or push each other."""
    bodies = set(_bodies(annotation, moment.lead))
    is_within = fall.frame - annotation.moment_frames <= moment.frame
    return moment.lead.uid in LEANING and is_within and len(bodies) > 1 and bodies <= own


def _joined(group: Sequence[Moment], text: str) -> Moment:
    members = tuple(a for m in group for a in m.members)
    end = max(m.end for m in group)
    return replace(group[0], end=end, text=text, weight=max(m.weight for m in group), members=members)


def _repeated(annotation: Annotation, found: Iterable[Moment]) -> list[Moment]:
    """With moments of one kind and the same bodies told as one, where they are many."""
    groups: dict[tuple[str, ...], list[Moment]] = {}
    for m in found:
        groups.setdefault((m.lead.uid, *_bodies(annotation, m.lead)), []).append(m)
    told = []
    for group in groups.values():
        lead = group[0].lead
        is_bounce = lead.uid in ("Bounce", "ActorRicochet")
        if len(group) < (2 if is_bounce else AGAIN) or len(_bodies(annotation, lead)) == 0:
            told += group
        elif is_bounce:
            one, other = (_called(annotation, lead.parameters[key]) for key in ("object", "other"))
            speeds = [float(m.lead.parameters.get("speed_after", 0.0)) for m in group]
            falls = all(b < a for a, b in pairwise(speeds))
            text = f"{one} bounces off {other} {_times(len(group))}{', lower each time' if falls else ''}."
            told.append(_joined(group, begun(text, annotation.bodies)))
        else:
            until = f"{group[-1].frame / annotation.fps:.2f} s"
            is_same = len({_NUMBER.sub("", m.text) for m in group}) == 1
            changes = CHANGES.get(lead.uid, "such events")
            again = f"and {len(group) - 1} more times" if is_same else f"the first of {len(group)} {changes}"
            told.append(_joined(group, f"{group[0].text.rstrip('.')}, {again} until {until}."))
    return told


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count} times"


def _together(annotation: Annotation, results: Sequence[Moment]) -> list[Moment]:
    """Outcomes of one moment as one line: what was met, which rule acted, what it did."""
    lines = list[list[Moment]]()
    for m in results:
        is_end = m.lead.uid == "TaskComplete"
        if lines and not is_end and m.frame - lines[-1][0].frame <= annotation.moment_frames:
            lines[-1].append(m)
        else:
            lines.append([m])
    return [_line(annotation, line) for line in lines]


def _line(annotation: Annotation, line: Sequence[Moment]) -> Moment:
    if len(line) == 1:
        return line[0]
    causal = sorted(line, key=lambda m: CAUSES.get(m.lead.uid, len(CAUSES)))
    clauses = list(dict.fromkeys(m.text.rstrip(".") for m in causal))
    clauses = [clauses[0], *(went_on(annotation, clause) for clause in clauses[1:])]
    text = clauses[0] if len(clauses) == 1 else f"{', '.join(clauses[:-1])}, and {clauses[-1]}"
    return _joined(line, text + ".")


def went_on(annotation: Annotation, text: str) -> str:
    """A sentence without its capital, to go on after other words; names of other forms keep theirs."""
    if any(text.startswith(f"{name} ") for name in annotation.spoken.values()):
        return text
    low = text[:1].lower() + text[1:]
    is_low = _OPENING.match(text) or any(low.startswith(f"{name} ") for name in annotation.spoken.values())
    return low if is_low else text


def _at_most(annotation: Annotation, lines: list[Moment], most: int) -> list[Moment]:
    """The lines with those nearest to each other in time joined, until there are so few; the last, the end, apart."""
    lines = list(lines)
    while len(lines) > most:
        gaps = [b.frame - a.end for a, b in pairwise(lines)]
        if lines[-1].lead.uid == "TaskComplete" and len(gaps) > 1:
            gaps.pop()
        i = gaps.index(min(gaps))
        first, second = lines[i], lines[i + 1]
        text = f"{first.text.rstrip('.')}; then {went_on(annotation, second.text)}"
        lines[i : i + 2] = [_joined((first, second), text)]
    return lines
