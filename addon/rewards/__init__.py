"""The assertion language over a trace's events."""

from .evaluate import Verdict, explain, holds, judge
from .language import BUILT_IN_UIDS, DslError, Node, parse, validate

__all__ = ["BUILT_IN_UIDS", "DslError", "Node", "Verdict", "explain", "holds", "judge", "parse", "validate"]
