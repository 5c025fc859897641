"""Running generated code: static gate, budgets, script worker and commit validator."""

from typing import TYPE_CHECKING, Any

from .budgets import Budgets
from .errors import ScriptError, lines_of, visible
from .function import FunctionWorker, run_function
from .gate import Facts, check, parse
from .job import Record, call_message, input_json
from .plain import ObjectsError, PlainRun, run_plain
from .reference import language_reference

if TYPE_CHECKING:
    from .session import ScriptSession, StepResult
    from .validator import Waits

__all__ = [
    "Budgets",
    "Facts",
    "FunctionWorker",
    "ObjectsError",
    "PlainRun",
    "Record",
    "ScriptError",
    "ScriptSession",
    "StepResult",
    "Waits",
    "call_message",
    "check",
    "input_json",
    "language_reference",
    "lines_of",
    "parse",
    "run_function",
    "run_plain",
    "visible",
]


def __getattr__(name: str) -> Any:
    """Load the session when it is asked for: its packages take three times as long to import as a plain run."""
    if name in ("ScriptSession", "StepResult", "Waits"):
        from . import session

        return getattr(session, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
