"""One function of generated code, run in the script worker: a source and named inputs in, a value out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from .budgets import Budgets
from .errors import ScriptError
from .job import EMPTY_SCENE, call_message, start_message
from .process import WorkerProcess


def run_function(
    source: str,
    name: str,
    inputs: Mapping[str, Any],
    *,
    attributes: Collection[str] = (),
    budgets: Budgets | None = None,
    seed: int = 0,
) -> Any:
    """Run a source, call its function ``name`` with ``inputs`` as keyword arguments, and give back what it returns.

    The source is written in the language of transition scripts, with an empty scene. Inputs and the value are plain
    data: None, True, False, numbers, texts, lists and dicts with texts as keys; tuples, sets and vectors become lists.
    Inputs may hold a `Record`, whose fields the function reads as attributes and cannot change; ``attributes`` names
    those that the source may read. The budgets of a step hold for the call.

    Raises ScriptError, and TypeError or ValueError for inputs that are not plain.
    """
    budgets = budgets or Budgets()
    message = call_message(name, inputs)
    worker = WorkerProcess(budgets)
    try:
        worker.start(start_message(EMPTY_SCENE, dt=0.0, seed=seed, budgets=budgets))
        worker.load(source, attributes)
        answer = worker.ask(message)
    finally:
        worker.close()
    if "value" not in answer:
        raise ScriptError("worker", "the script worker sent an answer of an unknown form")
    return answer["value"]
