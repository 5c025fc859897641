"""The bundled examples: 24 machines of one piece each, three of every kind, which were checked when they were made."""

from __future__ import annotations

import random

from .kinds import KINDS
from .machine import Machine, MachineError

SEED = 7
COUNT = 24


def examples() -> list[Machine]:
    """All examples, kinds in rotation."""
    return [_build(index) for index in range(COUNT)]


def example_names() -> tuple[str, ...]:
    """Names that `example` knows: the kinds, then ``bundled/00`` and on."""
    return (*KINDS, *(f"bundled/{i:02d}" for i in range(COUNT)))


def example(name: str) -> Machine:
    """An example by its kind (the first of it) or number. Raises MachineError with the names that there are."""
    kinds = list(KINDS)
    if name in kinds:
        return _build(kinds.index(name))
    if name in example_names():
        return _build(int(name.removeprefix("bundled/")))
    raise MachineError(f"there is no bundled machine '{name}'; there are {', '.join(example_names())}")


def _build(index: int) -> Machine:
    kind = list(KINDS)[index % len(KINDS)]
    drawn = KINDS[kind](random.Random(f"{SEED}/{index}/{kind}/0"))
    name = f"{kind}_{SEED}_{index:03d}"
    graph = drawn.graph.model_copy(update={"name": name})
    return drawn.model_copy(update={"name": name, "seed": SEED, "index": index, "graph": graph})
