"""Detectors for many labels (Discovering High Level Patterns, Algorithm 1).

The labels' searches go on side by side over the library as it is at the start, so that all that can be asked at once is
asked at once. Then, in the order of the labels, the best detector of each is measured against the library with those
accepted before it, and joins it if its fitness exceeds the threshold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from addon.executor import ScriptError
from addon.models import version
from addon.patterns import Activation, Pattern
from addon.patterns.annotation import span
from addon.patterns.library.discovered import Discovered, save_discovered

from ..evaluation.recorded import Model
from .asking import TASK
from .candidate import Found
from .fitness import fitness_of
from .islands import Reset
from .labels import Examples, Label
from .programs import Fitness, Program, sha256
from .search import Search
from .settings import Settings
from .trace_set import TraceSet

BOOK = Path(__file__).parent / "answers.json"
"""Answers of a large model."""

ACCEPTED, REQUESTS = "accepted", "requests"
"""Folders of a discovery: of the detectors that were accepted, and of what each request led to."""

SHOWN_TRACES, SHOWN_EVENTS = 3, 8
"""Of the best detector's events, so many of each of so many traces are told."""

Verdict = Literal["accepted", "not fit enough", "nothing found", "no improvement", "fails in other runs"]


class Gain(BaseModel):
    """How much a benchmark's score gains, from 0 to 1, as the mean over so many runs."""

    share: float
    runs: int


Improves = Callable[[Sequence[Pattern], Pattern], Gain]
"""What a benchmark gains when a pattern joins a library; what does not gain is not kept (Section 4.1)."""


class Cost(BaseModel):
    """Requests, and about how many tokens were sent and answered (by `estimate_tokens`)."""

    requests: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0


class ToldEvent(BaseModel):
    """An event of a detector in one trace; frames from first to last."""

    trace: str
    frame: int
    end: int
    description: str
    parameters: dict[str, Any]


class Outcome(BaseModel):
    """What came of one label: its best program, measured against the library that it would join."""

    uid: str
    label: str
    description: str
    verdict: Verdict
    gain: Gain | None
    program: int
    source: str
    fitness: Fitness | None
    events: tuple[ToldEvent, ...]
    best_by_request: tuple[float, ...]
    programs: tuple[dict[str, Any], ...]
    resets: tuple[Reset, ...]
    cost: Cost


class Discovery(BaseModel):
    """All that a discovery found, and what it depends on."""

    model: str
    prompt: str
    seed: int
    settings: Settings
    fitness: str
    traces: tuple[str, ...]
    library: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    cost: Cost


@dataclass(frozen=True)
class Done:
    """A discovery, None while answers are to be given, and what is to be done for these."""

    discovery: Discovery | None
    pending: tuple[str, ...]


def discover(
    labels: Sequence[Label],
    traces: TraceSet,
    model: Model,
    settings: Settings,
    seed: int,
    folder: Path,
    *,
    examples: Examples | None = None,
    improves: Improves | None = None,
    listen: Callable[[Label, Program], None] = lambda label, program: None,
) -> Done:
    """Search for a detector of each label; those accepted join the library of ``traces`` and lie in the folder.

    With ``improves``, a detector that is fit enough has to gain something, too.
    Raises ModelError where no answer can be had, and DiscoveryError if the folder is of another discovery.
    """
    library = tuple(pattern.uid for pattern in traces.patterns)
    examples = examples or {}
    searches = [
        Search(
            label,
            traces,
            settings,
            seed,
            model,
            folder / REQUESTS / label.uid,
            _joined(examples.get("", {}), examples.get(label.uid, {})),
            listen,
        )
        for label in labels
    ]
    for search in searches:
        search.run()
    if pending := [told for search in searches for told in search.pending]:
        return Done(None, tuple(pending))
    outcomes = tuple(_outcome(search, folder, improves) for search in searches)
    terms = "rho + eta - lambda - psi" + (" + examples" if examples else "") + " + agreement"
    discovery = Discovery(
        model=model.name,
        prompt=version(TASK),
        seed=seed,
        settings=settings,
        fitness=terms,
        traces=traces.names,
        library=library,
        outcomes=outcomes,
        cost=_sum([outcome.cost for outcome in outcomes]),
    )
    return Done(discovery, ())


