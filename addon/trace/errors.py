"""Errors of traces."""


class TraceError(ValueError):
    """A trace that cannot be used; the message says what was wrong and where."""
