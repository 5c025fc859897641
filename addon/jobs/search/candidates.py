"""The folder of a search: its request, and all candidates, each kept as soon as it is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from ...scene_graph import write_text
from ..folder import FolderError, make_folder
from ..lock import alone_in
from .spec import Candidate, SearchSpec

REQUEST, CANDIDATES, STATUS = "search.json", "candidates.jsonl", "status.json"


class Candidates:
    """Reads and writes the candidates of one search.

    A folder that holds a search of the same request is gone on with; a folder with anything else in it is refused.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[int, Candidate] = {}

    @contextmanager
    def open(self, spec: SearchSpec) -> Iterator[None]:
        """Make or take up the folder, and keep others out of it.

        Raises FolderError if it is another search's, holds other things, or if somebody else is at work in it.
        """
        make_folder(self.folder)
        with alone_in(self.folder):
            self._take_up(spec)
            yield

    def _take_up(self, spec: SearchSpec) -> None:
        path = self.folder / REQUEST
        if path.exists():
            if path.read_bytes() != _text(spec).encode():
                raise FolderError(
                    f"{self.folder} holds another search: another request, scene or script; choose another --out"
                )
            self._known = {one.number: one for one in _read(self.folder / CANDIDATES)}
        elif any(not p.name.startswith(".") for p in self.folder.iterdir()):
            raise FolderError(f"{self.folder} holds other files; choose an empty or new folder with --out")
        else:
            write_text(path, _text(spec))
        self.tidy()

    def known(self, number: int, values: dict[str, float]) -> Candidate | None:
        """A candidate that was done before. Raises FolderError if that was one of other values."""
        found = self._known.get(number)
        if found is not None and found.values != values:
            raise FolderError(f"{self.folder} holds candidates of another version; choose another --out")
        return found

    def add(self, candidate: Candidate) -> None:
        """Keep one more."""
        self._known[candidate.number] = candidate
        with (self.folder / CANDIDATES).open("a", encoding="utf-8") as stream:
            stream.write(candidate.model_dump_json() + "\n")

    def tidy(self) -> None:
        """Write all in their order, so that the file does not tell which process was the faster."""
        lines = [one.model_dump_json() + "\n" for _, one in sorted(self._known.items())]
        write_text(self.folder / CANDIDATES, "".join(lines))

    def status(self, done: int, total: int, best: Candidate | None, phase: str = "search") -> None:
        """Replace ``status.json``."""
        told = {"phase": phase, "done": done, "total": total, "best": best and best.model_dump()}
        write_text(self.folder / STATUS, json.dumps(told) + "\n")


def _text(spec: SearchSpec) -> str:
    return spec.model_dump_json(indent=1) + "\n"


def _read(path: Path) -> list[Candidate]:
    """The candidates of a file, up to a line that was not written to its end."""
    found: list[Candidate] = []
    if path.exists():
        for line in path.read_bytes().split(b"\n"):
            try:
                found.append(Candidate.model_validate_json(line))
            except ValidationError:
                break
    return found
