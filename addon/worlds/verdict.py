"""What a critic says: one thing that it looked at, and the stage at fault where that is not as it should be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Stage = Literal["plan", "object", "layout", "parameters", "dynamics"]


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: its ``kind``, the thing, whether it is as it should be, a sentence, and the stage
    at fault where it is not. ``physical`` ones say whether a world can be."""

    kind: str
    subject: str
    met: bool
    text: str
    physical: bool
    stage: Stage
