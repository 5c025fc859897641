"""Sentences that are so and sentences that are not, to see whether the checker tells them apart.

Some were written by hand and labelled after a look at the run (`sentences.json`); the verbs were not tuned to those
that are held back. Others are those of summaries by our own grammar, made false by another object, in a list of what
happens at once too, by the reverse order, by the opposite outcome, by another time, or by a greater count.
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

Way = Literal["by hand", "by hand, held back", "grammar", "object", "list", "order", "outcome", "time", "count"]

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

APART = 1.0
"""Least time in s, and in time scales, by which a time that is told falsely is off."""

_LIST = re.compile(r", and |, ")
_MORE = re.compile(r"and (\d+) more times")
_AT = re.compile(r"^At [\d.]+ s ")
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

    False by the contacts of the trace alone: another object is one that what it is said to meet never touches, the
    order is turned of two sentences on pairs that meet in one moment each, those of the first before, or of such a one
    and the task's solution, another time is one far from all that a pair ever touches, and a greater count is more than
    it does.
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
        for way, changed in _changed(observation, sentence, text, spoken, rng):
            add(changed + ".", False, way)
    turned = [pair for pair in combinations(plain, 2) if _only_before(observation, *pair, spoken)]
    for first, second in rng.sample(turned, min(len(turned), TURNED)):
        add(f"{capital(second)}. Then {first}.", False, "order")
        add(f"{capital(first)}. Then {second}.", True, "grammar")
    for text in _before_it_is_solved(observation, plain, spoken)[:TURNED]:
        add(f"The task is solved. Then {text}.", False, "order")
        add(f"{capital(text)}. Then the task is solved.", True, "grammar")
    return found


def _changed(
    o: Observation, sentence: str, text: str, spoken: dict[str, str], rng: Random
) -> Iterator[tuple[Way, str]]:
    """A sentence with another object in one of the things that it lists, at another time, or more often."""
    parts = _LIST.split(text)
    for part in parts if len(parts) > 1 else ():
        other = _other_object(o, part, spoken, rng)
        if other:
            yield "list", sentence.replace(part, other)
    pair = _pair_in(parts[0], spoken)
    if pair is None:
        return
    touches = _touches(o, pair, spoken)
    least = max(APART, APART * o.scales.time)
    free = [
        second
        for second in range(1, int(o.frames * o.dt))
        if all(second < start - least or second > end + least for start, end in touches)
    ]
    if len(parts) == 1 and free and touches and _AT.match(sentence):
        yield "time", _AT.sub(f"At {rng.choice(free)}.00 s ", sentence)
    if _MORE.search(sentence):
        yield "count", _MORE.sub(f"and {len(touches) + rng.randint(1, 5)} more times", sentence)


def _touches(o: Observation, pair: tuple[str, str], spoken: dict[str, str]) -> list[tuple[float, float]]:
    """First and last time in s of each contact of a pair."""
    own = o.all_touches.between(*(o.trace.index(spoken[said]) for said in pair))
    return [(float(o.all_touches.start[i] * o.dt), float(o.all_touches.end[i] * o.dt)) for i in own]


def _before_it_is_solved(o: Observation, plain: list[str], spoken: dict[str, str]) -> list[str]:
    """The plain sentences on pairs that are done with each other well before the task is solved."""
    solved = [e.frame * o.dt for e in o.trace.events if e.uid == "TaskComplete" and e.parameters.get("success") is True]
    if not o.trace.meta.planar or not solved:
        return []
    least = max(APART, 2.0 * o.scales.time)
    pairs = {text: pair for text in plain if (pair := _pair_in(text, spoken)) is not None}
    spans = {text: _touches(o, pair, spoken) for text, pair in pairs.items()}
    return [text for text, own in spans.items() if own and max(end for _, end in own) + least < solved[-1]]


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
    own = [_touches(o, pair, spoken) for pair in pairs if pair is not None]
    if not all(own):
        return False
    done, begun = max(end for _, end in own[0]), min(start for start, _ in own[1])
    return done + max(APART / 2, 2.0 * o.scales.time) < begun


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
