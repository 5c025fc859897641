"""What can be said that is nearest to a text, in the names of its own scene."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache

from ..scene_graph import SceneObject
from .mentions import mentions
from .room import room
from .templates import examples
from .vocabulary import Vocabulary

MOST = 2
"""How many are told."""

CANDIDATES = 8


def suggestions(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The examples of all families that share most words with a text, with things of the scene in their places.

    Whether the scene allows them is not looked at.
    """
    words = _stems(text)
    ranked = sorted(_documents().items(), key=lambda one: (-sum(_weight(w) for w in words & one[1]), one[0]))
    found = (_in_scene(example, text, vocabulary) for example, _ in ranked[:CANDIDATES])
    return tuple(dict.fromkeys(said for said in found if said))


@cache
def _documents() -> dict[str, frozenset[str]]:
    return {text: _stems(text) for text, _ in examples()}


@cache
def _spread() -> Counter[str]:
    return Counter(stem for stems in _documents().values() for stem in stems)


def _weight(stem: str) -> float:
    return math.log(1 + len(_documents()) / _spread()[stem])


def _stems(text: str) -> frozenset[str]:
    """The first letters of words, so that forms of a verb are one."""
    return frozenset(word[:4] for word in re.findall(r"[a-z]{3,}", text.lower()))


def _in_scene(example: str, text: str, vocabulary: Vocabulary) -> str:
    """An example with its names replaced by things of a scene that are of their sort; empty if there is none."""
    named = [name for name in mentions(text, vocabulary).names if name in vocabulary.objects]
    free = [*named, *(name for name in vocabulary.objects if name not in named)]
    told = example
    for obj in sorted(room().objects, key=lambda o: -len(o.name)):
        if not re.search(rf"\b{re.escape(obj.name)}\b", example):
            continue
        other = next((name for name in free if _sort(vocabulary.objects[name]) == _sort(obj)), None)
        if other is None:
            return ""
        free.remove(other)
        told = re.sub(rf"\b{re.escape(obj.name)}\b", lambda _, name=other: name, told)
    return told


def _sort(obj: SceneObject) -> tuple[str, bool, tuple[str, ...]]:
    """What decides on what can be said of an object."""
    body = obj.body
    return (body.type if body else "", bool(body and body.kinematic), tuple(sorted(obj.properties)) if not body else ())
