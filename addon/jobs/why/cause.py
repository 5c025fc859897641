"""A cause in words, with what mends it; and what asks for one."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from .mends import Mend


class Cause(BaseModel):
    """Why something was so, as far as a run shows it.

    ``kind`` is its family, for programs; ``text`` one or two sentences; ``frame`` the moment of the run, if there
    is one; ``objects`` those that it is about; ``mends`` what would change it, the likeliest first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    text: str
    frame: int | None = None
    objects: tuple[str, ...] = ()
    mends: tuple[Mend, ...] = ()


class Answer(BaseModel):
    """The causes of one thing that asks for them, the likeliest first.

    It is a rule that did not act (its ``rule``, from 1, and its ``text``), an ``object`` that flew away, or the script
    that failed (neither). ``told`` says in a line what there is to ask about.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    told: str
    rule: int | None = None
    text: str = ""
    object: str | None = None
    causes: tuple[Cause, ...] = ()
