"""The one structured error of the executor."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["syntax", "refused", "failed", "limit", "worker"]


@dataclass
class ScriptError(Exception):
    """A script that cannot be run: what was wrong, where, and what to write instead.

    Kinds: ``syntax`` (not Python), ``refused`` (not allowed), ``failed`` (an error while it ran), ``limit`` (a budget
    was exceeded), ``worker`` (the script worker itself died or sent nonsense). ``line`` and ``column`` count from 1.
    """

    kind: Kind
    reason: str
    line: int | None = None
    column: int | None = None
    source_line: str = ""
    suggestion: str = ""

    def __post_init__(self) -> None:
        self.reason = writable(self.reason)
        self.source_line = writable(self.source_line)

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
        return "\n".join(parts)

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for reports and for ``--json``."""
        return asdict(self)


def at(source: str, line: int | None) -> str:
    """The text of a source line, or nothing."""
    lines = source.splitlines()
    return lines[line - 1] if line and 0 < line <= len(lines) else ""


def writable(text: str) -> str:
    """Text that any file can hold: halves of surrogate pairs, which a script can make, become question marks."""
    return text.encode("utf-8", "replace").decode()
