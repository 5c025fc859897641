"""What a search depends on and the paper leaves open, in one place."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """Constants of a discovery (Discovering High Level Patterns, Algorithms 1 to 3); the paper gives no values."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    budget: int = Field(40, ge=1)
    """Requests for each label."""
    islands: int = Field(4, ge=1)
    """I: populations that evolve apart; as many requests are asked side by side as a round."""
    shown: int = Field(2, ge=1)
    """s: programs of an island that a prompt shows."""
    reset: int = Field(16, ge=1)
    """T_r: requests from one reset of the worse half of the islands to the next."""
    threshold: float = Field(0.0, allow_inf_nan=False)
    """delta: a detector whose fitness is above it joins the library, for what it tells is worth more than its length.
    There fitness tells the library's own patterns best from events without a meaning (docs/discovery.md)."""
    bins: int = Field(10, ge=1)
    """b: equal parts of a run in which occurrences are counted."""
    repetition: float = Field(4.0, gt=0)
    """Activations a run, in means of the library's patterns, at which the penalty psi begins; 1 is the paper's."""
    island_temperature: float = Field(0.3, gt=0)
    """Difference of best fitness at which an island is chosen e times as often as another."""
    program_temperature: float = Field(0.1, gt=0)
    """Difference of fitness at which a program of an island is shown e times as often as another."""
