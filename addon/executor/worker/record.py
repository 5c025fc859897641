"""Inputs of a function whose fields are read as attributes."""

import json

MARK = "__record__"


class Record:
    """Named values that cannot be set anew."""

    def __init__(self, kind, fields):
        self.__dict__.update(fields)
        self.__dict__[MARK] = kind

    def __getattr__(self, key):
        names = self.__dict__
        known = ", ".join(name for name in names if name != MARK)
        raise AttributeError("a %s has no %r; it has: %s" % (names[MARK], key, known))

    def __setattr__(self, key, value):
        raise AttributeError("a %s cannot be changed" % self.__dict__[MARK])

    def __delattr__(self, key):
        raise AttributeError("a %s cannot be changed" % self.__dict__[MARK])

    def __repr__(self):
        return "<%s>" % self.__dict__[MARK]


def _record(values):
    kind = values.pop(MARK, None)
    return values if kind is None else Record(kind, values)


def read_records(body):
    """The JSON of a message; what is marked as a record becomes one."""
    return json.loads(body, object_hook=_record)
