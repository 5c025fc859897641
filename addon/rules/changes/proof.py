"""A changed rule as a text, which has to be read back as just that rule."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Rule
from ..read import Reading, Refusal, meaning, read, released
from ..sentence import sentence
from ..vocabulary import Vocabulary

_LEADS = (("once ", "When "), ("from the start", "At the start"))


class Reader:
    """Reads rules in a scene, each text once."""

    def __init__(self, scene: Vocabulary) -> None:
        self._scene = scene
        self._found: dict[str, Reading | Refusal] = {}

    def read(self, texts: Sequence[str]) -> tuple[list[Reading | Refusal], Vocabulary]:
        """What texts say together, and the scene as they are read in it: what one lets go, others can count on."""
        found = [self._one(text) for text in texts]
        changed = released(found, self._scene)
        if changed is not self._scene:
            found = [read(one.text, changed) if isinstance(one, Refusal) else one for one in found]
        return found, changed

    def _one(self, text: str) -> Reading | Refusal:
        if text not in self._found:
            self._found[text] = read(text, self._scene)
        return self._found[text]

    def text_of(self, rules: Sequence[Rule], scene: Vocabulary) -> str | None:
        """A text that says these rules and nothing else, in this scene or in ``scene``; None if none is read so."""
        for texts in ([spoken(rule) for rule in rules], [sentence(rule) for rule in rules]):
            text = ". ".join(texts)
            found = self._one(text)
            if isinstance(found, Refusal) and scene is not self._scene:
                found = read(text, scene)
            if same(found, rules):
                return text
        return None


def same(found: Reading | Refusal, rules: Sequence[Rule]) -> bool:
    """Whether a text is read as these rules."""
    return isinstance(found, Reading) and list(map(meaning, found.rules)) == list(map(meaning, rules))


def spoken(rule: Rule) -> str:
    """A rule as somebody would write it: ``When Ball touches Plate, Door opens within 1 s``."""
    told = sentence(rule).replace(" → ", ", ", 1)
    lead = next((new + told.removeprefix(old) for old, new in _LEADS if told.startswith(old)), told)
    return lead[:1].upper() + lead[1:]
