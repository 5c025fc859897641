"""The networks by name, each with the module that trains it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, get_args

from .errors import LearningError, needing_torch

Network = Literal["perception", "video", "slots", "graph", "value"]

NETWORKS: tuple[Network, ...] = get_args(Network)

WEIGHTS = Path(__file__).parent / "weights"
"""The folder of those that come with the project."""


def trainer(network: Network) -> Callable[..., dict[str, Any]]:
    """``train(data, out, size=…, steps=…, seconds=…, seed=…, device=…, resume=…, report=…)`` of a network.

    Raises LearningError if PyTorch is missing.
    """
    with needing_torch():
        found: Callable[..., dict[str, Any]] = import_module(f"{__package__}.{network}.train").train
    return found


def weights_of(network: Network) -> Path:
    """The weights that come with the project. Raises LearningError if there are none."""
    path = WEIGHTS / f"{network}.safetensors"
    if not path.exists():
        raise LearningError(f"no weights of '{network}' come with the project; train them and give --weights")
    return path
