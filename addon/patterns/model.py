"""What a pattern is and what its detector finds (Discovering High Level Patterns, Section 3.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .observation import Observation

Finding = dict[str, Any]
"""``time`` (frame), ``description`` (one sentence), ``parameters`` (plain values; bodies by name) and, for what lasts,
``end`` (last frame)."""

BODY_PARAMETERS = frozenset({"object", "other", "opposite", "via", "by", "lever", "support", "source", "target"})
"""Parameters of findings whose texts are names of bodies."""

Detector = Callable[[Observation], list[Finding]]


@dataclass(frozen=True)
class Activation:
    """A pattern found at ``frame``, ``time`` seconds into the trace; ``end`` is the last frame of one that lasts."""

    uid: str
    frame: int
    time: float
    description: str
    parameters: dict[str, Any]
    end: int | None = None


@dataclass(frozen=True)
class Pattern:
    """One detector with its names.

    ``parameters`` says what each parameter of a finding means; ``requires`` names the patterns that ``find`` reads
    from the observation; the two parameters named in ``symmetric`` have no order.
    """

    uid: str
    label: str
    description: str
    find: Detector
    parameters: Mapping[str, str] = field(default_factory=dict)
    requires: tuple[str, ...] = ()
    symmetric: tuple[str, ...] = ()
