"""Series of machines from a seed, and the check that each must pass.

Machine ``index`` of a series is made from random numbers of its own, so it does not depend on how many are
asked for. When a draw fails its check, the next draw of the same index is tried.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

from .kinds import KINDS
from .machine import Machine, MachineError

BUNDLED_SEED = 7
BUNDLED_COUNT = 24
BUNDLED_FILE = Path(__file__).with_name("bundled.json")
"""Which draw passed its check, for every bundled machine whose first draw did not."""

DRAWS = 12
"""Tries for one machine before giving up."""

Check = Callable[[Machine], list[str]]


def build(seed: int, index: int, draw: int = 0) -> Machine:
    """Machine ``index`` of a series, unchecked: kinds come in rotation. The same arguments give the same machine."""
    names = list(KINDS)
    kind = names[index % len(names)]
    drawn = KINDS[kind](random.Random(f"{seed}/{index}/{kind}/{draw}"))
    name = f"{kind}_{seed}_{index:03d}"
    graph = drawn.graph.model_copy(update={"name": name})
    return drawn.model_copy(update={"name": name, "seed": seed, "index": index, "draw": draw, "graph": graph})


def generate(count: int, seed: int, *, first: int = 0, check: Check | None = None) -> list[Machine]:
    """Machines ``first`` to ``first + count - 1`` of a series, each checked.

    Bundled machines were checked when the program was made and need no physics here; all others are tried in
    the engine by ``check`` (by default `headless.physibench.check.check`, which imports Blender). Raises
    MachineError when none of `DRAWS` draws passes.
    """
    return [_checked(seed, index, check) for index in range(first, first + count)]


def _checked(seed: int, index: int, check: Check | None) -> Machine:
    if seed == BUNDLED_SEED and index < BUNDLED_COUNT and check is None:
        return build(seed, index, bundled_draws().get(index, 0))
    return find(seed, index, check or _physics_check())


def find(seed: int, index: int, check: Check) -> Machine:
    """The first draw of a machine that passes its check. Raises MachineError with the reasons if none does."""
    reasons: list[str] = []
    for draw in range(DRAWS):
        machine = build(seed, index, draw)
        reasons = check(machine)
        if not reasons:
            return machine
    raise MachineError(f"no draw of machine {index} (seed {seed}) passes its check; the last: {'; '.join(reasons)}")


def _physics_check() -> Check:
    from .check import check

    return check


def bundled_draws() -> dict[int, int]:
    """The draws that passed, by index; an index that is missing stands for draw 0."""
    return {int(index): draw for index, draw in json.loads(BUNDLED_FILE.read_text(encoding="utf-8")).items()}


def bundled(index: int) -> Machine:
    """One of the bundled machines. Raises MachineError for an index out of range."""
    if not 0 <= index < BUNDLED_COUNT:
        raise MachineError(f"there is no bundled machine {index}; they are numbered 0 to {BUNDLED_COUNT - 1}")
    return build(BUNDLED_SEED, index, bundled_draws().get(index, 0))


def example(name: str) -> Machine:
    """A bundled machine by name: a kind for its first one (``domino``), or ``bundled/07``. Raises MachineError."""
    if name in KINDS:
        return bundled(list(KINDS).index(name))
    folder, _, number = name.partition("/")
    if folder == "bundled" and number.isdecimal():
        return bundled(int(number))
    raise MachineError(
        f"there is no example '{name}'; choose one of {', '.join(KINDS)} or bundled/00 to bundled/{BUNDLED_COUNT - 1}"
    )


def example_names() -> tuple[str, ...]:
    """All names that `example` knows."""
    return (*KINDS, *(f"bundled/{index:02d}" for index in range(BUNDLED_COUNT)))
