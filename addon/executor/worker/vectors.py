"""Vector, Quaternion, Euler and Matrix with mathutils' semantics, in plain Python.

A value may be bound to a field of an object: ``changed`` is then called after every change, which is how
``ball.location.z += 1`` becomes a write.
"""

import math


def _numbers(values, what):
    try:
        numbers = [float(v) for v in values]
    except (TypeError, ValueError):
        raise TypeError(what + " needs a sequence of numbers") from None
    return numbers


class _Sequence:
    """What vectors, quaternions and Euler angles have in common."""

    __slots__ = ("_changed", "_v")

    def __len__(self):
        return len(self._v)

    def __iter__(self):
        return iter(list(self._v))

    def __getitem__(self, index):
        return self._v[index]

    def __setitem__(self, index, value):
        values = list(self._v)
        values[index] = value
        self._assign(values)

    def __eq__(self, other):
        return type(self) is type(other) and self._v == other._v

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def __repr__(self):
        return "<%s (%s)>" % (type(self).__name__, ", ".join("%.4f" % v for v in self._v))

    def _assign(self, values):
        numbers = _numbers(values, type(self).__name__)
        if len(numbers) != len(self._v):
            raise ValueError("%s has %d components, got %d" % (type(self).__name__, len(self._v), len(numbers)))
        self._v = numbers
        if self._changed is not None:
            self._changed(numbers)

    def _bound(self, changed):
        self._changed = changed
        return self

    def copy(self):
        return type(self)(self._v)

    def to_tuple(self, precision=None):
        return tuple(self._v if precision is None else [round(v, precision) for v in self._v])


def _component(index):
    def read(self):
        if index >= len(self._v):
            raise AttributeError("a vector of %d components has no such axis" % len(self._v))
        return self._v[index]

    def write(self, value):
        self[index] = value

    return property(read, write)


class Vector(_Sequence):
    __slots__ = ()
    x, y, z, w = (_component(i) for i in range(4))

    def __init__(self, values=(0.0, 0.0, 0.0)):
        self._v = _numbers(values, "Vector")
        self._changed = None
        if not 2 <= len(self._v) <= 4:
            raise ValueError("a Vector has 2 to 4 components, got %d" % len(self._v))

    def _other(self, other):
        if not isinstance(other, Vector):
            raise TypeError("a Vector can be combined with a Vector only, got %s" % type(other).__name__)
        if len(other) != len(self):
            raise ValueError("Vectors of %d and %d components cannot be combined" % (len(self), len(other)))
        return other._v

    def __add__(self, other):
        return Vector([a + b for a, b in zip(self._v, self._other(other))])

    def __sub__(self, other):
        return Vector([a - b for a, b in zip(self._v, self._other(other))])

    def __mul__(self, other):
        if isinstance(other, Vector):
            return Vector([a * b for a, b in zip(self._v, self._other(other))])
        if isinstance(other, (int, float)):
            return Vector([a * other for a in self._v])
        return NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other):
        if isinstance(other, (int, float)):
            return Vector([a / other for a in self._v])
        return NotImplemented

    def __iadd__(self, other):
        self._assign([a + b for a, b in zip(self._v, self._other(other))])
        return self

    def __isub__(self, other):
        self._assign([a - b for a, b in zip(self._v, self._other(other))])
        return self

    def __imul__(self, other):
        self._assign((self * other)._v)
        return self

    def __itruediv__(self, other):
        self._assign((self / other)._v)
        return self

    def __neg__(self):
        return Vector([-a for a in self._v])

    def __matmul__(self, other):
        if isinstance(other, Vector):
            return self.dot(other)
        return NotImplemented

    def __lt__(self, other):
        return self.length < other.length

    def __gt__(self, other):
        return self.length > other.length

    @property
    def length(self):
        return math.sqrt(self.length_squared)

    @length.setter
    def length(self, value):
        now = self.length
        if now:
            self._assign([a * value / now for a in self._v])

    magnitude = length

    @property
    def length_squared(self):
        return sum(a * a for a in self._v)

    @property
    def xy(self):
        return Vector(self._v[:2])

    @property
    def xyz(self):
        return Vector(self._v[:3])

    def dot(self, other):
        return sum(a * b for a, b in zip(self._v, self._other(other)))

    def cross(self, other):
        (a, b, c), (d, e, f) = self._v, self._other(other)
        return Vector((b * f - c * e, c * d - a * f, a * e - b * d))

    def normalized(self):
        length = self.length
        return Vector([a / length for a in self._v]) if length else Vector(self._v)

    def normalize(self):
        self._assign(self.normalized()._v)

    def negate(self):
        self._assign([-a for a in self._v])

    def zero(self):
        self._assign([0.0] * len(self._v))

    def lerp(self, other, factor):
        return Vector([a + (b - a) * factor for a, b in zip(self._v, self._other(other))])

    def angle(self, other, fallback=None):
        lengths = self.length * Vector(other).length
        if not lengths:
            if fallback is None:
                raise ValueError("a zero-length vector has no angle")
            return fallback
        return math.acos(max(-1.0, min(1.0, self.dot(Vector(other)) / lengths)))

    def project(self, other):
        return other * (self.dot(other) / other.length_squared) if other.length_squared else Vector([0.0] * len(self))

    def reflect(self, normal):
        unit = Vector(normal).normalized()
        return self - unit * (2.0 * self.dot(unit))

    def rotate(self, turn):
        self._assign((_quaternion_of(turn) @ self)._v)

    def rotation_difference(self, other):
        a, b = self.normalized(), other.normalized()
        axis = a.cross(b)
        if axis.length < 1e-9:
            if a.dot(b) > 0:
                return Quaternion()
            axis = a.cross(Vector((1, 0, 0)) if abs(a.x) < 0.9 else Vector((0, 1, 0)))
        return Quaternion(axis, a.angle(b))

    def to_3d(self):
        return Vector(([*self._v, 0.0])[:3])


