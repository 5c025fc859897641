"""What cannot be learned from, trained or read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class LearningError(ValueError):
    """What cannot be trained or read; the message says what, and what to do."""


@contextmanager
def needing_torch() -> Iterator[None]:
    """Raise LearningError where PyTorch, or what comes with it, is missing."""
    try:
        yield
    except ModuleNotFoundError as problem:
        if (problem.name or "").split(".")[0] not in ("torch", "safetensors"):
            raise
        raise LearningError(
            f"{problem.name} is missing, which networks need: run scripts/setup.sh --learn, and this with "
            ".venv-learn/bin/python"
        ) from None
