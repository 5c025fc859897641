"""Quaternion and Euler with mathutils' semantics."""

from math import acos, cos, pi, remainder, sin, sqrt

from . import matrices, turns, vectors
from .values import Values, component, made, number, numbers


def rotation_rows(turn):
    """The rows of the rotation that an Euler, a Quaternion or a Matrix stands for."""
    if type(turn) is Quaternion:
        return turns.quaternion_rows(turns.unit_quaternion(turn._v))
    if type(turn) is Euler:
        return turns.quaternion_rows(turns.euler_quaternion(turn._v, turn.order))
    if type(turn) is matrices.Matrix:
        return turn._rotation()
    raise TypeError("to rotate needs an Euler, a Quaternion or a Matrix, got %s" % type(turn).__name__)


class Quaternion(Values):
    """w, x, y, z: made from four numbers, from an axis and an angle, or from an axis as long as the angle."""

    __slots__ = ()
    w, x, y, z = (component(i) for i in range(4))

    def __init__(self, values=(1.0, 0.0, 0.0, 0.0), angle=None):
        values = numbers(values, "a Quaternion")
        self._changed = None
        if len(values) == 3:
            angle = sqrt(turns.dot(values, values)) if angle is None else number(angle, "an angle")
            values = turns.about(values, remainder(angle, 2 * pi))
        elif len(values) != 4 or angle is not None:
            raise ValueError("a Quaternion is made of w, x, y, z or of an axis (x, y, z) and an angle")
        self._v = values

    def __str__(self):
        return "<Quaternion (w=%.4f, x=%.4f, y=%.4f, z=%.4f)>" % tuple(self._v)

    def _numbers(self, other):
        values = numbers(other, "a Quaternion")
        if len(values) != 4:
            raise ValueError("a Quaternion has 4 numbers (w, x, y, z), got %d" % len(values))
        return values

    def __matmul__(self, other):
        if type(other) is Quaternion:
            return made(Quaternion, turns.product(self._v, other._v))
        if type(other) is vectors.Vector:
            if len(other._v) != 3:
                raise ValueError("a Quaternion turns Vectors of 3 numbers, got %d" % len(other._v))
            return made(vectors.Vector, turns.turned(self._v, other._v))
        return NotImplemented

    def __mul__(self, other):
        if isinstance(other, (float, int)):
            return made(Quaternion, [a * other for a in self._v])
        if type(other) is Quaternion:
            return made(Quaternion, [a * b for a, b in zip(self._v, other._v)])
        return NotImplemented

    __rmul__ = __mul__

    def __imul__(self, other):
        product = self.__mul__(other)
        if product is NotImplemented:
            return product
        self._set(product._v)
        return self

    def __imatmul__(self, other):
        if type(other) is not Quaternion:
            return NotImplemented
        self._set(turns.product(self._v, other._v))
        return self

    def __add__(self, other):
        if type(other) is not Quaternion:
            return NotImplemented
        return made(Quaternion, [a + b for a, b in zip(self._v, other._v)])

    def __sub__(self, other):
        if type(other) is not Quaternion:
            return NotImplemented
        return made(Quaternion, [a - b for a, b in zip(self._v, other._v)])

    def __neg__(self):
        return made(Quaternion, [-a for a in self._v])

    def __pos__(self):
        return made(Quaternion, self._v)

    @property
    def magnitude(self):
        return sqrt(turns.dot(self._v, self._v))

    @property
    def angle(self):
        return 2.0 * acos(max(-1.0, min(1.0, turns.unit_quaternion(self._v)[0])))

    @angle.setter
    def angle(self, value):
        self._turn(self.axis._v, number(value, "an angle"))

    @property
    def axis(self):
        axis = turns.unit(self._v[1:])
        return made(vectors.Vector, axis if any(axis) or not self._v[0] else [0.0, 1.0, 0.0])

    @axis.setter
    def axis(self, value):
        self._turn(vectors.Vector(value)._v, self.angle)

    def _turn(self, axis, angle):
        length = self.magnitude
        self._set([a * length for a in turns.about(axis, angle)])

    def dot(self, other):
        return turns.dot(self._v, self._numbers(other))

    def cross(self, other):
        return made(Quaternion, turns.product(self._v, self._numbers(other)))

    def conjugated(self):
        w, x, y, z = self._v
        return made(Quaternion, [w, -x, -y, -z])

    def conjugate(self):
        self._set(self.conjugated()._v)

    def inverted(self):
        square = turns.dot(self._v, self._v) or 1.0
        return made(Quaternion, [a / square for a in self.conjugated()._v])

    def invert(self):
        self._set(self.inverted()._v)

    def normalized(self):
        return made(Quaternion, turns.unit_quaternion(self._v))

    def normalize(self):
        self._set(self.normalized()._v)

    def negate(self):
        self._set([-a for a in self._v])

    def identity(self):
        self._set([1.0, 0.0, 0.0, 0.0])

    def rotate(self, turn):
        length = self.magnitude
        own = turns.quaternion_rows(turns.unit_quaternion(self._v))
        q = turns.quaternion_of(matrices.rows_product(rotation_rows(turn), own))
        self._set([a * length for a in q])

    def rotation_difference(self, other):
        return made(Quaternion, turns.product(self.inverted()._v, self._numbers(other)))

    def make_compatible(self, other):
        """Choose between the two quaternions of one rotation the one nearer to another."""
        other = self._numbers(other)
        length = sqrt(turns.dot(other, other)) or 1.0
        sign = -length if turns.dot(self._v, other) < 0 else length
        self._set([a * sign for a in self._v])

    def slerp(self, other, factor):
        if not 0 <= number(factor, "a factor") <= 1:
            raise ValueError("the factor of slerp is from 0 to 1, got %g" % factor)
        a, b = self._v, self._numbers(other)
        cosine = turns.dot(a, b)
        if cosine < 0:
            a, cosine = [-v for v in a], -cosine
        first, second = turns.slerp_shares(cosine, factor)
        return made(Quaternion, [p * first + q * second for p, q in zip(a, b)])

    def to_axis_angle(self):
        return self.axis, self.angle

    def to_exponential_map(self):
        axis, angle = self.to_axis_angle()
        return axis * angle

    def to_matrix(self):
        return matrices.from_rows(turns.quaternion_rows(self._v))

    def to_euler(self, order="XYZ", like=None):
        rows = turns.quaternion_rows(turns.unit_quaternion(self._v))
        return euler(turns.euler_of(rows, order, like and like._v), order)


