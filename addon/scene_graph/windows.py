"""Sort and sweep: which of many values on a line lie in which windows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from .state import FloatArray

Indices = NDArray[np.intp]

AT_ONCE = 1 << 18
"""About how many are told at once, so that memory stays bounded."""


def in_windows(values: FloatArray, low: FloatArray, high: FloatArray) -> Iterator[tuple[Indices, Indices]]:
    """Windows' rows and the rows of the sorted ``values`` ``[N]`` in them, from ``low`` ``[K]`` to ``high`` ``[K]``, a
    part after the other."""
    begin, end = values.searchsorted(low, "left"), values.searchsorted(high, "right")
    counts = np.maximum(end - begin, 0)
    total = np.cumsum(counts)
    cuts = total.searchsorted(np.arange(AT_ONCE, total[-1] if len(total) else 0, AT_ONCE))
    for windows in np.split(np.arange(len(counts)), np.unique(cuts)):
        sizes = counts[windows]
        window = np.repeat(windows, sizes)
        place = np.arange(len(window)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        yield window, begin[window] + place
