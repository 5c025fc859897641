"""Which puzzles are trained on, and which are played: within templates, or across them (Bakhtin et al., 2019).

Within: of each template 80 % of the tasks are for training and 20 % for the test. Across: 80 % of the templates are,
with all of their tasks. A fifth of what is for training is for development. The order is drawn from the seed and the
names, so that it depends neither on the order of the tasks nor, within templates, on what other templates there are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from typing import Literal, Protocol, TypeVar

Kind = Literal["within", "across"]

SHARE = 0.8
"""The share for training, and that of it which is not for development."""


class Named(Protocol):
    """What has a name, and a template that it is of."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def template(self) -> str:
        """The name of its template."""


T = TypeVar("T", bound=Named)


@dataclass(frozen=True)
class Fold:
    """Names of tasks, each in one part only, in order."""

    train: tuple[str, ...]
    dev: tuple[str, ...]
    test: tuple[str, ...]


def fold(tasks: Sequence[Named], kind: Kind, seed: int) -> Fold:
    """The parts of tasks under a seed."""
    groups: dict[str, list[str]] = {}
    for task in tasks:
        groups.setdefault(task.template, []).append(task.id)
    return _within(groups, seed) if kind == "within" else _across(groups, seed)


def _within(groups: dict[str, list[str]], seed: int) -> Fold:
    parts = [_parts(names, f"within/{seed}") for names in groups.values()]
    return _joined([[name] for name in chain.from_iterable(p)] for p in zip(*parts, strict=True))


def _across(groups: dict[str, list[str]], seed: int) -> Fold:
    return _joined([groups[name] for name in part] for part in _parts(groups, f"across/{seed}"))


def _joined(parts: Iterable[Iterable[Iterable[str]]]) -> Fold:
    train, dev, test = (tuple(sorted(chain.from_iterable(part))) for part in parts)
    return Fold(train, dev, test)


def _parts(names: Iterable[str], salt: str) -> tuple[list[str], list[str], list[str]]:
    """Names for training, development and the test, shuffled."""
    order = shuffled(names, salt)
    known = round(SHARE * len(order))
    trained = int(SHARE * known)
    return order[:trained], order[trained:known], order[known:]


def shuffled(names: Iterable[str], salt: str) -> list[str]:
    """Names in an order that depends on each name and the salt alone."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{salt}/{name}".encode()).digest())


def in_turn(
    tasks: Sequence[T], count: int | None, seed: int, is_wanted: Callable[[T], bool] = lambda task: True
) -> list[T]:
    """So many tasks, the templates in turn, those of each in an order of the seed; all of them without a count.

    Only as many are asked whether they are wanted as it takes.
    """
    known = {task.id: task for task in tasks}
    groups: dict[str, list[str]] = {}
    for task in tasks:
        groups.setdefault(task.template, []).append(task.id)
    orders = [map(known.__getitem__, shuffled(groups[template], f"turn/{seed}")) for template in sorted(groups)]
    rows = zip_longest(*(filter(is_wanted, order) for order in orders))
    return list(islice((task for row in rows for task in row if task is not None), count))
