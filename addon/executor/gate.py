"""What a script's text says, found out in a confined process: this one neither parses nor compiles what a model wrote.

One process answers all questions of its host; it is started at the first and anew when a text has ended it.
"""

from __future__ import annotations

import ast
import atexit
import contextlib
import os
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from inspect import cleandoc
from typing import Any

from .budgets import Budgets
from .errors import ScriptError
from .hints import TOO_MUCH
from .job import EMPTY_SCENE, check_message, start_message, tree_message
from .process import WorkerProcess, warning_texts
from .syntax import rebuild

QUESTION_SECONDS = 5.0
"""For one text; a script of the longest length takes a tenth of it."""

KEPT_CHARS = 2_000
"""Trees of texts no longer than this are kept: the code of a rule is looked at several times."""


@dataclass(frozen=True)
class Facts:
    """What is known of a script that may run: warnings, texts, and docstrings, its own ("") and those of functions."""

    warnings: tuple[str, ...] = ()
    texts: frozenset[str] = frozenset()
    docstrings: Mapping[str, str] = field(default_factory=dict)


def check(source: str, budgets: Budgets | None = None, attributes: Collection[str] = ()) -> Facts:
    """Check a script against the allow-lists; ``attributes`` are those that it may read beyond them.

    Raises ScriptError (syntax, refused or limit) with all that is wrong.
    """
    answer = _ask(source, check_message(source, attributes, budgets or Budgets()))
    try:
        texts = frozenset(str(text) for text in answer["texts"])
        docstrings = {str(name): cleandoc(str(text)) for name, text in answer["docstrings"].items()}
        return Facts(warning_texts(answer), texts, docstrings)
    except (KeyError, TypeError, AttributeError):
        raise ScriptError("worker", "the script worker sent an answer of an unknown form") from None


def parse(source: str) -> ast.Module:
    """The syntax tree of any Python source, nested no deeper than a script may be. Raises ScriptError."""
    try:
        return rebuild(_kept_tree(source) if len(source) <= KEPT_CHARS else _tree(source))
    except ValueError:
        raise ScriptError("worker", "the script worker sent an answer of an unknown form") from None


def _tree(source: str) -> Any:
    return _ask(source, tree_message(source)).get("tree")


@lru_cache(maxsize=64)
def _kept_tree(source: str) -> Any:
    return _tree(source)


def check_objects(count: int, budgets: Budgets) -> None:
    """Raise ScriptError (limit) if a scene has more objects than a script may see."""
    if count > budgets.objects:
        raise ScriptError("limit", f"the scene has {count} objects, more than {budgets.objects} (objects)")


class _Gate:
    """The process that is asked."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        limits = Budgets(seconds_step=QUESTION_SECONDS, seconds_run=1e8, answer_bytes=64 << 20)
        self.worker = WorkerProcess(limits)
        self.worker.start(start_message(EMPTY_SCENE, dt=0.0, seed=0, budgets=limits))

    def can_be_asked(self) -> bool:
        """Whether it is this process' own and alive."""
        return self.owner == os.getpid() and self.worker.is_alive()


_LOCK = threading.Lock()
_gate: _Gate | None = None


def _ask(source: str, message: bytes) -> dict[str, Any]:
    global _gate
    with _LOCK:
        if _gate is None or not _gate.can_be_asked():
            _close()
            _gate = _Gate()
        try:
            return _gate.worker.read_script(source, message)
        except ScriptError as error:
            # CPython does not always come back whole from a text that is too deep for it.
            if error.reason == TOO_MUCH or error.kind in ("failed", "worker"):
                _close()
            raise
        except BaseException:
            _close()
            raise


def _close() -> None:
    """End the process, if it is this one's."""
    global _gate
    gate, _gate = _gate, None
    if gate is not None and gate.owner == os.getpid():
        gate.worker.close()


def _forget_lock() -> None:
    """A fork may happen while another thread holds the lock."""
    global _LOCK
    _LOCK = threading.Lock()


atexit.register(_close)
with contextlib.suppress(AttributeError):
    os.register_at_fork(after_in_child=_forget_lock)
