"""Rules in English: splitting a text into rules, and finding names that the scene does not have."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping

from ..scene_graph import SceneGraph

_LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_QUOTED = re.compile(r"(?<!\w)[\"“‘']([^\"”’']*)[\"”’'](?!\w)")
_NAME = re.compile(r"(?<![\w.\"'])[^\W\d_]\w*(?:\.\d{3})?")
_CLAUSE_START = re.compile(r"(?:^|[:;(–—]|\s-)\s*$")
_AMOUNT = re.compile(r"\d[\d.,]*\s*°?$")
_LONGEST_SYMBOL = 3
"""Letters of a unit's symbol."""

_NAMES_TOLD = 12


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LONG_UNITS = _words("newton newtons joule joules watt watts kelvin celsius hertz pascal pascals volt volts")
_COMMON = _words(
    """
    a all always an and any are as at back before below blender both by ccw close closes cw down each else every false
    first for forward from fps hit hits hz i if in into is it its kg last left m make makes mph move moves must never no
    none not now of off on once only open opens or ok python release right rpm s set stop stops that the then they this
    to touch touches true turn turns unless until up when whenever while with x xor xy xyz xz y yz z
    """
)
"""Words that are no names however they are written."""

_ENGLISH = _words(
    """
    after and are at before by close closes every for from hits if into is it moves must of off on once open opens or
    release seconds should stops the then to touch touches turn turns until when whenever while with
    """
)
_FOREIGN = _words(
    """
    abre alors als apri cuando dann das de del dem den der des det die dopo een eine einen el entonces et gli het ist
    la las le les los nach och och ouvre puis quand quando se si sobald une und va wenn zu
    """
)
"""Words by which a rule is known to be English, or not to be."""


class RuleError(ValueError):
    """A rule that names something which is not in the scene, or which rules cannot speak of."""


def split_rules(text: str) -> tuple[str, ...]:
    """Rules of a text: one a line or sentence, list marks and blank lines dropped."""
    lines = (_LIST_MARK.sub("", line).strip() for line in text.splitlines())
    return tuple(s for line in lines if line and not line.startswith("#") for s in _SENTENCE_END.split(line))


def check_names(rules: tuple[str, ...], graph: SceneGraph, others: Mapping[str, str] | None = None) -> None:
    """Raise RuleError if a rule names an object that is not in the scene.

    Quoted words, and capitalised words inside an English sentence that are no units, are taken as names. A name matches
    whatever its case, as a word of a longer name or as its plural. ``others`` are the objects of the scene that the
    graph does not have, with what they are: to name one is an error of its own.
    """
    names = [*graph.names, *(c.name for c in graph.constraints)]
    known = [*names, *(key for o in graph.objects for key in o.properties)]
    exact = _exactly(known, re.IGNORECASE)
    words = {w.lower() for n in known for w in [n, *re.findall(r"\w+", n.replace("_", " "))]}
    strange = {name: kind for name, kind in (others or {}).items() if name.lower() not in words}
    for rule in rules:
        left = exact.sub(" ", rule)
        for found in _exactly(strange).finditer(left):
            raise RuleError(_not_yet(rule, found.group(), strange[found.group()]))
        for name in _mentioned(left):
            if not _known(name.lower(), words):
                raise RuleError(f"rule '{rule}' names '{name}', which is not in the scene; {_hint(name, names)}")


def _exactly(names: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """A pattern of whole names, whatever characters they have."""
    longest_first = sorted({n for n in names if n}, key=lambda n: (-len(n), n))
    choice = "|".join(re.escape(n) for n in longest_first)
    return re.compile(rf"(?<!\w)(?:{choice})(?!\w)" if choice else r"(?!)", flags)


def _not_yet(rule: str, name: str, kind: str) -> str:
    return (
        f"rule '{rule}' names '{name}', which is a {kind}: rules can speak of meshes, empties and rigid-body "
        "constraints only, not of that yet"
    )


def _hint(name: str, names: list[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    more = f" and {len(names) - _NAMES_TOLD} more" if len(names) > _NAMES_TOLD else ""
    return f"the scene has {', '.join(names[:_NAMES_TOLD]) or 'no objects'}{more}"


def _mentioned(rule: str) -> Iterator[str]:
    """Words of a rule that are meant as names of objects."""
    yield from (name for name in _QUOTED.findall(rule) if name.strip())
    plain = _QUOTED.sub(" ", rule)
    if _is_foreign(plain):
        return
    for found in _NAME.finditer(plain):
        before, word = plain[: found.start()], found.group()
        if word[0].isupper() and not (
            _CLAUSE_START.search(before) or word.lower() in _COMMON or _is_unit(word, before)
        ):
            yield word


def _is_unit(word: str, before: str) -> bool:
    return bool(_AMOUNT.search(before)) and (len(word) <= _LONGEST_SYMBOL or word.lower() in _LONG_UNITS)


def _is_foreign(text: str) -> bool:
    """Whether a rule seems to be in another language, where capitals need not be names."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    foreign = sum(word in _FOREIGN or not word.isascii() for word in words)
    return foreign > sum(word in _ENGLISH for word in words)


def _known(name: str, words: set[str]) -> bool:
    return name in words or name.rstrip("s") in words or name.removesuffix("es") in words
