"""What can be wrong with what a search is asked for."""

from __future__ import annotations


class SearchError(ValueError):
    """A search that makes no sense as it was asked for; the message says what is wrong and what to write."""
