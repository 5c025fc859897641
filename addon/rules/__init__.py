"""The language of rules: what is waited for and what is done, read from English, or refused with the words that stand alone."""

from .model import Rule
from .python import python
from .read import Reading, Refusal, meaning, read, released
from .sentence import sentence
from .sentences import split_rules
from .vocabulary import Vocabulary

__all__ = [
    "Reading",
    "Refusal",
    "Rule",
    "Vocabulary",
    "meaning",
    "python",
    "read",
    "released",
    "sentence",
    "split_rules",
]
