"""The patterns of the library, and running them over a trace."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from graphlib import TopologicalSorter

from ...trace import Trace
from ..model import Activation, Pattern
from ..observation import Observation, Roles
from . import approach, cells, contacts, goals, levers, motion, near, support, surfaces
from .discovered import discovered_patterns

THEMES = (contacts, near, motion, support, surfaces, levers, cells, goals, approach)


def in_order(patterns: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
    """The patterns, each after those that it requires and otherwise as given.

    Raises ValueError if one requires a pattern that is not there, graphlib.CycleError on a cycle.
    """
    known = {pattern.uid: pattern for pattern in patterns}
    for pattern in patterns:
        for uid in pattern.requires:
            if uid not in known:
                raise ValueError(f"the pattern '{pattern.uid}' requires '{uid}', which is not in the library")
    order = TopologicalSorter({pattern.uid: pattern.requires for pattern in patterns}).static_order()
    return tuple(known[uid] for uid in order)


def library() -> tuple[Pattern, ...]:
    """All patterns, each after those that it requires."""
    return in_order(tuple(pattern for theme in THEMES for pattern in theme.PATTERNS))


def with_discovered() -> tuple[Pattern, ...]:
    """The library and all discovered patterns, each after those that it requires."""
    return in_order((*library(), *discovered_patterns()))


@cache
def patterns_by_uid() -> Mapping[str, Pattern]:
    """All patterns by uid, discovered ones too."""
    return {pattern.uid: pattern for pattern in with_discovered()}


def run(trace: Trace, roles: Roles | None = None, patterns: tuple[Pattern, ...] | None = None) -> list[Activation]:
    """What the patterns (those of the library unless given, in dependency order) find, in order of first frames.

    Roles are those that the scene's tags give unless given here. Raises TraceError if a role names an unknown body.
    """
    return run_on(Observation(trace, roles), patterns)


def run_on(observation: Observation, patterns: tuple[Pattern, ...] | None = None) -> list[Activation]:
    """What the patterns find in an observation, which keeps it; see `run`."""
    found: list[Activation] = []
    for pattern in library() if patterns is None else patterns:
        own = detect(pattern, observation)
        observation.record(pattern.uid, own)
        found += own
    return sorted(found, key=lambda a: a.frame)


def detect(pattern: Pattern, observation: Observation) -> list[Activation]:
    """What one pattern finds, in order of first frames."""
    return [
        Activation(
            uid=pattern.uid,
            frame=finding["time"],
            time=finding["time"] * observation.dt,
            description=finding["description"],
            parameters=finding["parameters"],
            end=finding.get("end"),
        )
        for finding in sorted(pattern.find(observation), key=lambda f: f["time"])
    ]
