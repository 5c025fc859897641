"""The coder that reads rules: each as the language of rules understands it, else a model's whole script, else told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..models import OnText
from ..rules import Reading, Refusal, Vocabulary, python, read, released
from .chooser import Chooser
from .goal_coder import GoalCoder
from .link import compose_read
from .request import CoderError, CodingRequest, CodingResult, Understood
from .whole_coder import WholeCoder

Always = Callable[[str, Vocabulary, OnText | None], "Reading | Refusal"]
"""Reads a rule in a way of its own, see `Chance`."""

ADVICE = "Say it in other words, or let a large model write it (coder openai or paste:DIR)"
MOST_TOLD = 8
"""Rules that one error tells of."""


class RuleCoder:
    """Writes the code of each rule from its reading.

    A rule that words do not settle goes to ``choose`` (a small model that chooses among readings); one that still has
    no reading is refused, or with ``free`` the whole script is asked of that model, in one request. A goal whose
    numbers are to be found is ``aim``'s.
    """

    def __init__(
        self,
        name: str,
        model: str | None = None,
        choose: Chooser | None = None,
        free: WholeCoder | None = None,
        always: Always | None = None,
        aim: GoalCoder | None = None,
    ) -> None:
        self.name, self.model = name, model
        self._choose, self._free, self._always, self._aim = choose, free, always, aim

    def write(self, request: CodingRequest, on_text: OnText | None = None) -> CodingResult:
        """A script for the request. Raises CoderError of kind ``rule`` with every rule that is not understood."""
        if self._aim is not None and request.goal and request.fit and not request.rules:
            return self._aim.write(request, on_text)
        rules = request.rules + ((request.goal,) if request.goal else ())
        found = self._readings(rules, Vocabulary(request.graph), on_text)
        refused = [one for one in found if isinstance(one, Refusal)]
        if refused and self._free is not None:
            return self._free.write(request, on_text)
        if refused:
            told = [str(one).rstrip(".") for one in refused[:MOST_TOLD]]
            raise CoderError("rule", "\n".join(told), ADVICE)
        return self._result(rules, [one for one in found if isinstance(one, Reading)])

    def _readings(
        self, rules: Sequence[str], vocabulary: Vocabulary, on_text: OnText | None
    ) -> list[Reading | Refusal]:
        """The rules as they are understood; what one lets go or holds, others can count on."""
        found = [self._read(rule, vocabulary, on_text) for rule in rules]
        changed = released(found, vocabulary)
        if changed is vocabulary:
            return found
        again = (self._read(one.text, changed, on_text) if isinstance(one, Refusal) else one for one in found)
        return list(again)

    def _read(self, rule: str, vocabulary: Vocabulary, on_text: OnText | None) -> Reading | Refusal:
        if self._always is not None:
            return self._always(rule, vocabulary, on_text)
        found = read(rule, vocabulary)
        if isinstance(found, Refusal) and self._choose is not None:
            return self._choose(found, vocabulary, on_text)
        return found

    def _result(self, rules: Sequence[str], readings: Sequence[Reading]) -> CodingResult:
        answers = self._choose.taken() if self._choose else []
        code = [python(*one.rules) for one in readings]
        script = compose_read(rules, code, [one.sentence for one in readings])
        return CodingResult(
            script=script,
            answer="\n\n".join(answer.text for answer in answers),
            prompt_tokens=sum(answer.prompt_tokens for answer in answers),
            completion_tokens=sum(answer.completion_tokens for answer in answers),
            model=self.model,
            coder=self.name,
            prompt_version=self._choose.prompt if self._choose and answers else None,
            requests=len(answers),
            understood=tuple(Understood(n, r.text, r.sentence, r.way, r.rules) for n, r in enumerate(readings, 1)),
        )
