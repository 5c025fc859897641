"""What is seen of an object besides its pose: materials, lights, texts and shape keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..fields import BRIGHTEST, KEY_BYTES
from .base import Finite, Fraction, Model, Name, NonNegative, Positive, Vec3

Color = tuple[Fraction, Fraction, Fraction, Fraction]
"""Linear RGBA."""

Channel = Literal["color", "emission_color", "emission_strength"]

LookValue = float | str | tuple[float, ...]


TextureKind = Literal["CHECKER", "NOISE", "WAVE", "VORONOI", "BRICK", "GRADIENT", "MAGIC"]


class Texture(Model):
    """A procedural pattern: where it is 1, ``color`` stands in place of the material's own. ``scale`` is how often it
    repeats along a metre of the object's own frame."""

    kind: TextureKind
    color: Color = (0.2, 0.2, 0.2, 1.0)
    scale: Annotated[float, Field(gt=0.0, le=1000.0)] = 5.0


class Material(Model):
    """A surface: name, base colour and what it emits, as linear RGBA and the strength of it.

    ``roughness``, ``metallic``, ``transmission`` (light that goes through) and ``alpha`` (how opaque it is) are shares;
    a ``texture`` mixes its own colour into the base colour, which nothing can write then.

    ``fixed`` are the channels that nodes of its shader set, or that it has no place for: nothing can be written there.
    ``slot`` is its place among the materials of its object, of which it is the active one.
    """

    name: str = ""
    color: Color = (0.8, 0.8, 0.8, 1.0)
    emission_color: Color = (1.0, 1.0, 1.0, 1.0)
    emission_strength: NonNegative = 0.0
    roughness: Fraction = 0.5
    metallic: Fraction = 0.0
    transmission: Fraction = 0.0
    alpha: Fraction = 1.0
    texture: Texture | None = None
    fixed: tuple[Channel, ...] = ()
    slot: Annotated[int, Field(ge=0)] = 0

    @property
    def looks(self) -> dict[str, LookValue]:
        """What can be written of it, see `fields.LOOKS`, with its values."""
        names = ("color", "emission_color", "emission_strength")
        fixed = (*self.fixed, *(("color",) if self.texture is not None else ()))
        return {f"material.{name}": getattr(self, name) for name in names if name not in fixed}


class Light(Model):
    """A light: its energy in W (a sun's in W/m²) and linear RGB colour.

    ``size`` is the radius in m of a point or a spot, the edge of an area, and a sun's angle in radians. The cone of a
    spot is ``spot_angle`` radians wide, from a degree to a half turn, of which the part ``spot_blend`` is soft.
    """

    type: Literal["POINT", "SUN", "SPOT", "AREA"] = "POINT"
    energy: Annotated[float, Field(ge=-BRIGHTEST, le=BRIGHTEST)] = 10.0
    color: tuple[Fraction, Fraction, Fraction] = (1.0, 1.0, 1.0)
    size: NonNegative = 0.0
    spot_angle: Annotated[float, Field(ge=0.01745, le=3.1416)] = 0.785398
    spot_blend: Fraction = 0.15

    @property
    def looks(self) -> dict[str, LookValue]:
        """What can be written of it, see `fields.LOOKS`, with its values."""
        return {"light.energy": self.energy, "light.color": self.color}


class Text(Model):
    """A text in the plane of the object's own x and y: what it reads, and the size and depth of its letters in m.

    What it reads holds no NUL, at which Blender would end it.
    """

    body: Annotated[str, Field(pattern=r"^[^\x00]*$")]
    size: Positive = 1.0
    extrude: NonNegative = 0.0
    align: Literal["LEFT", "CENTER", "RIGHT", "JUSTIFY", "FLUSH"] = "LEFT"


class ShapeKey(Model):
    """A way to deform a mesh: ``value`` times ``moves`` is part of the object's geometry as it is.

    ``moves`` are metres in the object's frame by the number of the vertex. The value lies between ``low`` and ``high``,
    which Blender has between -10 and 10.
    """

    name: Name
    value: Finite = 0.0
    low: Annotated[float, Field(ge=-10.0, le=10.0)] = 0.0
    high: Annotated[float, Field(ge=-10.0, le=10.0)] = 1.0
    moves: dict[int, Vec3] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_as_in_blender(self) -> ShapeKey:
        if self.name == "Basis" or len(self.name.encode()) > KEY_BYTES:
            raise ValueError(f"a shape key is not called 'Basis', and its name has at most {KEY_BYTES} bytes")
        if self.low >= self.high or not self.low - 1e-6 <= self.value <= self.high + 1e-6:
            raise ValueError("a shape key's value lies between low and high, and low is below high")
        return self


def shaped(vertices: Sequence[Vec3], keys: Sequence[ShapeKey], sign: float = 1.0) -> tuple[Vec3, ...]:
    """Vertices with what keys move them by; with ``sign`` -1, without what they have moved them by."""
    found = list(vertices)
    for key in keys:
        for number, (dx, dy, dz) in key.moves.items():
            (x, y, z), part = found[number], sign * key.value
            found[number] = (x + part * dx, y + part * dy, z + part * dz)
    return tuple(found)
