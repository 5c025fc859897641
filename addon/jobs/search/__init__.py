"""Search from a reward to the numbers of a scene and of its script that earn it."""

from .annealing import Annealing
from .best import keep_best
from .candidates import Candidates
from .errors import SearchError
from .method import Method
from .open_numbers import OpenNumber, Space, applied, open_space
from .search import Search, one_by_one
from .spec import Candidate, Outcome, SearchResult, SearchSpec
from .trial import Trial, read_rewards

__all__ = [
    "Annealing",
    "Candidate",
    "Candidates",
    "Method",
    "OpenNumber",
    "Outcome",
    "Search",
    "SearchError",
    "SearchResult",
    "SearchSpec",
    "Space",
    "Trial",
    "applied",
    "keep_best",
    "one_by_one",
    "open_space",
    "read_rewards",
]
