"""A change in words: which rules it speaks of, what they say then, and the proof that this is read so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ...history import History
from ...scene_graph import SceneGraph
from ..colours import NAMED
from ..effects.later import NotYet
from ..grammar import Parser
from ..lexer import plain
from ..model import Rule
from ..read import MARGIN, Reading, Refusal, meaning
from ..talk import VOID
from ..vocabulary import Vocabulary
from .amounts import More, Set
from .difference import difference
from .outcomes import Outcome, outcomes
from .phrases import phrases
from .places import Row, WithDeeds
from .proof import Reader, same
from .requests import Edit, Remove, Request, Retell, Step
from .times import Later, Waits
from .wholes import whole_rule

LONGEST = 300
"""Characters of a wish at most."""

MOST_CHOICES = 6

_MORE = re.compile(r"\b(?:more|less|further|extra|additional|too|also|as well)\b", re.IGNORECASE)
"""Words of comparison, which phrases of rules take for nothing."""


_KEEPS = re.compile(r"\b(?:keep|keeps|leave|leaves|stay|stays|remain|remains)\b", re.IGNORECASE)
"""Words of how long something stays as it is, which is no time that it takes."""


def _is_beyond_rules(request: Request) -> bool:
    """Whether something is said to be done that no rule can do, as ``remove the lamp`` of the scene."""
    return isinstance(request, Retell) and any(
        isinstance(effect, NotYet) for step in request.doing.steps for effect in step.effects
    )


def _is_absolute(request: Request) -> bool:
    """Whether a request tells what is to be, and nothing of more or less."""
    if isinstance(request, Edit):
        kinds = {type(ask) for ask in request.asks}
        return bool(kinds & {Set, Waits}) and not kinds & {More, Later}
    return isinstance(request, Retell)


@dataclass(frozen=True)
class Edited:
    """One rule that is different: its place among those before (or after, if it is new), its texts, and how it differs."""

    number: int
    before: str | None
    after: str | None
    difference: str

    def __str__(self) -> str:
        return f"rule {self.number}: {self.difference}"


@dataclass(frozen=True)
class Change:
    """What was wished, the rules that change, and the rules as they are then, as the last list of a history."""

    said: str
    edits: tuple[Edited, ...]
    history: History

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules as they are then."""
        return self.history.rules

    @property
    def difference(self) -> str:
        """What is different, in a line."""
        return "; ".join(map(str, self.edits))

    @property
    def last(self) -> int | None:
        """The place, from 0, of the rule that ``it`` is then; None if there is none."""
        kept = [edit.number - 1 for edit in self.edits if edit.after is not None]
        return kept[-1] if kept else None


@dataclass(frozen=True)
class Unchanged:
    """Why nothing is changed: a reason, the words that nothing explains, and the changes of which any could be meant."""

    said: str
    reason: str
    words: tuple[str, ...] = ()
    choices: tuple[Change, ...] = ()

    def __str__(self) -> str:
        return f"'{self.said}' changes nothing: {self.reason}"


def change(
    said: str, rules: Sequence[str] | History, scene: SceneGraph | Vocabulary, selected: int | None = None
) -> Change | Unchanged:
    """What somebody wishes to be different about rules, as other rules.

    ``selected`` is the place, from 0, of the rule that ``it`` is: the one selected or changed last.
    """
    history = rules if isinstance(rules, History) else History.of(tuple(rules))
    vocabulary = scene if isinstance(scene, Vocabulary) else Vocabulary(scene)
    if not said.strip():
        return Unchanged(said, "it is empty")
    if len(said) > LONGEST:
        return Unchanged(said, f"it is longer than {LONGEST} characters; say one thing after the other")
    return _Wish(said, history, vocabulary, selected).answer()