class Quaternion(_Sequence):
    __slots__ = ()
    w, x, y, z = (_component(i) for i in range(4))

    def __init__(self, values=(1.0, 0.0, 0.0, 0.0), angle=None):
        numbers = _numbers(values, "Quaternion")
        self._changed = None
        if angle is not None:
            axis = Vector(numbers).normalized()
            numbers = [math.cos(angle / 2)] + [math.sin(angle / 2) * a for a in axis]
        elif len(numbers) == 3:
            angle = math.sqrt(sum(a * a for a in numbers))
            share = math.sin(angle / 2) / angle if angle else 0.0
            numbers = [math.cos(angle / 2)] + [a * share for a in numbers]
        if len(numbers) != 4:
            raise ValueError("a Quaternion has 4 components (w, x, y, z), got %d" % len(numbers))
        self._v = numbers

    def __matmul__(self, other):
        if isinstance(other, Quaternion):
            a, b, c, d = self._v
            e, f, g, h = other._v
            return Quaternion(
                (
                    a * e - b * f - c * g - d * h,
                    a * f + b * e + c * h - d * g,
                    a * g - b * h + c * e + d * f,
                    a * h + b * g - c * f + d * e,
                )
            )
        if isinstance(other, Vector):
            return self.to_matrix() @ other
        return NotImplemented

    def __mul__(self, other):
        if isinstance(other, (int, float)):
            return Quaternion([a * other for a in self._v])
        return NotImplemented

    __rmul__ = __mul__

    def __add__(self, other):
        return Quaternion([a + b for a, b in zip(self._v, other._v)])

    def __sub__(self, other):
        return Quaternion([a - b for a, b in zip(self._v, other._v)])

    def __neg__(self):
        return Quaternion([-a for a in self._v])

    @property
    def magnitude(self):
        return math.sqrt(sum(a * a for a in self._v))

    @property
    def angle(self):
        return 2.0 * math.acos(max(-1.0, min(1.0, self.normalized().w)))

    @property
    def axis(self):
        axis = Vector(self._v[1:])
        return axis.normalized() if axis.length else Vector((1.0, 0.0, 0.0))

    def dot(self, other):
        return sum(a * b for a, b in zip(self._v, other._v))

    def conjugated(self):
        return Quaternion([self._v[0]] + [-a for a in self._v[1:]])

    def inverted(self):
        square = sum(a * a for a in self._v)
        return Quaternion([a / square for a in self.conjugated()._v]) if square else Quaternion(self._v)

    def normalized(self):
        size = self.magnitude
        return Quaternion([a / size for a in self._v]) if size else Quaternion()

    def normalize(self):
        self._assign(self.normalized()._v)

    def rotate(self, turn):
        self._assign((_quaternion_of(turn) @ self)._v)

    def rotation_difference(self, other):
        return self.inverted() @ other

    def slerp(self, other, factor):
        a, b = self.normalized(), other.normalized()
        cosine = a.dot(b)
        if cosine < 0:
            b, cosine = -b, -cosine
        if cosine > 0.9999:
            return (a + (b - a) * factor).normalized()
        angle = math.acos(cosine)
        return (a * math.sin((1 - factor) * angle) + b * math.sin(factor * angle)) * (1 / math.sin(angle))

    def to_axis_angle(self):
        return self.axis, self.angle

    def to_matrix(self):
        w, x, y, z = self.normalized()._v
        return Matrix(
            (
                (1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)),
                (2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)),
                (2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)),
            )
        )

    def to_euler(self, order="XYZ"):
        return self.to_matrix().to_euler(order)


