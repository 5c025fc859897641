"""What all scene graph data is made of: numbers with bounds, vectors, names and the base class."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Finite = Annotated[float, Field(allow_inf_nan=False)]
NonNegative = Annotated[float, Field(ge=0.0, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0.0, allow_inf_nan=False)]
Fraction = Annotated[float, Field(ge=0.0, le=1.0)]
Vec3 = tuple[Finite, Finite, Finite]
Scalar = bool | int | Finite | str
Held = Scalar | tuple[int, ...] | tuple[Finite, ...]
"""What a custom property holds."""


Name = Annotated[str, Field(min_length=1, max_length=255)]


def _check_unit(q: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    norm = math.sqrt(sum(c * c for c in q))
    if abs(norm - 1.0) > 1e-4:
        raise ValueError(f"a rotation quaternion (w, x, y, z) must have length 1, this one has {norm:.6g}")
    return q


Quaternion = Annotated[tuple[Finite, Finite, Finite, Finite], AfterValidator(_check_unit)]


class Model(BaseModel):
    """Base of all scene graph data: unknown fields are errors, values are immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True, ser_json_inf_nan="strings", serialize_by_alias=True)
