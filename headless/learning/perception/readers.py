"""What reads pictures, behind one interface: our own network, or a vision-language model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from addon.models import ModelError
from addon.perception.camera import Camera
from addon.perception.errors import PictureError
from addon.perception.forward import Weights, read_weights
from addon.perception.graph import STRANGE
from addon.perception.reading import SIDE, Found, read_picture

from ...evaluation.recorded import open_model
from ..assemblies.kit import Kit, load_kit
from ..assemblies.refine import DOUBTFUL, refined
from ..errors import LearningError
from ..networks import ReaderName, weights_of
from .model_reader import ModelReader

BOOK = Path(__file__).parent / "answers.json"
"""Answers of a large model to pictures of machines, by the machines' names."""


class Reader(Protocol):
    """Reads a picture whose camera is known."""

    @property
    def name(self) -> str:
        """What it is called in results."""
        ...

    def read(self, picture: NDArray[np.uint8], camera: Camera, before: NDArray[np.uint8] | None = None) -> list[Found]:
        """The objects of a picture, sRGB ``[H, H, 3]``, the surest first; with the one of 1/15 s before, their speeds.

        Raises LearningError or ModelError where it cannot be read.
        """
        ...


@dataclass(frozen=True)
class NetworkReader:
    """Our own network, in numpy."""

    weights: Weights

    @classmethod
    def of(cls, path: Path | None = None) -> NetworkReader:
        """With a file of weights, or those of the project. Raises LearningError if it cannot be used."""
        try:
            return cls(read_weights(path or weights_of("perception")))
        except PictureError as problem:
            raise LearningError(str(problem)) from None

    @property
    def name(self) -> str:
        """See `Reader.name`."""
        about = self.weights.about
        return f"network, step {about.get('step', '?')}, seed {about.get('seed', '?')}"

    def read(
        self, picture: NDArray[np.uint8], camera: Camera, before: NDArray[np.uint8] | None = None,
        threshold: float | None = None,
    ) -> list[Found]:  # fmt: skip
        """See `Reader.read`; larger pictures are made smaller. ``threshold`` is of heat, in place of the weights'."""
        earlier = None if before is None else _smaller(before)
        try:
            return read_picture(_smaller(picture), camera, self.weights, earlier, threshold)
        except ValueError as problem:
            raise LearningError(str(problem)) from None


@dataclass(frozen=True)
class RefinedReader:
    """Our own network, and what it reads mended by the assemblies that such scenes are made of (`assemblies`)."""

    network: NetworkReader
    kit: Kit

    @property
    def name(self) -> str:
        """See `Reader.name`."""
        return f"{self.network.name}, refined"

    def read(self, picture: NDArray[np.uint8], camera: Camera, before: NDArray[np.uint8] | None = None) -> list[Found]:
        """See `Reader.read`; seconds a picture. Of what shows no machine, what the network reads stays as it is."""
        plain = self.network.read(picture, camera, before)
        if not plain or sum(one.confidence for one in plain) / len(plain) < STRANGE:
            return plain
        return refined(self.network.read(picture, camera, before, DOUBTFUL), _smaller(picture), camera, self.kit)


def _smaller(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if picture.shape[0] == SIDE:
        return picture
    from PIL import Image

    return np.asarray(Image.fromarray(picture).resize((SIDE, SIDE), Image.Resampling.BOX), dtype=np.uint8)


@contextmanager
def open_readers(
    reader: ReaderName, *, weights: Path | None = None, coder: str = "auto", answers: Path | None = None
) -> Iterator[Callable[[str], Reader]]:
    """Gives a reader for a picture that has a name; a model is that of ``coder``, whose answers are kept in a folder.

    Recorded answers are found by the picture's name. Raises LearningError for weights that cannot be used, CoderError
    and ModelError for a coder without a model that sees.
    """
    if reader != "model":
        network = NetworkReader.of(weights)
        own: Reader = network if reader == "network" else RefinedReader(network, load_kit())
        yield lambda name: own
        return
    with open_model(coder, BOOK, answers) as model:
        if model.small:
            raise ModelError(
                "sight", f"'{model.name}' sees no pictures", "choose --coder openai, paste:DIR or recorded"
            )
        yield lambda name: ModelReader(model.chat_for(name), model.name)
