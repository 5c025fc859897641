"""A script that was written before, with the readings of rules that it is the code of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..models import OnText
from ..rules import Reading, Refusal, Vocabulary, python, read, released
from ..scene_graph import SceneGraph
from .link import compose_read
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
    chosen = {(one.number, one.text): one.sentence for one in told if one.way == "model"}
    said = [chosen.get(rule, rule[1]) for rule in enumerate(rules, 1)]
    found = [one for one in _readings(said, Vocabulary(graph)) if isinstance(one, Reading)]
    code = [python(*one.rules) for one in found]
    sentences = [one.sentence for one in found]
    if found and len(found) == len(rules) and same_script(script, compose_read(rules, code, sentences)):
        return tuple(
            Understood(number, text, one.sentence, "model" if (number, text) in chosen else "words", one.rules)
            for (number, text), one in zip(enumerate(rules, 1), found, strict=True)
        )
    return tuple(
        one for one in told if one.way == "free code" and list(rules[one.number - 1 : one.number]) == [one.text]
    )


def _readings(texts: Sequence[str], vocabulary: Vocabulary) -> list[Reading | Refusal]:
    """The readings of rules of one scene; what one lets go or holds, others can count on."""
    found = [read(text, vocabulary) for text in texts]
    changed = released(found, vocabulary)
    if changed is vocabulary:
        return found
    return [read(one.text, changed) if isinstance(one, Refusal) else one for one in found]
