"""The writes of one step: the last value of each field, in order of first writing, and where it was written."""

import sys

from ...fields import problem_of


class WriteError(Exception):
    """A write that cannot be applied; ``line`` is the script's."""

    def __init__(self, words, line):
        super().__init__(words)
        self.line = line


class Writes:
    """Values by target (object, constraint, scene), name and field."""

    def __init__(self):
        self.values = {}
        self._places = {}

    def clear(self):
        """Forget those of the step before."""
        self.values, self._places = {}, {}

    def put(self, target, name, field, value):
        """Set a field, as the line of the script that runs now says."""
        key = (target, name, field)
        self.values[key] = value
        frame = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename != "<script>":
            frame = frame.f_back
        if frame is not None:
            self._places[key] = (frame.f_code, frame.f_lasti)

    def drop(self, target, name, field):
        """Take a write back; None if there is none."""
        self.values.pop((target, name, field), None)

    def line(self, target, name, field):
        """The line that wrote a field last, or None."""
        code, at = self._places.get((target, name, field), (None, 0))
        lines = code.co_lines() if code is not None else ()
        return next((line for start, end, line in lines if start <= at < end), None)

    def check(self, world, longest_text):
        """Raise WriteError for the first write that cannot be applied to the objects of a world."""
        for (target, name, field), value in self.values.items():
            body, looks = (world.has_body(name), world.looks(name)) if target == "object" else (False, ())
            problem = problem_of(target, field, value, has_body=body, longest_text=longest_text, looks=looks)
            if problem:
                place = "%s: %s" % (name, field) if name else field
                raise WriteError("%s: %s" % (place, problem), self.line(target, name, field))
