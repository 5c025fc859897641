"""What a rule's words refer to: one object or joint of the scene, or several."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Which = Literal["one", "all", "any", "none"]
"""``all`` and ``any`` of several things; what is done to several is done to each of them."""


class Ref(BaseModel):
    """Things by their names in the scene; ``said`` is what a group or pronoun is called, whose names are found later."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: tuple[str, ...]
    which: Which = "one"
    said: str = ""
    pronoun: bool = False

    @property
    def name(self) -> str:
        """The one name."""
        return self.names[0]

    @property
    def many(self) -> bool:
        """Whether its verb stands in the plural."""
        return len(self.names) > 1 and self.which == "all" and not self.said.startswith(("each ", "every "))

    @property
    def ending(self) -> str:
        """What its verb ends in."""
        return "" if self.many else "s"

    def __str__(self) -> str:
        if self.said and (self.pronoun or len(self.names) != 1):
            return self.said
        lead = "neither " if self.which == "none" else ""
        joint = {"any": " or ", "none": " nor "}.get(self.which, " and ")
        return lead + ", ".join(self.names[:-1]) + joint + self.names[-1] if len(self.names) > 1 else self.names[0]


WHOSE = Ref(names=(), said="who", pronoun=True)
"""The one body that something is done to, in ``upon contact with Plate, Ball stops``."""
