"""A sentence read into a plan by its words alone: things of the library, how many and which, where, and what they do.

Every word is accounted for: it stands for something in the plan, says nothing by itself, or is told as left out.
"""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Sequence
from contextlib import suppress

from pydantic import ValidationError

from ..rules.units import quantities_at
from ..scene_graph import first_problem
from .entry import Entry
from .errors import CountError, SentenceError
from .hedges import without_hedges
from .kinds import likeness
from .lexicon import Lexicon
from .manifest import LONGEST, Manifest, Setting
from .members import with_members
from .numerals import plain_numbers
from .plan import Plan
from .retelling import retold, straightened
from .ruled import conditional, in_order, ruled
from .telling import in_its_words
from .verbs import verbs
from .words import ARRANGEMENTS, STATE, TURNING, stems


def read(sentence: str, library: dict[str, Entry], kinds: bool = True) -> Manifest:
    """The plan of a sentence.

    What nothing stands for is left out, and so is what is said behind a word that would turn its meaning. Raises
    SentenceError for a sentence without a thing that the library has, and for counts that cannot be. For ``kinds``
    see `Lexicon`.
    """
    if re.match(r"\s*(?:what|who|whom|which|why|how|where|when)\b[^.!]*\?\s*$", sentence, re.IGNORECASE):
        raise SentenceError("this asks something; say what there is and what happens")
    lexicon = Lexicon(library, verbs(), kinds)
    plan = Plan(lexicon)
    plain, hedges = without_hedges(plain_numbers(sentence), lexicon)
    try:
        for one in re.split(r"(?<!\d)[.!?;]|[.!?;](?!\d)", retold(with_members(plain, lexicon))):
            if one.strip():
                plan = _read_on(plan, straightened(one, lexicon))
    except CountError as error:
        raise SentenceError(f"{error}{_as_written(error.number, sentence)}") from None
    happens = {"weather", "wind", "passing"} & set(plan.setting)
    if not plan.subjects and not happens and (plan.left or not plan.setting):
        raise SentenceError(_nothing(plan.left, lexicon))
    plan.shed()
    try:
        return Manifest(
            sentence=sentence,
            subjects=tuple(plan.subjects.values()),
            setting=Setting.model_validate(plan.setting),
            happenings=tuple(plan.happenings),
            rules=tuple(plan.rules),
            view=plan.view,
            seconds=_long_enough(plan),
            left_out=in_its_words(sentence, [*(told.replace(STATE, "") for told in plan.left), *hedges], lexicon),
        )
    except ValidationError as error:
        raise SentenceError(f"the sentence cannot be made into a world: {first_problem(error)}") from None


def _as_written(number: str, sentence: str) -> str:
    """The word that is a number in a sentence, where more than the number stands there, as in "{0}"."""
    found = re.search(rf"\S*(?<![\d.]){re.escape(number)}(?!\.?\d)\S*", sentence)
    word = found[0].rstrip(".,;:!?") if found is not None else number
    return "" if word == number else f", as '{word}' is read"


BEHIND = 4.0
"""Seconds that a world runs on at least behind what begins last."""


def _long_enough(plan: Plan) -> float:
    """How long a world has to run for all of which it is said when it begins. Raises SentenceError."""
    told = [text for rule in plan.rules for text in re.split(r"(?i)\bafter\b ?", rule)[1:]]
    times = [q.value for text in told for _, q in quantities_at(text, 0) if q.dimension == "time"]
    last = max((*times, *(h.at for h in plan.happenings)), default=0.0)
    if last >= LONGEST:
        raise SentenceError(f"nothing can begin after {last:g} s: a world runs {LONGEST:g} s at most")
    return plan.seconds if last + BEHIND / 2 <= plan.seconds else min(last + BEHIND, LONGEST)


def _read_on(plan: Plan, sentence: str) -> Plan:
    """The plan with one more sentence: its end as a rule where it is one, the rest by its words."""
    plain = copy.deepcopy(plan)
    problem: SentenceError | None = None
    try:
        plain.words(sentence)
    except SentenceError as error:
        problem = error
    if problem is None and len(plain.left) == len(plan.left):
        return plain
    for rest, clause in conditional(sentence):
        trial = copy.deepcopy(plan)
        try:
            trial.words(rest)
        except SentenceError:
            continue
        found = ruled(trial, clause)
        if found is not None:
            return found
    for turned in in_order(sentence):
        trial = copy.deepcopy(plan)
        with suppress(SentenceError):
            trial.words(turned)
            if len(trial.left) == len(plan.left) or _is_better(trial, plain, len(plan.happenings)):
                return trial
    if problem is not None:
        raise problem
    return (_as_rule(plan, sentence) if plain.unread > plan.unread else None) or plain


def _is_better(trial: Plan, plain: Plan, before: int) -> bool:
    """Whether less is left out of a sentence that was turned, and one thing in it waits for another."""
    waits = any(h.after is not None for h in trial.happenings[before:])
    return waits and len(trial.left) < len(plain.left)


def _as_rule(plan: Plan, sentence: str) -> Plan | None:
    """The plan with one more sentence whose end says what our rule language can do, as in "a dog chases a cat"; where
    it is said behind it where that is, as in "in a garden", that is read first."""
    for setting in (m.start() for m in re.finditer(r"\b(?:in|on|at|under)\b|$", sentence)):
        around = copy.deepcopy(plan)
        around.words(sentence[setting:])
        if len(around.left) > len(plan.left) or len(around.subjects) > len(plan.subjects):
            continue
        said = sentence[:setting].rstrip(" ,")
        for cut in (0, *(m.end() for m in re.finditer(r",(?: and| then)?|\b(?:and|then|while)\b", said))):
            trial = copy.deepcopy(around)
            trial.words(re.sub(r"(,|\band|\bthen|\bwhile)\s*$", "", said[:cut].rstrip()))
            if len(trial.left) == len(plan.left) and (found := ruled(trial, said[cut:])) is not None:
                if said[:cut].rstrip().endswith("then") and trial.happenings:
                    found.left.append("then")  # nothing of a rule waits for what is no rule
                return found
    return None


def _nothing(left: Sequence[str], lexicon: Lexicon) -> str:
    names = [name for entry in lexicon.library.values() for name in entry.names]
    for word in (text.split(" (")[0] for text in left):
        if word.split()[0] in TURNING:
            continue
        if lexicon.verb(word.split()) is not None or word in (*names, *ARRANGEMENTS.values()):
            continue
        like = next((found.entry for stem in stems(word) if (found := likeness(stem)) is not None), None)
        near = [like] if like is not None else difflib.get_close_matches(word.lower(), names, 3, 0.6)
        if near:
            return f"there is no '{word}' in the library; the nearest {_are(near)}"
    told = f" ('{', '.join(left)}')" if left else ""
    return f"the sentence names no thing that the library has{told}; 'python -m headless library' lists them"


def _are(names: Sequence[str]) -> str:
    return f"is {names[0]}" if len(names) == 1 else f"are {', '.join(names)}"
