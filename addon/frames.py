"""Frames in what is told of a run, which are those of a timeline where the run is on one."""

from __future__ import annotations

import re

_FRAMES = re.compile(
    r"(?<=\(frame )\d+(?=\))"
    r"|(?<=nearest at frame )\d+(?=:|;|$)"
    r"|(?<= m at frame )\d+(?=\)|:|;|$)"
    r"|(?<=touched from frame )\d+(?=;|$| to frame \d+(?:;|$))"
    r"|(?<= to frame )\d+(?=\)|:|;|$)"
    r"|\b\d+(?= \(\d+\.\d\d s\))"
)
"""Frames in the reasons that assertions and rules give, and not in the names of objects."""


def on_timeline(told: str, start: int) -> str:
    """What is told with frames of a timeline, where the run begins at ``start``, in the place of those of the run."""
    return _FRAMES.sub(lambda found: str(int(found[0]) + start), told)