class Euler(Values):
    """Three angles in radians and the order in which the axes are turned about."""

    __slots__ = ("_order",)
    x, y, z = (component(i) for i in range(3))

    def __init__(self, values=(0.0, 0.0, 0.0), order="XYZ"):
        self._v = numbers(values, "an Euler")
        self._changed = None
        if len(self._v) != 3:
            raise ValueError("Euler angles are 3 numbers, got %d" % len(self._v))
        if order != "XYZ":
            turns.axes_of(order)
        self._order = order

    @property
    def order(self):
        return self._order

    @order.setter
    def order(self, value):
        turns.axes_of(value)
        if self._changed is not None:
            raise TypeError("the order of an object's rotation_euler stays XYZ; use a copy")
        self._order = value

    def __repr__(self):
        return "Euler((%s), %r)" % (", ".join(map(repr, self._v)), self._order)

    def __str__(self):
        return "<Euler (x=%.4f, y=%.4f, z=%.4f), order='%s'>" % (*self._v, self._order)

    def __eq__(self, other):
        return Values.__eq__(self, other) and self._order == other._order

    __hash__ = Values.__hash__

    def copy(self):
        return euler(self._v, self._order)

    def zero(self):
        self._set([0.0, 0.0, 0.0])

    def to_quaternion(self):
        return made(Quaternion, turns.euler_quaternion(self._v, self._order))

    def to_matrix(self):
        return matrices.from_rows(rotation_rows(self))

    def rotate(self, turn):
        rows = matrices.rows_product(rotation_rows(turn), rotation_rows(self))
        self._set(turns.euler_of(rows, self._order, self._v))

    def rotate_axis(self, axis, angle):
        """Turn about an axis of the turned body itself."""
        single = [cos(angle / 2), 0.0, 0.0, 0.0]
        single[turns.axis_index(axis) + 1] = sin(angle / 2)
        rows = matrices.rows_product(rotation_rows(self), turns.quaternion_rows(single))
        self._set(turns.euler_of(rows, self._order))

    def make_compatible(self, other):
        """Move angles by whole turns, so that they are near those of another."""
        self._set(turns.nearest_turns(self._v, Euler(other)._v))


def euler(values, order="XYZ", changed=None):
    """An Euler around a list of floats that needs no check."""
    value = made(Euler, values, changed)
    value._order = order
    return value
