"""The trained network in numpy alone: reading weights, and what `network.Network` computes from them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import PictureError
from .outputs import INPUTS, OUTPUTS

Array = NDArray[np.float32]

WEIGHTS = Path(__file__).with_name("perception.safetensors")
"""The trained network that comes with the project."""

_TYPES = {"F16": np.float16, "F32": np.float32, "I64": np.int64}


@dataclass(frozen=True, eq=False)
class Weights:
    """The values of a network by name, and what is known of them."""

    values: dict[str, Array]
    about: dict[str, Any]


def read_weights(path: Path) -> Weights:
    """Read a safetensors file: a length, a header in JSON, and raw arrays. Raises PictureError.

    Where the file's SHA-256 lies beside it, it has to be that.
    """
    try:
        raw = path.read_bytes()
        known = path.with_suffix(".sha256")
        if known.exists() and hashlib.sha256(raw).hexdigest() != known.read_text(encoding="utf-8").strip():
            raise ValueError(f"the file is damaged: its SHA-256 is not that in {known.name}")
        end = 8 + int.from_bytes(raw[:8], "little")
        header = json.loads(raw[8:end])
        about = json.loads(header.pop("__metadata__", {}).get("about", "{}"))
        values = {name: _array(raw[end:], entry) for name, entry in header.items()}
        if values["head.2.weight"].shape[0] != OUTPUTS or values["enter.0.weight"].shape[1] != INPUTS:
            raise ValueError("its network is another one")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise PictureError(
            f"{path} holds no weights of the perception network ({problem}); train them, or fetch the file again"
        ) from None
    return Weights(values, about)


def _array(raw: bytes, entry: dict[str, Any]) -> Array:
    first, last = entry["data_offsets"]
    return np.frombuffer(raw[first:last], _TYPES[entry["dtype"]]).reshape(entry["shape"]).astype(np.float32)


def forward(weights: Weights, inputs: Array) -> tuple[Array, list[Array]]:
    """Heat in 0 to 1 ``[H, H]`` of channels ``[INPUTS, H, H]``, and features ``[C_k, H / 2^k, H / 2^k]``."""
    x, skips, scales = inputs, [], len(weights.about["widths"])
    for k in range(scales):
        x = _rectified(_unit(weights, f"enter.{k}", x, 2 if k else 1))
        for n in range(2 if k else 0):
            x = _block(weights, f"down.{k}.{n}", x)
        skips.append(x)
    features = [x]
    for k in reversed(range(scales - 1)):
        x = _unit(weights, f"narrow.{k}", x).repeat(2, 1).repeat(2, 2)
        x = _block(weights, f"up.{k}", _rectified(x + skips[k]))
        features.append(x)
    return _sigmoid(_unit(weights, "heat", x))[0], features[::-1]


def say(weights: Weights, features: list[Array], pixels: NDArray[np.int64]) -> Array:
    """Outputs ``[K, OUTPUTS]`` at pixels ``[K, 2]``, columns and rows."""
    x = np.concatenate([one[:, pixels[:, 1] >> k, pixels[:, 0] >> k].T for k, one in enumerate(features)], -1)
    x = _rectified(_linear(weights, "head.0", x))
    x = _rectified(x + _linear(weights, "head.1", x))
    return _linear(weights, "head.2", x)


def _block(weights: Weights, name: str, x: Array) -> Array:
    inner = _rectified(_unit(weights, f"{name}.first", x))
    return _rectified(x + _unit(weights, f"{name}.second", inner))


def _unit(weights: Weights, name: str, x: Array, stride: int = 1) -> Array:
    """A convolution that keeps the size, or halves it: as one product of matrices (im2col)."""
    weight, bias = weights.values[f"{name}.weight"], weights.values[f"{name}.bias"]
    kernel = weight.shape[-1]
    margin = kernel // 2
    wide = np.pad(x, ((0, 0), (margin, margin), (margin, margin)))
    patches = np.lib.stride_tricks.sliding_window_view(wide, (kernel, kernel), (1, 2))[:, ::stride, ::stride]
    height, width = patches.shape[1:3]
    columns = patches.transpose(0, 3, 4, 1, 2).reshape(-1, height * width)
    result = weight.reshape(len(weight), -1) @ columns + bias[:, None]
    return np.asarray(result.reshape(-1, height, width), np.float32)


def _linear(weights: Weights, name: str, x: Array) -> Array:
    return np.asarray(x @ weights.values[f"{name}.weight"].T + weights.values[f"{name}.bias"], np.float32)


def _rectified(x: Array) -> Array:
    return np.maximum(x, 0)


def _sigmoid(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x.clip(-60, 60))), np.float32)
