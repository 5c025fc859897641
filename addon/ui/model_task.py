"""Asking the local model that the window keeps in memory: where it is, and how long it takes."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .process import OUTPUT, lines_in

if TYPE_CHECKING:
    from .tasks import Teller

START_SECONDS = 4.0
"""Seconds until a task is ready to ask."""

LOAD_SECONDS = 3.0
"""Seconds until the model is in memory."""

RULE_SECONDS = 3.0
"""Seconds that the model takes for a rule."""

MOST_SECONDS, POLL = 120.0, 0.1
"""Longest time to wait for the model, and time between two looks."""


def seconds_for(rules: int, is_loaded: bool, pace: float = 1.0) -> float:
    """About how many seconds writing takes if the model is asked for so many rules, 0.0 for none.

    ``pace`` is how many times as long this machine takes as one of which two cores have nothing else to do.
    """
    if not rules:
        return 0.0
    return pace * (START_SECONDS + (0.0 if is_loaded else LOAD_SECONDS) + rules * RULE_SECONDS)


def address_for(request: dict[str, Any], tell: Teller) -> str:
    """The address of the model that the window keeps, waited for while it is loaded; "" where there is none."""
    served: str = request.get("served", "")
    if served or not request.get("server"):
        return served
    tell(phase="model", done=0, total=0)
    output, end = Path(request["server"]) / OUTPUT, time.monotonic() + MOST_SECONDS
    while time.monotonic() < end:
        for line in lines_in(output):
            if line.get("phase") == "serve":
                return str(line["note"])
            if "error" in line:
                return ""
        time.sleep(POLL)
    return ""
