"""Traces with what a library found in them: what every candidate of a search is measured on, worked out once."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping, Sequence
from functools import cached_property
from json import dumps
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from addon.executor import Record, call_message, input_json
from addon.patterns import Activation, Observation, Pattern
from addon.patterns.annotation import Annotation, Column
from addon.patterns.distance import occurrence_histograms, trace_distance
from addon.patterns.findings import plain
from addon.patterns.library import detect
from addon.patterns.source import FUNCTION
from addon.patterns.view import trace_events, trace_view
from addon.scene_graph import FloatArray

from .errors import DiscoveryError
from .traces import NamedTrace

SAMPLED, SAMPLE_CHARS = 4, 600
"""Objects and events of a sample, and characters of each, at most."""


class TraceSet:
    """T traces under a library of J patterns.

    Raises DiscoveryError if no two traces can be compared, and TraceError if one cannot be read by detectors.
    """

    def __init__(self, traces: Sequence[NamedTrace], patterns: Sequence[Pattern], bins: int) -> None:
        self.names = tuple(named.name for named in traces)
        self.traces = tuple(named.trace for named in traces)
        self.bins = bins
        self.patterns: tuple[Pattern, ...] = ()
        self.observations = tuple(Observation(trace) for trace in self.traces)
        self._histograms: list[FloatArray] = []
        self.activations: dict[str, list[list[Activation]]] = {}
        """What each pattern found in each trace."""
        for pattern in patterns:
            self.add(pattern, [detect(pattern, o) for o in self.observations])

    def __len__(self) -> int:
        return len(self.traces)

    def add(self, pattern: Pattern, found: Sequence[Sequence[Activation]]) -> None:
        """Let a pattern, with what it found in each trace, join the library."""
        self.patterns = (*self.patterns, pattern)
        self.activations[pattern.uid] = [list(own) for own in found]
        for observation, own in zip(self.observations, found, strict=True):
            observation.record(pattern.uid, own)
        self._histograms.append(self.histograms(found))

    def histograms(self, found: Sequence[Sequence[Activation]]) -> FloatArray:
        """Smoothed histograms ``[T, bins + 1]`` of what one pattern found in each trace; the last bin is "never"."""
        matrices = [
            Annotation(
                fps=trace.meta.fps,
                steps=trace.meta.steps,
                bodies=trace.bodies,
                patterns=(Column(uid="own", label="own"),),
                activations=tuple(Activation("own", a.frame, a.time, "", {}, a.end) for a in own),
            ).matrix()
            for trace, own in zip(self.traces, found, strict=True)
        ]
        return occurrence_histograms(matrices, self.bins)[:, 0]

    @property
    def library_histograms(self) -> FloatArray:
        """Those of the library ``[T, J, bins + 1]``."""
        if not self._histograms:
            return np.zeros((len(self), 0, self.bins + 1))
        return np.stack(self._histograms, axis=1)

    @property
    def repetition(self) -> float:
        """mu: activations in a trace, a mean over all traces and those patterns that occur; 0 without any."""
        means = [sum(map(len, found)) / len(self) for found in self.activations.values()]
        return float(np.mean([mean for mean in means if mean] or [0.0]))

    @cached_property
    def pairs(self) -> tuple[NDArray[np.intp], NDArray[np.intp], FloatArray]:
        """First and second trace of each pair ``[P]`` that is compared, and d_x between them in m.

        Pairs are of traces of one scene, if there are as many of these as traces, else all that have something in
        common. Between scenes d_x tells where bodies start rather than what happens: over runs of 8 puzzles the mean
        rho of the library's patterns was 0.26 within scenes, and 0.08 over all pairs.
        """
        pairs = list(itertools.combinations(range(len(self)), 2))
        scenes = [_scene(observation) for observation in self.observations]
        alike = [(i, k) for i, k in pairs if scenes[i] == scenes[k]]
        rows = [
            (i, k, trace_distance(self.traces[i], self.traces[k], matched))
            for i, k in (alike if len(alike) >= len(self) else pairs)
            if (matched := self._matched(i, k))
        ]
        if len({distance for *_, distance in rows}) < 2:
            raise DiscoveryError(
                "the traces are all as far from each other, or have no moving body in common, so nothing can be "
                "compared with their distances; give traces of like scenes that end differently"
            )
        first, second, distances = zip(*rows, strict=True)
        return np.array(first), np.array(second), np.array(distances)

    @cached_property
    def exchangeable(self) -> tuple[NDArray[np.intp], ...]:
        """Numbers of the traces that are compared with each other, directly or through others, group by group."""
        first, second, _ = self.pairs
        edges = coo_array((np.ones(len(first)), (first, second)), shape=(len(self), len(self)))
        count, group = connected_components(edges, directed=False)
        return tuple(np.flatnonzero(group == number) for number in range(count))

    def digest(self) -> str:
        """What fitness depends on besides a candidate: traces, their distances, and what the library found in them."""
        first, second, apart = self.pairs
        numbers = (first, second, np.round(apart, 9), np.round(self.library_histograms, 9))
        words = dumps([self.names, [trace.sha256() for trace in self.traces], [p.uid for p in self.patterns]])
        return hashlib.sha256(b"".join([words.encode(), *(array.tobytes() for array in numbers)])).hexdigest()

    @cached_property
    def sample(self) -> str:
        """Some of the first trace as a detector reads it: an object of each kind, moving ones first, and of events."""
        view = trace_view(self.observations[0], ())
        objects = sorted(view.fields["scene"].fields["objects"], key=lambda o: bool(o.fields["static"]))
        kinds = {str((o.fields.get("type"), o.fields.get("color"))): o for o in reversed(objects)}
        uids = {event.fields["uid"]: event for event in reversed(view.fields["events"])}
        shown = [*list(kinds.values())[: -SAMPLED - 1 : -1], *list(uids.values())[: -SAMPLED - 1 : -1]]
        return "\n".join(f"{record.kind} {dumps(_short(record.fields))}"[:SAMPLE_CHARS] for record in shown)

    def _matched(self, i: int, k: int) -> list[tuple[str, str]]:
        """The bodies that two traces have in common: those of one role, and of the others that move those of one name.

        What stands still in both and has no role would only make all traces alike. None if the traces have other
        frame rates, or only one of them is a plane.
        """
        one, other = self.observations[i], self.observations[k]
        ours, theirs = one.trace, other.trace
        if ours.meta.fps != theirs.meta.fps or (ours.scene.world.plane is None) != (theirs.scene.world.plane is None):
            return []
        roles = [
            (a, b)
            for name in ("actor", "goal_object", "goal_target")
            if (a := getattr(one.roles, name)) is not None and (b := getattr(other.roles, name)) is not None
        ]
        taken_here, taken_there = {a for a, _ in roles}, {b for _, b in roles}
        moving = [{name for name, moves in zip(o.bodies, o.movable, strict=True) if moves} for o in (one, other)]
        named = sorted(((moving[0] - taken_here) & (set(theirs.bodies) - taken_there))
                       | ((moving[1] - taken_there) & (set(ours.bodies) - taken_here)))  # fmt: skip
        matched = [*roles, *((name, name) for name in named)]
        frames = min(len(ours.position), len(theirs.position))
        return [
            (a, b)
            for a, b in matched
            if (ours.present[:frames, ours.index(a)] & theirs.present[:frames, theirs.index(b)]).any()
        ]

    def messages(self, requires: tuple[str, ...]) -> list[bytes]:
        """For the sandbox, what calls a detector with each trace and the events of the patterns that it reads."""
        return [
            before + input_json(trace_events(observation, requires)) + after
            for (before, after), observation in zip(self._around_events, self.observations, strict=True)
        ]

    @cached_property
    def _around_events(self) -> list[tuple[bytes, bytes]]:
        """What stands before and after a trace's events, its last field, in such a message: some MB, written once."""
        found = []
        for observation in self.observations:
            view = trace_view(observation)
            empty = Record(view.kind, {**view.fields, "events": []})
            before, _, after = call_message(FUNCTION, {"trace": empty}).rpartition(b"[]")
            found.append((before, after))
        return found


def _short(value: Any) -> Any:
    """A value of a view as JSON has it, numbers with four digits."""
    if isinstance(value, Record):
        return _short(value.fields)
    if isinstance(value, Mapping):
        return {name: _short(item) for name, item in value.items()}
    return [_short(item) for item in value] if isinstance(value, list) else plain(value)


def _scene(observation: Observation) -> tuple[object, ...]:
    """What scenes that differ in the actor alone have in common: each other object, where it is and how large."""
    scene = observation.trace.scene
    rest = [o for o in scene.objects if o.name != observation.roles.actor]
    return (scene.world.fps, *((o.name, o.location, o.rotation, o.dimensions) for o in rest))
