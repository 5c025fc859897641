"""The coder that reads a script which somebody wrote."""

from __future__ import annotations

from pathlib import Path

from ..models import OnText
from .request import CoderError, CodingRequest, CodingResult


class ScriptFile:
    """Gives back the text of a file for every request."""

    name = "script"
    model: str | None = None

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, request: CodingRequest, on_text: OnText | None = None) -> CodingResult:
        """The file's text as it is. Raises CoderError if it cannot be read."""
        text = self.text()
        return CodingResult(text, text, 0, 0, None, self.name, None, 0)

    def text(self) -> str:
        """What is in the file. Raises CoderError if it cannot be read."""
        try:
            return self.path.read_text(encoding="utf-8-sig")
        except OSError as error:
            reason = f"the script {self.path} cannot be read: {error.strerror}"
            raise CoderError("script", reason, "check the path after script:") from None
        except UnicodeDecodeError:
            raise CoderError("script", f"the script {self.path} is not UTF-8 text", "save it as UTF-8") from None
