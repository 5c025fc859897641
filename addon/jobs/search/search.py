"""The search itself: ask, run, tell, until the budget is spent or nothing better is possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ..folder import JobError
from .candidates import Candidates
from .method import FAILED, Method
from .open_numbers import Space, Values
from .spec import Candidate, FoundNumber, Outcome, SearchResult, SearchSpec
from .trial import Trial

Evaluate = Callable[[Sequence[Values]], Iterable[tuple[int, Outcome]]]
"""Runs several sets of values and gives what came of each, with its place among them, in any order."""


def one_by_one(trial: Trial) -> Evaluate:
    """Run candidates in this process."""

    def evaluate(batch: Sequence[Values]) -> Iterable[tuple[int, Outcome]]:
        return ((place, trial.run(values)) for place, values in enumerate(batch))

    return evaluate


@dataclass
class Search:
    """One search. ``listen`` is told after each candidate how many are done, and which one is the best so far."""

    spec: SearchSpec
    space: Space
    method: Method
    evaluate: Evaluate
    store: Candidates
    listen: Callable[[int, Candidate | None], None] = lambda done, best: None
    done: list[Candidate] = field(default_factory=list)
    best: Candidate | None = None

    def run(self) -> SearchResult:
        """Search. Raises JobError if every candidate failed, or none changed the reward.

        What is stopped by an exception can be gone on with: its candidates are in the store.
        """
        self._run()
        self.store.tidy()
        self._check()
        self.store.status(len(self.done), len(self.done), self.best, "done")
        return self._result()

    def _run(self) -> None:
        while len(self.done) < self.spec.budget and not self._is_enough:
            points = self.method.ask()
            wanted = [self.space.values(point) for point in points][: self.spec.budget - len(self.done)]
            batch = self._batch(wanted)
            self.done += batch
            if len(batch) == len(points):
                self.method.tell([FAILED if one.value is None else one.value for one in batch])

    @property
    def _is_enough(self) -> bool:
        return self.best is not None and self.best.held and not self.spec.whole

    def _batch(self, wanted: Sequence[Values]) -> list[Candidate]:
        """The candidates of these values: those that are known, and the others, which are run now."""
        first, found = len(self.done) + 1, self._recalled(wanted)
        self._tell(found.values(), len(self.done) + len(found))
        missing = [place for place in range(len(wanted)) if place not in found]
        for place, outcome in self.evaluate([wanted[k] for k in missing]) if missing else ():
            k = missing[place]
            named = self.space.named(wanted[k])
            found[k] = Candidate(number=first + k, values=named, **outcome.model_dump())
            self.store.add(found[k])
            self._tell([found[k]], len(self.done) + len(found))
        return [found[k] for k in range(len(wanted))]

    def _recalled(self, wanted: Sequence[Values]) -> dict[int, Candidate]:
        """Candidates, by their places, that are known from before a stop, or whose values were tried already."""
        first = len(self.done) + 1
        seen = {tuple(one.values.values()): one for one in self.done}
        found: dict[int, Candidate] = {}
        for place, values in enumerate(wanted):
            known = self.store.known(first + place, self.space.named(values))
            if known is None and values in seen:
                known = seen[values].model_copy(update={"number": first + place})
                self.store.add(known)
            if known is not None:
                found[place] = known
        return found

    def _tell(self, candidates: Iterable[Candidate], done: int) -> None:
        """Take up the best of what has come; of equals it is the first, whichever came first."""
        for one in candidates:
            if one.value is not None and (self.best is None or _rank(one) > _rank(self.best)):
                self.best = one
        self.store.status(done, self.spec.budget, self.best)
        self.listen(done, self.best)

    def _check(self) -> None:
        count = len(self.done)
        if self.best is None:
            first = self.done[0].problem.splitlines()[0] if self.done and self.done[0].problem else "nothing was run"
            raise JobError(f"all {count} candidates failed; the first: {first}")
        ran = [one.value for one in self.done if one.value is not None]
        if len(set(ran)) == 1 and len(ran) > 1 and not self.best.held:
            grade = "leave --binary out" if self.spec.binary else "grade the reward, such as by NEARBY_AT"
            failed = f" ({count - len(ran)} others failed)" if len(ran) < count else ""
            raise JobError(
                f"none of {len(ran)} candidates changed the reward, which was {self.best.value:.4g} for all{failed}; "
                f"vary other numbers or widen their bounds, or {grade}"
            )

    def _result(self) -> SearchResult:
        spec, best = self.spec, self.best
        assert best is not None
        assert best.value is not None
        numbers = [
            FoundNumber(name=n.name, low=n.low, high=n.high, count=n.count, before=own, value=best.values[n.name])
            for n, own in zip(self.space.numbers, self.space.own, strict=True)
        ]
        return SearchResult(
            title=spec.title,
            method=spec.method,
            seed=spec.seed,
            budget=spec.budget,
            rewards=spec.rewards,
            goal=spec.goal,
            binary=spec.binary,
            numbers=tuple(numbers),
            value=best.value,
            held=best.held,
            found_at=best.number,
            evaluations=len(self.done),
            failed=sum(one.value is None for one in self.done),
            trace_sha256=best.trace_sha256,
        )


def _rank(candidate: Candidate) -> tuple[bool, float, int]:
    """The better, the greater: what holds, then what is worth more, then what came before."""
    return candidate.held, candidate.value or 0.0, -candidate.number
