"""Water whose waves are made of a spectrum, by Blender's names and in its units."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..animation import Step
from ..base import Finite, Fraction, NonNegative
from .common import ElementBase

Whole = Annotated[int, Field(ge=1, le=1024)]


class Ocean(ElementBase):
    """A surface of water with waves (Tessendorf, "Simulating Ocean Water").

    It is a sheet of its own in the place of the object's mesh, ``repeat_x`` by ``repeat_y`` tiles of ``spatial_size`` m
    times ``size``, or displaces that mesh where the ``geometry_mode`` is DISPLACE. A tile has the square of 16 times
    the resolution as its number of vertices: ``viewport_resolution`` in runs, ``resolution`` in pictures. Its waves
    are those at ``time`` s, or at steps of a run as ``times`` has them, linear between and constant before and after.
    ``wind_velocity`` is in m/s, ``depth`` and ``wave_scale_min`` in m, ``wave_direction`` in radians.
    """

    type: Literal["OCEAN"] = "OCEAN"
    geometry_mode: Literal["GENERATE", "DISPLACE"] = "GENERATE"
    resolution: Whole = 7
    viewport_resolution: Whole = 7
    repeat_x: Whole = 1
    repeat_y: Whole = 1
    spatial_size: Annotated[int, Field(ge=1, le=2_147_483_647)] = 50
    size: NonNegative = 1.0
    depth: Finite = 200.0
    wave_scale: NonNegative = 1.0
    wave_scale_min: NonNegative = 0.01
    choppiness: NonNegative = 1.0
    wind_velocity: Finite = 30.0
    wave_alignment: Fraction = 0.0
    wave_direction: Finite = 0.0
    damping: Fraction = 0.5
    spectrum: Literal["PHILLIPS", "PIERSON_MOSKOWITZ", "JONSWAP", "TEXEL_MARSEN_ARSLOE"] = "PHILLIPS"
    sharpen_peak_jonswap: Fraction = 0.0
    fetch_jonswap: NonNegative = 120.0
    random_seed: Annotated[int, Field(ge=0, le=2_147_483_647)] = 0
    time: NonNegative = 1.0
    times: tuple[tuple[Step, NonNegative], ...] = ()

    @model_validator(mode="after")
    def _goes_forward(self) -> Ocean:
        steps = [step for step, _ in self.times]
        if steps != sorted(set(steps)):
            raise ValueError(f"the steps of an ocean's times must rise, got {steps}")
        return self

    def text(self) -> str:
        """What it is, for prompts."""
        return "water with waves"