def _joined(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Examples of both by trace."""
    return {name: [*one.get(name, []), *other.get(name, [])] for name in (*one, *(n for n in other if n not in one))}


def _gain(improves: Improves, library: Sequence[Pattern], pattern: Pattern) -> Gain | None:
    """What is gained with a pattern; None where its detector fails in the benchmark's runs."""
    try:
        return improves(library, pattern)
    except ScriptError:
        return None


def _outcome(search: Search, folder: Path, improves: Improves | None) -> Outcome:
    """Whether a search's best program is accepted; then it joins the library."""
    best, found, fitness, gain = search.chosen, None, None, None
    verdict: Verdict = "nothing found"
    if best.fitness is not None:
        found = search.found(best.source)
        fitness = fitness_of(found.activations, best.source, search.traces, search.settings, best.fitness.examples)
        fitness = fitness.model_copy(update={"agreement": best.fitness.agreement})
        verdict = "accepted" if fitness.own > search.settings.threshold else "not fit enough"
        if verdict == "accepted" and improves is not None:
            gain = _gain(improves, search.traces.patterns, found.pattern)
            verdict = "fails in other runs" if gain is None else "accepted" if gain.share > 0.0 else "no improvement"
        if verdict == "accepted":
            search.traces.add(found.pattern, found.activations)
            _save(search, best, fitness, found, folder / ACCEPTED)
    if verdict != "accepted":  # A search that went on may have had another end before.
        for suffix in (".py", ".json"):
            (folder / ACCEPTED / f"{search.label.uid}{suffix}").unlink(missing_ok=True)
    return Outcome(
        uid=search.label.uid,
        label=search.label.text,
        description=search.label.description,
        verdict=verdict,
        gain=gain,
        program=best.number,
        source=best.source,
        fitness=fitness,
        events=tuple(_told(found, search.traces)) if found is not None else (),
        best_by_request=tuple(_best_so_far(search.programs)),
        programs=tuple(program.lineage() for program in search.programs),
        resets=tuple(search.islands.resets),
        cost=_sum(
            [Cost(requests=1, prompt_tokens=p.prompt_tokens, answer_tokens=p.answer_tokens) for p in search.programs]
        ),
    )


def _save(search: Search, best: Program, fitness: Fitness, found: Found, folder: Path) -> None:
    label, programs = search.label, {program.number: program for program in search.programs}
    told = Discovered(
        uid=label.uid,
        label=label.text,
        description=label.description,
        parameters={name: dict(p) for name, p in best.parameters.items()},
        requires=found.pattern.requires,
        source_sha256=sha256(best.source),
        lineage={
            "model": search.model.name,
            "prompt": version(TASK),
            "seed": search.seed,
            "settings": search.settings.model_dump(),
            "traces": list(search.traces.names),
            "fitness": fitness.told(),
            "programs": [programs[number].lineage() for number in ancestors(best.number, programs)],
        },
    )
    save_discovered(told, best.source, folder)


def ancestors(number: int, programs: dict[int, Program]) -> list[int]:
    """A program and all that it comes from but the skeleton, in the order of their requests."""
    found: set[int] = set()
    left = [number]
    while left:
        own = left.pop()
        if own in programs and own not in found:
            found.add(own)
            left += programs[own].parents
    return sorted(found)


def _told(found: Found, traces: TraceSet) -> list[ToldEvent]:
    """The first events in the traces in which there are most, so that there is something to judge."""
    ranked = sorted(range(len(traces)), key=lambda i: (-len(found.activations[i]), i))[:SHOWN_TRACES]
    return [_event(traces.names[i], a) for i in ranked for a in found.activations[i][:SHOWN_EVENTS]]


def _event(trace: str, activation: Activation) -> ToldEvent:
    first, last = span(activation)
    return ToldEvent(
        trace=trace, frame=first, end=last, description=activation.description, parameters=activation.parameters
    )


def _best_so_far(programs: Sequence[Program]) -> list[float]:
    """The greatest fitness after each request."""
    best: list[float] = []
    for program in programs:
        best.append(max(program.worth, best[-1] if best else program.worth))
    return best


def _sum(costs: Sequence[Cost]) -> Cost:
    return Cost(**{name: sum(getattr(cost, name) for cost in costs) for name in Cost.model_fields})