class _Wish:
    """One wish about the rules that stand."""

    def __init__(self, said: str, history: History, vocabulary: Vocabulary, selected: int | None) -> None:
        self.said, self.history, self.selected = said, history, selected
        self.reader = Reader(vocabulary)
        self.found, self.scene = self.reader.read(history.rules)
        self.vocabulary = vocabulary
        self.rows = [Row(one.text, one.rules if isinstance(one, Reading) else ()) for one in self.found]

    def answer(self) -> Change | Unchanged:
        """The one change that is meant, or why there is none."""
        requests, parser = self._requests()
        if not requests:
            return self._unknown(parser)
        steps = [request for _, request in requests if isinstance(request, Step)]
        if steps and requests[0][1] == steps[0]:
            return self._back(steps[0].back)
        problems: list[str] = []
        best, made = float("inf"), dict[tuple[str, ...], Change]()
        for cost, request in requests:
            if cost > best + MARGIN:
                break
            done, why = outcomes(request, self.rows, self.selected, self.scene)
            problems += why
            for outcome in done:
                one = self._change(outcome)
                if isinstance(one, Change):
                    best = min(best, cost)
                    made.setdefault(self._key(one), one)
                else:
                    problems.append(one)
        if len(made) == 1:
            return next(iter(made.values()))
        if made:
            return self._ask(tuple(made.values()))
        return Unchanged(self.said, self._nothing() or next(iter(problems), "no rule does that"))

    def _nothing(self) -> str | None:
        """Why no rule at all can be changed."""
        if not self.rows:
            return "there are no rules yet; say one"
        return None if any(row.rules for row in self.rows) else "rule 1 is not understood itself"

    def _requests(self) -> tuple[list[tuple[float, Request]], Parser]:
        """What the words can mean, the likeliest first: a whole rule, or a wish about those that stand."""
        told = plain(self.said, self.vocabulary, with_asides=True)
        parser = Parser(phrases(), WithDeeds(told, self.vocabulary, self.rows))
        found = [(cost, request) for cost, request in parser.readings("wish/change") if request is not None]
        found = [(cost, request) for cost, request in found if not _is_beyond_rules(request)]
        if any(isinstance(request, Retell) for _, request in found):
            # 'Drop the crates' and 'stop the ball' say what is done.
            found = [(cost, request) for cost, request in found if not isinstance(request, Remove)]
        if _MORE.search(told):
            found = [(cost, request) for cost, request in found if not _is_absolute(request)]
        if _KEEPS.search(told):
            found = [(cost, request) for cost, request in found if not isinstance(request, Edit | Retell)]
        whole = whole_rule(self.said.strip(), self.scene)
        return ([(-1.0, whole)] if whole is not None else []) + found, parser

    def _key(self, one: Change) -> tuple[str, ...]:
        found, _ = self.reader.read(one.rules)
        return tuple(",".join(map(meaning, r.rules)) if isinstance(r, Reading) else r.text for r in found)

    def _ask(self, choices: tuple[Change, ...]) -> Unchanged:
        told = [f"'{one.difference}'" for one in choices[:MOST_CHOICES]]
        return Unchanged(self.said, f"it can mean {' or '.join(told)}; say which", choices=choices[:MOST_CHOICES])

    def _back(self, back: int | None) -> Change | Unchanged:
        steps = back if back is not None else max(self.history.at, 1)
        moved = self.history.undone(steps) if steps > 0 else self.history.redone(-steps)
        if abs(moved.at - self.history.at) != abs(steps):
            return Unchanged(self.said, "there is no change to take back" if steps > 0 else "no change was taken back")
        return Change(self.said, edits_between(self.history.rules, moved.rules, self.reader), moved)

    def _change(self, outcome: Outcome) -> Change | str:
        """The change with its new texts, proved by reading them; or why it is none."""
        texts: list[str | None] = list(self.history.rules)
        for row, rules in outcome.rows:
            if row < len(self.rows) and same(self.found[row], rules):
                return "it is so already"
            text = outcome.text or self.reader.text_of(rules, self.scene) if rules else None
            if rules and text is None:
                return f"there are no words for '{difference((), rules)[5:]}' that would be read as just that"
            texts[row : row + 1] = [text]
        if problem := self._numbered(outcome):
            return problem
        kept = tuple(text for text in texts if text is not None)
        if problem := self._others(texts, kept, dict(outcome.rows)):
            return problem
        edits = edits_between(self.history.rules, kept, self.reader)
        return Change(self.said, edits, self.history.then(kept))

    def _numbered(self, outcome: Outcome) -> str | None:
        """Why rules cannot be taken out, where others name rules by their numbers."""
        gone = [row for row, rules in outcome.rows if not rules]
        if not gone:
            return None
        for number, row in enumerate(self.rows, 1):
            if number - 1 not in gone and re.search(r'"kind":\s*"fired"', ",".join(map(meaning, row.rules))):
                return f"rule {number} names rules by their numbers, which would be others; change it first"
        return None

    def _others(self, texts: Sequence[str | None], kept: tuple[str, ...], changed: dict[int, object]) -> str | None:
        """Why the other rules would not stay as they are."""
        found, _ = self.reader.read(kept)
        places = [row for row, text in enumerate(texts) if text is not None]
        for row, one in zip(places, found, strict=True):
            if row in changed:
                continue
            before = self.found[row]
            if isinstance(before, Reading) and not same(one, before.rules):
                why = f": {one.reason}" if isinstance(one, Refusal) else ""
                return f"rule {row + 1} would not be understood as it is any more{why}"
        return None

    def _unknown(self, parser: Parser) -> Unchanged:
        """What of the words is not understood."""
        told, known = parser.lattice.text, parser.grammar.words | VOID | set(NAMED)
        spans = [
            (s, e) for s in range(len(told)) for e, t in parser.lattice.edges(s) if t.kind not in ("word", "spelled")
        ]
        words = [
            m[0]
            for m in re.finditer(r"[^\W_]+(?:[.'-][^\W_]+)*", told)
            if m[0].lower() not in known and not any(s <= m.start() < e for s, e in spans)
        ]
        if words := list(dict.fromkeys(words)):
            named = ", ".join(f"'{word}'" for word in words)
            return Unchanged(self.said, f"nothing is known of {named}", tuple(words))
        rest = told[parser.furthest :].strip() or told
        return Unchanged(self.said, f"it is not clear what '{rest[:60]}' is to change", tuple(rest.split()))


def edits_between(before: Sequence[str], after: Sequence[str], reader: Reader) -> tuple[Edited, ...]:
    """What is different between two lists of rules."""
    old, new = (reader.read(texts)[0] for texts in (before, after))
    found = []
    for kind, a, b, c, d in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        for n in range(max(b - a, d - c) if kind != "equal" else 0):
            one, other = (a + n if a + n < b else None), (c + n if c + n < d else None)
            old_rules, new_rules = (
                (() if one is None else _rules(old[one])),
                (() if other is None else _rules(new[other])),
            )
            gone = f"no longer: {before[one]}" if one is not None and not old_rules else ""
            found.append(
                Edited(
                    1 + (one if one is not None else c + n),
                    None if one is None else before[one],
                    None if other is None else after[other],
                    gone or difference(old_rules, new_rules),
                )
            )
    return tuple(found)


def _rules(found: Reading | Refusal) -> tuple[Rule, ...]:
    return found.rules if isinstance(found, Reading) else ()
