"""What a model that sees says of pictures: of a thing from two sides, and of frames of a world's run.

After Code2Worlds' vision critics. Their words are data: whether something is fine, why not, and the stage at fault.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from ..coder.fenced import shown
from ..models import ChatClient, ChatRequest, Message, ModelError, Picture, render, version
from .manifest import Manifest
from .verdict import Check

THING, WORLD = "world_thing", "world_look"
"""The prompts for a thing and for a run."""

PARAMETERS: dict[str, Any] = {"temperature": 0.0, "seed": 0}

TRIES = 2
"""How often one question is asked until its answer is of the form asked for."""

Fault = Literal["layout", "parameters", "dynamics"]
Words = Annotated[str, Field(max_length=1000)]


class ThingLook(BaseModel):
    """What is said of a thing."""

    fine: bool
    why: Words = ""


class Finding(BaseModel):
    """What is said to one question about a run."""

    fine: bool
    why: Words = ""
    stage: Annotated[Fault | None, BeforeValidator(lambda said: said or None)] = None


class WorldLook(BaseModel):
    """What is said of a run: whether enough moves, whether it could be, and whether the light fits the sentence."""

    motion: Finding
    physics: Finding
    light: Finding


SEEN = "seen "
"""How the kinds of checks begin that somebody saw."""

FAULTS: dict[str, Fault] = {"motion": "dynamics", "physics": "dynamics", "light": "parameters"}
"""The stage at fault unless another is said."""

Look = TypeVar("Look", bound=BaseModel)


@dataclass
class Sight:
    """Asks one model that sees."""

    chat: ChatClient
    model: str
    parameters: dict[str, Any] = field(default_factory=lambda: PARAMETERS)
    advice: str = "choose a model that sees, or leave out --vision"
    """What to do where its answers are none."""

    def thing(self, noun: str, about: str, pictures: Sequence[Picture]) -> str:
        """What is wrong with a thing as it is seen, "" for nothing. Raises ModelError."""
        text = render(THING, "look", noun=noun, about=about)
        look = self.ask(THING, (Message("user", (text, *pictures)),), ThingLook)
        return "" if look.fine else shown(look.why) or f"it does not look like a {noun}"

    def world(self, manifest: Manifest, pictures: Sequence[Picture]) -> list[Check]:
        """The checks of a run as it is seen. Raises ModelError."""
        sentence = " ".join(manifest.sentence.split())
        text = render(WORLD, "user", sentence=sentence, seconds=f"{manifest.seconds:g}", left_out=manifest.left_out)
        system = Message("system", render(WORLD, "system").strip())
        look = self.ask(WORLD, (system, Message("user", (text, *pictures))), WorldLook)
        return [_check(kind, getattr(look, kind)) for kind in FAULTS]

    def ask(self, task: str, messages: tuple[Message, ...], form: type[Look]) -> Look:
        """The answer to a prompt and its pictures as data, asked for again once where it is not. Raises ModelError."""
        problem = ""
        for _ in range(TRIES):
            answer = self.chat.complete(ChatRequest(self.model, messages, self.parameters, version(task))).text
            found = re.search(r"\{.*\}", answer, re.DOTALL)
            try:
                return form.model_validate_json(found[0] if found is not None else "")
            except ValidationError as error:
                problem = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'all'}: {e['msg']}" for e in error.errors()[:3])
            again = Message("user", render(WORLD, "repair", problem=problem).strip())
            messages = (*messages, Message("assistant", answer.strip()), again)
        raise ModelError(
            "sight",
            f"what model '{self.model}' says of the pictures is not of the form asked for ({shown(problem)})",
            self.advice,
        )


def _check(kind: str, finding: Finding) -> Check:
    why = shown(finding.why)
    text = f"as seen: {why or ('fine' if finding.fine else 'not fine')}"
    return Check(SEEN + kind, "", finding.fine, text, False, finding.stage or FAULTS[kind])


def words_of(checks: Sequence[Check]) -> str:
    """What was seen to be wrong, with the stages at fault, in lines for whoever made the plan; "" for nothing."""
    wrong = [check for check in checks if check.kind.startswith(SEEN) and not check.met]
    return "\n".join(f"- {check.stage} ({check.kind.removeprefix(SEEN)}): {check.text}" for check in wrong)
