"""Reading a picture by a vision-language model, as the paper does: S_t = VLM(I_t) (Code as Dynamics, Eq. 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, cast

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from addon.coder.fenced import shown
from addon.models import ChatClient, ChatRequest, Message, ModelError, Picture, render, version
from addon.perception.camera import Camera
from addon.perception.classes import CLASSES, DIM
from addon.perception.reading import Found
from addon.scene_graph.text import COLORS

from .ruled import ruled

TASK = "picture_reading"
PARAMETERS: dict[str, Any] = {"temperature": 0.0, "seed": 0}

TRIES = 3
"""How often a picture is asked about until the answer is of the form asked for."""

Metres = Annotated[float, Field(gt=0, le=100)]
Place = Annotated[float, Field(ge=-1000, le=1000)]
Three = Annotated[list[Place], Field(min_length=3, max_length=3)]


class Said(BaseModel):
    """One object as a model says it; lengths in metres, ``turn`` in degrees about x, then y, then z."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal[CLASSES]  # type: ignore[valid-type]
    shape: Literal["box", "ball"]
    colour: Literal[tuple(COLORS)]  # type: ignore[valid-type]
    lit: bool
    size: Annotated[list[Metres], Field(min_length=3, max_length=3)]
    position: Three
    turn: Three
    velocity: Three | None
    confidence: Annotated[float, Field(ge=0, le=1)]

    def found(self, moving: bool) -> Found:
        """The object as readers give it; without a picture before it has no velocity."""
        color = np.array(COLORS[self.colour]) * (1.0 if self.lit else DIM)
        half = np.array(self.size) / 2
        return Found(
            kind=self.kind,
            shape=self.shape,
            color=color,
            lit=self.lit,
            half=np.full(3, half.mean()) if self.shape == "ball" else half,
            position=np.array(self.position, dtype=float),
            quaternion=np.array([1.0, 0, 0, 0]) if self.shape == "ball" else quaternion_of_turn(self.turn),
            velocity=np.array(self.velocity, dtype=float) if moving and self.velocity is not None else None,
            confidence=self.confidence,
            heat=self.confidence,
        )


class Answer(BaseModel):
    """All that a model says of a picture."""

    model_config = ConfigDict(extra="forbid")

    objects: Annotated[list[Said], Field(max_length=200)]


@dataclass(frozen=True)
class ModelReader:
    """Asks a model that sees; see `readers.Reader`. ``chat`` may be an endpoint, a chat page or recorded answers."""

    chat: ChatClient
    model: str
    parameters: dict[str, Any] = field(default_factory=lambda: PARAMETERS)

    @property
    def name(self) -> str:
        """See `readers.Reader.name`."""
        return f"{self.model}, {version(TASK)}"

    def read(self, picture: NDArray[np.uint8], camera: Camera, before: NDArray[np.uint8] | None = None) -> list[Found]:
        """See `readers.Reader.read`. Raises ModelError, of kind ``sight`` where no answer is of the form asked for."""
        said = self._ask(messages_of(picture, camera, before))
        found = [one.found(before is not None) for one in said.objects]
        return sorted(found, key=lambda one: -one.confidence)

    def _ask(self, messages: tuple[Message, ...]) -> Answer:
        problem = ""
        for _ in range(TRIES):
            request = ChatRequest(
                self.model, messages, self.parameters, version(TASK), schema=Answer.model_json_schema()
            )
            answer = self.chat.complete(request).text
            braced = re.search(r"\{.*\}", answer, re.DOTALL)
            try:
                return Answer.model_validate_json(braced[0] if braced is not None else "")
            except ValidationError as error:
                problem = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'all'}: {e['msg']}" for e in error.errors()[:5])
            again = Message("user", render(TASK, "repair", problem=problem).strip())
            messages = (*messages, Message("assistant", answer.strip()), again)
        raise ModelError(
            "sight",
            f"what model '{self.model}' reads of the picture is not of the form asked for ({shown(problem)})",
            "choose a model that sees and keeps to a JSON schema, or --reader network",
        )


def messages_of(
    picture: NDArray[np.uint8], camera: Camera, before: NDArray[np.uint8] | None = None
) -> tuple[Message, ...]:
    """What a model is told and shown."""
    system = render(
        TASK, "system", colours=list(COLORS), dim=f"{DIM:.0%}".replace("%", " %"), moving=before is not None
    )
    x, y, z = (f"{value:.2f}" for value in camera.eye)
    from_x, from_y = (f"{'-' if value >= 0 else '+'} {abs(value):.2f}" for value in camera.eye[:2])
    right, up, forward = (_told(row) for row in camera.axes)
    user = render(
        TASK, "user", eye=_told(camera.eye), right=right, up=up, forward=forward, x=x, y=y, z=z,
        from_x=from_x, from_y=from_y, moving=before is not None,
    )  # fmt: skip
    shots = [one for one in (before, picture) if one is not None]
    pictures = tuple(Picture(ruled(one, camera)) for one in shots)
    return Message("system", system.strip()), Message("user", cast("tuple[str | Picture, ...]", (user, *pictures)))


def _told(values: NDArray[np.float64]) -> str:
    return "[" + ", ".join(f"{value + 0.0:.2f}" for value in values) + "]"


def quaternion_of_turn(degrees: list[float]) -> NDArray[np.float64]:
    """The quaternion ``wxyz`` of turns about the world's x, then y, then z."""
    (cx, cy, cz), (sx, sy, sz) = np.cos(np.radians(degrees) / 2), np.sin(np.radians(degrees) / 2)
    return np.array(
        [
            cx * cy * cz + sx * sy * sz,
            sx * cy * cz - cx * sy * sz,
            cx * sy * cz + sx * cy * sz,
            cx * cy * sz - sx * sy * cz,
        ]
    )
