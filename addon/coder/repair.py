"""The bounded repair loop: a script that is refused or fails goes back to its coder with the problem in words."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from ..models import OnText
from .request import Attempt, Coder, CodingRequest, CodingResult


def same_script(a: str, b: str) -> bool:
    """Whether two scripts differ in nothing but trailing blanks and empty lines."""
    return [line.rstrip() for line in a.splitlines() if line.strip()] == [
        line.rstrip() for line in b.splitlines() if line.strip()
    ]


@dataclasses.dataclass(frozen=True)
class Repaired:
    """Every attempt in order, each with its problem (None for a script that ran)."""

    attempts: tuple[tuple[CodingResult, str | None], ...]

    @property
    def ok(self) -> bool:
        """Whether the last script ran."""
        return self.attempts[-1][1] is None

    @property
    def script(self) -> str:
        """The last script."""
        return self.attempts[-1][0].script

    @property
    def problem(self) -> str | None:
        """What is wrong with the last script."""
        return self.attempts[-1][1]


def code_until_runs(
    coder: Coder,
    request: CodingRequest,
    try_script: Callable[[str], str | None],
    max_attempts: int = 3,
    on_text: OnText | None = None,
    on_attempt: Callable[[CodingResult], None] | None = None,
) -> Repaired:
    """Ask for scripts until one runs, at most ``max_attempts`` of them.

    ``try_script`` gives the problem of a script in words, or None. ``on_attempt`` sees each answer before it is
    tried. The loop ends early when a script comes again that has failed before: the coder has nothing better.
    Raises CoderError if an answer holds no script, and ModelError if there is none.
    """
    attempts: list[tuple[CodingResult, str | None]] = []
    while True:
        result = coder.write(request, on_text)
        if on_attempt is not None:
            on_attempt(result)
        repeated = any(same_script(earlier.script, result.script) for earlier, _ in attempts)
        problem = try_script(result.script)
        attempts.append((result, problem))
        if problem is None or repeated or len(attempts) >= max_attempts:
            return Repaired(tuple(attempts))
        request = dataclasses.replace(request, previous=Attempt(result.script, problem))
