"""Edits that say what a sentence could say, too: things and happenings more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..errors import SentenceError
from ..manifest import Happening, Manifest, Setting, Subject
from ..plan import Plan
from ..words import PRONOUNS
from .meant import Meant
from .phrases import DEFINITE, Phrase
from .words import BREAKS, LEADS

BESIDES = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|last|middle|others?|one of|each other|twice|half|until|unless|when|if"
    r"|once|single|alone|lone|again|still|already|\w+ (?:seconds?|minutes?|met(?:er|re)s?|cm|kg))\b"
)
"""Words without which an edit would mean something else, and which nothing here stands for."""


def read_on(edit: Meant, at: int) -> int | None:
    """Change what the words from a place on say as a sentence, up to the last break up to which they are one; gives
    where that is, None where no word of theirs is one. Raises EditError."""
    tokens = edit.words.tokens
    breaks = [n for n in range(at + 1, len(tokens)) if tokens[n] in BREAKS]
    leads = tuple(LEADS)
    last = next((n for n in breaks if edit.words.skip(_next(tokens, n), leads) is not None), len(tokens))
    return next((end for end in (last, *(n for n in reversed(breaks) if n < last)) if _read(edit, at, end)), None)


def _next(tokens: Sequence[str], end: int) -> int:
    while end < len(tokens) and tokens[end] in BREAKS:
        end += 1
    return end


def _read(edit: Meant, at: int, end: int) -> bool:
    text = " ".join(edit.words.tokens[at:end])
    _check(edit, at, end)
    if (found := BESIDES.search(text)) is not None:
        if any(word in BREAKS for word in edit.words.tokens[at:end]):
            return False
        raise edit.refused(found[0])
    before = edit.manifest
    said = edit.said or ()
    plan = Plan(
        edit.lexicon,
        subjects={s.name: s for s in before.subjects},
        setting=before.setting.model_dump(exclude_defaults=True),
        happenings=list(before.happenings),
        rules=list(before.rules),
        view=before.view,
        seen=tuple(sorted((s.name for s in before.subjects), key=lambda name: name in said)),
    )
    if _begins_with_pronoun(edit, at, end):
        plan.actors = plan.last = said
    try:
        plan.words(text)
    except SentenceError:
        return False
    if plan.left:
        return False
    after = before.model_copy(
        update={
            "subjects": tuple(_stood(before, s) for s in plan.subjects.values()),
            "setting": Setting.model_validate(plan.setting),
            "happenings": _once(before, plan.happenings),
            "view": plan.view,
        }
    )
    if after.view == before.view and (idle := _named(edit, at, end) - _touched(before, after)) and after != before:
        edit.missing = ""
        edit.words.far = end - 1
        raise edit.refused("", f"nothing would be changed of {', '.join(sorted(idle))}")
    edit.manifest = after
    _speak_of(edit, before)
    return True


def _check(edit: Meant, at: int, end: int) -> None:
    """Raises EditError where what is spoken of is a part of a group, or could be several things."""
    tokens, adds = edit.words.tokens, edit.words.at(at) == "add"
    far = edit.words.far
    for place in range(at, end):
        follows = place > at and tokens[place - 1] in (*DEFINITE, "all", "of")
        phrase = edit.words.thing(place) if not follows and tokens[place] not in PRONOUNS else None
        if phrase is None or phrase.named is None or phrase.end > end:
            continue
        known = [s for s in edit.manifest.subjects if s.thing == phrase.named.entry.name]
        beside = _beside(edit, phrase.end)
        if beside is not None and beside.end <= end:
            raise edit.refused(beside.words)
        if phrase.definite or phrase.whole or phrase.picking:
            found = edit.meant(phrase)
            if known and not found:
                raise edit.refused(phrase.words, f"there are {', '.join(s.name for s in known)}")
        elif phrase.number is not None and known and not adds:
            raise edit.refused(phrase.words, "it may be those that there are, or more of them")
    edit.words.far = far


def _beside(edit: Meant, place: int) -> Phrase | None:
    """The thing that is named at once behind another one, with nothing that says what it has to do with that."""
    return edit.words.thing(place) if edit.words.at(place) in ("a", "an", "the") else None


def _begins_with_pronoun(edit: Meant, at: int, end: int) -> bool:
    """Whether words speak of what was spoken of before them. Raises EditError where nothing tells what that is."""
    for place in range(at, end):
        if edit.words.at(place) in PRONOUNS:
            phrase = edit.words.thing(place)
            assert phrase is not None
            edit.said = tuple(s.name for s in edit.candidates(phrase))
            return True
        found = edit.words.thing(place)
        if found is not None and found.named is not None:
            return False
    return False


def _stood(before: Manifest, subject: Subject) -> Subject:
    """A subject that is only where it was said to be last."""
    old = next((s for s in before.subjects if s.name == subject.name), None)
    if old is None or len(subject.places) <= len(old.places):
        return subject
    return subject.model_copy(update={"places": subject.places[len(old.places) :]})


def _once(before: Manifest, happenings: Sequence[Happening]) -> tuple[Happening, ...]:
    """What happens, where what is said again, and how fast, is said of what was said before."""
    known, more = list(before.happenings), list(happenings[len(before.happenings) :])
    if list(happenings[: len(known)]) != known:
        return tuple(happenings)
    for new in more:
        same = next((n for n, h in enumerate(known) if (h.who, h.does) == (new.who, new.does)), None)
        if same is None or new.to not in (None, known[same].to) or new.source or new.at or new.after is not None:
            known.append(new)
        elif new.amount is not None:
            known[same] = known[same].model_copy(update={"amount": new.amount})
    return tuple(known)


def _speak_of(edit: Meant, before: Manifest) -> None:
    """What was spoken of: what came, else who acts."""
    old = {s.name for s in before.subjects}
    came = [s.name for s in edit.manifest.subjects if s.name not in old]
    acts = dict.fromkeys(h.who for h in edit.manifest.happenings if h not in before.happenings)
    spoken = tuple(came or acts)
    edit.said = spoken if len(spoken) == 1 else None


def _named(edit: Meant, at: int, end: int) -> set[str]:
    """The subjects that words speak of as such that are there."""
    far, found = edit.words.far, set[str]()
    for place in range(at, end):
        phrase = edit.words.thing(place) if edit.words.at(place) in DEFINITE else None
        if phrase is not None and phrase.end <= end:
            found |= {s.name for s in edit.candidates(phrase)}
    edit.words.far = far
    return found


def _touched(before: Manifest, after: Manifest) -> set[str]:
    """The subjects that a change of a plan has to do with."""
    happens = [h for h in after.happenings if h not in before.happenings]
    stands = [s for s in after.subjects if s not in before.subjects]
    places = {name for s in stands for p in s.places for name in p.of}
    return {name for h in happens for name in (h.who, h.to, h.source) if name} | {s.name for s in stands} | places
