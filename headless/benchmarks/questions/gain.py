"""What a new pattern is worth to a model that answers questions about runs (Discovering High Level Patterns, 4.1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from addon.patterns import Pattern

from ...discovery.discover import Gain
from .asking import Asker
from .evaluate import Setting, none_made, shown
from .facts import Facts
from .library import uids
from .runs import Run, RunError, facts_of
from .scores import QuestionScore, WaitingError


@dataclass
class QuestionGain:
    """How many more of the questions about some runs a model answers rightly, as a share of all, when it is told what
    a pattern finds besides the library that it would join. ``listen`` hears of runs that cannot be made."""

    setting: Setting
    asker: Asker
    listen: Callable[[str], None] = lambda told: None
    _known: dict[tuple[str, ...], float] = field(default_factory=dict)

    def __call__(self, library: Sequence[Pattern], candidate: Pattern) -> Gain:
        """See `headless.discovery.discover.Improves`. Raises WaitingError where answers are still to be given,
        ModelError, and ScriptError where the candidate fails."""
        own = set(uids())
        more = tuple(pattern for pattern in library if pattern.uid not in own)
        scores: list[float] = []
        pending: list[tuple[str, str]] = []
        for told in ((*more, candidate), more):
            try:
                scores.append(self.score(told))
            except WaitingError as waiting:
                pending += waiting.pending
        if pending:
            raise WaitingError(pending)
        return Gain(share=scores[0] - scores[1], runs=len(self.runs))

    def score(self, more: tuple[Pattern, ...]) -> float:
        """The mean share of right answers over the runs, with ``more`` patterns besides the library's own."""
        key = tuple(pattern.uid for pattern in more)
        if key not in self._known:
            setting = self.setting
            made = [shown(run, facts, setting.input, setting.budget, more) for run, facts in self.runs]
            shares = QuestionScore(setting, made, self.asker)(frozenset()).values()
            self._known[key] = sum(shares) / len(shares)
        return self._known[key]

    @cached_property
    def runs(self) -> list[tuple[Run, Facts]]:
        """The runs that can be made. Raises ModelError where none can."""
        made = []
        for run in self.setting.runs():
            try:
                made.append((run, facts_of(run)))
            except RunError as error:
                self.listen(f"not asked about: {run.name}: {error}")
        if not made:
            raise none_made()
        return made
