"""What a recorded run shows, as plain figures: the vocabulary of the checks of free rules.

Times are in s since the start, places in m in the world frame, angles in degrees. A check is a Python expression in
which each public name of `Facts` stands for itself; what never happens is at time ``never`` (infinity).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from addon.scene_graph import FloatArray, SceneObject
from addon.trace import Trace, TraceError
from addon.trace.events import contact_intervals

Test = Callable[[float], bool]
"""Whether something holds at a time."""

NEVER = math.inf

STILL = 5e-3
"""Metres within which a place is the same."""

TURNED = 1.0
"""Degrees within which an attitude is the same."""

BREAK = 0.05
"""Seconds below which a break in a contact is none."""

BUILTINS = {f.__name__: f for f in (abs, all, any, len, max, min, range, round, sorted, sum, zip)}


class Facts:
    """Figures of one trace. A name that no body has raises TraceError, a time outside the run ValueError."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._fps = trace.meta.fps
        self._last = len(trace.position) - 1
        self._contacts = contact_intervals(trace.contacts)

    @property
    def end(self) -> float:
        """Length of the run."""
        return self._last / self._fps

    def pos(self, name: str, t: float) -> FloatArray:
        """Where an object's origin is, ``[3]``."""
        place: FloatArray = self._trace.position[self._frame(t), self._trace.index(name)]
        return place

    def x(self, name: str, t: float) -> float:
        """The x of its origin."""
        return float(self.pos(name, t)[0])

    def y(self, name: str, t: float) -> float:
        """The y of its origin."""
        return float(self.pos(name, t)[1])

    def z(self, name: str, t: float) -> float:
        """The z of its origin."""
        return float(self.pos(name, t)[2])

    def moved(self, name: str, t0: float, t1: float) -> FloatArray:
        """Displacement between two times, ``[3]``."""
        return self.pos(name, t1) - self.pos(name, t0)

    def path(self, name: str, t0: float, t1: float) -> float:
        """Length of the way that an object goes between two times."""
        return float(np.linalg.norm(np.diff(self._places(name, t0, t1), axis=0), axis=1).sum())

    def still(self, name: str, t0: float, t1: float) -> bool:
        """Whether it stays within `STILL` of its place, and turns by less than `TURNED`."""
        places = self._places(name, t0, t1)
        return bool(np.abs(places - places[0]).max() < STILL) and self.turned(name, t0, t1) < TURNED

    def velocity(self, name: str, t: float) -> FloatArray:
        """Velocity in m/s, ``[3]``."""
        velocity: FloatArray = self._trace.velocity[self._frame(t), self._trace.index(name)]
        return velocity

    def speed(self, name: str, t: float) -> float:
        """Speed in m/s."""
        return float(np.linalg.norm(self.velocity(name, t)))

    def spin(self, name: str, t: float) -> FloatArray:
        """Angular velocity in degrees/s, ``[3]``."""
        spin: FloatArray = np.degrees(self._trace.angular_velocity[self._frame(t), self._trace.index(name)])
        return spin

    def turned(self, name: str, t0: float, t1: float) -> float:
        """Angle (0 to 180) between the attitudes at two times."""
        q = self._trace.quaternion[:, self._trace.index(name)]
        half = min(1.0, abs(float(q[self._frame(t0)] @ q[self._frame(t1)])))
        return math.degrees(2 * math.acos(half))

    def tilt(self, name: str, t: float) -> float:
        """Angle (0 to 180) between its own z axis and where that pointed at the start."""
        q = self._trace.quaternion[:, self._trace.index(name)]
        cosine = float(_up(q[0]) @ _up(q[self._frame(t)]))
        return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))

    def size(self, name: str, t: float) -> float:
        """How many times its length of the start it is, by the geometric mean of its three scales."""
        scale = self._trace.scale[:, self._trace.index(name)]
        return float(np.abs(scale[self._frame(t)] / scale[0]).prod() ** (1 / 3))

    def distance(self, a: str, b: str, t: float) -> float:
        """Between the two origins."""
        return float(np.linalg.norm(self.pos(a, t) - self.pos(b, t)))

    def touch(self, a: str, b: str, n: int = 1) -> float:
        """When two bodies begin to touch for the nth time; a break below `BREAK` is none."""
        spells = self._spells(a, b)
        return spells[n - 1][0] / self._fps if len(spells) >= n else NEVER

    def apart(self, a: str, b: str, n: int = 1) -> float:
        """When they part for the nth time."""
        ends = [end for _, end in self._spells(a, b) if end < self._last]
        return (ends[n - 1] + 1) / self._fps if len(ends) >= n else NEVER

    def touches(self, a: str, b: str) -> int:
        """How often they begin to touch."""
        return len(self._spells(a, b))

    def touching(self, a: str, b: str, t: float) -> bool:
        """Whether they touch."""
        frame = self._frame(t)
        return any(start <= frame <= end for start, end in self._spells(a, b))

    def prop(self, name: str, key: str, t: float) -> Any:
        """Value of a custom property; None before there is one."""
        frame = self._frame(t)
        value = next((o.properties.get(key) for o in self._trace.scene.objects if o.name == name), None)
        for at, new in self._settings(name, key):
            if at <= frame:
                value = new
        return value

    def changes(self, name: str, key: str) -> list[float]:
        """When the property changes."""
        return [at / self._fps for at, _ in self._settings(name, key)]

    def look(self, name: str, field: str, t: float) -> Any:
        """What is seen of an object: the value of one of `fields.LOOKS`, or of ``shape_key.<name>``."""
        value = self._object(name).looks.get(field)
        for event in self._trace.events:
            told = event.parameters
            if event.uid == "LookChanged" and event.frame <= self._frame(t) and told["object_id"] == name:
                value = told["new"] if told["look"] == field else value
        return value

    def lit(self, name: str, t: float) -> bool:
        """Whether a light or a surface gives light."""
        field = "light.energy" if self._object(name).light is not None else "material.emission_strength"
        return bool((self.look(name, field, t) or 0) > 0)

    def hidden(self, name: str, t: float) -> bool:
        """Whether it is not seen."""
        start = self._object(name).hidden
        return any([start, *(new for at, new in self._settings(name, "hide_viewport") if at <= self._frame(t))][-1:])

    def force(self, name: str, t: float) -> FloatArray:
        """The force in N with which a script pushed it in the step that ends then, ``[3]``."""
        force = self._trace.force
        return np.zeros(3) if force is None else force[self._frame(t), self._trace.index(name)]

    def first(self, test: Test, t0: float = 0.0) -> float:
        """The first time from ``t0`` on at which the test holds."""
        return next((t for t in self._times(t0, self.end) if test(t)), NEVER)

    def always(self, test: Test, t0: float, t1: float) -> bool:
        """Whether the test holds at every step between two times."""
        return all(test(t) for t in self._times(t0, t1))

    def moves_at(self, name: str, t0: float = 0.0) -> float:
        """When an object that is at rest at ``t0`` is first farther than `STILL` from that place."""
        return self.first(lambda t: float(np.linalg.norm(self.moved(name, t0, t))) > STILL, t0)

    def turns_at(self, name: str, t0: float = 0.0) -> float:
        """When it has first turned by more than `TURNED` since ``t0``."""
        return self.first(lambda t: self.turned(name, t0, t) > TURNED, t0)

    def _object(self, name: str) -> SceneObject:
        try:
            return self._trace.scene.object(name)
        except KeyError as error:
            raise TraceError(error.args[0]) from None

    def _frame(self, t: float) -> int:
        if not 0 <= t <= self.end + 1e-6:
            raise ValueError(f"no such time in the run: {t}")
        return min(round(t * self._fps), self._last)

    def _times(self, t0: float, t1: float) -> list[float]:
        return [frame / self._fps for frame in range(self._frame(t0), self._frame(t1) + 1)]

    def _places(self, name: str, t0: float, t1: float) -> FloatArray:
        places: FloatArray = self._trace.position[self._frame(t0) : self._frame(t1) + 1, self._trace.index(name)]
        return places

    def _spells(self, a: str, b: str) -> list[tuple[int, int]]:
        """First and last frames of the contacts of two bodies, short breaks left out."""
        i, j = sorted((self._trace.index(a), self._trace.index(b)))
        joined: list[tuple[int, int]] = []
        for start, end in self._contacts.get((i, j), []):
            if joined and start - joined[-1][1] < BREAK * self._fps:
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return joined

    def _settings(self, name: str, key: str) -> list[tuple[int, Any]]:
        """Frames at which a property changes, with the new values."""
        told = [(e.frame, e.parameters) for e in self._trace.events if e.uid == "PropertyChanged"]
        return [(frame, p["new"]) for frame, p in told if (p["object_id"], p["property"]) == (name, key)]


VOCABULARY = tuple(sorted(name for name in vars(Facts) if not name.startswith("_")))
"""The names that a check may use, besides ``never`` and `BUILTINS`."""


def holds(check: str, trace: Trace) -> bool:
    """Whether a check holds; one that asks for what never was, or for a time outside the run, does not.

    Raises TraceError if it names a body that the scene does not have.
    """
    facts = Facts(trace)
    told = {name: getattr(facts, name) for name in VOCABULARY}
    try:
        return bool(eval(check, {"__builtins__": BUILTINS, "never": NEVER, **told}))
    except TraceError:
        raise
    except (ValueError, IndexError, TypeError):
        return False


def _up(q: FloatArray) -> FloatArray:
    """Where a quaternion ``(w, x, y, z)`` turns the z axis, ``[3]``."""
    w, x, y, z = q
    return np.array([2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)])
