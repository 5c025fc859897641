"""What a script waits for that has nothing to do until then.

A step that reads nothing of the scene but what touches, how numbers compare with limits and fields of objects, writes
nothing, and remembers nothing new gives the same again as long as all of these are the same, and but for the time. So a
script that says `idle` has to tell with `wake_at` at which times, and so frames, it would do something else; if it
looks at the number of the frame and tells none, each of its steps matters.
"""

import ast
from math import floor, hypot, inf, isfinite

from ..language import COMPARED, MOST_WATCHED, PARTS
from .nodes import walk
from .remembered import UnsureError, memory, remembered
from .values import made
from .vectors import Quaternion, Vector

UNSURE = ("events", "random")
"""Names by which a step depends on the one before it, or changes the next one, besides ``state``."""

_NAMED = {ast.Name: "id", ast.Attribute: "attr", ast.ImportFrom: "module"}

TURN = "rotation_quaternion"
MOST_LIMIT = 1e100
"""A limit that is larger is none that a number is compared with."""

SURE, ROUNDED = 0.99, 1e-6
"""What of its distance from a limit a script's function keeps for certain: this share, less what rounding may take."""


class Waiting:
    """Follows one script in its ``world``."""

    def __init__(self, world):
        self.world = world
        self.is_idle, self.memory = False, None
        self.is_timed, self.has_told_times = False, False
        self.before, self.wake, self.limits = None, None, {}

    def functions(self):
        """What scripts may call, by its names."""

        def idle():
            self.idle()

        def wake_at(*seconds):
            self.wake_at(*seconds)

        def compared(limit, name, field, part, other=None):
            return self.compared(limit, name, field, part, other)

        found = {function.__name__: function for function in (idle, wake_at, compared)}
        for name, function in found.items():
            function.__qualname__ = name  # What CPython calls it where arguments are missing.
        return found

    def look_at(self, tree):
        """Whether a script may be idle at all."""
        nodes = walk(tree)
        names = {getattr(node, _NAMED[type(node)]) for node in nodes if type(node) in _NAMED}
        names.update(alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names)
        self.is_timed = _looks_at_the_frame(nodes)
        self.memory = memory(tree) if "idle" in names and not names.intersection(UNSURE) else None

    def start_step(self, names):
        """Begin a step of a script with these global names."""
        self.is_idle, self.has_told_times, self.wake = False, False, None
        self.limits.clear()
        self.before = self._remembered(names)

    def _remembered(self, names):
        """What the script remembers, None if that cannot be told."""
        if self.memory is None:
            return None
        try:
            return remembered(names, self.memory)
        except UnsureError:
            return None

    def idle(self):
        """Say that nothing else matters."""
        self.is_idle = True

    def wake_at(self, *times):
        """Say that the steps about some times matter, and but for those that have been said no others."""
        if not self.world.dt:
            raise TypeError("wake_at has a meaning only in a script that is run step by step")
        for seconds in times:
            self._wake_about(seconds)
        self.has_told_times = True

    def _wake_about(self, seconds):
        """Times are sums with rounding errors."""
        if type(seconds) not in (int, float):
            raise TypeError("wake_at needs times in seconds, got %.60r" % (seconds,))
        steps = seconds / self.world.dt
        if not self.world.frame - 2 < steps < 1e9:  # Over since a step, or never.
            return
        frame = max(self.world.frame + 1, floor(steps))
        self.wake = frame if self.wake is None else min(self.wake, frame)

    def compared(self, limit, name, field, part, other=None):
        """-1, 0 or 1: whether a part of an object's field, less that of another one, is below a limit, at it or above;
        0 also for a limit that is no number to compare with. In place of a part a function tells a number, which is to
        change by no more than what it is given."""
        if type(limit) not in (int, float):
            raise TypeError("compared needs a number to compare with, got %.60r" % (limit,))
        if field not in COMPARED:
            raise TypeError("compared knows no field %.60r; it knows %s" % (field, ", ".join(COMPARED)))
        if not callable(part) and (field == TURN or part not in PARTS):
            words = "compared needs a part of %s: one of %s (of vectors) or a function, got %.60r"
            raise TypeError(words % (field, ", ".join(PARTS), part))
        if not isinstance(name, str) or not isinstance(other, str | None):
            raise TypeError("compared needs the names of objects, got %.60r and %.60r" % (name, other))
        objects = [self.world.objects[n] for n in (name, other) if n is not None]
        values = objects[0]._value(field)
        if other is not None:
            values = [a - b for a, b in zip(values, objects[1]._value(field))]
        gap = _part(part, field, values) - (limit if -MOST_LIMIT < limit < MOST_LIMIT else inf)
        if not isfinite(gap):
            self.world.is_watching = True
            return 0
        key = (field, objects[0]._index, objects[-1]._index if other is not None else None)
        free = max(SURE * abs(gap) - ROUNDED, 0.0) if callable(part) else abs(gap)
        self.limits[key] = min(free, self.limits.get(key, free))
        return (gap > 0) - (gap < 0)

    def until(self, names):
        """What the next step that matters waits for, None if the next one does matter.

        ``frame``: its number at the latest, None for none; ``pairs`` of objects about to touch or to part; ``limits``:
        fields, of an object or of the difference between two, with how far each can change meanwhile (in its own unit,
        0 for not at all).
        """
        limits = {**self.limits, **{(field, index, None): 0.0 for field, index in self.world.seen}}
        if not self.is_idle or self.world.is_watching or max(len(self.world.asked), len(limits)) > MOST_WATCHED:
            return None
        if self.is_timed and not self.has_told_times:
            return None
        if self.before is None or self._remembered(names) != self.before:
            return None
        pairs = sorted({(min(pair), max(pair)) for pair in self.world.asked})
        return {"frame": self.wake, "pairs": pairs, "limits": [[*key, gap] for key, gap in limits.items()]}


def _looks_at_the_frame(nodes):
    """Whether a script may know the number of the frame: by its name, or by what its ``step`` is given."""
    clocks = {"frame"}
    for node in nodes:
        if isinstance(node, ast.FunctionDef) and node.name == "step":
            given = [*node.args.posonlyargs, *node.args.args]
            clocks.update(one.arg for one in (*given[1:2], node.args.vararg) if one is not None)
        elif isinstance(node, ast.Name) and node.id == "step" and not isinstance(node.ctx, ast.Load):
            return True  # A function under another name.
    return any(isinstance(node, ast.Name) and node.id in clocks for node in nodes)


def _part(part, field, values):
    """The number that is compared."""
    if not callable(part):
        return hypot(*values) if part == "length" else values["xyz".index(part)]
    number = part(made(Quaternion if field == TURN else Vector, values))
    if type(number) not in (int, float):
        raise TypeError("the function of compared has to give a number, got %.60r" % (number,))
    return number
