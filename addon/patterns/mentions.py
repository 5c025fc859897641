"""What a text may call the bodies of a run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .naming import ORDINALS, spoken_names
from .observation import Observation

_NUMBER = re.compile(r"(.*?)[ _.]?(\d{1,9})", re.DOTALL)


@dataclass(frozen=True)
class Mention:
    """A ``word`` for a ``body`` in a text, its article included in the place."""

    start: int
    end: int
    body: str
    word: str


class Mentions:
    """Finds the bodies of a run in a text."""

    def __init__(self, observation: Observation) -> None:
        self.said = mentions(observation)
        bodies = observation.bodies
        self.own = {name: name for name in bodies}
        self.rows = {word for word, names in _by_noun(bodies).items() if len(names) > 1}
        longest = sorted({*self.said, *self.own}, key=len, reverse=True)
        words = "|".join(re.escape(word) for word in longest)
        whole = "|".join(re.escape(name) for name in longest if re.match("(?:the|an?) ", name, re.IGNORECASE))
        article = rf"(?!(?:{whole})(?!\w))(the |a |an )" if whole else "(the |a |an )"
        self.pattern = re.compile(rf"(?<!\w)(?:{article})?({words})(?!\w)", re.IGNORECASE)

    def find(self, text: str) -> list[Mention]:
        """The mentions of a text in their order; a row's noun with a word before it that tells which is none."""
        return [m for m in map(self._mention, self.pattern.finditer(text)) if m is not None]

    def begins(self, text: str) -> bool:
        """Whether a text begins with a mention."""
        found = self.pattern.match(text)
        return found is not None and self._mention(found) is not None

    def _mention(self, found: re.Match[str]) -> Mention | None:
        word = found[2]
        body = self.own.get(word) or self.said.get(word.casefold())
        is_told = found[1] or word in self.own
        if body is None or (word.casefold() in self.rows and not is_told and found.start() > 0):
            return None
        return Mention(found.start(), found.end(), body, word)


def mentions(observation: Observation) -> dict[str, str]:
    """The bodies of a run by what a text may call them, in lower case and without an article.

    Those are their names and what is said for them, colour and noun where these tell one from all others, their places
    in a numbered row, and the colours of a task's roles. What could mean several bodies is left out.
    """
    scene = observation.trace.scene
    spoken = spoken_names(scene.objects, scene.world.plane)
    objects, joints = (o.name for o in scene.objects), (c.name for c in scene.constraints)
    known = list(dict.fromkeys((*observation.bodies, *objects, *joints)))
    own = Counter(name.casefold() for name in known)
    found = {name.casefold(): name for name in known if own[name.casefold()] == 1}
    for name in known:
        found.setdefault(re.sub(r"^the ", "", spoken.get(name, name).casefold()), name)
    found = {word: name for word, name in found.items() if own[word] < 2}
    for noun, row in _by_noun(known).items():
        if len(row) > 1:
            found |= {f"{word} {noun}": name for word, name in zip(ORDINALS, row, strict=False)}
            found[f"last {noun}"] = row[-1]
        elif own[noun] < 2:
            found.setdefault(noun, row[0])
    heads: Mapping[str, list[str]] = _by_last_word(known)
    found |= {word: names[0] for word, names in heads.items() if len(names) == 1 and word not in found}
    if "floor" in found or "ground" in found:
        floor = found.get("floor") or found["ground"]
        found |= {"floor": floor, "ground": floor}
    roles = observation.roles
    for words, role in (("goal object", roles.goal_object), ("target", roles.goal_target), ("goal", roles.goal_target)):
        if role is not None:
            found.setdefault(words, role)
    return {word: name for word, name in found.items() if word and not word.isdecimal()}


def _by_noun(names: Iterable[str]) -> dict[str, list[str]]:
    """Names that differ in their number alone, in its order, by what they have in common; one without is the first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        match = _NUMBER.fullmatch(name)
        noun, number = (match[1], int(match[2])) if match else (name, 0)
        found.setdefault(noun.casefold(), []).append((number, name))
    return {noun: [name for _, name in sorted(row)] for noun, row in found.items() if noun}


def _by_last_word(names: list[str]) -> dict[str, list[str]]:
    """Names by their nouns and, where they begin with a colour, by that."""
    found: dict[str, list[str]] = {}
    for name in names:
        words = re.sub(r" \d+$", "", name).casefold().split()
        for word in {words[-1], words[0]} if words else set():
            if len(word) > 2:
                found.setdefault(word, []).append(name)
    return found
