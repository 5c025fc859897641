"""The coder that reads rules: each rule as the language of rules understands it, else a model's whole script, else told."""

from __future__ import annotations

from collections.abc import Callable

from ..models import OnText
from ..rules import Reading, Refusal, Vocabulary, python, read
from .link import compose
from .request import CoderError, CodingRequest, CodingResult, Understood
from .whole_coder import WholeCoder

Choose = Callable[[Refusal, Vocabulary, OnText | None], "Reading | Refusal"]
"""What a model makes of a rule that its words alone do not settle."""


class RuleCoder:
    """Writes the code of each rule from its reading.

    A rule that words do not settle goes to ``choose`` (a small model that chooses among readings); one that still has
    no reading is refused, or with ``free`` the whole script is asked of that model, in one request.
    """

    def __init__(
        self, name: str, model: str | None = None, choose: Choose | None = None, free: WholeCoder | None = None
    ) -> None:
        self.name, self.model = name, model
        self._choose, self._free = choose, free

    def write(self, request: CodingRequest, on_text: OnText | None = None) -> CodingResult:
        """A script for the request. Raises CoderError of kind ``rule`` with every rule that is not understood."""
        rules = request.rules + ((request.goal,) if request.goal else ())
        vocabulary = Vocabulary(request.graph)
        found = [self._read(rule, vocabulary, on_text) for rule in rules]
        refused = [one for one in found if isinstance(one, Refusal)]
        if refused and self._free is not None:
            return self._free.write(request, on_text)
        if refused:
            raise refusal_of(
                refused, "say it in other words, or let a large model write it (coder openai or paste:DIR)"
            )
        read_ones = [one for one in found if isinstance(one, Reading)]
        script = compose(rules, ["".join(map(python, one.rules)) for one in read_ones])
        understood = tuple(
            Understood(n, one.text, one.sentence, one.way, one.rules) for n, one in enumerate(read_ones, 1)
        )
        return CodingResult(script, script, 0, 0, self.model, self.name, None, 0, understood)

    def _read(self, rule: str, vocabulary: Vocabulary, on_text: OnText | None) -> Reading | Refusal:
        found = read(rule, vocabulary)
        if isinstance(found, Refusal) and self._choose is not None:
            return self._choose(found, vocabulary, on_text)
        return found


def refusal_of(refused: list[Refusal], advice: str) -> CoderError:
    """One error for all rules that are not understood."""
    return CoderError("rule", "\n".join(str(one).rstrip(".") for one in refused), advice[:1].upper() + advice[1:])
