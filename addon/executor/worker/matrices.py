"""Matrix with mathutils' semantics."""

from itertools import islice
from math import cos, sin, sqrt

from . import rotations, turns, vectors
from .values import NEAR, Fixed, made, near, number, numbers, refuse_change


def rows_product(a, b):
    columns = list(zip(*b))
    return [[turns.dot(row, column) for column in columns] for row in a]


def from_rows(rows):
    """A Matrix around rows of floats that need no check."""
    matrix = object.__new__(Matrix)
    matrix._rows = rows
    matrix._frozen = False
    return matrix


def _unit_rows(size):
    return [[1.0 if i == j else 0.0 for j in range(size)] for i in range(size)]


def _square(size, kind):
    if size not in (2, 3, 4):
        raise ValueError("%s: the size is 2, 3 or 4, got %r" % (kind, size))
    return _unit_rows(size)


def _without(rows, i, j):
    return [row[:j] + row[j + 1 :] for n, row in enumerate(rows) if n != i]


def _determinant(rows):
    if len(rows) == 1:
        return rows[0][0]
    return sum([(-1) ** j * rows[0][j] * _determinant(_without(rows, 0, j)) for j in range(len(rows)) if rows[0][j]])


def _inverse(rows):
    """Gauss and Jordan's elimination with the largest pivots; None if there is no inverse."""
    size = len(rows)
    rows = [row + unit for row, unit in zip(rows, _unit_rows(size))]
    for i in range(size):
        best = max(range(i, size), key=lambda n: abs(rows[n][i]))
        pivot = rows[best][i]
        if not pivot:
            return None
        rows[best], rows[i] = rows[i], [a / pivot for a in rows[best]]
        for n in range(size):
            share = rows[n][i]
            if n != i and share:
                rows[n] = [a - share * b for a, b in zip(rows[n], rows[i])]
    return [row[size:] for row in rows]


