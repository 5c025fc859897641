"""Shapes: parametric ones and polygon meshes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from .base import Model, Positive, Vec3


class Primitive(Model):
    """A parametric mesh centred on the object's origin, its axis along local z.

    ``dimensions`` are full extents in metres before the object's scale. ``segments`` is the number of
    vertices around the axis (ignored by ``cube``).
    """

    type: Literal["PRIMITIVE"] = "PRIMITIVE"
    kind: Literal["cube", "sphere", "cylinder", "cone", "capsule"]
    dimensions: tuple[Positive, Positive, Positive]
    segments: Annotated[int, Field(ge=3, le=256)] = 32


class Mesh(Model):
    """An explicit polygon mesh in local coordinates, metres before the object's scale.

    ``slots`` are the places of the faces' materials among those of the object; without them all are the active one's.
    """

    type: Literal["MESH"] = "MESH"
    vertices: tuple[Vec3, ...]
    faces: tuple[tuple[int, ...], ...]
    slots: tuple[Annotated[int, Field(ge=0)], ...] = ()

    @field_validator("vertices")
    @classmethod
    def _has_vertices(cls, vertices: tuple[Vec3, ...]) -> tuple[Vec3, ...]:
        if not vertices:
            raise ValueError("a mesh needs vertices")
        return vertices

    @field_validator("faces")
    @classmethod
    def _indices_exist(cls, faces: tuple[tuple[int, ...], ...], info: ValidationInfo) -> tuple[tuple[int, ...], ...]:
        vertices = info.data.get("vertices")
        number = None if vertices is None else _first_bad(faces, len(vertices))
        if number is not None:
            face = faces[number]
            if len(face) < 3 or len(set(face)) != len(face):
                raise ValueError(f"face {number} needs at least three different vertices, got {list(face)}")
            raise ValueError(f"face {number} names a vertex outside 0..{len(vertices or ()) - 1}: {list(face)}")
        return faces

    @field_validator("slots")
    @classmethod
    def _fit_the_faces(cls, slots: tuple[int, ...], info: ValidationInfo) -> tuple[int, ...]:
        faces = info.data.get("faces")
        if slots and faces is not None and len(slots) != len(faces):
            raise ValueError(f"slots need one entry for each of the {len(faces)} faces, there are {len(slots)}")
        return slots


def _first_bad(faces: tuple[tuple[int, ...], ...], vertex_count: int) -> int | None:
    """The first face with less than three different corners or with one outside the mesh."""
    lengths = list(map(len, faces))
    if lengths and min(lengths) >= 3 and lengths == list(map(len, map(set, faces))):
        low, high = min(map(min, faces)), max(map(max, faces))
        if low >= 0 and high < vertex_count:
            return None
    for number, face in enumerate(faces):
        count = len(face)
        if count < 3 or len(set(face)) != count or min(face) < 0 or max(face) >= vertex_count:
            return number
    return None


Geometry = Annotated[Primitive | Mesh, Field(discriminator="type")]
