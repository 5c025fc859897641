"""Other names for the objects of a scene graph, in all that speaks of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from .models import SceneGraph

LONGEST = 63
"""The longest name, in bytes, that every Blender keeps whole."""


def free_names(names: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """For each name that is taken, one that is free: numbered as Blender does, so `Ball` becomes `Ball.001`."""
    names, used = list(names), set(taken)
    found: dict[str, str] = {}
    blocked = used | set(names)
    for name in names:
        if name in used:
            base, number = re.sub(r"\.\d{3}$", "", name), 1
            while (other := _numbered(base, number)) in blocked:
                number += 1
            found[name] = other
            blocked.add(other)
    return found


def _numbered(base: str, number: int) -> str:
    end = f".{number:03d}"
    return base.encode()[: LONGEST - len(end)].decode(errors="ignore") + end


def rename(text: str, names: Mapping[str, str]) -> str:
    """A text with whole names replaced, the longest first; a plural `s` stays outside."""
    if not names:
        return text
    choice = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.sub(rf"(?<!\w)(?:{choice})(?!\w|\.\d)", lambda found: names[found.group()], text)


def renamed(graph: SceneGraph, names: Mapping[str, str]) -> SceneGraph:
    """The graph with objects and constraints called otherwise, in its rules too."""
    if not names:
        return graph
    data = graph.model_dump()
    for obj, one in zip(data["objects"], graph.objects, strict=True):
        obj["elements"] = [element.renamed(names).model_dump() for element in one.elements]
    for obj in data["objects"]:
        obj |= {key: names.get(obj[key], obj[key]) for key in ("name", "parent", "mesh_of")}
    for constraint in data["constraints"]:
        constraint |= {key: names.get(constraint[key], constraint[key]) for key in ("name", "object1", "object2")}
    for relation in data["relations"]:
        relation |= {key: names.get(relation[key], relation[key]) for key in ("subject", "object")}
    for note in data["notes"]:
        note["subject"] = names.get(note["subject"], note["subject"])
    data["rules"] = [rename(rule, names) for rule in data["rules"]]
    return SceneGraph.model_validate(data)
