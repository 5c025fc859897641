"""Bundled machines by name: each kind's first, and all by number."""

from __future__ import annotations

from .generate import BUNDLED_COUNT, BUNDLED_SEED, generate
from .kinds import KINDS
from .machine import Machine, MachineError


def example_names() -> tuple[str, ...]:
    """Names that `example` knows: the kinds, then ``bundled/00`` and on."""
    return (*KINDS, *(f"bundled/{i:02d}" for i in range(BUNDLED_COUNT)))


def example(name: str) -> Machine:
    """A bundled machine. Raises MachineError with the names that there are."""
    kinds = list(KINDS)
    if name in kinds:
        index = kinds.index(name)
    elif name in example_names():
        index = int(name.removeprefix("bundled/"))
    else:
        raise MachineError(f"there is no bundled machine '{name}'; there are {', '.join(example_names())}")
    return generate(1, BUNDLED_SEED, first=index)[0]
