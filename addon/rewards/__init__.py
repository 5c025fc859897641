"""The reward language over a trace's events and patterns: assertions and dense rewards."""

from .bind import read, validate
from .english import read_back, remarks
from .errors import DslError
from .evaluate import Verdict, explain, holds, judge, judge_all
from .gbnf import gbnf
from .guide import guide
from .nodes import Node
from .parser import parse
from .vocabulary import Vocabulary, standard_vocabulary

__all__ = [
    "DslError",
    "Node",
    "Verdict",
    "Vocabulary",
    "explain",
    "gbnf",
    "guide",
    "holds",
    "judge",
    "judge_all",
    "parse",
    "read",
    "read_back",
    "remarks",
    "standard_vocabulary",
    "validate",
]
