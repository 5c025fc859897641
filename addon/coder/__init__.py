"""From a scene graph, rules and a goal to a transition script."""

from .fenced import extract_code
from .read_script import ReadScript
from .repair import Repaired, code_until_runs
from .request import Attempt, Coder, CoderError, CodingRequest, CodingResult, Understood
from .rule_coder import RuleCoder
from .script_file import ScriptFile
from .whole_coder import PasteCoder, WholeCoder

__all__ = [
    "Attempt",
    "Coder",
    "CoderError",
    "CodingRequest",
    "CodingResult",
    "PasteCoder",
    "ReadScript",
    "Repaired",
    "RuleCoder",
    "ScriptFile",
    "Understood",
    "WholeCoder",
    "code_until_runs",
    "extract_code",
]
