"""Folders that one process at a time writes into."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .folder import FolderError

LOCK = ".lock"


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep others out of a folder that is there. Raises FolderError if another process, or this one, is in it.

    The system lets go of it when the process ends, however it does.
    """
    with (folder / LOCK).open("a", encoding="utf-8") as stream:
        if not _locked(stream):
            raise FolderError(f"{folder} is being written by another run; wait for it, or choose another --out")
        yield


def _locked(stream: IO[str]) -> bool:
    """Whether the file is ours until it is closed."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
