"""What is done and not done, and in which order."""

from __future__ import annotations

from collections.abc import Iterator

from ..acting import VERBS, Verb
from ..manifest import Happening, Manifest
from .asked import Act, stems_of
from .plans import Difference, Plans

ALIKE: tuple[set[str], ...] = (
    {"roll", "slide", "drive", "hit", "topple", "collide", "push", "circle"},
    {"fall", "descend", "tip", "topple", "cascade", "spill", "hit", "push"},
    {"fall", "fly", "bounce"},
    {"jump", "bounce", "fly", "rise", "lift", "float"},
    {"drive", "fly", "float", "rise", "circle", "pulse"},
    {"roll", "turn", "circle"},
    {"swing", "sway", "rock", "wave", "turn", "float"},
    {"flicker", "blink", "burn"},
    {"burn", "smoke", "steam", "spark", "erupt", "bubble"},
    {"burn", "light up"},
    {"pour", "spill", "spray"},
)
"""Verbs of which one may stand for another one."""

TAKING = ("going", "hitting", "travelling", "turning", "swaying", "waving")
"""Modules of verbs that move what acts."""


def undone(plans: Plans) -> Iterator[Difference]:
    """What is said not to be done, and is."""
    for act in plans.asked.acts:
        names = plans.names_of(*act.who)
        if not act.negated or not names:
            continue
        done = [h for h in plans.manifest.happenings if h.who in names and _is_meant(act, h)]
        words = f"{act.who[0].words} does not {VERBS[done[0].does].name if done and not act.stirs else 'move'}"
        if done:
            yield Difference(words, f"in the plan '{done[0].who}' is to {done[0].does}", contradicts=True)
        elif rule := next((r for r in plans.manifest.rules if _is_ruled(act, names, r)), None):
            yield Difference(f"{act.who[0].words} does not {act.words}", f"the plan has '{rule}'", contradicts=True)


def _is_meant(act: Act, happening: Happening) -> bool:
    """Whether what happens is what a negated verb says."""
    if act.stirs:
        return happening.does in VERBS and module_of(VERBS[happening.does]) in TAKING
    return act.verb is not None and happening.does == act.verb.name


def _is_ruled(act: Act, names: set[str], rule: str) -> bool:
    """Whether a rule has a thing do what a negated verb says."""
    said = act.verb.words if act.verb is not None and not act.stirs else ()
    outcome = rule.rpartition(",")[2].lower()
    spoken = stems_of(outcome)
    return any(n.lower() in outcome for n in names) and any(stems_of(w) and stems_of(w) <= spoken for w in said)


def module_of(verb: Verb) -> str:
    """The name of the module that a verb is in."""
    return verb.act.__module__.rpartition(".")[2]


def done(plans: Plans) -> Iterator[Difference]:
    """What is said to be done, and is not."""
    for act in plans.asked.acts:
        names = plans.names_of(*act.who)
        if act.negated or not names or plans.is_told(act.words) or plans.is_ruled(names):
            continue
        deeds = plans.deeds_of(names | plans.names_of(*act.whom[:1]))
        if any(_may_be(act, h) for h in deeds) or (act.verb is not None and act.verb.name == "rest"):
            continue
        deeds, words = plans.deeds_of(names), f"{act.who[-1].words} {act.words}"
        instead = f"is to {deeds[0].does}" if deeds else "does nothing"
        yield Difference(words, f"in the plan '{sorted(names)[0]}' {instead}")


def _may_be(act: Act, happening: Happening) -> bool:
    """Whether what happens may be what a verb says."""
    if act.verb is None or act.stirs:
        return True
    pair = {act.verb.name, happening.does}
    return len(pair) == 1 or happening.source is not None or any(pair <= group for group in ALIKE)


def ordered(plans: Plans) -> Iterator[Difference]:
    """What is to come first and what later."""
    for first, later in plans.asked.orders:
        before, behind = _numbers(plans, first), _numbers(plans, later)
        if not before or not behind or any(plans.is_ruled(plans.names_of(*act.who)) for act in (first, later)):
            continue
        words = f"{_said(first)} before {_said(later)}"
        relations = [_follows(plans.manifest, a, b) for a in before for b in behind if a != b]
        if relations and all(found is False for found in relations):
            yield Difference(words, "in the plan it is the other way round")
        elif relations and not any(relations) and not plans.is_told(later.words):
            yield Difference(words, "in the plan both begin at once")


def _said(act: Act) -> str:
    return f"{act.who[-1].words} {act.words}" if act.who else act.words


def _numbers(plans: Plans, act: Act) -> list[int]:
    """The numbers of what happens that may be meant."""
    names = plans.names_of(*act.who)
    return [number for number, h in enumerate(plans.manifest.happenings) if names & {h.who, h.to} and _may_be(act, h)]


def _follows(manifest: Manifest, first: int, later: int) -> bool | None:
    """Whether what happens comes after something else; None where both begin at once and are of different things."""
    one, other = manifest.happenings[first], manifest.happenings[later]
    if first in _waited_for(manifest, later):
        return True
    starts = start(manifest, first), start(manifest, later)
    if later in _waited_for(manifest, first) or starts[1] < starts[0]:
        return False
    together = {one.who, one.to} & {other.who, other.to} - {None}
    return True if starts[1] > starts[0] or together else None


def _waited_for(manifest: Manifest, number: int) -> set[int]:
    """All that comes before what happens, by their numbers."""
    found, after = set[int](), manifest.happenings[number].after
    while after is not None:
        found.add(after)
        after = manifest.happenings[after].after
    return found


def start(manifest: Manifest, number: int) -> float:
    """When something begins at the earliest, in s."""
    happening = manifest.happenings[number]
    if happening.after is None:
        return happening.at
    verb = VERBS.get(manifest.happenings[happening.after].does)
    return start(manifest, happening.after) + max(verb.takes if verb is not None else 0.0, 0.01)
