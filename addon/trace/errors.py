"""Errors of traces."""


class TraceError(ValueError):
    """A trace that cannot be used; the message says what was wrong and where."""


class DiskFullError(RuntimeError):
    """No room for a trace; the message says where, and how to make some."""
