"""Changing rules in words: what is wished as other rules, each proved by reading it, or why nothing is changed."""

from .change import Change, Edited, Unchanged, change
from .history import History

__all__ = ["Change", "Edited", "History", "Unchanged", "change"]
