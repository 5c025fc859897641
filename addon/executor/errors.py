"""The one structured error of the executor, and how texts of scripts are shown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["syntax", "refused", "failed", "limit", "worker"]


@dataclass
class ScriptError(Exception):
    """A script that cannot be run: what was wrong, where, and what to write instead.

    Kinds: ``syntax`` (not Python), ``refused`` (not allowed), ``failed`` (an error while it ran), ``limit`` (a budget
    was exceeded), ``worker`` (the script worker itself died or sent nonsense). ``line`` and ``column`` count from 1.
    ``others`` are further offences of a refused script, in the order of its text.
    """

    kind: Kind
    reason: str
    line: int | None = None
    column: int | None = None
    source_line: str = ""
    suggestion: str = ""
    others: tuple[ScriptError, ...] = ()

    def __post_init__(self) -> None:
        self.reason = writable(self.reason)
        self.source_line = writable(self.source_line)
        self.suggestion = writable(self.suggestion)

    def __str__(self) -> str:
        return self.text()

    def text(self) -> str:
        """The error in words, for a reader and for the repair prompt."""
        place = f"line {self.line}: " if self.line else ""
        parts = [f"{place}{self.reason}"]
        if self.source_line:
            parts.append(f"    {self.source_line.strip()}")
        if self.suggestion:
            parts.append(self.suggestion)
        return "\n".join([*parts, *(other.text() for other in self.others)])

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for reports and for ``--json``."""
        return asdict(self)


def lines_of(source: str) -> list[str]:
    """The lines of a source as Python counts them: other characters that some programs break lines at do not count."""
    return re.split("\r\n|\r|\n", source)


SHOWN_CHARS = 200
"""How much of a line an error shows."""


def at(source: str, line: int | None) -> str:
    """The text of a source line, cut where it is very long, or nothing."""
    lines = lines_of(source)
    text = lines[line - 1] if line and 0 < line <= len(lines) else ""
    return text if len(text) <= SHOWN_CHARS else text[:SHOWN_CHARS] + "…"


def writable(text: str) -> str:
    """Text that any file can hold: halves of surrogate pairs, which a script can make, become question marks."""
    return text.encode("utf-8", "replace").decode()


def visible(text: str) -> str:
    """Text for a terminal: control characters, and those that turn the writing round, as escapes; lines stay."""
    return "".join(
        c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") else _escape(c) for c in text
    )


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode()
