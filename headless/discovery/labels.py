"""Labels of patterns to be found: read from a text or a file, and named."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from addon.patterns import Pattern

from .errors import DiscoveryError
from .matching import Mark
from .traces import NamedTrace

LONGEST, LONGEST_LABEL = 500, 100
"""Characters of a line with a label, and of the label, by which files are called."""

_WORD = re.compile(r"[a-z0-9]+")
_SMALL = frozenset(
    ("a", "an", "and", "the", "of", "to", "in", "on", "at", "by", "with", "from", "into", "is", "it", "as")
)

LIKE = 0.6
"""Share of the words of two labels in common from which they are told to be the same."""


@dataclass(frozen=True)
class Label:
    """What is to be found: a short phrase, a longer description, and the uid of the pattern."""

    uid: str
    text: str
    description: str


def read_labels(text: str, taken: Collection[str] = ()) -> list[Label]:
    """The labels of a file, one a line, or the one that the text is; a description may follow a colon.

    Blank lines and those that begin with ``#`` do not count. Raises DiscoveryError for a file that cannot be read, and
    for labels that are too long, twice there, or whose uid is among those ``taken``.
    """
    lines = [line.strip() for line in _lines(text)]
    found = [_label(line) for line in lines if line and not line.startswith("#")]
    if not found:
        place = text if text.strip() else "what was given"
        raise DiscoveryError(f"there is no label in {place}; write one a line, such as 'ball rolls over an edge'")
    seen = set(taken)
    for label in found:
        if label.uid in seen:
            raise DiscoveryError(f"the pattern '{label.uid}' ({label.text}) is there already; give another label")
        seen.add(label.uid)
    return found


def _lines(text: str) -> list[str]:
    path = Path(text)
    try:
        if not path.is_file():
            if text.strip() and _looks_like_path(text, path):
                raise DiscoveryError(f"{text} is no file; give a file of labels, one a line, or a label in words")
            return [text]
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise DiscoveryError(f"{text} is no text in UTF-8") from None
    except OSError:
        return [text]  # longer than a name can be


def _looks_like_path(text: str, path: Path) -> bool:
    """Whether a text is meant as a file rather than as words: `3 m/s` and `left/right` are words."""
    separated = "/" in text or "\\" in text
    named = path.suffix.lower() in (".txt", ".md", ".csv", ".json", ".yaml", ".yml") and ":" not in text
    return path.is_dir() or named or (separated and (" " not in text.strip() or path.parent.is_dir()))


def _label(line: str) -> Label:
    if len(line) > LONGEST:
        raise DiscoveryError(f"the label '{line[:40]}…' has more than {LONGEST} characters; make it shorter")
    text, _, description = (part.strip() for part in line.partition(":"))
    if len(text) > LONGEST_LABEL:
        raise DiscoveryError(
            f"the label '{text[:40]}…' has more than {LONGEST_LABEL} characters; put what it means after a colon"
        )
    return Label(uid_of(text), text, description or text)


def uid_of(text: str) -> str:
    """The uid of a label: its words joined, each with a capital. Raises DiscoveryError for a label without a word."""
    words = _WORD.findall(text.lower())
    if not words or words[0][0].isdigit():
        raise DiscoveryError(f"the label '{text}' does not begin with a word in Latin letters; write it in English")
    return "".join(word.capitalize() for word in words)


def of_patterns(patterns: Iterable[Pattern]) -> list[Label]:
    """Labels and descriptions of patterns that are there."""
    return [Label(pattern.uid, pattern.label, pattern.description or pattern.label) for pattern in patterns]


def alike(one: str, other: str) -> bool:
    """Whether two labels say about the same, by the words that they have in common."""
    a, b = (
        frozenset(_stem(word) for word in _WORD.findall(text.lower()) if word not in _SMALL) for text in (one, other)
    )
    return bool(a | b) and len(a & b) / len(a | b) >= LIKE


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending)
    return word


Examples = dict[str, dict[str, list[Mark]]]
"""Labelled events by the label's uid ("" for all labels) and the trace's name."""


def read_examples(path: Path, labels: Sequence[Label], traces: Sequence[NamedTrace]) -> Examples:
    """Events that somebody labelled: a JSON list of objects with ``trace``, ``frame`` and, if wanted, ``bodies`` and
    ``label``; of each trace that is named, all events of the label.

    Raises DiscoveryError naming the entry that cannot be used.
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DiscoveryError(f"{path} cannot be read as JSON: {error}") from None
    if not isinstance(entries, list) or not entries:
        raise DiscoveryError(f"{path}: it must be a list of objects with 'trace' and 'frame'")
    lengths = {named.name: len(named.trace.position) for named in traces}
    uids = {name: label.uid for label in labels for name in (label.uid, label.text)}
    found: Examples = {}
    for number, entry in enumerate(entries):
        where = f"{path}[{number}]"
        name = entry.get("trace") if isinstance(entry, dict) else entry
        if not isinstance(entry, dict) or not isinstance(name, str) or name not in lengths:
            raise DiscoveryError(f"{where}: there is no trace '{name}'; there are {', '.join(sorted(lengths)[:5])}, …")
        frame, bodies, label = entry.get("frame"), entry.get("bodies"), entry.get("label")
        if type(frame) is not int or not 0 <= frame < lengths[entry["trace"]]:
            raise DiscoveryError(f"{where}: frame: {frame!r} is none of 0 to {lengths[entry['trace']] - 1}")
        if bodies is not None and not (isinstance(bodies, list) and all(isinstance(b, str) for b in bodies)):
            raise DiscoveryError(f"{where}: bodies: {bodies!r} is no list of names")
        if label is not None and not (isinstance(label, str) and label in uids):
            raise DiscoveryError(
                f"{where}: label: there is no label '{label}'; leave it out, or give {', '.join(uids)}"
            )
        marks = found.setdefault("" if label is None else uids[label], {}).setdefault(entry["trace"], [])
        marks.append(Mark(frame, None if bodies is None else frozenset(bodies)))
    return found
