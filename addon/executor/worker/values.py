"""What vectors, quaternions and Euler angles have in common: a list of floats that may be bound or frozen.

A bound value belongs to a field of an object: ``changed`` is called before every change, which is how
``ball.location.z += 1`` becomes a write. A frozen value is one whose every change is refused. The list in ``_v``
is never changed in place, only replaced, so it may be shared.
"""

from itertools import islice

NEAR = 1.2e-7
"""mathutils holds single precision and calls numbers equal that differ in its last digit."""


def number(value, kind):
    if isinstance(value, (int, float)):
        return float(value)
    raise TypeError("%s needs numbers, got %s" % (kind, type(value).__name__))


def numbers(values, kind, most=4):
    """The values of a sequence as a list of floats; no more than ``most`` are taken from it."""
    if type(values) is not tuple and type(values) is not list:
        if isinstance(values, Values):
            return values._v
        try:
            values = list(islice(values, most + 1))
        except TypeError:
            raise TypeError("%s needs a sequence of numbers, got %s" % (kind, type(values).__name__)) from None
    if len(values) > most:
        raise ValueError("%s has at most %d numbers" % (kind, most))
    return [v if type(v) is float else number(v, kind) for v in values]


def near(a, b):
    return a == b or abs(a - b) <= NEAR * abs(a)


def refuse_change(values):
    raise TypeError("the value is frozen; change a copy: value.copy()")


class Fixed(type):
    """Classes that scripts can name and must not change."""

    def __setattr__(cls, name, value):
        raise TypeError("%s itself cannot be changed" % cls.__name__)

    def __delattr__(cls, name):
        raise TypeError("%s itself cannot be changed" % cls.__name__)


class Values(metaclass=Fixed):
    __slots__ = ("_changed", "_v")

    def _set(self, values):
        if self._changed is not None:
            self._changed(values)
        self._v = values

    def _assign(self, values):
        """Replace all numbers by others of the same count."""
        values = numbers(values, type(self).__name__)
        if len(values) != len(self._v):
            raise ValueError("%s has %d numbers, got %d" % (type(self).__name__, len(self._v), len(values)))
        self._set(values)

    def __len__(self):
        return len(self._v)

    def __iter__(self):
        return iter(self._v)

    def __getitem__(self, index):
        found = self._v[index]
        return found if type(found) is float else tuple(found)

    def __setitem__(self, index, value):
        values = self._v.copy()
        if isinstance(index, slice):
            values[index] = numbers(value, type(self).__name__)
            self._assign(values)
        else:
            values[index] = value if type(value) is float else number(value, type(self).__name__)
            self._set(values)

    def __eq__(self, other):
        if type(self) is not type(other) or len(self._v) != len(other._v):
            return False
        return all(map(near, self._v, other._v))

    def __hash__(self):
        if self._changed is not refuse_change:
            raise TypeError("a %s can be a key when it is frozen: value.copy().freeze()" % type(self).__name__)
        return hash(tuple(self._v))

    def __repr__(self):
        return "%s((%s))" % (type(self).__name__, ", ".join(map(repr, self._v)))

    @property
    def is_frozen(self):
        return self._changed is refuse_change

    def freeze(self):
        if self._changed is not None and self._changed is not refuse_change:
            raise TypeError("a field of an object cannot be frozen; freeze a copy: value.copy().freeze()")
        self._changed = refuse_change
        return self

    def copy(self):
        return made(type(self), self._v)

    def _bound(self, changed):
        self._changed = changed
        return self


_new = object.__new__


def made(kind, values, changed=None):
    """A value of a kind around a list of floats that needs no check."""
    value = _new(kind)
    value._v = values
    value._changed = changed
    return value


def component(index, names="xyzw"):
    def read(self):
        try:
            return self._v[index]
        except IndexError:
            words = "a %s of %d numbers has no %s"
            raise AttributeError(words % (type(self).__name__, len(self._v), names[index])) from None

    def write(self, value):
        values = self._v.copy()
        if index >= len(values):
            raise AttributeError("a %s of %d numbers has no %s" % (type(self).__name__, len(values), names[index]))
        values[index] = value if type(value) is float else number(value, type(self).__name__)
        if self._changed is not None:
            self._changed(values)
        self._v = values

    return property(read, write)