class Euler(_Sequence):
    __slots__ = ("order",)
    x, y, z = (_component(i) for i in range(3))

    def __init__(self, values=(0.0, 0.0, 0.0), order="XYZ"):
        self._v = _numbers(values, "Euler")
        self._changed = None
        if len(self._v) != 3:
            raise ValueError("Euler angles are 3 numbers, got %d" % len(self._v))
        if order != "XYZ":
            raise ValueError("only the order XYZ is known in scripts")
        self.order = order

    def to_quaternion(self):
        turn = Quaternion()
        for axis, angle in zip(((1, 0, 0), (0, 1, 0), (0, 0, 1)), self._v):
            turn = Quaternion(axis, angle) @ turn
        return turn

    def to_matrix(self):
        return self.to_quaternion().to_matrix()

    def zero(self):
        self._assign((0.0, 0.0, 0.0))

    def rotate(self, turn):
        self._assign((_quaternion_of(turn) @ self.to_quaternion()).to_euler()._v)


class Matrix:
    __slots__ = ("_rows",)

    def __init__(self, rows=((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))):
        self._rows = [_numbers(row, "Matrix") for row in rows]
        size = len(self._rows)
        if size not in (2, 3, 4) or any(len(row) != size for row in self._rows):
            raise ValueError("a Matrix has 2, 3 or 4 rows of as many numbers")

    def __len__(self):
        return len(self._rows)

    def __iter__(self):
        return iter([Vector(row) for row in self._rows])

    def __getitem__(self, index):
        return Vector(self._rows[index])

    def __eq__(self, other):
        return isinstance(other, Matrix) and self._rows == other._rows

    __hash__ = None

    def __repr__(self):
        return "<Matrix %dx%d %s>" % (len(self), len(self), self._rows)

    def __matmul__(self, other):
        if isinstance(other, Matrix) and len(other) == len(self):
            columns = list(zip(*other._rows))
            return Matrix([[sum(a * b for a, b in zip(row, column)) for column in columns] for row in self._rows])
        if isinstance(other, Vector):
            values = list(other)
            if len(values) == 3 and len(self) == 4:
                return Vector([sum(a * b for a, b in zip(row, [*values, 1.0])) for row in self._rows[:3]])
            if len(values) == len(self):
                return Vector([sum(a * b for a, b in zip(row, values)) for row in self._rows])
        return NotImplemented

    def copy(self):
        return Matrix(self._rows)

    def transposed(self):
        return Matrix(list(zip(*self._rows)))

    @property
    def translation(self):
        return Vector([row[3] for row in self._rows[:3]])

    def to_translation(self):
        return self.translation

    def to_3x3(self):
        return Matrix([row[:3] for row in self._rows[:3]])

    def to_4x4(self):
        if len(self) == 4:
            return self.copy()
        return Matrix([[*row, 0.0] for row in self._rows] + [[0.0, 0.0, 0.0, 1.0]])

    def to_scale(self):
        return Vector([math.sqrt(sum(row[i] ** 2 for row in self._rows[:3])) for i in range(3)])

    def to_quaternion(self):
        scale = self.to_scale()
        m = [[self._rows[i][j] / (scale[j] or 1.0) for j in range(3)] for i in range(3)]
        squares = (
            1 + m[0][0] + m[1][1] + m[2][2],
            1 + m[0][0] - m[1][1] - m[2][2],
            1 - m[0][0] + m[1][1] - m[2][2],
            1 - m[0][0] - m[1][1] + m[2][2],
        )
        a, b, c = m[2][1] - m[1][2], m[0][2] - m[2][0], m[1][0] - m[0][1]
        d, e, f = m[0][1] + m[1][0], m[0][2] + m[2][0], m[1][2] + m[2][1]
        rows = ((squares[0], a, b, c), (a, squares[1], d, e), (b, d, squares[2], f), (c, e, f, squares[3]))
        return Quaternion(rows[squares.index(max(squares))]).normalized()

    def to_euler(self, order="XYZ"):
        scale = self.to_scale()
        m = [[self._rows[i][j] / (scale[j] or 1.0) for j in range(3)] for i in range(3)]
        flat = math.hypot(m[0][0], m[1][0])
        if flat > 1e-6:
            return Euler(
                (math.atan2(m[2][1], m[2][2]), math.atan2(-m[2][0], flat), math.atan2(m[1][0], m[0][0])), order
            )
        return Euler((math.atan2(-m[1][2], m[1][1]), math.atan2(-m[2][0], flat), 0.0), order)

    @classmethod
    def Identity(cls, size):
        return cls([[float(i == j) for j in range(size)] for i in range(size)])

    @classmethod
    def Rotation(cls, angle, size, axis):
        if isinstance(axis, str):
            axis = {"X": (1, 0, 0), "Y": (0, 1, 0), "Z": (0, 0, 1)}[axis]
        turned = Quaternion(axis, angle).to_matrix()
        return turned.to_4x4() if size == 4 else turned

    @classmethod
    def Translation(cls, vector):
        made = cls()
        for row, value in zip(made._rows, vector):
            row[3] = float(value)
        return made


def _quaternion_of(turn):
    if isinstance(turn, Quaternion):
        return turn
    return turn.to_quaternion()
