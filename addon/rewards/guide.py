"""What a model is told of the language: functions, the events of a vocabulary and the objects of a scene."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from ..patterns.model import EventKind, Parameter
from ..scene_graph import SceneGraph
from .functions import FUNCTIONS
from .gbnf import MEASURED, SAID_OTHERWISE
from .objects import look, number_of
from .vocabulary import Vocabulary, standard_vocabulary

MOST_WORDS = 6
"""Most words of a choice that are listed; of more there are the first ones."""

VALUES = {
    "boolean": "true or false",
    "integer": "a whole number",
    "text": "a text",
    "any": "any value",
    "object": "an object",
}


def guide(scene: SceneGraph, vocabulary: Vocabulary | None = None) -> str:
    """The guide to the rewards for a scene, about 2000 tokens and 10 for each object.

    It tells the language that `gbnf` allows, of the standard vocabulary unless one is given.
    """
    kinds = (standard_vocabulary() if vocabulary is None else vocabulary).kinds
    plane = scene.world.plane
    units = "in m" if plane is None else "in units of the plane, x to the right and y up"
    parts = (
        "A reward is one expression, made of calls:",
        *_functions(plane is not None),
        f"Times t, since and until are shares of the run from 0, its start, to 1, its end; deltas are in seconds. "
        f"Places are {units}; near is within threshold_strength (0.1) times the scene's size.",
        "Where a call names two events, write it with keywords: "
        'AFTER(uid_a="LaterEvent", first_params={…}, uid_b="EarlierEvent", second_params={…}, max_delta=2).',
        "",
        "Events, each with what it means. Names in braces are parameters and stand for objects unless told otherwise, "
        f"as in {_example(scene)}; one that is left out may be anything.",
        *(_event(kind, plane is not None) for kind in kinds),
        "",
        "Objects:",
        *_objects(scene),
    )
    return "\n".join(parts) + "\n"


def _functions(planar: bool) -> Iterable[str]:
    for function in FUNCTIONS.values():
        if function.name not in SAID_OTHERWISE:
            written, meaning = function.written, function.meaning.replace("`", "")
            if planar:
                written, meaning = written.replace(" z,", ""), meaning.partition("; in a planar")[0]
            yield f"- {written}: {meaning}"


def _example(scene: SceneGraph) -> str:
    names = [o.name for o in scene.objects if o.geometry is not None][:2]
    pairs = ", ".join(f'"{key}": {json.dumps(name)}' for key, name in zip(("a_id", "b_id"), names, strict=False))
    return f'EVENT("CollisionStart", {{{pairs}}})'


def _event(kind: EventKind, planar: bool) -> str:
    phrase = re.sub(r"\{(\w+):[^}]*\}", r"{\1}", kind.phrase) or kind.description or kind.label
    told = set(re.findall(r"\{(\w+)\}", phrase))
    notes = [
        f"{name} is {_value(parameter, planar)}"
        for name, parameter in kind.parameters.items()
        if parameter.kind not in MEASURED and (name not in told or parameter.kind not in ("body", "object"))
    ]
    return f"- {kind.uid}: {'; '.join([phrase, *notes])}"


def _value(parameter: Parameter, planar: bool) -> str:
    cell = "[east, north]" if planar else "[east, north, up]"
    if parameter.choices:
        words = [json.dumps(word) for word in parameter.choices]
        words = words if len(words) <= MOST_WORDS else [*(f'"{word}"' for word in _samples(parameter)), "…"]
        return ("a list of " if parameter.kind == "choices" else "") + " or ".join(words)
    if parameter.kind in ("cell", "cells"):
        return f"a cell {cell}" if parameter.kind == "cell" else f"a list of cells {cell}"
    return VALUES.get(parameter.kind, "an object")


def _samples(parameter: Parameter) -> Iterable[str]:
    """The shortest and the longest of some words."""
    ordered = sorted(parameter.choices, key=len)
    return ordered[0], ordered[-1]


def _objects(scene: SceneGraph) -> Iterable[str]:
    for obj in scene.objects:
        number = number_of(obj.name)
        told = ", ".join(filter(None, ("" if number is None else f"id {number}", look(obj))))
        yield f"- {json.dumps(obj.name, ensure_ascii=False)}: {told}"
