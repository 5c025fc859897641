"""What a rule's words refer to: one object or joint of the scene, or several."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Which = Literal["one", "all", "any", "none"]
"""``all`` and ``any`` of several things; what is done to several is done to each of them."""


class Ref(BaseModel):
    """Things by their names in the scene, and what the rule calls them; a pronoun's names are found later."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: tuple[str, ...]
    which: Which = "one"
    said: str = ""
    pronoun: bool = False

    @property
    def name(self) -> str:
        """The one name."""
        return self.names[0]

    def __str__(self) -> str:
        if self.pronoun and not self.names:
            return self.said
        joint = {"any": " or ", "none": " nor "}.get(self.which, " and ")
        return _listed(self.names, joint)


def _listed(names: tuple[str, ...], joint: str) -> str:
    """Names in a list; long ones are cut short."""
    if len(names) > 4:
        which = {" or ": ", any", " nor ": ", none"}.get(joint, "")
        return f"{names[0]}, {names[1]} … {names[-1]} ({len(names)} objects{which})"
    text = ", ".join(names[:-1]) + joint + names[-1] if len(names) > 1 else names[0]
    return f"neither {text}" if joint == " nor " else text
