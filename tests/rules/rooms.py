"""The scene that examples and tests of rules speak of."""

from addon.rules.room import room

__all__ = ["room"]
