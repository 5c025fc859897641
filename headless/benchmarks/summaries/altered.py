"""Sentences that are so and sentences that are not, to see whether the checker tells them apart.

Some were written by hand and labelled after a look at the run (`sentences.json`); the verbs were not tuned to those
that are held back. Others are those of summaries by our own grammar, made false in three ways: by another object, by
the reverse order, by the opposite outcome.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Literal

from pydantic import BaseModel, ConfigDict

from addon.patterns import Observation
from addon.patterns.annotation import annotate
from addon.patterns.claims import FALSE, Claim, check
from addon.patterns.naming import capital
from addon.patterns.summary import summary_by_grammar
from addon.trace import Trace

from ...evaluation.statistics import Share, bootstrap
from ..physibench.examples import examples
from ..puzzles.files import load_tasks
from ..runs import machine_run, puzzle_run

SENTENCES = Path(__file__).parent / "sentences.json"

Way = Literal["by hand", "by hand, held back", "grammar", "object", "order", "outcome"]

OPPOSITES = (
    (r"\bis solved\b", "is not solved"),
    (r"\bis not solved\b", "is solved"),
    (r"\bgoes on\b", "goes off"),
    (r"\bhits\b", "never hits"),
    (r"\bmeets\b", "never meets"),
    (r"\bfalls off\b", "never falls off"),
    (r"\bbounces off\b", "never bounces off"),
    (r"\breaches\b", "never reaches"),
)
TURNED = 5
"""Pairs of sentences of a run that are told in the reverse order, at most."""

_TIMES = re.compile(r"^(?:At [\d.]+ s|Then|At the same time) ")
_PAIR = re.compile(r"(?:hits|meets|falls off|bounces off|strikes|reaches) ")


class Labelled(BaseModel):
    """A text about a run that is ``true`` or not; ``way`` is how it came about."""

    model_config = ConfigDict(frozen=True)

    run: str
    text: str
    true: bool
    way: Way


@dataclass(frozen=True)
class Judged:
    """A text with what the checker says of it."""

    labelled: Labelled
    claims: tuple[Claim, ...]

    @property
    def found_false(self) -> bool:
        """Whether some claim of it was found false."""
        return any(claim.verdict == FALSE for claim in self.claims)


class CheckerFigures(BaseModel):
    """How well false texts are told, with intervals: the share of those found false that are (``precision``), and the
    share of the false ones that was found (``recall``)."""

    true: int
    false: int
    precision: Share | None
    recall: Share | None


def by_hand() -> Iterator[tuple[Trace, list[Labelled]]]:
    """The runs with the sentences that were written about them."""
    tasks = {task.id: task for task in load_tasks()}
    machines = {machine.name: machine for machine in examples()}
    for told in json.loads(SENTENCES.read_text(encoding="utf-8")):
        run = told["run"]
        way: Way = "by hand, held back" if told["held_back"] else "by hand"
        labelled = [Labelled(run=run, text=s["text"], true=s["true"], way=way) for s in told["sentences"]]
        if run in machines:
            yield machine_run(machines[run]), labelled
        else:
            task = tasks[run]
            assert task.solution is not None
            yield puzzle_run(task, task.solution), labelled


def by_grammar(trace: Trace, rng: Random) -> list[Labelled]:
    """Sentences of a run's summary, and each of them made false in the ways that it can be.

    False by the contacts of the trace alone: another object is one that what it is said to meet never touches, and the
    order is turned of two sentences on pairs that meet in one moment each, those of the first before.
    """
    observation = Observation(trace)
    annotation = annotate(trace)
    found = []
    name = trace.meta.title

    def add(text: str, true: bool, way: Way) -> None:
        found.append(Labelled(run=name, text=text, true=true, way=way))

    sentences = [s for s in re.split(r"(?<=[a-z])\. ", summary_by_grammar(annotation).rstrip(".")) if s]
    plain = [_TIMES.sub("", s) for s in sentences]
    spoken = {said: body for body, said in annotation.spoken.items()}
    for sentence, text in zip(sentences, plain, strict=True):
        if not _PAIR.search(text) and "solved" not in text and "goes on" not in text:
            continue
        add(sentence + ".", True, "grammar")
        other = _other_object(observation, text, spoken, rng)
        if other:
            add(other + ".", False, "object")
        for pattern, opposite in OPPOSITES:
            if re.search(pattern, text):
                add(re.sub(pattern, opposite, text, count=1) + ".", False, "outcome")
                break
    turned = [pair for pair in combinations(plain, 2) if _only_before(observation, *pair, spoken)]
    for first, second in rng.sample(turned, min(len(turned), TURNED)):
        add(f"{capital(second)}. Then {first}.", False, "order")
        add(f"{capital(first)}. Then {second}.", True, "grammar")
    return found


def _pair_in(text: str, spoken: dict[str, str]) -> tuple[str, str] | None:
    """What of a plain sentence meets what; None for one that says more."""
    verb = _PAIR.search(text)
    if verb is None or ", and" in text or "after" in text or "which" in text:
        return None
    doer = text[: verb.start()].strip()
    rest = [said for said in spoken if text[verb.end() :].startswith(said)]
    if doer not in spoken or not rest:
        return None
    return doer, max(rest, key=len)


def _other_object(o: Observation, text: str, spoken: dict[str, str], rng: Random) -> str | None:
    """The sentence about a body that never touches what the first one meets."""
    pair = _pair_in(text, spoken)
    if pair is None:
        return None
    column = o.trace.index(spoken[pair[0]])
    near = {o.all_touches.partner(int(i), column) for i in o.all_touches.of(column)}
    others = [said for said, body in spoken.items() if o.trace.index(body) not in {*near, column} and said not in pair]
    return text.replace(pair[1], rng.choice(others)) if others else None


def _only_before(o: Observation, first: str, second: str, spoken: dict[str, str]) -> bool:
    """Whether all that one pair ever has to do with each other is over well before another pair first meets."""
    pairs = [_pair_in(text, spoken) for text in (first, second)]
    if pairs[0] is None or pairs[1] is None:
        return False
    spans = []
    for pair in pairs:
        assert pair is not None
        own = o.all_touches.between(*(o.trace.index(spoken[said]) for said in pair))
        if not len(own):
            return False
        spans.append((int(o.all_touches.start[own].min()), int(o.all_touches.end[own].max())))
    return spans[0][1] + o.steps(2.0) < spans[1][0] and spans[0][1] * o.dt + 0.5 < spans[1][0] * o.dt


def judged(trace: Trace, labelled: list[Labelled]) -> list[Judged]:
    """What the checker says of each text, by itself."""
    observation = Observation(trace)
    return [Judged(one, tuple(check(one.text, observation))) for one in labelled]


def figures_of(found: list[Judged]) -> CheckerFigures:
    """Precision and recall of the checker over texts."""
    false = [j for j in found if not j.labelled.true]
    return CheckerFigures(
        true=len(found) - len(false),
        false=len(false),
        precision=bootstrap([float(not j.labelled.true) for j in found if j.found_false], seed=0),
        recall=bootstrap([float(j.found_false) for j in false], seed=0),
    )
