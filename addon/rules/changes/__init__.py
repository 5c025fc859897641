"""Changing rules in words: what is wished as other rules, each proved by reading it, or why nothing is changed."""

from ...history import History
from .change import Change, Edited, Unchanged, change

__all__ = ["Change", "Edited", "History", "Unchanged", "change"]