class Matrix(metaclass=Fixed):
    """2 to 4 rows of 2 to 4 numbers; rows, columns and the translation write through."""

    __slots__ = ("_frozen", "_rows")

    def __init__(self, rows=((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))):
        if isinstance(rows, Matrix):
            rows = rows._rows
        self._frozen = False
        try:
            self._rows = [list(numbers(row, "a Matrix")) for row in islice(rows, 5)]
        except TypeError:
            raise TypeError("a Matrix is made of 2 to 4 rows of numbers") from None
        if not 2 <= len(self._rows) <= 4 or {len(row) for row in self._rows} not in ({2}, {3}, {4}):
            raise ValueError("a Matrix has 2 to 4 rows of as many numbers each, 2 to 4")

    @classmethod
    def Identity(cls, size):
        return from_rows(_square(size, "Matrix.Identity"))

    @classmethod
    def Rotation(cls, angle, size, axis=None):
        _square(size, "Matrix.Rotation")
        angle = number(angle, "an angle")
        if size == 2:
            return from_rows([[cos(angle), -sin(angle)], [sin(angle), cos(angle)]])
        if axis is None:
            raise ValueError("Matrix.Rotation needs an axis: 'X', 'Y', 'Z' or a Vector")
        if isinstance(axis, str):
            axis = _unit_rows(3)[turns.axis_index(axis)]
        rows = turns.quaternion_rows(turns.about(vectors.Vector(axis)._v[:3], angle))
        return from_rows(rows).to_4x4() if size == 4 else from_rows(rows)

    @classmethod
    def Translation(cls, vector):
        rows = _unit_rows(4)
        values = vectors.Vector(vector)._v
        if len(values) < 3:
            raise ValueError("Matrix.Translation needs 3 numbers, got %d" % len(values))
        for row, value in zip(rows, values):
            row[3] = value
        return from_rows(rows)

    @classmethod
    def Scale(cls, factor, size, axis=None):
        rows = _square(size, "Matrix.Scale")
        factor = number(factor, "a factor")
        if axis is None:
            for i in range(min(size, 3)):
                rows[i][i] = factor
            return from_rows(rows)
        unit = turns.unit(vectors.Vector(axis)._v)
        for i, a in enumerate(unit):
            for j, b in enumerate(unit):
                rows[i][j] += (factor - 1.0) * a * b
        return from_rows(rows)

    @classmethod
    def Diagonal(cls, vector):
        values = vectors.Vector(vector)._v
        return from_rows([[v if i == j else 0.0 for j in range(len(values))] for i, v in enumerate(values)])

    @classmethod
    def LocRotScale(cls, location, rotation, scale):
        rows = _unit_rows(3)
        if type(rotation) is rotations.Quaternion:
            rows = turns.quaternion_rows(rotation._v)
        elif type(rotation) is Matrix:
            if rotation._size() != (3, 3):
                raise ValueError("Matrix.LocRotScale needs a rotation Matrix of 3 rows: use to_3x3()")
            rows = rotation._rows
        elif rotation is not None:
            rows = rotations.rotation_rows(rotation)
        scale = vectors.Vector((1.0, 1.0, 1.0) if scale is None else scale)._v
        location = vectors.Vector((0.0, 0.0, 0.0) if location is None else location)._v
        if len(scale) != 3 or len(location) != 3:
            raise ValueError("Matrix.LocRotScale needs a location and a scale of 3 numbers")
        made_rows = [[a * s for a, s in zip(row, scale)] + [place] for row, place in zip(rows, location)]
        return from_rows([*made_rows, [0.0, 0.0, 0.0, 1.0]])

    def _size(self):
        return len(self._rows), len(self._rows[0])

    def _need(self, least, what, square=True):
        rows, columns = self._size()
        if min(rows, columns) < least or (square and rows != columns):
            raise ValueError("%s is not for a Matrix of %d rows and %d columns" % (what, rows, columns))

    def _set(self, rows):
        if self._frozen:
            refuse_change(rows)
        self._rows = rows

    def __len__(self):
        return len(self._rows)

    def __iter__(self):
        return iter([self._row(i) for i in range(len(self._rows))])

    def _row(self, i):
        return made(vectors.Vector, self._rows[i], lambda values: self._put_row(i, values))

    def _put_row(self, i, values):
        self._set([values if n == i else row for n, row in enumerate(self._rows)])

    def _column(self, j):
        return made(vectors.Vector, [row[j] for row in self._rows], lambda values: self._put_column(j, values))

    def _put_column(self, j, values):
        self._set([[*row[:j], v, *row[j + 1 :]] for row, v in zip(self._rows, values)] + self._rows[len(values) :])

    @property
    def row(self):
        return _Lines(self._row, len(self._rows))

    @property
    def col(self):
        return _Lines(self._column, len(self._rows[0]))

    def __getitem__(self, index):
        return self.row[index]

    def __setitem__(self, index, value):
        self.row[index] = value

    def __eq__(self, other):
        if type(other) is not Matrix or self._size() != other._size():
            return False
        return all(near(a, b) for p, q in zip(self._rows, other._rows) for a, b in zip(p, q))

    def __hash__(self):
        if not self._frozen:
            raise TypeError("a Matrix can be a key when it is frozen: matrix.copy().freeze()")
        return hash(tuple(map(tuple, self._rows)))

    def freeze(self):
        self._frozen = True
        return self

    @property
    def is_frozen(self):
        return self._frozen

    def __repr__(self):
        return "Matrix((%s))" % ", ".join("(%s)" % ", ".join(map(repr, row)) for row in self._rows)

    def __str__(self):
        cells = [["%.4f" % v for v in row] for row in self._rows]
        widths = [max(map(len, column)) for column in zip(*cells)]
        lines = [", ".join(cell.rjust(width) for cell, width in zip(row, widths)) for row in cells]
        rows = "\n            ".join("(%s)" % line for line in lines)
        return "<Matrix %dx%d %s>" % (*self._size(), rows)

    def _with(self, other, operation):
        if self._size() != other._size():
            raise ValueError("Matrices of %dx%d and %dx%d do not fit" % (*self._size(), *other._size()))
        return from_rows([[operation(a, b) for a, b in zip(p, q)] for p, q in zip(self._rows, other._rows)])

    def __add__(self, other):
        return self._with(other, lambda a, b: a + b) if type(other) is Matrix else NotImplemented

    def __sub__(self, other):
        return self._with(other, lambda a, b: a - b) if type(other) is Matrix else NotImplemented

    def __mul__(self, other):
        if isinstance(other, (float, int)):
            return from_rows([[a * other for a in row] for row in self._rows])
        return self._with(other, lambda a, b: a * b) if type(other) is Matrix else NotImplemented

    __rmul__ = __mul__

    def __matmul__(self, other):
        columns = len(self._rows[0])
        if type(other) is Matrix:
            if columns != len(other._rows):
                raise ValueError("Matrices of %dx%d and %dx%d cannot be multiplied" % (*self._size(), *other._size()))
            return from_rows(rows_product(self._rows, other._rows))
        if type(other) is not vectors.Vector:
            return NotImplemented
        values = other._v
        if len(values) == columns:
            return made(vectors.Vector, [turns.dot(row, values) for row in self._rows])
        if len(values) == 3 and self._size() == (4, 4):
            return made(vectors.Vector, [turns.dot(row, values) + row[3] for row in self._rows[:3]])
        raise ValueError("a Matrix of %d columns cannot turn a Vector of %d numbers" % (columns, len(values)))

    def _times_row(self, vector):
        values = vector._v
        rows = self._rows[:3] if len(values) == 3 and self._size() == (4, 4) else self._rows
        if len(values) != len(rows):
            raise ValueError("a Vector of %d numbers does not fit a Matrix of %d rows" % (len(values), len(rows)))
        columns = list(zip(*rows))[: 3 if len(values) == 3 and len(rows[0]) == 4 else None]
        return made(vectors.Vector, [turns.dot(values, column) for column in columns])

    def copy(self):
        return from_rows([row[:] for row in self._rows])

    def transposed(self):
        self._need(2, "transposed")
        return from_rows([list(column) for column in zip(*self._rows)])

    def transpose(self):
        self._set(self.transposed()._rows)

    def determinant(self):
        self._need(2, "determinant")
        return _determinant(self._rows)

    def inverted(self, *fallback):
        self._need(2, "inverted")
        rows = _inverse(self._rows)
        if rows is not None:
            return from_rows(rows)
        if fallback:
            return fallback[0]
        raise ValueError("the Matrix has no inverse; give inverted() an argument for that case")

    def invert(self, *fallback):
        self._set(self.inverted(*fallback)._rows)

    def identity(self):
        self._need(2, "identity")
        self._set(_unit_rows(len(self._rows)))

    def zero(self):
        self._set([[0.0] * len(row) for row in self._rows])

    @property
    def is_identity(self):
        return all(abs(a - b) <= NEAR for p, q in zip(self._rows, _unit_rows(4)) for a, b in zip(p, q))

    @property
    def translation(self):
        if self._size() != (4, 4):
            raise AttributeError("translation is for a Matrix of 4 rows and columns")
        return made(vectors.Vector, [row[3] for row in self._rows[:3]], lambda values: self._put_column(3, values))

    @translation.setter
    def translation(self, value):
        self.translation._assign(value)

    def to_translation(self):
        self._need(3, "to_translation", square=False)
        if len(self._rows[0]) != 4:
            raise ValueError("to_translation is for a Matrix of 4 columns")
        return made(vectors.Vector, [row[3] for row in self._rows[:3]])

    def _part(self, size):
        return [row[:size] for row in self._rows[:size]]

    def to_2x2(self):
        return from_rows(self._part(2))

    def to_3x3(self):
        return self._grown(3)

    def to_4x4(self):
        return self._grown(4)

    def resize_4x4(self):
        self._set(self.to_4x4()._rows)

    def _grown(self, size):
        rows = _unit_rows(size)
        for row, own in zip(rows, self._rows):
            row[: min(len(own), size)] = own[:size]
        return from_rows(rows)

    def _columns(self, what):
        """The first three columns at length 1, and their lengths."""
        self._need(3, what, square=False)
        columns = [[row[j] for row in self._rows[:3]] for j in range(3)]
        return [turns.unit(c) for c in columns], [sqrt(turns.dot(c, c)) for c in columns]

    def _rotation(self):
        columns, _ = self._columns("a rotation")
        return [list(row) for row in zip(*columns)]

    def to_scale(self):
        columns, lengths = self._columns("to_scale")
        return made(vectors.Vector, [-a for a in lengths] if _determinant(columns) < 0 else lengths)

    def to_quaternion(self):
        return made(rotations.Quaternion, turns.quaternion_of(self._rotation()))

    def to_euler(self, order="XYZ", like=None):
        return rotations.euler(turns.euler_of(self._rotation(), order, like and like._v), order)

    def decompose(self):
        if self._size() != (4, 4):
            raise ValueError("decompose is for a Matrix of 4 rows and columns")
        return self.to_translation(), self.to_quaternion(), self.to_scale()

    def normalized(self):
        """With the first three columns (both, of two) at length 1."""
        self._need(2, "normalized")
        size = min(len(self._rows), 3)
        columns = [turns.unit([row[j] for row in self._rows[:size]]) for j in range(size)]
        matrix = self.copy()
        for row, values in zip(matrix._rows, zip(*columns)):
            row[:size] = values
        return matrix

    def normalize(self):
        self._set(self.normalized()._rows)

    def rotate(self, turn):
        if self._size() != (3, 3):
            raise ValueError("rotate is for a Matrix of 3 rows and columns: use to_3x3()")
        self._set(rows_product(rotations.rotation_rows(turn), self._rows))


class _Lines:
    """The rows or columns of a Matrix by index."""

    __slots__ = ("_count", "_line")

    def __init__(self, line, count):
        self._line, self._count = line, count

    def __len__(self):
        return self._count

    def __iter__(self):
        return iter([self._line(i) for i in range(self._count)])

    def __getitem__(self, index):
        if isinstance(index, slice):
            return tuple(self)[index]
        return self._line(range(self._count)[index])

    def __setitem__(self, index, value):
        if isinstance(index, slice):
            for line, values in zip(self[index], value, strict=True):
                line._assign(values)
        else:
            self[index]._assign(value)
