"""What is measured on a run."""

from __future__ import annotations

from pydantic import BaseModel


class AssertionResult(BaseModel):
    """One assertion on a trace: whether it held, and why."""

    text: str
    held: bool
    reason: str


class Metrics(BaseModel):
    """Figures of one trace.

    ``volume_drift`` is the largest change of any body's volume over the run in % (Code as Dynamics, Table I) and
    ``shape_iou`` the smallest overlap of any body's shape with its first one (Fig. 2). ``logic_success`` is None
    without assertions. ``gained_energy`` is the largest rise of total energy (J) over steps without any script write
    or driven body, ``gains_energy`` whether that is more than the tolerance.
    """

    volume_drift: float
    volume_drift_by_body: dict[str, float]
    shape_iou: float
    logic_success: bool | None
    assertions: list[AssertionResult]
    energy_start: float
    energy_end: float
    gained_energy: float
    gains_energy: bool
    momentum_end: tuple[float, float, float]
    deepest_penetration: float
    events: int
