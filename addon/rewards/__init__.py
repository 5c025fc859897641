"""The reward language over a trace's events and patterns: assertions and dense rewards."""

from .errors import DslError
from .evaluate import Verdict, explain, holds, judge
from .nodes import Node
from .parser import parse
from .vocabulary import Vocabulary, standard_vocabulary, validate

__all__ = [
    "DslError",
    "Node",
    "Verdict",
    "Vocabulary",
    "explain",
    "holds",
    "judge",
    "parse",
    "standard_vocabulary",
    "validate",
]
