"""Many cases of one kind, of which the short way runs some; all of them run with ``scripts/test.sh --all``."""

from collections.abc import Iterable
from typing import Any

import pytest


def thinned(cases: Iterable[Any], every: int) -> list[Any]:
    """The cases, all but every so many-th marked as slow, beginning with the first. A tuple is a case's values."""
    return [
        case if not i % every else pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.slow)
        for i, case in enumerate(cases)
    ]
