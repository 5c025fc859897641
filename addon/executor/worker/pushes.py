"""Forces on bodies that physics moves, each for one step.

Springs and the like are taken where the body will be when the step's push acts, and what brakes at the velocity that
the step's way will show: so energy neither grows nor fades by itself. A step of n substeps lets (1 - 1/n)/2 of its
length pass before its push, as far as the body's way in it shows. A force of ``location`` as it is gains energy.
"""

from math import hypot, sin, sqrt

from ...fields import moved_by_physics
from .values import number, numbers

STIFFEST = 1.5
"""The greatest angle, in radians, by which a spring may swing a body in a step."""


def vector(value, what):
    """Three numbers of a sequence."""
    values = numbers(value, what)
    if len(values) != 3:
        raise ValueError("%s needs 3 numbers, got %d" % (what, len(values)))
    return values


def positive(value, what):
    value = number(value, what)
    if not value >= 0.0:
        raise ValueError("%s must not be negative, got %r" % (what, value))
    return value


class Physics:
    """A step as physics sees it: its length in s, of physics and of the scene, and what of it passes before a push."""

    def __init__(self, dt, settings):
        self.dt, self.scale = dt, settings["time_scale"]
        self.length = dt * self.scale
        self.before = (1.0 - 1.0 / settings["substeps_per_frame"]) / 2.0


class Pushed:
    """What pushes an object; it has a place, a velocity and a body, see `facade.SceneObject`."""

    __slots__ = ()

    def apply_force(self, vector):
        self._push("force", vector)

    def apply_impulse(self, vector):
        self._push("impulse", vector)

    def spring(self, anchor, stiffness, damping=0.0, rest=0.0):
        physics, mass = self._physics("spring"), self._body.mass
        stiffness, damping = positive(stiffness, "spring: stiffness"), positive(damping, "spring: damping")
        rest = positive(rest, "spring: rest")
        swing = sqrt(stiffness / mass) * physics.length
        if swing > STIFFEST:
            most = mass * (STIFFEST / physics.length) ** 2
            words = "%s.spring: %g N/m swing it too fast for these steps; at most %g N/m, or more frames a second"
            raise ValueError(words % (self.name, stiffness, most))
        place, pace = self._at(anchor, "spring")
        gap = [b - a for a, b in zip(self._ahead(), place)]
        far = hypot(*gap)
        if rest and far > 1e-9:
            gap = [g * (1.0 - rest / far) for g in gap]
        soft = (sin(swing / 2) / (swing / 2)) ** 2 if swing > 1e-6 else 1.0
        self._brake([g * stiffness * soft for g in gap], damping, 0.0, pace)

    def attract(self, to, strength, power=2.0, closest=0.1, reach=None, mutual=False):
        self._physics("attract")
        strength, power = number(strength, "attract: strength"), number(power, "attract: power")
        gap = [b - a for a, b in zip(self._ahead(), self._at(to, "attract")[0])]
        far = hypot(*gap)
        if far < 1e-9 or (reach is not None and far > reach):
            return
        if not closest > 0.0:
            raise ValueError("attract: closest must be more than 0, got %r" % (closest,))
        size = strength / max(far, closest) ** power
        force = [size * g / far for g in gap]
        self._push("force", force)
        if mutual:
            self._other(to)._push("force", [-f for f in force])

    def drag(self, linear=0.0, quadratic=0.0):
        self._physics("drag")
        self._brake([0.0] * 3, positive(linear, "drag: linear"), positive(quadratic, "drag: quadratic"), [0.0] * 3)

    def wind(self, velocity, strength=1.0):
        scale = self._physics("wind").scale
        air = [v / scale for v in vector(velocity, "wind: velocity")]
        self._brake([0.0] * 3, positive(strength, "wind: strength"), 0.0, air)

    def hover(self, height, quick=5.0):
        self._physics("hover")
        gap = [0.0, 0.0, number(height, "hover: height") - self._ahead()[2]]
        lift = self._steered(gap, [0.0, 0.0, self._pace()[2]], positive(quick, "hover: quick"))[2]
        self._push("force", [0.0, 0.0, lift * self._body.mass])

    def follow(self, leader, offset=(0.0, 0.0, 0.0), quick=5.0):
        self._physics("follow")
        place, pace = self._at(leader, "follow")
        offset = vector(offset, "follow: offset")
        gap = [b + o - a for a, b, o in zip(self._ahead(), place, offset)]
        lag = [a - b for a, b in zip(self._pace(), pace)]
        way = self._steered(gap, lag, positive(quick, "follow: quick"))
        self._push("force", [w * self._body.mass for w in way])

    def _push(self, field, value):
        """Add to what the body gets in this step."""
        self._physics("apply_" + field)
        values = vector(value, "apply_" + field)
        before = self._world.writes.values.get(("object", self.name, field), (0.0, 0.0, 0.0))
        self._world.writes.put("object", self.name, field, [a + b for a, b in zip(before, values)])

    def _physics(self, what):
        """The step as physics sees it. Raises TypeError for an object that physics does not move."""
        if not moved_by_physics(self._body):
            why = "it has no rigid body" if self._body is None else "physics does not move it"
            raise TypeError("%s.%s: %s, so that nothing can push it; write its location" % (self.name, what, why))
        return self._world.physics

    def _pace(self):
        """The velocity by the time of physics."""
        scale = self._world.physics.scale
        return [v / scale for v in self._read("velocity")] if scale else [0.0] * 3

    def _ahead(self):
        """Where it is when the push of this step acts."""
        time = self._world.physics.dt * self._world.physics.before
        return [x + v * time for x, v in zip(self._read("location"), self._read("velocity"))]

    def _other(self, place):
        return self._world.objects[place] if isinstance(place, str) else place

    def _at(self, place, what):
        """Where an object or a place is when the push of this step acts, and its velocity."""
        other = self._other(place)
        if isinstance(other, Pushed):
            return other._ahead(), other._pace()
        return vector(place, what), [0.0] * 3

    def _brake(self, force, linear, quadratic, air):
        """Push with a force, and against its motion through something of velocity ``air``."""
        physics = self._world.physics
        after = physics.length * (1.0 - physics.before)
        share = after / self._body.mass
        parts = zip(self._pace(), air, self._world.scene._gravity, force)
        through = [v - a + g * after + f * share for v, a, g, f in parts]
        first, second, much = 1.0 + linear * share, quadratic * share, hypot(*through)
        speed = (sqrt(first * first + 4.0 * second * much) - first) / (2.0 * second) if second else much / first
        brake = (linear + quadratic * speed) / (first + second * speed)
        self._push("force", [f - brake * t for f, t in zip(force, through)])

    def _steered(self, gap, pace, quick):
        """The acceleration, gravity taken off, that takes away a gap and a velocity without going beyond."""
        ease = 1.0 + quick * self._world.physics.length
        parts = zip(gap, pace, self._world.scene._gravity)
        return [(g * quick * quick - v * 2.0 * quick) / ease - w for g, v, w in parts]
