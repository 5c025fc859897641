"""Frames in what is told of a run, which are those of a timeline where the run is on one."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FRAMES = re.compile(
    r"(?<=\(frame )\d+(?=\))"
    r"|(?<=nearest at frame )\d+(?=:|;|$)"
    r"|(?<= m at frame )\d+(?=\)|:|;|$)"
    r"|(?<=touched from frame )\d+(?=;|$| to frame \d+(?:;|$))"
    r"|(?<= to frame )\d+(?=\)|:|;|$)"
    r"|\b\d+(?= \(\d+\.\d\d s\))"
)
"""Frames in the reasons that assertions and rules give."""


def on_timeline(told: str, start: int, names: Iterable[str] = ()) -> str:
    """What is told with frames of a timeline, where the run begins at ``start``, in the place of those of the run.

    ``names`` are those of objects, of which ``Ball (frame 3)`` looks as if a frame were told and stays as it is.
    """
    alike = sorted((name for name in names if name in told and _FRAMES.search(name)), key=len, reverse=True)
    own = "".join(f"{re.escape(name)}|" for name in alike)
    return re.sub(own + f"(?P<frame>{_FRAMES.pattern})", lambda found: _moved(found, start), told)


def _moved(found: re.Match[str], start: int) -> str:
    return str(int(found["frame"]) + start) if found["frame"] else found[0]
