"""The camera, and the settings of the rigid-body world."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .animation import Animation
from .base import Finite, Model, NonNegative, Positive, Quaternion, Vec3
from .force_field import FieldWeight

FrameMap = Annotated[int, Field(ge=1, le=900)]


class Camera(Model):
    """The view used for rendering: world pose at the start, focal length in millimetres, and the way that it goes."""

    location: Vec3
    rotation: Quaternion
    lens: Positive = 50.0
    path: Animation | None = None


TASK_STEPS = 180
"""Successive steps for which a plane's goal_object must touch its goal_target (PHYRE's rule)."""


class Plane(Model):
    """A world in two dimensions: bodies stay at y = 0 and turn about y alone; x is to the right, z up.

    ``size`` are the width and the height, in units, of the field whose lower left corner is the origin; None where it
    is not known. Prompts and rewards give places in these units of ``meters_per_unit``. ``position_iterations`` are
    those of the solver's second pass. The defaults are those of PHYRE's scenes, 256 pixels of 1/6 m.
    """

    size: tuple[Positive, Positive] | None = (256.0, 256.0)
    meters_per_unit: Annotated[float, Field(ge=1e-6, le=1e6)] = 1 / 6
    position_iterations: Annotated[int, Field(ge=1, le=1000)] = 20


class World(Model):
    """Settings of the rigid-body world; gravity in m/s², one step lasts ``1 / fps`` seconds.

    Blender moves bodies only where ``enabled``, from step ``starts`` on and up to step ``ends`` (None: for good).
    ``frame_map`` is its time remapping, old and new: the scene's time runs old / new as fast as its frames.
    ``field_weights`` are the weights by which gravity and kinds of force fields act on bodies; 1 unless given.
    With a ``plane`` the world is two-dimensional.
    """

    fps: Positive = 24.0
    substeps: Annotated[int, Field(ge=1, le=32767)] = 10
    solver_iterations: Annotated[int, Field(ge=1, le=1000)] = 10
    gravity: Vec3 = (0.0, 0.0, -9.81)
    split_impulse: bool = False
    time_scale: NonNegative = 1.0
    unit_scale: Positive = 1.0
    enabled: bool = True
    starts: Annotated[int, Field(ge=0)] = 0
    ends: Annotated[int, Field(ge=0)] | None = None
    frame_map: tuple[FrameMap, FrameMap] = (100, 100)
    field_weights: dict[FieldWeight, Finite] = Field(default_factory=dict)
    plane: Plane | None = None

    @property
    def dt(self) -> float:
        """Length of one step in seconds."""
        return 1.0 / self.fps

    def weight(self, kind: FieldWeight) -> float:
        """By how much gravity or a kind of force field counts."""
        return self.field_weights.get("all", 1.0) * self.field_weights.get(kind, 1.0)
