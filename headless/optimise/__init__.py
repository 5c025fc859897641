"""Searches in several processes, and by methods that the extension does not have."""

from .methods import METHODS, make_method
from .processes import in_processes, on_cluster

__all__ = ["METHODS", "in_processes", "make_method", "on_cluster"]
