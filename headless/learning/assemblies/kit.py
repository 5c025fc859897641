"""The assemblies of a kind of scenes, each with its examples, and the file that holds them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from addon.scene_graph import Constraint, RigidBody

from ..errors import LearningError

KIT = Path(__file__).parents[1] / "weights" / "assemblies.npz"
"""The assemblies of the train split's machines."""

WIDE = 9
"""Numbers of a member: its middle (m), half extents (m), and rotation as a vector along its axis (radians)."""


class Member(BaseModel):
    """A thing of an assembly. ``moves``: whether physics or scripts ever move one of its examples. Of its colour it is
    known which earlier member has the same, or what it is in all examples, linear RGB; ``pixels`` is what its examples
    show at the median, at 128 × 128."""

    model_config = ConfigDict(frozen=True)

    kind: str
    ball: bool
    moves: bool
    colored_as: int | None = None
    color: tuple[float, float, float] | None = None
    pixels: int = 0


class Joint(BaseModel):
    """A joint between two members, by their places."""

    model_config = ConfigDict(frozen=True)

    first: int
    second: int


class Physics(BaseModel):
    """What a picture does not show: the bodies of an assembly's members, and its joints but for their places."""

    model_config = ConfigDict(frozen=True)

    bodies: tuple[RigidBody | None, ...]
    joints: tuple[Constraint, ...]


@dataclass(frozen=True, eq=False)
class Assembly:
    """N members and J joints with E examples.

    ``examples`` ``[E, 9 N + 3 J]`` has `WIDE` numbers of each member, and then the joints' locations, in the frame of
    the bay that it stands in; all have the same ``physics``. ``follows`` is None, or, for what stands behind another
    assembly, how far (m) along x its first member is from that of each assembly that it may follow, by their places
    among `Kit.parts`.
    """

    members: tuple[Member, ...]
    joints: tuple[Joint, ...]
    examples: NDArray[np.float32]
    physics: Physics
    follows: dict[int, float] | None = None

    @property
    def poses(self) -> NDArray[np.float64]:
        """Of the members alone ``[E, N, 9]``."""
        wide = WIDE * len(self.members)
        return self.examples[:, :wide].astype(np.float64).reshape(len(self.examples), -1, WIDE)


@dataclass(frozen=True, eq=False)
class Kit:
    """``frames``, of which each scene has one: the floor and what divides it into bays; and ``parts``, which stand in
    bays. ``behind`` is by how much further (m) parts begin from the left wall than from a wall within."""

    frames: tuple[Assembly, ...]
    parts: tuple[Assembly, ...]
    behind: float


def save_kit(kit: Kit, path: Path) -> None:
    """Write a kit into one file."""
    every = [*kit.frames, *kit.parts]
    heads = [
        {
            "members": [one.model_dump(exclude_defaults=True) for one in part.members],
            "joints": [one.model_dump() for one in part.joints],
            "physics": part.physics.model_dump(exclude_defaults=True),
            "follows": part.follows,
        }
        for part in every
    ]
    arrays: dict[str, Any] = {f"{n}/examples": part.examples for n, part in enumerate(every)}
    head = {"frames": len(kit.frames), "behind": kit.behind, "assemblies": heads}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, head=np.array(json.dumps(head)), **arrays)


def load_kit(path: Path = KIT) -> Kit:
    """Read a kit. Raises LearningError for a file that holds none."""
    try:
        with np.load(path) as stored:
            head = json.loads(str(stored["head"]))
            every = [
                Assembly(
                    tuple(Member.model_validate(member) for member in one["members"]),
                    tuple(Joint.model_validate(joint) for joint in one["joints"]),
                    stored[f"{n}/examples"],
                    Physics.model_validate(one["physics"]),
                    None if one["follows"] is None else {int(key): far for key, far in one["follows"].items()},
                )
                for n, one in enumerate(head["assemblies"])
            ]
    except (OSError, EOFError, ValueError, KeyError, TypeError, BadZipFile, ValidationError) as problem:
        raise LearningError(
            f"{path} holds no assemblies ({problem}); learn them: python -m headless learning assemblies --out {path}"
        ) from None
    return Kit(tuple(every[: head["frames"]]), tuple(every[head["frames"] :]), head["behind"])
