"""Code of things kept as files: ``NOUN/HASH.py``, the hash that of the code, so that a model is asked once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ..models.local.model import cache_folder
from ..scene_graph import write_text
from .errors import WorldError

HASH_CHARS = 16


@dataclass(frozen=True)
class KeptThings:
    """A folder of code by nouns; of several for one noun the first by its hash counts."""

    folder: Path

    def find(self, noun: str) -> str | None:
        """The code that is kept for a noun. Raises WorldError for a file that is no text."""
        path = self.file(noun)
        try:
            return path.read_text(encoding="utf-8") if path is not None else None
        except (OSError, UnicodeDecodeError):
            raise WorldError(f"{path} holds no text; delete it, and its thing is asked for again") from None

    def file(self, noun: str) -> Path | None:
        """The file whose code counts for a noun; None where nothing is kept."""
        return next(iter(sorted((self.folder / _name(noun)).glob("*.py"))), None)

    def keep(self, noun: str, code: str) -> Path:
        """Keep code for a noun; gives its file. Raises OSError."""
        folder = self.folder / _name(noun)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{_hash(code)}.py"
        write_text(path, code)
        return path

    def nouns(self) -> list[str]:
        """All nouns that code is kept for."""
        return sorted(p.name.replace("_", " ") for p in self.folder.glob("*") if any(p.glob("*.py")))


def default_folder() -> Path:
    """Where things are kept unless another folder is given: beside the local model, in the user's cache folder."""
    return cache_folder() / "things"


def _name(noun: str) -> str:
    """The folder of a noun: its letters and digits, so that no noun leads out of the folder."""
    return "_".join("".join(c if c.isalnum() else " " for c in noun.lower()).split()) or "thing"


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()[:HASH_CHARS]
