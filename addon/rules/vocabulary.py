"""What a rule can call the things of a scene: names in any case and spelling, kinds, groups and properties."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from ..scene_graph import SceneGraph, SceneObject
from .reference import Ref, Which
from .words import plural

_NUMBERED = re.compile(r"(.*?[^\W\d_])[\s._-]*\d+$", re.DOTALL)
_EACH: dict[str, Which] = {
    "all": "all", "all of": "all", "each": "all", "each of": "all", "every": "all", "every one of": "all", "both": "all",
    "both of": "all", "any": "any", "any of": "any", "either": "any", "either of": "any", "one of": "any", "a": "any",
    "an": "any", "any one of": "any", "some": "any", "none of": "none", "neither of": "none", "no": "none", "all six": "all",
    "the first of": "any", "another": "any", "at least one of": "any", "all other": "all", "every single": "all",
    "each single": "all", "each and every": "all", "whichever": "any",
}  # fmt: skip


class Vocabulary:
    """The things of one scene and the words for them. ``others`` are objects that the graph does not hold.

    ``freed`` and ``held`` are bodies that some rule lets go or holds, whatever they are at the start.
    """

    def __init__(self, graph: SceneGraph, freed: Iterable[str] = (), held: Iterable[str] = ()) -> None:
        self.graph = graph
        self.freed, self.held = frozenset(freed), frozenset(held)
        self.objects: Mapping[str, SceneObject] = {o.name: o for o in graph.objects}
        self.joints = {c.name for c in graph.constraints}
        self.others: Mapping[str, str] = dict(graph.others)

    def having(self, *, freed: Iterable[str] = (), held: Iterable[str] = ()) -> Vocabulary:
        """The same scene with more bodies that some rule lets go or holds."""
        return Vocabulary(self.graph, self.freed.union(freed), self.held.union(held))

    def body_problem(self, name: str, done: str) -> str | None:
        """Why physics does not move a thing, so that something cannot be ``done`` to it; None if it does."""
        obj = self.objects.get(name)
        if obj is None:
            return f"{name} is {_a(self.others.get(name, 'joint'))}, so it cannot be {done}"
        if obj.body is None:
            return f"{name} has no rigid body, so it cannot be {done}"
        return None if obj.body.type == "ACTIVE" else f"{name} is not moved by physics, so it cannot be {done}"

    @cached_property
    def names(self) -> list[str]:
        """All names, the longest first."""
        found = dict.fromkeys([*self.objects, *sorted(self.joints), *self.others])
        return sorted((n for n in found if n.strip()), key=lambda n: (-len(n), n))

    @cached_property
    def keys(self) -> list[str]:
        """Names of custom properties."""
        return sorted({key for o in self.graph.objects for key in o.properties}, key=lambda k: (-len(k), k))

    @cached_property
    def name_patterns(self) -> list[tuple[re.Pattern[str], str, float]]:
        """Patterns of each name: as it is, and in any case with blanks for marks, which is less certain."""
        found = []
        for name in self.names:
            found.append((_bounded(re.escape(name)), name, 0.0))
            loose = r"[\s._-]*".join(re.escape(p) for p in re.split(r"[\s._-]+", name) if p)
            if loose:
                found.append((_bounded(loose, re.IGNORECASE), name, 1.0))
        return found

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Names of the members of each group by what one of them is called, in small letters."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for obj in self.graph.objects:
            for noun in _nouns(obj):
                found[noun][obj.name] = None
        return {noun: tuple(members) for noun, members in found.items()}

    def group_patterns(self) -> list[tuple[re.Pattern[str], Ref]]:
        """Patterns of groups with their words of number: ``all dominoes``, ``each brick``, ``any ball``, ``the balls``."""
        found: list[tuple[re.Pattern[str], Ref]] = []
        for noun, members in self.groups.items():
            one, many = re.escape(noun), re.escape(plural(noun))
            one, many = one.replace(r"\ ", r"\s+"), many.replace(r"\ ", r"\s+")
            if len(members) == 1:
                found.append((_bounded(rf"(?:the\s+)?{one}", re.IGNORECASE), Ref(names=members)))
                continue
            for words, which in _EACH.items():
                lead = words.replace(" ", r"\s+")
                found.append(
                    (_bounded(rf"{lead}\s+(?:the\s+)?(?:{many}|{one})", re.IGNORECASE), Ref(names=members, which=which))
                )
            found.append((_bounded(rf"(?:the\s+)?{many}", re.IGNORECASE), Ref(names=members, which="all", said="the")))
            found.append(
                (
                    _bounded(rf"(?:all|both)\s+(?:of\s+)?(?:the\s+)?(?:\w+)\s+{many}", re.IGNORECASE),
                    Ref(names=members, which="all"),
                )
                if False
                else found[-1]
            )
        return found


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _nouns(obj: SceneObject) -> list[str]:
    """What an object can be called besides its name."""
    found = [obj.semantic_class, *obj.tags, *getattr(obj, "collections", ())]
    if stem := _NUMBERED.match(obj.name):
        found.append(stem[1])
    words = re.split(r"[\s._-]+", _NUMBERED.sub(r"\1", obj.name))
    if len(words) > 1:
        found.append(words[-1])
    return list(dict.fromkeys(_singular(" ".join(n.lower().split())) for n in found if n and n.strip()))


def _singular(noun: str) -> str:
    """A collection's name is often the plural of what it holds."""
    for ending, instead in (("ies", "y"), ("oes", "o"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", "")):
        if noun.endswith(ending) and len(noun) > len(ending) + 2 and not noun.endswith("ss"):
            return noun[: -len(ending)] + instead
    return noun


def _bounded(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)", flags)
