"""Arrays of runs: in memory, or, where they are large, on disk in files without a name, which go with their arrays.

Of an array on disk only the rows that are worked on need be in memory: what was read or written is let go after each
block, so that runs may be longer than memory is.
"""

from __future__ import annotations

import math
import mmap
import os
import tempfile
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from .errors import DiskFullError

Array = NDArray[Any]

LARGE = 8 * 2**20
"""An array of more bytes lies on disk."""

FRAMES = 4096
"""Frames that are worked on at once."""

ROWS = 2**18
"""Contacts that are worked on at once."""

BLOCK = 2**22
"""Bytes of an array that are read at once where it does not matter what they are."""


def allocated(shape: tuple[int, ...], dtype: DTypeLike = np.float64) -> Array:
    """An array of no particular values. Raises DiskFullError where the disk has no room for it."""
    kind = np.dtype(dtype)
    size = math.prod(shape) * kind.itemsize
    if size <= LARGE or not size:
        return np.empty(shape, kind)
    try:
        with tempfile.TemporaryFile() as file:
            _reserve(file.fileno(), size)
            pages = mmap.mmap(file.fileno(), size)
    except OSError as error:
        raise DiskFullError(
            f"the run's arrays need {size / 1e6:.0f} MB more in {tempfile.gettempdir()}: {error.strerror}; "
            "make room there, name another folder in TMPDIR, or take fewer steps"
        ) from None
    return np.ndarray(shape, kind, buffer=pages)


def _reserve(file: int, size: int) -> None:
    """Make a file so large; where its room cannot be had, that is told now and not in the middle of a write."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file, 0, size)
    else:
        os.ftruncate(file, size)


def pages_of(array: Array) -> mmap.mmap | None:
    """The file's pages that an array is made of; None for an array in memory."""
    base: Any = array
    while isinstance(base, np.ndarray):
        base = base.base
    return base if isinstance(base, mmap.mmap) else None


def let_go(*arrays: Array) -> None:
    """Take out of memory what was read or written of arrays on disk; they stay as they are."""
    for array in arrays:
        pages = pages_of(array)
        if pages is not None and hasattr(mmap, "MADV_DONTNEED"):
            pages.madvise(mmap.MADV_DONTNEED)


def spans(count: int, *arrays: Array, size: int | None = None) -> Iterator[slice]:
    """The rows of arrays of ``count`` rows in pieces of ``size`` (`FRAMES`), at least one; after each piece what was
    read and written of the arrays is let go."""
    size = FRAMES if size is None else size
    for first in range(0, max(count, 1), size):
        yield slice(first, min(first + size, count))
        let_go(*arrays)


def blocks(array: Array) -> Iterator[Array]:
    """The rows of an array in blocks of `BLOCK` bytes, at least one; each is let go after it."""
    row = max(array[:1].nbytes, 1)
    return (array[span] for span in spans(len(array), array, size=max(BLOCK // row, 1)))


def picked(array: Array, columns: NDArray[np.intp]) -> Array:
    """Some columns ``[F, C, …]`` of an array ``[F, B, …]``."""
    found = allocated((len(array), len(columns), *array.shape[2:]), array.dtype)
    for span in spans(len(array), array, found):
        found[span] = array[span][:, columns]
    return found


class Appended:
    """An array to which rows are added; ``tail`` is the shape of one."""

    def __init__(self, dtype: DTypeLike, tail: tuple[int, ...] = ()) -> None:
        self.dtype, self.tail = np.dtype(dtype), tail
        self._array = allocated((0, *tail), dtype)
        self._count = 0

    def add(self, rows: Array) -> None:
        """Put rows behind those that there are. Raises DiskFullError as `allocated`."""
        end = self._count + len(rows)
        if end > len(self._array):
            self._array = self._with_room(max(end, 2 * self._count))
        self._array[self._count : end] = rows
        self._count = end
        let_go(self._array)

    def cut(self, count: int) -> None:
        """Keep the first ``count`` rows."""
        self._count = min(count, self._count)

    def array(self) -> Array:
        """All rows; a view of what is kept."""
        return self._array[: self._count]

    def _with_room(self, count: int) -> Array:
        larger = allocated((count, *self.tail), self.dtype)
        for span in spans(self._count, self._array, larger):
            larger[span] = self._array[span]
        return larger
