"""Agents that solve puzzles by trying actions, by name."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import PuzzleError
from .annealing import AnnealingAgent
from .memory import MemoryAgent
from .protocol import Agent, Attempts, Feedback, Trials
from .random import RandomAgent
from .value import ValueAgent

AGENTS: dict[str, Callable[[int], Agent]] = {
    agent.name: agent for agent in (RandomAgent, MemoryAgent, AnnealingAgent, ValueAgent)
}
"""What makes an agent of a seed."""


LANGUAGE = "language"
"""The agent that asks a model and is made with it, see `language.LanguageAgent`."""


def make_agent(name: str, seed: int) -> Agent:
    """An agent, not yet trained. Raises PuzzleError for a name that none has."""
    if name not in AGENTS:
        raise PuzzleError(f"there is no agent '{name}'; there are {', '.join((*AGENTS, LANGUAGE))}")
    return AGENTS[name](seed)


__all__ = ["AGENTS", "Agent", "Attempts", "Feedback", "Trials", "ValueAgent", "make_agent"]
