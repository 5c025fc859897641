"""Functions of generated code, run in the script worker: a source and named inputs in, a value out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Self

from .budgets import Budgets
from .errors import ScriptError
from .job import EMPTY_SCENE, call_message, start_message
from .process import WorkerProcess


class FunctionWorker:
    """A source in a script worker of its own, to be called any number of times, each time as if it were the first.

    The source is written in the language of transition scripts, with an empty scene; ``attributes`` names the fields
    of records that it may read. The budgets of a step hold for each call. Raises ScriptError.
    """

    def __init__(
        self, source: str, *, attributes: Collection[str] = (), budgets: Budgets | None = None, seed: int = 0
    ) -> None:
        budgets = budgets or Budgets()
        self._worker = WorkerProcess(budgets)
        try:
            self._worker.start(start_message(EMPTY_SCENE, dt=0.0, seed=seed, budgets=budgets))
            self._worker.load(source, attributes)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the worker."""
        self._worker.close()

    def send(self, message: bytes) -> Any:
        """What a function returns that `call_message` asks for. Raises ScriptError."""
        answer = self._worker.ask(message)
        if "value" not in answer:
            raise ScriptError("worker", "the script worker sent an answer of an unknown form")
        return answer["value"]


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
    message = call_message(name, inputs)
    with FunctionWorker(source, attributes=attributes, budgets=budgets, seed=seed) as worker:
        return worker.send(message)
