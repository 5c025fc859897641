"""The networks by name, each with the module that trains it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, get_args

from addon.perception.forward import WEIGHTS as READING

from .errors import LearningError, needing_torch

Network = Literal["perception", "video", "slots", "graph", "value"]

ReaderName = Literal["network", "refined", "model"]
"""What reads pictures: our own network, that with what is known of such scenes, or a vision-language model."""

NETWORKS: tuple[Network, ...] = get_args(Network)

EXTRAS: dict[str, tuple[Network, ...]] = {"start": ("perception",), "drawn": ("video", "slots")}
"""What only some trainers take, by the name of the parameter."""

WEIGHTS = Path(__file__).parent / "weights"
"""The folder of those that come with the project, but for what reads pictures, which the extension has too."""


def trainer(network: Network) -> Callable[..., dict[str, Any]]:
    """``train(data, out, size=…, steps=…, seconds=…, seed=…, device=…, resume=…, report=…)`` of a network.

    Raises LearningError if PyTorch is missing.
    """
    with needing_torch():
        found: Callable[..., dict[str, Any]] = import_module(f"{__package__}.{network}.train").train
    return found


def extras(network: Network, **given: Path | None) -> dict[str, Path]:
    """Those of `EXTRAS` that were given. Raises LearningError for one that the network does not take."""
    wanted = {name: path for name, path in given.items() if path is not None}
    for name in wanted:
        if network not in EXTRAS[name]:
            option = {"start": "--from"}.get(name, f"--{name}")
            raise LearningError(f"{option} is for {' and '.join(EXTRAS[name])}, not for {network}; leave it out")
    return wanted


def weights_of(network: Network) -> Path:
    """The weights that come with the project. Raises LearningError if there are none."""
    path = READING if network == "perception" else WEIGHTS / f"{network}.safetensors"
    if not path.exists():
        raise LearningError(f"no weights of '{network}' come with the project; train them and give --weights")
    return path
