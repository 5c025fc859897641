"""A plan changed in words: what the words name is changed, and the rest stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..scene_graph import COLORS
from .entry import Entry
from .errors import WorldError
from .lexing import Item, Lexicon, pieces
from .manifest import MOST, Manifest, Setting, Subject
from .places import Place
from .plan import Plan
from .verbs import verbs
from .words import SIZING

SAYABLE = (
    "'make the flag red', 'make the ball bigger', 'make the wind stronger', 'put the cup on the table', "
    "'add a chair next to the table', 'remove the tree', 'use 12 dominoes', 'make it night', 'the ball rolls faster'"
)

SHAPES: dict[str, tuple[float, tuple[str, ...]]] = {
    **dict.fromkeys(("bigger", "larger"), (1.3, SIZING)),
    **dict.fromkeys(("smaller", "tinier"), (1 / 1.3, SIZING)),
    **dict.fromkeys(("taller", "higher"), (1.3, ("height",))),
    **dict.fromkeys(("shorter", "lower"), (1 / 1.3, ("height", "length"))),
    "longer": (1.3, ("length",)),
    "wider": (1.3, ("width",)),
    "thicker": (1.3, ("thickness", "width")),
    "steeper": (1.3, ("height",)),
}
"""By how much a comparison makes which parameters larger."""

STRENGTHS = {"stronger": 1.6, "more": 1.6, "weaker": 1 / 1.6, "less": 1 / 1.6, "gentler": 1 / 1.6}
SPEEDS = {"faster": 1.5, "quicker": 1.5, "slower": 1 / 1.5}
REMOVE = ("remove", "delete", "take away", "without", "no", "stop")


BESIDES = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|last|middle|others?|one of|each other|twice|half|until|unless|when|if|once"
    r"|\w+ (?:seconds?|minutes?|met(?:er|re)s?|cm|kg))\b",
    re.IGNORECASE,
)
"""Words without which an edit would mean something else, and which nothing here stands for."""


class EditError(WorldError):
    """Words that change nothing in a plan; the message says which, and what can be said."""


@dataclass(frozen=True)
class Edited:
    """A changed plan, and what has changed in lines: what it was and what it is."""

    manifest: Manifest
    changes: tuple[str, ...]


def edited(manifest: Manifest, text: str, library: dict[str, Entry]) -> Edited:
    """A plan with what some words change in it. Raises EditError for words that are not understood."""
    edit = _Edit(manifest, Lexicon(library, verbs()))
    for clause in filter(None, map(str.strip, re.split(r"[.;,!]|\band\b", text))):
        if found := BESIDES.search(clause):
            raise EditError(f"'{found[0]}' in '{clause}' is not understood; what can be said: {SAYABLE}")
        before = edit.manifest
        edit.take(clause)
        if edit.manifest == before:
            raise EditError(f"'{clause}' changes nothing; what can be said: {SAYABLE}")
    changes = tuple(differences(manifest, edit.manifest))
    if not changes:
        raise EditError(f"'{text}' changes nothing; what can be said: {SAYABLE}")
    return Edited(edit.manifest, changes)


def differences(before: Manifest, after: Manifest) -> Iterator[str]:
    """What differs between two plans, a line each."""
    old, new = (m.model_dump(exclude_defaults=True, exclude={"sentence"}) for m in (before, after))
    for key in sorted({*old, *new}):
        a, b = old.get(key), new.get(key)
        if key == "subjects":
            yield from _of_subjects(list(a or ()), list(b or ()))
        elif isinstance(a or b, dict):
            yield from _of_parts(key, a or {}, b or {})
        elif a != b:
            yield f"{key}: {_told(a)} → {_told(b)}"


def _of_subjects(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[str]:
    before, after = {s["name"]: s for s in old}, {s["name"]: s for s in new}
    for name in dict.fromkeys((*before, *after)):
        if name not in after:
            yield f"{name}: removed"
        elif name not in before:
            yield f"{name}: added"
        else:
            yield from _of_parts(name, before[name], after[name])


def _of_parts(name: str, a: dict[str, Any], b: dict[str, Any]) -> Iterator[str]:
    for key in sorted({*a, *b}):
        one, other = a.get(key), b.get(key)
        if isinstance(one or other, dict):
            yield from _of_parts(f"{name}.{key}", one or {}, other or {})
        elif one != other:
            yield f"{name}.{key}: {_told(one)} → {_told(other)}"


def _told(value: Any) -> str:
    return "nothing" if value is None or value == () else str(value)


@dataclass
class _Edit:
    """A plan that is being changed."""

    manifest: Manifest
    lexicon: Lexicon
    said: tuple[str, ...] = ()
    """The subjects that were spoken of last."""

    def take(self, clause: str) -> None:
        """Change what one clause says. Raises EditError."""
        words = clause.lower().split()
        items = list(pieces(clause, self.lexicon))
        ways: tuple[Callable[[list[str], list[Item]], Manifest | None], ...] = (
            self._removed,
            self._stronger,
            self._compared,
            self._coloured,
            self._counted,
            self._placed,
            self._set,
            self._read,
        )
        for way in ways:
            changed = way(words, items)
            if changed is not None:
                self.manifest = Manifest.model_validate(changed.model_dump())
                return
        raise EditError(f"'{clause}' is not understood; what can be said: {SAYABLE}")

    def _subjects(self, items: list[Item]) -> list[Subject]:
        """The subjects that nouns name: by their names, else by what they are; those of before for a pronoun."""
        found: list[Subject] = []
        for item in items:
            if item.kind == "noun":
                noun, entry = item.value.noun.lower(), item.value.entry.name
                named = [s for s in self.manifest.subjects if s.name.lower() == noun]
                found += named or [s for s in self.manifest.subjects if s.thing == entry]
            elif item.kind == "pronoun":
                found += [s for s in self.manifest.subjects if s.name in self.said]
        if found:
            self.said = tuple(s.name for s in found)
        return found

    def _with(self, subject: Subject, **changes: Any) -> None:
        subjects = [s.model_copy(update=changes) if s.name == subject.name else s for s in self.manifest.subjects]
        self.manifest = self.manifest.model_copy(update={"subjects": tuple(subjects)})

    def _removed(self, words: list[str], items: list[Item]) -> Manifest | None:
        if not any(" ".join(words).startswith(word + " ") for word in REMOVE):
            return None
        fields = {key for item in items if item.kind == "setting" for key in item.value}
        if fields:
            kept = {k: v for k, v in self.manifest.setting.model_dump().items() if k not in fields}
            return self.manifest.model_copy(update={"setting": Setting.model_validate(kept)})
        gone = {s.name for s in self._subjects(items)}
        if not gone or len(gone) == len(self.manifest.subjects):
            return None
        subjects = [
            s.model_copy(update={"places": tuple(p for p in s.places if not gone & set(p.of))})
            for s in self.manifest.subjects
            if s.name not in gone
        ]
        happenings = [
            h.model_copy(update={"after": None}) for h in self.manifest.happenings if not gone & {h.who, h.to, h.source}
        ]
        rules = [r for r in self.manifest.rules if not any(re.search(rf"\b{re.escape(n)}\b", r) for n in gone)]
        changes = {"subjects": tuple(subjects), "happenings": tuple(happenings), "rules": tuple(rules)}
        return self.manifest.model_copy(update=changes)

    def _stronger(self, words: list[str], items: list[Item]) -> Manifest | None:
        factor = next((STRENGTHS[w] for w in words if w in STRENGTHS), None)
        if factor is None or not any("wind" in item.value for item in items if item.kind == "setting"):
            return None
        wind = self.manifest.setting.wind or 3.0
        setting = self.manifest.setting.model_copy(update={"wind": round(min(factor * wind, 40.0), 3)})
        return self.manifest.model_copy(update={"setting": setting})

    def _compared(self, words: list[str], items: list[Item]) -> Manifest | None:
        subjects = self._subjects(items)
        shape = next((SHAPES[w] for w in words if w in SHAPES), None)
        speed = next((SPEEDS[w] for w in words if w in SPEEDS), None)
        if not subjects or (shape is None and speed is None):
            return None
        if shape is not None:
            for subject in subjects:
                self._with(subject, parameters={**subject.parameters, **self._scaled(subject, *shape)})
            return self.manifest
        assert speed is not None
        names = {s.name for s in subjects}
        happenings = [
            h.model_copy(update=self._paced(h, speed)) if h.who in names else h for h in self.manifest.happenings
        ]
        return self.manifest.model_copy(update={"happenings": tuple(happenings)})

    def _paced(self, happening: Any, factor: float) -> dict[str, Any]:
        usual = self.lexicon.verbs[happening.does].speed
        if usual is None:
            raise EditError(f"'{happening.who}' is to {happening.does}, and that has no speed that could be changed")
        return {"amount": round(factor * (happening.amount or usual), 4)}

    def _scaled(self, subject: Subject, factor: float, names: tuple[str, ...]) -> dict[str, float]:
        knobs = self.lexicon.library[subject.thing].knobs
        known = [k for k in knobs.values() if k.name in names and k.kind in ("length", "number")]
        if not known:
            raise EditError(f"'{subject.name}' has none of {', '.join(names)} that could be changed")
        now = {k: float(subject.parameters.get(k.name, k.default)) for k in known}  # type: ignore[arg-type]
        if all((v >= k.high if factor > 1.0 else v <= k.low) for k, v in now.items()):
            raise EditError(f"'{subject.name}' is as {'large' if factor > 1 else 'small'} as it can be already")
        return {k.name: round(min(max(factor * v, k.low), k.high), 4) for k, v in now.items()}

    def _coloured(self, words: list[str], items: list[Item]) -> Manifest | None:
        colours = [item.value for item in items if item.kind == "colour"]
        nouns = [i for i, item in enumerate(items) if item.kind in ("noun", "pronoun")]
        behind = (
            bool(colours) and bool(nouns) and max(i for i, it in enumerate(items) if it.kind == "colour") > nouns[0]
        )
        subjects = self._subjects(items) if behind else []
        if not subjects:
            return None
        r, g, b = COLORS[colours[-1]][:3]
        for subject in subjects:
            if (knob := self.lexicon.library[subject.thing].paint) is None:
                raise EditError(f"'{subject.name}' has no colour that could be changed")
            self._with(subject, parameters={**subject.parameters, knob.name: (r, g, b)})
        return self.manifest

    def _counted(self, words: list[str], items: list[Item]) -> Manifest | None:
        counts = [item.value for item in items if item.kind == "count" and item.value]
        subjects = self._subjects(items)
        if len(counts) != 1 or len(subjects) != 1 or (words[0] == "add" and "more" not in words):
            return None
        (subject,) = subjects
        count = int(counts[0]) + (subject.count if "more" in words else 0)
        if not 1 <= count <= MOST:
            raise EditError(f"there can be 1 to {MOST} of a kind, not {count}")
        self._with(subject, count=count)
        return self.manifest

    def _placed(self, words: list[str], items: list[Item]) -> Manifest | None:
        prepositions = [item for item in items if item.kind == "preposition" and item.value]
        if words[0] not in ("put", "move", "place") or len(prepositions) != 1:
            return None
        at = items.index(prepositions[0])
        moved, others = self._subjects(items[:at]), self._subjects(items[at:])
        if len(moved) != 1 or len(others) != 1:
            return None
        self._with(moved[0], places=(Place(relation=prepositions[0].value, of=(others[0].name,)),), lift=0.0)
        return self.manifest

    def _set(self, words: list[str], items: list[Item]) -> Manifest | None:
        if any(item.kind in ("noun", "verb", "participle", "unknown") for item in items):
            return None
        changes = {k: v for item in items if item.kind == "setting" for k, v in item.value.items()}
        for item in items:
            if item.kind == "passing":
                changes["passing"] = item.value
        views = [item.value for item in items if item.kind == "view"]
        if not changes and not views:
            return None
        setting = self.manifest.setting.model_copy(update=changes)
        return self.manifest.model_copy(update={"setting": setting, **({"view": views[-1]} if views else {})})

    def _read(self, words: list[str], items: list[Item]) -> Manifest | None:
        """What is said as a sentence would say it: things and happenings more."""
        plan = Plan(
            self.lexicon,
            subjects={s.name: s for s in self.manifest.subjects},
            setting=self.manifest.setting.model_dump(exclude_defaults=True),
            happenings=list(self.manifest.happenings),
            rules=list(self.manifest.rules),
            seen=tuple(s.name for s in self.manifest.subjects),
        )
        plan.words(" ".join(words))
        if plan.left:
            return None
        changes = {
            "subjects": tuple(plan.subjects.values()),
            "setting": Setting.model_validate(plan.setting),
            "happenings": tuple(plan.happenings),
        }
        return self.manifest.model_copy(update=changes)
