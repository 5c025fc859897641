"""Running generated code: static gate, budgets, script worker and commit validator."""

from .budgets import Budgets
from .errors import ScriptError
from .policy import check
from .reference import language_reference
from .session import ScriptSession, StepResult

__all__ = ["Budgets", "ScriptError", "ScriptSession", "StepResult", "check", "language_reference"]
