"""Forces on bodies that physics moves, each for one step.

Springs and the like are taken where the body will be when the step's push acts, and what brakes at the velocity that
the step's way will show: so energy neither grows nor fades by itself. A step of n substeps lets (1 - 1/n)/2 of its
length pass before its push, as far as the body's way in it shows. A force of ``location`` as it is gains energy.
"""

from math import hypot, sin, sqrt

from ...fields import moved_by_physics, stiffest_spring
from .values import number, numbers


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
    """A step as physics sees it: its length in s, of physics and of the scene, and what of it passes before a push.

    ``pace`` is the scene's seconds in one of physics, 0 where physics stands still and no push does anything.
    """

    def __init__(self, dt, settings):
        self.dt, self.substeps = dt, settings["substeps_per_frame"]
        self.length = dt * settings["time_scale"]
        self.pace = 1.0 / settings["time_scale"] if settings["time_scale"] else 0.0
        self.before = (1.0 - 1.0 / self.substeps) / 2.0


class Pushed:
    """What pushes an object; it has a place, a velocity and a body, see `facade.SceneObject`."""

    __slots__ = ()

    def apply_force(self, vector):
        self._push("force", vector)

    def apply_impulse(self, vector):
        self._push("impulse", vector)

    def spring(self, anchor, stiffness, damping=0.0, rest=0.0, mutual=False):
        physics, mass = self._physics("spring"), self._shared_mass(anchor, "spring", mutual)
        stiffness, damping = positive(stiffness, "spring: stiffness"), positive(damping, "spring: damping")
        rest = positive(rest, "spring: rest")
        stiffest = stiffest_spring(mass, physics.length, physics.substeps)
        if stiffness > stiffest:
            words = "%s.spring: %g N/m swing it too fast for these steps; at most %g N/m, or more frames a second"
            raise ValueError(words % (self.name, stiffness, stiffest))
        place, pace = self._at(anchor, "spring")
        gap = [b - a for a, b in zip(self._ahead(), place)]
        far = hypot(*gap)
        if rest and far > 1e-9:
            gap = [g * (1.0 - rest / far) for g in gap]
        swing = sqrt(stiffness / mass) * physics.length
        soft = (sin(swing / 2) / (swing / 2)) ** 2 if swing > 1e-6 else 1.0
        pull = [g * stiffness * soft for g in gap]
        gravity = [0.0] * 3 if mutual else self._world.scene._gravity
        self._between(anchor, self._braked(pull, damping, 0.0, pace, mass, gravity), mutual)

    def attract(self, to, strength, power=2.0, closest=0.1, reach=None, mutual=False):
        self._shared_mass(to, "attract", mutual)
        strength, power = number(strength, "attract: strength"), number(power, "attract: power")
        for value, what in ((closest, "closest"), (1.0 if reach is None else reach, "reach")):
            if not number(value, "attract: " + what) > 0.0:
                raise ValueError("attract: %s must be more than 0, got %r" % (what, value))
        gap = [b - a for a, b in zip(self._ahead(), self._at(to, "attract")[0])]
        far = hypot(*gap)
        if far > 1e-9 and (reach is None or far <= reach):
            size = strength / max(far, closest) ** power
            self._between(to, [size * g / far for g in gap], mutual)

    def drag(self, linear=0.0, quadratic=0.0):
        self._physics("drag")
        self._brake(positive(linear, "drag: linear"), positive(quadratic, "drag: quadratic"), [0.0] * 3)

    def wind(self, velocity, strength=1.0):
        pace = self._physics("wind").pace
        air = [v * pace for v in vector(velocity, "wind: velocity")]
        self._brake(positive(strength, "wind: strength"), 0.0, air)

    def hover(self, height, quick=5.0):
        self._physics("hover")
        gap = [0.0, 0.0, number(height, "hover: height") - self._ahead()[2]]
        lift = self._steered(gap, [0.0, 0.0, self._pace()[2]], positive(quick, "hover: quick"))[2]
        self._push("force", [0.0, 0.0, lift * self._body.mass])

    def follow(self, leader, offset=(0.0, 0.0, 0.0), quick=5.0, pace=(0.0, 0.0, 0.0), bend=(0.0, 0.0, 0.0)):
        fast = self._physics("follow").pace
        if self._other(leader) is self:
            raise ValueError("%s.follow: it cannot follow itself" % self.name)
        place, speed = self._at(leader, "follow")
        offset, pace = vector(offset, "follow: offset"), vector(pace, "follow: pace")
        bend = vector(bend, "follow: bend")
        gap = [b + o - a for a, b, o in zip(self._ahead(), place, offset)]
        lag = [a - b - p * fast for a, b, p in zip(self._pace(), speed, pace)]
        way = self._steered(gap, lag, positive(quick, "follow: quick"), [b * fast**2 for b in bend])
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
        return [v * self._world.physics.pace for v in self._read("velocity")]

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

    def _brake(self, linear, quadratic, air):
        """Push against its motion through something of velocity ``air``."""
        nothing, gravity = [0.0] * 3, self._world.scene._gravity
        self._push("force", self._braked(nothing, linear, quadratic, air, self._body.mass, gravity))

    def _braked(self, force, linear, quadratic, air, mass, gravity):
        """A force with a brake against the motion through something of velocity ``air``, which at most ends it."""
        physics = self._world.physics
        lag = [v - a for v, a in zip(self._pace(), air)]
        strong = (linear + quadratic * hypot(*lag)) * physics.length / mass
        after = physics.length * max(1.0 - physics.before, 1.0 - 1.0 / strong if strong > 1.0 else 0.0)
        share = after / mass
        through = [v + g * after + f * share for v, g, f in zip(lag, gravity, force)]
        first, second, much = 1.0 + linear * share, quadratic * share, hypot(*through)
        speed = (sqrt(first * first + 4.0 * second * much) - first) / (2.0 * second) if second else much / first
        brake = (linear + quadratic * speed) / (first + second * speed)
        return [f - brake * t for f, t in zip(force, through)]

    def _shared_mass(self, other, what, mutual):
        """The mass that moves where this body and another push each other; its own where the other stays."""
        self._physics(what)
        other = self._other(other)
        if other is self:
            raise ValueError("%s.%s: it needs another object than itself" % (self.name, what))
        if not mutual:
            return self._body.mass
        if not isinstance(other, Pushed):
            raise TypeError("%s.%s: only another object can be pushed back (mutual), got %r" % (self.name, what, other))
        other._physics(what + " (mutual)")
        return self._body.mass * other._body.mass / (self._body.mass + other._body.mass)

    def _between(self, other, force, mutual):
        """Push with a force, and another body the other way where that is wanted."""
        self._push("force", force)
        if mutual:
            self._other(other)._push("force", [-f for f in force])

    def _steered(self, gap, pace, quick, bend=(0.0, 0.0, 0.0)):
        """The acceleration, gravity taken off, that takes away a gap and a velocity without going beyond, on a way that
        bends by an acceleration itself."""
        quick = quick * self._world.physics.pace
        ease = 1.0 + quick * self._world.physics.length
        parts = zip(gap, pace, bend, self._world.scene._gravity)
        return [(g * quick * quick - v * 2.0 * quick + b) / ease - w for g, v, b, w in parts]
