"""mathutils in plain Python: Vector here, Quaternion and Euler in `rotations`, Matrix in `matrices`.

The four convert to each other. This module is imported first; the other two look it up when they are called.
"""

from itertools import product
from math import sqrt

from . import turns
from .matrices import Matrix
from .rotations import Euler, Quaternion, rotation_rows
from .values import Values, component, made, near, number, numbers

__all__ = ["Euler", "Matrix", "Quaternion", "Vector"]


class Vector(Values):
    """2 to 4 numbers."""

    __slots__ = ()
    x, y, z, w = (component(i) for i in range(4))

    def __init__(self, values=(0.0, 0.0, 0.0)):
        self._v = values = numbers(values, "a Vector")
        self._changed = None
        if len(values) < 2:
            raise ValueError("a Vector has 2 to 4 numbers, got %d" % len(values))

    @classmethod
    def Fill(cls, size, fill=0.0):
        return cls([fill] * min(size, 5))

    def __str__(self):
        return "<Vector (%s)>" % ", ".join(["%.4f" % v for v in self._v])

    def _same(self, other, what):
        """The numbers of a vector that must be as long as this one."""
        if type(other) is not Vector:
            raise TypeError(
                "a Vector can be %s a Vector only, got %s: use Vector((x, y, z))" % (what, type(other).__name__)
            )
        if len(other._v) != len(self._v):
            raise ValueError("Vectors of %d and %d numbers cannot be combined" % (len(self._v), len(other._v)))
        return other._v

    def _numbers(self, other):
        """The numbers of a vector or sequence that must be as long as this one."""
        values = numbers(other, "a Vector")
        if len(values) != len(self._v):
            raise ValueError("a Vector of %d numbers is needed, got %d" % (len(self._v), len(values)))
        return values

    def __add__(self, other):
        a = self._v
        if type(other) is Vector and len(a) == 3 == len(other._v):
            x, y, z = a
            u, v, w = other._v
            return made(Vector, [x + u, y + v, z + w])
        return made(Vector, [p + q for p, q in zip(a, self._same(other, "added to"))])

    def __radd__(self, other):
        if other == 0 and type(other) is int:
            raise TypeError("sum() of Vectors needs a Vector to begin with: sum(vectors, Vector((0, 0, 0)))")
        return NotImplemented

    def __sub__(self, other):
        a = self._v
        if type(other) is Vector and len(a) == 3 == len(other._v):
            x, y, z = a
            u, v, w = other._v
            return made(Vector, [x - u, y - v, z - w])
        return made(Vector, [p - q for p, q in zip(a, self._same(other, "subtracted from"))])

    def __mul__(self, other):
        if isinstance(other, (float, int)):
            return made(Vector, [a * other for a in self._v])
        if type(other) is Vector:
            return made(Vector, [p * q for p, q in zip(self._v, self._same(other, "multiplied by"))])
        return NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other):
        if isinstance(other, (float, int)):
            return made(Vector, [a / other for a in self._v])
        return NotImplemented

    def __iadd__(self, other):
        self._set((self + other)._v)
        return self

    def __isub__(self, other):
        self._set((self - other)._v)
        return self

    def __imul__(self, other):
        product = self.__mul__(other)
        if product is NotImplemented:
            return product
        self._set(product._v)
        return self

    def __itruediv__(self, other):
        quotient = self.__truediv__(other)
        if quotient is NotImplemented:
            return quotient
        self._set(quotient._v)
        return self

    def __neg__(self):
        return made(Vector, [-a for a in self._v])

    def __pos__(self):
        return made(Vector, self._v)

    def __matmul__(self, other):
        if type(other) is Vector:
            return turns.dot(self._v, self._same(other, "multiplied by"))
        if type(other) is Matrix:
            return other._times_row(self)
        return NotImplemented

    def __lt__(self, other):
        return NotImplemented if type(other) is not Vector else self._shorter(other)

    def __gt__(self, other):
        return NotImplemented if type(other) is not Vector else other._shorter(self)

    def __le__(self, other):
        return NotImplemented if type(other) is not Vector else self._shorter(other, or_equal=True)

    def __ge__(self, other):
        return NotImplemented if type(other) is not Vector else other._shorter(self, or_equal=True)

    def _shorter(self, other, or_equal=False):
        """Vectors are in the order of their lengths."""
        if len(self._v) != len(other._v):
            return False
        a, b = self.length_squared, other.length_squared
        return a < b or (or_equal and near(a, b))

    @property
    def length(self):
        return sqrt(self.length_squared)

    @length.setter
    def length(self, value):
        if number(value, "a length") < 0:
            raise ValueError("a Vector's length cannot be negative")
        self._set([a * value for a in turns.unit(self._v)])

    magnitude = length

    @property
    def length_squared(self):
        v = self._v
        if len(v) == 3:
            x, y, z = v
            return x * x + y * y + z * z
        return turns.dot(v, v)

    def dot(self, other):
        return turns.dot(self._v, self._numbers(other))

    def cross(self, other):
        if len(self._v) == 4:
            raise ValueError("the cross product is for Vectors of 2 or 3 numbers")
        other = self._numbers(other)
        if len(other) == 2:
            return self._v[0] * other[1] - self._v[1] * other[0]
        (a, b, c), (d, e, f) = self._v, other
        return made(Vector, [b * f - c * e, c * d - a * f, a * e - b * d])

    def normalized(self):
        """At length 1; zeros stay, and so does the fourth number."""
        v = self._v
        return made(Vector, turns.unit(v) if len(v) < 4 else turns.unit(v[:3]) + v[3:])

    def normalize(self):
        self._set(self.normalized()._v)

    def negate(self):
        self._set([-a for a in self._v])

    def zero(self):
        self._set([0.0] * len(self._v))

    def lerp(self, other, factor):
        return made(Vector, [a + (b - a) * factor for a, b in zip(self._v, self._numbers(other))])

    def slerp(self, other, factor, *fallback):
        a, b = turns.unit(self._v), turns.unit(self._numbers(other))
        if len(a) == 4:
            raise ValueError("slerp is for Vectors of 2 or 3 numbers")
        cosine = turns.dot(a, b)
        if not any(a) or not any(b) or cosine < -1 + 1e-6:
            if fallback:
                return fallback[0]
            raise ValueError("slerp has no way between a Vector and its opposite, or one of length zero")
        first, second = turns.slerp_shares(cosine, factor)
        return made(Vector, [p * first + q * second for p, q in zip(a, b)])

    def angle(self, other, *fallback):
        a, b = turns.unit(self._v[:3]), turns.unit(self._numbers(other)[:3])
        if any(a) and any(b):
            return turns.angle_between(a, b)
        if fallback:
            return fallback[0]
        raise ValueError("a Vector of length zero has no angle; give angle() a second argument for that case")

    def project(self, other):
        other = self._numbers(other)
        square = turns.dot(other, other)
        if not square:
            raise ValueError("there is no projection on a Vector of length zero")
        share = turns.dot(self._v, other) / square
        return made(Vector, [a * share for a in other])

    def reflect(self, normal):
        normal = turns.unit(self._numbers(normal))
        twice = 2.0 * turns.dot(self._v, normal)
        return made(Vector, [a - twice * b for a, b in zip(self._v, normal)])

    def orthogonal(self):
        if len(self._v) == 2:
            return made(Vector, [-self._v[1], self._v[0]])
        return made(Vector, turns.any_orthogonal(self._v[:3]))

    def rotate(self, turn):
        """Turn by an Euler, a Quaternion or the rotation part of a Matrix; a Vector of 2 by a Matrix of 2 rows."""
        if len(self._v) == 2:
            if type(turn) is not Matrix or len(turn) != 2:
                raise TypeError("a Vector of 2 numbers is turned by a Matrix of 2 rows")
            self._set((turn @ self)._v)
        else:
            rows = rotation_rows(turn)
            self._set([turns.dot(row, self._v) for row in rows] + self._v[3:])

    def rotation_difference(self, other):
        other = numbers(other, "a Vector")
        if len(self._v) < 3 or len(other) < 3:
            raise ValueError("rotation_difference is for Vectors of 3 numbers")
        return made(Quaternion, turns.between(self._v[:3], other[:3]))

    def to_track_quat(self, track="Z", up="Y"):
        if len(self._v) != 3:
            raise TypeError("to_track_quat is for Vectors of 3 numbers")
        return made(Quaternion, turns.tracking(self._v, track, up))

    def resized(self, size):
        if size not in (2, 3, 4):
            raise ValueError("a Vector has 2 to 4 numbers, got %r" % (size,))
        return made(Vector, [*self._v, 0.0, 0.0][:size])

    def to_2d(self):
        return self.resized(2)

    def to_3d(self):
        return self.resized(3)

    def to_4d(self):
        return made(Vector, self._v if len(self._v) == 4 else [*self.to_3d()._v, 1.0])

    def _resize(self, values):
        if self._changed is not None:
            raise TypeError("a field of an object, or a frozen Vector, keeps its size; use resized()")
        self._v = values

    def resize(self, size):
        self._resize(self.resized(size)._v)

    def resize_2d(self):
        self._resize(self.to_2d()._v)

    def resize_3d(self):
        self._resize(self.to_3d()._v)

    def resize_4d(self):
        self._resize(self.to_4d()._v)

    def to_tuple(self, precision=-1):
        return tuple(self._v if precision == -1 else [round(v, precision) for v in self._v])


def _swizzle(letters):
    """The property of several axes in an order, such as ``.xy``; it can be written if no axis stands twice."""
    axes = ["xyz".index(letter) for letter in letters]

    def absent(self):
        return AttributeError("a Vector of %d numbers has no %s" % (len(self._v), "".join(letters)))

    def read(self):
        v = self._v
        try:
            return made(Vector, [v[i] for i in axes])
        except IndexError:
            raise absent(self) from None

    def write(self, value):
        values = self._v.copy()
        if max(axes) >= len(values):
            raise absent(self)
        parts = [float(value)] * len(axes) if isinstance(value, (int, float)) else numbers(value, "a Vector")
        if len(parts) != len(axes):
            raise ValueError("%s needs %d numbers, got %d" % ("".join(letters), len(axes), len(parts)))
        for i, part in zip(axes, parts):
            values[i] = part
        self._set(values)

    return property(read, write if len(set(axes)) == len(axes) else None)


for _size in (2, 3):
    for _letters in product("xyz", repeat=_size):
        type.__setattr__(Vector, "".join(_letters), _swizzle(_letters))
