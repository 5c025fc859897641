"""What a search is asked for, what it tells of each candidate, and what came of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

MethodName = Literal["annealing", "cmaes"]


class SearchSpec(BaseModel):
    """The request behind a folder of candidates; the same one gives the same candidates on one engine build.

    ``vary`` are open numbers as they are written, ``rewards`` texts of the reward language whose mean counts; with
    ``binary`` each counts 1 if it holds and else 0. A search ends before its ``budget`` where a candidate is worth 1,
    unless it is to be ``whole``. ``inputs`` are the SHA-256 of the files that it reads.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    search_version: Literal[1] = 1
    title: str
    source: str
    vary: tuple[str, ...] = ()
    rewards: tuple[str, ...]
    goal: str = ""
    binary: bool = False
    script: str | None = None
    budget: Annotated[int, Field(ge=1, le=1_000_000)]
    seed: int = 0
    method: MethodName = "annealing"
    whole: bool = False
    steps: Annotated[int, Field(ge=1, le=100_000)] = 250
    fps: float | None = None
    override_animation: bool = False
    inputs: tuple[tuple[str, str], ...] = ()


class Outcome(BaseModel):
    """What came of a run with some values: what it is worth and whether all rewards hold, or the problem it had."""

    value: float | None = None
    held: bool = False
    problem: str = ""
    trace_sha256: str = ""


class Candidate(BaseModel):
    """One set of values by name, counted from 1, with its `Outcome`."""

    number: int
    values: dict[str, float]
    value: float | None = None
    held: bool = False
    problem: str = ""
    trace_sha256: str = ""


class FoundNumber(BaseModel):
    """An open number: its bounds, how many values it may have, what it was in the scene and what is best."""

    name: str
    low: float
    high: float
    count: int | None
    before: float
    value: float


class SearchResult(BaseModel):
    """What came of a search. ``found_at`` is the number of the best candidate, ``failed`` counts those without a value;
    ``engine`` is the build of the best run."""

    title: str
    method: MethodName
    seed: int
    budget: int
    rewards: tuple[str, ...]
    goal: str
    binary: bool
    numbers: tuple[FoundNumber, ...]
    value: float
    held: bool
    found_at: int
    evaluations: int
    failed: int
    trace_sha256: str
    engine: str = ""
