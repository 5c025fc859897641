"""Traces of other simulators: import and export."""

from .check import parse_foreign
from .model import ForeignTrace
from .phyre import read_rollouts
from .read import read_foreign, to_trace
from .write import foreign_json, from_trace

__all__ = ["ForeignTrace", "foreign_json", "from_trace", "parse_foreign", "read_foreign", "read_rollouts", "to_trace"]
