"""The goals that networks are trained for, each with its reward, as a table of this package."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).parent / "goals.toml"

SUCCESS = "solve_the_puzzle"
"""The name of one goal more: what the puzzle itself asks for, judged by its own rule."""


@dataclass(frozen=True)
class ValueGoal:
    """A goal in words, and as an expression of the reward language; ``by`` is who wrote that: "model" or "hand".

    In ``reward``, "green", "blue" and "red" stand for the names of a scene's objects. A ``sided`` goal tells left from
    right.
    """

    name: str
    goal: str
    by: str
    reward: str
    sided: bool = False


def load_goals(path: Path = TABLE) -> tuple[ValueGoal, ...]:
    """All goals, in the order of the table."""
    with path.open("rb") as file:
        return tuple(ValueGoal(**{**row, "reward": row["reward"].strip()}) for row in tomllib.load(file)["goal"])
