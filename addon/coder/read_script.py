"""A script that was written before, with the readings of rules that it is the code of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..models import OnText
from ..rules import Refusal, Vocabulary, python, read
from ..scene_graph import SceneGraph
from .link import compose
from .repair import same_script
from .request import CodingRequest, CodingResult, Understood
from .script_file import ScriptFile


class ReadScript(ScriptFile):
    """A `ScriptFile` that tells how its rules were understood.

    ``told`` is what was said of the rules when the script was written; it is taken for what can be checked only.
    """

    def __init__(self, path: Path, told: Sequence[Understood] = ()) -> None:
        super().__init__(path)
        self._told = told

    def write(self, request: CodingRequest, on_text: OnText | None = None) -> CodingResult:
        """See `ScriptFile.write`."""
        result = super().write(request, on_text)
        rules = request.rules + ((request.goal,) if request.goal else ())
        return replace(result, understood=understood_of(result.script, rules, request.graph, self._told))


def understood_of(
    script: str, rules: Sequence[str], graph: SceneGraph, told: Sequence[Understood] = ()
) -> tuple[Understood, ...]:
    """The rules' readings if their code is the script; what was ``told`` of rules that are free code; else nothing.

    A reading that a model chose among several is the one that its sentence says.
    """
    chosen = {one.number: one for one in told if one.way == "model"}
    found = _readings(rules, graph, chosen)
    if found and len(found) == len(rules) and same_script(script, _script_of(rules, found)):
        return tuple(found)
    return tuple(
        one for one in told if one.way == "free code" and list(rules[one.number - 1 : one.number]) == [one.text]
    )


def _script_of(rules: Sequence[str], found: Sequence[Understood]) -> str:
    return compose(rules, ["".join(map(python, one.rules)) for one in found])


def _readings(rules: Sequence[str], graph: SceneGraph, chosen: dict[int, Understood]) -> list[Understood]:
    """The readings up to the first rule that has none."""
    vocabulary = Vocabulary(graph)
    found: list[Understood] = []
    for number, text in enumerate(rules, 1):
        choice = chosen.get(number)
        reading = read(choice.sentence if choice is not None and choice.text == text else text, vocabulary)
        if isinstance(reading, Refusal):
            break
        found.append(Understood(number, text, reading.sentence, choice.way if choice else "words", reading.rules))
    return found
