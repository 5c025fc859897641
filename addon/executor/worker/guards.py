"""What a rewritten script calls for its loops and operators: counting, and limits on what one operation makes."""

from _string import formatter_parser
from collections import deque
from collections.abc import Sequence
from itertools import compress, repeat
from itertools import count as counting
from operator import length_hint

from .formats import MOST, percent_sizes, spec_sizes

_CONVERSIONS = {-1: lambda value: value, 97: ascii, 114: repr, 115: str}


class ScriptLimit(BaseException):
    """A budget was exceeded. Not an Exception, so that a script cannot catch it."""


class Kind(type):
    """A built-in class as scripts name it: a call is guarded, and `isinstance` asks the class itself."""

    def __call__(cls, *args, **named):
        return cls.make(*args, **named)

    def __instancecheck__(cls, value):
        return isinstance(value, cls.real)

    def __setattr__(cls, name, value):
        raise TypeError("%s itself cannot be changed" % cls.__name__)

    def __repr__(cls):
        return "<class %r>" % cls.__name__


class Guards:
    """Counts a script's work. A limit that was met stays met until the next step, whatever the script does."""

    def __init__(self, budgets):
        self.budgets = budgets
        self.ticks = repeat(True, 0)
        self.reason = ""

    def functions(self):
        """The built-in functions and classes that count what they go through, by the names that a script calls."""
        kinds = {
            "int": ((int,), self.int),
            "range": ((range, LongRange), self.range),
            "enumerate": ((), self.enumerate),
            "filter": ((), self.filter),
            "map": ((), self.map),
            "zip": ((), self.zip),
        }
        made = {name: type.__call__(Kind, name, (), {"real": r, "make": m}) for name, (r, m) in kinds.items()}
        return {**made, "iter": self.iter, "round": self.round, "pow": self.power}

    def start_step(self):
        self.ticks = repeat(True, self.budgets["ticks_step"])
        self.reason = ""

    def end_step(self):
        """Raise again what the script kept from getting through, by a ``return`` in ``finally`` for example."""
        if self.reason:
            raise ScriptLimit(self.reason)
        self.spent()

    def stop(self, reason):
        deque(self.ticks, maxlen=0)
        self.reason = self.reason or reason
        raise ScriptLimit(self.reason)

    def tick(self):
        if next(self.ticks, None) is None:
            self._stop_counting()
        return True

    def each(self, items):
        """The items, a tick each: they end early when the ticks do, which `spent` or `whole` tells afterwards."""
        return compress(items, self.ticks)

    def spent(self):
        """Meet the limit if the ticks are used up."""
        if not length_hint(self.ticks):
            self._stop_counting()

    def whole(self, made):
        """What a comprehension made or a search found, unless the ticks ended before it did."""
        if not length_hint(self.ticks):
            self._stop_counting()
        return made

    def _stop_counting(self):
        limit = self.budgets["ticks_step"]
        self.stop("the script did more than %d loop rounds and calls in one step (ticks_step)" % limit)

    def _check_items(self, count):
        limit = self.budgets["collection_items"]
        if count > limit:
            self.stop("a list, text or collection would have more than %d items (collection_items)" % limit)

    def _check_bits(self, bits):
        limit = self.budgets["number_bits"]
        if bits > limit:
            self.stop("a whole number would have more than %d bits (number_bits)" % limit)

    def multiply(self, a, b):
        kind = type(a)
        if kind is float:
            return a * b
        if kind is int and type(b) is int:
            self._check_bits(a.bit_length() + b.bit_length() - 1)
            return a * b
        for items, count in ((a, b), (b, a)):
            if type(items) in (str, list, tuple) and isinstance(count, int):
                self._check_items(len(items) * max(count, 0))
        return a * b

    def power(self, a, b, mod=None):
        if mod is not None:
            for number in (a, b, mod):
                self._check_bits(number.bit_length() if isinstance(number, int) else 0)
            return pow(a, b, mod)
        if type(a) is int and type(b) is int and b > 0 and abs(a) > 1:
            self._check_bits((a.bit_length() - 1) * b)
        return a**b

    def shift(self, a, b):
        if isinstance(a, int) and isinstance(b, int) and a:
            self._check_bits(a.bit_length() + b)
        return a << b

    def add(self, a, b):
        kind = type(a)
        if kind is float:
            return a + b
        if kind in (str, list, tuple) and kind is type(b):
            self._check_items(len(a) + len(b))
            return a + b
        made = a + b
        if type(made) is int:
            self._check_bits(made.bit_length())
        return made

    def modulo(self, a, b):
        if not isinstance(a, str):
            return a % b
        self._check_width(percent_sizes(a, b))
        made = a % b
        self._check_items(len(made))
        return made

    def add_to(self, a, b):
        """``a += b``: lists, sets and vectors change in place, as in Python."""
        if type(a) in (float, int, str, tuple):
            return self.add(a, b)
        if isinstance(a, list):
            self._check_items(len(a) + length_hint(b))
        a += b
        return a

    def multiply_by(self, a, b):
        """``a *= b``: lists and vectors change in place, as in Python."""
        if type(a) in (float, int, str, tuple):
            return self.multiply(a, b)
        if isinstance(a, list) and isinstance(b, int):
            self._check_items(len(a) * max(b, 0))
        a *= b
        return a

    def text(self, value, spec, conversion):
        """The text of one field of an f-string."""
        if not spec and conversion == -1:
            made = format(value)
        else:
            self._check_width(spec_sizes(spec))
            made = format(_CONVERSIONS[conversion](value), spec)
        self._check_items(len(made))
        return made

    def format(self, text, /, *values, **named):
        """``text.format(…)``, whose fields name values and look into none of them."""
        if type(text) is not str:
            raise TypeError("only a text has .format, got %s" % type(text).__name__)
        numbered, made = counting(), []
        for literal, name, spec, conversion in formatter_parser(text):
            self.tick()
            made.append(literal)
            if name is not None:
                value = self._field(name, numbered, values, named)
                spec = self._spec(spec, numbered, values, named)
                made.append(self.text(value, spec, ord(conversion) if conversion else -1))
            self._check_items(sum(map(len, made)))
        return "".join(made)

    def _spec(self, spec, numbered, values, named):
        """The specification of a field, with the fields that stand in it."""
        parts = []
        for literal, name, inner, conversion in formatter_parser(spec):
            parts.append(literal)
            if name is not None:
                value = self._field(name, numbered, values, named)
                parts.append(self.text(value, inner, ord(conversion) if conversion else -1))
        return "".join(parts)

    def _field(self, name, numbered, values, named):
        if name and not name.isidentifier() and not name.isdecimal():
            raise ValueError("a field of .format is a name or a number, got %r; put the value itself in" % name)
        if name and not name.isdecimal():
            return named[name]
        place = int(name) if name else next(numbered)
        if place >= len(values):
            raise IndexError("the text has a field for value %d, and %d are given" % (place + 1, len(values)))
        return values[place]

    def _check_width(self, sizes):
        if sizes and max(sizes) > MOST:
            self.stop("a format asks for more than %d characters" % MOST)

    def int(self, *value, **base):
        """Of a text no longer than the whole number may be."""
        if value and isinstance(value[0], str):
            radix = value[1] if len(value) > 1 else base.get("base", 10)
            if isinstance(radix, int) and 0 <= radix <= 36:
                self._check_bits(len(value[0].strip()) * ((radix or 16) - 1).bit_length() * 5 // 6)
        made = int(*value, **base)
        self._check_bits(made.bit_length())
        return made

    def prod(self, iterable, *, start=1):
        """As ``math.prod``."""
        made = start
        for value in iterable:
            self.tick()
            made = self.multiply(made, value)
        return made

    def too_large(self):
        """Meet the limit of whole numbers."""
        self._check_bits(self.budgets["number_bits"] + 1)

    def round(self, number, ndigits=None):
        if isinstance(ndigits, int):
            self._check_bits(-ndigits)
        return round(number, ndigits)

    def range(self, *ends):
        """Python's own range, or where that is long, one that counts its rounds in whatever goes through it."""
        made = range(*ends)
        return LongRange(self, made) if made[self.budgets["collection_items"] :] else made

    # Python's own map, filter, zip and enumerate are lazy: nested often enough, they overflow the interpreter's stack.

    def map(self, function, *iterables):
        return iter([function(*values) for values in zip(*iterables) if self.tick()])

    def filter(self, function, iterable):
        keep = function or bool
        return iter([value for value in iterable if self.tick() and keep(value)])

    def zip(self, *iterables, strict=False):
        return iter([values for values in zip(*iterables, strict=strict) if self.tick()])

    def enumerate(self, iterable, start=0):
        return iter([pair for pair in enumerate(iterable, start) if self.tick()])

    def iter(self, source, *sentinel):
        if not sentinel:
            return iter(source)
        made = []
        for value in iter(source, *sentinel):
            self.tick()
            made.append(value)
        return iter(made)


class LongRange(Sequence):
    """A range of more than ``collection_items`` numbers; ``sum(range(10**12))`` meets the limit of a step."""

    __slots__ = ("_guards", "_numbers")

    def __init__(self, guards, numbers):
        self._guards, self._numbers = guards, numbers

    def __len__(self):
        return len(self._numbers)

    def __getitem__(self, index):
        found = self._numbers[index]
        return LongRange(self._guards, found) if isinstance(found, range) else found

    def __contains__(self, value):
        return value in self._numbers

    def __eq__(self, other):
        return self._numbers == (other._numbers if isinstance(other, LongRange) else other)

    def __hash__(self):
        return hash(self._numbers)

    def index(self, value):
        return self._numbers.index(value)

    def count(self, value):
        return self._numbers.count(value)

    def __iter__(self):
        return self._counted(self._numbers)

    def __reversed__(self):
        return self._counted(reversed(self._numbers))

    def _counted(self, numbers):
        for number in numbers:
            self._guards.tick()
            yield number

    def __repr__(self):
        return repr(self._numbers)
