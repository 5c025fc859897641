"""What a rule can call the things of a scene: names in any case and spelling, kinds, groups and properties."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from ..scene_graph import SceneGraph, SceneObject
from .reference import Ref, Which
from .words import BODILESS, plural, verbs_of

_NUMBERED = re.compile(r"(.*?[^\W\d_])[\s._-]*\d+$", re.DOTALL)
_COUNTED = re.compile(r"(.*[^\W\d_])[\s._-]*0*(\d+)$", re.DOTALL)
WHICH_ONE = frozenset([
    "east", "west", "north", "south", "big", "small", "large", "little", "tall", "short", "red", "green", "blue",
    "yellow", "orange", "white", "black", "pink", "purple", "grey", "gray", "brown", "left", "right", "front", "back",
    "top", "bottom", "upper", "lower", "inner", "outer", "middle", "centre", "center", "groß", "klein", "rot", "grün",
    "blau", "gelb", "links", "rechts",
])  # fmt: skip
"""Words behind what things are that tell which of them is meant."""
UNIT = r"(?:second|sec|s|metre|meter|m|cm|mm|turn|time|degree|minute|millisecond)s?\b"
NO_NOUNS = frozenset(
    [
        "right",
        "left",
        "up",
        "down",
        "forward",
        "forwards",
        "back",
        "backward",
        "backwards",
        "front",
        "lower",
        "higher",
        "on",
        "off",
        "open",
        "closed",
        "start",
        "end",
        "first",
        "last",
        "one",
        "two",
        "three",
    ]
)
"""Last words of names that say where or which, and not what."""

OF_SEVERAL: dict[Which, tuple[str, ...]] = {
    "all": (
        "all", "all of", "each", "each of", "every", "every one of", "both", "both of", "every single", "each single",
        "each and every", "all these", "all those", "the whole set of", "the entire set of",
    ),
    "any": (
        "any", "any of", "either", "either of", "one of", "a", "an", "any one of", "some", "at least one of", "at least one",
        "any single", "whichever",
    ),
    "none": ("none of", "neither of", "no", "not one of", "not a", "not a single", "not one", "not any", "no single"),
}  # fmt: skip
"""Words before a group that say which of it is meant."""


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
        if obj.light is not None or obj.text is not None:
            return f"{name} is {_a(obj.kind)}, so it cannot be {done}"
        if obj.body is None:
            return f"{name} {BODILESS}, so it cannot be {done}"
        above = self.objects.get(obj.parent or "")
        if above is not None and above.body is not None and above.body.shape == "COMPOUND":
            return f"{name} is a part of {above.name}, so it cannot be {done} by itself; say {above.name}"
        return (
            None
            if obj.body.type == "ACTIVE" and obj.body.enabled
            else f"{name} is not moved by physics, so it cannot be {done}"
        )

    def bodiless_in(self, problem: str) -> str:
        """The thing that a problem says has no rigid body; "" if it says no such thing."""
        lacking = (name for name in self.names if problem.startswith(f"{name} {BODILESS}"))
        return next(lacking, "")

    @cached_property
    def names(self) -> list[str]:
        """All names, the longest first."""
        found = dict.fromkeys([*self.objects, *sorted(self.joints), *self.others])
        return sorted((n for n in found if n.strip()), key=lambda n: (-len(n), n))

    @cached_property
    def things(self) -> dict[str, dict[str, Any]]:
        """Custom properties by the names of what has them; none for joints."""
        return {
            **{name: {} for name in sorted(self.joints)},
            **{o.name: dict(o.scalars) for o in self.graph.objects},
        }

    @cached_property
    def keys(self) -> list[str]:
        """Names of custom properties."""
        return sorted({key for o in self.graph.objects for key in o.scalars}, key=lambda k: (-len(k), k))

    @cached_property
    def shape_keys(self) -> list[str]:
        """Names of shape keys."""
        return sorted({key.name for o in self.graph.objects for key in o.shape_keys}, key=lambda k: (-len(k), k))

    @cached_property
    def key_ones(self) -> dict[str, str]:
        """Properties that count something, by what one of it is called: ``points`` by ``point``."""
        counts = {k for o in self.graph.objects for k, v in o.scalars.items() if type(v) in (int, float)}
        return {one: key for key in counts if (one := singular(key.lower())) != key.lower()}

    @cached_property
    def key_verbs(self) -> dict[str, str]:
        """Properties that say what has been done, by the verb for doing it: ``rung`` by ``ring``."""
        switches = {k for o in self.graph.objects for k, v in o.scalars.items() if isinstance(v, bool)}
        return {verb: key for key in switches for verb in verbs_of(key.lower())}

    @cached_property
    def name_patterns(self) -> list[tuple[re.Pattern[str], str, float]]:
        """Patterns of each name: as it is, and in any case with blanks for marks, which is less certain."""
        found = []
        for name in self.names:
            found.append((_bounded(re.escape(name), 0), name, 0.0))
            loose = r"[\s._-]*".join(re.escape(part) for part in re.split(r"[\s._-]+", name) if part)
            if loose:
                found.append((_bounded(loose), name, 1.0))
        taken = {name.lower(): name for name in self.names}
        for called, pattern, name in self._short_names():
            if taken.get(called, name) == name:
                found.append((_bounded(pattern), name, 1.0))
        return found

    def _short_names(self) -> Iterator[tuple[str, str, str]]:
        """Other ways to call one thing: ``pin 3``, ``the east cushion``, ``the east one``; with patterns of them."""
        ones: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            if found := _COUNTED.match(name):
                number = int(found[2])
                yield f"{found[1]} {number}".lower(), rf"{_words(found[1])}\s+(?:number\s+)?0*{number}", name
            words = re.split(r"[\s._-]+", name.lower())
            if len(words) == 2 and words[0] in self._kinds and words[1] in WHICH_ONE:
                yield f"{words[1]} {words[0]}", rf"{re.escape(words[1])}\s+{re.escape(words[0])}", name
                ones[words[1]].append(name)
            elif len(words) == 2 and len(self.groups.get(words[1], ())) > 1:
                ones[words[0]].append(name)
        for word, names in ones.items():
            if len(names) == 1 and word.isalpha() and word not in NO_NOUNS:
                yield f"{word} one", rf"{re.escape(word)}\s+one(?!\s+{UNIT})", names[0]

    @cached_property
    def _kinds(self) -> frozenset[str]:
        """What several things are that letters or such words as ``East`` tell apart in their names."""
        firsts: dict[str, set[str]] = defaultdict(set)
        for obj in self.graph.objects:
            words = re.split(r"[\s._-]+", obj.name.lower())
            if len(words) == 2 and words[0].isalpha() and (len(words[1]) == 1 or words[1] in WHICH_ONE):
                firsts[words[0]].add(words[1])
        return frozenset(word for word, others in firsts.items() if len(others) > 1)

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Names of the members of each group by what one of them is called, in small letters."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for obj in self.graph.objects:
            first = re.split(r"[\s._-]+", obj.name.lower())[0]
            for noun in (*_nouns(obj), *((first,) if first in self._kinds and first != obj.name.lower() else ())):
                found[noun][obj.name] = None
        return {noun: tuple(members) for noun, members in found.items()}

    @cached_property
    def group_patterns(self) -> list[tuple[re.Pattern[str], Ref]]:
        """Patterns of groups with their words of number: ``all dominoes``, ``each brick``, ``any ball``, ``the balls``.

        A group of one is that thing. What a bare plural means in a condition, all or any, is not said: ``said`` then
        begins with ``the``.
        """
        found: list[tuple[re.Pattern[str], Ref]] = []
        for noun, members in self.groups.items():
            one, many = _words(noun), _words(plural(noun))
            if len(members) == 1:
                found.append((_bounded(one), Ref(names=members)))
                continue
            count = rf"(?:(?:{len(members)}|{_SPELLED.get(len(members), len(members))})\s+)?"
            for which, leads in OF_SEVERAL.items():
                lead = "|".join(_words(words) for words in leads)
                ref = Ref(names=members, which=which, said=f"{_CALLED[which]} {noun}")
                found.append((_bounded(rf"(?:{lead})\s+(?:the\s+|of\s+the\s+)?{count}(?:{many}|{one})"), ref))
            that = Ref(names=members, which="any", said=f"that {noun}", pronoun=True)
            found.append((_bounded(rf"(?:that|this|the|the\s+same|said)\s+(?:very\s+|same\s+)?{one}"), that))
            found.append((_bounded(rf"{count}{many}"), Ref(names=members, which="all", said=f"the {plural(noun)}")))
        return found


_CALLED: dict[Which, str] = {"one": "the", "all": "each", "any": "any", "none": "no"}
_SPELLED = dict(
    enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
)


def _words(text: str) -> str:
    """A pattern of some words."""
    return r"\s+".join(re.escape(word) for word in text.split())


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _nouns(obj: SceneObject) -> list[str]:
    """What an object can be called besides its name."""
    found = [obj.semantic_class, *obj.tags, *getattr(obj, "collections", ())]
    if stem := _NUMBERED.match(obj.name):
        found.append(stem[1])
    words = re.split(r"[\s._-]+", _NUMBERED.sub(r"\1", obj.name))
    if len(words[-1]) > 1 and words[-1].lower() not in NO_NOUNS:
        found.append(words[-1])
    return list(dict.fromkeys(singular(" ".join(n.lower().split())) for n in found if n and n.strip()))


def singular(noun: str) -> str:
    """One of what a noun calls, as far as its ending tells: a collection's name is often the plural of what it holds."""
    for ending, instead in (("ies", "y"), ("oes", "o"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", "")):
        if noun.endswith(ending) and len(noun) > len(ending) + 2 and not noun.endswith("ss"):
            return noun[: -len(ending)] + instead
    return noun


def _bounded(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern that ends no word in the middle."""
    return re.compile(rf"(?<!\w){pattern}(?!\w)", flags)


def like(word: str, vocabulary: Vocabulary) -> str | None:
    """The name that a word looks like, as if it were misspelt."""
    names = {name.lower(): name for name in vocabulary.names}
    near = get_close_matches(word.lower(), names, n=1, cutoff=0.75)
    return names[near[0]] if near else None
